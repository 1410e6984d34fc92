"""A look back at one month, put together from one's own records wherever they are: nothing of it is stored or sent."""
from __future__ import annotations

from collections import Counter
from typing import Any

from .. import clock, prose, records
from . import looking

PAGE = 100  # entries read at once
MOST_LESSONS, MOST_GOALS = 20, 50
LONGEST = 300  # of a lesson in the list
HELD = "held"
FIRST = "1900-01"  # a part of it is in 1899 somewhere
Record = dict[str, Any]


def is_month(name: str) -> bool:
    """Whether this is a month, written 2026-11, that has begun in every zone."""
    return clock.is_day(f"{name}-01") and name > FIRST


def moved(name: str, more: int) -> str:
    """The month that comes so many after this one."""
    months = int(name[:4]) * 12 + int(name[5:]) - 1 + more
    return f"{months // 12}-{months % 12 + 1:02}"


def after(name: str) -> str:
    """The next month."""
    return moved(name, 1)


def before(name: str) -> str:
    """The month before."""
    return moved(name, -1)


def begins(name: str, zone: str) -> str:
    """The instant at which a month begins."""
    return clock.iso(clock.instant(f"{name}-01", "00:00", zone))


def month_of(at: str, zone: str) -> str:
    """The month in which a moment was."""
    return str(clock.parts(clock.parse(at), zone)["on"][:7])


def last(found: list[Record], wrote: str, on: str, zone: str) -> dict[str, Any] | None:
    """The month before this day, as the list of goals offers it: {name, day: parts, set, closed}.

    None where nothing was written in it. wrote: see `written`.
    """
    name = before(on[:7])
    start, end = begins(name, zone), begins(on[:7], zone)
    set_then = [goal for goal in found if start <= goal["at"] < end]
    closed = [goal for goal in found if looking.is_closed(goal) and start <= looking.closed_at(goal) < end]
    row = {"name": name, "day": clock.day_parts(f"{name}-01"), "set": len(set_then), "closed": len(closed)}
    return row if set_then or closed or wrote >= start else None


def written(person: Any, on: str, zone: str) -> str:
    """When the last entry before the month of this day was made; "" where there is none."""
    found = records.shelf(person, "entry", after={"at": begins(on[:7], zone), "id": ""}, limit=1)
    return str(found[0]["at"]) if found else ""


def entries(person: Any, start: str, end: str) -> list[Record]:
    """The entries between two instants, newest first. One query for each hundred of them."""
    found, edge = list[Record](), {"at": end, "id": ""}
    while True:
        page = records.shelf(person, "entry", after=edge, limit=PAGE)
        found += [entry for entry in page if entry["at"] >= start]
        if len(page) < PAGE or page[-1]["at"] < start:
            return found
        edge = page[-1]


def lesson(entry: Record, zone: str) -> dict[str, Any]:
    """What was learnt, with the entry in which it stands."""
    return {"id": entry["id"], "text": prose.snippet(entry["fields"]["lesson"], LONGEST),
            "day": clock.parts(clock.parse(entry["at"]), zone)}


def middle(values: list[int]) -> dict[str, int] | None:
    """The mean of ratings rounded to a half, in whole numbers: {low: 3, high: 4} is 3.5; None where there are none."""
    if not values:
        return None
    twice = (4 * sum(values) + len(values)) // (2 * len(values))
    return {"low": twice // 2, "high": (twice + 1) // 2}


def of(person: Any, name: str, found: list[Record], sessions: list[Record], zone: str) -> dict[str, Any]:
    """The look back. found: all goals; sessions: all of them."""
    start, end = begins(name, zone), begins(after(name), zone)
    closed = [goal for goal in looking.closed_ones(found) if start <= looking.closed_at(goal) < end]
    values = [goal["rating"]["fields"]["value"] for goal in closed if goal["rating"]]
    written = entries(person, start, end)
    lessons = [entry for entry in written if entry["fields"].get("lesson")]
    held = [one for one in sessions if one["fields"].get("state") == HELD and start <= one["at"] < end]
    return {
        "day": clock.day_parts(f"{name}-01"), "set": len([goal for goal in found if start <= goal["at"] < end]),
        "rated": len(values), "middle": middle(values), "entries": len(written), "held": len(held),
        "let_go": len([goal for goal in closed if not goal["rating"] and looking.ended(goal) == "let_go"]),
        "count": len(closed), "goals": [looking.closed_item(goal, zone) for goal in closed[:MOST_GOALS]],
        "learnt": len(lessons), "lessons": [lesson(entry, zone) for entry in lessons[:MOST_LESSONS]]}


def others(person: Any, name: str, found: list[Record], sessions: list[Record], zone: str) -> list[dict[str, Any]]:
    """The other months in which something was, newest first: {name, day, held, set, closed}.

    Of entries only the last one before the month is asked for: so each month can be reached, and few are read.
    """
    set_in = Counter(month_of(goal["at"], zone) for goal in found)
    closed_in = Counter(month_of(looking.closed_at(goal), zone) for goal in found if looking.is_closed(goal))
    held_in = Counter(month_of(one["at"], zone) for one in sessions if one["fields"].get("state") == HELD)
    wrote = records.shelf(person, "entry", after={"at": begins(name, zone), "id": ""}, limit=1)
    names = {*set_in, *closed_in, *held_in, *(month_of(entry["at"], zone) for entry in wrote)} - {name}
    return [{"name": one, "day": clock.day_parts(f"{one}-01"), "held": held_in[one], "set": set_in[one],
             "closed": closed_in[one]} for one in sorted(names, reverse=True)]
