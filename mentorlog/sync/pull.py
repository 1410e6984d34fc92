"""The one window: what a device has to hear of, by pages; and the whole of `POST /sync`."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from peewee import ModelSelect, fn

from ..models import Device, Feed, Person, Record
from ..records import KINDS
from ..records.sight import Body, Sight, sight_of
from . import restore
from .apply import receive
from .batch import LEVEL, Author, Outcome, find_records, public
from .rows import chunks
from .wire import shape_error, shift_of

__all__ = ["pull", "shape_error", "sync"]

PAGE_ROWS = 500
PAGE_SIZE = 256_000  # characters of fields
TAKEN = ("accepted", "merged", "kept")

Answer = dict[str, Any]


def sync(person: Person, device: Device, asked: dict[str, Any],
         contact: Callable[[], None] = lambda: None) -> Answer:
    """Take what a device sends and answer with what it has to hear of (`sync.md`, On the wire).

    asked: a body without `shape_error`, of this person and device. contact: notes that it was here, and where; what
    that changes is in the answer. A restored server is noticed before: after it a cursor from the future may be none.
    """
    me = restore.noticed(Person.get_by_id(person.id), asked["epoch"], asked["cursor"])
    known = asked["epoch"] == me.epoch
    outcomes = _take(me, device, asked) if known or asked["epoch"] is None else {}
    restore.hear(me, device, asked, outcomes)
    contact()
    page = pull(me.id, asked["cursor"] if known else 0, _echoes(asked, outcomes), _touched(asked, outcomes))
    if not page["more"] and not device.whole:
        Device.update(whole=True).where(Device.id == device.id).execute()
    home = Person.get_by_id(me.id).zone  # which the contact may have changed
    return {"epoch": me.epoch, "names": me.names, "home": home, "outcomes": public(outcomes)} | page


def _take(me: Person, device: Device, asked: dict[str, Any]) -> dict[str, Outcome]:
    if not asked["changes"]:
        return {}
    descends = device.epoch not in ("", restore.UNTOLD, me.epoch)
    return receive(Author(me.id, device.id, True, shift_of(asked), descends), asked["changes"])


def _echoes(asked: dict[str, Any], outcomes: dict[str, Outcome]) -> dict[str, Any]:
    """The changes after which a record may be exactly what the device believes, each with the time at which the device
    believes the record was made, None where that came from here.

    All that this request does to the record has to stand on the state it had; else the device may not have heard of
    that state, although it holds the same. Of what it hands back it does not know the owner.
    """
    made: dict[str, Any] = {}
    other: set[str] = set()
    for raw in asked["changes"]:
        made.setdefault(raw["record"], None if raw.get("base") or "after" in raw else raw.get("made_at", ""))
        if "restore" in raw or not outcomes.get(raw["id"], {}).get(LEVEL):
            other.add(raw["record"])
    return {raw["id"]: made[raw["record"]] for raw in asked["changes"] if raw["record"] not in other}


def _touched(asked: dict[str, Any], outcomes: dict[str, Outcome]) -> set[str]:
    """The records that the outcomes are about."""
    taken = {raw["record"] for raw in asked["changes"] if outcomes.get(raw["id"], {}).get("outcome") in TAKEN}
    return taken.union(*(outcome.get("kept", ()) for outcome in outcomes.values()))


def pull(person: str, cursor: int, echoes: Mapping[str, Any] = MappingProxyType({}),
         touched: Iterable[str] = ()) -> Answer:
    """One page of a person's feed after `cursor`, in the order of the commits: {cursor, more, records}.

    touched: records that come along also when they stand on a later page, because the device now drops its changes of
    them. echoes: changes whose record the device holds already.
    """
    page, more = _page(person, cursor)
    rows = page + _late(person, sorted(set(touched) - {row.record for row in page}) if more else [])
    found, sight = find_records([row.record for row in rows]), sight_of([person])
    records = [_body(found[row.record], row.gone, person, sight, echoes) for row in rows]
    return {"cursor": page[-1].number if page else cursor, "more": more, "records": records}


class Row(NamedTuple):
    """One row of a feed; size: characters of the record's fields."""

    record: str
    number: int
    gone: bool
    size: int


def _late(person: str, records: list[str]) -> list[Row]:
    """The rows of these records, wherever they stand."""
    return [row for ids in chunks(records) for row in _read(_rows(person).where(Feed.record << ids))]


def _read(query: ModelSelect[Feed]) -> Iterator[Row]:
    found: Any = query.tuples()
    return map(Row._make, found)


def _rows(person: str) -> ModelSelect[Feed]:
    size = fn.LENGTH(Record.fields).coerce(False)
    rows = Feed.select(Feed.record, Feed.number, Feed.gone, size).join(Record, on=Record.id == Feed.record)
    return rows.where(Feed.person == person)


def _page(person: str, cursor: int) -> tuple[list[Row], bool]:
    """The rows of a page and whether there are more: so many rows, or so many characters."""
    query = _rows(person).where(Feed.number > cursor).order_by(Feed.number).limit(PAGE_ROWS + 1)
    page: list[Row] = []
    room = PAGE_SIZE
    for row in _read(query):
        if len(page) == PAGE_ROWS or room <= 0:
            return page, True
        page.append(row)
        room -= row.size
    return page, False


def _body(record: Record, gone: bool, person: str, sight: Sight, echoes: Mapping[str, Any]) -> Body:
    """What goes over the wire. Who may see it is asked again here: a wrong row in a feed must not show anything."""
    view = sight.views(record).get(person)
    if view is None or (gone and not view.get("gone")):
        return {"id": record.id, "gone": True}
    if record.rev in echoes and not view.get("gone") and _as_believed(record, echoes[record.rev]):
        return {"id": record.id, "rev": record.rev, "echo": True}
    return view


def _as_believed(record: Record, made_at: Any) -> bool:
    """Whether the device can tell by itself all that the server says of a record whose changes it knows."""
    kind = KINDS[record.kind]
    if any(spec.server for spec in kind.specs.values()):
        return False
    return made_at is None or kind.at(record.fields, made_at) == record.at  # a wrong clock was put right here
