"""How a session ends: cancelled, held, missed, or logged afterwards. Twin: service_worker/sessions/routes_ending.js."""
from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from .. import agenda, agreement, clock, forms, pages, partners, prose, records, turns
from ..errors import Refused
from ..pages import me
from . import beginning, moving
from .looking import both, item
from .notice import noticed
from .page import page
from .planning import changes, shown, typed, whom, wrong
from .routes import bp

AHEAD = "That is still to come. Plan it instead, or choose an earlier hour."
WHO = "Write a name, or choose one of your cards."
ENTRY = 3  # number of the change of the form that writes the entry; the card of a name is number 2
Record = dict[str, Any]


@bp.route("/sessions/<id>/cancel", methods=["GET", "POST"])
def cancel(id: str) -> Response:
    """Cancel a session, with a word, and those of its series after it; the next page offers the way back."""
    record = records.find(me().person, "session", id)
    if request.method == "GET":
        return cancelling(record, forms.opening(record), "", {})
    opened, fields = forms.typed_opening(record), {"state": "cancelled", "why": forms.line("why")}
    others = moving.behind(me().person, record) if forms.line("which") == moving.AFTER else []
    if errors := forms.problems("session", fields):
        return cancelling(record, opened, fields["why"], errors)
    first = forms.change("session", turns.noted(record, fields, opened["change"]), opened)
    forms.save(first, *moving.changes(first, "session", [(one, fields) for _, one, _ in others]))
    if others:
        pages.notice(f"{len(others) + 1} sessions cancelled.",
                     undo=url_for("sessions.resume", id=id, together=first["id"]))
    else:
        pages.notice("Session cancelled.", undo=url_for("sessions.resume", id=id))
    return pages.see_other("sessions.index")


def cancelling(record: Record, opened: dict[str, str], why: str, errors: dict[str, str]) -> Response:
    """The question before a session is cancelled."""
    cards = partners.cards(me().person)
    session = item(record, cards, pages.zone())
    return pages.show("sessions/cancel.html", 422 if errors else 200, session=session, opening=opened, why=why,
                      errors=errors, move=moving.shown(me().person, record), notice=noticed(record, cards))


@bp.post("/sessions/<id>/resume")
def resume(id: str) -> Response:
    """Plan a cancelled session again, at its hour; with `?together=`, the id of a change, those it cancelled, too."""
    record, fields = records.find(me().person, "session", id), {"state": "planned"}
    others = moving.cancelled_with(me().person, record, request.args.get("together", ""))
    opened = forms.typed_opening(record)
    first = forms.change("session", turns.noted(record, fields, opened["change"]), opened)
    forms.save(first, *moving.changes(first, "session", [(one, fields) for one in others]))
    if not others:
        return pages.see_other("sessions.show", id=id)
    pages.notice(f"{len(others) + 1} sessions are planned again.")
    return pages.see_other("sessions.index")


@bp.post("/sessions/<id>/held")
def held(id: str) -> Response:
    """How it went: held, or missed when it fell through."""
    record, chosen = records.find(me().person, "session", id), forms.line("state")
    opened = forms.typed_opening(record)
    if chosen not in agenda.DONE:
        return page(record, errors={"state": "Choose one of the answers offered."}, status=422)
    forms.save(forms.change("session", turns.noted(record, {"state": chosen}, opened["change"]), opened))
    return pages.see_other("sessions.show", id=id)


@bp.route("/sessions/past", methods=["GET", "POST"])
def past() -> Response:
    """Log a session that took place and is not here yet, with a line that becomes an entry."""
    cards = partners.cards(me().person)
    if request.method == "GET":
        first = beginning.logged(me().person, request.args, cards, pages.zone())
        return logging(forms.opening(), shown(first), "", cards, {})
    opened, fields, name, stuck = forms.typed_opening(), typed(pages.zone()), forms.line("partner_name"), lesson()
    fields["partner"] = whom(fields["partner"], name, cards)
    errors = wrong_past(fields, name, cards, stuck)
    met = moving.NONE_MET if errors else moving.met(me().person, opened["record"], fields, [])
    if not errors and not met[0]:
        made = changes(fields | {"state": "held"}, name, opened)
        about = {"lesson": stuck, "session": made[0]["record"]}
        entry = [forms.anew(made[0], ENTRY, "entry", about)] if stuck else []
        try:
            return pages.see_other("sessions.show", id=forms.save(*made, *entry))
        except Refused as error:
            errors = {error.field or "starts_on": str(error)}
    return logging(opened, shown(fields, name), stuck, cards, errors, met)


def wrong_past(fields: dict[str, Any], name: str, cards: dict[str, Record], stuck: str) -> dict[str, str]:
    """Field to words: as when one is planned, and it has to be over."""
    found = wrong(fields, name, cards)
    if not found and moving.instant(fields) > clock.now():
        found["starts_on"] = AHEAD
    if cards and not fields["partner"] and not name:
        found["partner_name"] = WHO
    about = forms.problems("entry", {"lesson": stuck})
    return found | ({"stuck": about["lesson"]} if about else {})


def lesson() -> str:
    """What stuck, as it was typed; nothing but space is nothing."""
    text = forms.text("stuck")
    return text if prose.SPACE.sub("", text) else ""


def logging(opened: dict[str, str], form: dict[str, Any], stuck: str, cards: dict[str, Record],
            errors: dict[str, str], met: moving.Met = moving.NONE_MET) -> Response:
    """The form of a session that took place. today: the last day that can be chosen."""
    clash, overlap = met
    return pages.show(
        "sessions/past.html", 422 if errors or clash else 200, opening=opened, form=form, stuck=stuck, errors=errors,
        lengths=[[one, one] for one in agenda.LENGTHS], cards=[partners.item(card) for card in cards.values()],
        today=pages.today(), clocks=both(form, cards, pages.zone()), fit=None,
        agreed=agreement.bounds({}, pages.today()), logs=True, overlap=overlap,
        clash=[item(one, cards, pages.zone()) for one in clash])
