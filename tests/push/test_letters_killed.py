"""Processes that hand letters over and die: none is lost; one that is handed over twice has one name."""
from __future__ import annotations

import multiprocessing
import signal
import time

import pytest

from mentorlog import clock, reminders
from mentorlog.models import Delivery, Subscription
from mentorlog.reminders.letters import Post
from tests.push import worker
from tests.push.conftest import SITE
from tests.push.worker import Fate, Place

NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload(["tests.push.worker"])
WAIT_SECONDS = 60


@pytest.mark.parametrize("step", worker.LETTER_STEPS)
def test_killed_at_any_step(step, database_url, tmp_path, cast, allow, remind, sender, service, postbox):
    if "instead" in step:
        allow(cast.ada)
        service.expire(Subscription.get().endpoint)
    remind(cast.ada, 25)
    words = Place(database_url, tmp_path, service.port, postbox.port), Fate(step)
    process = NURSERY.Process(target=worker.main, args=words, daemon=True)
    process.start()
    process.join(WAIT_SECONDS)
    assert process.exitcode == -signal.SIGKILL
    limit = time.monotonic() + WAIT_SECONDS
    with clock.at(clock.now() + reminders.LEASE):
        while letters() != ["sent"] and time.monotonic() < limit:
            # PostgreSQL takes a moment to notice a death and to let go of the row
            reminders.tick(sender, SITE, Post(worker.mailer(postbox.port), SITE, "secret"))
    assert letters() == ["sent"]
    assert len(postbox.letters) == (2 if step in ("after handing over", "in settling") else 1)
    assert len({letter["Message-ID"] for letter in postbox.letters}) == 1


def letters() -> list[str]:
    return [row.outcome for row in Delivery.select().where(Delivery.device.is_null())]
