"""All that a batch of changes needs, looked up at once, and all that it makes, written at once."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from .. import clock
from ..models import Done, History, Person, Record
from ..records import KINDS, Fields, name_id, new_id, shelf_of
from ..records.sight import Sight
from . import kept, publish
from .change import Change
from .rows import chunks, insert
from .thinning import is_thin

Row = dict[str, Any]
Outcome = dict[str, Any]
LEVEL = "level"  # in an outcome, for us alone: the change stood on the state that the record had
MOVING = ("pair", "at", "shelf", "fields", "rev", "n", "narrowed", "narrowed_by")  # columns of a record that change


@dataclass(frozen=True)
class Author:
    """Whose changes these are.

    asks: a device that can be asked what it saw. shift: how far its clock is behind. descends: what the device hands
    back after a restore was made from the state that the backup holds. server: nobody typed these.
    """

    person: str
    device: str | None
    asks: bool
    shift: timedelta = timedelta(0)
    descends: bool = False
    server: bool = False


@dataclass(frozen=True)
class Past:
    """What a record was after one change. seen: what the author believed it was, None when the same."""

    n: int
    person: str
    device: str | None
    fields: Fields
    seen: Fields | None
    made_at: str


@dataclass
class Batch:
    """The state of everything a batch touches. Changes are judged on it; nothing is written before `write()`."""

    person: Person
    author: Author
    crowd: publish.Crowd
    sight: Sight
    moment: datetime
    records: dict[str, Record] = field(default_factory=dict)
    before: dict[str, Record | None] = field(default_factory=dict)  # those written to, as they were
    past: dict[tuple[str, str], Past] = field(default_factory=dict)  # by record and change
    states: dict[tuple[str, str], Past] = field(default_factory=dict)  # by record and rev
    forgotten: dict[str, Past] = field(default_factory=dict)  # by record: the last from before a restore
    done: dict[str, tuple[str, str, Outcome]] = field(default_factory=dict)  # by change: person, digest, outcome
    copies: list[tuple[Record, Outcome]] = field(default_factory=list)
    origins: dict[str, kept.Origin] = field(default_factory=dict)  # by copy
    new_history: list[Row] = field(default_factory=list)
    new_done: list[Row] = field(default_factory=list)

    @property
    def device(self) -> str | None:
        """From which device the changes come; None for a browser's form."""
        return self.author.device

    def put(self, record: Record, change: str, made_at: str, seen: Fields | None = None,
            author: str | None = None) -> None:
        """Take a record in its new state. seen: what the author believes it is, None when the same."""
        self.before.setdefault(record.id, self.records.get(record.id))
        self.records[record.id] = record
        author = author or self.person.id
        past = Past(record.n, author, self.device, record.fields, seen, made_at)
        self.past[record.id, change] = self.states[record.id, record.rev] = past
        self.new_history.append({
            "record": record.id, "n": record.n, "change": change, "rev": record.rev, "person": author,
            "device": self.device, "made_at": clock.parse(made_at), "received_at": self.moment,
            "fields": record.fields, "seen": seen})

    def keep(self, author: str, texts: Sequence[tuple[str, str]], change: Change, outcome: Outcome,
             beside: str | None = None, of: str = "") -> None:
        """Keep (field, text) of what could not be joined as private records of the author.

        beside: the state of the record that stands in place of these texts; None when they stood and were deleted.
        of: the record that the texts belong to, when that is not the one of the change.
        """
        now = self.records.get(change.record)
        for text in texts:
            number = len([1 for _, known in self.copies if known is outcome])
            fields = {"of": of or change.record, "field": text[0], "text": text[1]}
            # as the lost server named it, so that it is not kept twice; and nobody takes the id of another's copy
            source = f"{change.on if change.stands == 'restore' and change.on else change.id} {author}"
            copy = Record(id=name_id(source, f"kept {number}"), kind="kept", owner=author, pair=None,
                          at=change.made_at, shelf=shelf_of("kept", fields), fields=fields, n=1, narrowed=0,
                          rev=name_id(f"{source} {self.person.epoch}", f"keep {number}"), narrowed_by=None)
            self.copies.append((copy, outcome))
            self.origins[copy.id] = kept.Origin(author, change.record, now.rev if now else "", beside)
            if author == self.person.id:
                outcome.setdefault("kept", []).append(copy.id)

    def finish(self, change: Change, outcome: Outcome) -> Outcome:
        """Remember the answer for ever."""
        self.done[change.id] = (self.person.id, change.digest, outcome)
        row = {"change": change.id, "person": self.person.id, "digest": change.digest, "outcome": outcome}
        self.new_done.append(row)
        return outcome

    def write(self) -> None:
        """Write records, history, feeds and answers; then call each kind's hook."""
        self._put_copies()
        moved = [(self.before[id], self.records[id]) for id in self.before]
        insert(Record, [now.__data__ for _, now in moved], over=[Record.id],
               preserve=[Record._meta.fields[name] for name in MOVING])
        insert(History, self.new_history)
        publish.publish(self.crowd.people, [
            (now.id, self.sight.views(was) if was else {}, self.sight.views(now)) for was, now in moved])
        insert(Done, self.new_done)
        for was, now in moved:
            KINDS[now.kind].after_write(now, was.fields if was else None)

    def _put_copies(self) -> None:
        """Add the kept texts. A device may have handed one back already, after a restore: it is not kept twice."""
        there = find_records([copy.id for copy, _ in self.copies]) | self.records
        told = kept.told(self.origins, self.device, self.states)
        for copy, outcome in self.copies:
            copy.fields = copy.fields | told[copy.id]
            found = there.get(copy.id)
            if found and found.fields.get("text") == copy.fields["text"]:
                continue
            if found:
                fresh = new_id()
                outcome["kept"] = [fresh if id == copy.id else id for id in outcome.get("kept", [])]
                copy.id = fresh
            self.put(copy, copy.rev, copy.at, author=copy.owner)


def load(author: Author, changes: Sequence[Change]) -> Batch:
    """Lock the people concerned and look up all that these changes need."""
    crowd = publish.lock([author.person])
    batch = Batch(crowd.people[author.person], author, crowd, crowd.sight(), clock.now())
    batch.records = find_records([change.record for change in changes])
    handed_back = [change for change in changes if change.stands == "restore"]
    for ids in chunks([change.id for change in changes] + [change.on for change in handed_back if change.on]):
        for known in Done.select().where(Done.change << ids):
            batch.done[known.change] = (known.person, known.digest, known.outcome)
    ending = {one.record for one in changes if one.fields.get("deleted")} & batch.records.keys()
    revs = {one.on for one in changes if one.on} | {batch.records[id].rev for id in ending}
    for ids in chunks(sorted(revs)):
        for row in History.select().where((History.change << ids) | (History.rev << ids)):
            batch.past[row.record, row.change] = batch.states[row.record, row.rev] = _past(row)
    _load_forgotten(batch, [change.record for change in handed_back])
    return batch


def public(outcomes: dict[str, Outcome]) -> dict[str, Outcome]:
    """The outcomes as they are answered."""
    return {id: {name: value for name, value in outcome.items() if name != LEVEL} for id, outcome in outcomes.items()}


def find_records(ids: Sequence[str]) -> dict[str, Record]:
    """Id to record."""
    wanted = sorted(set(ids))
    return {row.id: row for some in chunks(wanted) for row in Record.select().where(Record.id << some)}


def _load_forgotten(batch: Batch, records: Sequence[str]) -> None:
    """The last state of these records from before the server was restored.

    Not where the history is pruned: what is handed back may be older than all that it holds.
    """
    for ids in chunks(sorted(set(records))):
        pruned = History.select(History.record).where(History.record << ids).group_by(History.record).having(
            fn.MIN(History.n) > 1)
        last = (History.select(History.record, fn.MAX(History.n).alias("n")).where(
            History.record << ids, History.record.not_in(pruned),
            History.received_at < batch.person.epoch_at).group_by(History.record))
        rows = History.select().join(last, on=(History.record == last.c.record) & (History.n == last.c.n))
        for row in rows:
            if not is_thin(row.fields):
                batch.forgotten[row.record] = _past(row)


def _past(row: History) -> Past:
    return Past(row.n, row.person, row.device, row.fields, row.seen, clock.iso(row.made_at))
