"""What a notification asks of the server, and where else reminders come: with a network only."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

from .. import clock, pages
from ..errors import Refused
from ..pages import me
from . import where as places
from .snoozing import snooze as put_off

bp = Blueprint("reminders", __name__)


@bp.post("/reminders/<id>/snooze")
def snooze(id: str) -> Response:
    """Say it again on this device, in ten minutes: {at: when}, or 422 and {error: why not}. The worker asks, and a page
    where there are no actions.

    :raise Missing: not a reminder that went to this device
    """
    try:
        return jsonify(at=clock.iso(put_off(me().device, id)))
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
    return where_screen(id, places.try_device(me(), id))


def where_screen(tried: str = "", words: str = "") -> Response:
    """tried: the id of the device, or "mail"; words: what became of the test."""
    found: dict[str, Any] = {"devices": places.devices(me()), "mailbox": places.mailbox(me().person)}
    return pages.show("reminders/where.html", **found, tried=tried, words=words)
