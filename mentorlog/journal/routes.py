"""The screens of the journal. The same functions in the same order stand in service_worker/journal.js."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from .. import clock, forms, pages, records
from ..errors import Refused
from ..pages import me
from . import looking, writing

PAGE = 50

bp = Blueprint("journal", __name__)


def listed() -> dict[str, Any]:
    """The page of the list that is asked for: 50 entries after the one named in `?after=`."""
    after = records.many(me().person, [request.args.get("after", "")])
    start = next(iter(after.values()), None)
    found = records.shelf(me().person, "entry", after=start, limit=PAGE + 1)
    items = [looking.item(record, pages.zone()) for record in found[:PAGE]]
    older = items[-1]["id"] if len(found) > PAGE else ""
    return {"months": looking.months(items), "older": older, "first": start is None}


@bp.get("/journal")
def index() -> Response:
    """Entries by month, newest first."""
    return pages.show("journal/index.html", **listed())


@bp.route("/journal/new", methods=["GET", "POST"])
def new() -> Response:
    """Write an entry."""
    if request.method == "GET":
        return pages.show("journal/form.html", id="", opening=forms.opening(), form=writing.shown({}), errors={})
    return write("journal/form.html", "", forms.typed_opening())


def write(template: str, id: str, opened: dict[str, str]) -> Response:
    """Take the form, or show it again with what is wrong and everything that was typed."""
    fields = writing.typed()
    errors = writing.wrong(fields)
    if not errors:
        try:
            return pages.see_other("journal.show", id=forms.save(forms.change("entry", fields, opened)))
        except Refused as error:
            errors = {error.field or "text": str(error)}
    form = writing.shown(fields) | {"tags": forms.text("tags")}
    return pages.show(template, 422, id=id, opening=opened, form=form, errors=errors)


@bp.get("/journal/bin")
def bin() -> Response:
    """What was put into the bin, newest first."""
    found = records.shelf(me().person, "entry/bin", limit=PAGE)
    return pages.show("journal/bin.html", entries=[looking.binned(record, pages.zone()) for record in found])


@bp.get("/journal/<id>")
def show(id: str) -> Response:
    """The reader, with the list beside it on a desktop."""
    record = records.find(me().person, "entry", id)
    return pages.show("journal/show.html", entry=looking.whole(record, pages.zone()), **listed())


@bp.route("/journal/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """Change an entry."""
    record = records.find(me().person, "entry", id)
    if request.method == "GET":
        opened = forms.opening(record)
        return pages.show("journal/form.html", id=id, opening=opened, form=writing.shown(record["fields"]), errors={})
    return write("journal/form.html", id, forms.typed_opening(record))


@bp.post("/journal/<id>/delete")
def delete(id: str) -> Response:
    """Into the bin for 30 days; the next page offers the way back."""
    record = records.find(me().person, "entry", id)
    fields = {"binned_at": record["fields"].get("binned_at") or clock.iso(clock.now())}  # a second tap says the same
    forms.save(forms.change("entry", fields, forms.typed_opening(record)))
    pages.notice("Entry moved to the bin.", undo=url_for("journal.bring_back", id=id))
    return pages.see_other("journal.index")


@bp.post("/journal/<id>/bring-back")
def bring_back(id: str) -> Response:
    """Out of the bin again."""
    record = records.find(me().person, "entry", id)
    forms.save(forms.change("entry", {"binned_at": None}, forms.typed_opening(record)))
    return pages.see_other("journal.show", id=id)
