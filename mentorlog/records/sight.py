"""Who sees what of a record. Everything that shows one, or numbers a feed, asks here."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from .. import clock
from ..models import Device, Pair, Person, Record
from .kind import KINDS

Body = dict[str, Any]
FORGOTTEN = timedelta(days=180)  # a device not seen for so long is not waited for


@dataclass(frozen=True)
class Sight:
    """The pairs of some people, and which of these people's sharing is held back after a restore."""

    pairs: dict[str, Pair]
    withheld: frozenset[str]

    def active(self, pair: str | None) -> Pair | None:
        """The pair while it lasts."""
        found = self.pairs.get(pair) if pair else None
        return found if found and not found.ended else None

    def writers(self, record: Record) -> set[str]:
        """Who sees all of it: its owner, or both of its pair, also when that is over."""
        pair = self.pairs.get(record.pair) if record.pair and KINDS[record.kind].by == "pair" else None
        return {pair.mentee, pair.mentor} if pair else {record.owner}

    def reader(self, record: Record) -> str | None:
        """The mentor to whom its owner shows it."""
        pair = self.active(record.fields.get("shared"))
        shown = pair and pair.mentee == record.owner and record.owner not in self.withheld
        hidden = record.fields.get("deleted") or record.fields.get("binned_at")
        return pair.mentor if pair and shown and not hidden else None

    def views(self, record: Record) -> dict[str, Body]:
        """Person to what they see, as it goes over the wire (`sync.md`, On the wire)."""
        seen = dict.fromkeys(self.writers(record), full(record))
        if (reader := self.reader(record)) and reader not in seen:
            seen[reader] = shown(record)
        return seen


def full(record: Record) -> Body:
    """The record as those see it who may write it."""
    if record.fields.get("deleted"):
        return {"id": record.id, "kind": record.kind, "rev": record.rev, "gone": True}
    return {"id": record.id, "kind": record.kind, "owner": record.owner, "pair": record.pair,
            "rev": record.rev, "at": record.at, "fields": record.fields}


def shown(record: Record) -> Body:
    """The record as a reader sees it: no `rev` and no private field, so that edits of those do not show (D10)."""
    hidden = KINDS[record.kind].private | {"shared", "binned_at"}
    fields = {name: value for name, value in record.fields.items() if name not in hidden}
    return {"id": record.id, "kind": record.kind, "owner": record.owner, "at": record.at, "fields": fields}


def sight_of(people: Iterable[str]) -> Sight:
    """What decides what these people see, and what others see of them. Two queries."""
    wanted = list(people)
    pairs = Pair.select().where((Pair.mentee << wanted) | (Pair.mentor << wanted))
    found = {pair.id: pair for pair in pairs}
    return Sight(found, withheld({pair.mentee for pair in found.values()}))


def withheld(owners: Iterable[str]) -> frozenset[str]:
    """Those of the people of whose devices one has not told what a restored server forgot.

    A device with an empty epoch never synced: it has nothing to tell.
    """
    if not (wanted := list(owners)):
        return frozenset()
    known = Device.ended_at.is_null() & (Device.seen_at > clock.now() - FORGOTTEN) & (Device.epoch != "")
    untold = known & (Device.epoch != Person.epoch)
    late = Device.select(Device.person).join(Person).where(Device.person << wanted, untold)
    return frozenset(device.person for device in late)
