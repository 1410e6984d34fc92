"""Feeds: what each person's devices have to hear of, numbered in the order of commits."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..database import is_postgres
from ..models import Feed, Pair, Person, Record
from ..records.sight import Body, Sight, withheld
from .rows import insert

Views = dict[str, Body]


@dataclass
class Crowd:
    """Some people and everyone they are or were paired with: rows under lock, and their pairs."""

    people: dict[str, Person]
    pairs: dict[str, Pair]

    def sight(self) -> Sight:
        """What decides who sees what among them. One query."""
        return Sight(self.pairs, withheld({pair.mentee for pair in self.pairs.values()}))


def lock(people: Iterable[str]) -> Crowd:
    """Hold the rows of these people and of all who may have to be told, by id, so that two of these never wait for each
    other. On SQLite the transaction holds the one write lock already."""
    asked, held = set(people), dict[str, Person]()
    while True:
        pairs = {pair.id: pair for pair in Pair.select().where((Pair.mentee << asked) | (Pair.mentor << asked))}
        wanted = asked.union(*({pair.mentee, pair.mentor} for pair in pairs.values()))
        if wanted <= held.keys():
            return Crowd(held, pairs)
        held = {row.id: row for row in _locked(Person.select().where(Person.id << sorted(wanted)).order_by(Person.id))}


def _locked(people: Any) -> Any:
    # a plain FOR UPDATE would also stop others from referring to the person, as a new device does
    return people.for_update("FOR NO KEY UPDATE") if is_postgres() else people


def publish(people: dict[str, Person], moves: Iterable[tuple[str, Views, Views]]) -> None:
    """Renumber records in the feed of everyone whose view of them changed.

    moves: (record, what each person saw, what each sees now).
    """
    feed: list[dict[str, Any]] = []
    told: set[str] = set()
    for record, before, after in moves:
        for person in sorted(before.keys() | after.keys()):
            if before.get(person) == after.get(person):
                continue
            people[person].counter += 1
            told.add(person)
            gone = person not in after or bool(after[person].get("gone"))
            feed.append({"person": person, "record": record, "number": people[person].counter, "gone": gone})
    insert(Feed, feed, over=(Feed.person, Feed.record), preserve=(Feed.number, Feed.gone))
    for person in told:
        Person.update(counter=people[person].counter).where(Person.id == person).execute()


def republish(owners: Iterable[str]) -> None:
    """Bring the feeds of others in line with who may see the shared records of these people now."""
    wanted = set(owners)
    crowd = lock(wanted)
    sight = crowd.sight()
    for owner in sorted(wanted):
        records = list(Record.select().where(Record.owner == owner, Record.pair.is_null(False)))
        live = _live([record.id for record in records])
        publish(crowd.people, [_correction(record, sight, live.get(record.id, set())) for record in records])


def _live(records: list[str]) -> dict[str, set[str]]:
    """Record to the people whose feed says that they see it."""
    found: dict[str, set[str]] = {}
    for at in range(0, len(records), 500):
        rows = Feed.select(Feed.person, Feed.record).where(Feed.record << records[at:at + 500], ~Feed.gone)
        for row in rows:
            found.setdefault(row.record, set()).add(row.person)
    return found


def _correction(record: Record, sight: Sight, live: set[str]) -> tuple[str, Views, Views]:
    """The move that withdraws the record where it no longer belongs and brings it where it is missing."""
    after = sight.views(record)
    before: Views = {person: after.get(person, {"gone": False}) for person in live}
    for writer in sight.writers(record):
        before[writer] = after[writer]
    return record.id, before, after
