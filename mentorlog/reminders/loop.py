"""The loop: fan out, claim, send, settle; then sleep until something may be due."""
from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from datetime import datetime, timedelta
from itertools import islice

from peewee import Expression, fn

from .. import clock, due, mail, push
from ..config import Config
from ..database import db
from ..models import Delivery, Reminder
from ..sync import upkeep
from . import claiming, fanning, pulse, settling, words
from .claiming import Job
from .letters import Post, open_post
from .settling import Answer, Said
from .snoozing import SNOOZE

LONGEST_POST = timedelta(seconds=20)  # a delivery whose lease ends sooner is left to the next one who claims it
LONGEST_LETTER = timedelta(seconds=mail.LONGEST_SECONDS + mail.ANSWER_SECONDS)  # to be cut, it has to have a line
LONGEST_PAUSE_SECONDS = 15
SHORTEST_PAUSE_SECONDS = 0.1  # what is due can be in the hands of another process for a moment
AFTER_TROUBLE_SECONDS = 5
SENDERS = 16
CLAIMED = 48  # at once: a claim is a commit
LEFT = 48  # under way when more are claimed, so that nobody who sends is idle meanwhile
POSTMEN = 4  # a mail server that is slow must not hold up what goes to devices
SETTLED_WITHIN_SECONDS = 0.5
SLACK = timedelta(seconds=1)

UnderWay = dict["Future[Said]", Job]
Begin = Callable[[Job], None]

log = logging.getLogger(__name__)


def tick(sender: push.Sender, base_url: str, post: Post | None = None) -> float:
    """Do what is due now; seconds until something may be due again, 15 at most.

    post: None where there is no mail server.
    """
    under_way: UnderWay = {}
    answers: list[Answer] = []
    late: list[pulse.Late] = []
    with ThreadPoolExecutor(SENDERS, "push") as pool, ThreadPoolExecutor(POSTMEN, "mail") as postmen:
        def begin(job: Job) -> None:
            by = postmen if job.by_mail else pool
            under_way[by.submit(copy_context().run, send, job, sender, base_url, post)] = job
        try:
            send_all(under_way, answers, late, begin, letters=post is not None)
        except BaseException:  # asked to stop, or a database that is away
            late += break_off(under_way, answers)
            raise
        finally:
            pulse.say_late(late)
    return pause()


def send_all(under_way: UnderWay, answers: list[Answer], late: list[pulse.Late], begin: Begin, letters: bool) -> None:
    """Send until nothing is due.

    under_way, answers: what is not written down yet; late: what is, and came late; begin: hands a job to a sender;
    letters: whether there is a mail server.
    """
    while True:
        pulse.beat()
        fill(under_way, begin, letters)
        if not under_way and not (letters and fanning.letters_instead()):
            return
        done = wait(under_way, SETTLED_WITHIN_SECONDS, FIRST_COMPLETED).done
        said = [(under_way.pop(answered), answered) for answered in done]
        answers += [one for one in said if not waited(one)]
        for job in claiming.anew([one[0] for one in said if waited(one)]):
            begin(job)
        if answers and (len(answers) >= settling.MOST or not done or len(under_way) <= SENDERS):
            late += settling.settle_all(answers)
            answers.clear()


def waited(said: Answer) -> bool:
    """Whether it is to be read anew, as others took long before it was its turn."""
    return said[1].exception() is None and said[1].result().is_old


def fill(under_way: UnderWay, begin: Begin, letters: bool) -> None:
    """Claim more while few are left."""
    by_mail = sum(job.by_mail for job in under_way.values())
    if len(under_way) - by_mail <= LEFT:
        fanning.fan_out(letters)
        for job in claiming.claim(CLAIMED, by_mail <= POSTMEN):
            begin(job)


def break_off(under_way: UnderWay, answers: list[Answer]) -> list[pulse.Late]:
    """Send nothing more, and write down what is out: else it would go again once its lease is over. What was late."""
    for waiting in under_way:
        waiting.cancel()
    wait(under_way)
    sent = [(job, answered) for answered, job in under_way.items() if not answered.cancelled()]
    return settling.settle_all([*answers, *sent])


def send(job: Job, sender: push.Sender, base_url: str, post: Post | None) -> Said:
    """One POST or letter, or the reason against it: nothing to say, quiet hours, a lease nearly over.

    What waited behind a service that is slow is not sent by what stood when it was claimed.
    """
    now = clock.now()
    if job.is_old:
        return Said(push.Outcome("retry", 0), now, is_old=True)
    made = job.span
    if made is None:
        return Said(None, now)
    if ended := over(job, made, now):
        return ended
    if until := due.held_back(job.wishes, now, made.expires_at):
        waits = until < made.expires_at
        return Said(None, now, until=until if waits else None, given_up=not waits and was_owed(job, made))
    assert job.delivery.leased_until
    if job.delivery.leased_until - now < (LONGEST_LETTER if job.by_mail else LONGEST_POST):
        return Said(push.Outcome("retry", 0), now)
    if job.subscription is None:
        return Said(post.send(job) if post else push.Outcome("failed"), clock.now())
    left = int((made.expires_at - now).total_seconds())
    return Said(sender.send(job.subscription, words.message(job, base_url), left, topic=job.reminder.id), clock.now())


def over(job: Job, made: due.Span, now: datetime) -> Said | None:
    """Why nothing more is to be said: it is done or switched off, its device is gone, or it is too late."""
    if job.left is None or not job.wanted:
        return Said(None, now, "done")
    reachable, too_late = job.by_mail or job.subscription is not None, made.expires_at <= now
    if too_late:
        return Said(None, now, given_up=reachable)
    return None if reachable else Said(push.Outcome("gone"), now)


def was_owed(job: Job, made: due.Span) -> bool:
    """Whether it was to come before the hours that hold it back until it is of no use: some trouble made it miss that
    moment. What was due inside them, such as to join a session that was planned there, never comes."""
    at = job.delivery.due_at
    return bool(at and at >= made.due_at and not due.held_back(job.wishes, at, made.expires_at))


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


def went_back(before: datetime) -> None:
    """The clock was ahead and is right again: what was over by it, and is not, is to be said after all.

    Nobody knows which of the moments ahead it had set. None is moved, they are only bounded by the longest that a
    snooze or a retry waits: each of several processes does this, and it says the same each time.
    before: the last reading of the clock.
    """
    if clock.now() >= before - SLACK:
        return
    ahead = before - clock.now()
    log.warning("the clock went back", extra={"seconds": round(ahead.total_seconds())})
    with db.atomic():
        live = Reminder.expires_at > clock.now()
        Reminder.update(state="waiting").where(Reminder.state == "expired", live).execute()
        ids = Reminder.select(Reminder.id).where(live)
        over = (Delivery.outcome == "expired") & Delivery.reminder.in_(ids)
        Delivery.update(outcome="", next_at=clock.now(), leased_until=None).where(over).execute()
        tried = (Delivery.tries > 0) & (Delivery.due_at < Delivery.next_at)
        at_most(settling.LONGEST_RETRY, (Delivery.outcome == "") & tried)
        at_most(SNOOZE, Delivery.outcome == "")  # also what waits for the end of quiet hours, which is looked up anew


def at_most(wait: timedelta, which: Expression) -> None:
    """Let these deliveries wait no longer than so from now."""
    latest = clock.now() + wait
    Delivery.update(next_at=latest).where(which, Delivery.next_at > latest).execute()


def day_round() -> Iterator[None]:
    """Follow everybody, some at a time, unless that was done today or is being done."""
    if began := pulse.takes_round():
        for _ in due.follow_everybody():
            pulse.holds_round()
            yield
        pulse.ends_round(began)


def run_forever(config: Config, stop: threading.Event | None = None) -> None:
    """Tick until asked to stop. After trouble, such as a database that is away, it tries again."""
    stop, sender, day = stop or threading.Event(), push.open_sender(config), ""
    post, daily = open_post(config), day_round()
    last: datetime | None = None
    while not stop.is_set():
        seconds: float = AFTER_TROUBLE_SECONDS
        try:
            with db.connection_context():
                went_back(last or pulse.last_ran())  # it may have been ahead until this process was started
                last = clock.now()
                seconds = tick(sender, config.base_url, post)
                day = upkeep.daily(day)
                if any(True for _ in islice(daily, 1)):
                    seconds = 0
                else:
                    daily = day_round()
        except Exception:
            log.exception("reminders did not go out")
        stop.wait(max(seconds, SHORTEST_PAUSE_SECONDS))
