"""Has it run its course? (practice S07) Told from one's own pages, to nobody else, and only while one wants it."""
from __future__ import annotations

from datetime import timedelta
from itertools import takewhile
from typing import Any

from .. import clock, records
from . import looking

SESSIONS = 20  # the last ones, among which signs are looked for
WITHOUT = 3  # sessions held without a new goal
HIGH, IN_A_ROW = 4, 2  # long goals at 4 or 5
LONG = timedelta(days=28)
PUT_OFF, TIMES = ("moved", "cancelled"), 2  # sessions in a row
LATER = timedelta(days=90)
NEVER = "2199-12-31"
Record = dict[str, Any]


def lately(person: Any) -> list[Record]:
    """The last sessions, newest first; before them those to come that were moved."""
    now = clock.iso(clock.now())
    moved = [one for one in records.since(person, "session", now) if one["fields"].get("moves")]
    return moved + records.shelf(person, "session", after={"at": now, "id": ""}, limit=SESSIONS)


def is_quiet(settings: dict[str, Any], on: str) -> bool:
    """Whether one does not want to be asked on this day."""
    return (settings.get("course_on") or "") > on


def asked(found: list[Record], sessions: list[Record], zone: str) -> str:
    """The first of the signs, "" while there is none."""
    return next((str(sign["name"]) for sign in signs(found, sessions, zone)), "")


def signs(found: list[Record], sessions: list[Record], zone: str) -> list[dict[str, Any]]:
    """What speaks for it: {name, ...}. found: all goals, the oldest first; sessions: the last ones, newest first."""
    return [sign for sign in (no_new_goal(found, sessions, zone), long_ones_met(found, zone), put_off(sessions, zone))
            if sign]


def no_new_goal(found: list[Record], sessions: list[Record], zone: str) -> dict[str, Any] | None:
    """Three sessions were held since the last new goal was set. One that is carried over is not new."""
    held = [one for one in sessions if one["fields"].get("state") == "held"][:WITHOUT]
    new = [goal for goal in found if not goal["fields"].get("follows")]
    if len(held) < WITHOUT or not new or max(goal["at"] for goal in new) >= held[-1]["at"]:
        return None
    return {"name": "no_goal", "days": days_of(held, zone)}


def long_ones_met(found: list[Record], zone: str) -> dict[str, Any] | None:
    """The last long goals, of one area, were rated 4 or 5, two or more in a row, and no long one is open."""
    rated = [goal for goal in looking.closed_ones(found) if goal["rating"] and is_long(goal, zone)]
    area = rated[0]["fields"].get("area") if rated else None
    high = list(takewhile(lambda goal: goal["rating"]["fields"]["value"] >= HIGH
                          and goal["fields"].get("area") == area, rated))
    if not area or len(high) < IN_A_ROW or any(is_long(goal, zone) for goal in looking.open_ones(found)):
        return None
    since = clock.parts(clock.parse(looking.closed_at(high[-1])), zone)
    return {"name": "met", "area": area, "count": len(high), "since": since}


def is_long(goal: Record, zone: str) -> bool:
    """Whether a goal was to take four weeks or more, or was carried over."""
    fields = goal["fields"]
    if fields.get("dates") or fields.get("follows"):
        return True
    due_on = fields.get("due_on")
    return bool(due_on) and clock.instant(due_on, "00:00", zone) - clock.parse(goal["at"]) >= LONG


def put_off(sessions: list[Record], zone: str) -> dict[str, Any] | None:
    """The last two hours of which it is known what became of them were moved or cancelled."""
    told = [hour for one in sessions for hour in hours_of(one) if hour["fields"].get("state") not in (None, "planned")]
    gone = list(takewhile(lambda one: one["fields"]["state"] in PUT_OFF, told))
    return {"name": "put_off", "days": days_of(gone[:TIMES], zone)} if len(gone) >= TIMES else None


def hours_of(session: Record) -> list[Record]:
    """The hour of a session, then those at which it was to be before, the last one first."""
    walls = [clock.wall(move) for move in session["fields"].get("moves") or []]
    hours = [clock.iso(clock.instant(*wall)) for wall in walls[::-1] if wall and clock.inside(wall[0])]
    return [session, *({"id": session["id"], "at": at, "fields": {"state": "moved"}} for at in hours)]


def days_of(sessions: list[Record], zone: str) -> list[dict[str, Any]]:
    """The days of sessions, the first one first, each with its session."""
    return [looking.meeting(one, zone) for one in sessions[::-1]]


def quiet_until(how: str, on: str) -> str | None:
    """The day from which it may be asked again, None for at once. how: `later`, `never`, or anything else."""
    later = clock.iso(clock.parse(f"{on}T12:00:00.000Z") + LATER)[:10]
    return {"later": later, "never": NEVER}.get(how)


def partner_of(person: Any, session: Record | None) -> str:
    """The name of whom one meets, "" where no card says it."""
    id = (session["fields"].get("partner") if session else None) or ""
    card = records.many(person, [id]).get(id)
    return str(card["fields"].get("name") or "") if card else ""
