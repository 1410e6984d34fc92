"""The secret address of a person's feed: made, found, revoked. Only its digest is kept."""
from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from .. import clock
from ..models import CalendarFeed, Person
from ..people.accounts import digest

SECRET_BYTES = 32
ASKED_NOTED = timedelta(minutes=10)


def make(person: Person) -> str:
    """Give the person an address, and return its secret this once. The former one stops; what was chosen stays."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = {"person": person.id, "secret_hash": digest(secret), "created_at": clock.now(), "asked_at": None}
    anew: list[Any] = [CalendarFeed.secret_hash, CalendarFeed.created_at, CalendarFeed.asked_at]
    CalendarFeed.insert(row).on_conflict(conflict_target=[CalendarFeed.person], preserve=anew).execute()
    return secret


def revoke(person: Person) -> None:
    """End the person's address: from the next request on nothing is there."""
    CalendarFeed.delete().where(CalendarFeed.person == person.id).execute()


def choose(person: Person, names: bool, alarms: bool, goals: bool) -> None:
    """What the person's feed carries."""
    chosen = CalendarFeed.update(names=names, alarms=alarms, goals=goals)
    chosen.where(CalendarFeed.person == person.id).execute()


def of(person: Person) -> CalendarFeed | None:
    """The person's feed, if they have one."""
    found: CalendarFeed | None = CalendarFeed.get_or_none(CalendarFeed.person == person.id)
    return found


def find(secret: str) -> tuple[CalendarFeed, Person] | None:
    """Whose feed has this secret. One digest and one look-up, whatever was asked for."""
    rows = CalendarFeed.select(CalendarFeed, Person).join(Person, attr="who")
    row: Any = rows.where(CalendarFeed.secret_hash == digest(secret)).first()
    return (row, row.who) if row else None


def note_asked(feed: CalendarFeed) -> None:
    """Keep when a calendar asked last; at most once in ten minutes."""
    if feed.asked_at is None or clock.now() - feed.asked_at >= ASKED_NOTED:
        CalendarFeed.update(asked_at=clock.now()).where(CalendarFeed.person == feed.person).execute()
