"""Which joins a life has met: of a kind and a field that two had changed, told from what the server noted."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mentorlog.models import History, Record
from mentorlog.records import KINDS, Fields, Kind
from tests.sync.simulator.typing import NOT_TYPED

TEXT, WITHHELD = "text", "withheld"
TAKEN = ("accepted", "merged", "kept")
ENDS = ("an edit of what was deleted", "a deletion of what was not seen", "a part that outlived its whole")


def of(change: dict[str, Any], outcome: dict[str, Any]) -> Iterator[str]:
    """The joins that one change brought about."""
    kind = KINDS[change["kind"]]
    row = History.get_or_none(History.change == change["id"], History.record == change["record"])
    if row and kind.part_of and not change["fields"].get("deleted") and is_deleted(row.record):
        yield ENDS[2]
    before = row and History.get_or_none(History.record == row.record, History.n == row.n - 1)
    if not before or outcome["outcome"] not in TAKEN:
        return
    saw, was, new = seen_by(change), before.fields, change["fields"]
    if outcome.get("withheld"):
        yield f"{change['kind']} {WITHHELD}"
    if was.get("deleted") or new.get("deleted"):
        yield from ends(saw, was, new, outcome)
        return
    for name, join in parts(kind, was):
        if differ(*({one: fields.get(one) for one in name} for fields in (saw, was, saw | new))):
            kept = join == TEXT and row.fields.get(name[0]) == was.get(name[0])
            yield f"{change['kind']} {join}{' kept' if kept else ''}"


def is_deleted(record: str) -> bool:
    return bool(Record.get_by_id(record).fields.get("deleted"))


def seen_by(change: dict[str, Any]) -> Fields:
    """What its author saw, as far as the server still knows."""
    if change.get("was") is not None:
        return change["was"]
    how = History.change == change["after"] if change.get("after") else History.rev == (change.get("base") or "")
    past = History.get_or_none(how, History.record == change["record"])
    return {} if past is None else past.seen if change.get("after") and past.seen is not None else past.fields


def ends(saw: Fields, was: Fields, new: Fields, outcome: dict[str, Any]) -> Iterator[str]:
    if was.get("deleted") and not saw.get("deleted") and not new.get("deleted"):
        yield ENDS[0]
    if new.get("deleted") and not was.get("deleted") and was != saw and outcome["outcome"] == "kept":
        yield ENDS[1]


def differ(saw: Fields, was: Fields, new: Fields) -> bool:
    """Whether both sides changed it, each to something else."""
    return was not in (saw, new) and new != saw


def parts(kind: type[Kind], was: Fields) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is joined as one: a field, or fields that say one thing together; each with how."""
    both = bool(was.get("pair"))
    for group in kind.together:
        yield tuple(sorted(group)), "together proposed" if both else "together"
    grouped = {name for group in kind.together for name in group}
    for name, spec in kind.specs.items():
        if name == "binned_at":
            yield (name,), "bin"
        elif name not in NOT_TYPED | grouped and not spec.server:
            yield (name,), "whole proposed" if both and kind.by == "pair" and spec.join == "whole" else spec.join


def possible(kind: str) -> set[str]:
    """Every join that there is of a kind."""
    alone, paired = ({join for _, join in parts(KINDS[kind], was)} for was in ({}, {"pair": "p"}))
    found = alone | (paired if KINDS[kind].by == "pair" else set())
    more = {f"{TEXT} kept"} if TEXT in found else set()
    return {f"{kind} {join}" for join in found | more | ({WITHHELD} if "shared" in KINDS[kind].specs else set())}
