"""A server whose clock was ahead and is right again, with a restart between: who starts does not know by itself."""
from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from mentorlog import clock, reminders
from mentorlog.config import Config
from mentorlog.models import Delivery, Reminder
from mentorlog.reminders import loop
from tests.push.conftest import SITE


@pytest.fixture
def restart(sender, now, tmp_path, monkeypatch):
    """A process that starts so many seconds from now, and stops after its first tick; its clock stands still."""
    def run(seconds):
        stop, tick = threading.Event(), loop.tick

        def once(*args):
            stop.set()
            return tick(*args)
        with monkeypatch.context() as patch, clock.at(now + timedelta(seconds=seconds)):
            patch.setattr(loop.push, "open_sender", lambda _: sender)
            patch.setattr(loop, "tick", once)
            loop.run_forever(Config(data=tmp_path, base_url=SITE), stop)
    return run


@pytest.mark.parametrize(("handed_at", "state", "outcome"), [(None, "expired", []), (600, "handed", ["expired"])])
def test_clock_that_was_an_hour_ahead_until_a_restart_loses_nothing(
        handed_at, state, outcome, cast, allow, remind, tick, service, now, restart):
    allow(cast.ada)
    reminder = remind(cast.ada, 40)
    if handed_at:
        with clock.at(now + timedelta(seconds=handed_at)):
            reminders.fan_out()
    tick(3600)
    assert (Reminder.get_by_id(reminder.id).state, [row.outcome for row in Delivery.select()]) == (state, outcome)
    restart(15)
    for seconds in range(30, 1215, 15):
        tick(seconds)
    assert len(service.received) == 1


def test_two_processes_that_start_after_it_say_it_once(cast, allow, remind, tick, service, restart):
    allow(cast.ada)
    remind(cast.ada, 40)
    tick(3600)
    restart(15)
    restart(16)
    tick(600)
    restart(610)
    assert len(service.received) == 1


def test_process_that_starts_while_the_clock_goes_on_changes_nothing(
        cast, allow, remind, tick, service, caplog, restart):
    allow(cast.ada)
    reminder = remind(cast.ada)
    restart(0)
    tick(1800)
    restart(1815)
    assert (len(service.received), Reminder.get_by_id(reminder.id).state) == (1, "handed")
    assert "went back" not in caplog.text
