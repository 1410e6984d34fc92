"""The calendar feed of 2,000 sessions as a calendar gets it, against the bare library that writes the same events.

From cold: the first request that a fresh server gets, of a calendar that has nothing and never asked before, with
nothing of the database in the cache of the system, each record with the history that it has in life.
"""
from __future__ import annotations

import gzip
import http.client
import multiprocessing
import os
import shutil
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import icalendar

from bench.table import RUNS, Row, interleaved
from tests import cast
from tests.databases import Databases
from tests.processes import Server

if TYPE_CHECKING:
    from flask.testing import FlaskClient

EVENTS = 2_000
FIRST = datetime(2024, 1, 1, 14, 0, tzinfo=UTC)
CHANGES = 3  # of each record, as its history has them
AT_ONCE = 100  # rows of one INSERT
PATIENCE_SECONDS = 120
SECRET = "for measuring"
BASE_URL = "https://x.example"


def rows() -> list[Row]:
    """Milliseconds on SQLite, and bytes as they are sent."""
    with tempfile.TemporaryDirectory() as folder, closing(Databases(Path(folder))) as databases, \
            databases.copy("sqlite", Path(folder) / "mentorlog.db", cast.gather) as url:
        client, path = prepared(Path(folder), url)
        untold = kept(Path(folder) / "untold.db")
        packed = asked(client, path)
        body = gzip.decompress(packed)
        events = icalendar.Calendar.from_ical(body.decode()).walk("VEVENT")
        assert len(events) == EVENTS
        values = [value_of(event) for event in events]
        ours, peer = interleaved(lambda: milliseconds(lambda: asked(client, path)),
                                 lambda: milliseconds(lambda: bare(values)))
        tag = client.get(path).headers["ETag"]
        same = median(milliseconds(lambda: unchanged(client, path, tag)) for _ in range(RUNS))
        cold, cold_peer = interleaved(lambda: first_request(Path(folder) / "cold", untold, path),
                                      lambda: in_a_fresh_process(values))
    return [Row(f"feed of {EVENTS:,} events from cold, made and packed", cold, cold_peer, "ms",
                "the bare library writes the same in a process as fresh", "≤ 3"),
            Row("the same, asked again by one that kept nothing", ours, peer, "ms",
                "the bare library writes the same, nothing read or packed", "≤ 2"),
            Row("the same, when nothing has changed", same, ours, "ms", "made and packed"),
            Row("the same, as it is sent", len(packed), len(body), "bytes", "unpacked", "≤ 200 kB")]


def prepared(folder: Path, url: str) -> tuple[FlaskClient, str]:
    """An app in whose database ada has a card, 2,000 sessions with it, and an address; and that address."""
    from mentorlog import create_app, database, records
    from mentorlog.calendar_feed import addresses
    from mentorlog.config import Config
    from mentorlog.models import History, Record
    app = create_app(Config(data=folder, database_url=url, secret_key=SECRET, base_url=BASE_URL))
    with database.db.connection_context():
        ada, card = cast.recall().ada, records.new_id()
        made = [written(ada.id, "partner", card, FIRST, {
            "name": "R. O.", "zone": "Asia/Tokyo", "fallback": "phone +49 30 1234567\nchat https://chat.example/room"})]
        made += [session(ada.id, card, FIRST + timedelta(days=day)) for day in range(EVENTS)]
        for at in range(0, len(made), AT_ONCE):
            Record.insert_many(made[at:at + AT_ONCE]).execute()
            for n in range(1, CHANGES + 1):
                History.insert_many([changed(one, n) for one in made[at:at + AT_ONCE]]).execute()
        return app.test_client(), f"/calendar/{addresses.make(ada)}.ics"


def session(owner: str, card: str, start: datetime) -> dict[str, Any]:
    """A session at 15:00 in one of two zones."""
    from mentorlog import records
    fields = {"starts_on": f"{start:%Y-%m-%d}", "starts_time": "15:00", "minutes": 45, "partner": card,
              "zone": ("Europe/Berlin", "America/New_York")[start.day % 2]}
    return written(owner, "session", records.new_id(), start, fields)


def written(owner: str, kind: str, id: str, at: datetime, fields: dict[str, Any]) -> dict[str, Any]:
    """A row of a record."""
    from mentorlog import clock, records
    return {"id": id, "kind": kind, "owner": owner, "pair": None, "at": clock.iso(at), "shelf": kind,
            "fields": fields, "rev": records.new_id(), "n": CHANGES}


def changed(record: dict[str, Any], n: int) -> dict[str, Any]:
    """A row of its history: its change number n."""
    from mentorlog import records
    change = record["rev"] if n == CHANGES else records.new_id()
    return {"record": record["id"], "n": n, "change": change, "rev": change, "person": record["owner"], "device": None,
            "made_at": FIRST, "received_at": FIRST + timedelta(minutes=n), "fields": record["fields"], "seen": None}


def kept(file: Path) -> Path:
    """A copy of the database as it is now, in a file."""
    from mentorlog import database
    with database.db.connection_context():
        database.backup(file)
    return file


def first_request(data: Path, untold: Path, path: str) -> float:
    """Milliseconds of the first request to a fresh server on a fresh copy, until all of the reply is there."""
    data.mkdir(mode=0o700)
    shutil.copyfile(untold, data / "mentorlog.db")
    settings = {"MENTORLOG_SECRET_KEY": SECRET, "MENTORLOG_BASE_URL": BASE_URL}
    server = Server(data, DATABASE_URL=f"sqlite:///{data / 'mentorlog.db'}", **settings)
    try:
        server.start("pass")  # a Python of its own, not one that has the imports already
        forget(data / "mentorlog.db")
        return milliseconds(lambda: fetched(server.port, path))
    finally:
        server.stop()
        shutil.rmtree(data)


def forget(file: Path) -> None:
    """Take a file out of the cache of the system, as far as it is on the disk."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def fetched(port: int, path: str) -> None:
    """What a calendar gets that has nothing yet, over the line."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)) as line:
        line.request("GET", path, headers={"Accept-Encoding": "gzip"})
        reply = line.getresponse()
        body = gzip.decompress(reply.read())
    assert reply.status == 200 and body.count(b"BEGIN:VEVENT") == EVENTS


def in_a_fresh_process(values: list[Any]) -> float:
    """Milliseconds of the bare library in a process that has it and did nothing with it yet."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(bare_milliseconds, values).result()


def bare_milliseconds(values: list[Any]) -> float:
    """How long the bare library takes."""
    return milliseconds(lambda: bare(values))


def asked(client: FlaskClient, path: str) -> bytes:
    """What a calendar gets that has nothing yet."""
    reply = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert reply.status_code == 200 and reply.headers["Content-Encoding"] == "gzip"
    return reply.get_data()


def unchanged(client: FlaskClient, path: str, tag: str) -> None:
    """What it gets when it comes again."""
    reply = client.get(path, headers={"If-None-Match": tag})
    assert reply.status_code == 304


def value_of(event: Any) -> list[Any]:
    """An event as plain values, and those of its alarms."""
    return [[(name, getattr(value, "dt", value)) for name, value in one.items()]
            for one in (event, *event.walk("VALARM"))]


def bare(values: list[Any]) -> bytes:
    """The same events by the library alone: nothing is read, worked out or packed."""
    made = icalendar.Calendar()
    for own, *alarms in values:
        event = filled(icalendar.Event(), own)
        for alarm in alarms:
            event.add_component(filled(icalendar.Alarm(), alarm))
        made.add_component(event)
    return made.to_ical()


def filled(component: Any, values: list[tuple[str, Any]]) -> Any:
    """A component with its properties."""
    for name, value in values:
        component.add(name, value)
    return component


def milliseconds(work: Any) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
