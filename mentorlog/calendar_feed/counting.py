"""How often an entry of a feed became another one, and since when it is as it is: SEQUENCE and LAST-MODIFIED.

Much stands in an entry beside its own record: the card, the agreement, the usual week, what was chosen of reminders and
for the feed, the day, the words of this very version. So what was told last is kept, as a digest, and compared.
"""
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from .. import clock
from ..database import db, is_postgres
from ..models import CalendarEntry, CalendarFeed, Person
from ..sync import rows


class Told(NamedTuple):
    """What calendars know of an entry. n: never falls, whatever became of its record meanwhile."""

    digest: str
    n: int
    changed_at: datetime


def counted(person: Person, digests: Mapping[str, str]) -> dict[str, Told]:
    """What a person's calendars are told now. digests: of what each entry says, by the id of its record."""
    known = told(person)
    if changed(digests, known):
        with db.atomic():
            alone(person)
            known = told(person)
            fresh = {id: following(person, digests[id], known.get(id)) for id in changed(digests, known)}
            keep(person, fresh)
        known |= fresh
    return known


def told(person: Person) -> dict[str, Told]:
    """All that the person's calendars were ever told of."""
    columns = (CalendarEntry.record, CalendarEntry.digest, CalendarEntry.n, CalendarEntry.changed_at)
    asked: Any = CalendarEntry.select(*columns).where(CalendarEntry.person == person.id)
    return {id: Told(*rest) for id, *rest in asked.tuples()}


def changed(digests: Mapping[str, str], known: Mapping[str, Told]) -> list[str]:
    """The entries that calendars do not know as they are now."""
    return [id for id, digest in digests.items() if id not in known or known[id].digest != digest]


def alone(person: Person) -> None:
    """Let two calendars that ask at once count one after the other; SQLite does so from the begin of a transaction."""
    if is_postgres():
        CalendarFeed.select().where(CalendarFeed.person == person.id).for_update().execute()


def following(person: Person, digest: str, before: Told | None) -> Told:
    """An entry that is new or says something else. It counts from the person's counter on, so that it does not fall
    where a backup was put back and their devices told how far they were; nor does its time when the clock is set back.
    """
    last = before or Told("", -1, clock.now())
    return Told(digest, max(person.counter, last.n + 1), max(clock.now(), last.changed_at))


def keep(person: Person, fresh: Mapping[str, Told]) -> None:
    """Note what calendars are told."""
    rows.insert(CalendarEntry, [{"person": person.id, "record": id, **one._asdict()} for id, one in fresh.items()],
                over=(CalendarEntry.person, CalendarEntry.record),
                preserve=(CalendarEntry.digest, CalendarEntry.n, CalendarEntry.changed_at))
