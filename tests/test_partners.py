"""Partner cards: how a mentee reaches a mentor who has no account here."""
from __future__ import annotations

import pytest

from mentorlog import partners, records
from tests.cast import sign_in
from tests.submitting import fill, send, submit
from tests.sync.asking import change, outcome

CARD = {"name": "R. O.", "phone": "+351 21 0000000", "link": "meet.example/a-r", "zone": "Europe/Lisbon",
        "fallback": "phone +351 21 0000000\nchat https://chat.example/a-r"}


@pytest.fixture
def ada(client, cast):
    return sign_in(client, "ada")


def write_card(client, **typed) -> str:
    """Where the new card stands."""
    reply = submit(client, "/partners/new", **(CARD | typed))
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return reply.headers["Location"]


# -- rules -------------------------------------------------------------------------------------------------------------

def test_a_session_takes_its_way_in_from_the_card():
    card = {"link": "https://meet.example/a", "phone": "+1 555 0100"}
    assert partners.reach({"channel": "video", "link": "https://own.example"}, card)["href"] == "https://own.example"
    assert partners.reach({"channel": "chat"}, card)["href"] == "https://meet.example/a"
    assert partners.reach({"channel": "phone", "link": "https://own.example"}, card)["href"] == "tel:+15550100"
    assert partners.reach({"channel": "in_person"}, card) == {"href": "", "words": ""}
    assert partners.reach({"channel": "in_person", "link": "Room 5"}, card) == {"href": "", "words": "Room 5"}


# -- pages -------------------------------------------------------------------------------------------------------------

def test_a_card_is_written_and_shown(ada, cast):
    page = ada.get(write_card(ada)).get_data(as_text=True)
    assert 'href="tel:+351210000000"' in page
    assert 'href="https://meet.example/a-r"' in page
    assert 'href="https://chat.example/a-r"' in page
    assert "Europe/Lisbon" in page
    assert "Only you" in page


def test_what_was_kept_and_cannot_work_is_read_on_the_card_and_not_tapped(ada, cast, handset):
    made = change("partner", name="R. O.", link="http://10.0.0.1/room", phone="+49 30 CALL 123", email="nobody")
    assert outcome(handset, made)["outcome"] == "accepted"
    page = ada.get(f"/partners/{made['record']}").get_data(as_text=True).partition("<main")[2]
    for typed in ("http://10.0.0.1/room", "+49 30 CALL 123", "nobody"):
        assert f'dir="auto">{typed}</span>' in page
    assert 'href="http://10' not in page and "tel:" not in page and "mailto:" not in page


def test_a_card_is_changed(ada, cast):
    where = write_card(ada)
    assert submit(ada, f"{where}/edit", zone="", name="Rita O.").status_code == 303
    [card] = records.shelf(cast.ada, "partner")
    assert (card["fields"]["name"], card["fields"]["zone"]) == ("Rita O.", None)


@pytest.mark.parametrize(("field", "typed", "words"), [
    ("name", " ", "Write the name"), ("name", "x" * 201, "200 characters at most"),
    ("email", "nobody", "Write an e-mail address"), ("phone", "call me", "country code"),
    ("link", "javascript:alert(1)", "beginning with https://"), ("zone", "Mars/Base", "not known here"),
    ("fallback", "x" * 5001, "5000 characters at most")])
def test_bad_input_gets_words_at_its_field_and_stays(ada, cast, field, typed, words):
    reply = submit(ada, "/partners/new", **(CARD | {field: typed}))
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert words in page.split(f'id="e-{field}"')[1].split("</p>")[0]
    assert typed.strip() in page
    assert "meet.example/a-r" in page or field == "link"
    assert records.count(cast.ada, "partner") == 0


def test_a_card_sent_twice_is_one(ada, cast):
    fields = fill(ada, "/partners/new", **CARD)
    first, second = (send(ada, "/partners/new", fields) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert records.count(cast.ada, "partner") == 1


def test_a_card_of_somebody_else_is_not_there(ada, app, cast):
    where = write_card(ada)
    bela = sign_in(app.test_client(), "bela")
    assert [bela.get(path).status_code for path in (where, f"{where}/edit", "/partners/nothing")] == [404, 404, 404]
    assert send(bela, f"{where}/edit", CARD).status_code == 404
