"""What is due to whom, and when: kept up to date by the kinds' hooks, inside the transaction of the change."""
from __future__ import annotations

from datetime import datetime, timedelta

from . import clock
from .models import Delivery, Pair, Record, Reminder

JOIN = "join"
JOIN_BEFORE = timedelta(minutes=30)
TO_COME = "planned"


def follow_session(record: Record) -> None:
    """One reminder for each person of a session, 30 minutes before it, moved along with it; none once it is off.

    A session that begins in less than that is due at once; one that has begun is not.
    """
    start = start_of(record)
    people = people_of(record) if start and start > clock.now() else set()
    there = {row.person: row for row in Reminder.select().where(Reminder.record == record.id, Reminder.kind == JOIN)}
    if dropped := [row.id for person, row in there.items() if person not in people]:
        Reminder.delete().where(Reminder.id.in_(dropped)).execute()
    for person in sorted(people):
        assert start
        move(there.get(person) or Reminder(record=record.id, person=person, kind=JOIN), start - JOIN_BEFORE, start)


def start_of(record: Record) -> datetime | None:
    """The instant at which a session will begin; None when it is binned, deleted, off, held, or has no hour yet."""
    fields = record.fields
    wall = [fields.get(name) for name in ("starts_on", "starts_time", "zone")]
    if record.shelf != record.kind or fields.get("state", TO_COME) != TO_COME or not all(wall):
        return None
    return clock.instant(*map(str, wall))


def people_of(record: Record) -> set[str]:
    """Ids of the people who meet: the owner, and both of the pair while it lasts."""
    pair = Pair.get_or_none(Pair.id == record.pair, ~Pair.ended) if record.pair else None
    return {record.owner} | ({pair.mentee, pair.mentor} if pair else set())


def move(reminder: Reminder, due_at: datetime, expires_at: datetime) -> None:
    """Set its time. What went out for the former time is forgotten, so that it is said again for the new one."""
    if reminder.due_at == due_at and reminder.expires_at == expires_at:
        return
    is_new = reminder.due_at is None
    reminder.due_at, reminder.expires_at, reminder.state = due_at, expires_at, "waiting"
    reminder.save(force_insert=is_new)
    if not is_new:
        Delivery.delete().where(Delivery.reminder == reminder.id).execute()
