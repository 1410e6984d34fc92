"""A message to try a device: sent, taken by its push service, and there, as the device tells."""
from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any, cast
from urllib.parse import urlsplit

from flask import current_app, request, url_for
from limits import RateLimitItemPerMinute

from .. import clock, guard
from ..errors import Missing
from ..models import Device, Person, Subscription, new_id
from . import subscriptions
from .sending import Outcome, Sender

TESTS = RateLimitItemPerMinute(5)  # of a person, to all devices together
TEST_TTL_SECONDS = 60
TOO_MANY = "That was many tests. Try again in a minute."
BADLY_MADE = {400, 413}  # a message of which the push service says nothing against who it was for (RFC 8030, 5 and 7.2)

log = logging.getLogger(__name__)


def sender() -> Sender:
    """The sender of this app."""
    return cast(Sender, current_app.extensions["push"])


def may_test(person: Person) -> bool:
    """Count a test; False when it is one too many."""
    return guard.tries().limiter.hit(TESTS, "push test", person.id)


def send_test(row: Subscription) -> tuple[Outcome, datetime]:
    """Send a test now: what its push service made of it, and when it answered. An address that is dead is forgotten."""
    id, started = new_id(), perf_counter()
    begin(row, id)
    outcome = judged(row, sender().send(row, test_message(id), TEST_TTL_SECONDS, topic="test"))
    at = clock.now() + timedelta(seconds=perf_counter() - started)  # a request holds the clock at its beginning
    if outcome.what == "gone":
        subscriptions.forget_if_same(row)
    elif outcome.what == "sent":
        Subscription.update(test_taken_at=at).where(Subscription.id == row.id, Subscription.test == id).execute()
    return outcome, at


def judged(row: Subscription, outcome: Outcome) -> Outcome:
    """The same, also `ours` where the message was refused and not the device; the operator finds why in the log."""
    if outcome.what != "failed":
        return outcome
    outcome = replace(outcome, ours=outcome.ours or outcome.status in BADLY_MADE)
    event = "test refused: look at our key, our clock and this status; the device is fine"
    log.error(event if outcome.ours else "test refused", extra={
        "device": row.device, "status": outcome.status, "host": urlsplit(row.endpoint).hostname})
    return outcome


def begin(row: Subscription, id: str) -> None:
    """Keep which test is the last one, before it is sent: it can be there sooner than its push service answers."""
    fresh = {"test": id, "test_sent_at": clock.now(), "test_taken_at": None, "test_arrived_at": None}
    Subscription.update(fresh).where(Subscription.id == row.id).execute()


def arrive(device: Device, id: str) -> None:
    """A device shows the test with this id, as it tells; told again it stays as it was.

    :raise Missing: not the last test that was sent to this device
    """
    mine = (Subscription.device == device.id) & (Subscription.test == id)
    first = Subscription.test_arrived_at.is_null()
    told = Subscription.update(test_arrived_at=clock.now()).where(mine, first).execute()
    if not told and not Subscription.select().where(mine).exists():
        raise Missing


def test_message(id: str) -> dict[str, Any]:
    """What a test shows. By `due` a second one is another, and is heard, too; by `test` the device tells of this one.

    Not declarative, as reminders are: Safari would show it without asking the worker, which could not tell of it then.
    """
    base = (current_app.extensions["config"].base_url or request.host_url).rstrip("/")
    return {"notification": {
        "title": "This is a test", "body": "Reminders come to this device.", "lang": "en", "dir": "ltr", "tag": "test",
        "navigate": base + url_for("settings.reminders"), "silent": False,
        "data": {"due": clock.iso(clock.now()), "test": id}}}
