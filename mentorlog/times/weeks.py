"""The week that a person picks from. Twin: service_worker/times/weeks.js."""
from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from .. import clock
from . import proposing
from .kinds import HOURS
from .proposing import Ask, Slot

WEEKEND = (5, 6)
NOTHING = {"name": "", "at": "", "fit": "never", "why": "never", "picked": 0}


def monday(on: str) -> str:
    """The Monday of the week of a day."""
    day = date.fromisoformat(on)
    return (day - timedelta(days=day.weekday())).isoformat()


def mondays(slots: list[Slot]) -> list[str]:
    """The weeks in which something could be proposed, each by its Monday."""
    return sorted({monday(one["on"]) for one in slots})


def chosen(slots: list[Slot], wanted: str, picks: list[Slot]) -> str:
    """The week to show: the one that is asked for, else the one of the first pick, else the first."""
    every = mondays(slots)
    return wanted if wanted in every else monday(picks[0]["on"]) if picks else every[0]


def week(ask: Ask, slots: list[Slot], start: str, picks: list[Slot]) -> dict[str, Any]:
    """A week as its table prints it: {monday, first, last: of its days, days, rows, before, after: other weeks or "",
    beyond: the calendar does not reach its end}.

    Saturday and Sunday stand in it when something can be offered there; rows: see row().
    """
    every, by = mondays(slots), {(one["on"], int(one["at"][:2])): one for one in slots}
    dates = [(date.fromisoformat(start) + timedelta(days=number)).isoformat() for number in range(7)]
    full = [any(one["rank"] is not None for one in slots if one["on"] == on) for on in dates]
    shown = [on for number, on in enumerate(dates) if number not in WEEKEND or full[5] or full[6]]
    names = [proposing.name(one) for one in picks]
    place = every.index(start)
    days = [clock.day_parts(on) for on in shown]
    ends = clock.instant((date.fromisoformat(shown[-1]) + timedelta(days=1)).isoformat(), "00:00", ask.zone)
    return {"monday": start, "first": days[0], "last": days[-1], "days": days,
            "rows": trimmed([row(ask, by, shown, hour, names) for hour in HOURS]),
            "beyond": proposing.is_beyond(ask, ends),
            "before": every[place - 1] if place else "", "after": every[place + 1] if place + 1 < len(every) else ""}


def row(ask: Ask, by: dict[tuple[str, int], Slot], days: list[str], hour: int, names: list[str]) -> dict[str, Any]:
    """An hour of the week: {time, theirs: on their clock, "" where mine shows it or it differs by the day, cells}."""
    cells = [cell(by.get((on, hour)), number, names) for number, on in enumerate(days)]
    return {"time": f"{hour}:00", "theirs": their_hour(ask, days, hour), "cells": cells}


def their_hour(ask: Ask, days: list[str], hour: int) -> str:
    """What their clock shows at an hour of mine, if that is the same on all of these days and not what mine shows."""
    moments = [clock.instant(on, f"{hour:02}:00", ask.zone) for on in days]
    clocks = [proposing.their_clock(ask, moment) for moment in moments]
    found = {f"{there['hour']}:{there['minute']:02}" if there else "" for there in clocks}
    return found.pop() if len(found) == 1 else ""


def cell(one: Slot | None, day: int, names: list[str]) -> dict[str, Any]:
    """An hour of a day: {name, at, fit: good, possible, protected or never, why: it is not offered, picked, day}.

    picked: its number among the picks, 0 for none.
    """
    if one is None or one["rank"] is None:
        why = one["why"] if one else "never"
        return NOTHING | {"fit": "protected" if why == "protected" else "never", "why": why, "day": day}
    return {"name": proposing.name(one), "at": one["at"], "fit": "possible" if one["rank"] else "good", "why": "",
            "picked": names.index(proposing.name(one)) + 1 if proposing.name(one) in names else 0, "day": day}


def trimmed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows from the first to the last one in which something is offered, or kept for focus."""
    full = [number for number, one in enumerate(rows) if any(each["fit"] != "never" for each in one["cells"])]
    return rows[full[0]:full[-1] + 1] if full else []
