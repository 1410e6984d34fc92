"""What a feed tells: a person's sessions and the days of their goals; and how it is seen that nothing changed."""
from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from peewee import JOIN

from .. import agenda, agreement, clock, due, goals, partners, records, ways
from ..models import CalendarFeed, History, Pair, Person, Record

CANCELLED_SHOWN = timedelta(days=30)  # after the hour at which it would have begun
BINNED = "session/bin"
FOLLOWED = ("settings", "hours")  # one of each for a person
VERBS = {"call": "Call", "sms": "Text", "letter": "Write to", "video": "Open", "chat": "Open"}
ELSEWHERE = "One that is written on the page of the session"
Found = dict[str, Any]


@dataclass(frozen=True)
class Outlook:
    """All that decides what a feed says, beside the records. today: the day in UTC; zone: of the person's clocks;
    wishes: what they are reminded of and when, and when never, which counts in `Person.counter`."""

    person: Person
    feed: CalendarFeed
    zone: str
    base_url: str
    today: str
    wishes: due.Wishes

    def tag(self) -> str:
        """What stays the same as long as the feed does: the person's counter moves with all that they see."""
        parts = (self.person.id, self.person.epoch, self.person.counter, self.feed.secret_hash, self.feed.names,
                 self.feed.alarms, self.feed.goals, self.zone, self.base_url, self.today)
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Event:
    """A session as a calendar needs it. n: how often it was changed; is_ahead: to come, or today; clocks: zones,
    the person's own first; ways: in words, in the order to try them."""

    id: str
    n: int
    changed_at: datetime
    start: datetime
    end: datetime
    is_cancelled: bool
    is_ahead: bool
    name: str
    clocks: tuple[str, ...]
    ways: tuple[str, ...]


@dataclass(frozen=True)
class DueDay:
    """The day by which a goal is to be done; name: its text, "" where that is not to be told."""

    id: str
    n: int
    changed_at: datetime
    on: date
    name: str


def outlook(feed: CalendarFeed, person: Person, base_url: str) -> Outlook:
    """How things stand for a person who is not here, by the clock by which they are reminded."""
    wishes, today = due.wishes_of([person.id])[person.id], clock.iso(clock.now())[:10]
    return Outlook(person, feed, wishes.zone, base_url.rstrip("/"), today, wishes)


def events(now: Outlook) -> Iterator[Event]:
    """Every session that has an hour, the newest first. One that was cancelled or fell through, or lies in the bin, is
    told as cancelled for 30 days after its hour."""
    found = records.shelf(now.person, "session") + records.shelf(now.person, BINNED)
    cards, changes = partners.cards(now.person), last_changes(now.person, "session")
    others = {id: other_ways(card) for id, card in cards.items()}
    edge = clock.iso(datetime.fromisoformat(now.today).replace(tzinfo=UTC) - CANCELLED_SHOWN)
    for session in found:
        if clock.wall(session["fields"]) and (session["at"] >= edge or not is_off(session)):
            card = cards.get(session["fields"].get("partner") or "", {"id": "", "fields": {}})
            yield event_of(now, session, card["fields"], others.get(card["id"], []), *changes[session["id"]])


def is_off(session: Found) -> bool:
    """Whether it does not take place."""
    return agenda.state(session) in agenda.FELL_THROUGH or bool(session["fields"].get("binned_at"))


def event_of(now: Outlook, session: Found, card: dict[str, Any], others: list[ways.Way], n: int,
             changed_at: datetime | None) -> Event:
    """One session. card: fields of its partner's; others: the ways with them; n and changed_at: see `last_changes`."""
    end, tried = agenda.end(session), ways.others_first(others, session["fields"], card)
    return Event(
        id=session["id"], n=n, changed_at=changed_at or now.feed.created_at, start=clock.parse(session["at"]), end=end,
        is_cancelled=is_off(session), is_ahead=not is_off(session) and clock.iso(end)[:10] >= now.today,
        name=(card.get("name") or "") if now.feed.names else "",
        ways=tuple(in_words(way, now.feed.names) for way in tried),
        clocks=clocks(now.zone, session["fields"]["zone"], card.get("zone")))


def due_days(now: Outlook) -> Iterator[DueDay]:
    """The days of the person's open goals, where they want them."""
    if not now.feed.goals:
        return
    found = goals.open_ones(goals.everything(now.person))
    changes = last_changes(now.person, "goal")
    for goal in found:
        if goal["owner"] == now.person.id and goal["fields"].get("due_on"):
            n, changed_at = changes[goal["id"]]
            yield DueDay(goal["id"], n, changed_at or now.feed.created_at, date.fromisoformat(goal["fields"]["due_on"]),
                         (goal["fields"].get("text") or "") if now.feed.names else "")


def last_changes(person: Person, kind: str) -> dict[str, tuple[int, datetime | None]]:
    """Record to how often it was changed, and when last as far as the history knows, the person's settings and usual
    week counted in: alarms follow them. One query, and the last: so what was found before has a row."""
    mine = Pair.select(Pair.id).where((Pair.mentee == person.id) | (Pair.mentor == person.id))
    last = (History.record == Record.id) & (History.n == Record.n)
    rows = Record.select(Record.id, Record.n, History.received_at).join(History, JOIN.LEFT_OUTER, on=last)
    asked: Any = rows.where(Record.kind << (kind, *FOLLOWED), (Record.owner == person.id) | Record.pair.in_(mine))
    found: dict[str, tuple[int, datetime | None]] = {id: (n, at) for id, n, at in asked.tuples()}
    chosen = [found.pop(records.name_id(person.names, one), (0, None)) for one in FOLLOWED]
    more, times = sum(n for n, _ in chosen), [at for _, at in chosen]
    return {id: (n + more, max(filter(None, (at, *times)), default=None)) for id, (n, at) in found.items()}


def clocks(*zones: str | None) -> tuple[str, ...]:
    """Each zone once, in order."""
    return tuple(dict.fromkeys(zone for zone in zones if zone))


def other_ways(card: Found) -> list[ways.Way]:
    """The ways to go on when it isn't working, in the order to try them."""
    return agreement.ways_to(card["fields"], card["agreement"])


def in_words(way: ways.Way, with_names: bool) -> str:
    """A way as one line. Without names it is what can be dialled or opened, and none of a person's words."""
    dialled = way["href"].removeprefix("tel:").removeprefix("sms:").partition("?body=")[0]
    address = way["small"] if way["icon"] == "letter" else dialled
    if with_names:
        said = way["own"] or way["title"]
        return f"{said}: {address}" if address else said
    return f"{VERBS[way['icon']]} {address}" if address else ELSEWHERE
