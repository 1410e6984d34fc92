"""The screens on which sessions are planned and moved. Twin: service_worker/sessions/routes_planning.js."""
from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from .. import agenda, agreement, clock, forms, pages, partners, records, turns
from ..errors import Refused
from ..pages import me
from ..times import fitting
from . import beginning, moving, series, undoing
from .looking import both, elsewhere, fitted, item
from .notice import in_pause, noticed
from .planning import asked, changes, proposed, shown, typed, whom, wrong
from .routes import bp

Record = dict[str, Any]


@bp.route("/sessions/new", methods=["GET", "POST"])
def new() -> Response:
    """Plan one, or several by a rhythm."""
    if request.method == "POST":
        return write(None, forms.typed_opening())
    cards = partners.cards(me().person)
    form = shown(beginning.fields(me().person, request.args, cards, pages.zone()))
    often = beginning.how_often(request.args, form, cards)
    return pages.show("sessions/form.html", **planning(None, forms.opening(), form, cards, rhythm=often))


@bp.route("/sessions/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """Change a session, and those of its series after it; another day or hour moves it."""
    record = records.find(me().person, "session", id)
    if request.method == "POST":
        return write(record, forms.typed_opening(record))
    cards, zone = partners.cards(me().person), record["fields"].get("zone") or pages.zone()
    form = shown(record["fields"] | asked(request.args, cards) | proposed(request.args, pages.zone(), zone))
    return pages.show("sessions/form.html", **planning(record, forms.opening(record), form, cards))


def planning(record: Record | None, opened: dict[str, str], form: dict[str, Any], cards: dict[str, Record],
             errors: dict[str, str] | None = None, clash: list[Record] | None = None, overlap: str = "",
             rhythm: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the form shows. clash: other sessions at that hour, beside which this one is planned only when ticked;
    overlap: what the tick is about. rhythm: how often and on which days, see series.
    """
    zone, agreed = pages.zone(), beginning.agreed_with(form["partner"], cards)
    slot = request.values.get("slot", "")
    if any(name in clock.WALL for name in errors or {}):  # words stand at day and hour
        slot = ""
    lengths = sorted({*agenda.LENGTHS, *([form["minutes"]] if isinstance(form["minutes"], int) else [])})
    now = item(record, cards, zone, agenda.numbers(me().person)) if record else None
    return {"id": record["id"] if record else "", "now": now, "opening": opened, "form": form,
            "errors": errors or {}, "lengths": [[one, one] for one in lengths],
            "cards": [partners.item(card) for card in cards.values()],
            "clocks": both(form, cards, zone), "fit": fitted(me().person, form, cards, zone),
            "agreed": agreement.bounds(agreed, pages.today()),
            "clash": [item(one, cards, zone) for one in clash or []], "overlap": overlap,
            "rhythm": rhythm or series.once(), "move": moving.shown(me().person, record) if record else None,
            "elsewhere": elsewhere(me().person, record, form, cards, zone, slot) if record else None,
            "notice": noticed(record, cards)}


def write(record: Record | None, opened: dict[str, str]) -> Response:
    """Take the form, or show it again with what is wrong and everything that was typed."""
    fields, name, cards = typed(pages.zone()), forms.line("partner_name"), partners.cards(me().person)
    fields["partner"] = whom(fields["partner"], name, cards)
    form, errors = shown(fields, name), wrong(fields, name, cards)
    rhythm = series.once() if record else series.typed()
    errors |= series.wrong(rhythm)
    if rhythm["how"] != series.ONCE and (not errors or series.still(fields, rhythm, errors)):
        return write_series(rhythm, fields, form, opened, cards, errors)
    made = [] if errors else changes(fields, name, opened)
    rows = moving.along(me().person, record, fields) if record and not errors else []
    errors |= {"starts_on": moving.TOO_FAR} if moving.is_too_far(rows) else {}
    clash, overlap = moving.NONE_MET if errors else moving.met(me().person, opened["record"], fields, rows)
    alone = rhythm["how"] == series.ONCE and bool(rhythm["seen"])  # days of a series stand on the screen
    if not errors and not clash and not alone:
        try:
            return keep(record, fields, made, rows, cards)
        except Refused as error:
            errors = {error.field or "starts_on": str(error)}
    return pages.show("sessions/form.html", 422 if errors or clash else 200,
                      **planning(record, opened, form, cards, errors, clash, overlap, rhythm | {"alone": alone}))


def keep(record: Record | None, fields: dict[str, Any], made: list[Record], rows: moving.Rows,
         cards: dict[str, Record]) -> Response:
    """Plan a session, or move it with those after it and the goals that are due by them."""
    fields |= moving.moved(record, moving.before(record), fields) if record else {"state": "planned"}
    fields |= turns.noted(record, fields, made[0]["id"]) if record else {}
    all_rows = [(record, fields), *rows] if record else []
    due = moving.following(me().person, all_rows, pages.zone()) if record else []
    id = forms.save(*made, *moving.changes(made[0], "session", rows),
                    *moving.changes(made[0], "goal", due))
    said = undoing.words(record, fields) if record else ""
    if rows:
        said = f"{len(all_rows)} sessions are changed{in_pause(all_rows, cards)}."
    if said:
        pages.notice(said, undo=url_for("sessions.undo", id=id, of=made[0]["id"]))
    return pages.see_other("sessions.show", id=id)


@bp.post("/sessions/<id>/undo")
def undo(id: str) -> Response:
    """Take back what the form of the change of `?of=` did; what was changed since stays."""
    record = records.find(me().person, "session", id)
    if words := undoing.take_back(me().person, record, request.args.get("of", "")):
        pages.notice(words)
    return pages.see_other("sessions.show", id=id)


@bp.post("/partners/<id>/pause/undo")
def undo_pause(id: str) -> Response:
    """Give the goals that the pause of the change of `?of=` moved their dates back; what was changed since stays."""
    record = records.find(me().person, "agreement", agreement.id_of(me().person, id))
    pages.notice(undoing.take_back(me().person, record, request.args.get("of", "")) or undoing.DATES)
    return pages.see_other("agreement.show", id=id)


def write_series(rhythm: series.Form, fields: dict[str, Any], form: dict[str, Any], opened: dict[str, str],
                 cards: dict[str, Record], errors: dict[str, str]) -> Response:
    """Show the days of a rhythm, then plan a session on each that is ticked.

    errors: of other fields; what was ticked stays, and what is wrong with the days is said beside them.
    """
    card, hour = cards.get(fields["partner"] or ""), [fields["starts_time"], fields["zone"]]
    ask = fitting.asks(me().person, card, pages.zone(), fields["minutes"])
    rows = series.days(me().person, opened, fields, rhythm, ask)
    asked, ticked = series.asked_for(fields, rhythm), series.ticks(rows)
    again = rhythm["seen"] == asked
    errors = errors | (series.wrong_days(rows, rhythm) if again else {})
    if again and not errors:
        made = changes(fields | {"state": "planned"}, form["partner_name"], opened)
        try:
            forms.save(*series.changes(rows, made))
            pages.notice(f"{len(ticked)} sessions are planned." if len(ticked) > 1 else "One session is planned.")
            return pages.see_other("sessions.index")
        except Refused as error:
            errors = {error.field or "starts_on": str(error)}
    rhythm |= {"seen": asked, "taken": series.met(rows),
               "rows": [series.shown(row, [row["on"], *hour], card, cards, pages.zone()) for row in rows]}
    return pages.show("sessions/form.html", 422 if errors else 200,
                      **planning(None, opened, form, cards, errors, rhythm=rhythm))
