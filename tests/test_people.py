"""Setting up, signing in and out, passwords, devices: without JavaScript, on both databases."""
from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.cast import OURS, PASSWORD, ZONE, email, sign_in

NEW = {"name": "Mira", "email": "mira@example.org", "password": PASSWORD, "zone": ZONE}


@pytest.fixture
def link(app) -> str:
    """The path of a set-up link; nobody has an account yet."""
    from mentorlog import database, people
    with database.db.connection_context():
        return people.invite_first("http://x").removeprefix("http://x")


def words(reply) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reply.get_data(as_text=True)))


def test_set_up_link_makes_the_first_account_once(client, link) -> None:
    assert client.get(link).status_code == 200
    reply = client.post(link, data=NEW, headers=OURS)
    assert (reply.status_code, reply.headers["Location"]) == (303, "/arrive")
    assert client.get("/today").status_code == 200
    assert client.get(link).status_code == 404
    assert client.post(link, data={**NEW, "email": "two@example.org"}, headers=OURS).status_code == 404


@pytest.mark.parametrize(("field", "typed"), [
    ("name", ""), ("name", "x" * 201), ("email", "nowhere"), ("password", "too short"), ("zone", "Mars/Olympus")])
def test_what_does_not_fit_is_said_at_its_field(client, link, field: str, typed: str) -> None:
    reply = client.post(link, data={**NEW, field: typed}, headers=OURS)
    assert reply.status_code == 422
    assert f'id="e-{field}"' in reply.get_data(as_text=True)
    assert ('value="mira@example.org"' in reply.get_data(as_text=True)) == (field != "email")


def test_old_link_is_over(client, link) -> None:
    from mentorlog import clock
    with clock.at(clock.now() + timedelta(hours=25)):
        from mentorlog import database, people
        with database.db.connection_context():
            assert people.accounts.open_link(link.partition("=")[2]) is None


def test_five_wrong_passwords_then_it_says_when(client, cast) -> None:
    typed = {"email": email("ada"), "password": "wrong and wrong", "zone": ZONE}
    replies = [client.post("/sign-in", data=typed, headers=OURS) for _ in range(6)]
    assert [reply.status_code for reply in replies] == [422] * 5 + [429]
    assert f'value="{email("ada")}"' in replies[5].get_data(as_text=True)
    assert int(replies[5].headers["Retry-After"]) in range(1, 61)
    right = client.post("/sign-in", data={**typed, "password": PASSWORD}, headers=OURS)
    assert right.status_code == 429
    other = client.post("/sign-in", data={**typed, "email": email("bela"), "password": PASSWORD}, headers=OURS)
    assert other.status_code == 303


def test_signing_in_goes_on_where_it_was_and_nowhere_else(client, cast) -> None:
    assert client.get("/journal?after=x").headers["Location"] == "/sign-in?next=/journal?after%3Dx"
    for wanted, goes in (("/journal", "/journal"), ("//evil.example", "/today"), ("https://evil.example", "/today"),
                         ("/\\evil.example", "/today"), ("/\t/evil.example", "/today"),
                         ("/\n/evil.example", "/today"), ("/a\t/b", "/today")):
        typed = {"email": email("ada"), "password": PASSWORD, "zone": ZONE, "next": wanted}
        reply = client.post("/sign-in", data=typed, headers=OURS)
        assert reply.headers["Location"] == f"/arrive?next={goes}"


def test_writes_from_another_site_are_refused(client, cast) -> None:
    sign_in(client, "ada")
    foreign = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
               {"Origin": "null"}, {}]
    for headers in foreign:
        assert client.post("/journal/new", data={"title": "x"}, headers=headers).status_code == 403, headers
    assert client.post("/journal/new", data={}, headers={"Origin": "http://localhost"}).status_code == 422


def test_new_password_is_asked_for_the_old_one(client, cast) -> None:
    sign_in(client, "ada")
    wrong = client.post("/account/password", data={"old": "no", "password": "new and long"}, headers=OURS)
    assert wrong.status_code == 422 and 'id="e-old"' in wrong.get_data(as_text=True)
    short = client.post("/account/password", data={"old": PASSWORD, "password": "short"}, headers=OURS)
    assert short.status_code == 422 and 'id="e-password"' in short.get_data(as_text=True)
    done = client.post("/account/password", data={"old": PASSWORD, "password": "new and long"}, headers=OURS)
    assert done.headers["Location"] == "/account"
    assert "Your password is changed." in words(client.get("/account"))


def test_device_ended_from_another_is_out(app, cast) -> None:
    here, there = sign_in(app.test_client(), "ada"), sign_in(app.test_client(), "ada")
    revoke = re.search(r"/account/devices/[0-9a-f-]+/revoke", here.get("/account").get_data(as_text=True))[0]
    assert here.post(revoke, headers=OURS).status_code == 303
    assert there.get("/today").status_code == 303
    assert there.post("/sync", json={}, headers=OURS).get_json() == {"error": "revoked"}
    assert here.get("/today").status_code == 200


def test_sign_out_ends_the_device_and_clears_only_the_cache(client, cast) -> None:
    sign_in(client, "ada")
    client.set_cookie("worker", "1")
    reply = client.post("/sign-out", headers=OURS)
    assert client.get_cookie("worker") is None
    assert reply.headers["Clear-Site-Data"] == '"cache"'
    assert client.get("/today").status_code == 303
    assert client.post("/sync", json={}, headers=OURS).get_json() == {"error": "signed_out"}


def test_signing_out_works_without_a_script_and_discards_only_when_asked_to(client, cast) -> None:
    sign_in(client, "ada")
    page = client.get("/sign-out").get_data(as_text=True)
    assert re.search(r'<noscript><button[^>]* type="submit">Sign out</button></noscript>', page)
    assert " data-empty>" in client.post("/sign-out", headers=OURS).get_data(as_text=True)
    sign_in(client, "ada")
    assert " data-empty" not in client.post("/sign-out", data={"discard": "1"}, headers=OURS).get_data(as_text=True)


def test_a_forgotten_password_is_set_by_the_operator(app, client, cast) -> None:
    from mentorlog import database, people
    with database.db.connection_context():
        people.set_password(email("ada").upper(), "another long one")
    typed = {"email": email("ada"), "password": "another long one", "zone": ZONE}
    assert client.post("/sign-in", data=typed, headers=OURS).status_code == 303


def test_cookie_is_for_this_site_and_lasts(client, cast) -> None:
    typed = {"email": email("ada"), "password": PASSWORD, "zone": ZONE}
    cookie = client.post("/sign-in", data=typed, headers=OURS).headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Expires=" in cookie
