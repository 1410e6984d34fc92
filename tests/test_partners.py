"""Partner cards: how a mentee reaches a mentor who has no account here."""
from __future__ import annotations

import pytest

from mentorlog import partners, records
from tests.cast import sign_in
from tests.submitting import fill, send, submit

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

@pytest.mark.parametrize(("typed", "made"), [
    ("meet.example/room", "https://meet.example/room"), ("meet.example:8443", "https://meet.example:8443"),
    ("https://meet.example", "https://meet.example"), ("javascript:alert(1)", "javascript:alert(1)"),
    ("the café", "the café"), ("", "")])
def test_a_bare_address_becomes_a_link(typed, made):
    assert partners.web(typed) == made


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//meet.example", "https://", "ftp://a.b",
                                  "https://a b", " https://a.b", "ｈttps://a.b"])
def test_nothing_but_a_web_address_is_a_link(link):
    assert not partners.is_web(link)
    assert partners.reach({"link": link}, {}) == {"href": "", "words": link}


@pytest.mark.parametrize(("phone", "digits"), [
    ("+351 21 0000000", "+351210000000"), ("(030) 12 34", "0301234"), ("+49 (0) 30/1234", "+49301234"),
    ("(+1) 555-0100", "+15550100"), ("٠١٢", ""), ("ask me", ""), ("12", "")])
def test_a_number_is_dialled_by_its_digits(phone, digits):
    assert partners.number(phone) == digits


def test_ways_stand_in_the_order_of_the_card():
    typed = "phone +1 555 0100\nSMS: +1 555 0101\nvideo https://meet.example/x\nchat: https://chat.example\n\n" \
            "r.o@example.org\nthe café, at noon"
    found = partners.ways({"name": "R. O.", "fallback": typed})
    assert [way["href"] for way in found] == ["tel:+15550100", "sms:+15550101", "https://meet.example/x",
                                              "https://chat.example", "mailto:r.o@example.org", ""]
    assert [way["icon"] for way in found] == ["call", "sms", "video", "chat", "letter", "people"]
    assert found[0]["title"] == "Call R. O."
    assert found[3]["own"] == "chat"
    assert found[5]["own"] == "the café, at noon"


def test_a_card_without_ways_offers_its_phone():
    assert [way["href"] for way in partners.ways({"phone": "+1 555 0100"})] == ["tel:+15550100", "sms:+15550100"]
    assert partners.ways({"phone": "none"}) == []


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
