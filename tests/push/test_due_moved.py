"""What is said the evening before, or on a day, of what is moved when that is over: whoever moves it knows."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mentorlog import clock
from mentorlog.models import Delivery, Reminder
from tests.push.test_due_kinds import FRIDAY, NOW, SHEET, noon, rows  # noqa: F401 - a fixture

EVENING = datetime(2026, 11, 26, 18, tzinfo=UTC)  # before Friday, 19:00 in Berlin
HOUR = timedelta(hours=1)


@pytest.fixture
def friday(cast, write):
    """Her session on Friday, with a worksheet."""
    session = write(cast.ada, "session", **FRIDAY)
    write(cast.ada, "worksheet", session=session.id, **SHEET)
    return session


@pytest.fixture
def said(friday, cast, add_device):
    """The same, when both were said in the evening."""
    device = add_device(cast.ada)
    ahead = Reminder.kind << ("prepare", "worksheet")
    for row in Reminder.select().where(ahead):
        Delivery.create(reminder=row.id, device=device.id, next_at=EVENING, outcome="sent")
    Reminder.update(state="handed").where(ahead).execute()
    return friday


def states(*kinds):
    return {row.state for row in Reminder.select().where(Reminder.kind << kinds)}


def test_a_move_that_is_taken_back_says_nothing_twice(cast, said, write):
    with clock.at(EVENING + HOUR):
        write(cast.ada, "session", said.id, starts_on="2026-11-28")
        assert states("prepare", "worksheet") == {"waiting"}
        write(cast.ada, "session", said.id, starts_on="2026-11-27")
    assert states("prepare", "worksheet") == {"handed"}
    assert rows("prepare", "worksheet") == [("prepare", "26 18:00", "27 14:00"), ("worksheet", "26 18:00", "27 14:00")]


def test_what_was_said_the_evening_before_holds_for_another_hour(cast, said, write):
    with clock.at(EVENING + HOUR):
        write(cast.ada, "session", said.id, starts_time="16:00")
    assert (states("prepare", "worksheet"), Delivery.select().count()) == ({"handed"}, 2)
    assert [row[2] for row in rows("prepare", "worksheet", "join")] == ["27 15:00"] * 3


def test_nothing_is_said_of_what_moves_to_a_day_whose_evening_before_is_over(cast, friday, write):
    write(cast.ada, "session", friday.id, starts_on="2026-11-24")
    assert states("prepare", "worksheet") == {"handed"}
    assert rows("join") == [("join", "24 13:30", "24 14:00")]
    write(cast.ada, "session", friday.id, starts_on="2026-11-27")
    assert states("prepare", "worksheet") == {"waiting"}


def test_what_was_due_while_nothing_ran_is_still_said_of_a_session_that_moves(cast, friday, write):
    with clock.at(EVENING + HOUR):
        write(cast.ada, "session", friday.id, starts_time="16:00")
    assert states("prepare", "worksheet") == {"waiting"}


def test_goal_whose_new_day_is_taken_back_is_not_said_twice(cast, write):
    with clock.at(NOW - timedelta(days=1)):
        goal = write(cast.ada, "goal", due_on="2026-11-24")
    Reminder.update(state="handed").execute()
    for day, state in (("2026-12-01", "waiting"), ("2026-11-24", "handed")):
        write(cast.ada, "goal", goal.id, due_on=day)
        assert states("goal") == {state}


def test_an_hour_that_is_chosen_too_late_for_today_says_it_at_once(cast, write, choose):
    """So does a journey: who arrives where it is noon already knows nothing of nine o'clock."""
    choose(cast.ada, zone="Europe/Berlin", goal_time="18:00")
    write(cast.ada, "goal", due_on="2026-11-24")
    choose(cast.ada, goal_time="09:00")
    assert (rows("goal"), states("goal")) == ([("goal", "24 12:00", "24 23:00")], {"waiting"})
