"""A device that moved into another zone says so as it syncs, and hears in the same reply what that did."""
from __future__ import annotations

import json

import pytest

from mentorlog import records
from mentorlog.models import Device, Feed, Person
from tests.cast import OURS, sign_in
from tests.sync.asking import change, request

NEW_YORK = "America/New_York"


@pytest.fixture
def sent(client, cast):
    """What ada's browser hears: `sent({"cursor": 3, …})`."""
    sign_in(client, "ada")
    device = Device.get(Device.person == cast.ada.id)

    def send(asked, changes=None):
        body = json.dumps(request(device, changes or [], **asked))
        reply = client.post("/sync", data=body, headers={"Content-Type": "application/json"} | OURS)
        assert reply.status_code == 200
        return reply.json
    return send


def place(told):
    return {"epoch": told["epoch"], "cursor": told["cursor"]}


def test_reply_to_the_sync_that_brought_a_move_carries_it(sent, cast):
    before = sent({})
    told = sent(place(before) | {"zone": NEW_YORK})
    assert (before["home"], told["home"]) == ("Europe/Berlin", NEW_YORK)
    [settings] = told["records"]
    assert (settings["id"], settings["fields"]["here"]) == (records.name_id(cast.ada.names, "settings"), NEW_YORK)
    assert sent(place(told) | {"zone": NEW_YORK})["records"] == []


def test_move_that_comes_with_the_settings_leaves_the_device_with_both(sent, cast):
    mine = change("settings", records.name_id(cast.ada.names, "settings"), theme="dark")
    told = sent(place(sent({})) | {"zone": NEW_YORK}, [mine])
    assert told["outcomes"] == {mine["id"]: {"outcome": "accepted"}}
    [settings] = told["records"]
    assert (settings["fields"]["theme"], settings["fields"]["here"]) == ("dark", NEW_YORK)


def test_server_that_was_set_back_is_noticed_though_the_device_moved_meanwhile(sent, cast):
    made = sent({}, [change("entry", text="It held.")])
    here = place(sent(place(made)))
    Feed.delete().where(Feed.person == cast.ada.id).execute()
    Person.update(counter=Person.counter - 1).where(Person.id == cast.ada.id).execute()  # a move counts one
    told = sent(here | {"zone": NEW_YORK})
    assert told["epoch"] != here["epoch"]
