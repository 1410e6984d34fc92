"""The only reading of the wall clock; zones; wall time to instant."""
from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

zoneinfo.reset_tzpath([])  # only the pinned tzdata: two servers must not disagree about a summer time

FIRST_YEAR, LAST_YEAR = 1900, 2199
WALL = ("starts_on", "starts_time", "zone")  # the fields of what begins at an hour
_ISO = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d\.\d{3}Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """This moment in UTC, in whole milliseconds like the device's; inside `at()` always the same one."""
    return _moment.get() or _cut(datetime.now(UTC))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at one moment: for the length of a request, and in tests."""
    token = _moment.set(_cut(moment.astimezone(UTC)))
    try:
        yield
    finally:
        _moment.reset(token)


def _cut(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def iso(moment: datetime) -> str:
    """The moment as JavaScript's `toISOString` writes it: 2026-11-24T15:00:00.000Z."""
    utc = moment.astimezone(UTC)
    _in_range(utc.year)
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(text: str) -> datetime:
    """The moment that `iso` wrote.

    :raise ValueError: any other text, or a year outside 1900 to 2199
    """
    if not _ISO.fullmatch(text):
        raise ValueError("not an instant")
    _in_range(int(text[:4]))
    return datetime.fromisoformat(text)


def is_instant(text: str) -> bool:
    """Whether this is a moment as `iso` writes it."""
    try:
        return bool(parse(text))
    except ValueError:
        return False


def is_day(text: str) -> bool:
    """Whether this is a day of the calendar between 1900 and 2199, written 2026-11-24."""
    try:
        return bool(_day(text))
    except ValueError:
        return False


def inside(on: str) -> bool:
    """Whether no clock anywhere leaves the calendar on this day: not its first and not its last one."""
    return f"{FIRST_YEAR}-01-01" < on < f"{LAST_YEAR}-12-31"


def is_time(text: str) -> bool:
    """Whether this is a wall time from 00:00 to 23:59."""
    return bool(_TIME.fullmatch(text))


def is_zone(name: str) -> bool:
    """Whether the pinned time zone data has a zone of this name."""
    return name in zones()


@cache
def zones() -> frozenset[str]:
    """The names of all zones in the pinned data."""
    return frozenset(zoneinfo.available_timezones())


def instant(on: str, time: str, zone: str) -> datetime:
    """The moment, in UTC, at which a clock in the zone shows this day and time.

    A time that is skipped in spring means the later of its two readings, one that comes twice in autumn the
    first: both are what PEP 495 gives for `fold=0`.

    :raise ValueError: not a day, time or zone
    """
    if not is_time(time) or not is_zone(zone):
        raise ValueError("not a wall time")
    day = _day(on)
    wall = datetime(day.year, day.month, day.day, int(time[:2]), int(time[3:]), tzinfo=ZoneInfo(zone))
    return wall.astimezone(UTC)


def wall(fields: dict[str, Any]) -> list[str] | None:
    """Day, time and zone of what begins at an hour, as `instant` takes them; None where one is missing."""
    found = [fields.get(name) for name in WALL]
    return [str(one) for one in found] if all(found) else None


def wall_line(fields: dict[str, Any]) -> str:
    """The same in one line, as a form carries what it showed; "" where one is missing."""
    return " ".join(wall(fields) or [])


def read_wall(line: str) -> dict[str, str] | None:
    """The fields of which `wall_line` wrote; None for anything else."""
    found = line.split(" ")
    if len(found) != len(WALL):
        return None
    on, time, zone = found
    known = is_day(on) and is_time(time) and is_zone(zone) and inside(on)
    return dict(zip(WALL, found, strict=True)) if known else None


def parts(moment: datetime, zone: str) -> dict[str, Any]:
    """What a template prints of a moment: the parts a clock in the zone shows, weekday 0 = Monday.

    Clocks there may show a day more than the calendar has: every moment can be shown.

    :raise ValueError: not a zone, or a moment outside 1900 to 2199
    """
    if not is_zone(zone):
        raise ValueError("not a zone")
    local = moment.astimezone(ZoneInfo(zone))
    wall = {"hour": local.hour, "minute": local.minute, "time": local.strftime("%H:%M")}
    return {"iso": iso(moment)} | _parts_of(local.date()) | wall


def day_parts(on: str) -> dict[str, Any]:
    """What a template prints of a day, weekday 0 = Monday.

    :raise ValueError: not a day
    """
    return _parts_of(_day(on))


def _parts_of(day: date) -> dict[str, Any]:
    return {"year": day.year, "month": day.month, "day": day.day, "weekday": day.weekday(), "on": day.isoformat()}


def midnight(moment: datetime, zone: str) -> datetime:
    """The moment, in UTC, at which the next day begins in the zone.

    Where a clock goes back over midnight, and the same day comes again, it is the begin of the day after the next.

    :raise ValueError: not a zone, or a year outside 1900 to 2199
    """
    today = _day(parts(moment, zone)["on"])
    first, second = (instant((today + timedelta(days=days)).isoformat(), "00:00", zone) for days in (1, 2))
    return first if first > moment else second


def beside(on: str, day: str) -> str:
    """A day beside another one, in a word: same, tomorrow or yesterday; else another."""
    away = (date.fromisoformat(on) - date.fromisoformat(day)).days
    return {0: "same", 1: "tomorrow", -1: "yesterday"}.get(away, "another")


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError("not a day")
    _in_range(int(text[:4]))
    return date.fromisoformat(text)


def _in_range(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError("a year outside 1900 to 2199")
