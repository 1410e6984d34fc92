"""The history gets thin: of a state that was replaced thirty days ago its name and a digest stay, the words go.

The name has to stay. After the server was restored, a device that was away for long hands back the state it has, and
only by its name the server knows that it never lost it; taken for news, it would undo what was written since.
"""
from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from .. import clock
from ..database import db
from ..models import History, Pair, Person, Record
from ..records import Fields

HISTORY_KEPT = timedelta(days=30)
ROWS_AT_ONCE = 500
THIN = "#"  # no field of any kind


def thinned(fields: Fields) -> Fields:
    """What is left of a state."""
    told = json.dumps(fields, sort_keys=True)
    return {THIN: hashlib.sha256(told.encode()).hexdigest()}


def is_thin(fields: Fields) -> bool:
    """Whether nothing is left of a state but its digest."""
    return THIN in fields


def is_same(past: Fields, fields: Fields) -> bool:
    """Whether a state of the history, thin or not, was these fields."""
    return past == (thinned(fields) if is_thin(past) else fields)


def thin_history(kept: timedelta = HISTORY_KEPT) -> int:
    """Take the words out of every state that was replaced for so long; the present one of a record is never touched.

    What merges still need stays, too: the last state from before a restore. A change that stands on a thin state is
    joined with what its device brings along (`sync.md`, D4). Each few hundred rows are a transaction, so that nobody
    waits.

    :return: how many rows that were. Running it twice does no harm
    """
    edge = clock.now() - kept
    return sum(_thin(rows) for rows in _replaced_before(edge))


def _replaced_before(edge: datetime) -> Iterator[list[Any]]:
    """Rows {id, record, fields, received_at, replaced_at} that have their words still, some at a time."""
    after, last, head = History.alias(), 0, fn.SUBSTR(History.fields, 1, 4).coerce(False)
    while True:
        query = History.select(
            History.id, History.record, History.fields, History.received_at, after.received_at.alias("replaced_at"))
        query = query.join(after, on=(after.record == History.record) & (after.n == History.n + 1))
        query = query.where(History.id > last, after.received_at < edge, head != f'{{"{THIN}"')
        rows = list(query.order_by(History.id).limit(ROWS_AT_ONCE).objects())
        if not rows:
            return
        yield rows
        last = rows[-1].id


def _thin(rows: Sequence[Any]) -> int:
    needed = _needed_after_a_restore(rows)
    gone = [row for row in rows if row.id not in needed]
    with db.atomic():
        for row in gone:
            History.update(fields=thinned(row.fields), seen=None).where(History.id == row.id).execute()
    return len(gone)


def _needed_after_a_restore(rows: Sequence[Any]) -> set[int]:
    """Those that were the last before the epoch of one who writes the record began."""
    epochs = {one.id: one.epoch_at for one in Person.select().where(Person.epoch_at > Person.created_at)}
    if not epochs:
        return set()
    writers = _writers({row.record for row in rows})
    return {row.id for row in rows for person in writers.get(row.record, set()) & epochs.keys()
            if row.received_at < epochs[person] <= row.replaced_at}


def _writers(records: set[str]) -> dict[str, set[str]]:
    """Record to its owner, and both of its pair."""
    found = list(Record.select(Record.id, Record.owner, Record.pair).where(Record.id << sorted(records)))
    pairs = {pair.id: pair for pair in Pair.select().where(Pair.id << sorted({row.pair for row in found if row.pair}))}
    return {row.id: {row.owner} | ({pairs[row.pair].mentee, pairs[row.pair].mentor} if row.pair in pairs else set())
            for row in found}
