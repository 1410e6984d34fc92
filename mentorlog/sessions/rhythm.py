"""The days of a rhythm (product.md, S25): wall dates, from which real sessions are made.

Twin: service_worker/sessions/rhythm.js.
"""
from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

WEEKLY, TWO_WEEKLY, MONTHLY, WEEKDAY, OWN = RHYTHMS = ("weekly", "two_weekly", "monthly", "weekday", "own")
MOST_WEEKS = 12
LAST_DAY = "2099-12-31"


def days(rhythm: str, first: str, count: int, weeks: int = 1) -> list[str]:
    """So many days, 2026-12-07 first; fewer where the calendar ends with LAST_DAY.

    monthly: the same date, in a month that has none its last day. weekday: the second Tuesday of every month; a fifth
    is the last one. own: every so many weeks.
    """
    start = date.fromisoformat(first)
    found = [day_of(rhythm, start, number, weeks) for number in range(count)]
    return [day.isoformat() for day in found if day.isoformat() <= LAST_DAY]


def day_of(rhythm: str, start: date, number: int, weeks: int) -> date:
    """The day of the session of this number; the first is 0."""
    if rhythm not in (MONTHLY, WEEKDAY):
        return start + timedelta(weeks=number * {WEEKLY: 1, TWO_WEEKLY: 2}.get(rhythm, weeks))
    years, month = divmod(start.month - 1 + number, 12)
    weekday, length = monthrange(start.year + years, month + 1)
    return date(start.year + years, month + 1, (alike if rhythm == WEEKDAY else same)(start, weekday, length))


def same(start: date, _weekday: int, length: int) -> int:
    """The same date of a month of this length."""
    return min(start.day, length)


def alike(start: date, weekday: int, length: int) -> int:
    """The same weekday in the same week of a month that begins with this weekday, 0 = Monday."""
    day = 1 + (start.weekday() - weekday) % 7 + (start.day - 1) // 7 * 7
    return day if day <= length else day - 7
