"""Planning and moving a session: what is typed, wrong, and follows. Twin: service_worker/sessions/planning.js."""
from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from .. import agenda, clock, forms, records, ways, zones
from .rhythm import LAST_DAY

FIRST_DAY = "2000-01-01"
NEAR = 20
LENGTH = re.compile("[1-9][0-9]{0,2}")  # minutes, as an address says them
ORDER = ("starts_on", "starts_time", "zone", "minutes", "channel", "link", "phone", "partner", "partner_name")
REST = ("minutes", "channel", "link", "phone", "partner")  # what a form changes beside the hour
TAKEN = ("planned", "held")  # the states in which a session takes its hour
PLACES = ("in_person", "phone")  # channels in which a place may stand where others have their link
TWO_NAMES = "Choose Somebody else above for this name, or take the name out."
Record = dict[str, Any]


def overlapping(person: Any, own: set[str], fields: dict[str, Any]) -> list[Record]:
    """The other sessions that take a part of these minutes, the latest first. own: ids of those that do not count."""
    _, end = minutes_of(fields)
    return among(records.shelf(person, "session", after={"at": clock.iso(end), "id": ""}, limit=NEAR), own, fields)


def among(found: list[Record], own: set[str], fields: dict[str, Any]) -> list[Record]:
    """Those of these sessions that take a part of these minutes."""
    start, end = minutes_of(fields)
    return [one for one in found if one["id"] not in own and agenda.state(one) in TAKEN
            and one["at"] < clock.iso(end) and agenda.end(one) > start]


def minutes_of(fields: dict[str, Any]) -> tuple[datetime, datetime]:
    """The moments at which a session begins and ends."""
    start = clock.instant(*(fields[name] for name in clock.WALL))
    return start, start + timedelta(minutes=fields.get("minutes") or agenda.LENGTH)


def typed(zone: str) -> dict[str, Any]:
    """The fields of the form; zone: where none was typed. An hour that is offered counts more than day and hour; the
    zone that is typed counts, as it says on whose clocks these are."""
    slot = clock.read_wall(forms.line("slot")) or {}
    channel, link = forms.choice("channel"), forms.line("link")
    return {"starts_on": forms.choice("starts_on"), "starts_time": forms.choice("starts_time"),
            "zone": forms.zone("zone") or zone, "minutes": forms.number("minutes"), "channel": channel,
            "link": link if channel == "in_person" else ways.web(link),
            "phone": forms.line("phone"), "partner": forms.choice("partner")} | {
                name: slot[name] for name in ("starts_on", "starts_time") if name in slot}


def whom(chosen: str | None, name: str, cards: dict[str, Record]) -> str | None:
    """The id of the card that is chosen, or of the one that has this very name; what was chosen where there is none."""
    named = (id for id, card in cards.items() if name and card["fields"].get("name") == name)
    return chosen or next(named, chosen)


def proposed(given: Mapping[str, str], here: str, zone: str) -> dict[str, Any]:
    """What an address proposes, `?on=2026-12-08&at=15:00` on the clocks of `here`, told on those of `zone`; minutes.

    An hour that those show for the second time in that night stays on the clocks of `here`.
    """
    on, at, minutes = (given.get(name, "") for name in ("on", "at", "minutes"))
    found: dict[str, Any] = {}
    if FIRST_DAY <= on <= LAST_DAY and clock.is_day(on) and clock.is_time(at):
        start = clock.instant(on, at, here)
        there = zone if is_told(start, zone) else here
        wall = clock.parts(start, there)
        found = {"starts_on": wall["on"], "starts_time": wall["time"], "zone": there}
    return found | ({"minutes": int(minutes)} if LENGTH.fullmatch(minutes) else {})


def asked(given: Mapping[str, str], cards: dict[str, Record]) -> dict[str, Any]:
    """What an open form asks with beside the minutes: on whose clocks, and with whom, "" for nobody with a card."""
    zone, partner = zones.named(given.get("zone", "")), given.get("partner")
    found = {"zone": zone} if clock.is_zone(zone) else {}
    return found | ({"partner": partner} if partner == "" or partner in cards else {})


def is_told(start: datetime, zone: str) -> bool:
    """Whether the wall line of an instant means it: the second 02:00 of a night in autumn is read as the first."""
    wall = clock.parts(start, zone)
    return clock.instant(str(wall["on"]), str(wall["time"]), zone) == start


def shown(fields: dict[str, Any], name: str = "") -> dict[str, Any]:
    """The fields of a session as its form shows them. name: typed for a card that there is not yet."""
    given = {one: fields.get(one) or "" for one in ORDER}
    return given | {"partner_name": name}


def wrong(fields: dict[str, Any], name: str, cards: dict[str, Record]) -> dict[str, str]:
    """Field to words."""
    found = forms.problems("session", fields)
    if not fields["starts_on"]:
        found["starts_on"] = "Choose a day."
    elif not FIRST_DAY <= fields["starts_on"] <= LAST_DAY:
        found["starts_on"] = "Choose a day between 2000 and 2099."
    if not fields["starts_time"]:
        found["starts_time"] = "Choose an hour."
    if words := wrong_link(fields):
        found.setdefault("link", words)
    if fields["phone"] and (words := ways.wrong_number(fields["phone"])):
        found.setdefault("phone", words)
    if fields["partner"] and fields["partner"] not in cards:
        found["partner"] = "Choose one of your cards, or write a name."
    if words := wrong_name(name, cards.get(fields["partner"] or "")):
        found["partner_name"] = words
    return {field: found[field] for field in ORDER if field in found}


def wrong_link(fields: dict[str, Any]) -> str:
    """What is wrong with the link, or with the place that stands there, for the channel; "" for nothing."""
    link = fields["link"] or ""
    return ways.wrong_place(link) if fields["channel"] in PLACES or not link else ways.wrong_link(link)


def wrong_name(name: str, card: Record | None) -> str:
    """What is wrong with a name for a new card, beside the card that is chosen; "" for nothing."""
    about = forms.problems("partner", {"name": name})
    return about.get("name") or (TWO_NAMES if name and card and card["fields"].get("name") != name else "")


def changes(fields: dict[str, Any], name: str, opened: dict[str, str]) -> list[Record]:
    """The changes of one form: the session, and the card of somebody whose name was typed and who has none."""
    first = forms.change("session", fields, opened)
    if fields["partner"] or not name:
        return [first]
    second = forms.anew(first, 2, "partner", {"name": name})
    fields["partner"] = second["record"]
    return [first, second]

