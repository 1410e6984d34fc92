"""What a notification asks of the server, and where else reminders come: with a network only."""
from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Response, jsonify, request, url_for

from .. import clock, due, htmx, pages
from ..errors import Refused
from ..pages import me
from . import where as places
from .snoozing import is_later
from .snoozing import snooze as put_off
from .words import comes_again

bp = Blueprint("reminders", __name__)


@bp.post("/reminders/<id>/snooze")
def snooze(id: str) -> Response:
    """Say it again on this device, in ten minutes: {at: when, later: whether quiet or focus hours hold it back until
    then, words: that says so}, or 422 and {error: why not}. The worker asks, and a page where there are no actions.

    :raise Missing: not a reminder that went to this device
    """
    try:
        moment, who = put_off(me().device, id), me().person.id
        words = comes_again(moment, pages.zone(), due.wishes_of([who])[who])
        return jsonify(at=clock.iso(moment), later=is_later(moment), words=words)
    except Refused as error:
        response = jsonify(error=error.message)
        response.status_code = 422
        return response


@bp.get("/reminders/where")
def where() -> Response:
    """The other devices and the mailbox; a part of *Settings · Reminders*, which a device shows without it offline."""
    return where_screen()


@bp.post("/reminders/test")
def test() -> Response:
    """Send a letter now, and say what the mail server made of it."""
    return where_screen("mail", places.try_letter(me().person))


@bp.post("/reminders/test/<id>")
def test_device(id: str) -> Response:
    """Send another device a test now, and say what its push service made of it.

    :raise Missing: not another device of the person's
    """
    words = places.try_device(me(), id)
    if not words and not cast(htmx.Request, request).htmx.partial:
        return pages.redirect(url_for("reminders.where"))  # which can be loaded again to see whether it arrived
    return where_screen(id, words)


@bp.get("/reminders/test/<id>")
def tried(id: str) -> Response:
    """How the last test of another device stands; a part of *Settings · Reminders* asks until it arrived.

    :raise Missing: not another device of the person's
    """
    places.other(me(), id)
    return where_screen(id)


def where_screen(tried: str = "", words: str = "") -> Response:
    """tried: the id of the device, or "mail"; words: what became of the test."""
    rows = places.devices(me())
    found: dict[str, Any] = {"devices": rows, "device": next((row for row in rows if row["id"] == tried), None)}
    wishes = due.wishes_of([me().person.id])[me().person.id]
    return pages.show("reminders/where.html", **found, here=places.here(me()), mailbox=places.mailbox(me().person),
                      tried=tried, words=words, silent=not any(map(wishes.wants, due.KINDS)))
