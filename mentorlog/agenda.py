"""The agenda: lines to talk about, in three pockets."""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, cast

from flask import Blueprint, Response, request, url_for

from . import clock, forms, htmx, pages, records
from .errors import Refused
from .pages import me

POCKETS = ("progress", "question", "birds_eye")
DONE = ("held", "missed")
FELL_THROUGH = ("missed", "cancelled")
LENGTH = 60  # minutes, where a session does not say
Record = dict[str, Any]


class Line(records.Paired):
    """One line of an agenda."""

    text: records.Line300 = ""
    session: records.Ref | None = None
    pocket: Annotated[str, records.choice("progress", "question", "birds_eye")] = "question"
    discussed: records.Flag = False


# -- rules -------------------------------------------------------------------------------------------------------------

def end(session: Record) -> datetime:
    """The moment at which a session is over."""
    return clock.parse(session["at"]) + timedelta(minutes=session["fields"].get("minutes") or LENGTH)


def state(record: Record) -> str:
    """What became of a session so far."""
    return str(record["fields"].get("state") or "planned")


def over(record: Record, moment: datetime) -> bool:
    """Whether a session is behind: its minutes are past, or somebody said how it went."""
    return state(record) in DONE or end(record) <= moment


def belongs(line: Record, session: Record, others: dict[str, Record]) -> bool:
    """Whether a line stands on the agenda of this session.

    Its own lines do; and, unless it fell through, of the open ones that were there when it ended those that no session
    has, and those that roll on from one before or from one that fell through.
    """
    of = line["fields"].get("session")
    if of == session["id"]:
        return True
    gone = line["fields"].get("discussed") or state(session) in FELL_THROUGH
    if gone or clock.parse(line["at"]) > end(session):
        return False
    other = others.get(of or "")
    return other is None or other["at"] < session["at"] or state(other) in FELL_THROUGH


def lines(person: Any, session: Record) -> list[Record]:
    """The lines of a session's agenda, the oldest first, each with `rolled`: the session from which it rolls on."""
    found = records.shelf(person, "line")[::-1]
    open_lines = [line for line in found if not line["fields"].get("discussed")]
    others = records.many(person, sorted({line["fields"].get("session") or "" for line in open_lines}))
    return [line | {"rolled": rolled(line, session, others)} for line in found if belongs(line, session, others)]


def rolled(line: Record, session: Record, others: dict[str, Record]) -> Record | None:
    """The other session for which a line was written."""
    other = others.get(line["fields"].get("session") or "")
    return other if other and other["id"] != session["id"] else None


def item(line: Record, zone: str) -> dict[str, Any]:
    """A line as an agenda prints it, with the hidden fields of its forms."""
    fields, other = line["fields"], line["rolled"]
    return {"id": line["id"], "text": fields.get("text") or "", "discussed": bool(fields.get("discussed")),
            "rolled": clock.parts(clock.parse(other["at"]), zone) if other else None, "waiting": line["waiting"],
            "opening": forms.opening(line)}


def agenda(person: Any, session: Record, zone: str) -> dict[str, Any]:
    """The agenda of a session: {session: its id, pockets: [{pocket, lines}], open: how many are not discussed}."""
    found = lines(person, session)
    groups = [{"pocket": pocket, "lines": [item(line, zone) for line in found if pocket_of(line) == pocket]}
              for pocket in POCKETS]
    undone = [line for line in found if not line["fields"].get("discussed")]
    return {"session": session["id"], "pockets": groups, "open": len(undone)}


def count(person: Any, session: Record) -> int:
    """How many lines of a session's agenda are not discussed."""
    return len([line for line in lines(person, session) if not line["fields"].get("discussed")])


def pocket_of(line: Record) -> str:
    """The pocket of a line; *Questions that arose* where it says none."""
    return line["fields"].get("pocket") or "question"


def adding(session: str = "", pocket: str = "question") -> dict[str, Any]:
    """An empty form for a line, of this session or of none."""
    return {"session": session, "opening": forms.opening(), "form": {"text": "", "pocket": pocket}, "errors": {}}


def wrong(fields: dict[str, Any]) -> dict[str, str]:
    """Field to words."""
    found = forms.problems("line", fields)
    if not fields["text"]:
        found["text"] = "Write a line first. A few words are enough."
    return {name: found[name] for name in ("text", "pocket") if name in found}


# -- pages; the same functions in the same order stand in service_worker/agenda.js -------------------------------------

bp = Blueprint("agenda", __name__)


def named() -> Record | None:
    """The session that a form or an address names, None when it names none.

    :raise Missing: it is not here, or not mine
    """
    id = forms.line("session") or request.args.get("session", "")
    return records.find(me().person, "session", id) if id else None


@bp.route("/agenda/new", methods=["GET", "POST"])
def new() -> Response:
    """File a line: of a session when the form names one, else *Something came up*."""
    session = named()
    if request.method == "GET":
        return show(session, adding(session["id"] if session else ""))
    fields = {"text": forms.line("text"), "pocket": forms.choice("pocket") or "question",
              "session": session["id"] if session else None}
    opened, errors = forms.typed_opening(), wrong(fields)
    if not errors:
        try:
            forms.save(forms.change("line", fields, opened))
            pages.notice("" if session else "Filed under Questions that arose.")
            return done(session)
        except Refused as error:
            errors = {error.field or "text": str(error)}
    form = {"text": forms.line("text"), "pocket": fields["pocket"]}
    return show(session, {"session": fields["session"] or "", "opening": opened, "form": form, "errors": errors}, 422)


def show(session: Record | None, form: dict[str, Any], status: int = 200) -> Response:
    """The page of the form, or the part that holds it: a session's agenda, or the field on Today."""
    lines = agenda(me().person, session, pages.zone()) if session else None
    return pages.show("agenda/new.html", status, agenda=lines, adding=form)


def done(session: Record | None) -> Response:
    """Back to where the line was filed; a page that asked for its agenda gets the changed part."""
    if session is None:
        return pages.see_other("today.index")
    asked = cast(htmx.Request, request).htmx
    if asked.partial and asked.part in ("agenda", "lines"):
        return show(session, adding(session["id"]))
    return pages.see_other("sessions.show", id=session["id"])


@bp.post("/agenda/<id>/discussed")
def discussed(id: str) -> Response:
    """Tick a line as discussed, in the session where it is ticked; or take the tick away."""
    line, session = records.find(me().person, "line", id), named()
    fields: dict[str, Any] = {"discussed": forms.ticked("discussed")}
    if fields["discussed"] and session:
        fields["session"] = session["id"]
    forms.save(forms.change("line", fields, forms.typed_opening(line)))
    return done(session)


@bp.post("/agenda/<id>/delete")
def delete(id: str) -> Response:
    """Into the bin for 30 days; the next page offers the way back."""
    line, session = records.find(me().person, "line", id), named()
    forms.save(forms.change("line", {"binned_at": clock.iso(clock.now())}, forms.typed_opening(line)))
    pages.notice("Line moved to the bin.", undo=url_for("agenda.bring_back", id=id))
    return pages.see_other("sessions.show", id=session["id"]) if session else pages.see_other("today.index")


@bp.post("/agenda/<id>/bring-back")
def bring_back(id: str) -> Response:
    """Out of the bin again, onto the agenda where it stood."""
    line = records.find(me().person, "line", id)
    forms.save(forms.change("line", {"binned_at": None}, forms.typed_opening(line)))
    session = records.many(me().person, [line["fields"].get("session") or ""])
    return pages.see_other("sessions.show", id=next(iter(session))) if session else pages.see_other("today.index")
