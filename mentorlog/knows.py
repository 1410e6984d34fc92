"""What this app knows about me, and who can read it, in words."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from . import clock, pages, records, settings
from .pages import me
from .records import KINDS

Record = dict[str, Any]
# The order in which kinds are told; any other follows.
ORDER = ("entry", "goal", "rating", "worksheet", "answer", "set", "aim", "session", "line", "partner", "agreement",
         "hours", "busy", "kept", "settings")

# -- rules -------------------------------------------------------------------------------------------------------------


def who(record: Record, person: str) -> str:
    """Who sees a record: `mine` alone, `shown` to my mentor, `both` of a pair, or it is `theirs` and shown to me."""
    if KINDS[record["kind"]].by == "pair" and record["pair"]:
        return "both"
    if record["owner"] != person:
        return "theirs"
    return "shown" if record["fields"].get("shared") and not record["fields"].get("binned_at") else "mine"


def rows(found: list[Record], zone: str) -> list[dict[str, Any]]:
    """How many there are of each kind, how many of them lie in a bin, and the first day of the oldest."""
    kinds = {record["kind"] for record in found}
    order = [*ORDER, *sorted(kinds - set(ORDER))]
    return [row(kind, [record for record in found if record["kind"] == kind], zone) for kind in order if kind in kinds]


def row(kind: str, found: list[Record], zone: str) -> dict[str, Any]:
    """One kind of record."""
    binned = [record for record in found if record["fields"].get("binned_at")]
    oldest = min(str(record["at"]) for record in found)
    return {"kind": kind, "count": len(found), "binned": len(binned), "since": clock.parts(clock.parse(oldest), zone)}


# -- pages; the same functions in the same order stand in service_worker/knows.js --------------------------------------

bp = Blueprint("knows", __name__)


@bp.get("/settings/knows")
def index() -> Response:
    """Everything that stands here, by who can read it; then what the server keeps beside it."""
    groups: dict[str, list[Record]] = {"mine": [], "shown": [], "both": [], "theirs": []}
    for record in records.with_bins(me().person):
        groups[who(record, me().person.id)].append(record)
    zone = pages.zone()
    told: dict[str, Any] = {name: rows(found, zone) for name, found in groups.items()}
    return pages.show("knows/index.html", now=clock.parts(clock.now(), zone), zone=zone, unsent=0, drafts=0,
                      groups=settings.groups(), **told)
