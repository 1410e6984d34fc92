"""The alarms of the calendar feed are the person's reminders: the same kinds, at the same hours."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from mentorlog import clock
from mentorlog.models import Reminder
from mentorlog.records import name_id
from tests.calendars import Seen, both
from tests.cast import OURS, ZONE, sign_in
from tests.submitting import fill, send
from tests.sync.asking import a_device, change, outcome

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WHEN = {"starts_on": "2026-11-24", "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": 45}


@pytest.fixture(autouse=True)
def monday():
    with clock.at(NOW):
        yield


@pytest.fixture
def ada(app, cast):
    """Signed in, with a session tomorrow at 15:00 in Berlin, a goal for Tuesday, and a feed that carries both."""
    handset = a_device(cast.ada, zone=ZONE)
    for one in (change("session", **WHEN), change("goal", text="Ask", due_on="2026-12-01")):
        assert outcome(handset, one)["outcome"] == "accepted"
    client = sign_in(app.test_client(), "ada")
    page = client.post("/account/calendar/new", headers=OURS).get_data(as_text=True)
    client.post("/account/calendar/carries", data={"alarms": "1", "goals": "1"}, headers=OURS)
    client.feed = "/calendar/" + page.partition("http://localhost/calendar/")[2].partition("<")[0]
    return client


def choose(ada, **fields) -> None:
    """Change the reminders in their form; None switches one off."""
    typed = {name: value for name, value in (fill(ada, "/settings/reminders") | fields).items() if value is not None}
    assert send(ada, "/settings/reminders", typed).status_code == 303


def alarms(ada) -> list[list[timedelta]]:
    """Of the session, then of the goal."""
    found = both(ada.get(ada.feed).data)
    return [one.alarms for one in sorted(found, key=lambda one: str(one.start))]


def words(ada) -> str:
    """What the page says of the alarms."""
    page = ada.get("/account/calendar").get_data(as_text=True)
    return " ".join(unescape(page.partition('for="f-alarms"')[2].partition("</li>")[0]).split())


def counted_up(before: list[Seen], after: list[Seen]) -> list[str]:
    """The entries that calendars are told are others."""
    return [new.summary for old, new in zip(before, after, strict=True) if new.sequence > old.sequence]


def test_an_alarm_comes_when_the_reminder_does(ada) -> None:
    choose(ada, join_before="120", prepare_time="18:15", goal_time="07:30")
    assert alarms(ada) == [[timedelta(hours=-20, minutes=-45), timedelta(hours=-2)], [timedelta(hours=7, minutes=30)]]
    assert b"In 2 hours." in ada.get(ada.feed).data
    assert "For a session the day before at 18:15, and 2 hours before" in words(ada)
    assert "for a goal on its date at 07:30" in words(ada)
    choose(ada, goal_day="before")
    assert "for a goal the day before at" in words(ada)


def test_the_page_says_what_the_alarm_of_a_goal_wants(ada) -> None:
    assert "once it carries goal dates" not in words(ada)
    ada.post("/account/calendar/carries", data={"alarms": "1"}, headers=OURS)
    assert "for a goal on its date at 09:00, once it carries goal dates. As in" in words(ada)


@pytest.mark.parametrize(("off", "left"), [
    ("remind_prepare", [[timedelta(minutes=-30)], [timedelta(hours=9)]]),
    ("remind_join", [[timedelta(hours=-20)], [timedelta(hours=9)]]),
    ("remind_goal", [[timedelta(hours=-20), timedelta(minutes=-30)], []]),
    ("remind", [[], []]),
])
def test_what_is_off_has_no_alarm(ada, off: str, left: list[list[timedelta]]) -> None:
    choose(ada, **{off: None})
    assert alarms(ada) == left


def test_the_page_says_that_nothing_rings_and_where_that_is_chosen(ada) -> None:
    choose(ada, remind_join=None)
    assert "the day before at 19:00" in words(ada) and "minutes before" not in words(ada)
    choose(ada, remind=None)
    assert "None rings: Remind me is off in Settings · Reminders" in words(ada)


def test_a_changed_hour_reaches_a_calendar_that_has_the_event(ada) -> None:
    before, tag = both(ada.get(ada.feed).data), ada.get(ada.feed).headers["ETag"]
    with clock.at(NOW + timedelta(hours=1)):
        choose(ada, join_before="60")
        reply = ada.get(ada.feed, headers={"If-None-Match": tag})
    assert reply.status_code == 200 and reply.headers["ETag"] != tag
    assert counted_up(before, both(reply.data)) == ["Session"]
    assert b"LAST-MODIFIED:20261123T100000Z" in reply.data


def test_an_alarm_comes_on_the_day_that_was_chosen(ada) -> None:
    choose(ada, prepare_day="same", prepare_time="08:00", goal_day="before", goal_time="18:00")
    assert alarms(ada) == [[timedelta(hours=-7), timedelta(minutes=-30)], [timedelta(hours=-6)]]
    choose(ada, prepare_day="hours")
    assert alarms(ada)[0] == [timedelta(hours=-2), timedelta(minutes=-30)]
    assert "For a session 2 hours before, and 30 minutes before; for a goal" in words(ada)


# -- quiet and focus hours ---------------------------------------------------------------------------------------------

def focus(cast, *cells: str) -> None:
    week = change("hours", name_id(cast.ada.names, "hours"), protected=list(cells))
    assert outcome(a_device(cast.ada, zone=ZONE), week)["outcome"] == "accepted"


def pushed(cast) -> list[datetime]:
    """When the reminders of the session come."""
    rows = Reminder.select().where(Reminder.person == cast.ada.id, Reminder.kind << ("join", "prepare"))
    return sorted(row.due_at for row in rows)


@pytest.mark.parametrize(("quiet", "cells", "session", "goal"), [
    (("18:00", "22:00"), (), [timedelta(hours=-17), timedelta(minutes=-30)], [timedelta(hours=9)]),
    (("08:30", "09:30"), (), [timedelta(hours=-20), timedelta(minutes=-30)], [timedelta(hours=9, minutes=30)]),
    ((None, None), ("tue-14",), [timedelta(hours=-20), timedelta(minutes=-65)], [timedelta(hours=9)]),  # 13:55
    (("14:00", "14:40"), ("tue-09",), [timedelta(hours=-20), timedelta(minutes=-20)], [timedelta(hours=10)]),
    (("12:00", "11:00"), (), [timedelta(hours=-4), timedelta(minutes=-185)], [timedelta(hours=11)])])
def test_no_alarm_rings_when_no_reminder_may(ada, cast, quiet, cells, session, goal) -> None:
    choose(ada, quiet_from=quiet[0] or "", quiet_until=quiet[1] or "")
    focus(cast, *cells)
    found = alarms(ada)
    start = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert [start + one for one in found[0]] == pushed(cast)
    assert found == [session, goal]


def test_an_alarm_says_how_long_it_is_from_then(ada, cast) -> None:
    focus(cast, "tue-14")
    assert b"In 65 minutes." in ada.get(ada.feed).data


def test_an_alarm_at_the_last_minute_says_one(ada) -> None:
    choose(ada, quiet_from="14:00", quiet_until="14:59")
    assert alarms(ada)[0][1] == timedelta(minutes=-1)
    assert b"In 1 minute." in ada.get(ada.feed).data


def test_painted_focus_hours_reach_a_calendar_that_has_the_event(ada, cast) -> None:
    before, tag = both(ada.get(ada.feed).data), ada.get(ada.feed).headers["ETag"]
    focus(cast, "tue-14")
    reply = ada.get(ada.feed, headers={"If-None-Match": tag})
    assert reply.status_code == 200 and reply.headers["ETag"] != tag
    assert counted_up(before, both(reply.data)) == ["Session"]
