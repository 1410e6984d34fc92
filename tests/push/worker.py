"""What a process does that sends reminders to a stand-in and can die at a named step."""
from __future__ import annotations

import os
import random
import signal
import threading
from datetime import timedelta
from pathlib import Path

import urllib3

from mentorlog import clock, database
from mentorlog.models import Delivery, Reminder
from mentorlog.outgoing import PUSH_HOSTS, Outgoing
from mentorlog.push.keys import load_keys
from mentorlog.push.sending import Sender
from mentorlog.reminders import claiming, fanning, loop, settling

PAUSE = threading.Event()
# step -> (module, None for the sender; function; whether it dies before or after it)
STEPS = {
    "before fan-out": (fanning, "fan_out", "before"),
    "in fan-out": (fanning, "deliveries", "after"),
    "after fan-out": (fanning, "fan_out", "after"),
    "in claim": (claiming, "for_me", "after"),
    "after claim": (claiming, "claim", "after"),
    "before the POST": (None, "post", "before"),
    "after the POST": (None, "post", "after"),
    "before settling": (settling, "settle_all", "before"),
    "in settling": (settling, "settle", "after"),
    "after settling": (settling, "settle_all", "after"),
}
MAY_FIND_NOTHING = ("fan_out", "deliveries", "claim")


def die(chance: float) -> None:
    if random.random() < chance:
        os.kill(os.getpid(), signal.SIGKILL)


def deadly(function, when: str, chance: float):
    def wrapped(*args, **keywords):
        if when == "before":
            die(chance)
        result = function(*args, **keywords)
        did_nothing = function.__name__ in MAY_FIND_NOTHING and not result
        if when == "after" and not did_nothing:
            die(chance)
        return result
    return wrapped


def arm(step: str, chance: float, sender: Sender) -> None:
    module, name, when = STEPS[step]
    place = module or sender.outgoing
    setattr(place, name, deadly(getattr(place, name), when, chance))


def begin(url: str, data: Path, port: int, lease: float) -> Sender:
    """Open the database; what sends to the stand-in at this port. lease: in seconds, of which a quarter is for one."""
    database.open_database(url)
    claiming.LEASE = timedelta(seconds=lease)
    loop.LONGEST_POST = min(loop.LONGEST_POST, claiming.LEASE / 4)
    loop.LONGEST_LETTER = min(loop.LONGEST_LETTER, claiming.LEASE / 4)
    pool = urllib3.HTTPConnectionPool("127.0.0.1", port, maxsize=16)
    return Sender(load_keys(data, "mailto:ops@example.org"), Outgoing(PUSH_HOSTS, connect=lambda parts: pool))


def main(url: str, data: Path, port: int, step: str, chance: float, lease: float) -> None:
    """Tick until nothing is left to do. step: where to die, "" for nowhere; chance: how likely; lease: in seconds."""
    sender = begin(url, data, port, lease)
    if step:
        arm(step, chance, sender)
    with database.db.connection_context():
        while work_left():
            wait = loop.tick(sender, "https://journal.example.org")
            PAUSE.wait(min(wait, 0.05))


def work_left() -> bool:
    due = Reminder.state == "waiting", Reminder.due_at <= clock.now()
    return Reminder.select().where(*due).exists() or Delivery.select().where(Delivery.outcome == "").exists()

