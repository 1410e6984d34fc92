"""On which day a kind is said that can come on either (Settings, Reminders)."""
from __future__ import annotations

import pytest

from mentorlog.models import Record
from tests.push.test_due_kinds import FRIDAY, noon, rows  # noqa: F401 - a fixture


def test_to_prepare_on_the_day_itself_and_of_a_goal_the_evening_before(cast, write, choose):
    choose(cast.ada, prepare_day="same", prepare_time="08:00", goal_day="before", goal_time="18:00")
    write(cast.ada, "session", **FRIDAY)
    write(cast.ada, "goal", text="Ask for the talk", due_on="2026-11-27")
    assert rows("prepare", "goal") == [("goal", "26 17:00", "27 23:00"), ("prepare", "27 07:00", "27 14:00")]


def test_an_hour_that_is_too_late_on_the_day_itself_is_that_of_the_day_before(cast, write, choose):
    choose(cast.ada, prepare_day="same", prepare_time="15:00")
    write(cast.ada, "session", **FRIDAY)
    assert rows("prepare") == [("prepare", "26 14:00", "27 14:00")]


def test_to_prepare_hours_before_asks_no_hour_of_the_day(cast, write, choose):
    choose(cast.ada, prepare_day="hours", prepare_time="08:00")
    write(cast.ada, "session", **FRIDAY)
    write(cast.ada, "session", **FRIDAY | {"starts_on": "2026-11-25", "starts_time": "01:00"})
    write(cast.ada, "session", **FRIDAY | {"starts_on": "2026-11-24", "starts_time": "14:59"})  # in less than two hours
    assert rows("prepare") == [("prepare", "24 22:00", "25 00:00"), ("prepare", "27 12:00", "27 14:00")]
    choose(cast.ada, prepare_day="same")
    assert rows("prepare") == [("prepare", "24 12:00", "25 00:00"), ("prepare", "27 07:00", "27 14:00")]


@pytest.mark.parametrize(("hours", "due"), [
    ({"quiet_from": "12:00", "quiet_until": "14:30"}, ["27 13:30"]),
    ({"quiet_from": "12:00", "quiet_until": "16:00"}, [])])
def test_to_prepare_hours_before_waits_for_the_end_of_quiet_hours_or_is_not_said(cast, write, choose, hours, due):
    choose(cast.ada, prepare_day="hours", **hours)
    write(cast.ada, "session", **FRIDAY)
    assert [row[1] for row in rows("prepare")] == due


def test_a_day_that_only_a_newer_version_knows_is_the_day_before(cast, write, choose):
    choose(cast.ada, prepare_time="08:00")
    Record.update(fields={"prepare_day": "week", "prepare_time": "08:00"}).where(Record.kind == "settings").execute()
    write(cast.ada, "session", **FRIDAY)
    assert rows("prepare") == [("prepare", "26 07:00", "27 14:00")]
