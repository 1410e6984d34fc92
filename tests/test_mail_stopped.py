"""Stopping e-mails with one tap: by whom, which kind, and that nothing else can do it."""
from __future__ import annotations

import pytest

from tests.cast import OURS, sign_in


@pytest.fixture
def path(app, cast, config):
    """The path that stops a kind for ada."""
    from mentorlog import mail
    return lambda kind="join", key=config.secret_key: mail.address("", key, cast.ada, kind)


def wanted(person) -> list[bool]:
    from mentorlog import mail
    return [mail.wants(person, kind) for kind in mail.KINDS]


def test_a_mail_service_stops_one_kind_with_one_post(app, cast, path) -> None:
    """As RFC 8058, 3.2 has it: no cookie, no origin, no redirect."""
    reply = app.test_client().post(path("join"), data={"List-Unsubscribe": "One-Click"})
    assert reply.status_code == 200 and "Set-Cookie" not in reply.headers
    assert wanted(cast.ada) == [True, False, True, True]
    assert wanted(cast.bela) == [True] * 4


def test_looking_stops_nothing(app, cast, path) -> None:
    page = app.test_client().get(path()).get_data(as_text=True)
    assert wanted(cast.ada) == [True] * 4
    assert "Those about a session that begins soon" in page and '<form method="post">' in page


def test_the_button_of_the_page_stops_it_and_says_so(app, cast, path) -> None:
    reply = app.test_client().post(path(), headers=OURS)
    assert "No more e-mails about a session that begins soon" in reply.get_data(as_text=True)
    assert "Stopped" in app.test_client().get(path()).get_data(as_text=True)


def test_a_mistake_is_taken_back_on_the_same_page(app, cast, path) -> None:
    app.test_client().post(path(), headers=OURS)
    page = app.test_client().post(path(), data={"again": "1"}, headers=OURS).get_data(as_text=True)
    assert "Stop these e-mails?" in page and wanted(cast.ada) == [True] * 4


def test_a_page_of_a_mail_program_may_send_it(app, cast, path) -> None:
    """The address is the permission: it does not matter from where it is sent, and with whose cookie."""
    reply = sign_in(app.test_client(), "bela").post(path(), headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 200 and wanted(cast.ada)[1] is False and wanted(cast.bela)[1] is True


def test_stopped_twice_is_one_change(app, cast, path) -> None:
    from mentorlog.models import History
    for _ in range(3):
        assert app.test_client().post(path()).status_code == 200
    assert History.select().count() == 1


def test_what_else_was_set_stays(app, cast, path) -> None:
    client = sign_in(app.test_client(), "ada")
    client.post("/settings/look", data={"theme": "dark", "text_size": "large", "remind": "1"}, headers=OURS)
    app.test_client().post(path("goal"))
    app.test_client().post(path("prepare"))
    from mentorlog.settings import own_of
    fields = own_of(cast.ada)[1]["fields"]
    assert (fields["theme"], fields["mail_goal"], fields["mail_prepare"]) == ("dark", False, False)
    client.post("/settings", data={"theme": "light", "text_size": "large"}, headers=OURS)
    assert wanted(cast.ada) == [False, True, False, True]


@pytest.mark.parametrize("token", ["x", "x.y", "", "%00", "a" * 3_000, "WyJ4IiwieCJd.c2lnbmVk"])
def test_what_we_did_not_sign_stops_nothing(app, cast, token: str) -> None:
    reply = app.test_client().post(f"/unsubscribe/{token}")
    assert reply.status_code == 404
    assert wanted(cast.ada) == [True] * 4


def test_another_servers_signature_and_other_kinds_stop_nothing(app, cast, path) -> None:
    for one in (path(key="another"), path("everything")):
        assert app.test_client().post(one).status_code == 404
    assert wanted(cast.ada) == [True] * 4


def test_a_token_cut_short_says_what_to_do(app, cast, path) -> None:
    reply = app.test_client().get(path()[:-5])
    assert reply.status_code == 404 and "This address is not whole" in reply.get_data(as_text=True)


def test_who_is_gone_is_nobody(app, cast, path) -> None:
    address = path()
    from mentorlog.models import Pair, Person
    Pair.delete().execute()
    Person.delete().where(Person.id == cast.ada.id).execute()
    assert app.test_client().post(address).status_code == 404


def test_who_asks_too_often_is_told_when_to_come_again(app, cast) -> None:
    from mentorlog.guard import VISITS
    replies = [app.test_client().post("/unsubscribe/x").status_code for _ in range(VISITS.amount + 1)]
    assert replies == [404] * VISITS.amount + [429]
