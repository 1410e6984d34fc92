"""Three times from two usual weeks, and why these (product.md, S15). Twin: service_worker/times/proposing.js.

The wall time is the truth: a start is a day and an hour on the clocks of the person; what an hour is to either of the
two is looked up on the clocks of their own grid, every quarter of an hour: offsets of zones are made of these.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from .. import clock
from . import grids
from .busy import Span
from .kinds import HOURS

DAYS_AHEAD = 21  # the first is tomorrow: nobody answers a message for today
BEFORE = timedelta(days=7)  # so long before a session that looks for another hour, one is proposed for it
LATEST = "2099-12-11"  # the first of the last of these days, see LAST_DAY of sessions/planning.py
BY_DAY = ("08:00", "18:00")  # on a clock there, while the hours of somebody are not known
FREE_DAYS = (5, 6)  # weekdays, 0 = Monday
SHORTEST, LONGEST = 15, 90  # minutes
QUARTER = timedelta(minutes=15)
WEEK = timedelta(days=7)
MOST = 3
NOT_OFFERED = 3  # after every rank
PAUSE = "pause"
Slot = dict[str, Any]  # see slot()


@dataclass(frozen=True)
class Ask:
    """What is asked for.

    mine, theirs: None while nothing is known of these hours. zone: on whose clocks starts are told; there: the zone of
    their clock, mine where it is not known. near: the day of the session that looks for another hour, "" for a new one.
    pause: from when until when the two rest, None without one. reach: until when a calendar says what is busy, None
    without one.
    """

    mine: grids.Grid | None
    theirs: grids.Grid | None
    zone: str
    there: str
    minutes: int
    taken: list[Span]
    near: str = ""
    pause: tuple[datetime, datetime] | None = None
    reach: datetime | None = None


def days(ask: Ask, moment: datetime) -> list[str]:
    """The days on which something can be proposed: from tomorrow on, or from a week before the session that moves; none
    before the end of a pause."""
    tomorrow = date.fromisoformat(str(clock.parts(moment, ask.zone)["on"])) + timedelta(days=1)
    near = [date.fromisoformat(ask.near) - BEFORE] if ask.near else []
    after = [date.fromisoformat(str(clock.parts(ask.pause[1], ask.zone)["on"]))] if ask.pause else []
    first = max([tomorrow, *(min(one, date.fromisoformat(LATEST)) for one in (*near, *after))])
    return [(first + timedelta(days=ahead)).isoformat() for ahead in range(DAYS_AHEAD)]


def offered(ask: Ask, moment: datetime) -> list[Slot]:
    """Every hour of these days as the best start in it: also those that cannot be offered. In order of time."""
    return [best(ask, on, hour) for on in days(ask, moment) for hour in HOURS]


def best(ask: Ask, on: str, hour: int) -> Slot:
    """The best start in an hour: at its beginning, or where an hour of theirs begins."""
    first = slot(ask, on, f"{hour:02}:00")
    minute = clock.parts(first["start"], ask.there)["minute"] if ask.theirs and first["rank"] != 0 else 0
    other = slot(ask, on, f"{hour:02}:{60 - minute:02}") if minute else first
    return other if rank(other) < rank(first) else first


def slot(ask: Ask, on: str, at: str) -> Slot:
    """A start: {on, at, start, end, mine, theirs, why, rank, away, night}.

    mine, theirs: the worst hour that it touches; theirs "" when nothing is known. why: what speaks against it, one of
    pause, protected, never, session, calendar, else "". rank: 0 when it is good for all, 1 more for each who said
    possible; None when it is not offered. away: weeks from that of the session that moves; night: it may be none of
    their day.
    """
    start = clock.instant(on, at, ask.zone)
    end = start + timedelta(minutes=ask.minutes)
    mine, theirs, why = judged(ask, start)
    here = clock.parts(start, ask.zone)
    there = (here["on"], here["time"]) == (on, at)  # an hour that a change of clocks skips is none
    why = why if there else grids.NEVER
    rank = None if why else [mine, theirs].count(grids.POSSIBLE)
    return {"on": on, "at": at, "start": start, "end": end, "mine": mine, "theirs": theirs, "why": why, "rank": rank,
            "away": weeks_between(on, ask.near) if ask.near else 0, "night": is_night(ask, start, end)}


def judged(ask: Ask, start: datetime) -> tuple[str, str, str]:
    """What a start is to either of the two, "" where nothing is known, and what speaks against it."""
    quarters = [start + QUARTER * number for number in range((ask.minutes + 14) // 15)]
    mine, theirs = (worst(found, quarters) if found else "" for found in (ask.mine, ask.theirs))
    return mine, theirs, against(ask, start, start + timedelta(minutes=ask.minutes), mine, theirs)


def weeks_between(on: str, other: str) -> int:
    """How many weeks, Monday to Sunday, lie between the weeks of two days."""
    one, two = (date.fromisoformat(day) for day in (on, other))
    return abs(((one - timedelta(days=one.weekday())) - (two - timedelta(days=two.weekday()))).days) // 7


def is_night(ask: Ask, start: datetime, end: datetime) -> bool:
    """Whether hours that nobody has drawn for them lie outside a usual working day on a clock that is not mine."""
    if ask.theirs or ask.there == ask.zone:
        return False
    since, until = clock.parts(start, ask.there), clock.parts(end, ask.there)
    inside = since["on"] == until["on"] and BY_DAY[0] <= since["time"] and until["time"] <= BY_DAY[1]
    return since["weekday"] in FREE_DAYS or not inside


def rank(one: Slot) -> int:
    """The rank, after all others where it is not offered."""
    return NOT_OFFERED if one["rank"] is None else int(one["rank"])


def worst(found: grids.Grid, quarters: list[datetime]) -> str:
    """The worst of the hours in which these moments lie."""
    return max((grids.fit_at(found, moment) for moment in quarters), key=grids.FITS.index)


def against(ask: Ask, start: datetime, end: datetime, mine: str, theirs: str) -> str:
    """What speaks against a start."""
    if ask.pause and start < ask.pause[1] and end > ask.pause[0]:
        return PAUSE
    if grids.PROTECTED in (mine, theirs):
        return grids.PROTECTED
    if grids.NEVER in (mine, theirs):
        return grids.NEVER
    return next((what for since, until, what in ask.taken if start < until and end > since), "")


def is_beyond(ask: Ask, end: datetime) -> bool:
    """Whether a calendar was read, and says nothing about what ends then."""
    return ask.reach is not None and end > ask.reach


def three(slots: list[Slot]) -> list[Slot]:
    """The three to propose, in order of time: the best first; among them other days, other weekdays, other hours."""
    chosen: list[Slot] = []
    left = [one for one in slots if one["rank"] is not None]
    while left and len(chosen) < MOST:
        chosen.append(min(left, key=lambda one: before(one, chosen)))
        left = [one for one in left if not overlaps(one, chosen[-1])]
    return sorted(chosen, key=lambda one: one["start"])


def instead(ask: Ask, slots: list[Slot], at: datetime) -> list[Slot]:
    """The three to offer for a session that begins at `at`, in order of time; fewer, or none, where less is left.

    All lie in one week, Monday to Sunday: its own, or the first after it that has any. slots: as `offered` gives them.
    """
    free = [one for one in slots if one["rank"] is not None and one["start"] != at
            and (one["on"] >= ask.near or not one["away"])]
    return three([one for one in free if one["away"] == free[0]["away"]])


def before(one: Slot, chosen: list[Slot]) -> tuple[int, bool, int, int, int, int, datetime]:
    """What decides which start is proposed next; the smallest first."""
    weekday = [date.fromisoformat(other["on"]).weekday() for other in chosen]
    return (one["away"], one["night"], one["rank"], [other["on"] for other in chosen].count(one["on"]),
            weekday.count(date.fromisoformat(one["on"]).weekday()), [other["at"] for other in chosen].count(one["at"]),
            one["start"])


def overlaps(one: Slot, other: Slot) -> bool:
    """Whether two starts share a minute."""
    return bool(one["start"] < other["end"] and one["end"] > other["start"])


def picked(slots: list[Slot], wanted: list[str]) -> list[Slot]:
    """Those of the starts that are offered and wanted, in order of time. wanted: `2026-12-01T11:00`."""
    return [one for one in slots if one["rank"] is not None and name(one) in wanted]


def name(one: Slot) -> str:
    """How an address names a start."""
    return f"{one['on']}T{one['at']}"


def their_clock(ask: Ask, moment: datetime) -> dict[str, Any] | None:
    """The parts of a moment on their clock; None where it shows what mine does."""
    here, there = clock.parts(moment, ask.zone), clock.parts(moment, ask.there)
    return None if (here["on"], here["time"]) == (there["on"], there["time"]) else there


def clocks_change(on: str, zone: str) -> bool:
    """Whether the clocks of a zone change in the week, Monday to Sunday, of a day."""
    day = date.fromisoformat(on)
    monday = day - timedelta(days=day.weekday())
    since, until = (clock.instant(one.isoformat(), "00:00", zone) for one in (monday, monday + WEEK))
    return until - since != WEEK


def item(ask: Ask, one: Slot) -> dict[str, Any]:
    """A proposal as pages print it: {name, on, at, start, theirs, day, fits: [mine, theirs or ""], changes, beyond}.

    theirs: its parts on their clock, None where mine shows the same. day: of theirs, see clock.beside. changes:
    whose clocks change that week. beyond: the calendar does not reach it.
    """
    start, theirs = clock.parts(one["start"], ask.zone), their_clock(ask, one["start"])
    zones = [("mine", ask.zone), *([("theirs", ask.there)] if ask.there != ask.zone else [])]
    day = clock.beside(theirs["on"], one["on"]) if theirs else "same"
    return {"name": name(one), "on": one["on"], "at": one["at"], "start": start, "theirs": theirs, "day": day,
            "fits": [one["mine"], one["theirs"]],
            "changes": [whose for whose, of in zones if clocks_change(one["on"], of)],
            "beyond": is_beyond(ask, one["end"])}
