"""The screen of earlier versions. The same functions in the same order stand in service_worker/history.js."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from .. import forms, pages, records, search
from ..errors import Missing
from ..pages import me
from . import looking, past

Record = dict[str, Any]

bp = Blueprint("history", __name__)


def found(id: str) -> Record:
    """A record that the person writes and that holds words.

    :raise Missing: it is not here, is only shown to them, or holds none
    """
    record = records.many(me().person, [id]).get(id)
    if record is None or not record["rev"] or not looking.names(record["kind"]):
        raise Missing
    return record


@bp.route("/history/<id>", methods=["GET", "POST"])
def index(id: str) -> Response:
    """What a record was in the last thirty days, and one of these versions against now; *Bring this one back*."""
    record = found(id)
    versions = past.versions(me(), record)
    if request.method == "POST":
        return bring_back(record, versions)
    return screen(record, versions, request.args.get("version", ""))


def screen(record: Record, versions: list[looking.Version], change: str, status: int = 200) -> Response:
    """The page. how: the server's own versions are never a copy. gone: the version that was asked for is not there."""
    return pages.show("history/index.html", status, how="fresh", as_of=None, gone=status != 200,
                      **looking.page(record, versions, change, pages.zone()))


def bring_back(record: Record, versions: list[looking.Version]) -> Response:
    """An ordinary change, so that what stands now stays in the history; without the version, say so."""
    change = forms.line("version")
    one = next((one for one in versions if one["change"] == change), None)
    if one is None:
        return screen(record, versions, "", 422)
    fields = looking.back(record["kind"], one, versions[0])
    if fields:
        forms.save(forms.change(record["kind"], fields, forms.typed_opening(record)))
        pages.notice("It is back. What stood there is in the history.")
    return pages.go(search.address(record))
