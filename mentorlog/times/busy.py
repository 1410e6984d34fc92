"""When one is taken: by a planned session, by a calendar that was read. Twin: service_worker/times/busy.js."""
from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from .. import agenda, clock, forms, records
from .kinds import MOST_SPANS

NAME = "busy"
PIECE = re.compile("([0-9-]{10}T[0-9]{2}:[0-9]{2})Z/([0-9]{1,5})")
NOT_READ = "That could not be read as busy times. Choose the file again."
LOOKED_THROUGH = timedelta(weeks=8)  # by a device that did not say until when
LAST = clock.parse("2199-12-31T23:59:59.999Z")  # of the calendar
Span = tuple[datetime, datetime, str]  # from, until, and what takes it: session or calendar
Record = dict[str, Any]


def own(person: Any) -> tuple[str, Record | None]:
    """The id of the record of busy times, and the record once there is one."""
    id = records.name_id(person.names, NAME)
    return id, records.many(person, [id]).get(id)


def spans(record: Record | None) -> list[Span]:
    """The busy times of a calendar; what names no instant is left out."""
    found = [span(piece) for piece in (record["fields"].get("spans") or [] if record else [])]
    return [one for one in found if one]


def span(piece: str) -> Span | None:
    """`2026-12-07T08:00Z/90`: from an instant on, so many minutes."""
    parts = PIECE.fullmatch(piece)
    if not parts or not clock.is_instant(f"{parts[1]}:00.000Z"):
        return None
    start = clock.parse(f"{parts[1]}:00.000Z")
    return start, start + timedelta(minutes=int(parts[2])), "calendar"


def sessions(person: Any, moment: datetime, moving: str) -> list[Span]:
    """The minutes of the sessions that are planned. moving: the id of one that looks for another hour, "" for none."""
    planned = [one for one in agenda.ahead(person, moment) if agenda.state(one) == "planned" and one["id"] != moving]
    return [(clock.parse(one["at"]), agenda.end(one), "session") for one in planned]


def typed() -> dict[str, Any]:
    """The fields of a calendar that was read on this device: a piece a line.

    When it was read the form says: a second tap says the same once more.
    """
    pieces = [line for line in forms.text("spans").split("\n") if line]
    return {"read_at": forms.choice("read_at") or clock.iso(clock.now()), "until": forms.choice("until"),
            "spans": sorted(set(pieces))}


def wrong(fields: dict[str, Any]) -> str:
    """Why busy times cannot be taken; "" when they can."""
    if len(fields["spans"]) > MOST_SPANS:
        return f"This calendar has more than {MOST_SPANS} busy times in eight weeks. Choose a smaller one."
    return NOT_READ if forms.problems(NAME, fields) else ""


def reach(record: Record | None) -> datetime | None:
    """Until when it is known what is busy; None when no calendar is kept."""
    fields = record["fields"] if record else {}
    if not fields.get("read_at"):
        return None
    until = fields.get("until")
    return min(clock.parse(until) if until else clock.parse(fields["read_at"]) + LOOKED_THROUGH, LAST)


def shown(record: Record | None, zone: str) -> dict[str, Any] | None:
    """What a page says of it: {count, day: of the reading, until: how far it reaches, over: that is past}; None when no
    calendar is kept."""
    until = reach(record)
    if record is None or until is None:
        return None
    fields = record["fields"]
    return {"count": len(fields.get("spans") or []), "day": clock.parts(clock.parse(fields["read_at"]), zone),
            "until": clock.parts(until, zone), "over": until <= clock.now()}
