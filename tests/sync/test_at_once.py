"""Several devices at once, each with a connection of its own: no number twice, none missed, nobody waits for ever."""
from __future__ import annotations

import random
import threading

import psycopg
import pytest
from peewee import OperationalError

from mentorlog import database
from mentorlog.database import db
from mentorlog.journal import Entry
from mentorlog.models import Device, Feed, History, Person, Record
from mentorlog.sync import pairs
from tests.cast import OURS, sign_in
from tests.sync.asking import a_device, change, request, sync

ROUNDS = 12


@pytest.fixture
def devices(cast):
    """Two of ada's and two of her mentor's."""
    return [a_device(person) for person in (cast.ada, cast.ada, cast.bela, cast.bela)]


def all_at_once(works):
    """Run each in a thread of its own, from the same start; returns what they raised."""
    start, errors = threading.Barrier(len(works)), []

    def run(work):
        start.wait()
        try:
            with db.connection_context():
                work()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_f42_no_cursor_misses_a_change(cast, devices):
    heard: dict[str, set[str]] = {device.id: set() for device in devices}
    at: dict[str, dict] = {device.id: {"epoch": None, "cursor": 0} for device in devices}

    def ask(device, made=None):
        told = sync(device, made, epoch=at[device.id]["epoch"], cursor=at[device.id]["cursor"])
        heard[device.id] |= {row["id"] for row in told["records"]}
        at[device.id] = told

    def live(device, seed):
        chance = random.Random(seed)
        for _ in range(ROUNDS):
            ask(device, [change("session", pair=cast.pair.id, notes="x") for _ in range(chance.randrange(3))])

    errors = all_at_once([lambda device=device, seed=seed: live(device, seed) for seed, device in enumerate(devices)])
    assert errors == []
    for device in devices:
        ask(device)
        assert heard[device.id] == {row.id for row in Record.select()}
    for person in (cast.ada, cast.bela):
        numbers = [row.number for row in Feed.select().where(Feed.person == person.id)]
        assert sorted(numbers) == list(range(1, Person.get_by_id(person.id).counter + 1))


def test_one_change_delivered_at_once_by_everybody_stands_once(devices):
    made = change("entry", text="Once.")
    told = []
    errors = all_at_once([lambda: told.append(sync(devices[0], [made])["outcomes"][made["id"]]) for _ in range(4)])
    assert errors == []
    assert told == [{"outcome": "accepted"}] * 4
    assert History.select().count() == Record.select().count() == 1


def test_a_pair_that_ends_meanwhile_shows_nothing_afterwards(cast, devices):
    def share():
        for _ in range(ROUNDS):
            sync(devices[0], [change("entry", text="Look.", shared=cast.pair.id)])

    errors = all_at_once([share, share, lambda: pairs.end(cast.pair.id)])
    assert errors == []
    rows = sync(devices[2])["records"]
    assert [row for row in rows if not row.get("gone")] == []
    assert not Feed.select().where(Feed.person == cast.bela.id, ~Feed.gone).exists()


def test_two_who_write_to_each_other_do_not_wait_for_ever(cast, devices):
    made = change("session", pair=cast.pair.id, notes="Start.")
    sync(devices[0], [made])

    def write(device, word):
        for number in range(ROUNDS):
            rev = Record.get_by_id(made["record"]).rev
            one = change("session", made["record"], stands={"base": rev}, notes=f"Start. {word} {number}.")
            assert sync(device, [one])["outcomes"][one["id"]]["outcome"] in ("accepted", "merged", "kept")

    errors = all_at_once([lambda device=device, n=n: write(device, f"w{n}") for n, device in enumerate(devices)])
    assert errors == []
    record = Record.get_by_id(made["record"])
    assert record.n == 1 + ROUNDS * len(devices)
    kept = " ".join(row.fields["text"] for row in Record.select().where(Record.kind == "kept"))
    texts = kept + " ".join(str(row.fields) for row in History.select().where(History.record == record.id))
    assert all(f"w{n} {number}." in texts for n in range(len(devices)) for number in range(ROUNDS))


def lose_the_connection(database):
    """The database's side of this thread's connection dies; SQLite has none, its disk fails."""
    if not database.is_postgres():
        raise OperationalError("disk I/O error")
    mine = db.connection().info
    with psycopg.connect(mine.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (mine.backend_pid,))


def test_a_connection_lost_in_a_transaction_leaves_nothing_half_written(client, cast, monkeypatch):
    sign_in(client, "ada")
    device = Device.get(Device.person == cast.ada.id)
    made = change("entry", text="Hello.")
    monkeypatch.setattr(Entry, "after_write", lambda record, before: lose_the_connection(database))
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    body = request(device, [made])
    db.close()
    assert client.post("/sync", json=body, headers=OURS).status_code == 500
    monkeypatch.undo()
    reply = client.post("/sync", json=body, headers=OURS)
    assert reply.json["outcomes"] == {made["id"]: {"outcome": "accepted"}}
    with db.connection_context():
        assert History.select().count() == Record.get_by_id(made["record"]).n == 1


def test_a_database_that_is_not_there_is_said_to_be_away(client, cast, monkeypatch):
    sign_in(client, "ada")
    client.application.config["PROPAGATE_EXCEPTIONS"] = False

    def away(*given, **named):
        raise OperationalError("away")

    db.close()
    monkeypatch.setattr(db.obj, "connect", away)
    reply = client.get("/today", headers=OURS)
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "30")
    assert "try again" in reply.get_data(as_text=True)
