"""Changes applied per CPU second, against rows inserted one by one; 100 a transaction, on both databases."""
from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.pull import change
from bench.table import Row, interleaved
from bench.words import texts
from tests import cast, postgres
from tests.databases import Databases

if TYPE_CHECKING:
    from mentorlog.models import Person

TRANSACTION = 100
TRANSACTIONS = 5  # in one run
RUNS = 15
KINDS = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


def rows() -> list[Row]:
    """The databases that are here; CPU seconds are of this process, not of a database server."""
    kinds = [kind for kind in KINDS if kind == "sqlite" or postgres.is_here()]
    with tempfile.TemporaryDirectory() as folder, closing(Databases(Path(folder))) as databases:
        return [of(databases, kind, Path(folder)) for kind in kinds]


def of(databases: Databases, kind: str, folder: Path) -> Row:
    """One database."""
    from mentorlog import database
    with databases.copy(kind, folder / "applied.sqlite3", cast.gather) as url:
        database.open_database(url)
        try:
            ada, written = cast.recall().ada, endless()
            ours, peer = interleaved(lambda: per_cpu_second(written, lambda batch: taken(ada, batch)),
                                     lambda: per_cpu_second(written, lambda batch: inserted(ada, batch)), RUNS)
        finally:
            database.close()
    return Row(f"changes applied, {KINDS[kind]}", ours, peer, "a CPU second", "rows inserted one by one by peewee",
               "≥ 0.125")


def endless() -> Iterator[str]:
    """Texts without end."""
    some = texts(TRANSACTION * TRANSACTIONS)
    while True:
        yield from some


def per_cpu_second(written: Iterator[str], work: Callable[[list[dict[str, Any]]], None]) -> float:
    """Changes in a second of CPU time; making them does not count."""
    batches = [[change(next(written)) for _ in range(TRANSACTION)] for _ in range(TRANSACTIONS)]
    began = time.process_time()
    for batch in batches:
        work(batch)
    return TRANSACTION * TRANSACTIONS / (time.process_time() - began)


def taken(ada: Person, batch: list[dict[str, Any]]) -> None:
    """Through the one door."""
    from mentorlog.sync import apply
    outcomes = apply.take(ada, None, batch)
    assert all(one["outcome"] == "accepted" for one in outcomes.values())


def inserted(ada: Person, batch: list[dict[str, Any]]) -> None:
    """The same records, each by an INSERT of its own."""
    from mentorlog.database import db
    from mentorlog.models import Record
    with db.atomic():
        for one in batch:
            Record.create(id=one["record"], kind="entry", owner=ada.id, pair=None, at=one["made_at"], shelf="entry",
                          fields=one["fields"], rev=one["id"], n=1)
