"""F47, F48: processes that send reminders and die. None is lost, and the push service never holds two."""
from __future__ import annotations

import multiprocessing
import signal
import time
from datetime import timedelta
from multiprocessing.process import BaseProcess

import pytest

from mentorlog import clock, reminders
from mentorlog.models import Delivery, Reminder
from tests.push import worker as worker_process
from tests.push.worker import STEPS

DEVICES = 3
WAIT_SECONDS = 60
# Processes are forked from one that has imported all they need: dozens of them start in a second.
NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload(["tests.push.worker"])


@pytest.fixture
def worker(database_url, tmp_path, service):
    """Starts a process that sends what is due: `worker("after claim")` dies there."""
    running: list[BaseProcess] = []

    def start(step: str = "", chance: float = 1, lease: float = 60) -> BaseProcess:
        words = (database_url, tmp_path, service.port, step, chance, lease)
        running.append(NURSERY.Process(target=worker_process.main, args=words, daemon=True))
        running[-1].start()
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.join()
        process.close()


def end(process: BaseProcess) -> int | None:
    """How it ended: 0 by itself, -9 killed."""
    process.join(WAIT_SECONDS)
    return process.exitcode


def twice(messages):
    """Messages of one reminder to one device."""
    return len(messages) - len({(one["token"], one["topic"]) for one in messages})


def due(person, number):
    now = clock.now()
    Reminder.create(record=f"session-{number}", person=person.id, kind="join", due_at=now,
                    expires_at=now + timedelta(minutes=30))


@pytest.mark.parametrize("step", STEPS)
def test_f47_killed_at_any_step(step, cast, allow, sender, service, worker):
    for _ in range(DEVICES):
        allow(cast.ada)
    due(cast.ada, 1)
    assert end(worker(step)) == -signal.SIGKILL
    limit = time.monotonic() + WAIT_SECONDS
    with clock.at(clock.now() + reminders.LEASE):
        while outcomes() != ["sent"] * DEVICES and time.monotonic() < limit:
            reminders.tick(sender, "")  # PostgreSQL takes a moment to notice a death and to let go of the row
    assert (len(service.stored()), twice(service.stored())) == (DEVICES, 0)
    assert outcomes() == ["sent"] * DEVICES


def outcomes() -> list[str]:
    return [row.outcome for row in Delivery.select()]


def test_f48_three_processes_send_each_once(cast, allow, service, worker):
    for person in cast:
        allow(person)
        allow(person)
    for number in range(40):
        due([*cast][number % 4], number)
    assert [end(process) for process in [worker(), worker(), worker()]] == [0, 0, 0]
    assert (len(service.received), twice(service.received)) == (80, 0)


def test_f48_three_processes_that_keep_dying_lose_none(cast, allow, service, worker):
    for person in cast:
        allow(person)
        allow(person)
    for number in range(30):
        due([*cast][number % 4], number)
    service.fail_next(503, times=5)
    deaths, steps = 0, ["after the POST", "after claim", "before the POST"]
    lines = [worker(step, 0.1, lease=1) for step in steps]
    while lines:
        process = lines.pop()
        code = end(process)
        deaths += code == -signal.SIGKILL
        if code:
            lines.insert(0, worker(steps[deaths % 3] if deaths < 6 else "", 0.1, lease=1))
    assert deaths
    assert (len(service.stored()), twice(service.stored())) == (60, 0)
    assert {row.outcome for row in Delivery.select()} == {"sent"}
