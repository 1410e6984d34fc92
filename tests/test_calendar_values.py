"""The check that each value of a calendar is of its type sees what is not."""
from __future__ import annotations

import pytest

from tests.calendar_values import wrong

WHOLE = """\
BEGIN:VCALENDAR
PRODID:-//a//b//EN
VERSION:2.0
REFRESH-INTERVAL;VALUE=DURATION:PT6H
BEGIN:VEVENT
UID:1
SEQUENCE:3
DTSTAMP:20261123T090000Z
DTSTART:20261124T140000Z
DTEND:20261124T144500Z
STATUS:CONFIRMED
URL:https://journal.example.org/sessions/1
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-PT30M
DESCRIPTION:In 30 minutes.
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def found(text: str) -> list[str]:
    return list(wrong(text.replace("\n", "\r\n").encode()))


def test_what_is_right_is_right() -> None:
    assert found(WHOLE) == []


@pytest.mark.parametrize(("line", "instead"), [
    ("REFRESH-INTERVAL;VALUE=DURATION:PT6H", "REFRESH-INTERVAL;VALUE=DURATION:6:00:00"),
    ("REFRESH-INTERVAL;VALUE=DURATION:PT6H", "REFRESH-INTERVAL;VALUE=DURATION:soon"),
    ("REFRESH-INTERVAL;VALUE=DURATION:PT6H", "REFRESH-INTERVAL:PT6H"),
    ("VERSION:2.0", "VERSION:3.0"), ("SEQUENCE:3", "SEQUENCE:often"), ("STATUS:CONFIRMED", "STATUS:SURE"),
    ("DTSTAMP:20261123T090000Z", "DTSTAMP:20261123"), ("DTSTART:20261124T140000Z", "DTSTART:20261124T1400Z"),
    ("DTEND:20261124T144500Z", "DTEND;VALUE=DATE:2026-11-24"), ("TRIGGER:-PT30M", "TRIGGER:-0:30:00"),
    ("TRIGGER:-PT30M", "TRIGGER:P"), ("ACTION:DISPLAY", "ACTION:SING"), ("UID:1", "UIDS:1"),
    ("URL:https://journal.example.org/sessions/1", "URL:sessions/1")])
def test_what_is_wrong_is_seen(line: str, instead: str) -> None:
    assert line in WHOLE and found(WHOLE.replace(line, instead))
