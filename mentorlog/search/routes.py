"""The screen of search. The same functions in the same order stand in service_worker/search.js."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from .. import clock, memory, pages, prose, records
from ..pages import me
from . import finding, looking

MOST = 50

bp = Blueprint("search", __name__)


@bp.get("/search")
def index() -> Response:
    """What was found, or an empty field; `?group=` chooses among the hits, `?open=` is the entry beside them."""
    q = prose.query(request.args.get("q", ""))
    group, open = request.args.get("group", ""), request.args.get("open", "")
    return pages.show("search/index.html", q=q, open=open, **result(q, group if group in finding.GROUPS else ""))


def result(q: str, group: str) -> dict[str, Any]:
    """The hits of a search: the newest fifty of a group."""
    words, zone = prose.words(q), pages.zone()
    rows = memory.rows(me().person) if words else []
    everywhere = finding.hits(rows, words)
    found = finding.of_group(everywhere, group)
    read = records.many(me().person, [row.id for row in found[:MOST]])
    shown = [read[row.id] for row in found[:MOST] if row.id in read]
    other = looking.beside(me().person, [one for one in shown if one["kind"] != "entry"])
    return {
        "asked": bool(words), "group": group, "groups": finding.groups(everywhere, group), "count": len(found),
        "more": len(found) > MOST, "year": clock.parts(clock.now(), zone)["year"],
        "entries": [looking.entry(one, words, zone) for one in shown if one["kind"] == "entry"],
        "elsewhere": [looking.elsewhere(one, other.get(one["id"]), words, zone) for one in shown
                      if one["kind"] != "entry"],
        "spelling": finding.spelling(rows, words) if words and not everywhere else ""}
