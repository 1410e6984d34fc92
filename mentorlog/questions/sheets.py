"""The screens of a worksheet. Their twins stand in service_worker/questions/sheets.js."""
from __future__ import annotations

from typing import Any, cast

from flask import Response, request, url_for

from .. import clock, forms, htmx, pages, records
from ..errors import Missing, Refused
from ..goals.looking import linked, meeting
from ..pages import me
from . import answering
from .routes import bp

Record = dict[str, Any]
Opening = dict[str, str]


def asks_for(*parts: str) -> bool:
    """Whether the page wants one of these parts only."""
    asked = cast(htmx.Request, request).htmx
    return asked.partial and asked.part in parts


@bp.route("/worksheets/<id>", methods=["GET", "POST"])
def worksheet(id: str) -> Response:
    """One question a screen on a phone, all of them as a list on a desktop; a form answers one of them.

    :raise Missing: no such worksheet, or the question is not in it
    """
    sheet = records.find(me().person, "worksheet", id)
    if request.method == "POST":
        return answer(sheet, forms.line("question"))
    rows, wanted = answering.asked(me().person, [sheet])[id], request.args.get("q", "")
    if sheet["fields"].get("binned_at"):
        return pages.see_other("questions.answers", id=id)
    ids = [question["id"] for question, _ in answering.inside(rows)]
    current = wanted if wanted in ids else answering.place(rows)
    return one_question(sheet, rows, current) if asks_for("question") else page(sheet, rows, current)


def page(sheet: Record, rows: answering.Asked, current: str, wrong: Record | None = None) -> Response:
    """The whole worksheet. wrong: of the current question, what could not be taken, and why."""
    here = rows if wrong else answering.inside(rows)
    questions = [one | (wrong if wrong and one["id"] == current else {"opening": opening(sheet, *row), "errors": {}})
                 for one, row in zip(answering.numbered(here), here, strict=True)]
    return pages.show("questions/worksheet.html", 422 if wrong else 200, sheet=whole(sheet, rows), current=current,
                      questions=questions)


def one_question(sheet: Record, rows: answering.Asked, id: str, wrong: Record | None = None) -> Response:
    """One question of the worksheet, alone. rows: its answer is enough."""
    question, known = answering.find(rows, id)
    here = answering.inside(rows) if not question["out"] else [(question, known)]
    shown = next(one for one in answering.numbered(here) if one["id"] == id)
    given = wrong or {"opening": opening(sheet, question, known), "errors": {}}
    return pages.show("questions/worksheet.html", 422 if wrong else 200, question=shown | given, current=id,
                      sheet={"id": sheet["id"], "count": len(here)})


def opening(sheet: Record, question: Record, known: Record | None) -> Opening:
    """The hidden fields of a question's form: about its one answer, also before there is any."""
    return forms.opening(known, answering.answer_id(me().person, sheet["id"], question["id"]))


def whole(sheet: Record, rows: answering.Asked) -> dict[str, Any]:
    """A worksheet as its own pages print it. discussed: how many of the answered ones."""
    zone, session = pages.zone(), linked(me().person, sheet["fields"].get("session") or "")
    told = [known for question, known in rows if known and answering.state(question, known) == "answered"]
    return answering.item(sheet, rows, zone) | {
        "session": meeting(session, zone) if session else None, "binned": bool(sheet["fields"].get("binned_at")),
        "told": len(told), "discussed": len([known for known in told if known["fields"].get("discussed")])}


def answer(sheet: Record, id: str) -> Response:
    """Take one answer and go on, or show it again with what is wrong and everything that was typed."""
    rows = answering.asked_one(me().person, sheet, id)
    question, known = answering.find(rows, id)
    own = answering.answer_id(me().person, sheet["id"], id)
    opened, fields = forms.typed_opening(known, own), answering.typed(sheet, question)
    errors = answering.wrong(question, fields, known)
    if not errors and answering.is_news(known, fields):
        try:
            forms.save(forms.change("answer", fields, opened))
        except Refused as error:
            errors = {answering.field_of(question): str(error)}
    if not errors:
        return onward(sheet, question)
    wrong = {"opening": opened, "form": answering.shown(question, fields), "errors": errors}
    if asks_for("question"):
        return one_question(sheet, rows, id, wrong)
    return page(sheet, answering.asked(me().person, [sheet])[sheet["id"]], id, wrong)


def onward(sheet: Record, question: Record) -> Response:
    """To the next question, after the last to the answers; from a list the one that was answered stays in view.

    A page whose script goes on by itself (`go`, `skip` say `next`) gets the question that was answered, as it is now.
    """
    id, said = question["id"], (forms.line("go"), forms.line("skip"))
    if question["out"]:
        pages.notice("This question was left out meanwhile. Your answer is kept below the others.")
        return pages.see_other("questions.answers", id=sheet["id"])
    rows = answering.asked_one(me().person, sheet, id)
    after = answering.following(rows, id)
    if asks_for("question") and ("stay" in said or after):
        return one_question(sheet, rows, id)
    if "stay" in said:
        return pages.see_other("questions.worksheet", id=sheet["id"], q=id, _anchor=f"question-{id}")
    if after:
        return pages.see_other("questions.worksheet", id=sheet["id"], q=after)
    return pages.see_other("questions.answers", id=sheet["id"])


def told(sheet: Record) -> dict[str, Any]:
    """The answers of a worksheet, and those to questions that are no longer in it."""
    rows = answering.asked(me().person, [sheet])[sheet["id"]]
    parts = {"questions": answering.inside(rows), "left": answering.left_out(rows)}
    shown = {name: [one | {"opening": forms.opening(known) if known else None}
                    for one, (_, known) in zip(answering.numbered(some), some, strict=True)]
             for name, some in parts.items()}
    return shown | {"sheet": whole(sheet, rows) | {"opening": forms.opening(sheet)}}


@bp.get("/worksheets/<id>/answers")
def answers(id: str) -> Response:
    """What was answered."""
    return pages.show("questions/answers.html", kept=pages.unsettled(),
                      **told(records.find(me().person, "worksheet", id)))


@bp.get("/worksheets/<id>/talk")
def talk(id: str) -> Response:
    """The answers to talk from: large, each with a tick for *discussed*."""
    return pages.show("questions/talk.html", **told(records.find(me().person, "worksheet", id)))


@bp.post("/worksheets/<id>/discussed")
def discussed(id: str) -> Response:
    """Tick an answer as discussed, or take the tick away.

    :raise Missing: no such worksheet, or nothing was answered
    """
    sheet = records.find(me().person, "worksheet", id)
    question = forms.line("question")
    _, known = answering.find(answering.asked_one(me().person, sheet, question), question)
    if known is None:
        raise Missing
    forms.save(forms.change("answer", {"discussed": forms.ticked("discussed")}, forms.typed_opening(known)))
    if asks_for("answers"):
        return answers(id)
    if asks_for("talk"):
        return talk(id)
    return pages.see_other("questions.talk" if forms.line("from") == "talk" else "questions.answers", id=id)


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
