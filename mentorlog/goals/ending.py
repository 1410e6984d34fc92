"""How a goal goes another way: carried over to a new date, split in two, or let go."""
from __future__ import annotations

from typing import Any

from flask import request

from .. import clock, forms, records
from . import looking, planning

SPLIT, LET_GO = "split", "let_go"
LATER = "later"  # the second part waits
SAME = ("why", "area")  # what both parts have of the goal
Record = dict[str, Any]


def next_of(goal: Record, near: list[dict[str, Any]]) -> str:
    """The session to which a goal is carried over unless another one is chosen: the next it is not due by already."""
    return next((one["id"] for one in near if one["id"] != goal["fields"].get("session")), "")


def wrong_date(fields: dict[str, Any], session: Record | None) -> dict[str, str]:
    """What is wrong with the date to which a goal is carried over."""
    errors = forms.problems("goal", fields)
    if fields["session"] and not session:
        errors["session"] = planning.NOT_OFFERED
    elif not fields["due_on"]:
        errors["due_on"] = "Choose a session or a day. A goal without one can wait instead."
    return {name: errors[name] for name in ("session", "due_on") if name in errors}


def wrong_reason(why: str) -> dict[str, str]:
    """What is wrong with the reason for letting go."""
    about = forms.problems("goal", {"ended_why": why})
    return {"reason": about["ended_why"]} if about else {}


def ending(goal: Record, how: str, why: str, opened: dict[str, str]) -> Record:
    """The change that ends a goal without a rating. A second tap says the same moment."""
    at = goal["fields"].get("ended_at") if looking.ended(goal) == how else None
    fields = {"ended": how, "ended_at": at or clock.iso(clock.now()), "ended_why": why}
    return forms.change("goal", fields, opened)


def splitting(goal: Record, near: list[dict[str, Any]]) -> dict[str, Any]:
    """The empty form of a split."""
    return {"text1": goal["fields"].get("text") or "", "text2": "", "session": planning.soonest(near), "due_on": "",
            "second": LATER, "value": None, "reason": goal["fields"].get("ended_why") or "",
            "parts": ["1"] * len(looking.open_steps(goal))}


def typed_split(goal: Record) -> dict[str, Any]:
    """The form of a split as it came. parts: for each open step the part that it goes to, "" for neither."""
    went = dict(zip(request.form.getlist("step"), request.form.getlist("part"), strict=False))
    return planning.typed_when() | {
        "text1": forms.line("text1"), "text2": forms.line("text2"), "second": forms.line("second"),
        "value": forms.number("value"), "reason": forms.text("reason"),
        "parts": [went.get(step["id"], "") for step in looking.open_steps(goal)]}


def wrong_split(form: dict[str, Any], session: Record | None) -> dict[str, str]:
    """Field to words."""
    found: dict[str, str] = {}
    for name in ("text1", "text2"):
        about = forms.problems("goal", {"text": form[name]})
        found[name] = about.get("text", "" if form[name] else "Write each part in one sentence.")
    about = forms.problems("goal", {"due_on": form["due_on"], "session": form["session"]})
    found |= {name: about.get(name, "") for name in ("session", "due_on")}
    if form["session"] and not session:
        found["session"] = planning.NOT_OFFERED
    about = forms.problems("rating", {"value": form["value"], "reason": form["reason"]})
    found |= {name: about.get(name, "") for name in ("value", "reason")}
    return {name: words for name, words in found.items() if words}


def beside(found: list[Record], goal: Record) -> list[Record]:
    """The open goals beside one that is split; a second tap does not count its parts."""
    return [one for one in planning.beside(found, goal["id"]) if one["fields"].get("follows") != goal["id"]]


def parts(goal: Record, form: dict[str, Any], session: Record | None, zone: str) -> list[dict[str, Any]]:
    """The fields of the two goals that one becomes."""
    both = {name: goal["fields"][name] for name in SAME if goal["fields"].get(name)}
    both |= {"follows": goal["id"], "due_on": form["due_on"], "session": form["session"]}
    both |= planning.dated(session, zone)
    went = list(zip(looking.open_steps(goal), form["parts"], strict=True))
    made = [both | {"text": form[f"text{part}"], "steps": [step for step, to in went if to == part]}
            for part in ("1", "2")]
    made[1]["waits"] = form["second"] == LATER
    return made


def changes(goal: Record, form: dict[str, Any], made: list[dict[str, Any]], rating: Record,
            opened: dict[str, str]) -> list[Record]:
    """The changes of a split: the goal ends, two new ones begin; it is rated when a value was chosen.

    rating: {id, rev: ""}, as the form showed it: a goal that has one is not split.
    """
    rated = form["value"] is not None
    first = ending(goal, SPLIT, "" if rated else form["reason"], opened)
    fields = {"goal": goal["id"], "value": form["value"], "reason": form["reason"]}
    return [first, *(forms.anew(first, number, "goal", part) for number, part in enumerate(made, 2)),
            *([forms.further(first, "rating", fields, rating)] if rated else [])]


def is_split_elsewhere(goal: Record, opened: dict[str, str], person: Any) -> bool:
    """Whether a goal was split by another form than this one, of which this may be the second tap."""
    own = records.name_id(opened["change"], "record 2")
    return looking.ended(goal) == SPLIT and own not in records.many(person, [own])
