"""When nothing may be said: the quiet hours and the focus hours of a person (product.md, S16).

Twin: service_worker/due/quiet.js.
"""
from __future__ import annotations

from datetime import date, datetime, timedelta

from .. import clock
from ..records import Fields
from .wishes import Wishes

A_DAY = timedelta(days=1)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # in the names of cells of a week such as `mon-09`
MOST_AHEAD = timedelta(hours=4)  # of its own moment: no lead is longer that somebody can choose
MARGIN = timedelta(minutes=5)  # in which it is out before they begin, also when it is tried again
TURNS = 4  # the end of a focus hour can lie in quiet hours, and their end in a focus hour again


def outside(wishes: Wishes, instant: datetime, expires_at: datetime, may_be_earlier: bool) -> datetime | None:
    """The moment at which something is said outside protected hours; None where never.

    may_be_earlier: where it would be too late after them.
    """
    later = held_back(wishes, instant, expires_at) or instant
    if later < expires_at:
        return later
    return brought_forward(wishes, instant) if may_be_earlier else None


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


def brought_forward(wishes: Wishes, instant: datetime) -> datetime | None:
    """When to say before protected hours what would be of no use after them: shortly before they begin in which this
    instant lies; None where that is too long before it, or where they never end."""
    earlier = instant
    for _ in range(TURNS):
        begun = quiet_start(wishes.fields, wishes.zone, earlier) or focus_start(wishes, earlier)
        if begun is None:
            return earlier
        earlier = min(begun, earlier) - MARGIN
        if instant - earlier > MOST_AHEAD:
            break
    return None


def quiet_end(fields: Fields, zone: str, instant: datetime) -> datetime | None:
    """The end of the quiet hours in which an instant lies; None where it lies in none.

    fields: of the person's settings. The quiet hours are wall times of the zone, from the first until just before the
    second, over midnight too.
    """
    here = inside_quiet(fields, zone, instant)
    if here is None:
        return None
    end = fields["quiet_until"]
    until = clock.instant(here["on"] if here["time"] < end else day_beside(here["on"], 1), end, zone)
    return until if until > instant else None


def quiet_start(fields: Fields, zone: str, instant: datetime) -> datetime | None:
    """The beginning of the quiet hours in which an instant lies; None where it lies in none."""
    here = inside_quiet(fields, zone, instant)
    if here is None:
        return None
    start = fields["quiet_from"]
    return clock.instant(here["on"] if here["time"] >= start else day_beside(here["on"], -1), start, zone)


def inside_quiet(fields: Fields, zone: str, instant: datetime) -> Fields | None:
    """What a clock shows at an instant, see `clock.parts`; None where that is in no quiet hours."""
    start, end = fields.get("quiet_from"), fields.get("quiet_until")
    if not start or not end or start == end:
        return None
    here = clock.parts(instant, zone)
    quiet = start <= here["time"] < end if start < end else here["time"] >= start or here["time"] < end
    return here if quiet else None


def focus_end(wishes: Wishes, instant: datetime, expires_at: datetime) -> datetime | None:
    """When the focus hours are over in which an instant lies; None where it lies in none."""
    found = inside_focus(wishes, instant)
    if found is None:
        return None
    zone, here, hours = found
    stretch = next(hour for hour in range(here["hour"] + 1, 25) if hour not in hours)
    last = clock.instant(here["on"], f"{max(hours) + 1:02}:00", zone)
    return last if last < expires_at else clock.instant(here["on"], f"{stretch:02}:00", zone)


def focus_start(wishes: Wishes, instant: datetime) -> datetime | None:
    """When the stretch of focus hours began in which an instant lies; None where it lies in none."""
    found = inside_focus(wishes, instant)
    if found is None:
        return None
    zone, here, hours = found
    first = next(hour for hour in range(here["hour"], -1, -1) if hour - 1 not in hours)
    return clock.instant(here["on"], f"{first:02}:00", zone)


def inside_focus(wishes: Wishes, instant: datetime) -> tuple[str, Fields, set[int]] | None:
    """Zone, what a clock shows there, and the focus hours of that day; None where an instant lies in none of them."""
    if not wishes.week.get("protected"):
        return None
    zone = str(wishes.week.get("zone") or wishes.zone)
    here = clock.parts(instant, zone)
    hours = focus_hours(wishes.week, here["weekday"])
    return (zone, here, hours) if here["hour"] in hours else None


def focus_hours(week: Fields, weekday: int) -> set[int]:
    """The focus hours of a weekday, 0 = Monday, each by the hour at which it begins; none begins after 21:00."""
    return {int(cell[4:]) for cell in week.get("protected") or [] if cell[:3] == DAYS[weekday]}


def day_beside(on: str, days: int) -> str:
    """The day so many days after another one, before it where they are negative."""
    return (date.fromisoformat(on) + days * A_DAY).isoformat()
