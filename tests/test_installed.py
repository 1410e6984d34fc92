"""What pages say to the installed app: keys that can be switched off, and the offer to install."""
from __future__ import annotations

import pytest

from tests.cast import sign_in
from tests.submitting import fill, send, submit

KEYS = " data-keys>"


@pytest.fixture
def ada(client, cast):
    return sign_in(client, "ada")


def page_of(client, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def test_keys_are_on_until_the_person_switches_them_off(ada, app, cast):
    assert KEYS in page_of(ada, "/today")
    fields = fill(ada, "/settings/look")
    assert fields.pop("shortcuts") == "1"
    assert [send(ada, "/settings/look", fields).status_code for _ in range(2)] == [303, 303]
    assert KEYS not in page_of(ada, "/today")
    assert "shortcuts" not in fill(ada, "/settings/look")
    assert KEYS in page_of(sign_in(app.test_client(), "bela"), "/today")
    submit(ada, "/settings/look", shortcuts="1")
    assert KEYS in page_of(ada, "/today")


def test_nobody_has_keys_before_signing_in(client):
    assert KEYS not in page_of(client, "/sign-in")


def test_installing_is_offered_once_something_is_written(ada, cast):
    assert "data-install" not in page_of(ada, "/today")
    submit(ada, "/journal/new", title="The first one", text="A line.")
    today = page_of(ada, "/today")
    assert 'data-install="asks" hidden>' in today
    assert 'href="/install"' in today


def test_how_to_install_by_hand_is_said_without_a_script(ada):
    page = page_of(ada, "/install")
    assert "Add to Home Screen" in page
    assert "Open this address in" in page
