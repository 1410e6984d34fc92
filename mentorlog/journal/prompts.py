"""The prompts of the editor: a goal is set while an entry is written, the last one is looked back at.

Goal and rating are records of their own, and the entry only names them: one record, two doors.
"""
from __future__ import annotations

from typing import Any

from .. import forms, records
from ..goals import looking as goals
from ..goals import planning

GOAL = 2  # the place of its change among those of the form; the entry's is the first
NAMES = {"session": "session", "goal": "goal", "rated": "goal"}  # field of an entry to the kind of what it names
EMPTY: dict[str, Any] = {"next": "", "value": None, "reason": ""}
GONE = "This goal is not here any more. Copy your words into the text, and choose Not now."
WHICH = "Three goals are open already. Say below what waits, then choose Done once more."
Record = dict[str, Any]
Wishes = dict[str, Any]  # what was typed at the prompts, and which goal the form asked about


def typed() -> Wishes:
    """What was typed at the prompts. rate: the goal that was looked back at; base, after: on what its rating stood."""
    rate, base, after, *_ = [*forms.line("rate").split(":"), "", "", ""]
    return {"next": forms.line("next"), "value": forms.number("value"), "reason": forms.text("reason"),
            "rate": rate, "base": base, "after": after}


def asked(person: Any, found: list[Record], form: dict[str, Any], own: str, on: str) -> Record | None:
    """The goal to look back at: {id, text, here, base, after}; None when there is none.

    found: all goals. form: `rate` names the goal that a form or an address asks about, else it is the one that is due
    on this day, else the one due first; base, after: on what the form stood when it was shown first. own: the goal that
    was set in this very entry. here: False when it is gone meanwhile.
    """
    named, still = form.get("rate"), [goal for goal in goals.open_ones(found) if goal["id"] != own]
    known = next((goals.brief(goal) for goal in found if goal["id"] == named), None)
    look = known if named else goals.due(still, on) or next(map(goals.brief, still), None)
    if look is None:
        gone = {"id": named, "text": "", "here": False, "base": "", "after": ""}
        return gone if named or form["value"] is not None else None
    fresh = forms.opening(goals.rating_of(person, look["id"]), goals.rating_id(person, look["id"]))
    stood = form if named and "base" in form else fresh
    return {"id": look["id"], "text": look["text"], "here": True, "base": stood["base"], "after": stood["after"]}


def wrong(wishes: Wishes, found: list[Record]) -> dict[str, str]:
    """Field to words. A reason without a number is half a rating."""
    about = forms.problems("goal", {"text": wishes["next"]})
    errors = {"next": about["text"]} if about else {}
    here = wishes["rate"] in [goal["id"] for goal in found]
    if wishes["value"] is None and not (here and wishes["reason"]):
        return errors
    if not here:
        return errors | {"value": GONE}
    return errors | goals.unrateable({"value": wishes["value"], "reason": wishes["reason"]})


def setting(first: Record, wishes: Wishes, until: Record | None) -> Record | None:
    """The change that sets the goal, which the entry then names. first: the entry's; until: the session it is for."""
    if not wishes["next"]:
        return None
    due = {"session": until["id"], "due_on": until["start"]["on"]} if until else {}
    goal = forms.anew(first, GOAL, "goal", {"text": wishes["next"]} | due)
    first["fields"]["goal"] = goal["record"]
    return goal


def beside(found: list[Record], wishes: Wishes, goal: Record | None) -> list[Record]:
    """The open goals beside a new one; the one that is rated here makes room."""
    rated = wishes["rate"] if wishes["value"] is not None else ""
    return planning.beside([one for one in found if one["id"] != rated], goal["record"]) if goal else []


def rating(person: Any, first: Record, wishes: Wishes) -> Record | None:
    """The change of the goal's rating, which stands on what the form showed; the entry then names the goal."""
    if wishes["value"] is None:
        return None
    shown = {"id": goals.rating_id(person, wishes["rate"]), "rev": wishes["base"], "top": wishes["after"]}
    first["fields"]["rated"] = wishes["rate"]
    fields = {"value": wishes["value"], "reason": wishes["reason"], "goal": wishes["rate"], "binned_at": None}
    return forms.further(first, "rating", fields, shown)


def changes(person: Any, first: Record, goal: Record | None, others: list[Record], which: list[str],
            wishes: Wishes) -> list[Record]:
    """The changes of one form: the entry, the goal set in it and what waits for it, the rating."""
    given = rating(person, first, wishes)
    return [first, *(planning.opening(goal, others, which) if goal else []), *([given] if given else [])]


def touches(person: Any, fields: Record, zone: str) -> dict[str, Any]:
    """What an entry names: {session: {id, start}, set: {id, text}, rated: {id, text, value}}, each None for nothing.

    value: 0 when the rating is gone. One query.
    """
    named = {name: fields.get(name) or "" for name in NAMES}
    own = goals.rating_id(person, named["rated"])
    found = records.many(person, [*named.values(), own])
    here = {name: found[id] for name, id in named.items() if id in found and found[id]["kind"] == NAMES[name]}
    session, goal, rated = (here.get(name) for name in NAMES)
    given = goals.said(found.get(own))
    return {"session": goals.meeting(session, zone) if session else None, "set": goals.brief(goal) if goal else None,
            "rated": goals.brief(rated) | {"value": given["fields"]["value"] if given else 0} if rated else None}


def told(person: Any, fields: Record, zone: str) -> dict[str, Any]:
    """What the reader prints of the prompts."""
    return {"lesson": fields.get("lesson") or "", "touches": touches(person, fields, zone)}
