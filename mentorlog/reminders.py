"""Reminders on their way: what is due goes out once to each device, whatever dies in between.

`due` writes what is to be said; here it is fanned out to deliveries, one for each device, which are claimed by a
lease and sent outside any transaction. A worker that is killed loses its lease and another one sends again; the
push service (by `Topic`) and the device (by `tag`) let the second message take the place of the first.
"""
from __future__ import annotations

import logging
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from peewee import JOIN, fn

from . import clock, push, records
from .config import Config
from .database import db, is_postgres
from .models import Delivery, Device, Person, Record, Reminder, Subscription
from .sync import upkeep

LEASE = timedelta(seconds=60)
LONGEST_POST = timedelta(seconds=20)  # a delivery whose lease ends sooner is left to the next one who claims it
LONGEST_PAUSE_SECONDS = 15
LONGEST_RETRY_SECONDS = 60
AFTER_TROUBLE_SECONDS = 5
FANNED_OUT_AT_ONCE = 100
SENDERS = 16
KEPT = timedelta(days=7)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A claimed delivery with all that its message needs."""

    delivery: Delivery
    reminder: Reminder
    subscription: Subscription | None
    wanted: bool
    zone: str

    def message(self, base_url: str) -> dict[str, Any]:
        """Declarative web push (RFC 8030 is its number): neutral words, for a lock screen."""
        start = clock.parts(self.reminder.expires_at, self.zone)
        return {"web_push": 8030, "notification": {
            "title": f"You have something at {start['time']}", "lang": "en", "dir": "ltr",
            "navigate": f"{base_url.rstrip('/')}/sessions/{self.reminder.record}", "silent": False,
            "tag": f"session-{self.reminder.record}", "data": {"starts": start["iso"]}}}


def tick(sender: push.Sender, base_url: str) -> float:
    """Do what is due now; seconds until something may be due again, 15 at most."""
    under_way: dict[Future[push.Outcome | None], Job] = {}
    with ThreadPoolExecutor(SENDERS, "push") as pool:
        while True:
            fan_out()
            for job in claim(SENDERS - len(under_way)):
                under_way[pool.submit(copy_context().run, send, job, sender, base_url)] = job
            if not under_way:
                return pause()
            for answered in wait(under_way, return_when=FIRST_COMPLETED).done:
                settle(under_way.pop(answered), answered)


# -- from reminders to deliveries --------------------------------------------------------------------------------------

def fan_out() -> int:
    """Make the deliveries of what is due. The claim and the rows are one transaction: a crash undoes both."""
    ripe = (Reminder.state == "waiting") & (Reminder.due_at <= clock.now())
    if not Reminder.select().where(ripe).exists():
        return 0
    with db.atomic():
        due = list(for_me(Reminder.select().where(ripe).order_by(Reminder.due_at).limit(FANNED_OUT_AT_ONCE)))
        late = {row.id for row in due if row.expires_at <= clock.now()}
        set_state(late, "expired")
        set_state({row.id for row in due} - late, "handed")
        if rows := [row for reminder in due if reminder.id not in late for row in deliveries(reminder)]:
            Delivery.insert_many(rows).on_conflict_ignore().execute()
        Reminder.delete().where(Reminder.state != "waiting", Reminder.expires_at < clock.now() - KEPT).execute()
    return len(due)


def for_me(query: Any) -> Any:
    """On PostgreSQL leave out what another process has in its hands; SQLite has one writer at a time anyway."""
    return query.for_update("FOR UPDATE SKIP LOCKED") if is_postgres() else query


def set_state(ids: set[str], state: str) -> None:
    """Mark reminders."""
    if ids:
        Reminder.update(state=state).where(Reminder.id.in_(ids)).execute()


def deliveries(reminder: Reminder) -> list[dict[str, Any]]:
    """One row for each device of the person that allowed reminders."""
    devices = (Device.select(Device.id).join(Subscription)
               .where(Device.person == reminder.person, Device.ended_at.is_null()))
    return [{"reminder": reminder.id, "device": device.id, "next_at": clock.now()} for device in devices]


# -- from deliveries to push services ----------------------------------------------------------------------------------

def claim(most: int) -> list[Job]:
    """Take what is due for the length of a lease, by conditional update: nobody else sends it meanwhile.

    most: how many can be sent at once. Those that were tried less often come first, so that a push service that
    is down does not hold up the others.
    """
    now = clock.now()
    free = (Delivery.outcome == "") & (Delivery.next_at <= now) & (
        Delivery.leased_until.is_null() | (Delivery.leased_until <= now))
    ripe = Delivery.select(Delivery.id).where(free).order_by(Delivery.tries, Delivery.next_at).limit(most)
    if not most or not ripe.exists():
        return []
    with db.atomic():
        ids = [row.id for row in for_me(ripe)]
        Delivery.update(leased_until=now + LEASE, tries=Delivery.tries + 1).where(Delivery.id.in_(ids), free).execute()
    return jobs(ids)


def jobs(ids: list[str]) -> list[Job]:
    """What the messages of these deliveries need, in three queries."""
    rows = cast(Any, list(Delivery.select(Delivery, Reminder, Device, Person, Subscription)
                .join(Reminder, attr="about").switch(Delivery).join(Device, attr="to")
                .join(Person, attr="who").switch(Device)
                .join(Subscription, JOIN.LEFT_OUTER, on=(Subscription.device == Device.id), attr="by")
                .where(Delivery.id.in_(ids))))
    chosen = settings({row.to.who.names for row in rows})
    made = []
    for row in rows:
        mine, subscription = chosen.get(row.to.who.names, {}), getattr(row.to, "by", None)
        zone = mine.get("zone") or row.to.zone or row.to.who.zone
        open_to = subscription if subscription and row.to.ended_at is None else None
        made.append(Job(row, row.about, open_to, mine.get("remind") is not False, zone))
    return made


def settings(names: set[str]) -> dict[str, records.Fields]:
    """By a person's secret name space, the fields of their settings."""
    ids = {records.name_id(space, "settings"): space for space in names}
    return {ids[row.id]: row.fields for row in Record.select().where(Record.id.in_(list(ids)))}


def send(job: Job, sender: push.Sender, base_url: str) -> push.Outcome | None:
    """One POST, or the reason against it: gone, expired (None), or a lease that is nearly over (retry)."""
    left = job.reminder.expires_at - clock.now()
    if left <= timedelta(0) or not job.wanted:
        return None
    if job.subscription is None:
        return push.Outcome("gone")
    assert job.delivery.leased_until
    if job.delivery.leased_until - clock.now() < LONGEST_POST:
        return push.Outcome("retry", 0)
    return sender.send(job.subscription, job.message(base_url), int(left.total_seconds()), topic=job.reminder.id)


def settle(job: Job, answered: Future[push.Outcome | None]) -> None:
    """Write down what came of it. A reminder that was moved or dropped meanwhile has no such delivery any more."""
    if fault := answered.exception():  # one message that cannot be made must not stop the others
        log.error("push message not made", exc_info=fault, extra={"delivery": job.delivery.id})
        end(job, "failed")
    elif (outcome := answered.result()) is None:
        end(job, "expired")
    elif outcome.what == "retry":
        again(job, outcome.after)
    elif outcome.what == "gone" and job.subscription and not push.forget_if_same(job.subscription):
        again(job, 0)  # the device has told a new address meanwhile
    else:
        end(job, outcome.what)
        note(job, outcome)


def note(job: Job, outcome: push.Outcome) -> None:
    """Count refusals for the subscription, and log them: they are our fault, or its."""
    if outcome.what == "failed":
        log.error("push refused", extra={"delivery": job.delivery.id, "status": outcome.status})
    if job.subscription and outcome.what != "gone":
        push.note(job.subscription, outcome.what == "failed")


def end(job: Job, outcome: str) -> None:
    """Nothing more is sent for this delivery."""
    values = {"outcome": outcome} | ({"sent_at": clock.now()} if outcome == "sent" else {})
    Delivery.update(values).where(Delivery.id == job.delivery.id, Delivery.outcome == "").execute()


def again(job: Job, after: int | None) -> None:
    """Let it be claimed again: after the time that the service named, else after 1, 2, 4 … 60 seconds."""
    wait = after if after is not None else min(2 ** (job.delivery.tries - 1), LONGEST_RETRY_SECONDS)
    mine = (Delivery.id == job.delivery.id) & (Delivery.leased_until == job.delivery.leased_until)
    Delivery.update(next_at=clock.now() + timedelta(seconds=wait), leased_until=None).where(mine).execute()


# -- the loop ----------------------------------------------------------------------------------------------------------

def pause() -> float:
    """Seconds until the next reminder, retry or end of a lease, between 0 and 15."""
    under_way = Delivery.outcome == ""
    times = [
        Reminder.select(fn.MIN(Reminder.due_at)).where(Reminder.state == "waiting").scalar(),
        Delivery.select(fn.MIN(Delivery.next_at)).where(under_way, Delivery.leased_until.is_null()).scalar(),
        Delivery.select(fn.MIN(Delivery.leased_until)).where(under_way, Delivery.leased_until.is_null(False)).scalar(),
    ]
    waits = [(moment - clock.now()).total_seconds() for moment in times if moment is not None]
    return float(max(0, min([LONGEST_PAUSE_SECONDS, *waits])))


def run_forever(config: Config, stop: threading.Event | None = None) -> None:
    """Tick until asked to stop. After trouble, such as a database that is away, it tries again."""
    stop, sender, day = stop or threading.Event(), push.open_sender(config), ""
    while not stop.is_set():
        seconds: float = AFTER_TROUBLE_SECONDS
        try:
            with db.connection_context():
                day = upkeep.daily(day)
                seconds = tick(sender, config.base_url)
        except Exception:
            log.exception("reminders did not go out")
        stop.wait(seconds)
