"""Planning a goal: what its form shows, what was typed, and what changes follow from it."""
from __future__ import annotations

from typing import Any

from flask import request

from .. import clock, forms, records
from .kinds import MOST_STEPS
from .looking import linked, meeting

MOST_SLOTS = 60  # fields for steps in one form; versions of two devices can join to more than six
AHEAD = 100  # sessions read at once
OFFERED = 3  # sessions to choose from
NEW, NONE = "new", "none"  # which goal waits: the one of the form, or none of them
ORDER = ("text", "earns", "session", "due_on", "area", "why", "steps")
Record = dict[str, Any]
Slots = list[dict[str, str]]  # the fields for steps, empty ones too: {id: "" for a new one, text}


def offered(person: Any, zone: str, chosen: str) -> list[dict[str, Any]]:
    """The next sessions, soonest first, after the one that is chosen already and is none of them: {id, start}."""
    moment, found = clock.iso(clock.now()), records.shelf(person, "session", limit=AHEAD)
    ahead = [one for one in found if one["at"] >= moment and one["fields"].get("state") in (None, "planned")]
    near = ahead[::-1][:OFFERED]
    own = None if chosen in [one["id"] for one in near] else linked(person, chosen)
    return [meeting(one, zone) for one in ([own, *near] if own else near)]


def slots(found: list[dict[str, Any]]) -> Slots:
    """A field for each step that there is, and room for more."""
    blank = [{"id": "", "text": ""}] * (MOST_STEPS - len(found))
    return [{"id": step["id"], "text": step["text"]} for step in found] + blank


def typed_slots() -> Slots:
    """The fields for steps as they came."""
    return [{"id": forms.line(f"step{n}_id"), "text": forms.line(f"step{n}")}
            for n in range(1, MOST_SLOTS + 1) if f"step{n}" in request.form]


def typed_steps(found: Slots, change: str, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps that were typed. Each keeps its id and tick; a new one gets an id that a second tap gives it too."""
    done = {step["id"]: step["done"] for step in before}
    named = [{"id": slot["id"] or f"{change}-{n}", "text": slot["text"]} for n, slot in enumerate(found, 1)]
    return [step | {"done": done.get(step["id"], False)} for step in named if step["text"]]


def typed() -> dict[str, Any]:
    """The fields of the form, without the steps."""
    return {"text": forms.line("text"), "why": forms.text("why"), "earns": forms.text("earns"),
            "due_on": forms.choice("due_on"), "area": forms.choice("area"), "session": forms.choice("session")}


def dated(session: Record | None, zone: str) -> dict[str, Any]:
    """The day of a goal that is to be done by a session."""
    return {"due_on": meeting(session, zone)["start"]["on"]} if session else {}


def shown(fields: dict[str, Any], found: Slots) -> dict[str, Any]:
    """The fields of a goal as its form shows them."""
    return {name: fields.get(name) or "" for name in ORDER} | {"steps": found}


def wrong(fields: dict[str, Any], found: Slots, session: Record | None) -> dict[str, str]:
    """Field to words; a step that is too long is named `step1` ... and has the limit of a goal's text."""
    errors = forms.problems("goal", fields)
    if not fields["text"]:
        errors["text"] = "Write the goal in one sentence. Nothing else you typed here is lost."
    if fields["session"] and not session:
        errors["session"] = "Choose one of the sessions offered, or another date."
    each = {f"step{n}": forms.problems("goal", {"text": slot["text"]}) for n, slot in enumerate(found, 1)}
    long = {name: about["text"] for name, about in each.items() if about}
    return {name: errors[name] for name in ORDER if name in errors and not (name == "steps" and long)} | long


def asks(others: list[Record]) -> bool:
    """Whether the form has yet to say which goal waits. others: the open ones, when there are three."""
    return bool(others) and forms.line("which") not in [NEW, NONE, *(goal["id"] for goal in others)]


def letting(first: Record, others: list[Record]) -> list[Record]:
    """The changes of a form that opens a goal: also of the one that waits for it, which can be the goal itself."""
    which = forms.line("which") if others else NONE
    if which == NEW:
        first["fields"]["waits"] = True
    waiting = [goal for goal in others if goal["id"] == which]
    return [first, *(forms.further(first, 2, "goal", {"waits": True}, goal) for goal in waiting)]


def binning(opened: dict[str, str], at: str | None, rating: Record | None) -> list[Record]:
    """The changes that put a goal and its rating into the bin; at None: that take both out."""
    first = forms.change("goal", {"binned_at": at}, opened)
    return [first, forms.further(first, 2, "rating", {"binned_at": at}, rating)] if rating else [first]
