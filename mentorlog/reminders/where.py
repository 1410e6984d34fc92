"""Where reminders come: the person's other devices, and their mailbox; and a test to try one of them."""
from __future__ import annotations

from datetime import datetime, timedelta
from time import perf_counter
from typing import Any, cast

from flask import current_app, url_for
from limits import RateLimitItemPerMinute
from peewee import fn

from .. import access, clock, guard, mail, pages, people, push
from ..access import Me
from ..errors import Missing
from ..models import Delivery, Device, Person, Reminder, Subscription, new_id
from .letters import Post

TESTS = RateLimitItemPerMinute(5)
NOT_SET = "No mail server is set here, so no letters come. Whoever runs this server can set one."
TOO_MANY = "That was many tests. Try again in a minute."
STOPPED = "Not sent: reminders were stopped there."
SOON = timedelta(seconds=10)  # a test that comes is mostly there after a few
LOST = timedelta(seconds=push.TEST_TTL_SECONDS + 10)  # its push service has thrown it away
SAID_FOR = timedelta(hours=12)  # so that an hour says when, without its day
PUSHED = {  # what is not kept of a test that its push service did not take
    "gone": "Its push service no longer knows it, so it gets none. Open the app there, and send a test from there.",
    "retry": "Its push service did not answer, or is busy. Try again in a minute.",
    "failed": "Its push service refused the test. Tap Stop here on that device, then Remind me.",
    "ours": "Its push service refused this server, not that device, which is fine. Whoever runs the server must look: "
            "its log says why.",
}
TRIED = {  # outcome, whether the server said something
    ("sent", True): "The mail server took the letter for {to} at {at}.",
    ("gone", True): "The mail server knows no mailbox {to}. Is the address right?",
    ("failed", True): "The mail server refused the letter. Whoever runs this server finds its reason in the log.",
    ("failed", False): "No letter can be written to {to}. Is the address right?",
    ("retry", True): "The mail server takes no letters just now. Try again in a few minutes.",
    ("retry", False): "The mail server did not answer. Try again in a minute.",
}


def post() -> Post | None:
    """What sends the letters of this app; None where no mail server is set."""
    found: Post | None = current_app.extensions["post"]
    return found


def devices(who: Me) -> list[dict[str, Any]]:
    """The other devices of a person: {id, label, on: whether it gets reminders, last: when the last one went, or None,
    test: see `trial`}. Those that get them come first."""
    found = [row for row in people.devices(who.person) if row.id != who.device.id]
    ids = [row.id for row in found]
    found_on = cast(Any, Subscription.select().where(Subscription.device.in_(ids)))
    allowed = {row.device: trial(row) for row in found_on}
    sent = (Delivery.select(Delivery.device, fn.MAX(Delivery.sent_at).alias("last"))
            .where(Delivery.device.in_(ids), Delivery.outcome == "sent").group_by(Delivery.device).tuples())
    last = {device: clock.parts(moment, pages.zone()) for device, moment in cast(Any, sent)}
    rows = [{"id": row.id, "label": row.label, "on": row.id in allowed, "last": last.get(row.id),
             "test": allowed.get(row.id)} for row in found]
    return sorted(rows, key=lambda row: not row["on"])


def trial(row: Subscription) -> dict[str, Any] | None:
    """How the last test of a device stands: {state, at: when it arrived or else was sent, taken: 14:02:07, seconds: how
    long it took}; None where its push service took none lately.

    state: "arrived"; "waits", as it can be there any moment; "late", and its push service still has it; "lost".
    """
    sent, arrived, now = row.test_sent_at, row.test_arrived_at, clock.now()
    if sent is None or now - sent > SAID_FOR or not (arrived or row.test_taken_at):
        return None
    waited = now - sent
    state = "arrived" if arrived else "waits" if waited < SOON else "late" if waited < LOST else "lost"
    return {"state": state, "at": clock.parts(arrived or sent, pages.zone()),
            "taken": row.test_taken_at and to_the_second(row.test_taken_at),
            "seconds": arrived and max(1, round((arrived - sent).total_seconds()))}


def here(who: Me) -> dict[str, Any] | None:
    """How the last test of this very device stands; see `trial`."""
    row = Subscription.get_or_none(Subscription.device == who.device.id)
    return trial(row) if row else None


def other(who: Me, id: str) -> Device:
    """Another device of theirs.

    :raise Missing: there is none, or it is this one
    """
    if id == who.device.id:
        raise Missing
    return access.device(who.person, id)


def try_device(who: Me, id: str) -> str:
    """Send another device a test now: why its push service did not take it, "" where it did.

    :raise Missing: not another device of theirs
    """
    row = Subscription.get_or_none(Subscription.device == other(who, id).id)
    if row is None:
        return STOPPED
    if not push.may_test(who.person):
        return TOO_MANY
    outcome, _ = push.send_test(row)
    return PUSHED.get("ours" if outcome.ours else outcome.what, "")


def to_the_second(moment: datetime) -> str:
    """14:02:07, on the person's clock."""
    return f"{clock.parts(moment, pages.zone())['time']}:{moment:%S}"


def mailbox(person: Person) -> dict[str, Any]:
    """{on: whether letters can come, address, last: the last letter that was tried, {what, at} or None}.

    what: as `Delivery.outcome` says it, "" while it waits to be tried again.
    """
    waits = (Delivery.outcome == "") & (Delivery.tries > 0) & Delivery.leased_until.is_null()
    tried = (Delivery.outcome << ("sent", *Delivery.LOST)) | (waits & (Delivery.due_at <= clock.now()))
    row = (Delivery.select().join(Reminder).where(Reminder.person == person.id, Delivery.device.is_null(), tried)
           .order_by(Delivery.due_at.desc(), Delivery.id).first())
    last = {"what": row.outcome, "at": clock.parts(row.sent_at or row.due_at, pages.zone())} if row else None
    return {"on": post() is not None, "address": shortened(person.email), "last": last}


def shortened(address: str) -> str:
    """An address as it may be read over a shoulder: m…@example.org, in one piece."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}…\u2060@{host}"


def try_letter(person: Person) -> str:
    """Hand a letter over now, and say what the mail server made of it."""
    by = post()
    if by is None:
        return NOT_SET
    if not guard.tries().limiter.hit(TESTS, "mail test", person.id):
        return TOO_MANY
    started = perf_counter()
    outcome = by.mailer.send(person.email, test_words(by.base_url))
    at = clock.now() + timedelta(seconds=perf_counter() - started)  # a request holds the clock at its beginning
    return TRIED[outcome.what, outcome.status is not None].format(to=shortened(person.email), at=to_the_second(at))


def test_words(base_url: str) -> mail.Words:
    """What a test says."""
    return mail.Words(
        new_id(), "This is a test", ("Reminders can come to this mailbox.",),
        base_url.rstrip("/") + url_for("settings.reminders"), "Your reminders", "You asked for it a moment ago.")
