"""rhythm.py and rhythm.js: the same days for every rhythm, whatever day it begins on."""
from __future__ import annotations

from datetime import date, timedelta

import pytest

from mentorlog.sessions import rhythm

DAYS = "(rhythm, name, count, weeks, firsts) => firsts.map((first) => rhythm.days(name, first, count, weeks))"
FIRSTS = [(date(2023, 12, 1) + timedelta(days=number)).isoformat() for number in range(800)] + ["2099-11-30"]


@pytest.mark.parametrize("name", rhythm.RHYTHMS)
def test_the_same_days_follow_on_both_sides(twin, name) -> None:
    asked = [[name, count, weeks, FIRSTS] for count, weeks in ((14, 1), (5, 3), (2, 12))]
    found = [[rhythm.days(name, first, count, weeks) for first in FIRSTS] for _, count, weeks, _ in asked]
    assert twin("sessions/rhythm.js", DAYS, asked) == found


@pytest.mark.parametrize(("name", "first", "weeks", "found"), [
    ("weekly", "2026-12-28", 1, ["2026-12-28", "2027-01-04", "2027-01-11"]),
    ("two_weekly", "2027-02-22", 1, ["2027-02-22", "2027-03-08", "2027-03-22"]),
    ("own", "2026-12-07", 5, ["2026-12-07", "2027-01-11", "2027-02-15"]),
    ("monthly", "2026-12-31", 1, ["2026-12-31", "2027-01-31", "2027-02-28"]),
    ("monthly", "2028-01-30", 1, ["2028-01-30", "2028-02-29", "2028-03-30"]),
    ("weekday", "2026-12-08", 1, ["2026-12-08", "2027-01-12", "2027-02-09"]),  # second Tuesday
    ("weekday", "2026-12-31", 1, ["2026-12-31", "2027-01-28", "2027-02-25"]),  # fifth Thursday, else the last
])
def test_days_follow_as_a_person_counts_them(name, first, weeks, found) -> None:
    assert rhythm.days(name, first, 3, weeks) == found


def test_the_calendar_ends() -> None:
    assert rhythm.days("weekly", "2099-12-20", 5) == ["2099-12-20", "2099-12-27"]
