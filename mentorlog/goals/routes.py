"""The screens of goals. The same functions in the same order stand in service_worker/goals.js."""
from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Response, request, url_for

from .. import carried, clock, forms, htmx, pages, records
from ..errors import Refused
from ..pages import me, today
from . import chart, course, looking, month, planning

PAGE = 50
SHORT = 3  # goals looked back at, on the first page
Record = dict[str, Any]

bp = Blueprint("goals", __name__)


@bp.get("/goals")
def index() -> Response:
    """The open goals, those that wait, how the last ones went, and what there is to look back at."""
    found, on, zone = looking.everything(me().person), today(), pages.zone()
    wrote = month.written(me().person, on, zone)
    still, closed = looking.open_ones(found), looking.closed_ones(found)
    return pages.show(
        "goals/index.html", open=[looking.item(goal, on) for goal in still], rate=looking.due(still, on),
        over=planning.crowding(still, 0), later=[looking.item(goal, on) for goal in looking.later_ones(found)],
        closed=[looking.closed_item(goal, zone) for goal in closed[:SHORT]], count=len(closed),
        line=chart.line(closed, zone), areas=chart.areas(closed), month=month.last(found, wrote, on, zone),
        sign=sign(found))


def sign(found: list[Record]) -> str:
    """What asks whether it has run its course, "" for nothing."""
    if course.is_quiet(pages.settings(), today()):
        return ""
    return course.asked(found, course.lately(me().person), pages.zone())


@bp.get("/goals/rated")
def rated() -> Response:
    """All goals that were looked back at, or those of one area (`?area=`), 50 after the one named in `?after=`."""
    closed = looking.closed_ones(looking.everything(me().person))
    area, after, zone = request.args.get("area", ""), request.args.get("after", ""), pages.zone()
    areas = chart.areas(closed)
    area = area if area in areas else ""
    found = [goal for goal in closed if area in ("", chart.area_of(goal))]
    start = next((n for n, goal in enumerate(found, 1) if goal["id"] == after), 0)
    shown = [looking.closed_item(goal, zone) for goal in found[start:start + PAGE]]
    return pages.show("goals/rated.html", closed=shown, count=len(found), line=chart.line(found, zone), areas=areas,
                      area=area, older=shown[-1]["id"] if len(found) > start + PAGE else "", first=start == 0)


@bp.route("/goals/new", methods=["GET", "POST"])
def new() -> Response:
    """Set a goal, after a look at the last one, from which it can be carried over (`?after=`, `?carry=`).

    `?answer=` takes an answer as its reason.
    """
    if request.method == "POST":
        return write(None, forms.typed_opening())
    found = looking.everything(me().person)
    stands, near = above(found), planning.offered(me().person, pages.zone(), "")
    last = looking.named(found, request.args.get("after", ""))
    form = planning.beginning(near, last, stands["carry"])
    return again(None, found, forms.opening(), form | carried.goal(me().person, request.args.get("answer", "")))


def above(found: list[Record]) -> dict[str, Any]:
    """What stands above the form of a new goal.

    last: the one of `?after=`, closed: it is; carry: what of it is carried over, `goal` or `steps`; undone: how many
    of its steps are; look: the one to look back at first; full: three are open.
    """
    still, last, on = looking.open_ones(found), looking.named(found, request.args.get("after", "")), today()
    carry, closed = request.args.get("carry", ""), bool(last and looking.is_closed(last))
    return {"last": looking.summary(last) if last else None, "closed": closed,
            "look": None if last else looking.due(still, on) or looking.newest(still),
            "carry": carry if closed and carry in (planning.GOAL, planning.STEPS) else "",
            "undone": len(looking.open_steps(last)) if last else 0, "full": planning.crowding(still, 1) > 0}


def write(record: Record | None, opened: dict[str, str]) -> Response:
    """Take the form, or show it again: with what is wrong, with its steps in another order, to say what waits."""
    found = [] if record else looking.everything(me().person)
    slots = planning.typed_slots(looking.steps_of(record) if record else [])
    if (turned := forms.turned(slots)) is not None:
        return again(record, found, opened, planning.shown(planning.typed() | planning.hidden(),
                                                            planning.filled_up(turned)))
    session, others = looking.linked(me().person, forms.line("session")), planning.beside(found, opened["record"])
    fields = planning.filled(record, found, session, slots, opened["change"])
    errors, need = planning.wrong(fields, slots, session, record), planning.crowding(others, 0 if record else 1)
    which = planning.chosen(need, [planning.NEW, *(goal["id"] for goal in others)])
    if not errors and which is not None:
        try:
            return keep(record, fields, opened, others, which)
        except Refused as error:
            errors = {error.field or "text": str(error)}
    form = planning.shown(fields | planning.hidden(), slots)
    return again(record, found, opened, form, errors, [] if errors else others, need)


def keep(record: Record | None, fields: dict[str, Any], opened: dict[str, str], others: list[Record],
         which: list[str]) -> Response:
    """Write the goal, and what waits for it."""
    id = forms.save(*planning.opening(forms.change("goal", fields, opened), others, which))
    return pages.see_other("goals.show", id=id) if record else pages.see_other("goals.index")


def again(record: Record | None, found: list[Record], opened: dict[str, str], form: dict[str, Any],
          errors: dict[str, str] | None = None, others: list[Record] | None = None, need: int = 0) -> Response:
    """The form of a goal, None for a new one. others: the open ones, to say which `need` of them wait."""
    data = {"id": record["id"] if record else "", "opening": opened, "form": form, "errors": errors or {},
            "sessions": planning.offered(me().person, pages.zone(), form["session"]), "need": need,
            "answer": request.args.get("answer", ""), "others": planning.choices(others or [], need, today())}
    return pages.show("goals/form.html", 422 if errors or others else 200, **data, **above(found))


@bp.get("/goals/<id>")
def show(id: str) -> Response:
    """A goal: its steps to tick, how it was rated, and when."""
    return pages.show("goals/show.html", goal=whole(records.find(me().person, "goal", id)), kept=pages.unsettled())


def whole(goal: Record) -> dict[str, Any]:
    """A goal as its own page prints it."""
    person, fields, zone = me().person, goal["fields"], pages.zone()
    rating, session = looking.rating_of(person, goal["id"]), looking.linked(person, fields.get("session") or "")
    given, at = looking.said(rating), fields.get("ended_at")
    return looking.item(goal, today()) | looking.texts(goal) | looking.kin(person, goal) | {
        "set": clock.parts(clock.parse(goal["at"]), zone),
        "session": looking.meeting(session, zone) if session else None, "tied": looking.tied(person, goal["id"], zone),
        "waits": bool(fields.get("waits")), "binned": bool(fields.get("binned_at")),
        "ended": looking.ended(goal), "ended_why": fields.get("ended_why") or "",
        "ended_on": clock.parts(clock.parse(at), zone) if at else None,
        "ratings": looking.history(given, zone) if given else [], "rating": rating["id"] if rating else "",
        "waiting": goal["waiting"] or (rating["waiting"] if rating else "")}


@bp.route("/goals/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """Change a goal."""
    record = records.find(me().person, "goal", id)
    if request.method == "POST":
        return write(record, forms.typed_opening(record))
    form = planning.shown(record["fields"], planning.slots(looking.steps_of(record)))
    return again(record, [], forms.opening(record), form)


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
        return rate(goal, before, forms.typed_opening(before, own))
    given = before["fields"] if before else {}
    form = {"value": given.get("value"), "reason": given.get("reason") or ""}
    return look_back(goal, before, forms.opening(before, own), form, {})


def rate(goal: Record, before: Record | None, opened: dict[str, str]) -> Response:
    """Take a rating, then on to the next goal; or show its form again with what is wrong."""
    form: dict[str, Any] = {"value": forms.number("value"), "reason": forms.text("reason")}
    errors = looking.unrateable(form)
    if not errors:
        try:
            fields = form | looking.place(goal, before) | {"goal": goal["id"]}
            forms.save(forms.change("rating", fields, opened))
            return then(goal)
        except Refused as error:
            errors = {error.field or "value": str(error)}
    return look_back(goal, before, opened, form, errors)


def then(goal: Record) -> Response:
    """Where to go with a rating that is kept."""
    if forms.line("then") == "stop" or goal["fields"].get("binned_at"):
        return pages.see_other("goals.show", id=goal["id"])
    return pages.see_other("goals.new", after=goal["id"])


def look_back(goal: Record, before: Record | None, opened: dict[str, str], form: dict[str, Any],
              errors: dict[str, str]) -> Response:
    """The form of a rating, beside what was planned, and what was said before."""
    given, zone = looking.said(before), pages.zone()
    data = looking.item(goal, today()) | looking.texts(goal) | {
        "ratings": looking.history(given, zone) if given else [], "tied": looking.tied(me().person, goal["id"], zone)}
    return pages.show("goals/rating.html", 422 if errors else 200, goal=data, opening=opened, form=form, errors=errors)


@bp.post("/goals/<id>/waits")
def waits(id: str) -> Response:
    """Let a goal wait, or take it up again, also one that was let go; where three are open, say what waits instead."""
    goal, waiting = records.find(me().person, "goal", id), forms.ticked("waits")
    opened, found = forms.typed_opening(goal), looking.everything(me().person)
    others = planning.beside(found, id)
    need = 0 if waiting or looking.named(looking.open_ones(found), id) else planning.crowding(others, 1)
    which = planning.chosen(need, [one["id"] for one in others])
    if which is None:
        return ask_which(looking.item(goal, today()), opened, others, need)
    first = forms.change("goal", {"waits": True} if waiting else planning.GOING, opened)
    forms.save(first, *planning.letting(first, others, which))
    if waiting:
        pages.notice("It waits. Nothing of it is lost.", undo=url_for("goals.waits", id=id))
    return pages.see_other("goals.index")


@bp.route("/goals/which", methods=["GET", "POST"])
def which() -> Response:
    """Say which goals wait, when more than three came together."""
    still, opened = looking.open_ones(looking.everything(me().person)), forms.typed_opening()
    need = planning.crowding(still, 0)
    chosen = planning.chosen(need, [goal["id"] for goal in still])
    if request.method == "GET" or (need and not chosen):
        return ask_which(None, opened, still, need)
    if chosen:
        first, *rest = [goal for goal in still if goal["id"] in chosen]
        change = forms.change("goal", {"waits": True}, forms.opening(first) | {"change": opened["change"]})
        forms.save(change, *planning.letting(change, rest, chosen))
    return pages.see_other("goals.index")


def ask_which(goal: dict[str, Any] | None, opened: dict[str, str], others: list[Record], need: int) -> Response:
    """The page that asks which goals wait: for this one that is taken up, or because too many are open."""
    return pages.show("goals/which.html", 422 if request.method == "POST" else 200, goal=goal, opening=opened,
                      others=planning.choices(others, need, today()), need=need)


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
    """Out of the bin again, with its rating; where it is one too many, the next page asks which one waits."""
    goal = records.find(me().person, "goal", id)
    forms.save(*planning.binning(forms.typed_opening(goal), None, looking.rating_of(me().person, id)))
    return pages.see_other("goals.which") if looking.too_many(me().person) else pages.see_other("goals.show", id=id)
