"""What the server's history has of a record: for its own pages, and for a device that asks."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import clock
from ..access import Me
from ..models import Device, History
from ..sync.thinning import HISTORY_KEPT, is_thin
from . import looking

MOST_VERSIONS = 50
MOST_CHARACTERS = 400_000  # of all versions together: what a device keeps of one record
ROWS_AT_ONCE = 100
MOST_ROWS = 2_000
Record = dict[str, Any]


def versions(me: Me, record: Record) -> list[looking.Version]:
    """What the record was within the last thirty days, now included, the newest first.

    record: one that the person may write. Of a pair's record nobody but its owner sees what it was before it was the
    pair's.
    """
    found: list[looking.Version] = []
    room = MOST_CHARACTERS
    for row in _states(me, record):
        fields = looking.told(record["kind"], row.fields)
        if found and found[-1]["fields"] == fields:
            found.pop()
        elif found and (len(found) == MOST_VERSIONS or room <= 0):
            break
        found.append(_version(me, row, fields))
        room -= len(looking.text(record["kind"], fields))
    return _labelled(me, found)


def _states(me: Me, record: Record) -> Iterator[History]:
    """The rows of the history, newest first, back to the one that stood thirty days ago."""
    edge, replaced_at, before = clock.now() - HISTORY_KEPT, clock.now(), 2**31 - 1
    for _ in range(0, MOST_ROWS, ROWS_AT_ONCE):
        query = History.select().where(History.record == record["id"], History.n < before)
        page = list(query.order_by(History.n.desc()).limit(ROWS_AT_ONCE))
        for row in page:
            theirs = record["owner"] != me.person.id and row.fields.get("pair") != record["pair"]
            if replaced_at < edge or is_thin(row.fields) or theirs:
                return
            yield row
            replaced_at, before = row.received_at, row.n
        if len(page) < ROWS_AT_ONCE:
            return


def _version(me: Me, row: History, fields: looking.Fields) -> looking.Version:
    return {"change": row.change, "at": clock.iso(row.made_at), "label": row.device or "",
            "here": row.device == me.device.id, "mine": row.person == me.person.id, "waiting": "", "first": row.n == 1,
            "fields": fields}


def _labelled(me: Me, found: list[looking.Version]) -> list[looking.Version]:
    """The same with the name of each device in place of its id; of another person's device nothing is said."""
    ids = {one["label"] for one in found}
    rows = Device.select(Device.id, Device.label).where(Device.id << sorted(ids), Device.person == me.person.id)
    labels = {row.id: row.label for row in rows}
    return [one | {"label": labels.get(one["label"], "")} for one in found]
