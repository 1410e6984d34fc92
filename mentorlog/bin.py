"""The bin: everything that was deleted in the last thirty days, of every kind, and the way back."""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, request

from . import clock, forms, pages, prose, records, search
from .errors import Missing
from .goals.looking import too_many
from .pages import me
from .sync import apply
from .sync.upkeep import DAYS_IN_THE_BIN

PAGE = 50
AT_ONCE = 200  # changes of one transaction, so that others can write between
WHAT = search.WHAT | {"line": "Agenda line", "kept": "Other version"}
READ = ("entry", "goal", "worksheet", "set")  # kinds with a page of their own, also in the bin
Record = dict[str, Any]

# -- rules -------------------------------------------------------------------------------------------------------------


def contents(person: Any) -> list[Record]:
    """All that is in the bin, what came last first; of one moment by id."""
    found = records.binned(person)
    return sorted(found, key=lambda record: (record["fields"]["binned_at"], record["id"]), reverse=True)


def whole_ones(found: list[Record]) -> list[Record]:
    """The contents without those that are a part of another of them."""
    there = {record["id"] for record in found}
    return [record for record in found if whole_of(record) not in there]


def whole_of(record: Record) -> str:
    """The id of what it goes into the bin with and comes out with, "" for one that stands alone."""
    return records.KINDS[record["kind"]].whole_of(record["fields"])


def item(record: Record, moment: datetime, zone: str) -> dict[str, Any]:
    """A row of the bin. left: days until it is deleted for good, begun ones too."""
    kind, end = record["kind"], clock.parse(record["fields"]["binned_at"]) + timedelta(days=DAYS_IN_THE_BIN)
    left = -((moment - end) // timedelta(days=1))
    return {"id": record["id"], "kind": kind, "what": WHAT.get(kind, kind), "title": title(record),
            "day": clock.parts(clock.parse(record["at"]), zone), "left": max(0, left),
            "url": search.address(record) if kind in READ else "", "waiting": record["waiting"],
            "opening": forms.opening(record)}


def title(record: Record) -> str:
    """The words by which a person knows it."""
    kept = record["kind"] == "kept"
    return prose.snippet(record["fields"].get("text") or "", search.TITLE) if kept else search.title(record)


def state(found: list[Record]) -> str:
    """A name of all that is in the bin and how it is: another as soon as something is added, taken out or changed."""
    return records.name_id("bin", " ".join(f"{record['id']} {record['rev']}" for record in found))


def parts_of(record: Record, found: list[Record]) -> list[Record]:
    """What comes out of the bin with a record."""
    return [part for part in found if whole_of(part) == record["id"]]


def coming_back(record: Record, found: list[Record], opened: dict[str, str]) -> list[Record]:
    """The changes that take a record and its parts out of the bin."""
    first = forms.change(record["kind"], {"binned_at": None}, opened)
    return [first, *(forms.further(first, part["kind"], {"binned_at": None}, part) for part in parts_of(record, found))]


def ending(found: list[Record], opened: dict[str, str]) -> list[Record]:
    """The changes that delete all of it, each on top of the state that was looked at."""
    ids = [records.name_id(opened["change"], record["id"]) for record in found]
    return [forms.change(record["kind"], {"deleted": True}, forms.opening(record) | {"change": id})
            for record, id in zip(found, ids, strict=True)]


# -- pages; the same functions in the same order stand in service_worker/bin.js ----------------------------------------

bp = Blueprint("bin", __name__)


@bp.get("/bin")
def index() -> Response:
    """What was deleted, newest first: 50 after the one named in `?after=`."""
    found, moment = whole_ones(contents(me().person)), clock.now()
    after = request.args.get("after", "")
    start = next((place for place, record in enumerate(found, 1) if record["id"] == after), 0)
    page = found[start:start + PAGE]
    return pages.show("bin/index.html", rows=[item(record, moment, pages.zone()) for record in page], count=len(found),
                      older=page[-1]["id"] if len(found) > start + PAGE else "", first=start == 0)


@bp.get("/journal/bin")
def former() -> Response:
    """Where the bin was while it held entries alone."""
    return pages.see_other("bin.index")


@bp.route("/bin/empty", methods=["GET", "POST"])
def empty() -> Response:
    """Ask, then delete all that the question was about. What came in or changed meanwhile is asked about anew."""
    found = contents(me().person)
    if request.method == "POST" and found:
        if forms.line("state") != state(found):
            return asking(found, 422)
        delete(ending(found, forms.typed_opening()))
        pages.notice("The bin is empty.")
    return asking(found) if request.method == "GET" and found else pages.see_other("bin.index")


def asking(found: list[Record], status: int = 200) -> Response:
    """The question. moved: it was asked before, about less."""
    return pages.show("bin/empty.html", status, count=len(whole_ones(found)), state=state(found),
                      opening=forms.opening(), moved=status != 200)


def delete(changes: list[Record]) -> None:
    """Take the changes, some hundreds at a time; one that is refused leaves its record in the bin."""
    for start in range(0, len(changes), AT_ONCE):
        apply.take(me().person, me().device, changes[start:start + AT_ONCE])


@bp.post("/bin/<id>/bring-back")
def bring_back(id: str) -> Response:
    """Out of the bin again, with its parts; where it is a goal too many, the next page asks which one waits.

    :raise Missing: it is not here, or not mine to bring back
    """
    record = records.many(me().person, [id]).get(id)
    if record is None or not record["rev"]:
        raise Missing
    if record["fields"].get("binned_at"):
        opened = forms.typed_opening(record)
        forms.save(*coming_back(record, records.binned(me().person), opened))
        pages.notice(f"{WHAT.get(record['kind'], record['kind'])} brought back.")
    crowded = record["kind"] == "goal" and too_many(me().person)
    return pages.see_other("goals.which" if crowded else "bin.index")
