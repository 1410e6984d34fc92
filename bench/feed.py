"""The calendar feed of 2,000 sessions as a calendar gets it, against the bare library that writes the same events."""
from __future__ import annotations

import gzip
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import icalendar

from bench.table import RUNS, Row, interleaved
from tests import cast
from tests.databases import Databases

if TYPE_CHECKING:
    from flask.testing import FlaskClient

EVENTS = 2_000
FIRST = datetime(2024, 1, 1, 14, 0, tzinfo=UTC)
AT_ONCE = 100  # rows of one INSERT


def rows() -> list[Row]:
    """Milliseconds on SQLite, and bytes as they are sent."""
    with tempfile.TemporaryDirectory() as folder, closing(Databases(Path(folder))) as databases, \
            databases.copy("sqlite", Path(folder) / "mentorlog.db", cast.gather) as url:
        client, path = prepared(Path(folder), url)
        packed = asked(client, path)
        body = gzip.decompress(packed)
        events = icalendar.Calendar.from_ical(body.decode()).walk("VEVENT")
        assert len(events) == EVENTS
        values = [value_of(event) for event in events]
        ours, peer = interleaved(lambda: milliseconds(lambda: asked(client, path)),
                                 lambda: milliseconds(lambda: bare(values)))
        tag = client.get(path).headers["ETag"]
        same = median(milliseconds(lambda: unchanged(client, path, tag)) for _ in range(RUNS))
    return [Row(f"feed of {EVENTS:,} events, made and packed", ours, peer, "ms",
                "the bare library writes the same, nothing read or packed", "≤ 2"),
            Row("the same, when nothing has changed", same, ours, "ms", "made and packed"),
            Row("the same, as it is sent", len(packed), len(body), "bytes", "unpacked", "≤ 200 kB")]


def prepared(folder: Path, url: str) -> tuple[FlaskClient, str]:
    """An app in whose database ada has a card, 2,000 sessions with it, and an address; and that address."""
    from mentorlog import create_app, database, records
    from mentorlog.calendar_feed import addresses
    from mentorlog.config import Config
    from mentorlog.models import Record
    app = create_app(Config(data=folder, database_url=url, secret_key="for measuring", base_url="https://x.example"))
    with database.db.connection_context():
        ada, card = cast.recall().ada, records.new_id()
        made = [written(ada.id, "partner", card, FIRST, {
            "name": "R. O.", "zone": "Asia/Tokyo", "fallback": "phone +49 30 1234567\nchat https://chat.example/room"})]
        made += [session(ada.id, card, FIRST + timedelta(days=day)) for day in range(EVENTS)]
        for at in range(0, len(made), AT_ONCE):
            Record.insert_many(made[at:at + AT_ONCE]).execute()
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
            "fields": fields, "rev": records.new_id(), "n": 1}


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
