"""The screens of the sessions. The same functions in the same order stand in service_worker/sessions.js."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from .. import agenda, clock, forms, pages, partners, records
from ..errors import Refused
from ..pages import me
from . import series
from .looking import item, whole, worksheet
from .planning import NEAR, changes, moved, overlapping, shown, typed, wrong

PAGE = 50
LENGTHS = (15, 30, 45, 60, 90)  # minutes
Record = dict[str, Any]

bp = Blueprint("sessions", __name__)


def listed() -> dict[str, Any]:
    """The page of the list that is asked for: what comes, and 50 of those before, after the one named in `?after=`."""
    person, zone, moment = me().person, pages.zone(), clock.now()
    start = next(iter(records.many(person, [request.args.get("after", "")]).values()), None)
    near = [] if start else agenda.ahead(person, moment)
    coming = [record for record in near if not agenda.over(record, moment)]
    lately = [record for record in near if agenda.over(record, moment)][::-1]
    edge = start or {"at": clock.iso(moment - agenda.LONGEST), "id": ""}
    before = lately + records.shelf(person, "session", after=edge, limit=PAGE + 1)
    cards = partners.cards(person)
    return {"coming": [item(record, cards, zone) for record in coming],
            "before": [item(record, cards, zone) for record in before[:PAGE]],
            "older": before[PAGE - 1]["id"] if len(before) > PAGE else "", "first": start is None,
            "lines": agenda.count(person, coming[0]) if coming else 0, "year": clock.parts(moment, zone)["year"],
            "cards": [partners.item(card) for card in cards.values()]}


@bp.get("/sessions")
def index() -> Response:
    """What comes, soonest first; then what was before, newest first."""
    return pages.show("sessions/index.html", **listed())


@bp.route("/sessions/new", methods=["GET", "POST"])
def new() -> Response:
    """Plan one."""
    if request.method == "POST":
        return write(None, forms.typed_opening())
    cards = partners.cards(me().person)
    first = {"zone": pages.zone(), "minutes": 45, "channel": "video", "partner": next(iter(cards), "")}
    return pages.show("sessions/form.html", **planning(None, forms.opening(), shown(first), cards))


def planning(record: Record | None, opened: dict[str, str], form: dict[str, Any], cards: dict[str, Record],
             errors: dict[str, str] | None = None, clash: Record | None = None,
             rhythm: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the form shows. clash: another session at that hour, beside which this one is planned only when ticked.
    rhythm: how often and on which days, see series.
    """
    zone = pages.zone()
    lengths = sorted({*LENGTHS, form["minutes"]}) if isinstance(form["minutes"], int) else list(LENGTHS)
    return {"id": record["id"] if record else "", "now": item(record, cards, zone) if record else None,
            "opening": opened, "form": form, "errors": errors or {},
            "lengths": [[one, one] for one in lengths],
            "cards": [partners.item(card) for card in cards.values()],
            "clash": item(clash, cards, zone) if clash else None, "rhythm": rhythm or series.once()}


def write(record: Record | None, opened: dict[str, str]) -> Response:
    """Take the form, or show it again with what is wrong and everything that was typed."""
    fields, name, cards = typed(pages.zone()), forms.line("partner_name"), partners.cards(me().person)
    form, errors, clash = shown(fields, name), wrong(fields, name, cards), None
    rhythm = series.once() if record else series.typed()
    errors |= series.wrong(rhythm)
    if not errors and rhythm["how"] != series.ONCE:
        return write_series(rhythm, fields, form, opened, cards)
    if not errors and not forms.ticked("anyway"):
        clash = overlapping(me().person, opened["record"], fields)
    if not errors and not clash:
        fields |= moved(record, fields) if record else {"state": "planned"}
        try:
            return pages.see_other("sessions.show", id=forms.save(*changes(fields, name, opened, cards)))
        except Refused as error:
            errors = {error.field or "starts_on": str(error)}
    return pages.show("sessions/form.html", 422, **planning(record, opened, form, cards, errors, clash, rhythm))


def write_series(rhythm: series.Form, fields: dict[str, Any], form: dict[str, Any], opened: dict[str, str],
                 cards: dict[str, Record]) -> Response:
    """Show the days of a rhythm, then plan a session on each that is ticked."""
    rows = series.days(me().person, opened["record"], fields, rhythm, pages.zone())
    asked = series.asked_for(fields, rhythm)
    ticked, errors = series.ticks(rows), {}
    if rhythm["seen"] == asked and ticked:
        made = changes(fields | {"state": "planned"}, form["partner_name"], opened, cards)
        try:
            forms.save(*series.changes(rows, made))
            pages.notice(f"{len(ticked)} sessions are planned." if len(ticked) > 1 else "One session is planned.")
            return pages.see_other("sessions.index")
        except Refused as error:
            errors = {error.field or "starts_on": str(error)}
    elif rhythm["seen"] == asked:
        errors = {"day": series.NONE}
    rhythm |= {"seen": asked, "rows": [series.shown(row, cards, pages.zone()) for row in rows]}
    return pages.show("sessions/form.html", 422 if errors else 200,
                      **planning(None, opened, form, cards, errors, None, rhythm))


@bp.get("/sessions/<id>")
def show(id: str) -> Response:
    """The hour, the way in and the other ways, the agenda, notes, and what became of it."""
    return page(records.find(me().person, "session", id))


def page(record: Record, notes: str | None = None, opened: dict[str, str] | None = None,
         errors: dict[str, str] | None = None, status: int = 200) -> Response:
    """The page of a session; with what was typed as notes when that could not be taken."""
    person, zone, cards = me().person, pages.zone(), partners.cards(me().person)
    session = whole(record, cards, zone)
    sheets = [worksheet(sheet) for sheet in records.shelf(person, "worksheet", limit=NEAR)
              if sheet["fields"].get("session") == record["id"]]
    return pages.show(
        "sessions/show.html", status, session=session, agenda=agenda.agenda(person, record, zone),
        adding=agenda.adding(record["id"]), worksheets=sheets, kept=pages.unsettled(),
        notes={"opening": opened or forms.opening(record), "errors": errors or {},
               "text": record["fields"].get("notes") or "" if notes is None else notes})



@bp.route("/sessions/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """Change a session; another day or hour moves it."""
    record = records.find(me().person, "session", id)
    if request.method == "POST":
        return write(record, forms.typed_opening(record))
    form, cards = shown(record["fields"]), partners.cards(me().person)
    return pages.show("sessions/form.html", **planning(record, forms.opening(record), form, cards))


@bp.post("/sessions/<id>/cancel")
def cancel(id: str) -> Response:
    """Cancel a session; the next page offers the way back."""
    record = records.find(me().person, "session", id)
    forms.save(forms.change("session", {"state": "cancelled"}, forms.typed_opening(record)))
    pages.notice("Session cancelled.", undo=url_for("sessions.resume", id=id))
    return pages.see_other("sessions.index")


@bp.post("/sessions/<id>/resume")
def resume(id: str) -> Response:
    """Plan a cancelled session again, at its hour."""
    record = records.find(me().person, "session", id)
    forms.save(forms.change("session", {"state": "planned"}, forms.typed_opening(record)))
    return pages.see_other("sessions.show", id=id)


@bp.post("/sessions/<id>/held")
def held(id: str) -> Response:
    """How it went: held, or missed when it fell through."""
    record, chosen = records.find(me().person, "session", id), forms.line("state")
    if chosen not in agenda.DONE:
        return page(record, errors={"state": "Choose one of the answers offered."}, status=422)
    forms.save(forms.change("session", {"state": chosen}, forms.typed_opening(record)))
    return pages.see_other("sessions.show", id=id)


@bp.post("/sessions/<id>/notes")
def notes(id: str) -> Response:
    """Keep the notes of a session."""
    record = records.find(me().person, "session", id)
    opened, text = forms.typed_opening(record), forms.text("notes")
    errors = forms.problems("session", {"notes": text})
    if not errors:
        try:
            forms.save(forms.change("session", {"notes": text}, opened))
            return pages.see_other("sessions.show", id=id)
        except Refused as error:
            errors = {"notes": str(error)}
    return page(record, text, opened, errors, 422)
