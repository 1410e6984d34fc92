"""A device that was away for a year: pruned history, deletions, a restored server, thousands of pages, a newer app."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from mentorlog import clock, database, records
from mentorlog.models import Device, History, Person, Record
from mentorlog.sync import apply, pull, restore, wire
from tests.databases import nobody
from tests.device import server

MANY = 5_000
LARGEST_REPLY = 1_000_000
CALL = "async ([name, ...asked]) => (await import('/cases/t/away.js'))[name](...asked)"


def make_app() -> Flask:
    """The modules of the worker, and the real door."""
    app = server.make_app()
    database.init_app(app)

    @app.post("/sync")
    def sync() -> Any:
        asked = server.body()
        if wrong := wire.shape_error(asked):
            return server.as_json({"error": wrong}, 422)
        person, device = Person.get_by_id(asked["person"]), Device.get_by_id(asked["device"])
        return server.as_json(pull.sync(person, device, asked))

    return app


@pytest.fixture
def away(browser, databases, tmp_path) -> Iterator[Any]:
    """(app, page): a browser in front of a server of its own."""
    with databases.copy("sqlite", tmp_path / "away.sqlite3", nobody) as url:
        database.open_database(url)
        app = make_app()
        with server.serving(app) as address:
            context = browser.new_context(base_url=address)
            page = context.new_page()
            page.goto("/")
            with database.db.connection_context():
                yield app, page
            context.close()
        database.close()


def signed_in(person: Person) -> Device:
    return Device.create(person=person.id, secret_hash=records.new_id(), label="", zone="UTC", seen_at=clock.now())


def write(person: Person, record: str | None = None, **fields: Any) -> str:
    """A change from elsewhere, on what stands there; returns the id of the record."""
    id = record or records.new_id()
    base = Record.get_by_id(id).rev if record else None
    change = {"id": records.new_id(), "kind": "entry", "record": id, "fields": fields, "base": base,
              "made_at": clock.iso(clock.now())}
    assert apply.take(person, None, [change])[change["id"]]["outcome"] == "accepted"
    return id


def a_year_passes(person: Person, phone: Device, edited: str, deleted: str) -> None:
    """Elsewhere one page is edited, one deleted, thousands are written; what the phone knew is in no history."""
    write(person, edited, text="Zero. One. Two.")
    write(person, deleted, deleted=True)
    made_at = clock.iso(clock.now())
    changes = [{"id": records.new_id(), "kind": "entry", "record": records.new_id(), "made_at": made_at, "base": None,
                "fields": {"title": f"Page {number}", "text": "x" * 600}} for number in range(MANY)]
    apply.take(person, None, changes)
    History.delete().where(History.record << [edited, deleted], History.n == 1).execute()
    Device.update(seen_at=clock.now() - timedelta(days=365)).where(Device.id == phone.id).execute()


@pytest.mark.parametrize("restored", [False, True], ids=["", "restored"])
def test_a_device_that_was_away_for_a_year_catches_up(away, restored: bool) -> None:
    _, page = away
    person = Person.create(name="Ada", email="ada@example.org", password_hash="", zone="UTC")
    phone = signed_in(person)
    edited, deleted, binned = (write(person, text=text) for text in ("One. Two.", "Gone soon.", "Bin."))
    who = {"device": phone.id, "person": person.id}
    edits = [[edited, {"text": "One. Two. Three."}], [deleted, {"text": "Gone soon, and longer."}],
             [binned, {"binned_at": "2025-11-24T12:00:00.000Z"}]]
    wishes = {"edited": edits, "added": {"text": "Written on the train."}}
    assert page.evaluate(CALL, ["go", who, wishes]) == {"state": "done", "waiting": 4}
    a_year_passes(person, phone, edited, deleted)
    if restored:
        restore.restored()
    told = page.evaluate(CALL, ["comeBack", who])
    assert (told["state"], told["waiting"], told["refused"]) == ("done", 0, 0)
    assert len(told["replies"]) > MANY / pull.PAGE_ROWS and max(told["replies"]) < LARGEST_REPLY
    on_server = {one["id"]: one["fields"] for one in records.with_bins(person)}
    assert told["fields"] == on_server
    assert on_server[edited]["text"] == "Zero. One. Two. Three."
    assert on_server[binned]["binned_at"] and deleted not in on_server
    texts = [fields.get("text") for fields in on_server.values()]
    assert texts.count("Written on the train.") == 1 and any("and longer" in (text or "") for text in texts)
    assert len(on_server) == MANY + 4


def test_an_old_app_is_told_to_take_the_new_one_and_keeps_what_it_has(away, monkeypatch) -> None:
    app, page = away
    person = Person.create(name="Ada", email="ada@example.org", password_hash="", zone="UTC")
    who = {"device": signed_in(person).id, "person": person.id}
    assert page.evaluate(CALL, ["go", who, {"edited": [], "added": {"text": "Waits."}}])["waiting"] == 1
    monkeypatch.setattr(wire, "VERSION", 3)
    told = page.evaluate(CALL, ["comeBack", who])
    assert (told["state"], told["waiting"], Record.select().count()) == ("upgrade", 1, 0)
    app.config["bug"] = ("wire.js", "VERSION = 1;", "VERSION = 3;")  # the new version is taken
    page.reload()
    told = page.evaluate(CALL, ["comeBack", who])
    assert (told["state"], told["waiting"]) == ("done", 0)
    assert [row.fields for row in Record.select()] == [{"text": "Waits."}]
