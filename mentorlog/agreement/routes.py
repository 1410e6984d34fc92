"""The screens of an agreement. The same functions in the same order stand in service_worker/agreement.js."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from .. import clock, forms, pages, records
from ..errors import Refused
from ..pages import me
from . import looking, pausing, writing

Record = dict[str, Any]

bp = Blueprint("agreement", __name__)


def found(card: str) -> tuple[Record, str, Record | None]:
    """A card, the id of its agreement, and that once there is one.

    :raise Missing: there is no such card
    """
    person = me().person
    return records.find(person, "partner", card), looking.id_of(person, card), looking.of_card(person, card)


@bp.get("/partners/<id>/agreement")
def show(id: str) -> Response:
    """What is in force, and what changed when."""
    card, of, record = found(id)
    agreed = looking.page(record, of, card, None, pages.today(), pages.zone())
    return pages.show("agreement/show.html", agreement=agreed, kept=pages.unsettled())


@bp.route("/partners/<id>/agreement/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """Write it down, or change it."""
    card, of, record = found(id)
    fields = record["fields"] if record else {}
    if request.method == "POST":
        return write(card, record, forms.typed_opening(record, of))
    slots = writing.slots(fields["ways"]) if fields.get("ways") else writing.suggested(card)
    return screen(card, forms.opening(record, of), writing.shown(fields, slots))


def write(card: Record, record: Record | None, opened: dict[str, str]) -> Response:
    """Take the form, or show it again: with what is wrong, or with its ways in another order."""
    slots, before = writing.typed_slots(), record["fields"] if record else {}
    fields = writing.typed()
    if (turned := forms.turned(slots)) is not None:
        return screen(card, opened, writing.shown(fields, writing.filled_up(turned)))
    fields |= {"ways": writing.typed_ways(slots, opened["change"]), "partner": card["id"]}
    errors = writing.wrong(fields, slots, before, pages.today())
    if not errors:
        try:
            forms.save(forms.change("agreement", writing.own_only(fields), opened))
            return pages.see_other("agreement.show", id=card["id"])
        except Refused as error:
            errors = {error.field or "rhythm": str(error)}
    return screen(card, opened, writing.shown(fields, writing.filled_up(slots)), errors, 422)


def screen(card: Record, opened: dict[str, str], form: dict[str, Any], errors: dict[str, str] | None = None,
           status: int = 200) -> Response:
    """The form."""
    data = {"card": card["id"], "name": card["fields"].get("name") or "", "opening": opened, "form": form,
            "lengths": writing.lengths(form), "errors": errors or {}}
    return pages.show("agreement/form.html", status, **data)


@bp.route("/partners/<id>/pause", methods=["GET", "POST"])
def pause(id: str) -> Response:
    """Rest until a day, with the sessions that are cancelled for it; or go on."""
    card, of, record = found(id)
    if request.method == "GET":
        form = {"until": pausing.offered(pages.today())[0], "on": ""}
        return until_when(card, record, forms.opening(record, of), form)
    opened = forms.typed_opening(record, of)
    if "end" in request.form:
        forms.save(forms.change("agreement", {"partner": id, "pause_until": None}, opened))
        pages.notice("The pause is over.")
        return pages.see_other("agreement.show", id=id)
    return rest(card, record, opened)


def rest(card: Record, record: Record | None, opened: dict[str, str]) -> Response:
    """Take a pause, or say what is wrong with its end."""
    until, zone, person = pausing.until(), pages.zone(), me().person
    errors = pausing.wrong(until, pages.today())
    if not errors and until:
        rows = pausing.told(person, card["id"])
        left = pausing.left_alone(person, card["id"], rows, until, zone)
        try:
            forms.save(*pausing.changes(opened, card["id"], until, pausing.ticked(rows, until, zone)))
            if left:
                pages.notice(pausing.in_words(left))
            return pages.see_other("agreement.show", id=card["id"])
        except Refused as error:
            errors = {"pause_on": str(error)}
    form = {"until": forms.line("until"), "on": forms.line("pause_on")}
    return until_when(card, record, opened, form, errors, 422)


def until_when(card: Record, record: Record | None, opened: dict[str, str], form: dict[str, str],
               errors: dict[str, str] | None = None, status: int = 200) -> Response:
    """The form of a pause. Sessions before the first day offered are ticked at first."""
    person, zone, on, fields = me().person, pages.zone(), pages.today(), record["fields"] if record else {}
    days, ticked = pausing.offered(on), request.form.getlist("cancel")
    rows = [{"id": one["id"], "line": line, "start": pausing.start(old, zone)}
            for line, one, old in pausing.told(person, card["id"])]
    rows = [row | {"ticked": row["id"] in ticked if errors else row["start"]["on"] < days[0]} for row in rows]
    data = {"card": card["id"], "name": card["fields"].get("name") or "", "opening": opened, "form": form,
            "days": [clock.day_parts(one) for one in days], "sessions": rows, "errors": errors or {},
            "rests": looking.day(fields["pause_until"]) if looking.rests(fields, on) else None}
    return pages.show("agreement/pause.html", status, **data)
