"""Ratings as a line over time, in whole numbers that an SVG of 320 × 150 prints; and by area."""
from __future__ import annotations

from typing import Any

from .. import clock
from .looking import closed_at

MOST = 24  # points of a line; a list beside it has all of them
LEFT, RIGHT, MIDDLE, WIDTH = 40, 300, 170, 320
FIVE, STEP = 20, 25  # where a 5 stands, and how far below it the next smaller one
LARGE, SMALL, CROWDED = 6, 4, 12  # radius of a knot, up to so many and beyond
MONTH, WITH_YEAR, BETWEEN = 26, 54, 6  # how wide a label is, and the least space between two
AREAS = ("skill", "career", "people", "wellbeing", "other")
NO_AREA = "none"
Record = dict[str, Any]


def line(closed: list[Record], zone: str) -> dict[str, Any] | None:
    """The newest ratings as a line, the oldest of them first; None where nothing is rated. closed: the last one first.

    {points: [{x, y}], path, radius, labels: [{x, month, year or 0}], shown: the values, count: of all ratings,
    first, last: parts}
    """
    rated = [goal for goal in closed if goal["rating"]]
    found = rated[:MOST][::-1]
    if not found:
        return None
    values = [goal["rating"]["fields"]["value"] for goal in found]
    days = [clock.parts(clock.parse(closed_at(goal)), zone) for goal in found]
    points = [{"x": place(n, len(found)), "y": FIVE + (5 - value) * STEP} for n, value in enumerate(values)]
    path = "L".join(f"{point['x']} {point['y']}" for point in points)
    return {"points": points, "path": f"M{path}", "radius": LARGE if len(found) <= CROWDED else SMALL,
            "labels": labels(points, days), "shown": values, "count": len(rated), "first": days[0], "last": days[-1]}


def place(number: int, count: int) -> int:
    """Where the point of this number stands, from 0 on, when there are so many."""
    return LEFT + (RIGHT - LEFT) * number // (count - 1) if count > 1 else MIDDLE


def labels(points: list[dict[str, int]], days: list[dict[str, Any]]) -> list[dict[str, int]]:
    """A label for each month that begins, as far as there is room; the year with it where it is a new one."""
    spans = days[0]["year"] != days[-1]["year"]
    made, end, said = list[dict[str, int]](), -BETWEEN, 0
    for number, (point, day) in enumerate(zip(points, days, strict=True)):
        if number and day["on"][:7] == days[number - 1]["on"][:7]:
            continue
        year = day["year"] if spans and day["year"] != said else 0
        width = WITH_YEAR if year else MONTH
        x = min(max(point["x"], width // 2), WIDTH - width // 2)
        if x - width // 2 >= end + BETWEEN:
            made.append({"x": x, "month": day["month"], "year": year})
            end, said = x + width // 2, day["year"]
    return made


def area_of(goal: Record) -> str:
    """The area of a goal, `none` where it has none."""
    return goal["fields"].get("area") or NO_AREA


def areas(closed: list[Record]) -> list[str]:
    """The areas that these goals are of, in their order, when they are of more than one."""
    found = {area_of(goal) for goal in closed}
    return [area for area in (*AREAS, NO_AREA) if area in found] if len(found) > 1 else []
