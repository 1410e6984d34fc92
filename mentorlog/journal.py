"""The journal: entries, by month."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for
from pydantic import Field

from . import clock, forms, pages, prose, records
from .errors import Refused
from .pages import me


class Entry(records.Own):
    """One page of a journal."""

    private = frozenset({"tags"})

    title: records.Line200 = ""
    text: records.Prose60000 = ""
    tags: records.Tags = Field(default_factory=list)
    session: records.Ref | None = None


PAGE = 50
SNIPPET = 160
Record = dict[str, Any]

# -- rules -------------------------------------------------------------------------------------------------------------


def item(record: Record, zone: str) -> dict[str, Any]:
    """An entry as a list prints it."""
    fields = record["fields"]
    return {"id": record["id"], "day": clock.parts(clock.parse(record["at"]), zone), "title": fields.get("title") or "",
            "snippet": prose.snippet(fields.get("text") or "", SNIPPET), "tags": fields.get("tags") or [],
            "session": bool(fields.get("session")), "waiting": record["waiting"]}


def months(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items of a page by the month in which they were written, newest first."""
    groups: list[dict[str, Any]] = []
    for one in items:
        name = f"{one['day']['year']}-{one['day']['month']:02}"
        if not groups or groups[-1]["name"] != name:
            groups.append({"name": name, "year": one["day"]["year"], "month": one["day"]["month"], "entries": []})
        groups[-1]["entries"].append(one)
    return groups


def split_tags(typed: str) -> list[str]:
    """Tags as they were typed, between commas or spaces, without `#`, each once, in order."""
    words = prose.SPACE.sub(" ", typed).replace(",", " ").replace("#", " ").split(" ")
    return list(dict.fromkeys(word for word in words if word))


def typed() -> dict[str, Any]:
    """The fields of the entry form."""
    return {"title": forms.line("title"), "text": forms.text("text"), "tags": split_tags(forms.text("tags"))}


def shown(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of an entry as its form shows them."""
    return {"title": fields.get("title") or "", "text": fields.get("text") or "",
            "tags": " ".join(fields.get("tags") or [])}


def wrong(fields: dict[str, Any]) -> dict[str, str]:
    """Field to words. An entry without a word is none."""
    found = forms.problems("entry", fields)
    if not found and not fields["title"] and not prose.SPACE.sub("", fields["text"]):
        found["text"] = "Write something first. One word is enough."
    return found


# -- pages; the same functions in the same order stand in service_worker/journal.js ------------------------------------

bp = Blueprint("journal", __name__)


def listed() -> dict[str, Any]:
    """The page of the list that is asked for: 50 entries after the one named in `?after=`."""
    after = records.many(me().person, [request.args.get("after", "")])
    start = next(iter(after.values()), None)
    found = records.shelf(me().person, "entry", after=start, limit=PAGE + 1)
    items = [item(record, pages.zone()) for record in found[:PAGE]]
    return {"months": months(items), "older": items[-1]["id"] if len(found) > PAGE else "", "first": start is None}


@bp.get("/journal")
def index() -> Response:
    """Entries by month, newest first."""
    return pages.show("journal/index.html", **listed())


@bp.route("/journal/new", methods=["GET", "POST"])
def new() -> Response:
    """Write an entry."""
    if request.method == "GET":
        return pages.show("journal/form.html", id="", opening=forms.opening(), form=shown({}), errors={})
    return write("journal/form.html", "", forms.typed_opening())


def write(template: str, id: str, opened: dict[str, str]) -> Response:
    """Take the form, or show it again with what is wrong and everything that was typed."""
    fields = typed()
    errors = wrong(fields)
    if not errors:
        try:
            return pages.see_other("journal.show", id=forms.save(forms.change("entry", fields, opened)))
        except Refused as error:
            errors = {error.field or "text": str(error)}
    form = shown(fields) | {"tags": forms.text("tags")}
    return pages.show(template, 422, id=id, opening=opened, form=form, errors=errors)


@bp.get("/journal/bin")
def bin() -> Response:
    """What was put into the bin, newest first."""
    found = records.shelf(me().person, "entry/bin", limit=PAGE)
    return pages.show("journal/bin.html", entries=[binned(record, pages.zone()) for record in found])


def binned(record: Record, zone: str) -> dict[str, Any]:
    """An entry of the bin, with the day it was put there and the hidden fields of *Bring back*."""
    since = clock.parts(clock.parse(record["fields"]["binned_at"]), zone)
    return item(record, zone) | {"binned": since, "opening": forms.opening(record)}


@bp.get("/journal/<id>")
def show(id: str) -> Response:
    """The reader, with the list beside it on a desktop."""
    record = records.find(me().person, "entry", id)
    return pages.show("journal/show.html", entry=whole(record, pages.zone()), **listed())


def whole(record: Record, zone: str) -> dict[str, Any]:
    """An entry as the reader prints it."""
    fields = record["fields"]
    return item(record, zone) | {"text": fields.get("text") or "", "binned": bool(fields.get("binned_at")),
                                 "opening": forms.opening(record)}


@bp.route("/journal/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """Change an entry."""
    record = records.find(me().person, "entry", id)
    if request.method == "GET":
        opened = forms.opening(record)
        return pages.show("journal/form.html", id=id, opening=opened, form=shown(record["fields"]), errors={})
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
