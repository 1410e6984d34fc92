"""The screens of an agreement. The same functions in the same order stand in service_worker/agreement.js."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

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
    rests = agreed["until"]["on"] if agreed["until"] else ""
    return pages.show("agreement/show.html", agreement=agreed, kept=pages.unsettled(),
                      sessions=pausing.beside(me().person, id, rests, pages.zone()))


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
        return until_when(card, record, forms.opening(record, of))
    opened = forms.typed_opening(record, of)
    if "end" in request.form:
        forms.save(forms.change("agreement", {"partner": id, "pause_until": None}, opened))
        pages.notice("The pause is over. Goals keep their dates.")
        return pages.see_other("agreement.show", id=id)
    return rest(card, record, opened)


def rest(card: Record, record: Record | None, opened: dict[str, str]) -> Response:
    """Take a pause, or say what is wrong with its end; when that moved, show first which sessions it would cancel."""
    on, zone, person = pages.today(), pages.zone(), me().person
    until = pausing.until(pausing.typed(on))
    errors = pausing.wrong(until, on)
    if not errors and until:
        rows = pausing.told(person, card["id"])
        if pausing.differs(rows, until, zone) or pausing.counts_anew(until):
            return until_when(card, record, opened, again=True)
        left = pausing.left_alone(person, card["id"], rows, until, zone)
        try:
            made = pausing.changes(opened, card["id"], until, pausing.ticked(rows, until, zone))
            by = pausing.days(pausing.rested(person), until, on)
            moved, kept = pausing.moved(person, [one["record"] for one in made[1:]], by, on)
            forms.save(*made, *(forms.further(made[0], "goal", fields, one) for one, fields in moved))
            tell(card["id"], opened["change"], pausing.in_words(len(made) - 1, left), len(moved), kept)
            return pages.see_other("agreement.show", id=card["id"])
        except Refused as error:
            errors = {"pause_on": str(error)}
    return until_when(card, record, opened, errors, 422)


def tell(card: str, change: str, words: str, moved: int, kept: int) -> None:
    """Say what became of the sessions, and of the goals with the way back."""
    back = url_for("sessions.undo_pause", id=card, of=change) if moved else None
    for said, undo in ((words, None), (pausing.moved_in_words(moved, kept), back)):
        if said:
            pages.notice(said, undo=undo)


def until_when(card: Record, record: Record | None, opened: dict[str, str], errors: dict[str, str] | None = None,
               status: int = 200, again: bool = False) -> Response:
    """The form of a pause, with the sessions before its end ticked. again: they are others than when it was sent."""
    on, fields = pages.today(), record["fields"] if record else {}
    form = pausing.typed(on)
    until = pausing.until(form) or ""
    end = "" if errors or pausing.wrong(until, on) else until
    rows = pausing.shown(pausing.told(me().person, card["id"]), end, pages.zone())
    gone = [row["id"] for row in rows if row["ticked"]]
    data = {"card": card["id"], "name": card["fields"].get("name") or "", "opening": opened, "form": form,
            "days": [clock.day_parts(one) for one in pausing.offered(on)], "sessions": rows, "errors": errors or {},
            "seen": end or pausing.seen(), "again": again,
            "rests": looking.until(fields, on),
            "goals": pausing.goals_shown(me().person, gone, end, on)}
    return pages.show("agreement/pause.html", status, **data)
