"""What a file holds beside what stands here: what would be made, what would stand beside, what is here already.

Twin: service_worker/copies/comparing.js. What is not here is made anew. What stands here stays as it is: a text of the
file with words that are not in it is kept beside it, under *Two versions*. What had waited when the file was saved
comes in as the changes that it was, on what their forms showed. Each id follows from what it is for, so that a file
that is read twice changes nothing.
"""
from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from .. import records
from ..records import KINDS, Fields
from ..sync.join import as_text
from . import sound
from .naming import Naming
from .reading import Copy
from .sound import Found, Raw, Unfit

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PIECE = re.compile(r"[^.!?…\n]+[.!?…]*")  # about a sentence


@dataclass(frozen=True)
class Here:
    """What stands here. records: by id, the bins too. gone: id of a deleted one to its rev. used: ids of changes that
    were taken once, and of unfinished texts that are here."""

    person: str
    names: str
    now: str
    records: dict[str, Raw]
    gone: dict[str, str]
    used: set[str]


@dataclass
class Plan:
    """What bringing a file in would do. made, beside, sent: changes; drafts: unfinished texts.

    same: how many records are here already, or say nothing new. wrong: {what, title, why} of what cannot be taken.
    left: how many are left out, by reason: `unknown` kind, `less`: taken without a field that is not known, `others`:
    shown to the person by somebody else, `deleted`: they would only delete, `unreadable`.
    """

    made: list[Raw] = field(default_factory=list)
    beside: list[Raw] = field(default_factory=list)
    sent: list[Raw] = field(default_factory=list)
    drafts: list[Raw] = field(default_factory=list)
    same: int = 0
    wrong: list[Raw] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=lambda: dict.fromkeys(
        ("unknown", "less", "others", "deleted", "unreadable"), 0))

    def note(self, unfit: Unfit, raw: Any) -> None:
        """Something cannot be taken."""
        if unfit.why == "wrong":
            self.wrong.append(sound.named(raw) | {"why": unfit.words})
        else:
            self.left[unfit.why] += 1


def compare(copy: Copy, here: Here) -> Plan:
    """What bringing this copy in would do."""
    plan, own = Plan(), copy.owner == here.person
    found = _sound_records(copy, plan)
    naming = Naming(found, here.person, here.names, own, set(here.records))
    waited = _waited(copy, here, plan) if own else set[str]()
    seen: set[str] = set()
    for one in found:
        id = naming.id(one)
        if id in seen:
            plan.left["unreadable"] += 1
        elif one.id not in waited:
            _weigh(plan, here, one, id, naming.fields(one))
        seen.add(id)
    _unfinished(copy, here, plan, naming)
    return plan


def _sound_records(copy: Copy, plan: Plan) -> list[Found]:
    """The records that can be taken; without those that somebody else showed to the person of the file."""
    found = []
    for raw in copy.records:
        try:
            one, less = sound.record(raw)
        except Unfit as unfit:
            plan.note(unfit, raw)
            continue
        if copy.owner and one.owner not in ("", copy.owner) and KINDS[one.kind].by != "pair":
            plan.left["others"] += 1
            continue
        plan.left["less"] += less
        found.append(one)
    return found


def _weigh(plan: Plan, here: Here, one: Found, id: str, fields: Fields) -> None:
    """Make a record anew, or keep what it says beside the one that stands here."""
    stands = here.records.get(id)
    if stands is None:
        made = _creation(here, one, id, fields)
        plan.made += [made] if made else []
        plan.same += not made
    elif stands["kind"] != one.kind:
        plan.left["unreadable"] += 1
    else:
        beside = _beside(here, one.kind, id, fields, stands["fields"])
        plan.beside += beside
        plan.same += not beside


def _creation(here: Here, one: Found, id: str, fields: Fields) -> Raw | None:
    """The change that makes a record anew; over one that was deleted without what only the server writes.

    None where nothing is left of it: a kept text that was settled stays so.
    """
    gone = here.gone.get(id, "")
    specs = KINDS[one.kind].specs
    fields = {name: value for name, value in fields.items() if not (gone and specs[name].server)}
    if not fields:
        return None
    change = records.name_id(here.names, f"copy:{id}:{gone}:{_canonical(fields)}")
    stands = {"base": None} if gone else {"restore": change}
    return {"id": change, "kind": one.kind, "record": id, "fields": fields, "made_at": one.at or here.now} | stands


def _canonical(fields: Fields) -> str:
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _beside(here: Here, kind: str, id: str, fields: Fields, stands: Fields) -> list[Raw]:
    """The changes that keep the texts of a file which say more than what stands here."""
    if kind == "kept":
        return []
    kept = []
    for name, spec in KINDS[kind].specs.items():
        text = as_text(spec, fields.get(name))
        if not adds(text, as_text(spec, stands.get(name))):
            continue
        copy = records.name_id(here.names, f"copy:{id}:{name}:{text}")
        if copy not in here.records and copy not in here.gone:
            change = records.name_id(here.names, f"copy:{copy}")
            kept.append({"id": change, "kind": "kept", "record": copy, "made_at": here.now, "restore": change,
                         "fields": {"of": id, "field": name, "text": text}})
    return kept


def adds(text: str, stands: str) -> bool:
    """Whether a text has a sentence that does not stand in the other one."""
    return any(piece.strip(" \t") not in stands for piece in PIECE.findall(text))


def _waited(copy: Copy, here: Here, plan: Plan) -> set[str]:
    """Take the changes that had not been sent, those of a record in their order.

    :return: the records for which they say everything
    """
    chains, broken, ids = dict[str, list[Raw]](), set[Any](), set[str]()
    for raw in copy.changes:
        try:
            one = sound.change(raw)
            if one["id"] in ids:
                raise Unfit("unreadable")
            ids.add(one["id"])
            chains.setdefault(one["record"], []).append(one)
        except Unfit as unfit:
            broken.add(raw.get("record") if isinstance(raw, dict) and isinstance(raw.get("record"), str) else None)
            plan.left["deleted"] += unfit.why == "deleted"
    news = [_news(chain, here) for record, chain in chains.items() if record not in broken]
    plan.sent += [one for chain in news for one in chain]
    return {one["record"] for one in plan.sent}


def _news(chain: list[Raw], here: Here) -> list[Raw]:
    """What of the changes on one record is not here yet; nothing where the record they stand on is gone."""
    first, stands = chain[0], here.records.get(chain[0]["record"])
    if stands is None:
        return chain if first.get("base") == "" and first["record"] not in here.gone else []
    shown = {name: value for one in chain for name, value in one["fields"].items()}
    if all(stands["fields"].get(name) == value for name, value in shown.items()):
        return []
    joined = KINDS[first["kind"]].meaning  # two creations of it are one thing
    return [one for one in chain if one["id"] not in here.used and (joined or one.get("base") != "")]


def _unfinished(copy: Copy, here: Here, plan: Plan, naming: Naming) -> None:
    """Take the unfinished texts that are not here and were not saved."""
    for raw in copy.drafts:
        try:
            one = sound.draft(raw)
            if one["change"] in here.used:
                continue
            mine = _twin_draft(one, here) if naming.own else _own_draft(one, here, plan, naming)
        except Unfit as unfit:
            plan.note(unfit, raw)
            continue
        if mine["change"] not in here.used:
            plan.drafts.append(mine)


def _twin_draft(one: Raw, here: Here) -> Raw:
    """An unfinished text of one's own. It may be gone on with where it was saved, too: what it becomes there and here
    are two changes of one record, so that both texts stay."""
    return one | {"change": records.name_id(here.names, f"copy:{one['change']}")}


def _own_draft(one: Raw, here: Here, plan: Plan, naming: Naming) -> Raw:
    """An unfinished text of another account, on what its record is here; or for a new record.

    :raise Unfit: its page is not in the file
    """
    change, fresh = (records.name_id(here.names, f"copy:{one[name]}") for name in ("change", "record"))
    record = naming.ref(one["record"])
    if record is None and (ID.search(one["form"]) or one.get("base") != ""):
        raise Unfit("wrong", "Its page is not in this file. Copy the text out of the file.")
    form = ID.sub(lambda found: naming.ref(found[0]) or found[0], one["form"])
    stands = _standing(record, here, plan) if record else {"base": ""}
    return {"change": change, "record": record or fresh, "kind": one["kind"], "form": form, "fields": one["fields"],
            "at": one["at"]} | stands


def _standing(record: str, here: Here, plan: Plan) -> Raw:
    """On what a form about this record stands once the file is brought in."""
    made = next((one["id"] for one in plan.made if one["record"] == record), "")
    stands = here.records.get(record, {"rev": ""})
    return {"after": made or stands["top"]} if made or stands.get("top") else {"base": stands["rev"]}
