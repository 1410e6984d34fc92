"""What is still to be done: something that is done already is not reminded of."""
from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from peewee import InterfaceError, OperationalError

from .. import agenda, clock, goals, records, today
from ..due import GOAL, PREPARE, WORKSHEET, Wishes, concerned
from ..models import Record
from ..questions import answering

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Left:
    """What a message may name. rate: the goal to look back at; choose: no questions are picked yet; lines: of the
    agenda that are not discussed."""

    rate: bool = False
    choose: bool = False
    lines: int = 0


def left_or_all(kind: str, person: Any, record: Record, session: Record | None, zone: str,
                wishes: Wishes) -> Left | None:
    """The same of what cannot be read: better said once too often than a loop that stands still for everybody."""
    try:
        return left(kind, person, record, session, zone, wishes)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("what is left is not known", extra={"record": record.id})
        return Left()


def left(kind: str, person: Any, record: Record, session: Record | None, zone: str, wishes: Wishes) -> Left | None:
    """What is left of what a reminder is about; None when it is done, or not this person's to see any more."""
    if person.id not in concerned(record):  # such as who was its mentor until a pair ended
        return None
    found = records.many(person, [record.id]).get(record.id) if kind in (GOAL, PREPARE, WORKSHEET) else None
    if kind == PREPARE:
        ask = to_prepare if wishes.names_things else unprepared
        return ask(person, found, zone) if found else None
    if kind == GOAL:
        return Left() if found and not goals.said(goals.rating_of(person, record.id)) else None
    if kind == WORKSHEET:
        return Left() if found and is_open(person, found) else None
    return Left() if session else None


def to_prepare(person: Any, session: dict[str, Any], zone: str) -> Left | None:
    """Prepared is a session with a set of questions and a line on its agenda, and with no goal to look back at."""
    on = clock.parts(clock.parse(session["at"]), zone)["on"]
    rate, sheet, lines = goals.any_due(person, on), today.sheet_for(person, session), agenda.count(person, session)
    return None if sheet and lines and not rate else Left(rate, not sheet, lines)


def unprepared(person: Any, session: dict[str, Any], zone: str) -> Left | None:
    """The same for words that name nothing: what is read soonest comes first, and all only where nothing is missing."""
    if not today.sheet_for(person, session) or not agenda.count(person, session):
        return Left()
    return to_prepare(person, session, zone)


def is_open(person: Any, sheet: dict[str, Any]) -> bool:
    """Whether a question of a worksheet is neither answered nor skipped."""
    rows = answering.inside(answering.asked(person, [sheet])[sheet["id"]])
    return any(not answering.state(*row) for row in rows)
