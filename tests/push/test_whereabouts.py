"""*Follow my phone*: a person's hours go with the phone that synced last, and so do their reminders."""
from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mentorlog import clock, due
from mentorlog.access import Me
from mentorlog.models import Person, Record, Reminder
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
        person = Person.get_by_id(cast.ada.id)
        due.follow_phone(person, device, note_contact(Me(person, device, ""), zone, NOW))
    return sync


@pytest.fixture
def desk(cast, add_device):
    made = add_device(cast.ada)
    made.label = "Firefox on Linux"
    made.save()
    return made


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
