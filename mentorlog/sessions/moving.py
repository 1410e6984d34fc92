"""Moving a session, and all of its series after it, with a trace. Twin: service_worker/sessions/moving.js."""
from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import request

from .. import agenda, clock, forms, goals, prose, records, turns
from . import series
from .kinds import MOST_MOVES
from .planning import REST, overlapping
from .rhythm import LAST_DAY

EARLIEST, LATEST = "1900-01-01", "2199-12-31"
AFTER = "after"  # of the two answers to which sessions are meant
TOO_FAR = "One of those after it would be later than 2099."
Record = dict[str, Any]
Fields = dict[str, Any]
Rows = list[tuple[Record, Fields]]  # records and what becomes of them
Met = tuple[list[Record], str]  # see met
NONE_MET: Met = ([], "")


def before(record: Record) -> Fields | None:
    """The hour that the form showed when it was opened, None where there was none."""
    return clock.read_wall(forms.line("was_at") if "was_at" in request.form else clock.wall_line(record["fields"]))


def shown(person: Any, record: Record) -> dict[str, Any]:
    """What the forms of a session carry of it and of those after it, so that a second tap says the same once more.

    {before: its hour, was: its other fields, which, later: a line for each one after it, count: of those}.
    """
    old, others = before(record), behind(person, record)
    was = {name: "" if value is None else value for name, value in rest(record).items()}
    return {"before": clock.wall_line(old) if old else "", "was": was, "later": [line for line, _, _ in others],
            "count": len(others), "which": AFTER if forms.line("which") == AFTER else "one"}


def rest(record: Record) -> Fields:
    """The other fields of a session as its form showed them, as text; nothing chosen is None."""
    typed = {name: forms.line(f"was_{name}") for name in REST}
    told = typed if "was_minutes" in request.form else {name: record["fields"].get(name) for name in REST}
    return {name: str(value) if value else None for name, value in told.items()}


def behind(person: Any, record: Record) -> list[tuple[str, Record, Fields]]:
    """Those after it as the form showed them: line, the session with what its change stands on, its hour then."""
    if "later" not in request.form:
        told = [f"{forms.stands(one)} {clock.wall_line(one['fields'])}" for one in later(person, record)]
    else:
        told = [prose.clean(line) for line in request.form.getlist("later")][:series.MOST]
    there = records.many(person, [line.split(" ")[0] for line in told])
    return [row for line in told if (row := reread(line, there, record))]


def reread(line: str, there: dict[str, Record], record: Record) -> tuple[str, Record, Fields] | None:
    """A line about a session after this one, and what it says; None where it is of another series, or no such line."""
    one, wall = forms.stood(line, there) or ({}, "")
    old = clock.read_wall(wall)
    if old is None or one["kind"] != "session" or one["fields"].get("series") != series_of(record):
        return None
    return line, one, old


def series_of(record: Record) -> str:
    """The series of a session, its own id where it has none, which is then no series of any other."""
    return str(record["fields"].get("series") or record["id"])


def moved(record: Record, old: Fields | None, new: Fields) -> Fields:
    """What follows when the hour of a session changes: one that is to come is planned again, and says where it was.

    old: the hour that its form showed. One that was held has its hour corrected: that is no move.
    """
    if old is None or clock.wall_line(old) == clock.wall_line(new):
        return {}
    state = agenda.state(record)
    planned = {"state": "planned"} if instant(new) > clock.now() else {}
    return planned | ({} if state == "held" else {"moves": traced(record, old, new)})


def instant(fields: Fields) -> datetime:
    """The moment of an hour, in UTC."""
    return clock.instant(*(fields[name] for name in clock.WALL))


def traced(record: Record, old: Fields, new: Fields) -> list[Fields]:
    """The hours at which a session was to be, with the one that gives way; the oldest give way to more than 20."""
    ids = [name_of(old), name_of(new)]
    kept = [one for one in record["fields"].get("moves") or [] if one["id"] not in ids]
    return [*kept, {"id": ids[0]} | {name: old[name] for name in clock.WALL}][-MOST_MOVES:]


def name_of(fields: Fields) -> str:
    """The id of an hour among the moves."""
    return f"{fields['starts_on']}-{fields['starts_time'].replace(':', '-')}"


def later(person: Any, record: Record) -> list[Record]:
    """The sessions of its series that are planned after it, soonest first; as many as one form can plan."""
    of = record["fields"].get("series")
    near = agenda.ahead(person, clock.parse(record["at"])) if of else []
    return [one for one in near if one["fields"].get("series") == of and one["at"] > record["at"]
            and agenda.state(one) == "planned" and clock.wall(one["fields"])][:series.MOST]


def along(person: Any, record: Record, new: Fields) -> Rows:
    """What becomes of those after it when they are meant: as many days on, the same hour, whatever else was changed."""
    if forms.line("which") != AFTER:
        return []
    old, was, others = before(record), rest(record), behind(person, record)
    changed = {name: new[name] for name in REST if was[name] != (str(new[name]) if new[name] else None)}
    if old is None or clock.wall_line(old) == clock.wall_line(new):
        return [(one, changed) for _, one, _ in others] if changed else []
    days = date.fromisoformat(new["starts_on"]) - date.fromisoformat(old["starts_on"])
    return [(one, changed | shifted(one, then, days, new)) for _, one, then in others]


def shifted(one: Record, old: Fields, days: timedelta, new: Fields) -> Fields:
    """The hour of a later session, so many days on, at the wall time of the one that is moved."""
    on = (date.fromisoformat(old["starts_on"]) + days).isoformat()
    hours = {"starts_on": min(max(on, EARLIEST), LATEST), "starts_time": new["starts_time"], "zone": new["zone"]}
    return hours | moved(one, old, hours)


def is_too_far(rows: Rows) -> bool:
    """Whether one of them would leave the calendar of the form."""
    return any((fields.get("starts_on") or "") > LAST_DAY for _, fields in rows)


def clashing(person: Any, id: str, fields: Fields, rows: Rows) -> list[Record]:
    """The sessions that take a part of the new hours, none of those that move themselves."""
    own = {id, *(one["id"] for one, _ in rows)}
    wanted = [fields, *(one["fields"] | new for one, new in rows if "starts_on" in new)]
    return list({one["id"]: one for hours in wanted for one in overlapping(person, own, hours)}.values())


def overlap(fields: Fields, rows: Rows, found: list[Record]) -> str:
    """What was asked about, in a line: the hour that is wanted, for how many more, and whom it meets. A tick holds for
    that alone.
    """
    hours = [clock.wall_line(fields), str(fields["minutes"]), str(len(rows))]
    return " ".join([*hours, *(f"{one['id']} {one['at']}" for one in found)])


def met(person: Any, id: str, fields: Fields, rows: Rows) -> Met:
    """The sessions to ask about at the new hours, none where that is ticked; and what the tick is about, in a line."""
    found = clashing(person, id, fields, rows)
    about = overlap(fields, rows, found)
    return ([] if forms.ticked("anyway") and forms.line("overlap") == about else found), about


def following(person: Any, rows: Rows, zone: str) -> Rows:
    """The open goals that are due on the day of a session that moves, and the day to which they follow it."""
    open_goals = goals.unrated(person)
    return [(goal, due) for one, fields in rows if "starts_on" in fields
            for goal in open_goals if (due := followed(goal, one, one["fields"] | fields, zone))]


def followed(goal: Record, session: Record, new: Fields, zone: str) -> Fields:
    """The new day of a goal that was to be done by a session; nothing where it is due on another day anyway."""
    old, on = clock.parts(clock.parse(session["at"]), zone)["on"], clock.parts(instant(new), zone)["on"]
    mine = goal["fields"].get("session") == session["id"] and goal["fields"].get("due_on") == old
    return {"due_on": on} | goals.gave_way(goal, old, on) if mine and on != old else {}


def changes(first: Record, kind: str, rows: Rows) -> list[Record]:
    """The changes of other records in the form whose first change is given; a session notes the state it comes into."""
    made = [(one, forms.further(first, kind, fields, one)) for one, fields in rows]
    return [turns.marked(one, change) if kind == "session" else change for one, change in made]


def cancelled_with(person: Any, record: Record, change: str) -> list[Record]:
    """The other sessions of a series that the form of this change cancelled, and that nothing changed since."""
    found = agenda.ahead(person, clock.parse(record["at"])) if change else []
    return [one for one in found if one["id"] != record["id"] and series_of(one) == series_of(record)
            and agenda.state(one) == "cancelled" and forms.opening(one)["base"] == records.name_id(change, one["id"])]
