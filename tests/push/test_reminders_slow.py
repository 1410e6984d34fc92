"""What is said is what stands when it goes, however long it waited for a push service or a mail server that is slow."""
from __future__ import annotations

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest

from mentorlog import clock, push, reminders
from mentorlog.database import db
from mentorlog.models import Delivery, Device, Reminder, Subscription
from mentorlog.reminders import claiming, loop
from tests.push.conftest import SITE
from tests.push.taker import subscribed

DUE = 48
WAITS_SECONDS = 10


class Slow:
    """Answers its first messages, as many as are under way at once, nine seconds later: `meanwhile` has happened."""

    def __init__(self, at_once: int, steady: SimpleNamespace) -> None:
        self.said: list[tuple[str, str]] = []  # id of the session, title
        self.first, self.at_once, self.steady = threading.Barrier(at_once, self.pass_time), at_once, steady
        self.meanwhile = lambda waiting: None

    def pass_time(self) -> None:
        """What happens while they wait is told which sessions are still to be said."""
        begun = [session for session, _ in self.said]
        with db.connection_context():
            self.meanwhile([row.record for row in Reminder.select().where(Reminder.record.not_in(begun))])
        self.steady.now += 9

    def take(self, session: str, title: str) -> push.Outcome:
        """One message or letter."""
        self.said.append((session, title))
        if len(self.said) <= self.at_once:
            self.first.wait(WAITS_SECONDS)
        return push.Outcome("sent", status=201)


class SlowService(Slow):
    def send(self, to, message, ttl, topic=None) -> push.Outcome:
        """As `push.Sender` does."""
        shown = message["notification"]
        return self.take(shown["tag"].removeprefix("session-"), shown["title"])


class SlowPost(Slow):
    def send(self, job) -> push.Outcome:
        """As `Post` does."""
        return self.take(job.reminder.record, "")


@pytest.fixture
def steady(monkeypatch):
    """The steady clock of this machine, which goes on only where a test says so."""
    here = SimpleNamespace(now=0.0)
    monkeypatch.setattr(claiming, "monotonic", lambda: here.now)
    return here


@pytest.fixture
def phone(cast, add_device):
    return subscribed(add_device(cast.ada))


@pytest.fixture
def many(cast, remind, choose):
    """So many sessions begin in half an hour."""
    choose(cast.ada, zone="UTC")
    return [remind(cast.ada) for _ in range(DUE)]


@pytest.fixture
def push_all(steady, phone, many, now):
    """One tick, while which something happens."""
    def tick(meanwhile) -> Slow:
        slow = SlowService(loop.SENDERS, steady)
        slow.meanwhile = meanwhile
        with clock.at(now):
            reminders.tick(slow, SITE)
        return slow
    return tick


def test_session_that_is_cancelled_while_others_wait_for_an_answer_is_not_said(cast, push_all, write):
    slow = push_all(lambda waiting: [write(cast.ada, "session", id, state="cancelled") for id in waiting[:12]])
    assert len(slow.said) == DUE - 12


def test_device_that_is_ended_meanwhile_hears_no_more(phone, push_all):
    def end(_):
        Device.update(ended_at=clock.now()).where(Device.id == phone.id).execute()
    assert len(push_all(end).said) == loop.SENDERS
    assert {row.outcome for row in Delivery.select()} == {"sent", "gone"}


def test_device_that_forbids_it_meanwhile_hears_no_more(push_all):
    assert len(push_all(lambda _: Subscription.delete().execute()).said) == loop.SENDERS


def test_who_switches_reminders_off_meanwhile_hears_no_more(cast, push_all, choose):
    assert len(push_all(lambda _: choose(cast.ada, remind=False)).said) == loop.SENDERS


def test_session_that_moves_meanwhile_is_said_once_for_its_new_hour(cast, push_all, write, now):
    moved, later = [], clock.parts(now + timedelta(minutes=20), "UTC")

    def move(waiting):
        for id in waiting[:12]:
            write(cast.ada, "session", id, starts_on=later["on"], starts_time=later["time"])
        moved.extend(waiting[:12])
    slow = push_all(move)
    assert sorted(session for session, _ in slow.said) == sorted(row.record for row in Reminder.select().where(
        Reminder.kind == "join"))
    assert {session for session, title in slow.said if later["time"] in title} == set(moved)


def test_what_another_process_has_taken_over_meanwhile_is_left_to_it(push_all):
    def take_over(_):
        later = Delivery.leased_until.is_null(False) & (Delivery.tries == 1)
        Delivery.update(leased_until=clock.now() + timedelta(seconds=70)).where(later).execute()
    assert len(push_all(take_over).said) == loop.SENDERS


def test_letters_that_waited_are_looked_at_again(cast, steady, many, write, now):
    slow = SlowPost(loop.POSTMEN, steady)
    slow.meanwhile = lambda waiting: [write(cast.ada, "session", id, state="cancelled") for id in waiting]
    with clock.at(now):
        reminders.tick(SlowService(1, steady), SITE, slow)
    assert len(slow.said) == loop.POSTMEN


def test_what_goes_at_once_is_not_read_again(push_all, monkeypatch):
    read, jobs = [], claiming.jobs

    def counted(ids):
        read.extend(ids)
        return jobs(ids)
    monkeypatch.setattr(claiming, "jobs", counted)
    slow = push_all(lambda _: None)
    assert len(slow.said) == DUE
    assert len(read) == 2 * DUE - loop.SENDERS  # only those that waited nine seconds


# -- leases ------------------------------------------------------------------------------------------------------------

@pytest.fixture
def handed(cast, request, remind, now):
    """One job that is claimed: a message or a letter."""
    def claim(by_mail: bool) -> claiming.Job:
        if not by_mail:
            request.getfixturevalue("phone")
        remind(cast.ada)
        with clock.at(now):
            reminders.fan_out(letters=True)
            return claiming.claim(1)[0]
    return claim


@pytest.mark.parametrize("by_mail", [False, True])
def test_nothing_goes_by_a_lease_that_may_end_before_the_answer(by_mail, handed, now):
    job, took = handed(by_mail), []
    longest = loop.LONGEST_LETTER if by_mail else loop.LONGEST_POST
    to = SimpleNamespace(send=lambda *_, **__: took.append(1) or push.Outcome("sent"))
    with clock.at(now + claiming.LEASE - longest + timedelta(seconds=1)):
        assert loop.send(job, to, SITE, to).outcome == push.Outcome("retry", 0)
    assert not took
    with clock.at(now + claiming.LEASE - longest):
        assert loop.send(job, to, SITE, to).outcome == push.Outcome("sent")
    assert took == [1]


def test_what_was_tried_often_comes_after_what_was_not(phone, cast, remind, now):
    tried, fresh = remind(cast.ada), remind(cast.ada, 29)
    with clock.at(now):
        reminders.fan_out()
    Delivery.update(tries=7, next_at=now - timedelta(minutes=5)).where(Delivery.reminder == tried.id).execute()
    with clock.at(now):
        assert [claiming.claim(1)[0].reminder.id for _ in range(2)] == [fresh.id, tried.id]
