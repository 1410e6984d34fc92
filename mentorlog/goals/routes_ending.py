"""The screens of a goal that goes another way: carried over, split, let go. Twins: service_worker/goals.js."""
from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from .. import forms, pages, records
from ..errors import Refused
from ..pages import me, today
from . import ending, looking, planning
from .routes import bp

RATED_MEANWHILE = "It was rated meanwhile. Both stand here: the rating, and what you chose now."
SPLIT_MEANWHILE = "It was split already, elsewhere or from another page. Its parts stand on its own page."
Record = dict[str, Any]


def told(goal: Record) -> Record:
    """The goal with its rating, None while nobody said how it went."""
    return goal | {"rating": looking.said(looking.rating_of(me().person, goal["id"]))}


@bp.route("/goals/<id>/carry", methods=["GET", "POST"])
def carry(id: str) -> Response:
    """The same goal with a new date. One that was looked back at goes on as a goal of its own."""
    goal = told(records.find(me().person, "goal", id))
    if request.method == "POST":
        return carry_over(goal, forms.typed_opening(goal))
    if looking.is_closed(goal):
        return pages.see_other("goals.new", after=id, carry=planning.GOAL)
    near = planning.offered(me().person, pages.zone(), "")
    form = {"session": ending.next_of(goal, near), "due_on": "", "due_before": goal["fields"].get("due_on") or ""}
    return another_date(goal, forms.opening(goal), form, {})


def carry_over(goal: Record, opened: dict[str, str]) -> Response:
    """Take the new date, or say what is wrong with it."""
    session, typed = looking.linked(me().person, forms.line("session")), planning.typed_when()
    fields = typed | planning.dated(session, pages.zone())
    errors = ending.wrong_date(fields, session)
    if not errors:
        try:
            forms.save(forms.change("goal", fields | planning.dated_anew(goal, fields["due_on"]), opened))
            if goal["rating"]:
                pages.notice(RATED_MEANWHILE)
            return pages.see_other("goals.show", id=goal["id"])
        except Refused as error:
            errors = {"due_on": str(error)}
    form = {name: typed[name] or "" for name in typed} | {"due_before": forms.line("due_before")}
    return another_date(goal, opened, form, errors)


def another_date(goal: Record, opened: dict[str, str], form: dict[str, Any], errors: dict[str, str]) -> Response:
    """The form of a new date."""
    sessions = planning.offered(me().person, pages.zone(), form["session"])
    return pages.show("goals/carry.html", 422 if errors else 200, goal=looking.item(goal, today()), opening=opened,
                      form=form, errors=errors, sessions=sessions)


@bp.route("/goals/<id>/let-go", methods=["GET", "POST"])
def let_go(id: str) -> Response:
    """Give a goal up: why, if one likes, and no number."""
    goal = told(records.find(me().person, "goal", id))
    if request.method == "GET":
        asked = forms.opening(goal), goal["fields"].get("ended_why") or ""
        return pages.see_other("goals.show", id=id) if goal["rating"] else farewell(goal, *asked, {})
    opened, why = forms.typed_opening(goal), forms.text("reason")
    errors = ending.wrong_reason(why)
    if not errors:
        try:
            forms.save(ending.ending(goal, ending.LET_GO, why, opened))
            pages.notice(RATED_MEANWHILE if goal["rating"] else "It is let go.", undo=url_for("goals.waits", id=id))
            return pages.see_other("goals.index")
        except Refused as error:
            errors = {"reason": str(error)}
    return farewell(goal, opened, why, errors)


def farewell(goal: Record, opened: dict[str, str], why: str, errors: dict[str, str]) -> Response:
    """The form of letting go."""
    return pages.show("goals/let_go.html", 422 if errors else 200, goal=looking.item(goal, today()), opening=opened,
                      form={"reason": why}, errors=errors)


@bp.route("/goals/<id>/split", methods=["GET", "POST"])
def split(id: str) -> Response:
    """One goal becomes two; the old one is rated, or ends without a number."""
    goal = told(records.find(me().person, "goal", id))
    if request.method == "POST":
        return take_apart(goal, ending.typed_split(goal), forms.typed_opening(goal))
    if looking.is_closed(goal):
        return pages.see_other("goals.show", id=id)
    near = planning.offered(me().person, pages.zone(), "")
    return two(goal, forms.opening(goal), ending.splitting(goal, near), {})


def take_apart(goal: Record, form: dict[str, Any], opened: dict[str, str]) -> Response:
    """Take the form of a split; or show it again: with what is wrong, or to say which goals wait."""
    person, session = me().person, looking.linked(me().person, form["session"] or "")
    made, others = ending.parts(goal, form, session, pages.zone()), ending.beside(looking.everything(person), goal)
    need = planning.crowding(others, 1 if made[1]["waits"] else 2)
    chosen = planning.chosen(need, [planning.NEW, *(one["id"] for one in others)])
    errors = ending.wrong_split(form, session)
    if ending.is_split_elsewhere(goal, opened, person):
        errors["text1"] = SPLIT_MEANWHILE
    if not errors and chosen is not None:
        try:
            return keep_parts(goal, form, made, opened, chosen, others)
        except Refused as error:
            errors = {"text1": str(error)}
    return two(goal, opened, form, errors, [] if errors else others, need)


def keep_parts(goal: Record, form: dict[str, Any], made: list[dict[str, Any]], opened: dict[str, str],
               chosen: list[str], others: list[Record]) -> Response:
    """Write the two goals, how the old one ended, and what waits for them."""
    made[1]["waits"] = made[1]["waits"] or planning.NEW in chosen
    rating = {"id": looking.rating_id(me().person, goal["id"]), "rev": ""}  # as its form showed it
    first, *rest = ending.changes(goal, form, made, rating, opened)
    forms.save(first, *rest, *planning.letting(first, others, chosen))
    if goal["rating"] and form["value"] is None:
        pages.notice(RATED_MEANWHILE)
    return pages.see_other("goals.index")


def two(goal: Record, opened: dict[str, str], form: dict[str, Any], errors: dict[str, str],
        others: list[Record] | None = None, need: int = 0) -> Response:
    """The form of a split. others: the open goals, to say which `need` of them wait."""
    return pages.show(
        "goals/split.html", 422 if errors or others else 200, goal=looking.item(goal, today()), opening=opened,
        form={name: form[name] or "" for name in form} | {"value": form["value"], "parts": form["parts"]},
        steps=looking.open_steps(goal), errors=errors, need=need,
        sessions=planning.offered(me().person, pages.zone(), form["session"] or ""),
        others=planning.choices(others or [], need, today()))
