"""Which session with a card it is: the first, the second, the third. Twin: service_worker/agenda/numbering.js."""
from __future__ import annotations

from typing import Any

from .. import records
from ..models import Record as Row

Record = dict[str, Any]


def numbers(person: Any) -> dict[str, int]:
    """Id to number of the sessions that have one, see `numbered`. One query, which reads none of their texts."""
    told = [records.told(name).alias(name) for name in ("partner", "state")]
    query = Row.select(Row.id, *told).where(records.seen_by(person, "session")).order_by(Row.at, Row.id)
    rows: Any = query.dicts()
    return numbered([{"id": row["id"], "fields": row} for row in rows])


def numbered(found: list[Record]) -> dict[str, int]:
    """Id to number, counted for each card from 1. found: all sessions, the oldest first.

    Never stored, as a session that is logged, moved or cancelled moves those after it on or back. A cancelled one has
    none; one that fell through counts. Where an hour is not whole yet, the place in the list (`at`) decides as well.
    One without a card has none: with whom it is was not said, and two people must not be counted as one.
    """
    last: dict[str, int] = {}
    given: dict[str, int] = {}
    for one in found:
        card = one["fields"].get("partner")
        if card and one["fields"].get("state") != "cancelled":
            given[one["id"]] = last[card] = last.get(card, 0) + 1
    return given
