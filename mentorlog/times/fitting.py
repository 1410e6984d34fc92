"""What an hour is to both, as their usual weeks and a calendar say. Twin: service_worker/times/fitting.js."""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from .. import agenda, agreement, clock
from . import busy, drawing, grids, proposing

MOST_MINUTES = agenda.LONGEST // timedelta(minutes=1)
Record = dict[str, Any]


def known(person: Any, card: Record | None, zone: str) -> tuple[grids.Grid, grids.Grid | None, str, Record | None]:
    """My week, theirs if anything is known of it, the zone of their clock, and the record of busy times."""
    own, record = drawing.own(person)[1], busy.own(person)[1]
    other = drawing.own(person, card["id"])[1] if card else None
    there = (card["fields"].get("zone") if card else None) or zone
    others = grids.grid(other["fields"] if other else {}, there)
    mine = grids.grid(own["fields"] if own else {}, zone)
    return mine, None if grids.is_empty(others) else others, there, record


def asks(person: Any, card: Record | None, zone: str, minutes: Any) -> proposing.Ask:
    """What is asked about an hour that somebody chose. minutes: as typed, the usual ones where they are no length.

    card: with its `agreement`. Sessions stand by themselves beside that hour.
    """
    mine, theirs, there, record = known(person, card, zone)
    return proposing.Ask(None if grids.is_empty(mine) else mine, theirs, zone, there, length(minutes),
                         busy.spans(record), pause=pause(card["agreement"] if card else {}, zone),
                         reach=busy.reach(record))


def length(minutes: Any) -> int:
    """So many minutes as typed; the usual ones where they are no length."""
    return minutes if isinstance(minutes, int) and 0 < minutes <= MOST_MINUTES else agenda.LENGTH


def seeks(person: Any, card: Record | None, zone: str, minutes: int,
          moving: Record | None) -> tuple[proposing.Ask, bool, Record | None]:
    """What is asked by somebody who looks for an hour; whether their own week is drawn; the record of busy times.

    card: with its `agreement`. moving: the session that looks for another hour, None for a new one.
    """
    mine, theirs, there, record = known(person, card, zone)
    taken = [*busy.sessions(person, clock.now(), moving["id"] if moving else ""), *busy.spans(record)]
    near = str(clock.parts(clock.parse(moving["at"]), zone)["on"]) if moving else ""
    ask = proposing.Ask(mine, theirs, zone, there, minutes, taken, near, pause(card["agreement"] if card else {}, zone),
                        busy.reach(record))
    return ask, not grids.is_empty(mine), record


def pause(agreed: dict[str, Any], zone: str) -> tuple[datetime, datetime] | None:
    """From now on, and until when two people rest; None without a pause. agreed: fields of their agreement."""
    until = agreement.until(agreed, str(clock.parts(clock.now(), zone)["on"]))
    return (clock.now(), clock.instant(until["on"], "00:00", zone)) if until else None


def fit(ask: proposing.Ask, start: datetime) -> dict[str, Any]:
    """What an hour is: {mine, theirs: "" where that week is not drawn, why: what speaks against it, else "", beyond: a
    calendar was read, and does not reach it}."""
    mine, theirs, why = proposing.judged(ask, start)
    return {"mine": mine, "theirs": theirs, "why": why,
            "beyond": proposing.is_beyond(ask, start + timedelta(minutes=ask.minutes))}
