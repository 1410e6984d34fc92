"""Fixtures of the sync tests: people's devices, a database that is quick, and every kind there is."""
from __future__ import annotations

import pytest

from mentorlog import agenda, goals, journal, partners, questions, sessions, settings
from mentorlog.sync import pull
from tests.databases import nobody
from tests.sync.asking import a_device, change, outcome

KINDS = (agenda, goals, journal, partners, questions, sessions, settings)  # importing them registers their kinds


@pytest.fixture
def ada(cast):
    """A device of ada's that is signed in."""
    return a_device(cast.ada)


@pytest.fixture
def bela(cast):
    """A device of bela's that is signed in."""
    return a_device(cast.bela)


@pytest.fixture
def entry(ada):
    """An entry of ada's: the change that made it."""
    made = change("entry", text="One. Two.", title="First")
    assert outcome(ada, made) == {"outcome": "accepted"}
    return made


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
