"""The screens of goals. The same functions in the same order stand in service_worker/goals.js."""
from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Response, request, url_for

from .. import clock, forms, htmx, pages, records
from ..errors import Refused
from ..pages import me
from . import looking, planning

PAGE = 50
Record = dict[str, Any]

bp = Blueprint("goals", __name__)


def today() -> str:
    """The day it is for this person."""
    return str(clock.parts(clock.now(), pages.zone())["on"])


@bp.get("/goals")
def index() -> Response:
    """The open goals, those that wait, and the page of the rated ones that is asked for, newest first."""
    found, on = looking.everything(me().person), today()
    still = looking.open_ones(found)
    later = [goal for goal in found if goal["fields"].get("waits") and not goal["rating"]]
    return pages.show(
        "goals/index.html", open=[looking.item(goal, on) for goal in still], rate=looking.due(still, on),
        later=[looking.item(goal, on) for goal in later], **listed(looking.rated_ones(found)))


def listed(rated: list[Record]) -> dict[str, Any]:
    """The page of the rated goals that is asked for: 50 after the one named in `?after=`."""
    after = request.args.get("after", "")
    start = next((n for n, goal in enumerate(rated, 1) if goal["id"] == after), 0)
    found = [looking.rated_item(goal, pages.zone()) for goal in rated[start:start + PAGE]]
    return {"rated": found, "older": found[-1]["id"] if len(rated) > start + PAGE else "", "first": start == 0}


@bp.route("/goals/new", methods=["GET", "POST"])
def new() -> Response:
    """Set a goal, after a look at the last one."""
    if request.method == "POST":
        return write(None, forms.typed_opening())
    near = planning.offered(me().person, pages.zone(), "")
    form = planning.shown({"session": near[0]["id"] if near else ""}, planning.slots([]))
    return pages.show("goals/form.html", **planned("", forms.opening(), form),
                      **above(looking.everything(me().person)))


def above(found: list[Record]) -> dict[str, Any]:
    """What stands above the form of a new goal. last: the one of `?after=`; look: the one to look back at first."""
    still, after, on = looking.open_ones(found), request.args.get("after", ""), today()
    last = next((goal for goal in found if goal["id"] == after), None)
    look = None if last else looking.due(still, on) or looking.newest(still)
    return {"last": looking.summary(last) if last else None, "look": look, "full": len(still) >= looking.MOST_OPEN}


def planned(id: str, opened: dict[str, str], form: dict[str, Any], errors: dict[str, str] | None = None,
            others: list[Record] | None = None) -> dict[str, Any]:
    """What the form shows. id: "" for a new goal; others: the open ones, to say which of them waits."""
    return {"id": id, "opening": opened, "form": form, "errors": errors or {},
            "sessions": planning.offered(me().person, pages.zone(), form["session"]),
            "others": [looking.item(goal, today()) for goal in others or []]}


def write(record: Record | None, opened: dict[str, str]) -> Response:
    """Take the form, or show it again: with what is wrong, or to say which goal waits."""
    found = [] if record else looking.everything(me().person)
    session, slots = looking.linked(me().person, forms.line("session")), planning.typed_slots()
    steps = planning.typed_steps(slots, opened["change"], looking.steps_of(record) if record else [])
    fields = planning.typed() | planning.dated(session, pages.zone()) | {"steps": steps}
    errors, others = planning.wrong(fields, slots, session), looking.crowd(found, opened["record"])
    if not errors and not planning.asks(others):
        try:
            id = forms.save(*planning.letting(forms.change("goal", fields, opened), others))
            return pages.see_other("goals.show", id=id) if record else pages.see_other("goals.index")
        except Refused as error:
            errors = {error.field or "text": str(error)}
    id, form = record["id"] if record else "", planning.shown(fields, slots)
    return pages.show("goals/form.html", 422, **planned(id, opened, form, errors, [] if errors else others),
                      **above(found))


@bp.get("/goals/<id>")
def show(id: str) -> Response:
    """A goal: its steps to tick, how it was rated, and when."""
    return pages.show("goals/show.html", goal=whole(records.find(me().person, "goal", id)))


def whole(goal: Record) -> dict[str, Any]:
    """A goal as its own page prints it."""
    person, fields, zone = me().person, goal["fields"], pages.zone()
    rating, session = looking.rating_of(person, goal["id"]), looking.linked(person, fields.get("session") or "")
    given = looking.said(rating)
    return looking.item(goal, today()) | looking.texts(goal) | {
        "set": clock.parts(clock.parse(goal["at"]), zone),
        "session": looking.meeting(session, zone) if session else None,
        "waits": bool(fields.get("waits")), "binned": bool(fields.get("binned_at")),
        "ratings": looking.history(given, zone) if given else [],
        "waiting": goal["waiting"] or (rating["waiting"] if rating else 0)}


@bp.route("/goals/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """Change a goal."""
    record = records.find(me().person, "goal", id)
    if request.method == "POST":
        return write(record, forms.typed_opening(record))
    form = planning.shown(record["fields"], planning.slots(looking.steps_of(record)))
    return pages.show("goals/form.html", **planned(id, forms.opening(record), form), **above([]))


@bp.post("/goals/<id>/steps")
def steps(id: str) -> Response:
    """Tick the steps that are done. One that the form did not show stays as it is."""
    goal, asked = records.find(me().person, "goal", id), cast(htmx.Request, request).htmx
    ticked, offered = request.form.getlist("done"), request.form.getlist("step")
    found = [step | {"done": step["id"] in ticked if step["id"] in offered else step["done"]}
             for step in looking.steps_of(goal)]
    forms.save(forms.change("goal", {"steps": found}, forms.typed_opening(goal)))
    if asked.partial and asked.part in ("steps", "goal"):
        return show(id)
    return pages.see_other("goals.show", id=id)


@bp.route("/goals/<id>/rating", methods=["GET", "POST"])
def rating(id: str) -> Response:
    """Say how it went, 1 to 5, as often as one's mind changes."""
    goal, before = records.find(me().person, "goal", id), looking.rating_of(me().person, id)
    own = looking.rating_id(me().person, id)
    if request.method == "POST":
        return rate(goal, before, forms.typed_opening(before, own) | {"record": own})
    given = before["fields"] if before else {}
    form = {"value": given.get("value"), "reason": given.get("reason") or ""}
    return look_back(goal, before, forms.opening(before, own), form, {})


def rate(goal: Record, before: Record | None, opened: dict[str, str]) -> Response:
    """Take a rating, then on to the next goal; or show its form again with what is wrong."""
    fields: dict[str, Any] = {"value": forms.number("value"), "reason": forms.text("reason")}
    form, errors = dict(fields), looking.unrateable(fields)
    if before and before["fields"].get("binned_at") and not goal["fields"].get("binned_at"):
        fields["binned_at"] = None
    if not errors:
        try:
            forms.save(forms.change("rating", fields | {"goal": goal["id"]}, opened))
            return then(goal["id"])
        except Refused as error:
            errors = {error.field or "value": str(error)}
    return look_back(goal, before, opened, form, errors)


def then(id: str) -> Response:
    """Where to go with a rating that is kept."""
    if forms.line("then") == "stop":
        return pages.see_other("goals.show", id=id)
    return pages.see_other("goals.new", after=id)


def look_back(goal: Record, before: Record | None, opened: dict[str, str], form: dict[str, Any],
              errors: dict[str, str]) -> Response:
    """The form of a rating, beside what was planned. rated: there is one already."""
    data = looking.item(goal, today()) | looking.texts(goal) | {"rated": bool(looking.said(before))}
    return pages.show("goals/rating.html", 422 if errors else 200, goal=data, opening=opened, form=form, errors=errors)


@bp.post("/goals/<id>/waits")
def waits(id: str) -> Response:
    """Let a goal wait, or take it up again; where three are open, say which one waits instead."""
    goal, waiting = records.find(me().person, "goal", id), forms.ticked("waits")
    opened, fits = forms.typed_opening(goal), waiting or not goal["fields"].get("waits")
    others = [] if fits else looking.crowd(looking.everything(me().person), id)
    if planning.asks(others):
        choices = [looking.item(one, today()) for one in others]
        return pages.show("goals/waits.html", 422, goal=looking.item(goal, today()), opening=opened, others=choices)
    forms.save(*planning.letting(forms.change("goal", {"waits": waiting}, opened), others))
    if waiting:
        pages.notice("It waits. Nothing of it is lost.", undo=url_for("goals.waits", id=id))
    return pages.see_other("goals.index")


@bp.post("/goals/<id>/delete")
def delete(id: str) -> Response:
    """Into the bin for 30 days, with its rating; the next page offers the way back."""
    goal = records.find(me().person, "goal", id)
    at = goal["fields"].get("binned_at") or clock.iso(clock.now())
    forms.save(*planning.binning(forms.typed_opening(goal), at, looking.rating_of(me().person, id)))
    pages.notice("Goal moved to the bin.", undo=url_for("goals.bring_back", id=id))
    return pages.see_other("goals.index")


@bp.post("/goals/<id>/bring-back")
def bring_back(id: str) -> Response:
    """Out of the bin again, with its rating."""
    goal = records.find(me().person, "goal", id)
    forms.save(*planning.binning(forms.typed_opening(goal), None, looking.rating_of(me().person, id)))
    return pages.see_other("goals.show", id=id)
