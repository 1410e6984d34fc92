"""F47, F48: processes that send reminders of every kind and die, while services fail. None is lost; one comes again
only where nobody could know that it had come, within one lease; and the push service never holds two.

`--long` takes two thousand of them.
"""
from __future__ import annotations

import multiprocessing
import random
import signal
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from multiprocessing.process import BaseProcess

import pytest

from mentorlog import clock, reminders
from mentorlog.models import Delivery, Device, Reminder, Subscription
from mentorlog.push.sending import topic_name
from tests.push import worker as worker_process
from tests.push.notes import HEADER, Notes, Taken
from tests.push.service import Fault
from tests.push.worker import LETTER_STEPS, STEPS, Fate, Place

DEVICES = 3
KINDS = 4
WAIT_SECONDS = 300  # a busy machine takes long; who is not done by then is stuck
ROUND_SECONDS = 10
ELSEWHERE = 0.02  # how likely somebody dies at any other step: some steps are soon over, such as to fan out
RELEASE_SECONDS = 60
# What messages and letters meet; also a 410, after which a device is gone.
PUSH_TROUBLE = (503, 429, "cut", "lose", "hang")
MAIL_TROUBLE = ("451 4.3.0 Try later", "cut", "lose", "hang")
# Processes are forked from one that has imported all they need: dozens of them start in a second.
NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload(["tests.push.worker"])


@pytest.fixture
def place(database_url, tmp_path, service) -> Place:
    """Where processes work that send no letters."""
    return Place(database_url, tmp_path, service.port)


@pytest.fixture
def start():
    """Starts a process that sends what is due: `start(place, Fate("after claim"))` dies there."""
    running: list[BaseProcess] = []

    def begin(*words) -> BaseProcess:
        running.append(NURSERY.Process(target=worker_process.main, args=words, daemon=True))
        running[-1].start()
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.join()
        process.close()


def end(process: BaseProcess, seconds: float = WAIT_SECONDS) -> int:
    """How it ended: 0 by itself, -9 killed."""
    process.join(seconds)
    assert process.exitcode is not None, "it never ended"
    return process.exitcode


def twice(messages):
    """Messages of one reminder to one device."""
    return len(messages) - len({(one["token"], one["topic"]) for one in messages})


def outcomes() -> list[str]:
    return [row.outcome for row in Delivery.select()]


@pytest.fixture
def send_at(sender):
    """Send what is due at a moment until these are the outcomes: PostgreSQL takes a moment to notice a death and to let
    go of the row."""
    def send(moment: datetime, wanted: list[str]) -> None:
        limit = time.monotonic() + RELEASE_SECONDS
        with clock.at(moment):
            reminders.tick(sender, "")
            while outcomes() != wanted and time.monotonic() < limit:
                reminders.tick(sender, "")
    return send


@pytest.mark.parametrize("step", STEPS)
def test_f47_killed_at_any_step(step, cast, allow, remind, service, place, start, send_at):
    for _ in range(DEVICES):
        allow(cast.ada)
    remind(cast.ada, 25)
    assert end(start(place, Fate(step))) == -signal.SIGKILL
    before, written = len(service.received), outcomes().count("sent")
    for leases in (1, 2, 3):
        send_at(clock.now() + leases * reminders.LEASE, ["sent"] * DEVICES)
    assert (len(service.stored()), twice(service.stored())) == (DEVICES, 0)
    again = service.received[before:]
    assert (len(again), twice(again)) == (DEVICES - written, 0)


@pytest.mark.parametrize("step", ["after the POST", "before settling", "in settling"])
def test_f47_what_was_dismissed_comes_again_once_at_the_end_of_the_lease(
        step, cast, allow, remind, service, place, start, send_at):
    allow(cast.ada)
    expires_at = remind(cast.ada, 25).expires_at
    assert end(start(place, Fate(step))) == -signal.SIGKILL
    [first], [lease] = service.received, [row.leased_until for row in Delivery.select()]
    service.acknowledge(first["browser"], [first["id"]])
    for moment, taken in [(lease - timedelta(milliseconds=1), 1), (lease, 2), (lease + reminders.LEASE, 2),
                          (expires_at - timedelta(seconds=1), 2), (expires_at, 2)]:
        send_at(moment, ["sent" if taken == 2 else ""])
        assert len(service.received) == taken
    assert lease.timestamp() - first["at"] <= reminders.LEASE.total_seconds()


def test_f48_three_processes_send_each_once(cast, allow, every_kind, service, place, start):
    for person in cast:
        allow(person)
        allow(person)
        for _ in range(3):
            every_kind(person)
    assert [end(process) for process in [start(place, Fate()) for _ in range(3)]] == [0, 0, 0]
    due = len([*cast]) * 3 * KINDS * 2
    assert (len(service.received), twice(service.received)) == (due, 0)


@pytest.mark.parametrize(("rounds", "most_deaths", "lease"), [
    (3, 12, 1), pytest.param(125, 120, 8, marks=pytest.mark.long)])
def test_f48_three_processes_that_keep_dying_lose_none(
        rounds, most_deaths, lease, cast, allow, choose, every_kind, service, postbox, place, start):
    """Cleo wants letters, too; Dan's one phone is gone."""
    for person in cast:
        for _ in range(1 if person == cast.dan else 2):
            allow(person)
        for _ in range(rounds):
            every_kind(person)
    choose(cast.cleo, mail=True)
    tokens = tokens_of(cast)
    service.gone.add(tokens[cast.dan.id][0])
    some = max(1, rounds // 3)
    service.meet(among(24 * rounds, [*PUSH_TROUBLE * some, 410]))
    postbox.meets += among(8 * rounds, MAIL_TROUBLE * some)
    deaths, place = 0, place._replace(mail_port=postbox.port)
    lines = [start(place, Fate(step, 1, ELSEWHERE, lease)) for step in random.sample([*STEPS], 3)]
    while lines:
        process = lines.pop()
        code = end(process, WAIT_SECONDS + rounds * ROUND_SECONDS)
        deaths += code == -signal.SIGKILL
        if code:
            step = random.choice([*STEPS, *LETTER_STEPS]) if deaths < most_deaths else ""
            lines.insert(0, start(place, Fate(step, 0.3, ELSEWHERE if step else 0, lease)))
    assert deaths
    handed = [*Reminder.select().where(Reminder.state == "handed")]
    assert len(handed) == len([*cast]) * rounds * KINDS
    assert {*outcomes()} == {"sent", "gone"}
    assert lost(handed, tokens, {cast.cleo.id}, service, postbox) == []
    assert twice(service.stored()) == 0
    notes = Notes(place.data)
    assert (notes.without_excuse(pushed(service)), notes.without_excuse(mailed(postbox))) == ([], [])


def among(many: int, faults: Sequence[Fault]) -> list[Fault]:
    """These and none, so many together, in any order."""
    return random.sample([*faults, *[None] * (many - len(faults))], many)


def tokens_of(people) -> dict[str, list[str]]:
    """Where the phones of each person are reached."""
    found = {person.id: [] for person in people}
    for row in Subscription.select(Subscription.endpoint, Device.person).join(Device).objects():
        found[row.person].append(row.endpoint.rpartition("/")[2])
    return found


def lost(handed, tokens, want_letters, service, postbox) -> list[Reminder]:
    """Those of these that a phone which is still there did not get, or nobody, or not as the letter that is wanted."""
    pushes = {(one["token"], one["topic"]) for one in service.received}
    written = {row.id: row.reminder for row in Delivery.select().where(Delivery.device.is_null())}
    letters = {written[id_of(letter)] for letter in postbox.letters}

    def came(one: Reminder) -> bool:
        there = [token for token in tokens[one.person] if (token, topic_name(one.id)) in pushes]
        by_letter = one.id in letters
        return {*tokens[one.person]} - service.gone <= {*there} and (
            by_letter or (there != [] and one.person not in want_letters))
    return [one for one in handed if not came(one)]


def pushed(service) -> Iterator[Taken]:
    """What the push service took."""
    return (Taken(f"{one['token']} {one['topic']}", one["attempt"], one["at"]) for one in service.received)


def mailed(postbox) -> Iterator[Taken]:
    """What the mail server took."""
    return (Taken(id_of(letter), letter[HEADER], at)
            for letter, at in zip(postbox.letters, postbox.times, strict=True))


def id_of(letter: EmailMessage) -> str:
    """The delivery that a letter is."""
    return letter["Message-ID"].strip("<>").partition("@")[0]
