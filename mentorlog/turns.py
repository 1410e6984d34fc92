"""What a session went through: each state that it came into, with its word and when. Twin: service_worker/turns.js."""
from __future__ import annotations

from typing import Any

from . import clock

MOST = 20
STATES = ("planned", "held", "missed", "cancelled")
Record = dict[str, Any]
Fields = dict[str, Any]


def noted(record: Record, fields: Fields, change: str) -> Fields:
    """The fields of a change with a line about the state that it brings; as they are where the state stays.

    change: its id, also that of the line, so that a form which is sent twice notes it once, with the first moment. The
    oldest lines give way to more than 20.
    """
    rows = record["fields"].get("turns") or []
    before = next((one for one in rows if one["id"] == change), None)
    state = record["fields"].get("state") or "planned"
    if "state" not in fields or not (before or fields["state"] != state):
        return fields
    at = (before or {}).get("at") or clock.iso(clock.now())
    line = {"id": change, "state": fields["state"], "why": fields.get("why") or "", "at": at}
    return fields | {"turns": [*(one for one in rows if one["id"] != change), line][-MOST:]}


def marked(record: Record, change: Record) -> Record:
    """A change of a session with a line about the state that it brings."""
    return change | {"fields": noted(record, change["fields"], change["id"])}


def told(record: Record, zone: str) -> list[dict[str, Any]]:
    """The states that a session came into, the first one first: {state, why, at: parts}; [] where nobody noted any.

    Of a phone's list one may be half there.
    """
    rows = [one for one in record["fields"].get("turns") or [] if one.get("at") and one.get("state") in STATES]
    return [{"state": one["state"], "why": one.get("why") or "", "at": clock.parts(clock.parse(one["at"]), zone)}
            for one in sorted(rows, key=lambda one: str(one["at"]))]
