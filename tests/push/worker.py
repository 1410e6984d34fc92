"""What a process does that sends reminders to stand-ins and can die at a named step."""
from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import urllib3

from mentorlog import clock, database
from mentorlog.config import Config
from mentorlog.mail import Mailer
from mentorlog.models import Delivery, Reminder
from mentorlog.outgoing import PUSH_HOSTS, Outgoing
from mentorlog.push import sending
from mentorlog.push.keys import load_keys
from mentorlog.reminders import claiming, fanning, loop, settling
from mentorlog.reminders.letters import Post
from tests.push.notes import DIED, HEADER, LATE, NO_ANSWER, WRITTEN, Notes, attempt, attempt_of

SITE = "https://journal.example.org"
FEW = 8
PAUSE = threading.Event()
# step -> (where the function is, the function, whether it dies before or after it)
STEPS = {
    "before fan-out": (fanning, "fan_out", "before"),
    "in fan-out": (fanning, "deliveries", "after"),
    "after fan-out": (fanning, "fan_out", "after"),
    "in claim": (claiming, "for_me", "after"),
    "after claim": (claiming, "claim", "after"),
    "before the POST": (Outgoing, "post", "before"),
    "after the POST": (Outgoing, "post", "after"),
    "before settling": (settling, "settle_all", "before"),
    "in settling": (settling, "settle", "after"),
    "after settling": (settling, "settle_all", "after"),
}
LETTER_STEPS = {
    "in fan-out of letters": (fanning, "wanted_letters", "after"),
    "before the letter instead": (fanning, "letters_instead", "before"),
    "after the letter instead": (fanning, "letters_instead", "after"),
    "after claim": (claiming, "claim", "after"),
    "before handing over": (Mailer, "hand_over", "before"),
    "after handing over": (Mailer, "hand_over", "after"),
    "in settling": (settling, "settle", "after"),
}
MAY_FIND_NOTHING = ("fan_out", "deliveries", "claim", "wanted_letters", "letters_instead")


class Place(NamedTuple):
    """Where a process works. data: the folder with its keys and its notes; mail_port: None without a mail server."""

    url: str
    data: Path
    push_port: int
    mail_port: int | None = None


class Fate(NamedTuple):
    """step: where it dies, "" for nowhere; chance: how likely there; elsewhere: at each other step; lease: in seconds,
    of which a quarter is for one."""

    step: str = ""
    chance: float = 1
    elsewhere: float = 0
    lease: float = 60


def main(place: Place, fate: Fate) -> None:
    """Tick until it dies, or until nothing is left to do."""
    sender, post = begin(place, fate.lease)
    for step in STEPS | LETTER_STEPS:
        arm(step, fate.chance if step == fate.step else fate.elsewhere, Notes(place.data))
    try:
        with database.db.connection_context():
            wait = loop.tick(sender, SITE, post)
            while work_left():
                PAUSE.wait(min(wait, 0.05))
                wait = loop.tick(sender, SITE, post)
    except BaseException:  # a database that is busy for too long
        Notes(place.data).add(DIED, str(os.getpid()))
        raise


def begin(place: Place, lease: float) -> tuple[sending.Sender, Post | None]:
    """Open the database; what sends messages and letters to the stand-ins."""
    database.open_database(place.url)
    shorten(lease)
    take_notes(Notes(place.data))
    pool = urllib3.HTTPConnectionPool("127.0.0.1", place.push_port, maxsize=16, timeout=min(10, lease / 4))
    sender = sending.Sender(load_keys(place.data, "mailto:ops@example.org"),
                            Outgoing(PUSH_HOSTS, connect=lambda parts: pool))
    return sender, place.mail_port and Post(mailer(place.mail_port, lease / 4), SITE, "secret")


def mailer(port: int, seconds: float = 10) -> Mailer:
    """seconds: for each answer."""
    return Mailer(Config(smtp_host="127.0.0.1", smtp_port=port, smtp_security="off", mail_from="journal@example.org",
                         base_url=SITE), answer_seconds=min(10, seconds))


def shorten(lease: float) -> None:
    """Let all that takes a while take its part of this lease. On a busy machine to read what dozens of messages need
    takes longer than a short one: fewer are claimed at once."""
    if lease < claiming.LEASE.total_seconds():
        loop.CLAIMED = loop.LEFT = FEW
    claiming.LEASE = timedelta(seconds=lease)
    loop.LONGEST_POST = min(loop.LONGEST_POST, claiming.LEASE / 4)
    loop.LONGEST_LETTER = min(loop.LONGEST_LETTER, claiming.LEASE / 4)
    settling.LONGEST_RETRY = min(settling.LONGEST_RETRY, claiming.LEASE)
    sending.LONGEST_REST_SECONDS = min(sending.LONGEST_REST_SECONDS, int(lease / 4))


def take_notes(notes: Notes) -> None:
    """Name in all that goes out the attempt that it is of, and write down what came of each."""
    send, settle_all, post, hand_over = loop.send, settling.settle_all, Outgoing.post, Mailer.hand_over

    def named(job, *args):
        attempt.set(attempt_of(job))
        return send(job, *args)

    def written(answers):
        late = settle_all(answers)
        for job, _ in answers:
            notes.add(WRITTEN if clock.now() < job.delivery.leased_until else LATE, attempt_of(job))
        return late

    def posted(self, url, body, headers):
        return heard(post, self, url, body, {**headers, HEADER: attempt.get()})

    def handed_over(self, message, to):
        message[HEADER] = attempt.get()
        return heard(hand_over, self, message, to)

    def heard(function, *args):
        try:
            return function(*args)
        except Exception:
            notes.add(NO_ANSWER, attempt.get())
            raise
    loop.send, settling.settle_all, Outgoing.post, Mailer.hand_over = named, written, posted, handed_over


def arm(step: str, chance: float, notes: Notes) -> None:
    where, name, when = (STEPS | LETTER_STEPS)[step]
    function: Callable[..., Any] = getattr(where, name)

    def die() -> None:
        if random.random() < chance:
            notes.add(DIED, str(os.getpid()))
            os.kill(os.getpid(), signal.SIGKILL)

    def deadly(*args, **keywords):
        if when == "before":
            die()
        result = function(*args, **keywords)
        if when == "after" and (result or name not in MAY_FIND_NOTHING):
            die()
        return result
    setattr(where, name, deadly)


def work_left() -> bool:
    due = Reminder.state == "waiting", Reminder.due_at <= clock.now()
    return Reminder.select().where(*due).exists() or Delivery.select().where(Delivery.outcome == "").exists()
