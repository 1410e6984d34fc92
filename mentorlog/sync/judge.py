"""Judging one change: who may make it, what its author saw, and what becomes of the record."""
from __future__ import annotations

from dataclasses import dataclass

from ..models import Record
from ..records import Fields, name_id, shelf_of
from .batch import LEVEL, Batch, Outcome, Past
from .change import Change, refusal
from .join import given_way, join, unseen_texts
from .thinning import is_same, is_thin

PARTIAL = "?"  # in what an author saw: nothing is known of the fields that are not there
EARLIEST, LATEST = "1900-01-02", "2199-12-31"  # a day from either end, so that no zone leaves the years we know


class NeedWas(Exception):  # noqa: N818 - a question, not a fault
    """The state the author saw is not known here: the device must send along what it saw."""


@dataclass(frozen=True)
class Saw:
    """What the author of a change saw, and how many changes of the record they knew."""

    fields: Fields
    n: int = 0

    @property
    def known(self) -> Fields:
        """The fields without the mark of a part."""
        return {name: value for name, value in self.fields.items() if name != PARTIAL}


def judge(batch: Batch, change: Change) -> Outcome:
    """Take one change into the batch and say what became of it.

    :raise Refused: it cannot be taken; nothing of it is written or remembered: a later try is judged anew
    :raise NeedWas: what its author saw is not known
    """
    if change.id in batch.done:
        return _same_again(batch, change)
    record = permitted(batch, change)
    if record and change.stands == "restore" and _is_here(batch, change, record):
        return batch.finish(change, {"outcome": "accepted"})
    saw = ancestor(batch, change, record)
    if record and not batch.author.asks and _says_nothing(change, record, saw):
        return {"outcome": "accepted"}
    return batch.finish(change, _take(batch, change, record, saw))


def _says_nothing(change: Change, record: Record, saw: Saw) -> bool:
    """Whether a form leaves all fields as it showed them: then it makes no change, nor does a device send one
    (`place` in service_worker/changes.js). A form for a new record is measured by the one that there is."""
    shown = record.fields if change.creates else saw.fields
    return change.stands != "restore" and all(
        name in shown and shown[name] == value for name, value in change.fields.items())


def _is_here(batch: Batch, change: Change, record: Record) -> bool:
    """Whether a state that is handed back was never forgotten; of a pruned one it is enough that it was made here."""
    past = batch.states.get((record.id, change.on or ""))
    return change.on in batch.done if past is None else is_same(past.fields, change.fields)


def _take(batch: Batch, change: Change, record: Record | None, saw: Saw) -> Outcome:
    """Join the change with what there is, and put the record and what could not be joined into the batch."""
    joined = join(change.kind, record.fields if record else {}, saw.known, change.fields, change.creates)
    _stay_narrow(batch, change, record, joined.fields)
    withheld = _withhold(batch, change, record, saw, joined.fields)
    fields, of_others = _end(change, record, saw, joined.fields)
    believed = change.kind.settle(saw.fields | change.fields, saw.fields, change.made_at)
    kept = bool(joined.kept or of_others)
    same = (_same(change, record, believed, fields) and not joined.gave_way) or bool(
        change.fields.get("deleted") and not kept)
    state = _next_state(batch, change, record, fields)
    only_one = same or change.fields.get("deleted")  # whatever it meets, this change makes this state and no other
    state.rev = change.id if only_one else name_id(change.id, batch.person.epoch)
    outcome: Outcome = {"outcome": "kept" if kept else "accepted" if same else "merged"}
    outcome |= {"withheld": True} if withheld else {}
    if same and (record is None or record.rev == change.on):
        outcome[LEVEL] = True
    batch.keep(batch.person.id, joined.kept, change, outcome, beside=state.rev)
    batch.keep(_last_author(batch, record), of_others, change, outcome)
    sees = same and (state.fields.get("deleted") or _of_server(change, believed) == _of_server(change, state.fields))
    batch.put(state, change.id, change.made_at, None if sees else believed)
    return outcome


def _same_again(batch: Batch, change: Change) -> Outcome:
    """A second delivery gets the first one's answer."""
    person, digest, outcome = batch.done[change.id]
    if (person, digest) != (batch.person.id, change.digest):
        raise refusal("id_taken")
    return outcome


def permitted(batch: Batch, change: Change) -> Record | None:
    """The record that the change is about, None for a new one.

    :raise Refused: `not_found`, the same for nothing and for not yours, or `pair_ended`
    :raise NeedWas: it stands on a change that has not arrived
    """
    record = batch.records.get(change.record)
    person = batch.person.id
    writes = record is not None and record.kind == change.kind_name and person in batch.sight.writers(record)
    if not writes and change.stands == "after":
        raise NeedWas
    if not writes and (record is not None or not (change.creates or change.stands == "restore")):
        raise refusal("not_found")
    if change.kind.by == "pair":
        _permit_pair(batch, change, record)
    return record


def _permit_pair(batch: Batch, change: Change, record: Record | None) -> None:
    """A pair's record is written while the pair lasts; a new one may be born in it, by one of the two."""
    named = change.fields.get("pair")
    if record and named and not record.pair and change.stands != "restore" and not batch.author.server:
        raise refusal("unknown_field", change.kind_name, "pair")  # the server's to set
    if pair_id := (record and record.pair) or named:
        pair = batch.sight.active(pair_id)
        if not pair or batch.person.id not in (pair.mentee, pair.mentor):
            raise refusal("pair_ended")


def ancestor(batch: Batch, change: Change, record: Record | None) -> Saw:
    """What the author saw when they made the change.

    :raise NeedWas: it is not known, and they can be asked, or their other device has to send first
    """
    if change.stands == "was":
        return Saw(change.was | {PARTIAL: 1})
    if record is None or change.on is None:
        return Saw({})
    if change.stands == "restore":
        return _forgotten(batch, change, batch.forgotten.get(record.id))
    known = batch.past if change.stands == "after" else batch.states
    past = known.get((record.id, change.on))
    if past is None or is_thin(past.fields):
        return _unknown(batch, change, past)
    # on top of the author's own pending change: they never saw what the server joined that one with (D3)
    seen = past.seen if change.stands == "after" and past.seen is not None else past.fields
    if PARTIAL in seen and not change.fields.keys() <= seen.keys():
        return _unknown(batch, change, None)
    return Saw(seen, past.n)


def _forgotten(batch: Batch, change: Change, past: Past | None) -> Saw:
    """From what the lost server made the state that a device hands back: from the one in the backup, if the device had
    heard of that. Who deletes may not have seen it: the copies that the lost server kept are made again."""
    if past is None or not batch.author.descends:
        return Saw({})
    if not change.fields.get("deleted"):
        return Saw(past.fields, past.n)
    return Saw(past.fields if past.seen is None else past.seen, past.n) if past.device == batch.device else Saw({})


def _unknown(batch: Batch, change: Change, past: Past | None) -> Saw:
    """Nothing is known of what the author saw. past: its name is, and it is too old for its words to be here."""
    if batch.author.asks or (change.stands == "after" and past is None):
        raise NeedWas
    return Saw({PARTIAL: 1})


def _stay_narrow(batch: Batch, change: Change, record: Record | None, fields: Fields) -> None:
    """Of two states of which nobody knows which is older, the one that shows less decides who sees the record."""
    if record is None or change.stands != "restore" or batch.author.descends:
        return
    if fields.get("shared") and change.fields.get("shared") != record.fields.get("shared"):
        fields["shared"] = None
    if record.fields.get("binned_at") and not fields.get("deleted"):
        fields["binned_at"] = record.fields["binned_at"]


def _withhold(batch: Batch, change: Change, record: Record | None, saw: Saw, fields: Fields) -> bool:
    """Take the sharing out where the pair is over or it was withdrawn unseen; whether the change asked for it."""
    wants = fields.get("shared")
    if not wants:
        return False
    pair = batch.sight.active(wants)
    owner = record.owner if record else batch.person.id
    unseen = record is not None and record.narrowed > saw.n and record.narrowed_by != (batch.device or "")
    if pair and pair.mentee == owner and not (unseen and "shared" in change.fields):
        return False
    fields["shared"] = None
    return bool(change.fields.get("shared"))


def _end(change: Change, record: Record | None, saw: Saw, fields: Fields) -> tuple[Fields, list[tuple[str, str]]]:
    """What remains of a deleted record, and (field, text) of what its deleter never saw."""
    if not fields.get("deleted"):
        return fields, []
    before = record.fields if record else {}
    unseen = [] if before.get("deleted") else [
        *unseen_texts(change.kind, before, saw.known), *given_way(change.kind, before, saw.known)]
    return {"deleted": True} | ({"pair": fields["pair"]} if fields.get("pair") else {}), unseen


def _same(change: Change, record: Record | None, believed: Fields, fields: Fields) -> bool:
    """Whether the record is now what its author believes, apart from what only the server writes."""
    def by_people(some: Fields) -> Fields:
        return {name: value for name, value in some.items() if not _is_of_server(change, name)}

    revived = record is not None and record.fields.get("deleted")
    return not revived and by_people(believed) == by_people(fields)


def _of_server(change: Change, fields: Fields) -> Fields:
    """What only the server writes, such as the values that gave way."""
    return {name: value for name, value in fields.items() if _is_of_server(change, name)}


def _is_of_server(change: Change, name: str) -> bool:
    return name != PARTIAL and change.kind.specs[name].server


def _last_author(batch: Batch, record: Record | None) -> str:
    """Who wrote the present state of the record."""
    past = batch.states.get((record.id, record.rev)) if record else None
    author = past.person if past else batch.person.id
    return author if author in batch.crowd.people else batch.person.id


def _at(change: Change, fields: Fields, made_at: str) -> str:
    """The instant that orders the record; it must have a date in every zone.

    :raise Refused: it has none between 1900 and 2199
    """
    try:
        at = change.kind.at(fields, made_at)
    except ValueError:
        at = ""
    if at != made_at and not EARLIEST <= at <= LATEST:
        raise refusal("invalid", change.kind_name, next((name for name in fields if name.endswith("_on")), None))
    return at


def _next_state(batch: Batch, change: Change, record: Record | None, fields: Fields) -> Record:
    before = record.fields if record else {}
    fields = change.kind.settle(fields, before, change.made_at)
    anew = record is None or (before.get("deleted") and not fields.get("deleted"))
    n = record.n + 1 if record else 1
    narrows = fields.get("deleted") or (before.get("shared") and fields.get("shared") != before["shared"])
    keeps_mark = record is not None and not narrows
    return Record(
        id=change.record, kind=change.kind_name, owner=record.owner if record else batch.person.id,
        pair=fields.get("pair") or fields.get("shared"),
        at=_at(change, fields, change.made_at if anew or record is None else record.at),
        shelf=shelf_of(change.kind_name, fields), fields=fields, n=n,
        narrowed=record.narrowed if keeps_mark and record else n if narrows else 0,
        narrowed_by=record.narrowed_by if keeps_mark and record else batch.device if narrows else None)
