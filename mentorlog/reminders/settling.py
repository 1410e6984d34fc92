"""What came of each message, written down in transactions of at most fifty."""
from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import NamedTuple

from peewee import Expression

from .. import clock, push
from ..database import db
from ..models import Delivery
from . import pulse
from .claiming import Job

MOST = 50
LONGEST_RETRY = timedelta(seconds=60)
LATE = timedelta(minutes=2)

log = logging.getLogger(__name__)


class Said(NamedTuple):
    """What a sender says of a job. at: when. outcome: None when nothing was sent; then it ends as `end`, unless it is
    held back until a moment. is_old: it has to be read anew first; where nobody does, it is claimed again. given_up: it
    was to be sent, and is of no use any more."""

    outcome: push.Outcome | None
    at: datetime
    end: str = "expired"
    until: datetime | None = None
    is_old: bool = False
    given_up: bool = False


Answer = tuple[Job, "Future[Said]"]


def settle_all(answers: Sequence[Answer]) -> list[pulse.Late]:
    """Write down fifty at a time: a commit is the dearest part of it. What is lost by a crash is sent again.

    :return: those that were late
    """
    all_late: list[pulse.Late] = []
    answers = sorted(answers, key=lambda one: one[0].delivery.id)  # two who write lock in one order
    for start in range(0, len(answers), MOST):
        with db.atomic():
            late = [pulse.Late(by, job.reminder.id) for job, answered in answers[start:start + MOST]
                    if (by := settle(job, answered)) > LATE]
            pulse.count_late(len(late))
            pulse.give_up([job.reminder.id for job, answered in answers[start:start + MOST] if is_given_up(answered)])
        all_late += late
    say_ours(answers)
    return all_late


def say_ours(answers: Sequence[Answer]) -> None:
    """Tell the operator, in one line for all that are written down together, that a service would not know us."""
    said = [(job.delivery.id, answered.result().outcome) for job, answered in answers if not answered.exception()]
    refused = [(outcome.status, id) for id, outcome in said if outcome and outcome.ours]
    for status in sorted({status for status, _ in refused if status}):
        ids = [id for one, id in refused if one == status]
        log.error("push refused: look at our key or our clock; no device is forgotten for it",
                  extra={"status": status, "count": len(ids), "delivery": ids})


def is_given_up(answered: Future[Said]) -> bool:
    """Whether it is never sent, though somebody wanted it."""
    return answered.exception() is None and answered.result().given_up


def settle(job: Job, answered: Future[Said]) -> timedelta:
    """Write down what came of it; by how much it was late.

    A reminder that was moved or dropped meanwhile has no such delivery any more.
    """
    if fault := answered.exception():  # one message that cannot be made must not stop the others
        log.error("message not made", exc_info=fault, extra={"delivery": job.delivery.id})
        end(job, "failed")
        return timedelta(0)
    outcome, at, ending, until, *_ = answered.result()
    if until is not None:
        hold(job, until)
    elif outcome is None:
        end(job, ending)
    elif outcome.what == "retry":
        again(job, outcome.after)
    elif outcome.what == "gone" and job.subscription and not push.forget_if_same(job.subscription):
        again(job, 0)  # the device has told a new address meanwhile
    else:
        end(job, outcome.what, at)
        note(job, outcome)
    sent = outcome is not None and outcome.what == "sent"
    return at - (job.delivery.due_at or job.delivery.next_at) if sent else timedelta(0)


def note(job: Job, outcome: push.Outcome) -> None:
    """Count refusals for the subscription, and log them: they are our fault, or its."""
    if outcome.ours:
        return
    if outcome.what == "failed":
        log.error("%s refused", "letter" if job.by_mail else "push",
                  extra={"delivery": job.delivery.id, "status": outcome.status})
    if job.subscription and outcome.what != "gone":
        push.note(job.subscription, outcome.what == "failed")


def end(job: Job, outcome: str, at: datetime | None = None) -> None:
    """Nothing more is sent for this delivery."""
    values = {"outcome": outcome} | ({"sent_at": at} if outcome == "sent" else {})
    Delivery.update(values).where(mine(job), Delivery.outcome == "").execute()


def hold(job: Job, until: datetime) -> None:
    """Let it go at this moment; by that it is not late."""
    Delivery.update(next_at=until, due_at=until, leased_until=None).where(mine(job)).execute()


def again(job: Job, after: int | None) -> None:
    """Let it be claimed again: after the time that the service named, else after 1, 2, 4 … 60 seconds."""
    own = min(timedelta(seconds=2 ** min(job.delivery.tries - 1, 10)), LONGEST_RETRY)
    wait = own if after is None else timedelta(seconds=after)
    Delivery.update(next_at=clock.now() + wait, leased_until=None).where(mine(job)).execute()


def mine(job: Job) -> Expression:
    """The row of a delivery, while the lease of this job is the last one: nobody took it over or put it off."""
    return (Delivery.id == job.delivery.id) & (Delivery.leased_until == job.delivery.leased_until)
