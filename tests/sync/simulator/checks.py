"""What must hold in every life: nothing lost, nothing twice, nothing shown to the wrong person."""
from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from mentorlog.models import History, Pair, Person, Record
from mentorlog.records import KINDS
from mentorlog.records.sight import sight_of

if TYPE_CHECKING:
    from tests.sync.simulator.device import Device
    from tests.sync.simulator.world import World

TOKEN = re.compile(r"t\d+x")
STANDS_REFUSED = ("too_long", "pair_ended", "unknown_field", "invalid")
OF_BOTH = ("session", "line")  # kinds that both of a pair write
HIDDEN = {"entry": {"tags", "goal", "rated"}, "goal": {"why"}}  # from a mentor to whom the record is shown


class BrokenError(AssertionError):
    """A promise is broken."""


def tokens(*things: Any) -> set[str]:
    return set(TOKEN.findall(json.dumps(things)))


def shares() -> set[tuple[str, str]]:
    """(record, pair) of all that is shown to a mentor now."""
    rows = Record.select().where(Record.pair.is_null(False))
    return {(row.id, row.fields["shared"]) for row in rows
            if row.fields.get("shared") and not row.fields.get("binned_at")}


def allowed(person: str, record: Record) -> bool:
    """Who may see a record, written down once more and differently."""
    if record.kind in OF_BOTH and record.pair:
        pair = Pair.get_by_id(record.pair)
        return person in (pair.mentee, pair.mentor)
    if person == record.owner:
        return True
    pair = Pair.get_or_none(Pair.id == record.fields.get("shared"))
    shown = pair and not pair.ended and pair.mentor == person and pair.mentee == record.owner
    return bool(shown and not record.fields.get("binned_at") and not record.fields.get("deleted"))


def leaks(person: str, rows: list[dict[str, Any]], withdrawn: set[tuple[str, str]]) -> None:
    """Look at a reply as the one would who must not have it."""
    found = {row.id: row for row in Record.select().where(Record.id << [row["id"] for row in rows])}
    for row in rows:
        record = found[row["id"]]
        mine = record.owner == person or (record.kind in OF_BOTH and record.pair is not None)
        if row.get("gone") or row.get("echo"):
            if not mine and row.keys() != {"id", "gone"}:
                raise BrokenError(f"more than an id of a withdrawn record: {row}")
        elif not allowed(person, record):
            raise BrokenError(f"{person} pulled {row}")
        elif not mine:
            if (HIDDEN.get(row["kind"], set()) | {"shared"}) & row["fields"].keys() or {"rev", "pair"} & row.keys():
                raise BrokenError(f"{person} pulled a private field: {row}")
            if (record.id, record.fields["shared"]) in withdrawn:
                raise BrokenError(f"{person} pulled a withdrawn record {row}")


def device(one: Device) -> None:
    """A device holds nothing that its person may not see."""
    held = [id for id, row in one.snapshot.items() if "fields" in row]
    found = {row.id: row for row in Record.select().where(Record.id << held)}
    for id in held:
        if not allowed(one.person.id, found[id]):
            raise BrokenError(f"{one.person.name} still holds {id}")


def nothing_lost(world: World, strict: bool) -> None:
    """Every word somebody typed stands somewhere they can find it. Not strict: or in the history, or on a device."""
    texts: list[Any] = [change["fields"] for one in world.devices for change in one.changes]
    texts += [row.fields for row in Record.select()]
    if not strict:
        texts += [[row.fields, row.seen] for row in History.select()]
        texts += [[one.snapshot, one.former] for one in world.devices]
        texts += [one.forms for one in world.devices]
    lost = world.typed - world.removed - tokens(*texts)
    if lost:
        raise BrokenError(f"typed and out of sight: {sorted(lost)}")


def the_end(world: World) -> None:
    """When everybody came home."""
    nothing_lost(world, strict=True)
    for one in world.devices:
        agrees(one)
        settled(one)
    for record in Record.select():
        history(record)
        has_a_page(record)


def agrees(one: Device) -> None:
    """A device shows what the server has, letter for letter."""
    sight = sight_of([person.id for person in Person.select()])
    truth = {record.id: view for record in Record.select() if (view := sight.views(record).get(one.person.id))}
    have = {id: row for id, row in one.snapshot.items() if not row.get("gone")}
    want = {id: row for id, row in truth.items() if not row.get("gone")}
    differs = [id for id in have.keys() | want.keys() if have.get(id) != want.get(id)]
    if differs or one.former:
        raise BrokenError(f"{one.person.name} differs: {[(have.get(id), want.get(id)) for id in differs][:2]}")


def settled(one: Device) -> None:
    """Nothing waits without a reason."""
    for change in one.changes:
        if change["state"] == "refused" and change["why"] not in STANDS_REFUSED and not forgotten(change):
            raise BrokenError(f"refused: {change}")
        behind = any(c["state"] == "refused" and c["record"] == change["record"] for c in one.changes)
        if change["state"] != "refused" and not behind:
            raise BrokenError(f"never sent: {change}")


def forgotten(change: dict[str, Any]) -> bool:
    """An edit of something that was deleted, and that the restored server never heard of."""
    return bool(change["why"] == "not_found" and Record.get_or_none(Record.id == change["record"]) is None)


def has_a_page(record: Record) -> None:
    """What is shown on the page of something else is never left without it."""
    named = record.fields.get(KINDS[record.kind].part_of)
    whole = Record.get_or_none(Record.id == named, Record.owner == record.owner) if named else None
    if whole and whole.fields.get("deleted") and not record.fields.get("binned_at"):
        raise BrokenError(f"{record.kind} {record.id} outlives what it is a part of")


def history(record: Record) -> None:
    """Each change once, in one line."""
    rows = list(History.select().where(History.record == record.id).order_by(History.n))
    if [row.n for row in rows] != list(range(1, record.n + 1)) or len({row.change for row in rows}) != len(rows):
        raise BrokenError(f"history of {record.id} has a change twice, or none")
    if record.kind not in KINDS or rows[-1].rev != record.rev:
        raise BrokenError(f"{record.id} does not stand on its last change")
