"""Both databases from one set of models: what they hold, migrations, copies."""
from __future__ import annotations

import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from peewee import IntegrityError
from playhouse.schema_diff import diff_models

from mentorlog import clock, database
from mentorlog.models import TABLES, Done, Pair, Person
from tests import postgres

NOON = datetime(2026, 11, 24, 12, 0, 0, 123_000, tzinfo=UTC)


@pytest.fixture
def opened(empty_database):
    """A database without a table."""
    yield database.open_database(empty_database)
    database.close()


def person(**fields):
    return Person.create(**{"name": "Ada", "email": "ada@example.org", "password_hash": "", "zone": "UTC"} | fields)


def schema(made):
    """Every column with its type, and every index, as the database tells it."""
    tables = sorted(table._meta.table_name for table in TABLES)
    columns = {table: [(one.name, one.data_type, one.null) for one in made.get_columns(table)] for table in tables}
    indexes = {table: sorted((one.name, tuple(one.columns), one.unique) for one in made.get_indexes(table))
               for table in tables}
    keys = {table: sorted((one.column, one.dest_table) for one in made.get_foreign_keys(table)) for table in tables}
    return columns, indexes, keys


def test_migrations_make_what_the_models_say(opened):
    database.migrate()
    migrated = schema(opened)
    opened.drop_tables(TABLES)
    opened.create_tables(TABLES)
    assert migrated == schema(opened)


def test_migrations_leave_nothing_to_mend(opened):
    database.migrate()
    assert not any(diff_models(opened, TABLES))


def steps():
    return sorted(path.stem for path in database.MIGRATIONS.glob("0*.py"))


def test_a_second_run_does_nothing(opened):
    assert database.migrate() == steps()
    assert database.migrate() == []


def test_two_processes_migrate_one_after_the_other(empty_database):
    code = ("import sys; from mentorlog import database; database.open_database(sys.argv[1]);"
            "print(len(database.migrate()))")
    root = Path(__file__).parents[1]
    running = [subprocess.Popen([sys_executable(), "-c", code, empty_database], stdout=subprocess.PIPE, cwd=root)
               for _ in range(2)]
    said = sorted(process.communicate()[0].decode().strip() for process in running)
    assert said == ["0", str(len(steps()))]


def sys_executable():
    import sys
    return sys.executable


def test_each_migration_but_the_first_begins_with_a_copy(data, monkeypatch, tmp_path):
    steps = tmp_path / "migrations"
    steps.mkdir()
    (steps / "0001_tables.py").write_text((database.MIGRATIONS / "0001_tables.py").read_text())
    monkeypatch.setattr(database, "MIGRATIONS", steps)
    database.open_database(f"sqlite:///{data}/own.db")
    database.migrate()
    person()
    (steps / "0002_gone.py").write_text("def up(migrator, db):\n    db.execute_sql('DELETE FROM person')\n")
    database.migrate()
    database.close()
    copy, = (data / "backups").iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT name FROM person").fetchall() == [("Ada",)]
    connection.close()


def test_a_migration_that_fails_leaves_nothing_half_done(data, monkeypatch, tmp_path):
    steps = tmp_path / "migrations"
    steps.mkdir()
    (steps / "0001_half.py").write_text(
        "def up(migrator, db):\n    db.execute_sql('CREATE TABLE half (id integer)')\n    raise ValueError\n")
    monkeypatch.setattr(database, "MIGRATIONS", steps)
    made = database.open_database(f"sqlite:///{data}/own.db")
    with pytest.raises(ValueError):
        database.migrate()
    assert "half" not in made.get_tables()
    database.close()


def test_deliveries_outlive_the_step_that_lets_letters_in_and_its_undoing(opened):
    from playhouse.migrations import Runner

    from mentorlog.models import Delivery, Reminder
    runner = Runner(database.db.obj, str(database.MIGRATIONS))
    runner.up(target="0004_calendar_feed")
    before = schema_of(opened, "delivery")
    ada = person()
    device = first_device(opened, ada)
    row = Reminder.create(record="1", person=ada.id, kind="join", due_at=NOON, expires_at=NOON)
    Delivery.create(reminder=row.id, device=device, next_at=NOON, outcome="sent", sent_at=NOON)
    kept = Delivery.get()
    database.migrate()
    Delivery.create(reminder=row.id, device=None, next_at=NOON)
    runner.down(target="0005_letters")
    assert [one.__data__ for one in Delivery.select()] == [kept.__data__]
    assert schema_of(opened, "delivery") == before
    Reminder.delete().execute()
    assert not Delivery.select().exists()


def test_subscriptions_outlive_the_step_that_keeps_their_last_test_and_its_undoing(opened):
    from playhouse.migrations import Runner

    from mentorlog.models import Device, Subscription
    database.migrate()
    runner = Runner(database.db.obj, str(database.MIGRATIONS))
    after = schema_of(opened, "subscription")
    runner.down(target="0006_tested")
    before = schema_of(opened, "subscription")
    device = first_device(opened, person())
    opened.execute_sql("INSERT INTO subscription (id, device_id, endpoint, p256dh, auth, key_id, created_at, failed) "
                       f"VALUES ('1', '{device}', 'https://x', 'p', 'a', 'k', '2026-11-24 12:00:00', 2)")
    assert "0006_tested" in database.migrate()
    row = Subscription.get()
    assert (row.device, row.failed, row.test, row.test_sent_at, row.test_arrived_at) == (device, 2, None, None, None)
    Subscription.update(test="one", test_sent_at=NOON, test_taken_at=NOON, test_arrived_at=NOON).execute()
    assert (Subscription.get().test_arrived_at, schema_of(opened, "subscription")) == (NOON, after)
    runner.down(target="0006_tested")
    assert schema_of(opened, "subscription") == before != after
    assert opened.execute_sql("SELECT id, failed FROM subscription").fetchall() == [("1", 2)]
    Device.delete().execute()
    assert opened.execute_sql("SELECT id FROM subscription").fetchall() == []


def test_what_calendars_were_told_before_it_was_kept_does_not_fall(opened):
    from playhouse.migrations import Runner

    from mentorlog.calendar_feed import counting
    from mentorlog.models import CalendarEntry, CalendarFeed, Pair, Record
    runner = Runner(database.db.obj, str(database.MIGRATIONS))
    runner.up(target="0006_tested")
    ada, bela = person(), person(email="bela@example.org")
    pair = Pair.create(mentee=ada.id, mentor=bela.id)
    CalendarFeed.create(person=bela.id, secret_hash="1")
    for id, kind, owner, n in (("1", "session", ada, 4), ("2", "goal", bela, 1), ("3", "goal", ada, 1),
                               ("4", "settings", bela, 2), ("5", "hours", bela, 3), ("6", "settings", ada, 9)):
        Record.create(id=id, kind=kind, owner=owner.id, pair=pair.id if id == "1" else None, at="2026", shelf=kind,
                      fields={}, rev=id, n=n)
    database.migrate()
    assert {one.record: one.n for one in CalendarEntry.select()} == {"1": 9, "2": 6}
    told = counting.counted(bela, {"1": "a", "2": "b"})
    assert (told["1"].n, told["2"].n) == (10, 7)
    runner.down(target="0007_calendar_entry")
    assert "calendar_entry" not in opened.get_tables()


def first_device(opened, owner):
    """The id of a device as the first tables have it, without what was added since."""
    opened.execute_sql(
        "INSERT INTO device (id, person_id, secret_hash, label, zone, epoch, whole, created_at, seen_at) "
        f"VALUES ('1', '{owner.id}', '1', 'Phone', 'UTC', '', FALSE, '2026-11-24 12:00:00', '2026-11-24 12:00:00')")
    return "1"


def schema_of(made, table):
    return sorted(map(str, [*made.get_columns(table), *made.get_foreign_keys(table),
                            *((one.name, one.columns, one.unique) for one in made.get_indexes(table))]))


def test_the_file_and_all_beside_it_are_the_owners_alone(data):
    database.open_database(f"sqlite:///{data}/deep/own.db")
    database.migrate()
    person()
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (data / "deep").iterdir()}
    assert modes == dict.fromkeys(("own.db", "own.db-wal", "own.db-shm", "own.db.lock"), "0o600")
    database.close()


def test_a_closed_connection_is_no_checkpoint(data):
    database.open_database(f"sqlite:///{data}/own.db")
    database.migrate()
    person()
    database.db.close()
    assert (data / "own.db-wal").stat().st_size > 0
    database.close()
    assert not (data / "own.db-wal").exists()


def test_sqlite_waits_for_the_disk_and_for_others(data):
    database.open_database(f"sqlite:///{data}/own.db")
    asked = {name: database.db.execute_sql(f"PRAGMA {name}").fetchone()[0]
             for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    database.close()


def test_a_moment_comes_back_aware_and_in_utc(database):
    made = person(created_at=NOON.astimezone(timezone(timedelta(hours=5))))
    assert Person.get_by_id(made.id).created_at == NOON
    assert Person.get_by_id(made.id).created_at.tzinfo == UTC
    assert Person.select().where(Person.created_at < NOON + timedelta(milliseconds=1)).count() == 1
    assert Person.select().where(Person.created_at < NOON).count() == 0


def test_a_moment_without_a_zone_is_refused(database):
    with pytest.raises(ValueError):
        person(created_at=datetime(2026, 11, 24))


def test_json_comes_back_letter_for_letter(database):
    odd = {"__proto__": ["😀", "\u202e", "\u2028", "'\"\\", 2**53 - 1, True, None, {}]}
    Done.create(change="a", person="b", digest="c", outcome=odd)
    assert Done.get_by_id("a").outcome == odd


def test_an_address_belongs_to_one_person(database):
    person()
    with pytest.raises(IntegrityError):
        person()


def test_a_pair_names_its_people_by_id_without_loading_them(database):
    ada, bela = person(), person(email="bela@example.org")
    pair = Pair.create(mentee=ada.id, mentor=bela)
    assert (Pair.get_by_id(pair.id).mentee, Pair.get_by_id(pair.id).mentor) == (ada.id, bela.id)


def test_defaults_make_a_person_whole(database):
    with clock.at(NOON):
        made = person()
    assert made.epoch_at == made.created_at == NOON
    assert len({made.id, made.names, made.epoch}) == 3


def test_a_copy_is_made_while_somebody_writes(database, tmp_path, kind):
    if kind == "postgres":
        return copy_of_postgres(database, tmp_path)
    person()
    with database.db.atomic():
        person(email="late@example.org")
        database.backup(tmp_path / "copies" / "copy.db")
    assert (tmp_path / "copies" / "copy.db").stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(tmp_path / "copies" / "copy.db") as copy:
        assert copy.execute("SELECT email FROM person").fetchall() == [("ada@example.org",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return copy.close()


def copy_of_postgres(database, tmp_path):
    person()
    database.backup(tmp_path / "copy.dump")
    restore = postgres.program("pg_restore")
    listed = subprocess.run([restore, "--list", tmp_path / "copy.dump"], capture_output=True, check=True)
    assert b"TABLE DATA public person" in listed.stdout
    assert (tmp_path / "copy.dump").stat().st_mode & 0o777 == 0o600


def test_a_copy_never_takes_the_place_of_a_file(database, tmp_path):
    (tmp_path / "there").write_text("mine")
    with pytest.raises(FileExistsError):
        database.backup(tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"


def test_without_pg_dump_a_copy_says_what_is_missing(database, tmp_path, monkeypatch):
    monkeypatch.setattr(database, "is_postgres", lambda: True)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="pg_dump"):
        database.backup(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
