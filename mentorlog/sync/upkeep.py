"""What the server does by itself once a day: it empties bins, and shows again what it held back for too long."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from .. import clock
from ..models import Record
from ..records import KINDS, name_id
from . import restore
from .apply import receive
from .batch import Author
from .change import made_by_server
from .rows import chunks

DAYS_IN_THE_BIN = 30


def daily(done_on: str) -> str:
    """Make the day's round unless it was made: `done_on` is what the last call returned, "" for none."""
    today = clock.iso(clock.now())[:10]
    if today != done_on:
        empty_bins()
        restore.release()
    return today


def empty_bins() -> int:
    """Delete what lay in a bin for thirty days, for everybody, by the same door as everything else.

    :return: how many records that were. Running it twice does no harm: the id of such a change follows from the state
        that it deletes
    """
    return sum(_empty(owner, records) for owner, records in _due())


def _due() -> Iterator[tuple[str, list[Record]]]:
    """Owner to what lay in their bin for long enough."""
    edge = clock.iso(clock.now() - timedelta(days=DAYS_IN_THE_BIN))
    found: dict[str, list[Record]] = {}
    for record in Record.select().where(Record.shelf << [f"{kind}/bin" for kind in KINDS]).order_by(Record.owner):
        if record.fields["binned_at"] <= edge:
            found.setdefault(record.owner, []).append(record)
    yield from found.items()


def _empty(owner: str, records: list[Record]) -> int:
    end = {"deleted": True}
    changes = [made_by_server(name_id(one.rev, "purge"), one.kind, one.id, end, one.rev) for one in records]
    taken = 0
    for some in chunks(changes, 100):
        outcomes = receive(Author(owner, None, asks=False), some)
        taken += sum(outcome["outcome"] == "accepted" for outcome in outcomes.values())
    return taken
