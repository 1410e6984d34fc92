"""What search and filters look at: a slim row for each record, kept between requests. Twin: service_worker/memory.js.

What a person sees moves their `counter` (`sync.md`, D1), and so do their rows: a key typed into the search field reads
no record but those that are shown.
"""
from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from . import prose, records
from .database import db
from .models import Person

PEOPLE = 8  # who looked for something last; 5,000 entries of 150 words are 6 MB
Record = dict[str, Any]
# The texts of each kind, the one that names it first.
TEXTS = {
    "entry": ("title", "text", "lesson"), "goal": ("text", "why", "earns", "ended_why"), "rating": ("reason",),
    "worksheet": ("title",), "answer": ("text",), "set": ("title", "about"), "aim": ("text",), "line": ("text",),
    "session": ("notes", "link"), "partner": ("name", "email", "fallback"),
    "agreement": ("confidentiality", "blocked", "rhythm_own"),
}
# What has a text of its own in each kind.
ITEMS = {"goal": "steps", "set": "questions", "agreement": "ways"}


@dataclass(frozen=True, slots=True)
class Row:
    """What of a record is looked at. text: all of its texts, folded, a line for each."""

    id: str
    kind: str
    at: str
    text: str
    tags: tuple[str, ...]
    session: str
    lesson: bool
    waiting: bool


_State = tuple[str, int]
_kept: OrderedDict[tuple[str, str], tuple[_State, list[Row]]] = OrderedDict()
_lock = Lock()


def texts(record: Record) -> list[str]:
    """What is searched of a record, the text that names it first."""
    fields = record["fields"]
    found = [fields.get(name) or "" for name in TEXTS.get(record["kind"], ())]
    items = fields.get(ITEMS.get(record["kind"], "")) or []
    return [*found, *(fields.get("tags") or []), *(item.get("text") or item.get("address") or "" for item in items)]


def row(record: Record) -> Row:
    """The row of a record."""
    fields = record["fields"]
    return Row(record["id"], record["kind"], record["at"], prose.fold("\n".join(texts(record))),
               tuple(fields.get("tags") or ()), fields.get("session") or "", bool(fields.get("lesson")),
               bool(record["waiting"]))


def rows(person: Person) -> list[Row]:
    """A row for each record that can be found, newest first; of one moment by id."""
    place, state = (str(db.database), person.id), (person.epoch, person.counter)
    with _lock:
        known = _kept.get(place)
    if known is None or known[0] != state:
        known = (state, [row(record) for record in records.everything(person) if record["kind"] in TEXTS])
    with _lock:
        _kept[place] = known
        _kept.move_to_end(place)
        while len(_kept) > PEOPLE:
            _kept.popitem(last=False)
    return known[1]
