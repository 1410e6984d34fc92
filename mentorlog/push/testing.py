"""A message to try a device: to this one, which says when it is there, or to another one, which says nothing."""
from __future__ import annotations

from datetime import datetime, timedelta
from time import perf_counter
from typing import Any, cast

from flask import current_app, request, url_for
from limits import RateLimitItemPerMinute

from .. import clock, guard
from ..models import Person, Subscription
from . import subscriptions
from .sending import Outcome, Sender

TESTS = RateLimitItemPerMinute(5)  # of a person, to all devices together
TEST_TTL_SECONDS = 60
TOO_MANY = "That was many tests. Try again in a minute."


def sender() -> Sender:
    """The sender of this app."""
    return cast(Sender, current_app.extensions["push"])


def may_test(person: Person) -> bool:
    """Count a test; False when it is one too many."""
    return guard.tries().limiter.hit(TESTS, "push test", person.id)


def send_test(row: Subscription) -> tuple[Outcome, datetime]:
    """Send a test now: what its push service made of it, and when it answered. An address that is dead is forgotten."""
    started = perf_counter()
    outcome = sender().send(row, test_message(), TEST_TTL_SECONDS, topic="test")
    if outcome.what == "gone":
        subscriptions.forget_if_same(row)
    took = timedelta(seconds=perf_counter() - started)  # a request holds the clock at its beginning
    return outcome, clock.now() + took


def test_message() -> dict[str, Any]:
    """What a test shows. By `due` a second one is another, and is heard, too; Safari wants a whole URL."""
    base = (current_app.extensions["config"].base_url or request.host_url).rstrip("/")
    return {"web_push": 8030, "notification": {
        "title": "This is a test", "body": "Reminders come to this device.", "lang": "en", "dir": "ltr", "tag": "test",
        "navigate": base + url_for("settings.reminders"), "silent": False, "data": {"due": clock.iso(clock.now())}}}
