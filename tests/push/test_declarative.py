"""A reminder is also a declarative push message, which Safari shows by itself with no worker (W3C Push API).

Its parser answers failure, and then a worker must do it, when a required member is missing or a URL is none by itself.
"""
from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest

from tests.cast import OURS, sign_in
from tests.push.test_sending import decrypt

KINDS = {"join": "/sessions/", "prepare": "/sessions/", "goal": "/goals/", "worksheet": "/worksheets/"}
TEXTS = ("title", "body", "lang", "tag", "navigate")


@pytest.fixture
def pushed(service):
    """What the service took, as a browser reads it."""
    return lambda: [json.loads(decrypt(got["body"])) for got in service.received]


def shown(message: dict, site: str) -> dict:
    """The notification of a declarative push message; AssertionError where its parser would answer failure."""
    assert (message["web_push"], set(message)) == (8030, {"web_push", "notification"})
    one = message["notification"]
    assert {"title", "navigate"} <= set(one) <= {*TEXTS, "dir", "silent", "data", "actions"}
    assert all(isinstance(one[name], str) and one[name] for name in TEXTS if name in one)
    assert (one["dir"], one["silent"]) == ("ltr", False)
    for action in one.get("actions", []):
        assert set(action) == {"action", "title", "navigate"}
        assert all(isinstance(value, str) and value for value in action.values())
    for url in [one["navigate"], *(action["navigate"] for action in one.get("actions", []))]:
        assert f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" == site
    return one


@pytest.mark.parametrize("words", ["neutral", "full"])
def test_every_reminder_is_one(cast, allow, choose, every_kind, tick, pushed, words):
    allow(cast.ada)
    every_kind(cast.ada)
    choose(cast.ada, lock_screen=words)
    tick()
    found = [shown(message, "https://journal.example.org") for message in pushed()]
    assert sorted(urlsplit(one["navigate"]).path.rpartition("/")[0] + "/" for one in found) == sorted(KINDS.values())
    assert any("body" in one for one in found) == (words == "full")


def test_a_test_has_its_shape_and_is_none_so_that_the_worker_can_tell_of_it(app, cast, client, sender, told, pushed):
    app.extensions["push"] = sender
    phone = sign_in(client, "ada")
    phone.post("/push/subscribe", json=told(), headers=OURS)
    phone.post("/push/test", headers=OURS)
    [message] = pushed()
    assert "web_push" not in message
    assert shown({"web_push": 8030, **message}, "http://localhost")["navigate"].endswith("/settings/reminders")
