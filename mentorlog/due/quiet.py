"""When nothing may be said: the quiet hours and the focus hours of a person (product.md, S16)."""
from __future__ import annotations

from datetime import date, datetime, timedelta

from .. import clock
from ..records import Fields
from .wishes import Wishes

A_DAY = timedelta(days=1)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # in the names of cells of a week such as `mon-09`
TURNS = 4  # the end of a focus hour can lie in quiet hours, and their end in a focus hour again


def held_back(wishes: Wishes, instant: datetime, expires_at: datetime) -> datetime | None:
    """Until when a message of this instant has to wait; None where it may be said at once.

    expires_at: from when on it is of no use. What falls into focus hours waits for the end of the last one of that day,
    so that one batch a day comes outside them at most; only what would be too late by then, such as to join a
    session, comes when the stretch ends in which it fell. What waits longer than it helps is never said.
    """
    until = instant
    for _ in range(TURNS):
        free = quiet_end(wishes.fields, wishes.zone, until) or focus_end(wishes, until, expires_at)
        if free is None:
            break
        until = free
    return until if until > instant else None


def quiet_end(fields: Fields, zone: str, instant: datetime) -> datetime | None:
    """The end of the quiet hours in which an instant lies; None where it lies in none.

    fields: of the person's settings. The quiet hours are wall times of the zone, from the first until just before the
    second, over midnight too.
    """
    start, end = fields.get("quiet_from"), fields.get("quiet_until")
    if not start or not end or start == end:
        return None
    here = clock.parts(instant, zone)
    if not (start <= here["time"] < end if start < end else here["time"] >= start or here["time"] < end):
        return None
    until = clock.instant(here["on"], end, zone)
    if here["time"] >= end:
        until = clock.instant(day_beside(here["on"], 1), end, zone)
    return until if until > instant else None


def focus_end(wishes: Wishes, instant: datetime, expires_at: datetime) -> datetime | None:
    """When the focus hours are over in which an instant lies; None where it lies in none."""
    zone = str(wishes.week.get("zone") or wishes.zone)
    here = clock.parts(instant, zone)
    hours = focus_hours(wishes.week, here["weekday"])
    if here["hour"] not in hours:
        return None
    stretch = next(hour for hour in range(here["hour"] + 1, 25) if hour not in hours)
    last = clock.instant(here["on"], f"{max(hours) + 1:02}:00", zone)
    return last if last < expires_at else clock.instant(here["on"], f"{stretch:02}:00", zone)


def focus_hours(week: Fields, weekday: int) -> set[int]:
    """The focus hours of a weekday, 0 = Monday, each by the hour at which it begins; none begins after 21:00."""
    return {int(cell[4:]) for cell in week.get("protected") or [] if cell[:3] == DAYS[weekday]}


def day_beside(on: str, days: int) -> str:
    """The day so many days after another one, before it where they are negative."""
    return (date.fromisoformat(on) + days * A_DAY).isoformat()
