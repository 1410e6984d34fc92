"""The screens for finding a time. The same functions in the same order stand in service_worker/times.js."""
from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, request

from .. import agenda, agreement, clock, forms, pages, partners, records, settings
from ..errors import Refused
from ..goals import looking as goals
from ..pages import me
from . import busy, drawing, fitting, grids, proposing, weeks

USUAL = 45
Record = dict[str, Any]
Fields = dict[str, Any]

bp = Blueprint("times", __name__)


@bp.route("/times/hours", methods=["GET", "POST"])
def hours() -> Response:
    """My own usual week."""
    return edit(None)


@bp.route("/times/hours/<id>", methods=["GET", "POST"])
def theirs(id: str) -> Response:
    """The usual week of a mentor, as far as I know it."""
    return edit(records.find(me().person, "partner", id))


def edit(card: Record | None) -> Response:
    """Show a week, paint one hour of it, or keep it."""
    id, record = drawing.own(me().person, card["id"] if card else "")
    before: Fields = record["fields"] if record else {}
    if request.method == "GET":
        return editor(card, forms.opening(record, id), before)
    opened, fields = forms.typed_opening(record, id), typed(card)
    cell, brush = forms.line("cell"), forms.line("brush")
    if cell:
        drawn = grids.painted(fields, cell, brush) if brush in brushes(card) else fields
        return editor(card, opened, fields | drawn, brush)
    errors = forms.problems("hours", fields, before)
    if not errors:
        try:
            forms.save(forms.change("hours", fields, opened))
            pages.notice("These hours are kept.")
            return pages.see_other("times.show", id=card["id"]) if card else pages.see_other("times.hours")
        except Refused as error:
            errors = {error.field or "week": str(error)}
    return editor(card, opened, fields, brush, errors, 422)


def brushes(card: Record | None) -> tuple[str, ...]:
    """What an hour can be said to be; focus is one's own to say."""
    return tuple(fit for fit in grids.FITS if not card or fit != grids.PROTECTED)


def typed(card: Record | None) -> Fields:
    """The fields of the form."""
    sets = drawing.typed(tuple(fit for fit in brushes(card) if fit != grids.NEVER))
    return sets | ({"partner": card["id"]} if card else {"zone": forms.zone("zone")})


def editor(card: Record | None, opened: dict[str, str], fields: Fields, brush: str = grids.GOOD,
           errors: dict[str, str] | None = None, status: int = 200, unread: str = "") -> Response:
    """The screen of a week; beside one's own what a calendar said. unread: why one could not be read."""
    zone = pages.zone()
    there = card["fields"].get("zone") if card else fields.get("zone")
    return pages.show("times/hours.html", status, card=partners.item(card) if card else None, opening=opened,
                      form=grids.shown(fields) | {"zone": fields.get("zone") or ""}, tables=grids.tables(fields),
                      brush=brush if brush in brushes(card) else grids.GOOD, clocks=there or zone, zone=zone,
                      errors=errors or {}, rings="" if card else silent_by(fields, zone), **beside(zone, unread))


def silent_by(week: Fields, zone: str) -> str:
    """The zone by whose clock nothing rings in the focus hours of one's own week, "" where that is the one shown."""
    by = settings.clock_of(pages.settings())
    return "" if week.get("zone") or by == zone else by


def beside(zone: str, unread: str) -> dict[str, Any]:
    """What a calendar said, and the form that reads another one."""
    id, record = busy.own(me().person)
    return {"busy": busy.shown(record, zone), "reading": forms.opening(record, id),
            "read_at": clock.iso(clock.now()), "unread": unread}


@bp.post("/times/calendar")
def calendar() -> Response:
    """Keep the busy times of a calendar that was read on this device, in place of those of the one before."""
    id, record = busy.own(me().person)
    fields = busy.typed()
    if error := busy.wrong(fields):
        mine, found = drawing.own(me().person)
        drawn: Fields = found["fields"] if found else {}
        return editor(None, forms.opening(found, mine), drawn, status=422, unread=error)
    forms.save(forms.change(busy.NAME, fields, forms.typed_opening(record, id)))
    pages.notice("The busy times are kept, and no hour of theirs is proposed.")
    return pages.see_other("times.hours")


@bp.post("/times/calendar/forget")
def forget() -> Response:
    """Let the busy times of a calendar go."""
    id, record = busy.own(me().person)
    if record and record["fields"].get("read_at"):
        fields: Fields = {"read_at": None, "until": None, "spans": []}
        forms.save(forms.change(busy.NAME, fields, forms.typed_opening(record, id)))
        pages.notice("The busy times of the calendar are forgotten.")
    return pages.see_other("times.hours")


@bp.get("/times/<id>")
def show(id: str) -> Response:
    """Three times for a session with a mentor, why these, and a week to pick others from."""
    card = records.find(me().person, "partner", id)
    moving = goals.linked(me().person, request.args.get("session", ""))
    agreed = agreement.terms(me().person, id)
    ask, drawn, record = fitting.seeks(me().person, card | {"agreement": agreed}, pages.zone(),
                                       minutes(agreed, moving), moving)
    slots = proposing.offered(ask, clock.now())
    picks = proposing.picked(slots, request.args.getlist("slot"))
    elsewhere = [one for one in slots if not moving or clock.iso(one["start"]) != moving["at"]]
    chosen = picks[:proposing.MOST] or proposing.three(elsewhere)
    return pages.show("times/show.html", card=partners.item(card), session=moving["id"] if moving else "",
                      number=number_of(card, moving), minutes=ask.minutes,
                      lengths=sorted({*agenda.LENGTHS, ask.minutes}), drawn=drawn, known=ask.theirs is not None,
                      chosen=[proposing.item(ask, one) for one in chosen], many=len(picks) > proposing.MOST,
                      busy=busy.shown(record, ask.zone), zone=ask.zone, there=ask.there,
                      agreed=agreement.bounds(agreed, pages.today()), **week(ask, slots, chosen))


def number_of(card: Record, moving: Record | None) -> int:
    """Which session with this card looks for another hour; 0 for none, and for one with somebody else."""
    if not moving or moving["fields"].get("partner") != card["id"]:
        return 0
    return agenda.numbers(me().person).get(moving["id"], 0)


def minutes(agreed: Fields, moving: Record | None) -> int:
    """How long: as the address says, else as the session, else as agreed on, else the usual."""
    wanted = request.args.get("minutes", "")
    if re.fullmatch("[0-9]{1,3}", wanted) and proposing.SHORTEST <= int(wanted) <= proposing.LONGEST:
        return int(wanted)
    return int(moving["fields"].get("minutes") or agenda.LENGTH) if moving else int(agreed.get("minutes") or USUAL)


def week(ask: proposing.Ask, slots: list[proposing.Slot], chosen: list[proposing.Slot]) -> dict[str, Any]:
    """The week to pick from, the names of what is chosen, and of that what stands in other weeks."""
    start = weeks.chosen(slots, request.args.get("week", ""), chosen)
    names = [proposing.name(one) for one in chosen]
    others = [proposing.name(one) for one in chosen if weeks.monday(one["on"]) != start]
    return {"week": weeks.week(ask, slots, start, chosen), "names": names, "others": others}
