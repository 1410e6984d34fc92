"""The screens on which a set is found and picked. The same functions in the same order stand in
service_worker/questions.js."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from .. import forms, goals, pages, prose, records
from ..errors import Refused
from ..library import SITUATIONS
from ..pages import me
from . import aiming, answering, arranging, choosing, sets

NEAR = 12  # worksheets that the list of sets looks at
MOST_ROWS = 3  # of each kind, on the list of sets
PAGE = 20  # worksheets
SESSIONS, GOALS = 100, 12  # looked at, to know what fits now
EARLIER = 50  # answers to what are you looking for
ALREADY = ("You use this set for that session already. Its questions stand above, with what you chose here: look once "
           "more, then use them.")
Record = dict[str, Any]
Opening = dict[str, str]

bp = Blueprint("questions", __name__)


def named() -> str:
    """The id of the session for which a set is chosen, "" when the address names none.

    :raise Missing: it is not here, or not mine
    """
    id = request.args.get("session", "")
    return str(records.find(me().person, "session", id)["id"]) if id else ""


def one_of(words: tuple[str, ...], word: str) -> str:
    """The word, "" if it is none of these."""
    return word if word in words else ""


def listed(session: str) -> dict[str, Any]:
    """The list that is asked for. session: for which one a set is chosen; "" for the next one there is.

    `?q=` searches the sets, `?time=` is one of choosing.TIMES or `own`, `?situation=` one of library.SITUATIONS; with
    none of them: worksheets to go on with, what is offered, and the situations.
    """
    person, zone = me().person, pages.zone()
    q = prose.clean(request.args.get("q", ""))[:choosing.LONGEST_QUERY]
    time = one_of((*choosing.TIMES, choosing.OWN), request.args.get("time", ""))
    situation = one_of(SITUATIONS, request.args.get("situation", ""))
    near, every = choosing.meetings(person, zone, session), sets.everything(person)
    meeting = next((one for one in near if one["id"] == session), next(iter(near), None))
    asks = bool(prose.words(q) or time or situation)
    return {"q": q, "time": time, "situation": situation, "asks": asks, "meeting": meeting,
            "session": meeting["id"] if meeting else "", "count": len(every),
            "found": choosing.looked_for(every, q, time, situation) if asks else [],
            **({} if asks else first_page(every, meeting))}


def first_page(every: list[sets.Set], meeting: dict[str, Any] | None) -> dict[str, Any]:
    """What the list shows before anything is asked of it: where one was, what is offered now, all situations."""
    person, zone = me().person, pages.zone()
    found = records.shelf(person, "worksheet", limit=NEAR)
    asked = answering.asked(person, found)
    items = [answering.item(sheet, asked[sheet["id"]], zone) for sheet in found]
    aims = aiming.aims(next(iter(aiming.said(person, 1)), None))
    own = [choosing.row(one) for one in every if one["own"]]
    return {"going": [one for one in items if one["open"]][:MOST_ROWS],
            "done": [one for one in items if not one["open"]][:MOST_ROWS], "sheets": items, "aims": aims,
            "offered": choosing.offered(every, now(meeting) | choosing.used(found, meeting) | {"aims": aims}),
            "situations": choosing.situations(every), "own": own[:MOST_ROWS], "owned": len(own)}


def now(meeting: dict[str, Any] | None) -> dict[str, Any]:
    """What fits now, see choosing.offered. Of goals only the newest are looked at."""
    person, held = me().person, [one for one in records.shelf(me().person, "session", limit=SESSIONS)
                                 if one["fields"].get("state") == "held"]
    found = records.shelf(person, "goal", limit=GOALS)
    ids = [goals.rating_id(person, goal["id"]) for goal in found]
    ratings = records.many(person, ids)
    rated = [goal | {"rating": goals.said(ratings.get(id))} for goal, id in zip(found, ids, strict=True)]
    on = meeting["start"]["on"] if meeting else pages.today()
    return {"first": not held, "goal": goals.due(goals.open_ones(rated), on) is not None}


@bp.get("/questions")
def index() -> Response:
    """Go on where I was, then what is offered, then every set by situation."""
    return pages.show("questions/index.html", **listed(named()))


@bp.route("/questions/looking-for", methods=["GET", "POST"])
def aim() -> Response:
    """What are you looking for? Each answer is a record of its own, so that earlier ones keep their dates."""
    before = aiming.said(me().person, EARLIER)
    last = before[0] if before else None
    if request.method == "GET":
        return looking_for(before, forms.opening(), aiming.shown(last["fields"] if last else {}), {})
    opened, fields = forms.typed_opening(), aiming.typed()
    errors = aiming.wrong(fields)
    if not errors:
        try:
            if aiming.is_news(last, fields):
                forms.save(forms.change("aim", fields, opened))
            return pages.see_other("questions.index")
        except Refused as error:
            errors = {error.field or "text": str(error)}
    return looking_for(before, opened, aiming.shown(fields), errors)


def looking_for(before: list[Record], opened: Opening, form: dict[str, Any], errors: dict[str, str]) -> Response:
    """The form, and what was said before, the newest first."""
    return pages.show("questions/aim.html", 422 if errors else 200, opening=opened, form=form, errors=errors,
                      said=[aiming.item(one, pages.zone()) for one in before])


@bp.get("/worksheets")
def worksheets() -> Response:
    """All worksheets by date, the newest first: 20 after the one named in `?after=`."""
    person, zone = me().person, pages.zone()
    start = next(iter(records.many(person, [request.args.get("after", "")]).values()), None)
    found = records.shelf(person, "worksheet", after=start, limit=PAGE + 1)
    asked = answering.asked(person, found[:PAGE])
    items = [answering.item(sheet, asked[sheet["id"]], zone) for sheet in found[:PAGE]]
    return pages.show("questions/worksheets.html", sheets=items, first=start is None,
                      older=items[-1]["id"] if len(found) > PAGE else "")


@bp.route("/questions/<set>", methods=["GET", "POST"])
def set_page(set: str) -> Response:
    """A set with its questions as ticks; used, it becomes a worksheet that keeps their wording.

    :raise Missing: no such set
    """
    one, there = sets.find(me().person, set), named()
    session = wanted(there)
    sheet = choosing.known(me().person, session, set)
    id = choosing.sheet_id(me().person, session, set) if session else ""
    if request.method == "GET":
        return choice(one, session, sheet, forms.opening(sheet, id), arranging.at_first(one, sheet))
    if session == there:
        return use(one, session, sheet, forms.typed_opening(sheet, id))
    opened = for_another(sheet, id)
    if sheet is None or opened["change"] in (opened["base"], opened["after"]):
        return use(one, session, sheet, opened)
    chosen = arranging.joined(one, choosing.known(me().person, there, set), sheet)
    return choice(one, session, sheet, opened, chosen, {"session": ALREADY})


def wanted(there: str) -> str:
    """The id of the session that the form is for. there: the one of its address, which holds where it names none.

    :raise Missing: it is not here, or not mine
    """
    id = forms.line("session") if "session" in request.form else there
    return str(records.find(me().person, "session", id)["id"]) if id else ""


def for_another(sheet: Record | None, id: str) -> Opening:
    """The hidden fields of a form that was opened for another session than it is sent for: its change stays, so that
    a second tap changes nothing; it stands on the worksheet of the session that was chosen."""
    change = forms.line("change")
    opened = forms.opening(sheet, id or (records.name_id(change, "worksheet") if change else ""))
    return opened | ({"change": change} if change else {})


def choice(one: sets.Set, session: str, sheet: Record | None, opened: Opening, chosen: list[str],
           errors: dict[str, str] | None = None) -> Response:
    """The page of a set, with the list beside it on a desktop. sheet: the worksheet that the session has of it."""
    person, zone, beside = me().person, pages.zone(), listed(session)
    rows = answering.asked(person, [sheet] if sheet else [])
    answered = answering.answered(rows[sheet["id"]]) if sheet else []
    return pages.show(
        "questions/set_page.html", 422 if errors else 200, opening=opened, errors=errors or {}, chosen=session,
        set=choosing.row(one) | {"when": one["when_to_use"], "binned": one["binned"]},
        form=arranging.shown(one, sheet, chosen, answered), sessions=choosing.meetings(person, zone, session), **beside,
        sheet=answering.item(sheet, rows[sheet["id"]], zone) if sheet else None,
        before=[other for other in beside["sheets"] if other["set"] == one["id"]], kept=pages.unsettled())


def use(one: sets.Set, session: str, sheet: Record | None, opened: Opening) -> Response:
    """Make the worksheet, or change which questions are in it; or say what is wrong. *Up* writes nothing."""
    picked = arranging.picked(one, sheet, opened["record"])
    if picked.moved:
        return choice(one, session, sheet, opened, picked.chosen)
    rows = answering.asked(me().person, [sheet])[sheet["id"]] if sheet else []
    errors, kept = picked.errors, arranging.arranged(sheet, picked, answering.answered(rows))
    fields = {"set": one["id"], "title": one["title"], "session": session or None, "questions": kept}
    if not errors:
        binned = rows if sheet and sheet["fields"].get("binned_at") else []
        try:
            id = forms.save(*answering.with_answers(binned, fields, opened, None))
            return pages.see_other("questions.worksheet", id=id)
        except Refused as error:
            errors = {"question": str(error)}
    return choice(one, session, sheet, opened, picked.chosen, errors)


@bp.route("/worksheets/<id>/questions", methods=["GET", "POST"])
def arrange(id: str) -> Response:
    """Which questions a worksheet asks, and in which order; also while it is being answered."""
    sheet = records.find(me().person, "worksheet", id)
    one, rows = arranging.set_of(me().person, sheet), answering.asked(me().person, [sheet])[id]
    if request.method == "GET":
        return arrangement(one, sheet, rows, forms.opening(sheet), arranging.at_first(one, sheet))
    opened, picked = forms.typed_opening(sheet), arranging.picked(one, sheet, id)
    if picked.moved:
        return arrangement(one, sheet, rows, opened, picked.chosen)
    errors, kept = picked.errors, arranging.arranged(sheet, picked, answering.answered(rows))
    if not errors:
        try:
            forms.save(forms.change("worksheet", {"questions": kept}, opened))
            return pages.see_other("questions.worksheet", id=id)
        except Refused as error:
            errors = {"question": str(error)}
    return arrangement(one, sheet, rows, opened, picked.chosen, errors)


def arrangement(one: sets.Set | None, sheet: Record, rows: answering.Asked, opened: Opening, chosen: list[str],
                errors: dict[str, str] | None = None) -> Response:
    """The page on which the questions of a worksheet are chosen."""
    return pages.show(
        "questions/arrange.html", 422 if errors else 200, opening=opened, errors=errors or {},
        sheet=answering.item(sheet, rows, pages.zone()),
        form=arranging.shown(one, sheet, chosen, answering.answered(rows)))
