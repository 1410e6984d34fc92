"""The screens of the sessions. The same functions in the same order stand in service_worker/sessions.js."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from .. import agenda, agreement, clock, forms, pages, partners, records
from ..errors import Refused
from ..pages import me
from .looking import item, until
from .page import page

PAGE = 50
Record = dict[str, Any]

bp = Blueprint("sessions", __name__)


def listed() -> dict[str, Any]:
    """The page of the list that is asked for: what comes, and 50 of those before, after the one named in `?after=`.

    off: those to come that are cancelled; they stand apart, so that the next one that will be is the first in sight.
    """
    person, zone, moment = me().person, pages.zone(), clock.now()
    today = clock.parts(moment, zone)
    start = next(iter(records.many(person, [request.args.get("after", "")]).values()), None)
    near = [] if start else agenda.ahead(person, moment)
    ahead = [record for record in near if not agenda.over(record, moment)]
    coming = [record for record in ahead if agenda.state(record) == "planned"]
    lately = [record for record in near if agenda.over(record, moment)][::-1]
    edge = start or {"at": clock.iso(moment - agenda.LONGEST), "id": ""}
    before = lately + records.shelf(person, "session", after=edge, limit=PAGE + 1)
    cards, given = partners.cards(person), agenda.numbers(person)
    return {"coming": [item(record, cards, zone, given) for record in coming],
            "off": [item(record, cards, zone) for record in ahead if agenda.state(record) != "planned"],
            "before": [item(record, cards, zone, given) for record in before[:PAGE]],
            "older": before[PAGE - 1]["id"] if len(before) > PAGE else "", "first": start is None,
            "lines": agenda.count(person, coming[0]) if coming else 0, "today": today,
            "until": until(near, zone),
            "pauses": agreement.pauses(cards, today["on"]),
            "cards": [partners.row(card, zone) for card in cards.values()]}


@bp.get("/sessions")
def index() -> Response:
    """What comes, soonest first; then what was before, newest first."""
    return pages.show("sessions/index.html", **listed())


@bp.get("/sessions/<id>")
def show(id: str) -> Response:
    """The hour, the way in and the other ways, the agenda, notes, and what became of it."""
    return page(records.find(me().person, "session", id))


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
