"""What people typed in a simulated life has a page on which it is read, wherever two devices left it."""
from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, url_for
from werkzeug.security import generate_password_hash

from mentorlog import database, search
from mentorlog.models import Person, Record
from mentorlog.records import KINDS
from mentorlog.sync import pull
from tests.cast import PASSWORD, email, sign_in
from tests.sync.simulator.world import World

SEEDS = 4


@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_every_text_of_a_life_has_a_page(app, monkeypatch, seed):
    life = World(seed)
    monkeypatch.setattr(pull, "PAGE_ROWS", life.page)
    life.run()
    asked = [address for person in life.people.values() for address in addresses(app, person)]
    assert len(asked) > 5
    assert [(address, status) for address, status in asked if status != 200] == []


def addresses(app: Flask, person: Person) -> Iterator[tuple[str, int]]:
    """Where a person reads each of their records, and what is answered there."""
    database.db.connect(reuse_if_open=True)
    known = {"email": email(person.name), "password_hash": generate_password_hash(PASSWORD, "pbkdf2:sha256:1")}
    Person.update(known).where(Person.id == person.id).execute()
    client = sign_in(app.test_client(), person.name)
    mine = Record.select().where(Record.owner == person.id)
    for address in [page_of(app, record) for record in list(mine) if is_shown(record)]:
        yield address, client.get(address, follow_redirects=True).status_code


def is_shown(record: Record) -> bool:
    """What a form of ours wrote and nobody deleted: there a part names its whole, and no session is ever deleted."""
    part_of = KINDS[record.kind].part_of
    if record.shelf != record.kind or (part_of and not record.fields.get(part_of)):
        return False
    session = record.fields.get("session") if record.kind == "line" else None
    return not session or Record.get_or_none(Record.id == session, Record.shelf == "session") is not None


def page_of(app: Flask, record: Record) -> str:
    """The page that search leads to; a kept text has its own."""
    with app.test_request_context():
        kept = record.kind == "kept"
        return url_for("versions.show", id=record.id) if kept else search.address(record.__data__)
