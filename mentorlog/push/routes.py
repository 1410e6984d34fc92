"""The addresses that `static/js/subscription.js` and the worker call. JSON in, JSON out."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from .. import clock
from ..errors import Refused
from ..models import Subscription
from ..pages import me
from . import subscriptions
from .testing import TOO_MANY, arrive, may_test, send_test, sender

bp = Blueprint("push", __name__, url_prefix="/push")


def told() -> Any:
    """The JSON of this request; None when it is none, or deeper than anything that is told here."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


@bp.get("/key")
def key() -> Response:
    """The server's public key, with which a browser subscribes. Never cached: it can be replaced."""
    return jsonify(key=sender().keys.current.public)


@bp.post("/subscribe")
def subscribe() -> Response:
    """Keep where this device gets its messages; told again at each start of the app.

    410 where the address it had turned out to be dead: the browser has to make another one, and says so by `anew`.
    """
    body = told()
    if me().device.lost and not (isinstance(body, dict) and body.get("anew") is True):
        return answer(410, error="The old address of this device is dead. It needs a new one.")
    try:
        subscriptions.subscribe(me().device, sender(), body)
    except Refused as error:
        return answer(422, error=error.message)
    return Response(status=204)


@bp.post("/forget")
def forget() -> Response:
    """Send nothing more to this device. Also right when nothing is known of it."""
    subscriptions.forget(me().device)
    return Response(status=204)


@bp.post("/test")
def test() -> Response:
    """Send this device a message now, and say what its push service made of it: {outcome, at: when it answered}.

    outcome: as `Outcome.what`, or "ours" where it refused this server and not this device. "gone" also where none is
    known any more: since the page was opened a reminder found it dead.
    """
    row = Subscription.get_or_none(Subscription.device == me().device.id)
    if row is None:
        return answer(200, outcome="gone", at=clock.iso(clock.now()))
    if not may_test(me().person):
        return answer(429, error=TOO_MANY)
    outcome, at = send_test(row)
    return answer(200, outcome="ours" if outcome.ours else outcome.what, at=clock.iso(at))


@bp.post("/test/<id>/arrived")
def arrived(id: str) -> Response:
    """This device shows the test with this id, which whoever sent it reads on another one.

    :raise Missing: not the last test that was sent to this device
    """
    arrive(me().device, id)
    return Response(status=204)


def answer(status: int, **body: str) -> Response:
    """A reply of these addresses."""
    response = jsonify(**body)
    response.status_code = status
    return response
