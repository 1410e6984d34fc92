"""The screens of questions. The same functions in the same order stand in service_worker/questions.js."""
from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Response, request, url_for

from .. import clock, forms, htmx, library, pages, prose, records
from ..errors import Missing, Refused
from ..goals.looking import linked, meeting
from ..goals.planning import offered
from ..pages import me
from . import answering, choosing

PAGE = 12  # worksheets
Record = dict[str, Any]
Opening = dict[str, str]

bp = Blueprint("questions", __name__)


def named() -> str:
    """The id of the session for which a set is chosen, "" when the address names none.

    :raise Missing: it is not here, or not mine
    """
    id = request.args.get("session", "")
    return str(records.find(me().person, "session", id)["id"]) if id else ""


def listed(session: str) -> dict[str, Any]:
    """The list that is asked for: worksheets to go on with, sets by phase, and worksheets that are done.

    12 worksheets a page, after the one named in `?after=`. `?q=` searches the sets, `?time=` is one of choosing.TIMES.
    """
    person, zone = me().person, pages.zone()
    start = next(iter(records.many(person, [request.args.get("after", "")]).values()), None)
    found = records.shelf(person, "worksheet", after=start, limit=PAGE + 1)
    asked = answering.asked(person, found[:PAGE])
    items = [answering.item(sheet, asked[sheet["id"]], zone) for sheet in found[:PAGE]]
    q = prose.clean(request.args.get("q", ""))[:choosing.LONGEST_QUERY]
    time = request.args.get("time", "")
    return {"going": [one for one in items if one["open"]], "done": [one for one in items if not one["open"]],
            "older": items[-1]["id"] if len(found) > PAGE else "", "first": start is None, "session": session,
            "q": q, "time": time if time in choosing.TIMES else "", "phases": choosing.offered(q, time)}


@bp.get("/questions")
def index() -> Response:
    """Go on where I was, then the sets by phase."""
    return pages.show("questions/index.html", **listed(named()))


@bp.route("/questions/<set>", methods=["GET", "POST"])
def set_page(set: str) -> Response:
    """A set with its questions as ticks; used, it becomes a worksheet that keeps their wording.

    :raise Missing: no such set
    """
    one, session = library.find(set), named()
    sheet = choosing.known(me().person, session, set)
    id = choosing.sheet_id(me().person, session, set) if session else ""
    if request.method == "GET":
        return choice(one, session, sheet, forms.opening(sheet, id), choosing.ticked(one, sheet))
    opened = forms.typed_opening(sheet, id)
    return use(one, session, sheet, opened | {"record": id or opened["record"]})


def choice(one: choosing.Set, session: str, sheet: Record | None, opened: Opening, ticked: list[str],
           errors: dict[str, str] | None = None) -> Response:
    """The page of a set, with the list beside it on a desktop. sheet: the worksheet that the session has of it."""
    person, zone, beside = me().person, pages.zone(), listed(session)
    rows = answering.asked(person, [sheet] if sheet else [])
    return pages.show(
        "questions/set_page.html", 422 if errors else 200, set=choosing.with_ticks(one, ticked), opening=opened,
        errors=errors or {}, sessions=offered(person, zone, session), **beside,
        sheet=answering.item(sheet, rows[sheet["id"]], zone) if sheet else None,
        before=[sheet for sheet in beside["going"] + beside["done"] if sheet["set"] == one["id"]])


def use(one: choosing.Set, session: str, sheet: Record | None, opened: Opening) -> Response:
    """Make the worksheet, or change which questions are in it; or say what is wrong."""
    ticked = request.form.getlist("question")
    fields = choosing.used(one, ticked, session, sheet)
    errors = {} if fields["questions"] else {"question": "Tick a question first. One is enough."}
    if not errors:
        binned = sheet if sheet and sheet["fields"].get("binned_at") else None
        rows = answering.asked(me().person, [binned])[binned["id"]] if binned else []
        try:
            id = forms.save(*answering.with_answers(rows, fields, opened, None))
            return pages.see_other("questions.worksheet", id=id)
        except Refused as error:
            errors = {"question": str(error)}
    return choice(one, session, sheet, opened, ticked, errors)


@bp.route("/worksheets/<id>", methods=["GET", "POST"])
def worksheet(id: str) -> Response:
    """One question a screen on a phone, all of them as a list on a desktop; a form answers one of them.

    :raise Missing: no such worksheet, or the question is not in it
    """
    sheet = records.find(me().person, "worksheet", id)
    rows = answering.asked(me().person, [sheet])[id]
    if request.method == "POST":
        return answer(sheet, rows, *answering.find(rows, forms.line("question")))
    if sheet["fields"].get("binned_at"):
        return pages.see_other("questions.answers", id=id)
    wanted, ids = request.args.get("q", ""), [question["id"] for question, _ in rows]
    return page(sheet, rows, wanted if wanted in ids else answering.place(rows))


def page(sheet: Record, rows: answering.Asked, current: str, wrong: Record | None = None) -> Response:
    """The worksheet, or one question of it. wrong: of the current one, what could not be taken, and why."""
    questions = [one | (wrong if wrong and one["id"] == current else {"opening": opening(sheet, *row), "errors": {}})
                 for one, row in zip(answering.numbered(rows), rows, strict=True)]
    question = next((one for one in questions if one["id"] == current), None)
    return pages.show("questions/worksheet.html", 422 if wrong else 200, sheet=whole(sheet, rows), current=current,
                      questions=questions, question=question)


def opening(sheet: Record, question: Record, known: Record | None) -> Opening:
    """The hidden fields of a question's form: about its one answer, also before there is any."""
    return forms.opening(known, answering.answer_id(me().person, sheet["id"], question["id"]))


def whole(sheet: Record, rows: answering.Asked) -> dict[str, Any]:
    """A worksheet as its own pages print it. discussed: how many of the answered ones."""
    zone, session = pages.zone(), linked(me().person, sheet["fields"].get("session") or "")
    told = [known for question, known in rows if known and answering.state(question, known) == "answered"]
    return answering.item(sheet, rows, zone) | {
        "session": meeting(session, zone) if session else None, "binned": bool(sheet["fields"].get("binned_at")),
        "discussed": len([known for known in told if known["fields"].get("discussed")])}


def answer(sheet: Record, rows: answering.Asked, question: Record, known: Record | None) -> Response:
    """Take one answer and go on, or show it again with what is wrong and everything that was typed."""
    id = answering.answer_id(me().person, sheet["id"], question["id"])
    opened, fields = forms.typed_opening(known, id) | {"record": id}, answering.typed(sheet, question)
    errors = answering.wrong(question, fields)
    if not errors and answering.is_news(known, fields):
        try:
            forms.save(forms.change("answer", fields, opened))
        except Refused as error:
            errors = {answering.field_of(question): str(error)}
    if not errors:
        return onward(sheet, rows, question["id"])
    form = answering.shown(question, fields)
    return page(sheet, rows, question["id"], {"opening": opened, "form": form, "errors": errors})


def onward(sheet: Record, rows: answering.Asked, id: str) -> Response:
    """To the next question, after the last to the answers; from a list the one that was answered stays in view."""
    asked = cast(htmx.Request, request).htmx
    if "stay" in (forms.line("go"), forms.line("skip")):
        if asked.partial and asked.part == "question":
            return page(sheet, answering.asked(me().person, [sheet])[sheet["id"]], id)
        return pages.see_other("questions.worksheet", id=sheet["id"], q=id, _anchor=f"question-{id}")
    after = answering.following(rows, id)
    if after:
        return pages.see_other("questions.worksheet", id=sheet["id"], q=after)
    return pages.see_other("questions.answers", id=sheet["id"])


@bp.get("/worksheets/<id>/answers")
def answers(id: str) -> Response:
    """What was answered, and ticks for what was discussed."""
    sheet = records.find(me().person, "worksheet", id)
    rows = answering.asked(me().person, [sheet])[id]
    questions = [one | {"opening": forms.opening(known) if known else None}
                 for one, (_, known) in zip(answering.numbered(rows), rows, strict=True)]
    return pages.show("questions/answers.html", questions=questions,
                      sheet=whole(sheet, rows) | {"opening": forms.opening(sheet)})


@bp.post("/worksheets/<id>/discussed")
def discussed(id: str) -> Response:
    """Tick an answer as discussed, or take the tick away.

    :raise Missing: no such worksheet, or nothing was answered
    """
    sheet = records.find(me().person, "worksheet", id)
    _, known = answering.find(answering.asked(me().person, [sheet])[id], forms.line("question"))
    if known is None:
        raise Missing
    opened = forms.typed_opening(known) | {"record": known["id"]}
    forms.save(forms.change("answer", {"discussed": forms.ticked("discussed")}, opened))
    asked = cast(htmx.Request, request).htmx
    return answers(id) if asked.partial and asked.part == "answers" else pages.see_other("questions.answers", id=id)


@bp.post("/worksheets/<id>/delete")
def delete(id: str) -> Response:
    """Into the bin for 30 days, with its answers; the next page offers the way back."""
    sheet = records.find(me().person, "worksheet", id)
    if not sheet["fields"].get("binned_at"):
        rows, moment = answering.asked(me().person, [sheet])[id], clock.iso(clock.now())
        forms.save(*answering.with_answers(rows, {}, forms.typed_opening(sheet), moment))
        pages.notice("Worksheet moved to the bin.", undo=url_for("questions.bring_back", id=id))
    return pages.see_other("questions.index")


@bp.post("/worksheets/<id>/bring-back")
def bring_back(id: str) -> Response:
    """Out of the bin again, with its answers."""
    sheet = records.find(me().person, "worksheet", id)
    if sheet["fields"].get("binned_at"):
        rows = answering.asked(me().person, [sheet])[id]
        forms.save(*answering.with_answers(rows, {}, forms.typed_opening(sheet), None))
    return pages.see_other("questions.answers", id=id)
