"""Each test has a database of its own, as it was at first, whatever the one before it did to its."""
from __future__ import annotations

import contextlib

import psycopg
import pytest

from mentorlog import clock
from tests.cast import gather


def test_each_test_has_a_database_of_its_own(cast):
    from mentorlog.models import Person
    assert Person.select().count() == 4


def test_the_next_test_finds_a_database_as_it_was_at_first(kind, databases, tmp_path):
    from mentorlog import database
    from mentorlog.models import Person, Pulse
    found = []
    for number in range(2):
        with contextlib.ExitStack() as killed, databases.copy(kind, tmp_path / f"{number}.sqlite3", gather) as url:
            database.open_database(url)
            found.append(([person.name for person in Person.select().order_by(Person.id)], Pulse.select().count()))
            Person.update(name="Somebody else").execute()
            Pulse.create(name="reminders", ran_at=clock.now())
            database.close()
            if kind == "postgres":
                left = killed.enter_context(contextlib.closing(psycopg.connect(url)))
                left.execute("DELETE FROM person")  # holds its rows
    assert found[0] == found[1] and found[0][1] == 0


@pytest.mark.parametrize("change", ["ALTER TABLE person ADD COLUMN age int", "CREATE TABLE another (id int)"])
def test_the_next_test_finds_the_tables_as_they_were_at_first(kind, databases, tmp_path, change):
    from mentorlog import database
    for number in range(2):
        with databases.copy(kind, tmp_path / f"{number}.sqlite3", gather) as url:
            database.open_database(url)
            database.db.execute_sql(change)  # a second time only where the first one is gone
            database.close()
