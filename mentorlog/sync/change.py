"""One change as it came in: its shape and limits, before anything is looked up."""
from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from .. import clock
from ..errors import Refused
from ..records import KINDS, Fields, Kind, is_id, words

STANDS = ("base", "after", "was", "restore")
LATEST = timedelta(minutes=2)  # a clock that is ahead by more than this is wrong


@dataclass(frozen=True)
class Change:
    """What one person did to one record in one save.

    stands: on what its author stood. `base` with `on` None: on nothing, the record is new to them.
    """

    id: str
    record: str
    kind_name: str
    kind: type[Kind]
    fields: Fields
    made_at: str
    stands: Literal["base", "after", "was", "restore"]
    on: str | None
    was: Fields
    digest: str

    @property
    def creates(self) -> bool:
        """Whether its author knew no such record."""
        return self.stands == "base" and self.on is None


def refusal(why: str, kind: str | None = None, field: str | None = None) -> Refused:
    """The refusal of a change, with its words."""
    return Refused(words(why, kind, field), field, why)


def read(raw: dict[str, Any], shift: timedelta = timedelta(0)) -> Change:
    """The change in its types. shift: how much the device's clock is behind ours.

    :raise Refused: `unknown_kind`, `malformed`, or the first field that cannot be taken and why
    """
    kind, fields = KINDS.get(raw["kind"]) if isinstance(raw.get("kind"), str) else None, raw.get("fields")
    if kind is None:
        raise refusal("unknown_kind")
    if not is_id(raw.get("id")) or not is_id(raw.get("record")) or not isinstance(fields, dict) or not fields:
        raise refusal("malformed")
    stands = _stands(raw)
    was = _believable(kind, raw["was"]) if stands == "was" else {}
    for field, why in kind.problems(fields, stands == "restore", grown=True).items():
        raise refusal(why, raw["kind"], field)
    made_at = _made_at(raw.get("made_at"), timedelta(0) if stands == "restore" else shift)  # that one came from us
    on = None if stands == "was" else raw[stands] or None
    return Change(raw["id"], raw["record"], raw["kind"], kind, fields, made_at, stands, on, was, digest_of(raw))


def made_by_server(id: str, kind: str, record: str, fields: Fields, on: str | None) -> dict[str, Any]:
    """A change that nobody typed, as the door takes it."""
    return {"id": id, "kind": kind, "record": record, "fields": fields, "base": on, "made_at": clock.iso(clock.now())}


def _stands(raw: dict[str, Any]) -> Literal["base", "after", "was", "restore"]:
    """On what the change stands: exactly one of four."""
    found = [name for name in STANDS if name in raw]
    if len(found) != 1:
        raise refusal("malformed")
    name, value = found[0], raw[found[0]]
    if name == "was" and isinstance(value, dict):
        return "was"
    if name == "base" and (value is None or value == "" or is_id(value)):
        return "base"
    if name == "after" and is_id(value):
        return "after"
    if name == "restore" and is_id(value):
        return "restore"
    raise refusal("malformed")


def _believable(kind: type[Kind], was: Fields) -> Fields:
    """What the author says they saw, without what this field can never have held."""
    known = {name: value for name, value in was.items() if name in kind.specs and value is not None}
    wrong = kind.problems(known, restored=True)
    nothing = {name: None for name, value in was.items() if name in kind.specs and value is None}
    return nothing | {name: value for name, value in known.items() if name not in wrong}


def _made_at(text: Any, shift: timedelta) -> str:
    """When it was made by our clock. A clock that is far off is not believed, and never a reason to refuse."""
    if text is None:
        return clock.iso(clock.now())
    if not isinstance(text, str):
        raise refusal("malformed")
    try:
        made_at = datetime.fromisoformat(text)
    except ValueError:
        raise refusal("malformed") from None
    if made_at.tzinfo is None:
        raise refusal("malformed")
    try:
        made_at += shift
        return clock.iso(min(made_at, clock.now()) if made_at > clock.now() + LATEST else made_at)
    except (ValueError, OverflowError):
        return clock.iso(clock.now())


def digest_of(raw: dict[str, Any]) -> str:
    """What a change says, in short: by it a second delivery is known from another change under the same id."""
    told = json.dumps([raw["kind"], raw["record"], raw["fields"]], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
