"""The addresses that `static/js/subscription.js` and the worker call. JSON in, JSON out."""
from __future__ import annotations

from datetime import timedelta
from time import perf_counter
from typing import Any, cast

from flask import Blueprint, Response, current_app, jsonify, request, url_for
from limits import RateLimitItemPerMinute

from .. import clock, guard
from ..errors import Refused
from ..models import Subscription
from ..pages import me
from . import subscriptions
from .sending import Sender

TESTS = RateLimitItemPerMinute(5)
TEST_TTL_SECONDS = 60

bp = Blueprint("push", __name__, url_prefix="/push")


def sender() -> Sender:
    """The sender of this app."""
    return cast(Sender, current_app.extensions["push"])


def told() -> Any:
    """The JSON of this request; None when it is none."""
    return request.get_json(silent=True)


@bp.get("/key")
def key() -> Response:
    """The server's public key, with which a browser subscribes. Never cached: it can be replaced."""
    return jsonify(key=sender().keys.current.public)


@bp.post("/subscribe")
def subscribe() -> Response:
    """Keep where this device gets its messages; told again at each start of the app."""
    try:
        subscriptions.subscribe(me().device, sender(), told())
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
    """Send this device a message now, and say what its push service made of it: {outcome, at: when it answered}."""
    row = Subscription.get_or_none(Subscription.device == me().device.id)
    if row is None:
        return answer(422, error="This device has not been allowed to remind you.")
    if not guard.tries().limiter.hit(TESTS, "push test", me().person.id):
        return answer(429, error="That was many tests. Try again in a minute.")
    started = perf_counter()
    outcome = sender().send(row, test_message(), TEST_TTL_SECONDS, topic="test")
    at = clock.now() + timedelta(seconds=perf_counter() - started)  # a request holds the clock at its beginning
    if outcome.what == "gone":
        subscriptions.forget_if_same(row)
    return answer(200, outcome=outcome.what, at=clock.iso(at))


def test_message() -> dict[str, Any]:
    """What a test shows. By `due` a second one is another, and is heard, too; Safari wants a whole URL."""
    base = (current_app.extensions["config"].base_url or request.host_url).rstrip("/")
    return {"web_push": 8030, "notification": {
        "title": "This is a test", "body": "Reminders come to this device.", "lang": "en", "dir": "ltr", "tag": "test",
        "navigate": base + url_for("settings.reminders"), "silent": False, "data": {"due": clock.iso(clock.now())}}}


def answer(status: int, **body: str) -> Response:
    """A reply of these addresses."""
    response = jsonify(**body)
    response.status_code = status
    return response
