"""F47, F48: processes that send reminders of every kind and die. None is lost, and the push service never holds two.

`--long` takes two thousand of them.
"""
from __future__ import annotations

import multiprocessing
import random
import signal
import time
from multiprocessing.process import BaseProcess

import pytest

from mentorlog import clock, reminders
from mentorlog.models import Delivery
from tests.push import worker as worker_process
from tests.push.worker import STEPS

DEVICES = 3
KINDS = 4
WAIT_SECONDS = 300  # a busy machine takes long; who is not done by then is stuck
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


def end(process: BaseProcess) -> int:
    """How it ended: 0 by itself, -9 killed."""
    process.join(WAIT_SECONDS)
    assert process.exitcode is not None, "it never ended"
    return process.exitcode


def twice(messages):
    """Messages of one reminder to one device."""
    return len(messages) - len({(one["token"], one["topic"]) for one in messages})


@pytest.mark.parametrize("step", STEPS)
def test_f47_killed_at_any_step(step, cast, allow, remind, sender, service, worker):
    for _ in range(DEVICES):
        allow(cast.ada)
    remind(cast.ada, 25)
    assert end(worker(step)) == -signal.SIGKILL
    limit = time.monotonic() + WAIT_SECONDS
    with clock.at(clock.now() + reminders.LEASE):
        while outcomes() != ["sent"] * DEVICES and time.monotonic() < limit:
            reminders.tick(sender, "")  # PostgreSQL takes a moment to notice a death and to let go of the row
    assert (len(service.stored()), twice(service.stored())) == (DEVICES, 0)
    assert outcomes() == ["sent"] * DEVICES


def outcomes() -> list[str]:
    return [row.outcome for row in Delivery.select()]


def test_f48_three_processes_send_each_once(cast, allow, every_kind, service, worker):
    for person in cast:
        allow(person)
        allow(person)
        for _ in range(3):
            every_kind(person)
    assert [end(process) for process in [worker(), worker(), worker()]] == [0, 0, 0]
    due = len([*cast]) * 3 * KINDS * 2
    assert (len(service.received), twice(service.received)) == (due, 0)


@pytest.mark.parametrize(("rounds", "most_deaths"), [(3, 12), pytest.param(63, 60, marks=pytest.mark.long)])
def test_f48_three_processes_that_keep_dying_lose_none(rounds, most_deaths, cast, allow, every_kind, service, worker):
    for person in cast:
        allow(person)
        allow(person)
        for _ in range(rounds):
            every_kind(person)
    service.fail_next(503, times=2 * rounds)
    service.fail_next(429, times=rounds, retry_after="1")
    deaths, lines = 0, [worker(step, lease=1) for step in random.sample([*STEPS], 3)]
    while lines:
        process = lines.pop()
        code = end(process)
        deaths += code == -signal.SIGKILL
        if code:
            step = random.choice([*STEPS]) if deaths < most_deaths else ""
            lines.insert(0, worker(step, 0.3, lease=1))
    assert deaths
    due = len([*cast]) * rounds * KINDS * 2
    assert (len(service.stored()), twice(service.stored())) == (due, 0)
    assert {row.outcome for row in Delivery.select()} == {"sent"}
