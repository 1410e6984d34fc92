"""10,000 reminders due at once: when the last one is at its push service, and what that does to those who read.

The loop is a process of its own, as is what serves; the service takes 40 ms for a reply and checks nothing.
"""
from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import urllib3
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bench.place import filled_with_weeks
from bench.push import bare
from bench.table import Row
from tests import cast
from tests.databases import Databases
from tests.forks import ROOT
from tests.processes import Server, environment

COUNT = 10_000
AHEAD_SECONDS = 45  # from the filling of the tables to the minute in which all are due
LEAD = timedelta(minutes=30)
AT_ONCE = 500  # rows of one INSERT
READS = 120
EVERY_SECONDS = 0.1  # a page is asked for
LOOK_SECONDS = 0.5
PATIENCE_SECONDS = 240
SENDERS = 16  # as many as the loop has
FOR_BARE = 2_000
TICK = os.sysconf("SC_CLK_TCK")
NEVER = threading.Event()


def rows() -> list[Row]:
    """Seconds from the minute in which they are due until the last one came; p95 of a page; CPU of a message."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        service = stack.enter_context(running(subprocess.Popen(
            [sys.executable, "-m", "bench.slow_service"], cwd=ROOT, text=True, stdout=subprocess.PIPE)))
        port = int(service.stdout.readline())
        settings = prepared(stack, folder, port)
        read = Reader(stack, folder, settings)
        idle = p95([read() for _ in range(READS)])
        at = whole_minute()
        fill(settings["DATABASE_URL"], folder, port, at)
        loop = stack.enter_context(running(subprocess.Popen(
            [sys.executable, "app.py", "reminders", "--data", str(folder)], cwd=ROOT, env=environment(**settings))))
        NEVER.wait(max(0, at.timestamp() - time.time()))
        before, busy = cpu(loop.pid), []
        while (told := asked(port))["count"] < COUNT and time.time() - at.timestamp() < PATIENCE_SECONDS:
            busy += [read() for _ in range(int(LOOK_SECONDS / EVERY_SECONDS))]
        spent = (cpu(loop.pid) - before) / COUNT * 1000
        assert told["count"] == COUNT, told
    return [
        Row(f"{COUNT:,} reminders due at once, until the last is out", told["last"] - at.timestamp(),
            COUNT * 0.04 / SENDERS, "s", f"{SENDERS} senders that only wait for the service", "≤ 60 s"),
        Row("today, p95 meanwhile", p95(busy), idle, "ms", "p95 when nothing is due", "≤ 3"),
        Row("CPU of the loop for a message", spent, bare_cpu(), "ms", "bare cryptography and bare urllib3"),
    ]


@contextmanager
def running(process: Any) -> Iterator[Any]:
    """A process, ended at the end."""
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def prepared(stack: ExitStack, folder: Path, port: int) -> dict[str, str]:
    """The settings of an installation in which ada has her year."""
    url = stack.enter_context(Databases(folder).copy("sqlite", folder / "mentorlog.db", filled_with_weeks))
    return {"DATABASE_URL": url, "MENTORLOG_REMINDERS": "off", "MENTORLOG_PACKING": "11",
            "MENTORLOG_PUSH_HOSTS": f"http://127.0.0.1:{port}"}


class Reader:
    """Ada reads a page of Flask's: each call gives the milliseconds of one."""

    def __init__(self, stack: ExitStack, folder: Path, settings: dict[str, str]) -> None:
        server = Server(folder, **settings)
        stack.callback(server.stop)
        server.start()
        self.line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        stack.callback(self.line.close)
        form = urlencode({"email": cast.email("ada"), "password": cast.PASSWORD, "zone": cast.ZONE})
        self.line.request("POST", "/sign-in", form, {
            **cast.OURS, "Content-Type": "application/x-www-form-urlencoded"})
        reply = self.line.getresponse()
        reply.read()
        self.cookie = (reply.getheader("Set-Cookie") or "").partition(";")[0]

    def __call__(self) -> float:
        began = time.perf_counter()
        self.line.request("GET", "/today", headers={"Cookie": self.cookie})
        reply = self.line.getresponse()
        reply.read()
        took = time.perf_counter() - began
        assert reply.status == 200, reply.status
        NEVER.wait(max(0, EVERY_SECONDS - took))
        return took * 1000


def whole_minute() -> datetime:
    """The next minute that leaves time to fill the tables and to start the loop."""
    return (datetime.now(UTC) + timedelta(seconds=AHEAD_SECONDS + 60)).replace(second=0, microsecond=0)


def fill(url: str, folder: Path, port: int, at: datetime) -> None:
    """Ten thousand people with a phone each, and a session half an hour after a moment."""
    from mentorlog import database
    from mentorlog.models import Device, Person, Record, Reminder, Subscription
    from mentorlog.push.keys import load_keys
    key = load_keys(folder, "mailto:operator@example.org").current.id
    made: dict[Any, list[dict[str, Any]]] = {table: [] for table in (Person, Device, Subscription, Record, Reminder)}
    for number in range(COUNT):
        for table, row in zip(made, one(number, f"http://127.0.0.1:{port}/{number}", key, at), strict=True):
            made[table].append(row)
    database.open_database(url)
    try:
        with database.db.atomic():
            for table, all_rows in made.items():
                for start in range(0, COUNT, AT_ONCE):
                    table.insert_many(all_rows[start:start + AT_ONCE]).execute()
    finally:
        database.close()


def one(number: int, endpoint: str, key: str, at: datetime) -> list[dict[str, Any]]:
    """The rows of one person, device, subscription, session and reminder."""
    from mentorlog import clock, records
    from mentorlog.push.keys import unpadded
    person, device, session, start = records.new_id(), records.new_id(), records.new_id(), at + LEAD
    wall = {"starts_on": f"{start:%Y-%m-%d}", "starts_time": f"{start:%H:%M}", "zone": "UTC"}
    return [
        {"id": person, "name": "Somebody", "email": f"{number}@example.org", "password_hash": "", "zone": "UTC"},
        {"id": device, "person": person, "secret_hash": str(number), "label": "Chrome on Android", "zone": "UTC",
         "seen_at": clock.now()},
        {"device": device, "endpoint": endpoint, "p256dh": unpadded(point()), "auth": unpadded(os.urandom(16)),
         "key_id": key},
        {"id": session, "kind": "session", "owner": person, "at": clock.iso(start), "shelf": "session",
         "fields": wall, "rev": records.new_id(), "n": 1},
        {"record": session, "person": person, "kind": "join", "due_at": at, "expires_at": start},
    ]


def point() -> bytes:
    """The public key of a browser."""
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def asked(port: int) -> dict[str, Any]:
    """What the service says."""
    return dict(json.loads(urllib3.request("GET", f"http://127.0.0.1:{port}/").data))


def cpu(pid: int) -> float:
    """Seconds of CPU that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def bare_cpu() -> float:
    """Milliseconds of CPU for a message that is only sealed and only posted, by as many threads, to a service alike."""
    with running(subprocess.Popen([sys.executable, "-m", "bench.slow_service"], cwd=ROOT, text=True,
                                  stdout=subprocess.PIPE)) as service:
        pool = urllib3.HTTPConnectionPool("127.0.0.1", int(service.stdout.readline()), maxsize=SENDERS)
        with ThreadPoolExecutor(SENDERS) as senders:
            began = time.process_time()
            list(senders.map(partial(post, pool, point(), os.urandom(16)), range(FOR_BARE)))
            return (time.process_time() - began) / FOR_BARE * 1000


def post(pool: urllib3.HTTPConnectionPool, theirs: bytes, auth: bytes, number: int) -> None:
    """One message."""
    pool.request("POST", f"/{number}", body=bare(theirs, auth), retries=False)


def p95(values: list[float]) -> float:
    """The value that nineteen of twenty stay below."""
    return sorted(values)[int(len(values) * 0.95)]
