"""On which day a kind is said that can come on either (Settings, Reminders)."""
from __future__ import annotations

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
