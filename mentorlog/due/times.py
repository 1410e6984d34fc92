"""The moments of each kind of reminder (product.md, Reminders): when it is due, and until when it helps.

`join`: so many minutes before a session. `prepare`: the evening before it or on its day, at the person's hour, or two
hours before. `goal`: on its day or the one before, at the person's hour. `worksheet`: one that is not finished, the
evening before that session.
"""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from .. import clock
from ..models import Pair, Record
from .quiet import day_beside, outside
from .wishes import EVENING, MORNING, Wishes

KINDS = JOIN, PREPARE, GOAL, WORKSHEET = "join", "prepare", "goal", "worksheet"
TO_COME = "planned"
MIDNIGHT = "00:00"
BEFORE, SAME = "before", "same"  # the day on which it is said, beside the day it is about
HOURS = "hours"  # no hour of a day, but so long before:
HOURS_BEFORE = timedelta(hours=2)


class Span(NamedTuple):
    """When a reminder is due, and the moment from which it is of no use any more."""

    due_at: datetime
    expires_at: datetime


def span(kind: str, record: Record, session: Record | None, wishes: Wishes) -> Span | None:
    """The span of one reminder to one person, by what stands now; None where there is nothing to say.

    record: what it is about; session: that of a worksheet, and of `join` and `prepare` the same as record.
    """
    of_others = kind == WORKSHEET and session and record.owner not in concerned(session)  # they hear no hour of it
    if record.shelf != record.kind or of_others:
        return None
    if kind == GOAL:
        goal = record.fields
        is_open = goal.get("due_on") and not goal.get("ended") and not goal.get("waits")
        return of_day(goal["due_on"], wishes) if is_open else None
    start = start_of(session) if session else None
    return of_meeting(kind, start, wishes) if start else None


def heeding(kind: str, found: Span, wishes: Wishes) -> Span | None:
    """The same outside the hours in which nothing may be said; None where it is never said. To join would be too late
    after them, and is said before."""
    due_at = outside(wishes, found.due_at, found.expires_at, may_be_earlier=kind == JOIN)
    return Span(due_at, found.expires_at) if due_at else None


def of_day(on: str, wishes: Wishes) -> Span | None:
    """On the day of a goal or the one before, until that day ends."""
    said_on = on if wishes.day(GOAL, SAME) == SAME else day_beside(on, -1)
    due_at = clock.instant(said_on, wishes.hour(GOAL, MORNING), wishes.zone)
    return heeding(GOAL, Span(due_at, clock.instant(day_beside(on, 1), MIDNIGHT, wishes.zone)), wishes)


def of_meeting(kind: str, start: datetime, wishes: Wishes) -> Span | None:
    """Before a session that begins then, until it does."""
    due_at = start - timedelta(minutes=wishes.join_before) if kind == JOIN else ahead_of(start, wishes, kind)
    return heeding(kind, Span(due_at, start), wishes)


def ahead_of(start: datetime, wishes: Wishes, kind: str) -> datetime:
    """At the person's hour on the day before a session; to prepare on the same day, if so chosen and while it helps, or
    hours before it."""
    day = wishes.day(kind, BEFORE) if kind == PREPARE else BEFORE
    if day == HOURS:
        return start - HOURS_BEFORE
    on, hour = clock.parts(start, wishes.zone)["on"], wishes.hour(kind, EVENING)
    same = clock.instant(on, hour, wishes.zone)
    if day == SAME and same < start:
        return same
    return clock.instant(day_beside(on, -1), hour, wishes.zone)


def start_of(session: Record) -> datetime | None:
    """The instant at which a session will begin; None when it is binned, deleted, off, held, or has no hour yet."""
    fields = session.fields
    wall = clock.wall(fields)
    if session.shelf != session.kind or fields.get("state", TO_COME) != TO_COME or not wall:
        return None
    return clock.instant(*wall)


def meeting_of(record: Record) -> str:
    """The id of the session that a record is, or is for; "" where there is none."""
    return str(record.id if record.kind == "session" else record.fields.get("session") or "")


def concerned(record: Record) -> set[str]:
    """Ids of the people who are reminded of a record: the owner, and of a session both of a pair while it lasts."""
    shared = record.kind == "session" and record.pair
    pair = Pair.get_or_none(Pair.id == record.pair, ~Pair.ended) if shared else None
    return {record.owner} | ({pair.mentee, pair.mentor} if pair else set())
