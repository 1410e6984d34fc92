"""Planning a goal: what its form shows, what was typed, and what changes follow from it."""
from __future__ import annotations

from typing import Any

from flask import request

from .. import clock, forms, pages, records
from .kinds import MOST_DATES, MOST_STEPS
from .looking import MOST_OPEN, item, linked, meeting, named, open_ones, open_steps

MOST_SLOTS = 60  # fields for steps in one form; versions of two devices can join to more than six
OFFERED = 3  # sessions to choose from
NEW = "new"  # which goal waits: the one of the form
GOAL, STEPS = "goal", "steps"  # what is carried over from the last goal
GOING = {"waits": False, "ended": None, "ended_at": None}  # a goal that is taken up again
NOT_OFFERED = "Choose one of the sessions offered, or another date."
ORDER = ("text", "earns", "session", "due_on", "area", "why", "steps")
Record = dict[str, Any]
Slots = list[dict[str, str]]  # the fields for steps, empty ones too: {id: "" for a new one, text, done: "1" or ""}


def offered(person: Any, zone: str, chosen: str) -> list[dict[str, Any]]:
    """The next sessions, soonest first, after the one that is chosen already and is none of them: {id, start}."""
    found = records.since(person, "session", clock.iso(clock.now()))
    near = [one for one in found if one["fields"].get("state") in (None, "planned")][::-1][:OFFERED]
    own = None if chosen in [one["id"] for one in near] else linked(person, chosen)
    return [meeting(one, zone) for one in ([own, *near] if own else near)]


def soonest(near: list[dict[str, Any]]) -> str:
    """The id of the first of the sessions that are offered, "" when there is none."""
    return str(near[0]["id"]) if near else ""


def slots(found: list[dict[str, Any]]) -> Slots:
    """A field for each step that there is, and room for more."""
    shown = [{"id": step["id"], "text": step["text"], "done": "1" if step["done"] else ""} for step in found]
    return filled_up(shown)


def filled_up(found: Slots) -> Slots:
    """The fields for steps with room for more."""
    return found + [{"id": "", "text": "", "done": ""}] * (MOST_STEPS - len(found))


def typed_slots(before: list[dict[str, Any]]) -> Slots:
    """The fields for steps as they came. A form of a version before does not say what is done: then it is as it was."""
    done = {step["id"]: "1" if step["done"] else "" for step in before}
    found = [(forms.line(f"step{n}_id"), f"step{n}") for n in range(1, MOST_SLOTS + 1) if f"step{n}" in request.form]
    return [{"id": id, "text": forms.line(name),
             "done": forms.line(f"{name}_done") if f"{name}_done" in request.form else done.get(id, "")}
            for id, name in found]


def typed_steps(found: Slots, change: str) -> list[dict[str, Any]]:
    """The steps that were typed. Each keeps its id and tick; a new one gets an id that a second tap gives it too."""
    named = [slot | {"id": slot["id"] or f"{change}-{n}"} for n, slot in enumerate(found, 1)]
    return [{"id": slot["id"], "text": slot["text"], "done": bool(slot["done"])} for slot in named if slot["text"]]


def typed() -> dict[str, Any]:
    """The fields of the form, without the steps."""
    return {"text": forms.line("text"), "why": forms.text("why"), "earns": forms.text("earns"),
            "area": forms.choice("area")} | typed_when()


def typed_when() -> dict[str, Any]:
    """By when, as it was typed."""
    return {"due_on": forms.choice("due_on"), "session": forms.choice("session")}


def hidden() -> dict[str, Any]:
    """What the form carries along, to be shown in it again."""
    return {name: forms.line(name) for name in ("follows", "due_before")}


def filled(record: Record | None, found: list[Record], session: Record | None, slots: Slots,
           change: str) -> dict[str, Any]:
    """The fields of the change. found: the goals among which the one must be that a new one carries on."""
    fields = typed() | dated(session, pages.zone()) | {"steps": typed_steps(slots, change)}
    if record:
        return fields | dated_anew(record, fields["due_on"])
    last = named(found, forms.line("follows"))
    return fields | {"follows": last["id"] if last else None}


def dated(session: Record | None, zone: str) -> dict[str, Any]:
    """The day of a goal that is to be done by a session."""
    return {"due_on": meeting(session, zone)["start"]["on"]} if session else {}


def shown(fields: dict[str, Any], found: Slots) -> dict[str, Any]:
    """The fields of a goal as its form shows them. due_before: its day when the form was opened."""
    given = {name: fields.get(name) or "" for name in (*ORDER, "follows")}
    return given | {"due_before": fields.get("due_before", fields.get("due_on")) or "", "steps": found}


def wrong(fields: dict[str, Any], found: Slots, session: Record | None, record: Record | None) -> dict[str, str]:
    """Field to words; a step that is too long is named `step1` ... and has the limit of a goal's text."""
    errors = forms.problems("goal", fields, record["fields"] if record else {})
    if not fields["text"]:
        errors["text"] = "Write the goal in one sentence. Nothing else you typed here is lost."
    if fields["session"] and not session:
        errors["session"] = NOT_OFFERED
    each = {f"step{n}": forms.problems("goal", {"text": slot["text"]}) for n, slot in enumerate(found, 1)}
    long = {name: about["text"] for name, about in each.items() if about}
    return {name: errors[name] for name in ORDER if name in errors and not (name == "steps" and long)} | long


def crowding(others: list[Record], more: int) -> int:
    """How many have to wait when so many more are to be open beside these: three at a time."""
    return max(0, len(others) + more - MOST_OPEN)


def beside(found: list[Record], id: str) -> list[Record]:
    """The open goals among these without this one."""
    return [goal for goal in open_ones(found) if goal["id"] != id]


def chosen(need: int, offered: list[str]) -> list[str] | None:
    """Which of those offered wait, by the form; None when it has yet to say so. At most as many as have to."""
    which = [id for id in offered if id in request.form.getlist("which")][:need]
    return which if len(which) == need else None


def choices(others: list[Record], need: int, on: str) -> list[dict[str, Any]]:
    """The goals to choose those from that wait; first ticked are the last ones, which are due late or without a day."""
    return [item(goal, on) | {"ticked": n >= len(others) - need} for n, goal in enumerate(others)]


def opening(first: Record, others: list[Record], which: list[str]) -> list[Record]:
    """The changes of a goal that is opened: its own, and of those that wait for it, which can be the goal itself."""
    if NEW in which:
        first["fields"]["waits"] = True
    return [first, *letting(first, others, which)]


def letting(first: Record, others: list[Record], which: list[str]) -> list[Record]:
    """The changes that let goals wait for another one."""
    waiting = [goal for goal in others if goal["id"] in which]
    return [forms.further(first, "goal", {"waits": True}, goal) for goal in waiting]


def dated_anew(goal: Record, due_on: str | None) -> dict[str, Any]:
    """The days by which a goal was due before, with the one that its form showed (`due_before`) when it gives way."""
    old = forms.choice("due_before")
    return {} if not old or old == due_on or not clock.is_day(old) else gave_way(goal, old, due_on)


def gave_way(goal: Record, old: str, due_on: str | None) -> dict[str, Any]:
    """The days by which a goal was due before, once it is due on another one."""
    before = goal["fields"].get("dates") or []
    return {"dates": [*(day for day in before if day["id"] not in (old, due_on)), {"id": old}][-MOST_DATES:]}


def beginning(near: list[dict[str, Any]], last: Record | None, carry: str) -> dict[str, Any]:
    """The form of a new goal: by the next session, with what is carried over from the last one (`goal`, `steps`)."""
    fields: dict[str, Any] = {"session": soonest(near)}
    if not last or not carry:
        return shown(fields, slots([]))
    steps = [step | {"id": ""} for step in open_steps(last)]
    words = {name: last["fields"].get(name) for name in ("text", "earns", "area", "why")} | {"follows": last["id"]}
    return shown(fields | (words if carry == GOAL else {}), slots(steps))


def binning(opened: dict[str, str], at: str | None, rating: Record | None) -> list[Record]:
    """The changes that put a goal and its rating into the bin; at None: that take both out."""
    first = forms.change("goal", {"binned_at": at}, opened)
    return [first, forms.further(first, "rating", {"binned_at": at}, rating)] if rating else [first]
