"""What the form of a new session shows at first. Twin: service_worker/sessions/beginning.js."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import agenda, clock, zones
from ..goals import looking as goals
from . import rhythm, series
from .planning import proposed

USUAL = {"minutes": 45, "channel": "video"}
COPIED = ("minutes", "channel", "link", "phone", "zone", "starts_time")
# What an agreement calls monthly falls on the same weekday: a date can be a Sunday.
BY_AGREEMENT = {"weekly": rhythm.WEEKLY, "two_weekly": rhythm.TWO_WEEKLY, "monthly": rhythm.WEEKDAY}
ONE = ("on", "at", "after")  # an address with one of these means a single session
MANY = 53  # days by the rhythm, among which one that is to come is looked for
Record = dict[str, Any]
Fields = dict[str, Any]


def fields(person: Any, given: Mapping[str, str], cards: dict[str, Record], zone: str) -> Fields:
    """The fields: the usual ones, those of the session of `?after=` or else of the latest with the same card, what is
    agreed on, what the address proposes.
    """
    last, found = goals.linked(person, given.get("after", "")), met(person)
    partner = with_whom(found, given, last, cards)
    agreed = agreed_with(partner, cards)
    last = last or (None if "starts_on" in given else latest(found, partner))  # an hour that is typed has no other
    start = USUAL | {"zone": zone, "partner": partner} | (following(found, last, agreed) if last else {})
    told = dict(given) | {"zone": zones.named(given.get("zone", ""))}
    wall = clock.read_wall(clock.wall_line(told)) or {}
    return start | length(agreed) | proposed(given, zone, zone) | wall


def logged(person: Any, given: Mapping[str, str], cards: dict[str, Record], zone: str) -> Fields:
    """The fields for one that took place: the usual ones, the length that is agreed on, the hour while it is typed."""
    hour = clock.read_wall(clock.wall_line(dict(given) | {"zone": zone})) or {}
    partner = with_whom(met(person), given, None, cards)
    return USUAL | length(agreed_with(partner, cards)) | {"zone": zone, "partner": partner} | hour


def met(person: Any) -> list[Record]:
    """The sessions that are to come, soonest first, and the last ones before that did not fall through."""
    return [*agenda.coming(person, clock.now()), *agenda.lately(person, clock.now())]


def with_whom(found: list[Record], given: Mapping[str, str], last: Record | None, cards: dict[str, Record]) -> str:
    """The card: the one of the address, "" for nobody's; that of the session before; else the one that is near."""
    asked = given.get("partner")
    if asked is not None and (asked in cards or not asked):
        return asked
    known = (last["fields"].get("partner") if last else None) or ""
    return known if known in cards else at_hand(found, cards)


def at_hand(found: list[Record], cards: dict[str, Record]) -> str:
    """The card whose session comes next, else was the last one; else the only one there is, "" for nobody's."""
    near = [id for one in found if (id := one["fields"].get("partner") or "") in cards]
    return next(iter(near or (cards if len(cards) == 1 else ())), "")


def latest(found: list[Record], partner: str) -> Record | None:
    """The latest session with a card, without the link and number of that day; None for nobody's.

    Another person can still be chosen in the form, and these are not theirs.
    """
    theirs = [one for one in found if one["fields"].get("partner") == partner]
    last = max(theirs, key=lambda one: one["at"], default=None)
    return last | {"fields": last["fields"] | {"link": "", "phone": ""}} if last else None


def agreed_with(partner: str, cards: dict[str, Record]) -> Fields:
    """The fields of the agreement that belongs to a card, {} without one."""
    return dict(cards[partner]["agreement"]) if partner in cards else {}


def length(agreed: Fields) -> Fields:
    """The length that is agreed on, {} where none is."""
    return {"minutes": agreed["minutes"]} if agreed.get("minutes") else {}


def following(found: list[Record], last: Record, agreed: Fields) -> Fields:
    """What is as the time before, and the day by the rhythm that is agreed on."""
    kept = {name: last["fields"][name] for name in COPIED if last["fields"].get(name)}
    if not clock.wall(last["fields"]):
        return {name: value for name, value in kept.items() if name not in clock.WALL}
    on = next_day(found, last["fields"], agreed)
    return kept | ({"starts_on": on} if on else {})


def next_day(found: list[Record], last: Fields, agreed: Fields) -> str:
    """The first day by the rhythm that is to come, in no pause, without a session with the same partner; else ""."""
    how = BY_AGREEMENT.get(agreed.get("rhythm") or "")
    if not how:
        return ""
    today = clock.parts(clock.now(), last["zone"])["on"]
    taken = [one["fields"].get("starts_on") for one in found if one["fields"].get("partner") == last.get("partner")]
    days = rhythm.days(how, last["starts_on"], MANY)[1:]
    first = agreed.get("pause_until") or ""
    return next((on for on in days if on > today and on >= first and on not in taken), "")


def how_often(given: Mapping[str, str], form: Fields, cards: dict[str, Record]) -> series.Form:
    """The part about a rhythm: as agreed on, unless a single session is meant."""
    agreed = agreed_with(form["partner"], cards).get("rhythm") or ""
    once = any(name in given for name in ONE)
    return series.once() | {"how": series.ONCE if once else BY_AGREEMENT.get(agreed, series.ONCE)}
