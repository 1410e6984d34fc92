"""Sessions as pages print them. Twin: service_worker/sessions/looking.js."""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from .. import agenda, agreement, clock, forms, partners, turns, ways
from ..times import fitting, proposing
from .planning import is_told

AT_HAND = timedelta(minutes=10)  # before a session, from when on it may not be working
NOT_ASKED: dict[str, int] = {}  # the numbers of sessions, for a page that prints none
Record = dict[str, Any]


def item(record: Record, cards: dict[str, Record], zone: str, given: dict[str, int] = NOT_ASKED) -> dict[str, Any]:
    """A session as a list prints it. theirs: its hour on the partner's clock, None where that is mine or not known;
    number: 0 where it has none among those given, see `numbered` in agenda/."""
    fields, card = record["fields"], cards.get(record["fields"].get("partner") or "")
    start, moment = clock.parse(record["at"]), clock.now()
    state = agenda.state(record)
    return {"id": record["id"], "number": given.get(record["id"], 0)} | clocks(start, card, zone) | {
        "why": (fields.get("why") or "") if state == "cancelled" else "", "moved": len(fields.get("moves") or []),
        "went_on": fields.get("went_on") or "",
        "minutes": fields.get("minutes") or agenda.LENGTH, "channel": fields.get("channel") or "video", "state": state,
        "over": agenda.over(record, moment), "begun": start <= moment, "waiting": record["waiting"],
        "at_hand": state == "planned" and start - AT_HAND <= moment < agenda.end(record),
        "from": clock.iso(start - AT_HAND)}


def until(found: list[Record], zone: str) -> str:
    """The next instant at which a page about these sessions looks different: ten minutes before one of them, its begin
    or its end, or midnight where the person is."""
    moment = clock.now()
    starts = [clock.parse(one["at"]) for one in found]
    edges = [*starts, *(start - AT_HAND for start in starts), *map(agenda.end, found)]
    return clock.iso(min([clock.midnight(moment, zone), *(edge for edge in edges if edge > moment)]))


def clocks(start: datetime, card: Record | None, zone: str) -> dict[str, Any]:
    """An hour on both clocks: {start, theirs: None where that is mine or not known, same_day, name: of the card}."""
    there = card["fields"].get("zone") if card else None
    here = clock.parts(start, zone)
    theirs = clock.parts(start, there) if there and there != zone else None
    return {"start": here, "theirs": theirs, "same_day": not theirs or theirs["on"] == here["on"],
            "name": (card["fields"].get("name") or "") if card else ""}


def both(form: dict[str, Any], cards: dict[str, Record], zone: str) -> dict[str, Any] | None:
    """Both clocks at the hour of a form: as `clocks`, with skipped, and days: of mine and theirs beside its own.

    None while the hour is not whole, and where no clock shows another one.
    """
    wall = clock.read_wall(clock.wall_line(form))
    if not wall:
        return None
    seen = clocks(clock.instant(*wall.values()), cards.get(form["partner"] or ""), zone)
    here, there, skips = seen["start"], seen["theirs"], skipped(list(wall.values()))
    if not there and not skips and [here["on"], here["time"]] == [wall["starts_on"], wall["starts_time"]]:
        return None
    days = [clock.beside(one["on"], wall["starts_on"]) if one else "same" for one in (here, there)]
    return seen | {"days": days, "skipped": skips}


def fitted(person: Any, form: dict[str, Any], cards: dict[str, Record], zone: str) -> dict[str, Any] | None:
    """What the hour of a form is to both, see `fit` in times/, with name: of the card.

    None while it is not whole, and where nobody said anything about it.
    """
    wall, card = clock.read_wall(clock.wall_line(form)), cards.get(form["partner"] or "")
    if not wall:
        return None
    found = fitting.fit(fitting.asks(person, card, zone, form["minutes"]), clock.instant(*wall.values()))
    return found | {"name": (card["fields"].get("name") or "") if card else ""} if any(found.values()) else None


def elsewhere(person: Any, record: Record, form: dict[str, Any], cards: dict[str, Record], zone: str,
              wanted: str) -> dict[str, Any] | None:
    """Other hours for a session, see `instead` in times/; None for one that was held, and while no week is drawn.

    {rows, minutes: so long, good: whether one is good for all, known: whether both weeks are, later: none is in its
    own week, card: its id or "", chosen: the value that is wanted, `other` where that is none of them}. form: with
    whom, how long and on whose clocks, as typed. wanted: as the form sends it.
    """
    card = cards.get(form["partner"] or "")
    ask, drawn, _ = fitting.seeks(person, card, zone, fitting.length(form["minutes"]), record)
    if not drawn or agenda.state(record) == "held":
        return None
    there = form["zone"] if clock.is_zone(form["zone"]) else zone
    found = [one for one in proposing.instead(ask, proposing.offered(ask, clock.now()), clock.parse(record["at"]))
             if is_told(one["start"], there)]
    rows = [offer(ask, one, card, there) for one in found]
    return {"rows": rows, "minutes": ask.minutes, "good": any(not one["rank"] for one in found),
            "known": ask.theirs is not None, "later": any(one["away"] for one in found),
            "card": card["id"] if card else "",
            "chosen": wanted if wanted in [row["value"] for row in rows] else "other"}


def offer(ask: proposing.Ask, one: proposing.Slot, card: Record | None, zone: str) -> dict[str, Any]:
    """One of these hours as a form prints it: as `clocks`, with possible: not good for all, beyond: a calendar does not
    reach it, value: its wall line. zone: on whose clocks the session is.
    """
    wall = clock.parts(one["start"], zone)
    return clocks(one["start"], card, ask.zone) | {
        "value": f"{wall['on']} {wall['time']} {zone}", "possible": bool(one["rank"]),
        "beyond": proposing.is_beyond(ask, one["end"])}


def skipped(wall: list[str] | None) -> list[str]:
    """An hour that the clocks of its zone skip in spring, the one that is meant and that zone: 02:30, 03:30,
    Europe/Berlin; [] for any other."""
    if not wall or not clock.inside(wall[0]):
        return []
    meant = clock.parts(clock.instant(*wall), wall[2])["time"]
    return [] if meant == wall[1] else [wall[1], meant, wall[2]]


def whole(record: Record, cards: dict[str, Record], zone: str, given: dict[str, int] = NOT_ASKED) -> dict[str, Any]:
    """A session as its own page and Today print it: also how to get there, the ways when that does not work (plan: what
    was agreed on about them, in words), and the hidden fields of its buttons."""
    fields, card = record["fields"], cards.get(record["fields"].get("partner") or "")
    about, agreed = (card["fields"], card["agreement"]) if card else ({}, {})
    found = agreement.ways_to(about, agreed, fields)
    return item(record, cards, zone, given) | {
        "card": partners.item(card) if card else None, "reach": partners.reach(fields, about), "ways": found,
        "plan": ways.in_words(found, agreement.wait_of(agreed)) if agreed.get("ways") else "",
        "opening": forms.opening(record), "moves": moves(record, zone), "turns": turns.told(record, zone),
        "skipped": skipped(clock.wall(fields))}


def moves(record: Record, zone: str) -> list[dict[str, Any]]:
    """The hours at which a session was to be, the first one first; of a phone's list one may be half there."""
    walls = [clock.wall(one) for one in record["fields"].get("moves") or []]
    return [clock.parts(clock.instant(*wall), zone) for wall in walls if wall and clock.inside(wall[0])]


def worksheet(record: Record) -> dict[str, str]:
    """A worksheet as a row prints it."""
    return {"id": record["id"], "title": record["fields"].get("title") or ""}
