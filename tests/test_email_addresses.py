"""Wherever an e-mail address is entered, one that could become two, or a header, is refused in words."""
from __future__ import annotations

import re

import pytest

from mentorlog import people
from mentorlog.models import Person
from tests.cast import sign_in
from tests.submitting import fill, send

BROKEN = ["a@b.example\r\nBcc: c@d.example", "a@b.example\nc", "a\r@b.example", "a@b.example\n", "a\u2028@b.example",
          "a@b\x85.example", "a\0@b.example", "a\x1b@b.example", "a@b.example,c@d.example", "<a@b.example>",
          '"a b"@b.example', "a@b.example;c@d.example", "a@b@c.example"]
WORDS = "Write an e-mail address, such as name@example.org."


@pytest.mark.parametrize("typed", BROKEN)
def test_no_account_has_it(typed):
    new = people.NewPerson(name="Ada", email=typed, password="long enough", zone="UTC")
    assert new.problems() == {"email": WORDS}


@pytest.mark.parametrize("typed", [
    "ada@example.org", "a.d+a@mail.example.org", "zoë@bücher.example", "o'neil@b.example"])
def test_an_ordinary_one_may(typed):
    assert people.NewPerson(name="Ada", email=typed, password="long enough", zone="UTC").problems() == {}


@pytest.mark.parametrize("typed", [one for one in BROKEN if one.strip() == one])
def test_the_first_account_has_it_neither(app, client, database_url, typed):
    with app.app_context():
        path = people.invite_first("")
    reply = client.post(path, data={"name": "Ada", "email": typed, "password": "long enough", "zone": "UTC"},
                        headers={"Sec-Fetch-Site": "same-origin"})
    if reply.status_code == 303:  # a control that no form keeps is left out
        assert Person.get().email == re.sub("[\0-\x1f\x7f-\x9f\u2028]", "", typed) == "a@b.example"
    else:
        assert (reply.status_code, WORDS in reply.get_data(as_text=True)) == (422, True)


@pytest.mark.parametrize("typed", [one for one in BROKEN if one.strip() == one])
def test_no_card_and_no_agreement_has_it(client, cast, typed):
    ada = sign_in(client, "ada")
    reply = send(ada, "/partners/new", fill(ada, "/partners/new", name="R. O.", email=typed))
    if reply.status_code == 303:
        card = ada.get(reply.headers["Location"]).get_data(as_text=True)
        assert "Bcc" not in card and "c@d" not in card
    else:
        assert (reply.status_code, WORDS in reply.get_data(as_text=True)) == (422, True)
