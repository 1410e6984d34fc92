"""What a process does that sends reminders to a stand-in and can die at a named step."""
from __future__ import annotations

import os
import random
import signal
import threading
from datetime import timedelta
from pathlib import Path

import urllib3

from mentorlog import database, reminders
from mentorlog.outgoing import PUSH_HOSTS, Outgoing
from mentorlog.push.keys import load_keys
from mentorlog.push.sending import Sender

PAUSE = threading.Event()
# step -> (module or class, function, whether it dies before or after it)
STEPS = {
    "before fan-out": ("fan_out", "before"),
    "in fan-out": ("deliveries", "after"),
    "after fan-out": ("fan_out", "after"),
    "in claim": ("for_me_delivery", "after"),
    "after claim": ("claim", "after"),
    "before the POST": ("post", "before"),
    "after the POST": ("post", "after"),
    "before settling": ("settle", "before"),
    "after settling": ("settle", "after"),
}


def die(chance: float) -> None:
    if random.random() < chance:
        os.kill(os.getpid(), signal.SIGKILL)


def deadly(function, when: str, chance: float):
    def wrapped(*args, **keywords):
        if when == "before":
            die(chance)
        result = function(*args, **keywords)
        did_nothing = isinstance(result, int | list) and not result
        if when == "after" and not did_nothing:
            die(chance)
        return result
    return wrapped


def arm(step: str, chance: float, sender: Sender) -> None:
    name, when = STEPS[step]
    if name == "post":
        sender.outgoing.post = deadly(sender.outgoing.post, when, chance)
    elif name == "for_me_delivery":  # the second use of for_me: inside the transaction that claims
        plain, armed = reminders.for_me, deadly(reminders.for_me, when, chance)
        reminders.for_me = lambda query: (armed if query.model is reminders.Delivery else plain)(query)
    else:
        setattr(reminders, name, deadly(getattr(reminders, name), when, chance))


def main(url: str, data: Path, port: int, step: str, chance: float, lease: float) -> None:
    """Tick until nothing is left to do. step: where to die, "" for nowhere; chance: how likely; lease: in seconds."""
    database.open_database(url)
    reminders.LEASE = timedelta(seconds=lease)
    reminders.LONGEST_POST = min(reminders.LONGEST_POST, reminders.LEASE / 4)
    pool = urllib3.HTTPConnectionPool("127.0.0.1", port, maxsize=16)
    sender = Sender(load_keys(data, "mailto:ops@example.org"),
                    Outgoing(PUSH_HOSTS, connect=lambda parts: pool))
    if step:
        arm(step, chance, sender)
    with database.db.connection_context():
        while work_left():
            wait = reminders.tick(sender, "https://journal.example.org")
            PAUSE.wait(min(wait, 0.05))


def work_left() -> bool:
    now = reminders.clock.now()
    due = reminders.Reminder.state == "waiting", reminders.Reminder.due_at <= now
    return (reminders.Reminder.select().where(*due).exists()
            or reminders.Delivery.select().where(reminders.Delivery.outcome == "").exists())

