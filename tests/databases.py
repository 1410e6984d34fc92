"""Fresh databases for tests: copies of one that was migrated once (and, for real servers, has the cast in it)."""
from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import postgres
from tests.copies import Copies

KINDS = ("sqlite", "postgres")


def kinds() -> list[str]:
    """What `database` runs on here. With CI set PostgreSQL is never left out: it must be there, or tests fail."""
    return [kind for kind in KINDS if kind == "sqlite" or os.environ.get("CI") or postgres.is_here()]


class Databases:
    """Makes databases of one kind for one test process.

    Migrations run once per kind; every test then gets a copy, which is cheaper than migrating again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, Path] = {}
        self._copies: dict[str, Copies] = {}
        self._cluster: postgres.Cluster | None = None
        self._open = contextlib.ExitStack()

    def close(self) -> None:
        self._open.close()

    @property
    def cluster(self) -> postgres.Cluster:
        """The PostgreSQL server of this process, started when it is first asked for."""
        if self._cluster is None:
            self._cluster = postgres.Cluster(self._open.enter_context(postgres.server()))
        return self._cluster

    @contextlib.contextmanager
    def empty(self, kind: str, path: Path) -> Iterator[str]:
        """The URL of a database without any table; an SQLite file stands at `path`."""
        if kind == "sqlite":
            yield f"sqlite:///{path}"
            return
        url = self.cluster.create()
        try:
            yield url
        finally:
            self.cluster.drop(url)

    @contextlib.contextmanager
    def copy(self, kind: str, path: Path, fill: Callable[[], object]) -> Iterator[str]:
        """The URL of a migrated database in which `fill` has run. Same function, same template."""
        if kind == "sqlite":
            shutil.copyfile(self._file(fill), path)
            yield f"sqlite:///{path}"
            return
        copies = self.copies(fill)
        url = copies.take()
        try:
            yield url
        finally:
            copies.give_back(url)

    def copies(self, fill: Callable[[], object]) -> Copies:
        """Those on PostgreSQL of a migrated database in which `fill` has run."""
        name = _name(fill)
        if name not in self._copies:
            url = self.cluster.create()
            _migrate(url, fill)
            self._copies[name] = Copies(self.cluster, url)
        return self._copies[name]

    def _file(self, fill: Callable[[], object]) -> Path:
        name = _name(fill)
        if name not in self._files:
            path = self.folder / f"{name}.sqlite3"
            _migrate(f"sqlite:///{path}", fill)
            self._files[name] = path
        return self._files[name]


def _name(fill: Callable[[], object]) -> str:
    return f"{fill.__module__}.{fill.__qualname__}"  # two files can name their function alike


def _migrate(url: str, fill: Callable[[], object]) -> None:
    """Run all migrations and `fill`; closing checkpoints SQLite, so the file alone is the whole database."""
    from mentorlog import database
    database.open_database(url)
    try:
        database.migrate()
        fill()
    finally:
        database.close()


def nobody() -> None:
    """Fill nothing in: a migrated database without people."""
