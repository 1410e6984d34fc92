"""What a feed tells: a person's sessions and the days of their goals; and how it is seen that nothing changed."""
from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from .. import agenda, agreement, clock, due, goals, partners, records, ways
from ..models import CalendarFeed, Person

CANCELLED_SHOWN = timedelta(days=30)  # after the hour at which it would have begun
BINNED = "session/bin"
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
    """A session as a calendar needs it. is_ahead: to come, or today; clocks: zones, the person's own first; ways: in
    words, in the order to try them."""

    id: str
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
    cards = partners.cards(now.person)
    others = {id: other_ways(card) for id, card in cards.items()}
    edge = clock.iso(datetime.fromisoformat(now.today).replace(tzinfo=UTC) - CANCELLED_SHOWN)
    for session in found:
        if clock.wall(session["fields"]) and (session["at"] >= edge or not is_off(session)):
            card = cards.get(session["fields"].get("partner") or "", {"id": "", "fields": {}})
            yield event_of(now, session, card["fields"], others.get(card["id"], []))


def is_off(session: Found) -> bool:
    """Whether it does not take place."""
    return agenda.state(session) in agenda.FELL_THROUGH or bool(session["fields"].get("binned_at"))


def event_of(now: Outlook, session: Found, card: dict[str, Any], others: list[ways.Way]) -> Event:
    """One session. card: fields of its partner's; others: the ways with them."""
    end, tried = agenda.end(session), ways.others_first(others, session["fields"], card)
    return Event(
        id=session["id"], start=clock.parse(session["at"]), end=end,
        is_cancelled=is_off(session), is_ahead=not is_off(session) and clock.iso(end)[:10] >= now.today,
        name=(card.get("name") or "") if now.feed.names else "",
        ways=tuple(in_words(way, now.feed.names) for way in tried),
        clocks=clocks(now.zone, session["fields"]["zone"], card.get("zone")))


def due_days(now: Outlook) -> Iterator[DueDay]:
    """The days of the person's open goals, where they want them."""
    if not now.feed.goals:
        return
    for goal in goals.open_ones(goals.everything(now.person)):
        if goal["owner"] == now.person.id and goal["fields"].get("due_on"):
            yield DueDay(goal["id"], date.fromisoformat(goal["fields"]["due_on"]),
                         (goal["fields"].get("text") or "") if now.feed.names else "")


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
