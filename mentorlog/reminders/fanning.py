"""From reminders to deliveries: what is due by what stands now, a row for each device that allowed it."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

from peewee import fn

from .. import clock, due
from ..database import db, is_postgres
from ..models import Delivery, Device, Person, Record, Reminder, Subscription
from . import pulse, still

AT_ONCE = 100
KEPT = timedelta(days=7)


def fan_out(letters: bool = False) -> int:
    """Make the deliveries of what is due. The claim and the rows are one transaction: a crash undoes both.

    letters: whether there is a mail server.
    """
    ripe = (Reminder.state == "waiting") & (Reminder.due_at <= clock.now())
    if not Reminder.select().where(ripe).exists():
        return 0
    with db.atomic():
        found = list(for_me(Reminder.select().where(ripe).order_by(Reminder.due_at).limit(AT_ONCE)))
        over = [row for row in found if row.expires_at <= clock.now()]
        set_state({row.id for row in over}, "expired")
        pulse.give_up(missed(over, letters))
        ready = settled([row for row in found if row not in over])
        set_state({row.id for row in ready}, "handed")
        rows = deliveries(ready)
        if rows := [*rows, *(wanted_letters(ready, rows) if letters else [])]:
            Delivery.insert_many(rows).on_conflict_ignore().execute()
        Reminder.delete().where(Reminder.state != "waiting", Reminder.expires_at < clock.now() - KEPT).execute()
    return len(found)


def missed(over: list[Reminder], letters: bool) -> list[str]:
    """The reminders that somebody would have got, each once for each device and letter.

    Nobody missed those of who wants none or has no way to get one, nor what is done: sent in time it is left out, too.
    """
    if not over:
        return []
    rows = deliveries(over)
    rows += wanted_letters(over, rows) if letters else []
    ids = [str(row["reminder"]) for row in rows]
    wishes = due.wishes_of(row.person for row in over)
    still_open = undone([row for row in over if row.id in set(ids) and wishes[row.person].wants(row.kind)], wishes)
    return [id for id in ids if id in still_open]


def undone(found: list[Reminder], wishes: dict[str, due.Wishes]) -> set[str]:
    """The ids of those of these that have something to say, as far as the records tell now."""
    about, sessions = records_of(found)
    people = {row.id: row for row in Person.select().where(Person.id << sorted(wishes))}
    left = {row.id: still.left_or_all(row.kind, people[row.person], about[row.record],
                                      sessions.get(due.meeting_of(about[row.record])),
                                      wishes[row.person].zone, wishes[row.person])
            for row in found if row.record in about}
    return {id for id, one in left.items() if one is not None}


def letters_instead() -> int:
    """Make the letters of what reached no device, as each was gone or refused; how many reminders were looked at.

    Looked for in what is committed, not while the last answer of a reminder is written down: of two processes that
    write down the last two, each would take the other's to be under way. Where no letter is wanted that is noted, too.
    """
    lost, device, other = Delivery.LOST, Delivery.device.is_null(False), Delivery.alias()
    told = other.select().where(other.reminder == Reminder.id, other.outcome.not_in(lost) | other.device.is_null())
    ripe = (Reminder.state == "handed") & (Reminder.expires_at > clock.now()) & ~fn.EXISTS(told) & Reminder.id.in_(
        Delivery.select(Delivery.reminder).where(Delivery.outcome.in_(lost), device))
    if not Reminder.select().where(ripe).exists():
        return 0
    with db.atomic():
        found = list(for_me(Reminder.select().where(ripe).limit(AT_ONCE)))
        wishes = due.wishes_of(row.person for row in found)
        rows = [letter(row, "" if wishes[row.person].wants_letter(row.kind) else "done") for row in found]
        if rows:
            Delivery.insert_many(rows).on_conflict_ignore().execute()
    return len(found)


def for_me(query: Any) -> Any:
    """On PostgreSQL leave out what another process has in its hands; SQLite has one writer at a time anyway."""
    return query.for_update("FOR UPDATE SKIP LOCKED") if is_postgres() else query


def set_state(ids: set[str], state: str) -> None:
    """Mark reminders."""
    if ids:
        Reminder.update(state=state).where(Reminder.id.in_(ids)).execute()


def settled(found: list[Reminder]) -> list[Reminder]:
    """Those of these that are due by the records as they stand: others are moved on, or dropped.

    The hooks keep the rows right. This is for what no change tells, such as other summer times in new zone data.
    """
    about, sessions = records_of(found)
    wishes, ready = due.wishes_of(row.person for row in found), []
    for row in found:
        record = about.get(row.record)
        made = now_due(row, record, sessions.get(due.meeting_of(record)), wishes[row.person]) if record else None
        if made is None:
            row.delete_instance()
        elif made.due_at > clock.now():
            Reminder.update(due_at=made.due_at, expires_at=made.expires_at).where(Reminder.id == row.id).execute()
        else:
            ready.append(row)
    return ready


def now_due(row: Reminder, record: Record, session: Record | None, wishes: due.Wishes) -> due.Span | None:
    """The span by what stands; that of the row where it cannot be told, such as in a zone that is no more."""
    try:
        return due.span(row.kind, record, session, wishes)
    except ValueError:
        return due.Span(row.due_at, row.expires_at)


def records_of(found: list[Reminder]) -> tuple[dict[str, Record], dict[str, Record]]:
    """What these reminders are about, and the sessions of that, by id."""
    about = by_id({row.record for row in found})
    return about, about | by_id({due.meeting_of(one) for one in about.values()} - about.keys() - {""})


def by_id(ids: set[str]) -> dict[str, Record]:
    """Id to record, in one query."""
    return {row.id: row for row in Record.select().where(Record.id << sorted(ids))} if ids else {}


def deliveries(reminders: list[Reminder]) -> list[dict[str, Any]]:
    """One row for each device, of the people of these reminders, that allowed them."""
    people = {row.person for row in reminders}
    alive = Device.ended_at.is_null()
    devices: dict[str, list[str]] = {person: [] for person in people}
    for row in Device.select(Device.id, Device.person).join(Subscription).where(Device.person << sorted(people), alive):
        devices[row.person].append(row.id)
    return [{"reminder": row.id, "device": device, "next_at": clock.now(), "due_at": row.due_at, "outcome": ""}
            for row in reminders for device in devices[row.person]]


def wanted_letters(reminders: list[Reminder], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the letters: to who chose them, and to who has no device that allowed reminders.

    rows: those of the devices.
    """
    reached = {row["reminder"] for row in rows}
    wishes = due.wishes_of(row.person for row in reminders)
    return [letter(row) for row in reminders if wishes[row.person].wants_letter(row.kind)
            and (row.id not in reached or wishes[row.person].wants_letters)]


def letter(reminder: Reminder, outcome: str = "") -> dict[str, Any]:
    """The row of a letter."""
    return {"reminder": reminder.id, "device": None, "next_at": clock.now(), "due_at": reminder.due_at,
            "outcome": outcome}
