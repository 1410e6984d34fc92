"""What is not on the server, and why. On the server nothing waits, so only kept versions stand here."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from . import clock, pages, records
from .errors import Missing
from .pages import me
from .versions.looking import about

# -- rules -------------------------------------------------------------------------------------------------------------


def kept() -> list[dict[str, Any]]:
    """The texts that could not be joined, newest first."""
    found = records.shelf(me().person, "kept")
    owners = records.many(me().person, [one["fields"].get("of") or "" for one in found])
    return [about(owners.get(one["fields"].get("of") or "")) | {
        "id": one["id"], "since": clock.parts(clock.parse(one["at"]), pages.zone()),
        "text": one["fields"].get("text") or ""} for one in found]


# -- pages; the same functions in the same order stand in service_worker/waiting.js ------------------------------------

bp = Blueprint("waiting", __name__)


@bp.get("/waiting")
def index() -> Response:
    """The list."""
    return pages.show("waiting/index.html", device=False, contact=None, reason="", until=None, sendable=0, size="",
                      refused=[], changes=[], more=0, drafts=[], used=None, kept=kept(),
                      back="")


@bp.get("/waiting/line")
def line() -> Response:
    """The sync line, a part of its own."""
    return pages.show("waiting/_line.html")


@bp.post("/waiting/send")
def send() -> Response:
    """*Send now*: on a device it asks the worker."""
    return pages.see_other("waiting.index")


@bp.route("/waiting/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """*Edit and send*: only a device has changes that wait."""
    raise Missing


@bp.route("/waiting/<id>/discard", methods=["GET", "POST"])
def discard(id: str) -> Response:
    """Ask, then throw a change away: only a device has any."""
    raise Missing


@bp.route("/waiting/drafts/<id>/drop", methods=["GET", "POST"])
def drop(id: str) -> Response:
    """Ask, then throw an unfinished text away: only a device has any."""
    raise Missing


@bp.post("/waiting/<id>/again")
def again(id: str) -> Response:
    """*Send again* what was refused, as it is: only a device has any."""
    raise Missing
