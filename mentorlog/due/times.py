"""The moments of each kind of reminder (product.md, Reminders): when it is due, and until when it helps.

`join`: so many minutes before a session. `prepare`: the evening before it or on its day, at the person's hour. `goal`:
on its day or the one before, at the person's hour. `worksheet`: one that is not finished, the evening before that
session.
"""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from .. import clock
from ..models import Pair, Record
from .quiet import day_beside, held_back
from .wishes import EVENING, MORNING, Wishes

KINDS = JOIN, PREPARE, GOAL, WORKSHEET = "join", "prepare", "goal", "worksheet"
TO_COME = "planned"
MIDNIGHT = "00:00"
BEFORE, SAME = "before", "same"  # the day on which it is said, beside the day it is about


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
    found = of_goal(record, wishes) if kind == GOAL else of_meeting(kind, session, wishes)
    if found is None:
        return None
    due_at = held_back(wishes, found.due_at, found.expires_at) or found.due_at
    return Span(due_at, found.expires_at) if due_at < found.expires_at else None


def of_goal(goal: Record, wishes: Wishes) -> Span | None:
    """On the day of an open goal or the one before, until that day ends."""
    on = goal.fields.get("due_on")
    if not on or goal.fields.get("ended") or goal.fields.get("waits"):
        return None
    said_on = on if wishes.day(GOAL, SAME) == SAME else day_beside(on, -1)
    due_at = clock.instant(said_on, wishes.hour(GOAL, MORNING), wishes.zone)
    return Span(due_at, clock.instant(day_beside(on, 1), MIDNIGHT, wishes.zone))


def of_meeting(kind: str, session: Record | None, wishes: Wishes) -> Span | None:
    """Before a session, until it begins."""
    start = start_of(session) if session else None
    if start is None:
        return None
    if kind == JOIN:
        return Span(start - timedelta(minutes=wishes.join_before), start)
    return Span(ahead_of(start, wishes, kind), start)


def ahead_of(start: datetime, wishes: Wishes, kind: str) -> datetime:
    """At the person's hour on the day before a session; to prepare on the same day, if so chosen and while it helps."""
    on, hour = clock.parts(start, wishes.zone)["on"], wishes.hour(kind, EVENING)
    same = clock.instant(on, hour, wishes.zone)
    if kind == PREPARE and wishes.day(kind, BEFORE) == SAME and same < start:
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
