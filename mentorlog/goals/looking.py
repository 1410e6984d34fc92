"""Looking at goals: which are open, which one to look back at, how they were rated."""
from __future__ import annotations

from typing import Any

from .. import clock, forms, prose, records

MOST_OPEN = 3
NO_DAY = "9999"
SNIPPET = 160
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
    """All goals, the oldest first, each with `rating`: how it went, None while nobody said. Two queries."""
    found = records.shelf(person, "goal")[::-1]
    ids = [rating_id(person, goal["id"]) for goal in found]
    ratings = records.many(person, ids)
    return [goal | {"rating": said(ratings.get(id))} for goal, id in zip(found, ids, strict=True)]


def open_ones(found: list[Record]) -> list[Record]:
    """The open goals among these, the one due first before the others; those without a day last."""
    still = [goal for goal in found if not goal["rating"] and not goal["fields"].get("waits")]
    return sorted(still, key=lambda goal: str(goal["fields"].get("due_on") or NO_DAY))


def unrated(person: Any) -> list[Record]:
    """The open goals of a person, the one due first before the others; those without a day last, oldest first."""
    return open_ones(everything(person))


def rated_ones(found: list[Record]) -> list[Record]:
    """The rated goals among these, the one rated last first."""
    rated = [goal for goal in found if goal["rating"]]
    return sorted(rated, key=lambda goal: str(goal["rating"]["at"]))[::-1]


def due(found: list[Record], on: str) -> dict[str, Any] | None:
    """The open goal to look back at on this day: the first whose day has come, or that has none."""
    return next((brief(goal) for goal in found if (goal["fields"].get("due_on") or on) <= on), None)


def newest(found: list[Record]) -> dict[str, Any] | None:
    """The goal that was set last."""
    return brief(max(found, key=lambda goal: str(goal["at"]))) if found else None


def brief(goal: Record) -> dict[str, Any]:
    """A goal as a single row prints it."""
    fields = goal["fields"]
    return {"id": goal["id"], "text": fields.get("text") or "", "waiting": goal["waiting"],
            "due": clock.day_parts(fields["due_on"]) if fields.get("due_on") else None}


def summary(goal: Record) -> dict[str, Any]:
    """A goal with its value, 0 while nobody said."""
    return brief(goal) | {"value": goal["rating"]["fields"]["value"] if goal["rating"] else 0}


def steps_of(goal: Record) -> list[dict[str, Any]]:
    """The steps of a goal, with what one of them leaves out."""
    return [{"id": step["id"], "text": step.get("text") or "", "done": bool(step.get("done"))}
            for step in goal["fields"].get("steps") or []]


def item(goal: Record, on: str) -> dict[str, Any]:
    """A goal as a list prints it. today: it is due on this day; ready: it can be looked back at; far: another year."""
    fields, steps, day = goal["fields"], steps_of(goal), goal["fields"].get("due_on") or ""
    return brief(goal) | {
        "area": fields.get("area") or "", "earns": prose.snippet(fields.get("earns") or "", SNIPPET), "steps": steps,
        "done": len([step for step in steps if step["done"]]), "today": day == on, "ready": day <= on,
        "far": bool(day) and day[:4] != on[:4], "opening": forms.opening(goal)}


def texts(goal: Record) -> dict[str, str]:
    """What a goal says in full on a page of its own."""
    return {name: goal["fields"].get(name) or "" for name in ("why", "earns")}


def rated_item(goal: Record, zone: str) -> dict[str, Any]:
    """A rated goal as a list prints it. day: when it was rated first; changed: how often its value gave way."""
    rating = goal["rating"]
    return summary(goal) | {
        "area": goal["fields"].get("area") or "", "day": clock.parts(clock.parse(rating["at"]), zone),
        "changed": len(history(rating, zone)) - 1, "waiting": goal["waiting"] or rating["waiting"]}


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


def linked(person: Any, id: str) -> Record | None:
    """The session that a goal is linked to."""
    found = records.many(person, [id]).get(id) if id else None
    return found if found and found["kind"] == "session" else None


def meeting(session: Record, zone: str) -> dict[str, Any]:
    """A session as a goal prints it."""
    return {"id": session["id"], "start": clock.parts(clock.parse(session["at"]), zone)}


def crowd(found: list[Record], id: str) -> list[Record]:
    """The open goals beside this one, when one of them has to wait for it: three at a time."""
    others = [goal for goal in open_ones(found) if goal["id"] != id]
    return others if len(others) >= MOST_OPEN else []
