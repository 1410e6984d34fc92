"""Reading the records that a person may see. A record here is a dict, with the same keys as on a device."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from peewee import Expression, ModelSelect

from ..errors import Missing
from ..models import Record
from .ids import is_id
from .kind import KINDS
from .sight import Sight, full, shown, sight_of

Found = dict[str, Any]  # id, kind, owner, pair, at, fields, waiting (0 here), rev ("" for a reader)


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
    sight, wanted = sight_of([person.id]), [id for id in ids if is_id(id)]
    rows = Record.select().where(Record.id << wanted, _visible(person.id, sight), ~Record.shelf.endswith("/gone"))
    return {row.id: _found(row, person.id, sight) for row in rows if _may_see(row, person.id, sight)}


def shelf(person: Someone, name: str, after: Found | None = None, limit: int | None = None) -> list[Found]:
    """A list: of a kind (`entry`) or of its bin (`entry/bin`), newest first. after: the last one of the page before."""
    sight = sight_of([person.id])
    rows = _on(person.id, sight, name)
    if after:
        rows = rows.where((Record.at < after["at"]) | ((Record.at == after["at"]) & (Record.id < after["id"])))
    return [_found(row, person.id, sight) for row in rows.order_by(Record.at.desc(), Record.id.desc()).limit(limit)]


def count(person: Someone, name: str) -> int:
    """How many stand in a list."""
    return _on(person.id, sight_of([person.id]), name).count()


def everything(person: Someone) -> list[Found]:
    """All that stands in lists, newest first, for search; neither bin nor what was deleted."""
    sight = sight_of([person.id])
    rows = Record.select().where(Record.shelf << list(KINDS), _visible(person.id, sight))
    return [_found(row, person.id, sight) for row in rows.order_by(Record.at.desc(), Record.id.desc())]


def _on(person: str, sight: Sight, name: str) -> ModelSelect[Record]:
    return Record.select().where(Record.shelf == name, _visible(person, sight))


def _visible(person: str, sight: Sight) -> Expression:
    """The condition that `Sight.views` answers for one record, for a query."""
    mine = Record.owner == person
    if not sight.pairs:
        return mine
    joint = [kind for kind in KINDS if KINDS[kind].by == "pair"]
    shown_by = [pair.id for pair in sight.pairs.values()
                if pair.mentor == person and not pair.ended and pair.mentee not in sight.withheld]
    ours = (Record.kind << joint) & (Record.pair << list(sight.pairs))
    theirs = Record.kind.not_in(joint) & (Record.pair << shown_by) & (Record.shelf == Record.kind)
    return mine | ours | theirs


def _may_see(row: Record, person: str, sight: Sight) -> bool:
    return person in sight.writers(row) or person == sight.reader(row)


def _found(row: Record, person: str, sight: Sight) -> Found:
    mine = person in sight.writers(row)
    body = full(row) if mine else shown(row) | {"pair": None, "rev": ""}
    return body | {"waiting": 0}
