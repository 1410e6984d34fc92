"""The screen of a session that does not work (product.md, S10). Twin: service_worker/sessions/routes_fallback.js."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, request, url_for

from .. import agenda, agreement, clock, forms, pages, partners, records, turns, ways
from ..errors import Refused
from ..pages import me
from .looking import whole
from .routes import bp

FELL_THROUGH = "nothing"
NOT_OFFERED = "Choose one of the answers offered."
NOTED = {"video": "by video after all", "phone": "by phone", "text": "by text message", "chat": "in a chat",
         "mail": "by e-mail", "other": "another way"}
ANYHOW = ("phone", "text", "other")  # also with no number known: somebody may have it in their phone
Record = dict[str, Any]


@bp.route("/sessions/<id>/fallback", methods=["GET", "POST"])
def fallback(id: str) -> Response:
    """The ways in their order, how long to wait for each, and a tap that says how it went on."""
    record = records.find(me().person, "session", id)
    if request.method == "GET":
        return trouble(record)
    if "went_on" in request.args:
        return take_back(record)
    return number(record) if "phone" in request.form else log(record)


def trouble(record: Record, errors: dict[str, str] | None = None, typed: str = "", opened: dict[str, str] | None = None,
            status: int = 200) -> Response:
    """The page. typed: a number that could not be taken."""
    zone, cards = pages.zone(), partners.cards(me().person)
    session, holder = whole(record, cards, zone), holder_of(record, cards)
    asks = not any(one["href"].startswith("tel:") for one in session["ways"])
    form = {"kind": holder["kind"], "opening": opened or forms.opening(holder), "phone": typed} if asks else None
    return pages.show("sessions/fallback.html", status, session=session, waits=waits(record, session, cards, zone),
                      ways_on=ways_on(session), number=form, errors=errors or {})


def ways_on(session: dict[str, Any]) -> list[str]:
    """How it may have gone on: the ways that are known, then those that anybody finds who has a number elsewhere."""
    return list(dict.fromkeys([*ways.ways_on(session["ways"], session["channel"]), *ANYHOW]))


def holder_of(record: Record, cards: dict[str, Record]) -> Record:
    """Where a number that is typed now is kept: the card, or the session when it has none."""
    return cards.get(record["fields"].get("partner") or "", record)


def waits(record: Record, session: dict[str, Any], cards: dict[str, Record], zone: str) -> dict[str, Any] | None:
    """The first wait, from the start or from now: {minutes, start, until: parts, zone}; None where there is none."""
    if not session["at_hand"] or not session["ways"]:
        return None
    card = cards.get(record["fields"].get("partner") or "")
    minutes = agreement.wait_of(card["agreement"] if card else {})
    start = max(clock.parse(record["at"]), clock.now())
    until = clock.parts(start + timedelta(minutes=minutes), zone)
    return {"minutes": minutes, "start": clock.iso(start), "until": until, "zone": zone}


def log(record: Record) -> Response:
    """How it went on. The next page offers the way back to what the form showed."""
    chosen, was = forms.line("on"), before(record)
    if chosen != FELL_THROUGH and chosen not in NOTED:
        return trouble(record, {"on": NOT_OFFERED}, status=422)
    fields, opened = went_on(was["state"], chosen), forms.typed_opening(record)
    try:
        forms.save(forms.change("session", turns.noted(record, fields, opened["change"]), opened))
    except Refused as error:
        return trouble(record, {"on": str(error)}, status=422)
    back: dict[str, Any] = {name: was[name] for name in fields}
    undo = url_for("sessions.fallback", id=record["id"], **back)
    pages.notice(f"Noted: {NOTED.get(chosen, 'it fell through')}.", undo=undo)
    return pages.see_other("sessions.show", id=record["id"])


def before(record: Record) -> dict[str, str]:
    """How it stood as the form showed it, which a second tap says once more: {went_on: "" for nothing, state}."""
    if "was_state" in request.form:
        return {"went_on": forms.line("was_on"), "state": forms.line("was_state")}
    return {"went_on": record["fields"].get("went_on") or "", "state": agenda.state(record)}


def went_on(state: str, chosen: str) -> dict[str, Any]:
    """The fields that say how it went on. One that had fallen through is planned again when it went on after all."""
    if chosen == FELL_THROUGH:
        return {"went_on": None, "state": "missed"}
    return {"went_on": chosen} | ({"state": "planned"} if state == "missed" else {})


def take_back(record: Record) -> Response:
    """What the tap changed is as it was before; the address says how."""
    fields = {name: request.args[name] or None for name in ("went_on", "state") if name in request.args}
    if forms.problems("session", fields):
        return trouble(record, {"on": NOT_OFFERED}, status=422)
    opened = forms.typed_opening(record)
    try:
        forms.save(forms.change("session", turns.noted(record, fields, opened["change"]), opened))
    except Refused as error:
        return trouble(record, {"on": str(error)}, status=422)
    return pages.see_other("sessions.show", id=record["id"])


def number(record: Record) -> Response:
    """A number, where none was known."""
    holder, phone = holder_of(record, partners.cards(me().person)), forms.line("phone")
    opened = forms.typed_opening(holder)
    problems = forms.problems(holder["kind"], {"phone": phone})
    words = problems.get("phone") or ways.wrong_number(phone)
    if not words:
        try:
            forms.save(forms.change(holder["kind"], {"phone": phone}, opened))
            return pages.see_other("sessions.fallback", id=record["id"])
        except Refused as error:
            words = str(error)
    return trouble(record, {"phone": words}, phone, opened, 422)
