"""The screens of sets of one's own. Their twins stand in service_worker/questions/own.js."""
from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from .. import clock, forms, pages, records
from ..errors import Refused
from ..pages import me
from . import editing, sets
from .kinds import MOST_QUESTIONS
from .routes import bp

Record = dict[str, Any]


@bp.route("/questions/new", methods=["GET", "POST"])
def new() -> Response:
    """Make a set of one's own out of nothing."""
    back = {"href": url_for("questions.index", time="own"), "words": "Questions"}
    return written(url_for("questions.new"), back, editing.shown({}, []), None)


@bp.route("/questions/<set>/copy", methods=["GET", "POST"])
def copy(set: str) -> Response:
    """Make a set of one's own out of another one, which stays as it is.

    :raise Missing: no such set
    """
    one, back = sets.find(me().person, set), {"href": url_for("questions.set_page", set=set), "words": "The set"}
    return written(url_for("questions.copy", set=set), back, editing.of(one), None)


@bp.route("/questions/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """Change a set of one's own; answers that were given stay with the words they answered."""
    record = records.find(me().person, "set", id)
    back = {"href": url_for("questions.set_page", set=id), "words": "The set"}
    return written(url_for("questions.edit", id=id), back, editing.of(sets.of_person(record)), record)


def written(address: str, back: dict[str, str], form: dict[str, Any], record: Record | None) -> Response:
    """Show the form of a set, or take it. form: what it shows at first; record: the set that it changes."""
    before = len(form["questions"])
    page: dict[str, Any] = {"address": address, "back": back, "is_new": record is None, "many": before > MOST_QUESTIONS}
    if request.method == "GET":
        return pages.show("questions/set.html", **page, opening=forms.opening(record), form=form, errors={})
    opened, form = forms.typed_opening(record), editing.typed({one["id"]: one for one in form["questions"]})
    moved = editing.arranged(form)
    if moved is not None:
        return pages.show("questions/set.html", **page, opening=opened, form=moved, errors={})
    made = editing.made_in(form, opened["record"])
    errors, fields = editing.wrong(form, made, before), editing.fields_of(form, made)
    if not errors:
        try:
            change = [forms.change("set", fields, opened)] if editing.is_news(record, fields) else []
            return pages.see_other("questions.set_page", set=forms.save(*change) if change else opened["record"])
        except Refused as error:
            errors = {error.field or "title": str(error)}
    return pages.show("questions/set.html", 422, **page, opening=opened, form=form, errors=errors)


@bp.post("/questions/<id>/delete")
def delete_set(id: str) -> Response:
    """Into the bin for 30 days; worksheets and answers stay where they are."""
    record = records.find(me().person, "set", id)
    moment = record["fields"].get("binned_at") or clock.iso(clock.now())
    forms.save(forms.change("set", {"binned_at": moment}, forms.typed_opening(record)))
    pages.notice("Set moved to the bin.", undo=url_for("questions.bring_back_set", id=id))
    return pages.see_other("questions.index", time="own")


@bp.post("/questions/<id>/bring-back")
def bring_back_set(id: str) -> Response:
    """Out of the bin again."""
    record = records.find(me().person, "set", id)
    forms.save(forms.change("set", {"binned_at": None}, forms.typed_opening(record)))
    return pages.see_other("questions.set_page", set=id)
