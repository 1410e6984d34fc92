"""Calendars of a test, read by two parsers that share no code: icalendar and vobject."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import icalendar
import vobject

from tests import calendar_values


class Seen(NamedTuple):
    """An event as a parser understood it."""

    uid: str
    sequence: int
    start: datetime | date
    end: datetime | date
    summary: str
    description: str
    status: str
    url: str
    alarms: list[timedelta]


def by_icalendar(body: bytes) -> list[Seen]:
    return sorted(Seen(str(one["uid"]), int(one["sequence"]), one["dtstart"].dt, one["dtend"].dt, str(one["summary"]),
                       str(one.get("description", "")), str(one["status"]), str(one["url"]),
                       [alarm["trigger"].dt for alarm in one.walk("VALARM")])
                  for one in icalendar.Calendar.from_ical(body.decode()).walk("VEVENT"))


def by_vobject(body: bytes) -> list[Seen]:
    return sorted(_seen(one) for one in vobject.readOne(body.decode()).contents.get("vevent", []))


def _seen(one: Any) -> Seen:
    alarms = [alarm.trigger.value for alarm in one.contents.get("valarm", [])]
    return Seen(one.uid.value, int(one.sequence.value), _instant(one.dtstart.value),
                _instant(one.dtend.value), one.summary.value,
                one.description.value if "description" in one.contents else "", one.status.value, one.url.value, alarms)


def _instant(value: datetime | date) -> datetime | date:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def both(body: bytes) -> list[Seen]:
    """The events of a calendar that keeps the rules; each parser found the same."""
    assert list(broken(body)) == []
    first, second = by_icalendar(body), by_vobject(body)
    assert first == second
    return first


def broken(body: bytes) -> Iterator[str]:
    """Where the text breaks a rule of RFC 5545 that parsers forgive."""
    if not body.endswith(b"\r\n") or b"\n" in body.replace(b"\r\n", b"") or b"\r" in body.replace(b"\r\n", b""):
        yield "3.1: lines end in CRLF"
    yield from (f"3.1: {len(line)} octets" for line in body.split(b"\r\n") if len(line) > 75)
    text = body.replace(b"\r\n ", b"").decode()
    yield from (f"3.1: control {letter!r}" for letter in set(text.replace("\r\n", ""))
                if letter < " " or letter == "\x7f")
    for needed in ("VERSION:2.0", "PRODID:"):
        if text.count(f"\r\n{needed}") != 1:
            yield f"3.6: one {needed}"
    for event in text.split("\r\nBEGIN:VEVENT\r\n")[1:]:
        own = "\r\n" + event.partition("\r\nBEGIN:VALARM\r\n")[0]
        yield from (f"3.6.1: one {name}" for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS")
                    if own.count(f"\r\n{name}:") + own.count(f"\r\n{name};VALUE=DATE:") != 1)
    yield from calendar_values.wrong(body)
