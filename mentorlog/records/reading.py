"""Reading the records that a person may see. A record here is a dict, with the same keys as on a device."""
from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Protocol

from peewee import Expression, fn

from ..database import is_postgres
from ..errors import Missing
from ..models import Record
from .ids import is_id
from .kind import KINDS
from .sight import Sight, full, shown, sight_of

LAST = "9"  # comes after every `at`
Found = dict[str, Any]  # id, kind, owner, pair, at, fields, waiting ("" here), rev ("" for a reader)


class Someone(Protocol):
    """Whoever reads; only the id counts."""

    @property
    def id(self) -> Any: ...


def find(person: Someone, kind: str, id: str) -> Found:
    """One record, also from the bin.

    :raise Missing: there is none of this kind and id, or not for this person, or it was deleted
    """
    found = many(person, [id]).get(id)
    if found is None or found["kind"] != kind:
        raise Missing
    return found


def many(person: Someone, ids: Iterable[str]) -> dict[str, Found]:
    """Id to record of those the person may see; deleted ones are not in it."""
    if not (wanted := [id for id in ids if is_id(id)]):
        return {}
    return {found["id"]: found for found in _read(person, Record.id << wanted, ~Record.shelf.endswith("/gone"))}


def shelf(person: Someone, name: str, after: Found | None = None, limit: int | None = None) -> list[Found]:
    """A list: of a kind (`entry`) or of its bin (`entry/bin`), newest first. after: the last one of the page before."""
    conditions = [Record.shelf == name]
    if after:
        conditions.append((Record.at < after["at"]) | ((Record.at == after["at"]) & (Record.id < after["id"])))
    return _read(person, *conditions, limit=limit)


def since(person: Someone, name: str, at: str) -> list[Found]:
    """What stands in a list from a moment on, newest first, however much that is."""
    return _read(person, Record.shelf == name, Record.at >= at)


def newer(person: Someone, name: str, than: Found) -> Found | None:
    """What stands just before a record in a list."""
    sight = sight_of([person.id])
    later = (Record.at > than["at"]) | ((Record.at == than["at"]) & (Record.id > than["id"]))
    parts = [Record.select().where(Record.shelf == name, later, part) for part in _visible(person.id, sight)]
    rows = [row for part in parts if (row := part.order_by(Record.at, Record.id).first())]
    return _found(min(rows, key=lambda row: (row.at, row.id)), person.id, sight) if rows else None


def moments(person: Someone, name: str) -> list[str]:
    """When all that stands in a list was made, newest first: `at`, without the records."""
    parts = _visible(person.id, sight_of([person.id]))
    rows = [row.at for part in parts for row in Record.select(Record.at).where(Record.shelf == name, part)]
    return sorted(rows, reverse=True)


def count(person: Someone, name: str, since: str = "", before: str = LAST) -> int:
    """How many stand in a list, of a stretch of time: from `since` on, before `before`, both as `at` is written."""
    parts = _visible(person.id, sight_of([person.id]))
    here = (Record.shelf == name, Record.at >= since, Record.at < before)
    return sum(Record.select().where(*here, part).count() for part in parts)


def seen_by(person: Someone, name: str) -> Expression:
    """The condition of what stands in a list and the person may see, for a query that reads no record."""
    return (Record.shelf == name) & reduce(or_, _visible(person.id, sight_of([person.id])))


def told(name: str) -> Any:
    """What a field of a record says, for a condition: a text (a number in SQLite), NULL where it says nothing."""
    return Expression(Record.fields.cast("json"), "->>", name) if is_postgres() else fn.json_extract(
        Record.fields, f"$.{name}")


def everything(person: Someone) -> list[Found]:
    """All that stands in lists, newest first; neither bin nor what was deleted."""
    return _read(person, Record.shelf << list(KINDS))


def binned(person: Someone) -> list[Found]:
    """All that is in the bins."""
    return _read(person, Record.shelf << [f"{kind}/bin" for kind in KINDS])


def with_bins(person: Someone) -> list[Found]:
    """The same, and what is in the bins."""
    return _read(person, Record.shelf << [*KINDS, *(f"{kind}/bin" for kind in KINDS)])


def _read(person: Someone, *conditions: Expression, limit: int | None = None) -> list[Found]:
    """The records under these conditions, newest first: what is mine, then what others show me, each by its index."""
    sight = sight_of([person.id])
    rows: list[Record] = []
    for part in _visible(person.id, sight):
        query = Record.select().where(*conditions, part).order_by(Record.at.desc(), Record.id.desc())
        rows.extend(query.limit(limit))
    rows.sort(key=lambda row: (row.at, row.id), reverse=True)
    return [_found(row, person.id, sight) for row in rows[:limit]]


def _visible(person: str, sight: Sight) -> list[Expression]:
    """What `Sight.views` answers for one record, as conditions of queries that have no row in common."""
    mine = Record.owner == person
    if not sight.pairs:
        return [mine]
    joint = [kind for kind in KINDS if KINDS[kind].by == "pair"]
    shown_by = [pair.id for pair in sight.pairs.values()
                if pair.mentor == person and not pair.ended and pair.mentee not in sight.withheld]
    ours = Record.kind << joint
    theirs = Record.kind.not_in(joint) & (Record.pair << shown_by) & (Record.shelf == Record.kind)
    return [mine, (Record.owner != person) & (Record.pair << list(sight.pairs)) & (ours | theirs)]


def _found(row: Record, person: str, sight: Sight) -> Found:
    mine = person in sight.writers(row)
    body = full(row) if mine else shown(row) | {"pair": None, "rev": ""}
    return body | {"waiting": ""}
