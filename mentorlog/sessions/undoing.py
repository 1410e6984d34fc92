"""Taking back what the form of a session or a pause changed: of sessions, and of the goals that followed.

Here the history says what was before. Twin: service_worker/sessions/undoing.js, where the device noted it.
"""
from __future__ import annotations

from typing import Any

from .. import clock, forms, goals, records
from ..models import History
from ..sync.thinning import is_thin
from . import moving
from .planning import REST, overlapping

SINCE = "What was changed since stays as it is."
GONE = "This cannot be taken back here any more."
MEETS = "Another session takes a part of its hour."
DATES = "The goals have their former dates again."
# The fields that go back together, or not at all.
TOGETHER = {"session": [[*clock.WALL, "moves", "state", "turns"], *([name] for name in REST)],
            "goal": [["due_on", "session", "dates"]], "agreement": []}
EMPTY = {"moves": [], "turns": [], "dates": [], "state": "planned", "minutes": 60, "channel": "video", "link": "",
         "phone": ""}
Record = dict[str, Any]
Fields = dict[str, Any]
Step = tuple[Record, Fields, Fields]  # a record as it is, as the form left it, as it was before


def value(fields: Fields, name: str) -> Any:
    """A field, or what holds without it."""
    found = fields.get(name)
    return EMPTY.get(name) if found is None else found


def words(record: Record, fields: Fields) -> str:
    """What a form does to its session, in words; "" for nothing."""
    if clock.wall_line(record["fields"]) != clock.wall_line(fields):
        return "The session is moved."
    return "The session is changed." if differing(REST, record["fields"], fields) else ""


def differing(names: Any, one: Fields, other: Fields) -> list[str]:
    """The fields in which the two differ."""
    return [name for name in names if value(one, name) != value(other, name)]


def steps(person: Any, record: Record, change: str) -> list[Step]:
    """What the form of this change did, to its session or agreement first."""
    if not records.is_id(change):
        return []
    series = record["fields"].get("series")
    after = [one for one in records.shelf(person, "session") if moving.series_of(one) == series] if series else []
    near = {one["id"]: one for one in (record, *after, *goals.unrated(person))}
    ids = {id: records.name_id(change, id) for id in near} | {record["id"]: change}
    made = {row.record: row for row in History.select().where(History.change << [*ids.values()])
            if ids.get(row.record) == row.change and not is_thin(row.fields)}
    query = History.select().where(History.record << [*made], History.n << [row.n - 1 for row in made.values()])
    was = {row.record: row.fields for row in query if row.n == made[row.record].n - 1 and not is_thin(row.fields)}
    return [(near[id], made[id].fields, was[id]) for id in near if id in was]


def back(step: Step) -> tuple[Fields, bool]:
    """The fields of the change that takes a step back, and whether something of it was changed since, which stays."""
    one, made, was = step
    fields: Fields = {}
    since = False
    for names in TOGETHER[one["kind"]]:
        changed = differing(names, made, was)
        if changed and not differing(names, one["fields"], made):
            fields |= {name: value(was, name) for name in changed}
        else:
            since = since or bool(changed and differing(names, one["fields"], was))
    return fields, since


def take_back(person: Any, record: Record, change: str) -> str:
    """Bring back what stood before the form of this change; what is to be said of it, "" for nothing.

    :raise Refused: nothing was brought back
    """
    found = [(step[0], *back(step)) for step in steps(person, record, change)]
    if not any(TOGETHER[one["kind"]] for one, *_ in found):
        return GONE
    first = forms.change(record["kind"], {}, forms.typed_opening(record))
    made = [first | {"fields": fields} if one["id"] == record["id"] else forms.further(first, one["kind"], fields, one)
            for one, fields, _ in found if fields]
    if made:
        forms.save(*made)
    since = SINCE if any(since for _, _, since in found) else ""
    return " ".join(filter(None, [since, MEETS if meet(person, found) else ""]))


def meet(person: Any, found: list[tuple[Record, Fields, bool]]) -> bool:
    """Whether a session that goes back to its hour finds another one there. found: record, fields, whatever."""
    own = {one["id"] for one, _, _ in found}
    there = [one["fields"] | fields for one, fields, _ in found if any(name in fields for name in clock.WALL)]
    return any(overlapping(person, own, one) for one in there if value(one, "state") == "planned" and clock.wall(one))
