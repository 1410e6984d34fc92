"""Grids of a usual week: what an hour is, and painting. Twin: service_worker/times/grids.js."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .. import clock
from ..due import DAYS
from .kinds import HOURS

GOOD, POSSIBLE, PROTECTED, NEVER = FITS = ("good", "possible", "protected", "never")
STRICTEST_FIRST = (PROTECTED, POSSIBLE, GOOD)  # of a cell that two devices painted differently
CELLS = [f"{day}-{hour:02}" for day in DAYS for hour in HOURS]
WORK = range(9, 18)  # the hours of the first table; the others are folded
Fields = dict[str, Any]


@dataclass(frozen=True)
class Grid:
    """What each cell of a week is, never where it says nothing, on the clocks of a zone.

    seen: what was looked up; a session of 90 minutes asks six times for the same quarter of an hour.
    """

    fits: dict[str, str]
    zone: str
    seen: dict[datetime, str] = field(default_factory=dict)


def grid(fields: Fields, zone: str) -> Grid:
    """The grid of an hours record. zone: where it names none."""
    return Grid(fits_of(fields), fields.get("zone") or zone)


def fits_of(fields: Fields) -> dict[str, str]:
    """Cell to what it is; the strictest counts."""
    return {cell: fit for fit in reversed(STRICTEST_FIRST) for cell in fields.get(fit) or []}


def is_empty(found: Grid) -> bool:
    """Whether no hour of the week can be offered."""
    return not any(fit in (GOOD, POSSIBLE) for fit in found.fits.values())


def fit_at(found: Grid, moment: datetime) -> str:
    """What the hour is in which a moment lies: good, possible, protected or never."""
    if moment not in found.seen:
        there = clock.parts(moment, found.zone)
        found.seen[moment] = found.fits.get(f"{DAYS[there['weekday']]}-{there['hour']:02}", NEVER)
    return found.seen[moment]


def sorted_out(cells: dict[str, str]) -> Fields:
    """The sets of a record, in the order of the week. cells: cell to what it is."""
    return {fit: [cell for cell in CELLS if cells.get(cell) == fit] for fit in STRICTEST_FIRST}


def painted(fields: Fields, cell: str, brush: str) -> Fields:
    """The sets after one tap."""
    return sorted_out(fits_of(fields) | {cell: brush})


def shown(fields: Fields) -> Fields:
    """The sets as the form holds them."""
    fits = sorted_out(fits_of(fields))
    return {fit: " ".join(fits[fit]) for fit in STRICTEST_FIRST}


def tables(fields: Fields) -> list[dict[str, Any]]:
    """The three tables of the editor: {id, days: [0 = Monday], rows: [{hour, cells: [{value, fit, day}]}], drawn}.

    drawn: whether anything is said in it, so that it does not hide in its fold.
    """
    fits = fits_of(fields)
    edges = [hour for hour in HOURS if hour not in WORK]
    return [table(fits, "week", range(5), list(WORK)), table(fits, "edges", range(5), edges),
            table(fits, "weekend", range(5, 7), list(HOURS))]


def table(fits: dict[str, str], id: str, days: range, hours: list[int]) -> dict[str, Any]:
    """One of them."""
    rows: list[dict[str, Any]] = [{"hour": hour, "cells": [cell(fits, day, hour) for day in days]} for hour in hours]
    drawn = any(one["fit"] != NEVER for row in rows for one in row["cells"])
    return {"id": id, "days": list(days), "rows": rows, "drawn": drawn}


def cell(fits: dict[str, str], day: int, hour: int) -> dict[str, Any]:
    """An hour of a weekday, as its button prints it."""
    value = f"{DAYS[day]}-{hour:02}"
    return {"value": value, "fit": fits.get(value, NEVER), "day": day}
