"""A reminder as a letter: the words of its notification, with room for all that they leave out."""
from __future__ import annotations

from typing import Any, NamedTuple

from .. import clock, mail, prose, push, ways
from ..config import Config, prepare
from ..due import GOAL, JOIN, PREPARE, WORKSHEET
from . import words
from .claiming import Job

LABELS = {JOIN: "Open the session", PREPARE: "Prepare it", GOAL: "Look at the goal", WORKSHEET: "Open the questions"}
ASKED = "You asked for reminders by e-mail."
UNREACHED = "It comes by e-mail as it reached none of your devices."


class Post(NamedTuple):
    """What sends letters. key: the secret of the server, with which the address that stops them is signed."""

    mailer: mail.Mailer
    base_url: str
    key: str

    def send(self, job: Job) -> push.Outcome:
        """Hand a letter over to the mail server, once."""
        stop = mail.address(self.base_url, self.key, job.person, job.reminder.kind)
        return self.mailer.send(job.person.email, letter(job, self.base_url), stop)


def open_post(config: Config) -> Post | None:
    """The post of a server; None where no mail server is set."""
    mailer = mail.open_mailer(config)
    return Post(mailer, config.base_url, prepare(config).secret_key) if mailer else None


def letter(job: Job, base_url: str) -> mail.Words:
    """What it says. Its name is that of the delivery: one that is handed over twice is known by it, and another one
    about the same session at another hour is another letter."""
    base, named = base_url.rstrip("/"), job.wishes.names_things
    title, lines = full(job) if named else (words.neutral(job), [by_the_clock(job, words.neutral(job))])
    page = f"{base}{words.page(job)}"
    return mail.Words(
        job.delivery.id, title, tuple(prose.clean(line) for line in lines if line), page,
        LABELS[job.reminder.kind] if named else "Open mentorlog", ASKED if job.wishes.wants_letters else UNREACHED,
        (("It isn't working", f"{base}{words.way_out(job)}"),) if job.reminder.kind == JOIN else ())


def full(job: Job) -> tuple[str, list[str]]:
    """Subject and lines that name things."""
    title, body = words.full(job)
    if job.reminder.kind != JOIN:
        return title, [by_the_clock(job, title), body]
    channel = words.CHANNELS[words.fields_of(job).get("channel") or "video"]
    return title, [by_the_clock(job, title), f"{channel}.", in_order(job)]


def by_the_clock(job: Job, title: str) -> str:
    """The first line. An hour is said with its zone, as a letter can be read anywhere, and on both clocks."""
    if job.reminder.kind == GOAL:
        return words.ended(title)
    theirs = on_their_clock(job) if job.wishes.names_things else ""
    return f"{title}, by the clock in {job.zone.replace('_', ' ')}.{theirs and ' '}{theirs}"


def on_their_clock(job: Job) -> str:
    """The hour of the session where the partner is, with the day where that is another one; "" where it is the same."""
    card: dict[str, Any] = job.card.fields if job.card else {}
    if not card.get("zone"):
        return ""
    here, there = (clock.parts(job.reminder.expires_at, zone) for zone in (job.zone, card["zone"]))
    if (here["on"], here["time"]) == (there["on"], there["time"]):
        return ""
    hour = there["time"] if here["on"] == there["on"] else f"{words.DAYS[there['weekday']]} at {there['time']}"
    return words.ended(f"That is {hour} for {card.get('name') or 'your mentor'}")


def in_order(job: Job) -> str:
    """All ways out when it does not work."""
    named = [ways.named(one) for one in job.ways]
    return words.ended(f"If it isn't working: {', then '.join(named)}") if named else ""
