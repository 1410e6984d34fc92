"""Parts: a rating of a goal, an answer of a worksheet. None outlives its whole, and what was typed in it is kept.

One device deletes a worksheet for good while another, without a network, answers one of its questions: the answer is a
new record that has no page. In whichever order the two arrive, the answer ends too, and its words with those of its
question become a kept text, which stands under *Two versions* on every device.
"""
from __future__ import annotations

from collections.abc import Iterable

from .. import clock
from ..models import History, Record
from ..records import KINDS, Fields, name_id
from .batch import LEVEL, Batch, Outcome, find_records
from .change import read
from .judge import judge
from .thinning import is_thin


def end_orphans(batch: Batch, outcomes: dict[str, Outcome]) -> None:
    """End every part of a whole that is deleted; what is in a bin has a place there.

    outcomes: by record, of the last change in the batch that was taken. Of one that was not, nothing is kept yet.
    """
    living = [record for record in _written_or_left(batch) if record.owner == batch.person.id and _is_shown(record)]
    wholes = {record.id: whole for record in living if (whole := batch.records.get(_whole_of(record)))}
    for record in living:
        whole = wholes.get(record.id)
        if whole and whole.owner == record.owner and whole.fields.get("deleted"):
            _end(batch, record, whole, outcomes.get(record.id, {}))


def _written_or_left(batch: Batch) -> list[Record]:
    """The parts that this batch wrote, and those of the wholes that it deleted; with their wholes looked up."""
    ended = {id for id, was in batch.before.items() if was and batch.records[id].fields.get("deleted")}
    left = _parts_of(batch, ended)
    _look_up(batch, left)
    found = [batch.records[id] for id in dict.fromkeys([*batch.before, *left]) if id in batch.records]
    parts = [record for record in found if KINDS[record.kind].part_of]
    _look_up(batch, [_whole_of(record) for record in parts])
    return parts


def _parts_of(batch: Batch, wholes: set[str]) -> list[str]:
    """The ids of what stands as a part of these: also of answers to questions that a worksheet has no more."""
    named = {batch.records[id].kind for id in wholes}
    kinds = [name for name, kind in KINDS.items() if kind.part_of in named]
    rows = Record.select(Record.id, Record.kind, Record.fields).where(
        Record.owner == batch.person.id, Record.shelf.in_(kinds)) if kinds else []
    return [row.id for row in rows if _whole_of(row) in wholes]


def _look_up(batch: Batch, ids: list[str]) -> None:
    unknown = [id for id in ids if id and id not in batch.records]
    batch.records |= find_records(unknown) if unknown else {}


def _is_shown(record: Record) -> bool:
    return not record.fields.get("deleted") and not record.fields.get("binned_at")


def _whole_of(record: Record) -> str:
    return KINDS[record.kind].whole_of(record.fields)


def _end(batch: Batch, record: Record, whole: Record, outcome: Outcome) -> None:
    """Delete a part, after its words are kept. outcome: of the change that brought it, if it came just now."""
    change = read({"id": name_id(record.rev, "orphan"), "kind": record.kind, "record": record.id, "was": record.fields,
                   "fields": {"deleted": True}, "made_at": clock.iso(clock.now())})
    if words := KINDS[record.kind].in_words(record.fields, _last_words(batch, whole)):
        batch.keep(record.owner, [("text", words)], change, outcome, of=whole.id)
        outcome["outcome"] = "kept"
    outcome.pop(LEVEL, None)  # its author believes that it is still there
    judge(batch, change)


def _last_words(batch: Batch, whole: Record) -> Fields:
    """What the whole said before it was deleted, as far as that is still known."""
    was = batch.before.get(whole.id)
    before = History.select(History.fields).where(History.record == whole.id).order_by(History.n.desc())
    states: Iterable[Fields] = [was.fields] if was and not was.fields.get("deleted") else (row.fields for row in before)
    return next((fields for fields in states if not fields.get("deleted") and not is_thin(fields)), {})
