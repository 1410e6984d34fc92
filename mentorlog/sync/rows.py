"""Rows by the hundred."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from peewee import Field

from ..database import Base

CHUNK_ROWS = 100  # of one INSERT: SQLite counts its variables
CHUNK_IDS = 500  # of one look-up

_T = TypeVar("_T")


def insert(table: type[Base], rows: Sequence[dict[str, Any]], over: Sequence[Field[Any]] = (),
           preserve: Sequence[Field[Any]] = ()) -> None:
    """Insert the rows. over: the key by which a row may be there already; then `preserve` names what it takes over."""
    for chunk in chunks(rows, CHUNK_ROWS):
        query = table.insert_many(chunk)
        if over:
            query = query.on_conflict(conflict_target=list(over), preserve=list(preserve))
        query.execute()


def chunks(items: Sequence[_T], size: int = CHUNK_IDS) -> Iterator[Sequence[_T]]:
    """The items, so many at a time."""
    return (items[at:at + size] for at in range(0, len(items), size))
