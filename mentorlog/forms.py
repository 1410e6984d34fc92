"""From a form to a change: what was typed, what the form showed when it was made, what became of it.

`service_worker/forms.js` is the twin. A form that changes a record carries hidden `change`, `record` and `base` (on a
device with something unsent: `after`), fixed when it was rendered (`sync.md`, A change stands on what its form showed).
"""
from __future__ import annotations

import re
from typing import Any

from flask import request

from . import clock, pages, prose, records, zones
from .errors import Refused
from .pages import me
from .sync import apply

Fields = dict[str, Any]
UP, DOWN, OUT = "up", "down", "out"  # what a button beside a field of a list does to it
UNSENT = "This device has something to send first. The text is still here: open the page again and put it in."
SAID = {
    "merged": "It was changed elsewhere meanwhile. Both are in it now.",
    "kept": "It was changed elsewhere meanwhile. Both texts are kept: look under Two versions.",
}


def text(name: str) -> str:
    """Prose as it was typed, clean."""
    return prose.clean(request.form.get(name, ""))


def line(name: str) -> str:
    """One line, trimmed."""
    return prose.SPACE.sub(" ", text(name)).strip(" ")


def choice(name: str) -> str | None:
    """What was chosen, None for nothing."""
    return line(name) or None


def zone(name: str) -> str | None:
    """A time zone by the name of what was typed; as it was typed where that is none, None for nothing."""
    return zones.named(line(name)) or None


def number(name: str) -> int | str | None:
    """A whole number; what is none goes on as it was typed, to be refused by its field."""
    typed = line(name)
    return int(typed) if re.fullmatch(r"[0-9]{1,6}", typed) else typed or None


def ticked(name: str) -> bool:
    """A tick box."""
    return name in request.form


def turned(found: list[Any]) -> list[Any] | None:
    """The fields of a list after a button beside one was used, None when it was not.

    `2-up`, `2-down`, `2-out`; what no button says changes nothing.
    """
    place, _, way = line("move").partition("-")
    at = int(place) - 1 if place.isdecimal() and place.isascii() else -1
    if not 0 <= at < len(found) or way not in (UP, DOWN, OUT):
        return found if "move" in request.form else None
    rest, to = found[:at] + found[at + 1:], max(0, at - 1) if way == UP else at + 1
    return rest if way == OUT else [*rest[:to], found[at], *rest[to:]]


def opening(record: dict[str, Any] | None = None, id: str = "") -> dict[str, str]:
    """The hidden fields of a form about this record, or about a new one (`id`: where its id has a meaning)."""
    if record is None:
        return {"change": records.new_id(), "record": id or records.new_id(), "base": "", "after": ""}
    return {"change": records.new_id(), "record": record["id"], "base": record["rev"], "after": ""}


def typed_opening(record: dict[str, Any] | None = None, id: str = "") -> dict[str, str]:
    """The hidden fields as they came, so that a form with an error stands on what it stood on before.

    Which record it is about, the address says and no field: what came only names a new one. A form without them (an
    undo button) stands on the record as it is now.
    """
    if "change" not in request.form:
        return opening(record, id)
    typed = {name: line(name) for name in ("change", "record", "base", "after")}
    return typed | {"record": record["id"] if record else id or typed["record"]}


def stands(record: dict[str, Any]) -> str:
    """What a form carries of a further record that it shows, in a line: id, and on what its change would stand."""
    opened = opening(record)
    return " ".join([record["id"], opened["base"] or "-", opened["after"] or "-"])


def stood(line: str, there: dict[str, dict[str, Any]]) -> tuple[dict[str, Any], str] | None:
    """A record as a line that begins with what `stands` wrote shows it, and the rest of the line; None without one."""
    id, base, after, rest = (*line.split(" ", 3), "", "", "")[:4]
    return (there[id] | {"rev": base.strip("-"), "top": after.strip("-")}, rest) if id in there else None


def problems(kind: str, fields: Fields, before: Fields | None = None) -> dict[str, str]:
    """Field to words, empty when the change can be taken. before: the fields of the record that it changes."""
    found = records.problems(kind, fields, before)
    return {name: worded(why, kind, name, fields[name]) for name, why in found.items()}


def worded(why: str, kind: str, name: str, value: Any) -> str:
    """The sentence for what is wrong with a field; of a time zone with names that are near."""
    spec = records.KINDS[kind].specs.get(name)
    is_zone = spec is not None and spec.name == "zone" and isinstance(value, str)
    return zones.refused(value) if is_zone else records.words(why, kind, name)


def item_problems(kind: str, field: str, item: Fields) -> dict[str, str]:
    """The same for one element of a list: its field to words."""
    found = records.item_problems(kind, field, item)
    return {name: records.words(why, kind, f"{field}.{name}") for name, why in found.items()}


def change(kind: str, fields: Fields, opened: dict[str, str]) -> dict[str, Any]:
    """The change that a form makes, as `POST /sync` would carry it."""
    stands = {"after": opened["after"]} if opened["after"] else {"base": opened["base"] or None}
    return {"id": opened["change"], "kind": kind, "record": opened["record"], "fields": fields,
            "made_at": clock.iso(clock.now())} | stands


def further(first: dict[str, Any], kind: str, fields: Fields, record: dict[str, Any]) -> dict[str, Any]:
    """A further change of the same form, about a record that is there.

    Its id follows from the form's and the record's, so that a second tap does not make it anew, whatever else was
    chosen before. record: also as a form showed it, {id, rev, top: the change it stood on when that was not sent yet}.
    """
    stands = {"after": record["top"]} if record.get("top") else {"base": record["rev"] or None}
    return {"id": records.name_id(first["id"], record["id"]), "kind": kind, "record": record["id"], "fields": fields,
            "made_at": first["made_at"]} | stands


def anew(first: dict[str, Any], name: int | str, kind: str, fields: Fields) -> dict[str, Any]:
    """A further change of the same form, about a new record. name: tells it from the other new ones of the form."""
    return {"id": records.name_id(first["id"], str(name)), "kind": kind, "fields": fields, "base": None,
            "record": records.name_id(first["id"], f"record {name}"), "made_at": first["made_at"]}


def save(*changes: dict[str, Any]) -> str:
    """Take the changes of one form, in order; returns the id of the first one's record.

    The next page hears which change was taken, so that it forgets the draft.

    :raise Refused: with words for the person; nothing of the form was written
    """
    outcomes = apply.take(me().person, me().device, list(changes))
    if refusal := why_not(changes, outcomes):
        raise refusal
    for one in changes:
        said = SAID.get(outcomes[one["id"]]["outcome"], "")
        if said or one is changes[0]:  # the draft has the id of the first one
            pages.notice(said, change=one["id"])
    return str(changes[0]["record"])


def why_not(changes: tuple[dict[str, Any], ...], outcomes: dict[str, dict[str, Any]]) -> Refused | None:
    """The words for the change that kept a form from being taken; None when it was."""
    for one in changes:
        outcome = outcomes[one["id"]]
        if outcome["outcome"] == "refused":
            field = outcome.get("field")
            return Refused(records.words(outcome["why"], one["kind"], field), field)
    waits = any(outcome["outcome"] in apply.NOT_TAKEN for outcome in outcomes.values())
    return Refused(UNSENT) if waits else None
