"""The screens of two versions. The same functions in the same order stand in service_worker/versions.js."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from .. import forms, pages, records, search
from ..errors import Missing, Refused
from ..pages import me
from . import looking, settling

SAID = {
    "this": "Settled. The other version stays in the bin for 30 days.",
    "that": "Settled. What stood there stays in the history for 30 days.",
    "both": "Settled. Both are kept.",
    "apart": "Settled. Both are kept, each on its own.",
    "anew": "Kept as an entry of its own.",
    "join": "Settled.",
    "before": "That was settled already.",
}
Record = dict[str, Any]

bp = Blueprint("versions", __name__)


def found(id: str) -> settling.Case:
    """A kept text with what it belongs to, and what else is kept of that.

    :raise Missing: no such text
    """
    kept = records.find(me().person, "kept", id)
    of = kept["fields"].get("of") or ""
    others = [one for one in records.shelf(me().person, "kept") if one["fields"].get("of") == of and one["id"] != id]
    return settling.case_of(kept, records.many(me().person, [of]).get(of), [kept, *others])


@bp.route("/versions/<id>", methods=["GET", "POST"])
def show(id: str) -> Response:
    """Both texts side by side; a choice settles them, on every device."""
    case = found(id)
    return choose(case, forms.line("keep")) if request.method == "POST" else screen(case)


def screen(case: settling.Case, opened: dict[str, str] | None = None, error: str = "") -> Response:
    """The page. opened: the hidden fields of a form that could not be taken."""
    data = looking.page(case, me().device.id, pages.zone())
    return pages.show("versions/show.html", 422 if error else 200,
                      **data | ({"opening": opened} if opened else {}), error=error)


def choose(case: settling.Case, choice: str) -> Response:
    """Settle; what is settled already, here or on another device, is not settled again."""
    if case["kept"]["fields"].get("binned_at"):
        return done(case, "before")
    opened = forms.typed_opening(case["record"])
    if choice not in settling.choices(case):
        return screen(case, opened, "Choose one of the answers offered. They may have changed meanwhile.")
    try:
        id = forms.save(*settling.changes(case, choice, opened))
    except Refused as error:
        return screen(case, opened, str(error))
    return done(case, choice, id)


def done(case: settling.Case, choice: str, id: str = "") -> Response:
    """To what is still to be settled of the same record, else to where it is read. id: of the entry that was made."""
    ended = settling.homeless(case) if choice == "anew" else [case["kept"]]
    left = [one["id"] for one in case["others"] if one not in ended]
    pages.notice(SAID[choice])
    if left:
        return pages.see_other("versions.show", id=left[0])
    if choice == "anew":
        return pages.see_other("journal.show", id=id)
    return pages.go(search.address(case["record"]) if case["record"] else url_for("waiting.index"))


@bp.route("/versions/<id>/join", methods=["GET", "POST"])
def join(id: str) -> Response:
    """Both texts in one field, to be made one by hand.

    :raise Missing: what they belong to is no more, or they are no texts
    """
    case = found(id)
    if case["type"] != "text":
        raise Missing
    if request.method == "GET":
        return editor(case, forms.opening(case["record"]), settling.joined(case), "")
    return put_together(case, forms.typed_opening(case["record"]))


def editor(case: settling.Case, opened: dict[str, str], text: str, error: str) -> Response:
    """The form with both texts."""
    long = records.KINDS[case["record"]["kind"]].specs[case["field"]].name == "prose"
    data = {"id": case["kept"]["id"], "field": case["field"], "long": long, "of": looking.about(case["record"])}
    return pages.show("versions/join.html", 422 if error else 200, **data, opening=opened, text=text, error=error)


def put_together(case: settling.Case, opened: dict[str, str]) -> Response:
    """Keep what was typed, also when it was settled elsewhere meanwhile; or show it again with what is wrong."""
    kind, field, kept = case["record"]["kind"], case["field"], case["kept"]
    text = forms.text("text") if records.KINDS[kind].specs[field].name == "prose" else forms.line("text")
    error = forms.problems(kind, {field: text}).get(field, "" if text else "Write something first. One word is enough.")
    if not error:
        first = forms.change(kind, {field: text}, opened)
        try:
            forms.save(first, *settling.settled(first, [] if kept["fields"].get("binned_at") else [kept]))
            return done(case, "join")
        except Refused as refused:
            error = str(refused)
    return editor(case, opened, text, error)
