"""Looking at goals: which are open, which one to look back at, how they ended, and what they hang together with."""
from __future__ import annotations

from typing import Any

from .. import clock, forms, prose, records
from ..models import Record as Row

MOST_OPEN = 3
NO_DAY = "9999"
SNIPPET = 160
MOST_KIN = 20  # goals that one carries on, one after the other
TIED = 100  # entries among which those about a goal are looked for
Record = dict[str, Any]


def rating_id(person: Any, goal: str) -> str:
    """The id of the one rating of a goal (`sync.md`, D11)."""
    return records.name_id(person.names, f"rating:{goal}")


def rating_of(person: Any, goal: str) -> Record | None:
    """The rating of a goal, also from the bin."""
    id = rating_id(person, goal)
    return records.many(person, [id]).get(id)


def said(rating: Record | None) -> Record | None:
    """The rating, if it says anything."""
    return rating if rating and rating["fields"].get("value") and not rating["fields"].get("binned_at") else None


def everything(person: Any) -> list[Record]:
    """All goals, the oldest first, each with `rating`: how it went, None while nobody said. Two lists are read."""
    ratings = {one["fields"].get("goal"): one for one in records.shelf(person, "rating")}
    return [goal | {"rating": said(ratings.get(goal["id"]))} for goal in records.shelf(person, "goal")[::-1]]


def ended(goal: Record) -> str:
    """`split` or `let_go`, "" for a goal that did not end so. One that is rated as well counts as rated."""
    return goal["fields"].get("ended") or ""


def open_ones(found: list[Record]) -> list[Record]:
    """The open goals among these, the one due first before the others; those without a day last."""
    still = [goal for goal in found if not is_closed(goal) and not goal["fields"].get("waits")]
    return sorted(still, key=lambda goal: str(goal["fields"].get("due_on") or NO_DAY))


def is_closed(goal: Record) -> bool:
    """Whether a goal was rated, split or let go."""
    return bool(goal["rating"] or ended(goal))


def named(found: list[Record], id: str) -> Record | None:
    """The goal of this id among these."""
    return next((goal for goal in found if goal["id"] == id), None)


def later_ones(found: list[Record]) -> list[Record]:
    """The goals among these that wait."""
    return [goal for goal in found if goal["fields"].get("waits") and not is_closed(goal)]


def unrated(person: Any) -> list[Record]:
    """The open goals of a person, the one due first before the others; those without a day last, oldest first."""
    return open_ones(everything(person))


def too_many(person: Any) -> bool:
    """Whether more goals are open than there should be."""
    return len(unrated(person)) > MOST_OPEN


def closed_ones(found: list[Record]) -> list[Record]:
    """The goals among these that were rated, split or let go, the last one first."""
    return sorted(filter(is_closed, found), key=closed_at)[::-1]


def closed_at(goal: Record) -> str:
    """When a goal was rated first, or when it ended without."""
    return str(goal["rating"]["at"] if goal["rating"] else goal["fields"].get("ended_at") or goal["at"])


def due(found: list[Record], on: str) -> dict[str, Any] | None:
    """The open goal to look back at on this day: the first whose day has come, or that has none."""
    return next((brief(goal) for goal in found if (goal["fields"].get("due_on") or on) <= on), None)


def any_due(person: Any, on: str) -> bool:
    """Whether `due` finds one among the open goals of a person. The database looks: none of years of them is read."""
    ended, day = records.told("ended"), records.told("due_on")
    rated = Row.select(records.told("goal")).where(
        records.seen_by(person, "rating"), records.told("goal").is_null(False), records.told("value").is_null(False))
    still = ended.is_null() | (ended == ""), ~Row.fields.cast("TEXT").contains('"waits":true'), Row.id.not_in(rated)
    return bool(Row.select().where(
        records.seen_by(person, "goal"), *still, day.is_null() | (day <= on)).exists())


def newest(found: list[Record]) -> dict[str, Any] | None:
    """The goal that was set last."""
    return brief(max(found, key=lambda goal: str(goal["at"]))) if found else None


def brief(goal: Record) -> dict[str, Any]:
    """A goal as a single row prints it."""
    fields = goal["fields"]
    return {"id": goal["id"], "text": fields.get("text") or "", "waiting": goal["waiting"],
            "due": clock.day_parts(fields["due_on"]) if fields.get("due_on") else None}


def summary(goal: Record) -> dict[str, Any]:
    """A goal with its value, 0 while nobody said, and how it ended without one."""
    value = goal["rating"]["fields"]["value"] if goal["rating"] else 0
    return brief(goal) | {"value": value, "ended": ended(goal), "waits": bool(goal["fields"].get("waits"))}


def steps_of(goal: Record) -> list[dict[str, Any]]:
    """The steps of a goal, with what one of them leaves out."""
    return [{"id": step["id"], "text": step.get("text") or "", "done": bool(step.get("done"))}
            for step in goal["fields"].get("steps") or []]


def open_steps(goal: Record) -> list[dict[str, Any]]:
    """The steps that are not done."""
    return [step for step in steps_of(goal) if not step["done"]]


def item(goal: Record, on: str) -> dict[str, Any]:
    """A goal as a list prints it. today: it is due on this day; ready: it can be looked back at; far: another year."""
    fields, steps, day = goal["fields"], steps_of(goal), goal["fields"].get("due_on") or ""
    return brief(goal) | {
        "area": fields.get("area") or "", "earns": prose.snippet(fields.get("earns") or "", SNIPPET), "steps": steps,
        "done": len([step for step in steps if step["done"]]), "today": day == on, "ready": day <= on,
        "far": bool(day) and day[:4] != on[:4], "dates": dates(goal), "opening": forms.opening(goal)}


def dates(goal: Record) -> list[dict[str, Any]]:
    """The days by which a goal was to be done before it was carried over, the first one first."""
    days = [one["id"] for one in goal["fields"].get("dates") or []]
    return [clock.day_parts(day) for day in days if clock.is_day(day)]


def texts(goal: Record) -> dict[str, str]:
    """What a goal says in full on a page of its own."""
    return {name: goal["fields"].get(name) or "" for name in ("why", "earns")}


def closed_item(goal: Record, zone: str) -> dict[str, Any]:
    """A goal that was rated, split or let go, as a list prints it. far: in another year; changed: how often its value
    gave way."""
    rating, day = goal["rating"], clock.parts(clock.parse(closed_at(goal)), zone)
    this_year = clock.parts(clock.now(), zone)["year"]
    return summary(goal) | {
        "area": goal["fields"].get("area") or "", "day": day, "far": day["year"] != this_year,
        "changed": len(history(rating, zone)) - 1 if rating else 0,
        "waiting": goal["waiting"] or (rating["waiting"] if rating else "")}


def kin(person: Any, goal: Record) -> dict[str, list[dict[str, Any]]]:
    """What a goal carries on, the last one first, and what carries it on or is a part of it. Two queries."""
    found = {one["id"]: one for one in records.shelf(person, "goal")}
    before, id = list[Record](), goal["fields"].get("follows")
    while id in found and len(before) < MOST_KIN:
        before.append(found[id])
        id = found[id]["fields"].get("follows")
    after = [one for one in found.values() if one["fields"].get("follows") == goal["id"]][::-1]
    ratings = records.many(person, [rating_id(person, one["id"]) for one in [*before, *after]])
    rated = {one["fields"].get("goal"): said(one) for one in ratings.values()}
    return {name: [summary(one | {"rating": rated.get(one["id"])}) for one in those]
            for name, those in (("before", before), ("after", after))}


def tied(person: Any, id: str, zone: str) -> list[dict[str, Any]]:
    """The entries among the newest ones in which a goal was set, or looked back at: {id, day, title}."""
    found = records.shelf(person, "entry", limit=TIED)
    return [{"id": one["id"], "day": clock.parts(clock.parse(one["at"]), zone),
             "title": one["fields"].get("title") or prose.snippet(one["fields"].get("text") or "", SNIPPET)}
            for one in found if id in (one["fields"].get("goal"), one["fields"].get("rated"))]


def history(rating: Record, zone: str) -> list[dict[str, Any]]:
    """Every value that a rating had, the newest first: {value, reason, at: when it was given}."""
    fields, since, rows = rating["fields"], rating["at"], list[dict[str, Any]]()
    for one in [*filter(is_earlier, fields.get("earlier") or []), fields]:
        at = clock.parts(clock.parse(since), zone)
        rows.append({"value": one["value"], "reason": one.get("reason") or "", "at": at})
        since = one.get("until")
    return rows[::-1]


def is_earlier(row: dict[str, Any]) -> bool:
    """Whether a row of `earlier` is as the join writes it; after a restore it is what a device handed back."""
    alike = {"value": row.get("value"), "reason": row.get("reason", ""), "binned_at": row.get("until")}
    return None not in alike.values() and not records.problems("rating", alike)


def unrateable(fields: dict[str, Any]) -> dict[str, str]:
    """Field of a rating's form to words."""
    found = forms.problems("rating", fields)
    if fields["value"] is None:
        found["value"] = "Choose a number from 1 to 5. There is no right one."
    return {name: found[name] for name in ("value", "reason") if name in found}


def place(goal: Record, before: Record | None) -> dict[str, Any]:
    """Where a rating that is given stands: with its goal, in the bin or out of it."""
    at = goal["fields"].get("binned_at")
    return {"binned_at": at} if at or (before and before["fields"].get("binned_at")) else {}


def linked(person: Any, id: str) -> Record | None:
    """The session that a goal is linked to."""
    found = records.many(person, [id]).get(id) if id else None
    return found if found and found["kind"] == "session" else None


def meeting(session: Record, zone: str) -> dict[str, Any]:
    """A session as a goal prints it."""
    return {"id": session["id"], "start": clock.parts(clock.parse(session["at"]), zone)}
