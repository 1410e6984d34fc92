"""The screens of the agenda. The same functions in the same order stand in service_worker/agenda.js."""
from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from .. import clock, forms, guard, htmx, manifest, pages, records
from ..errors import Refused
from ..pages import me
from . import filing
from .looking import agenda, coming
from .numbering import numbers

Record = dict[str, Any]

bp = Blueprint("agenda", __name__)


def asked() -> htmx.Headers:
    """What htmx says of the request."""
    return cast(htmx.Request, request).htmx


def named(name: str = "session") -> Record | None:
    """The session that a field of the form, or else of the address, names; None when it names none.

    :raise Missing: it is not here, or not mine
    """
    id = forms.line(name) or request.args.get(name, "")
    return records.find(me().person, "session", id) if id else None


@bp.get("/agenda")
def index() -> Response:
    """The agenda of the next session; where none is planned, the sessions."""
    found = coming(me().person, clock.now())
    return pages.see_other("sessions.show", id=found[0]["id"]) if found else pages.see_other("sessions.index")


@bp.route("/agenda/new", methods=["GET", "POST"])
def new() -> Response:
    """File a line: of a session when the form names one, else *Something came up*, which may become an entry."""
    session, roomy = named(), bool(request.args.get("shared"))
    if request.method == "GET":
        return show(session, filing.adding(session["id"] if session else "") | {"roomy": roomy and not session})
    if forms.line("into") == "journal":
        return write()
    fields, opened = filing.typed(session), forms.typed_opening()
    errors = filing.wrong(fields)
    if not errors:
        try:
            return filed(session, forms.save(forms.change("line", fields, opened)), opened["change"])
        except Refused as error:
            errors = {error.field or "text": str(error)}
    return show(session, filing.again(session, opened, fields, errors, roomy), 422)


def write() -> Response:
    """A page of the journal in place of a line."""
    fields, opened = filing.page_of_the_journal(), forms.typed_opening()
    errors = filing.wrong_page(fields)
    if not errors:
        try:
            return pages.see_other("journal.show", id=forms.save(forms.change("entry", fields, opened)))
        except Refused as error:
            errors = {"text": str(error)}
    return show(None, filing.again(None, opened, filing.typed(None), errors, True), 422)


def show(session: Record | None, form: dict[str, Any], status: int = 200,
         line: dict[str, Any] | None = None) -> Response:
    """The page of the form, or the part that holds it: a session's agenda, the field on Today, the sheet over a page.

    line: {id, change, gone} of one that was just filed, or taken back.
    """
    lines = agenda(me().person, session, pages.zone(), numbers(me().person)) if session else None
    return pages.show("agenda/new.html", status, agenda=lines, adding=form, filed=line)


def filed(session: Record | None, id: str, change: str) -> Response:
    """After a line is kept: on with the page that asked, and with a word about it."""
    if asked().partial and asked().part == "sheet":
        return show(None, filing.adding(), line={"id": id, "change": change, "gone": False})
    pages.notice("" if session else "Filed under Questions that arose.")
    return done(session)


def done(session: Record | None) -> Response:
    """Back to where the line was filed; a page that asked for its agenda gets the changed part."""
    if session is None:
        return pages.see_other("today.index")
    if asked().partial and asked().part in ("agenda", "lines"):
        return show(session, filing.adding(session["id"]))
    return pages.see_other("sessions.show", id=session["id"])


@bp.post("/share")
@guard.writes_nothing
def share() -> Response:
    """What another app shares, in the form of *Something came up*: only the person's tap files it."""
    try:
        form = filing.shared([forms.text(name) for name in manifest.SHARED], bool(request.files))
    except RequestEntityTooLarge:
        form = filing.adding() | {"roomy": True, "came": True, "note": filing.TOO_MUCH}
    return show(None, form, 413 if form["note"] == filing.TOO_MUCH else 200)


@bp.route("/agenda/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """Change a line: its words, its pocket, the session it is for."""
    line, session = records.find(me().person, "line", id), named("back")
    if request.method == "GET":
        return editing(line, session, forms.opening(line), filing.shown(line), {})
    fields, opened = filing.typed(named()), forms.typed_opening(line)
    if line["fields"].get("discussed"):
        fields.pop("session")  # it stays where it was discussed
    errors = filing.wrong(fields)
    if not errors:
        try:
            forms.save(forms.change("line", fields, opened))
            return moved(session, fields)
        except Refused as error:
            errors = {error.field or "text": str(error)}
    form = {"text": fields["text"], "pocket": fields["pocket"], "session": fields.get("session") or ""}
    return editing(line, session, opened, form, errors, 422)


def editing(line: Record, session: Record | None, opened: dict[str, str], form: dict[str, Any],
            errors: dict[str, str], status: int = 200) -> Response:
    """The form of a line. session: from whose page it was opened."""
    offered = filing.offered(me().person, form["session"], pages.zone())
    return pages.show(
        "agenda/edit.html", status, id=line["id"], opening=opened, form=form, errors=errors, sessions=offered,
        back=session["id"] if session else "", discussed=bool(line["fields"].get("discussed")),
        binning=forms.opening(line))


def moved(session: Record | None, fields: dict[str, Any]) -> Response:
    """Back to where the line was opened, with a word if it stands there no more."""
    to = fields.get("session")
    if session and to and to != session["id"]:
        pages.notice("It stands on the other session now.")
    stands = session["id"] if session else to
    return pages.see_other("sessions.show", id=stands) if stands else pages.see_other("today.index")


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
    opened, at = forms.typed_opening(line), line["fields"].get("binned_at") or clock.iso(clock.now())
    forms.save(forms.change("line", {"binned_at": at}, opened))
    if asked().partial and asked().part == "filed":
        return show(None, filing.adding(), line={"id": id, "change": opened["change"], "gone": True})
    pages.notice("Line moved to the bin.", undo=url_for("agenda.bring_back", id=id))
    return done(session)


@bp.post("/agenda/<id>/bring-back")
def bring_back(id: str) -> Response:
    """Out of the bin again, onto the agenda where it stood."""
    line = records.find(me().person, "line", id)
    forms.save(forms.change("line", {"binned_at": None}, forms.typed_opening(line)))
    session = records.many(me().person, [line["fields"].get("session") or ""])
    return pages.see_other("sessions.show", id=next(iter(session))) if session else pages.see_other("today.index")
