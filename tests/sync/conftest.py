"""Fixtures of the sync tests: a database that is quick, and every kind there is."""
from __future__ import annotations

import pytest

from mentorlog import agenda, goals, journal, partners, questions, sessions, settings
from mentorlog.sync import pull
from tests.databases import nobody

KINDS = (agenda, goals, journal, partners, questions, sessions, settings)  # importing them registers their kinds


@pytest.fixture
def world(database, monkeypatch):
    """A database for simulated lives. No life loses power, so nothing waits for the disk."""
    monkeypatch.setattr(pull, "PAGE_ROWS", pull.PAGE_ROWS)
    if not database.is_postgres():
        database.db.execute_sql("PRAGMA synchronous = off")
    return database


@pytest.fixture
def sqlite_world(databases, data, monkeypatch):
    """The same on SQLite alone."""
    from mentorlog import database
    monkeypatch.setattr(pull, "PAGE_ROWS", pull.PAGE_ROWS)
    with databases.copy("sqlite", data / "mentorlog.sqlite3", nobody) as url:
        database.open_database(url)
        database.db.execute_sql("PRAGMA synchronous = off")
        yield database
        database.close()
