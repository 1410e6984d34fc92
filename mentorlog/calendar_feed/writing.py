"""Events as an iCalendar text (RFC 5545). Escaping and folding are the library's.

Hours are UTC (3.3.5, form 2), not local times with a VTIMEZONE: each session is an event of its own, so no rule has to
be carried across a clock change, and every calendar and the reminders mean the same instant, however old its time
zone data; a wall time that is skipped or comes twice has one reading. Which wall times were agreed on is said in words.
"""
from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, vDuration  # type: ignore[import-untyped]
from icalendar import Event as Component

from .. import due, prose
from .counting import Told, counted
from .reading import DueDay, Event, Outlook

REFRESHED = timedelta(hours=6)
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+")  # 3.1: TEXT has none but line breaks
NEUTRAL, NEUTRAL_DUE = "Session", "A goal is due"
PREPARE = "To prepare: rate your goal, choose the questions for it."
AGAIN = "If it isn't working:"
Rings = tuple[timedelta, str]  # from the beginning of the entry, and in which words


@dataclass(frozen=True)
class Entry:
    """All that an entry says but how often it changed. id: of the record; said: names and values of its properties."""

    id: str
    said: tuple[tuple[str, Any], ...]
    alarms: tuple[Rings, ...] = ()

    def digest(self) -> str:
        """What is another one as soon as it says something else."""
        return hashlib.sha256(repr((self.said, self.alarms)).encode()).hexdigest()


def calendar(now: Outlook, events: Iterable[Event], due_days: Iterable[DueDay]) -> bytes:
    """The whole calendar, in UTF-8 with lines of 75 octets at most."""
    made = Calendar()
    made.add("prodid", "-//mentorlog//calendar feed//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", "mentorlog")  # RFC 7986, and what was used before it
    made.add("x-wr-calname", "mentorlog")
    made.add("refresh-interval", vDuration(REFRESHED), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    entries = [*(entry(now, event) for event in events), *(all_day(now, day) for day in due_days)]
    known = counted(now.person, {one.id: one.digest() for one in entries})
    for one in entries:
        made.add_component(component(one, known[one.id]))
    return bytes(made.to_ical())


def component(one: Entry, told: Told) -> Component:
    """An entry as the library has it. UID: the id of the record, a UUID, which does not say where it is from (RFC
    7986, 5.3)."""
    made = Component()
    made.add("uid", one.id)
    made.add("sequence", told.n)
    made.add("dtstamp", told.changed_at)  # without METHOD the same as LAST-MODIFIED (3.8.7.2)
    made.add("last-modified", told.changed_at)
    made.add("class", "PRIVATE")
    for name, value in one.said:
        made.add(name, value)
    for before, words in one.alarms:
        made.add_component(alarm(before, words))
    return made


def all_day(now: Outlook, day: DueDay) -> Entry:
    """The day of a goal, which takes no time of it; it rings at the person's hour, on the calendar's own clock."""
    rung = moment(now, due.GOAL, day.on.isoformat()) if day.on.isoformat() >= now.today else None
    midnight = datetime.combine(day.on, time.min)
    return Entry(day.id, said=(
        ("dtstart", day.on),
        ("dtend", day.on + timedelta(days=1)),  # 3.6.1: the first day after it
        ("summary", plain(day.name) or NEUTRAL_DUE),
        ("url", f"{now.base_url}/goals/{day.id}"),
        ("status", "CONFIRMED"),
        ("transp", "TRANSPARENT"),
    ), alarms=((rung.astimezone(ZoneInfo(now.zone)).replace(tzinfo=None) - midnight, NEUTRAL_DUE),) if rung else ())


def entry(now: Outlook, event: Event) -> Entry:
    """One session."""
    return Entry(event.id, said=(
        ("dtstart", event.start),
        ("dtend", event.end),
        ("summary", summary(event)),
        ("description", description(event)),
        ("url", f"{now.base_url}/sessions/{event.id}"),
        ("status", "CANCELLED" if event.is_cancelled else "CONFIRMED"),
        *([("transp", "TRANSPARENT")] if event.is_cancelled else []),
    ), alarms=alarms(now, event) if event.is_ahead else ())


def summary(event: Event) -> str:
    """With whom it is, where names are wanted."""
    return f"Mentoring session with {plain(event.name)}" if event.name else NEUTRAL


def description(event: Event) -> str:
    """The hour on each clock; while it is to come also how to prepare, and the ways to go on when it isn't working."""
    told = [on_clock(event.start, zone) for zone in event.clocks]
    if event.is_ahead:
        told += ["", PREPARE]
    if event.is_ahead and event.ways:
        told += ["", AGAIN, *(f"{number}. {plain(way)}" for number, way in enumerate(event.ways, 1))]
    return "\n".join(told)


def on_clock(moment: datetime, zone: str) -> str:
    """`Tue 24 Nov 2026, 15:00 (Europe/Berlin)`."""
    there = moment.astimezone(ZoneInfo(zone))
    return f"{there:%a} {there.day} {there:%b %Y, %H:%M} ({zone})"


def alarms(now: Outlook, event: Event) -> tuple[Rings, ...]:
    """At the moments of the reminders: the day before or that day, by the person's clock, to prepare; and before it
    begins, with the first other way. What falls into their quiet or focus hours is moved or left out, as they are."""
    found = []
    if prepare := moment(now, due.PREPARE, event.start):
        found.append((prepare - event.start, PREPARE))
    if join := moment(now, due.JOIN, event.start):
        begins = f"In {lead((event.start - join) // timedelta(minutes=1))}."
        said = f"{begins} {AGAIN} {plain(event.ways[0])}" if event.ways else begins
        found.append((join - event.start, said))
    return tuple(found)


def moment(now: Outlook, kind: str, of: datetime | str) -> datetime | None:
    """When the person is reminded by an alarm; None where they hear nothing of this kind, or not of this one.

    of: the beginning of a session, or the day of a goal.
    """
    if not (now.feed.alarms and now.wishes.wants(kind)):
        return None
    try:
        span = due.of_day(of, now.wishes) if isinstance(of, str) else due.of_meeting(kind, of, now.wishes)
    except ValueError:  # the very edge of the calendar, where a day has no next one
        return None
    return span.due_at if span else None


def lead(minutes: int) -> str:
    """A time before a session, in words."""
    hours, rest = divmod(minutes, 60)
    number, unit = (minutes, "minute") if rest else (hours, "hour")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def alarm(before: timedelta, words: str) -> Alarm:
    """One alarm. before: as a length, which more calendars keep than an instant (3.8.6.3)."""
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("trigger", before)
    made.add("description", words)
    return made


def plain(text: str) -> str:
    """Words of a person in one line, without what no calendar may hold. A backslash becomes a slash: the library takes
    one before an N for a line break."""
    return CONTROL.sub(" ", prose.clean(text).replace("\n", " ")).replace("\\", "/")
