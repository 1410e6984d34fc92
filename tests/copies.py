"""Copies of one PostgreSQL database. One that a test has left gets its first rows again, and serves the next test.

A new copy is some 600 files to make and to delete, most of what a small test on PostgreSQL cost.
"""
from __future__ import annotations

from typing import Any

import psycopg

from tests import postgres

MOST_USES = 50  # deleted rows stay in the files until somebody cleans up
END_OTHERS = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()"""
SHAPE = """SELECT oid, relname, relnatts, relchecks, relhastriggers FROM pg_class
           WHERE relnamespace NOT IN ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace,
                                      'information_schema'::regnamespace) ORDER BY oid"""
TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
SEQUENCES = "SELECT quote_ident(sequencename), last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
BY_HAND = "SET session_replication_role = replica"  # no foreign key asks for an order


class Copies:
    """Copies of the database at `template`, which nobody writes to any more."""

    def __init__(self, cluster: postgres.Cluster, template: str) -> None:
        self.cluster, self.template = cluster, template
        self.free: list[str] = []
        self.uses: dict[str, int] = {}
        with psycopg.connect(template) as connection:
            self.shape = connection.execute(SHAPE).fetchall()
            self.sequences = connection.execute(SEQUENCES).fetchall()
            self.rows = {table: _read(connection, table) for (table,) in connection.execute(TABLES).fetchall()}

    def take(self) -> str:
        """The URL of a copy that nobody has."""
        url = self.free.pop() if self.free else self.cluster.create(self.cluster.name(self.template))
        self.uses[url] = self.uses.get(url, 0) + 1
        return url

    def give_back(self, url: str) -> None:
        """It may serve again when it is as it was; whatever is in the way of that, it is dropped."""
        if self.uses[url] < MOST_USES and self._restored(url):
            self.free.append(url)
        else:
            self.cluster.drop(url)

    def _restored(self, url: str) -> bool:
        try:
            with psycopg.connect(url) as connection:
                connection.execute(END_OTHERS)
                if connection.execute(SHAPE).fetchall() != self.shape:
                    return False
                self._fill(connection)
        except psycopg.Error:
            return False
        return True

    def _fill(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute(BY_HAND)
        connection.execute(";".join(f"DELETE FROM {table}" for table in self.rows))
        for table, rows in self.rows.items():
            if rows:
                with connection.cursor().copy(f"COPY {table} FROM STDIN") as into:
                    into.write(rows)
        for name, last in self.sequences:
            connection.execute("SELECT setval(%s, %s, %s)", (name, last or 1, last is not None))


def _read(connection: psycopg.Connection[Any], table: str) -> bytes:
    with connection.cursor().copy(f"COPY {table} TO STDOUT") as out:
        return b"".join(out)
