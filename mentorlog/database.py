"""One handle for SQLite and PostgreSQL: opening, instants and JSON, migrations with a lock, copies."""
from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from flask import Flask, Response
from peewee import (
    Database,
    DatabaseProxy,
    DateTimeField,
    Field,
    InterfaceError,
    Model,
    OperationalError,
    PostgresqlDatabase,
    SqliteDatabase,
)
from playhouse.db_url import connect
from playhouse.migrations import Migration, Runner

db = DatabaseProxy()
MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 4711  # of PostgreSQL's advisory locks
BUSY_SECONDS = 10
AGAIN_SECONDS = 30
_QUOTED = str.maketrans({"\\": "\\\\", "'": "\\'"})  # libpq, Connection Strings
# One connection to each SQLite file stays open: closing the last one is a checkpoint, slow after each write.
_keepers: dict[str, sqlite3.Connection] = {}


if TYPE_CHECKING:  # the stubs know by `null` whether a field may hold None; a class of ours would lose that
    UTCField, JsonField = DateTimeField, Field
else:
    class UTCField(DateTimeField):
        """An instant: aware in Python, naive UTC in the database, so that both hold and order the same."""

        def db_value(self, value):
            if not isinstance(value, datetime):
                return value
            if value.tzinfo is None:
                raise ValueError("a moment without a zone")
            return value.astimezone(UTC).replace(tzinfo=None)

        def python_value(self, value):
            value = super().python_value(value)
            return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value

    class JsonField(Field):
        """JSON kept as text, letter for letter the same in both databases."""

        field_type = "TEXT"

        def db_value(self, value):
            return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

        def python_value(self, value):
            return None if value is None else json.loads(value)


class Base(Model):
    """What every table shares: the handle, and names such as `setup_link`."""

    class Meta:
        database = db
        legacy_table_names = False


def open_database(url: str) -> Database:
    """Open `sqlite:////absolute/path`, `sqlite:///relative/path` or `postgresql://…` for everyone to use."""
    close()
    database = _sqlite(Path(unquote(urlsplit(url).path[1:]))) if url.startswith("sqlite") else _postgres(url)
    db.initialize(database)
    return database


def close() -> None:
    """Let go of the database in use, if there is one."""
    if db.obj is None:
        return
    if not db.is_closed():
        db.close()
    if keeper := _keepers.pop(str(db.database), None):
        keeper.close()


def init_app(app: Flask) -> None:
    """A connection of its own for each request."""
    app.before_request(_connect)
    app.teardown_request(_disconnect)
    for lost in (OperationalError, InterfaceError):
        app.register_error_handler(lost, _connect_again)


def _connect() -> None:
    db.connect(reuse_if_open=True)


def _disconnect(_error: BaseException | None) -> None:
    if not db.is_closed():
        db.close()


def _connect_again(error: Exception) -> Response:
    """A connection that died takes no query more: the page that says so gets a fresh one, if there is a database."""
    try:
        _disconnect(error)
        _connect()
    except (OperationalError, InterfaceError):
        words = "The server cannot reach its database. Nothing was lost: try again in a minute.\n"
        return Response(words, 503, {"Retry-After": str(AGAIN_SECONDS)}, mimetype="text/plain")
    raise error


def _sqlite(path: Path) -> SqliteDatabase:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives its -wal and -shm the same rights
    # IMMEDIATE: a transaction that reads and then writes must wait at its begin, not fail at its first write
    database = SqliteDatabase(
        str(path), timeout=BUSY_SECONDS, lock_type="IMMEDIATE", returning_clause=True,
        pragmas={"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1, "cache_size": -16_000})
    with database.connection_context():  # sets WAL, which stays
        pass
    keeper = _keepers[str(path)] = sqlite3.connect(path, check_same_thread=False)
    keeper.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the first query opens the file
    return database


def _postgres(url: str) -> PostgresqlDatabase:
    made: PostgresqlDatabase = connect(url, unquote_user=True, unquote_password=True, prefer_psycopg3=True)
    return made


def is_postgres() -> bool:
    """Whether the database in use is PostgreSQL."""
    return isinstance(db.obj, PostgresqlDatabase)


def migrate() -> list[str]:
    """Bring the tables up to date, one process at a time, each step after a copy of the SQLite file if it is not new.

    :return: names of the migrations that ran
    """
    with db.connection_context(), _migration_lock():
        runner, done = Runner(db.obj, str(MIGRATIONS)), []
        steps = pending(runner)
        is_new = any(step.idx == 1 for step in steps)
        for step in steps:
            if not is_new and not is_postgres():
                backup(_copy_before(step.name))
            done += runner.up(target=step.name)
        return done


def pending(runner: Runner | None = None) -> list[Migration]:
    """The migrations that have not run yet."""
    runner = runner or Runner(db.obj, str(MIGRATIONS))
    return [step for step in runner.status() if step.path is not None and not step.applied]


def _copy_before(name: str) -> Path:
    file = Path(str(db.database))
    return file.with_name("backups") / f"{file.stem}-before-{name}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.db"


@contextmanager
def _migration_lock() -> Iterator[None]:
    if is_postgres():
        db.execute_sql("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
        try:
            yield
        finally:
            db.execute_sql("SELECT pg_advisory_unlock(%s)", (MIGRATION_LOCK,))
    else:
        import fcntl  # not on Windows, where nobody starts two servers on one file
        with open(os.open(f"{db.database}.lock", os.O_RDWR | os.O_CREAT, 0o600), "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def backup(path: Path) -> None:
    """Write a whole copy (0600) of the database in use to a new file, while others go on writing.

    SQLite: another database file. PostgreSQL: a dump that `pg_restore` reads.

    :raise FileExistsError: the file is there already
    :raise FileNotFoundError: PostgreSQL, and its program `pg_dump` is not installed
    """
    if is_postgres() and not shutil.which("pg_dump"):
        raise FileNotFoundError("pg_dump is not installed; it comes with PostgreSQL's client programs")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        _dump(path) if is_postgres() else _copy(path)
    except BaseException:
        path.unlink()
        raise


def _copy(path: Path) -> None:
    with closing(sqlite3.connect(str(db.database))) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)  # in one step: one consistent state, and in WAL no writer waits for a reader
        target.execute("PRAGMA journal_mode = delete")  # one file, no -wal beside it
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def _dump(path: Path) -> None:
    asked = {"dbname": db.database} | db.obj.connect_params
    secret = {"PGPASSWORD": str(asked.pop("password"))} if "password" in asked else {}
    where = " ".join(f"{name}='{str(value).translate(_QUOTED)}'" for name, value in asked.items())
    command = ["pg_dump", "--format=custom", f"--file={path}", f"--dbname={where}"]
    subprocess.run(command, check=True, env=os.environ | secret)
