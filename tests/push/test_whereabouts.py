"""*Follow my phone*: a person's hours go with the phone that synced last, and so do their reminders."""
from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from mentorlog import clock, due
from mentorlog.access import Me
from mentorlog.due import whereabouts
from mentorlog.models import Device, History, Person, Record, Reminder
from mentorlog.people import note_contact
from mentorlog.records import name_id

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEW_YORK, LISBON, BERLIN = "America/New_York", "Europe/Lisbon", "Europe/Berlin"


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOW):
        yield


@pytest.fixture
def goal(cast, write):
    """Ada has a goal on Friday, said at nine in Berlin."""
    return write(cast.ada, "goal", due_on="2026-11-27")


@pytest.fixture
def contact(cast):
    """A device of ada's syncs from a zone."""
    def sync(device, zone):
        device = Device.get_by_id(device.id)
        note_contact(Me(Person.get_by_id(cast.ada.id), device, ""), zone, NOW)
    return sync


@pytest.fixture
def add_desk(cast, add_device):
    def add(zone=BERLIN):
        made = add_device(cast.ada, zone)
        made.label = "Firefox on Linux"
        made.save()
        return made
    return add


@pytest.fixture
def desk(add_desk):
    return add_desk()


def settings(person):
    row = Record.get_or_none(Record.id == name_id(person.names, "settings"))
    return row.fields if row else {}


def said_at():
    return f"{Reminder.get(Reminder.kind == 'goal').due_at:%d %H:%M}"


def test_phone_that_travels_takes_the_hours_along(cast, add_device, contact, goal):
    contact(add_device(cast.ada), NEW_YORK)
    assert said_at() == "27 14:00"
    assert settings(cast.ada) == {
        "here": NEW_YORK, "here_before": BERLIN, "here_at": "2026-11-24T12:00:00.000Z"}


def test_phone_that_comes_back_brings_them_back(cast, add_device, contact, goal):
    phone = add_device(cast.ada)
    for zone in (NEW_YORK, LISBON, BERLIN):
        contact(phone, zone)
    assert said_at() == "27 08:00"
    assert (settings(cast.ada)["here"], settings(cast.ada)["here_before"]) == (BERLIN, LISBON)


def test_phone_that_stays_writes_nothing(cast, add_device, contact, goal):
    contact(add_device(cast.ada), BERLIN)
    assert settings(cast.ada) == {}


def test_chosen_zone_is_followed_by_nobody(cast, add_device, contact, goal, choose):
    choose(cast.ada, zone=BERLIN)
    contact(add_device(cast.ada), NEW_YORK)
    assert (said_at(), settings(cast.ada)) == ("27 08:00", {"zone": BERLIN})


def test_desk_at_home_does_not_bring_a_traveller_back(cast, add_device, contact, desk, goal):
    contact(add_device(cast.ada), NEW_YORK)
    contact(desk, BERLIN)
    assert said_at() == "27 14:00"


def test_without_a_phone_the_desk_counts(cast, contact, desk, goal):
    contact(desk, NEW_YORK)
    assert said_at() == "27 14:00"


def test_two_desks_that_stay_do_not_take_turns(contact, desk, add_desk, goal):
    other = add_desk(LISBON)
    contact(desk, NEW_YORK)
    for one, zone in [(other, LISBON), (desk, NEW_YORK)] * 2:
        contact(one, zone)
    assert (said_at(), History.select().count()) == ("27 14:00", 1)


def test_of_two_desks_the_one_that_moves_counts(contact, desk, add_desk, goal):
    other = add_desk()
    contact(desk, NEW_YORK)
    contact(other, LISBON)
    assert said_at() == "27 09:00"


@pytest.mark.parametrize("dies_at", ["receive", "Person"])
def test_move_is_not_forgotten_when_the_process_dies_before_it_is_followed(
        cast, contact, desk, add_desk, goal, monkeypatch, dies_at):
    add_desk()

    def die(*_, **__):
        raise SystemExit
    with monkeypatch.context() as patch:
        patch.setattr(whereabouts, dies_at, die if dies_at == "receive" else SimpleNamespace(update=die))
        with pytest.raises(SystemExit):
            contact(desk, NEW_YORK)
    assert (Device.get_by_id(desk.id).zone, settings(cast.ada)) == (BERLIN, {})
    contact(desk, NEW_YORK)
    assert said_at() == "27 14:00"


@pytest.mark.parametrize("make", ["add_device", "add_desk"])
def test_move_made_while_a_zone_was_chosen_is_followed_after_it(cast, contact, choose, goal, request, make):
    device = request.getfixturevalue(make)(*[cast.ada] if make == "add_device" else [])
    choose(cast.ada, zone=BERLIN)
    contact(device, NEW_YORK)
    choose(cast.ada, zone=None)
    contact(device, NEW_YORK)
    assert said_at() == "27 14:00"


def test_zone_in_force_is_that_of_the_settings_which_devices_brought_back(cast, add_device, contact, choose, goal):
    phone = add_device(cast.ada)
    choose(cast.ada, here=NEW_YORK)  # a restored server knows the person at home, and their settings from a device
    contact(phone, BERLIN)
    assert said_at() == "27 08:00"


def test_of_two_phones_the_last_one_counts(cast, add_device, contact, goal):
    old, new = add_device(cast.ada), add_device(cast.ada)
    contact(new, NEW_YORK)
    contact(old, BERLIN)
    assert said_at() == "27 08:00"


def test_settings_that_were_there_stay(cast, add_device, contact, choose, goal):
    choose(cast.ada, theme="dark", goal_time="10:00")
    contact(add_device(cast.ada), NEW_YORK)
    assert (settings(cast.ada)["theme"], said_at()) == ("dark", "27 15:00")


def test_zone_that_is_none_is_not_believed(cast, add_device, contact, goal):
    contact(add_device(cast.ada), "Mars/Base")
    assert (said_at(), settings(cast.ada)) == ("27 08:00", {})


def test_first_phone_says_where_its_owner_lives(cast, add_device, goal):
    due.settle_in(cast.ada, add_device(cast.ada, zone=NEW_YORK))
    assert (said_at(), settings(cast.ada)) == ("27 14:00", {})


def test_signing_in_at_a_desk_away_from_the_phone_moves_nothing(cast, add_device, desk, goal):
    add_device(cast.ada)
    desk.zone = NEW_YORK
    due.settle_in(cast.ada, desk)
    assert said_at() == "27 08:00"
