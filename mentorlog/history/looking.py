"""Looking at versions of a record: which of them differ, by how much, and one of them against now.

Twin: service_worker/history/looking.js. A version is {change: the id of the one that made it, at: an instant or none,
label: of the device, here, mine, waiting, first: the record was new, fields: what is told of it}.
"""
from __future__ import annotations

from typing import Any

from .. import clock, forms, records, search
from . import difference

WRITTEN = ("prose", "line")
VALUES = {"rating": ("value",), "answer": ("scale", "choice")}  # what beside texts is told
Fields = dict[str, Any]
Version = dict[str, Any]


def names(kind: str) -> list[str]:
    """The fields that a version tells and brings back: what a person wrote, and how they answered or rated."""
    specs = records.KINDS[kind].specs.items()
    return [*VALUES.get(kind, ()), *(name for name, spec in specs if spec.name in WRITTEN and not spec.server)]


def told(kind: str, fields: Fields) -> Fields:
    """What a version tells of these fields; what is empty is left out."""
    return {name: fields[name] for name in names(kind) if fields.get(name)}


def said(kind: str, fields: Fields, name: str) -> str:
    """A field in words: a text as it is, a choice without its underline."""
    value = fields.get(name) or ""
    return str(value).replace("_", " ") if name in VALUES.get(kind, ()) else str(value)


def text(kind: str, fields: Fields) -> str:
    """All that a version tells, one below the other."""
    return "\n\n".join(said(kind, fields, name) for name in fields)


def row(kind: str, one: Version, now: Version, zone: str) -> dict[str, Any]:
    """A version as the list prints it. how, words: how much it differs from now."""
    return {name: one[name] for name in ("change", "label", "here", "mine", "waiting", "first")} | {
        "at": clock.parts(clock.parse(one["at"]), zone) if one["at"] else None, "now": one is now,
        **difference.compared(text(kind, now["fields"]), text(kind, one["fields"]))}


def against(kind: str, one: Version, now: Version) -> list[dict[str, Any]]:
    """Field by field what comes with a version, and what goes with what stands now: {field, blocks}."""
    both = [(name, said(kind, now["fields"], name), said(kind, one["fields"], name)) for name in names(kind)]
    return [{"field": name, "blocks": difference.blocks(difference.steps(old, new))}
            for name, old, new in both if old != new]


def chosen(versions: list[Version], change: str) -> Version | None:
    """The earlier version that is asked for, else the last one; None when there is none."""
    earlier = versions[1:]
    return next((one for one in earlier if one["change"] == change), earlier[0] if earlier else None)


def page(record: dict[str, Any], versions: list[Version], change: str, zone: str) -> dict[str, Any]:
    """What the page prints of a record and its versions, the newest first. change: of the version to show."""
    kind, now, one = record["kind"], versions[0], chosen(versions, change)
    shown = row(kind, one, now, zone) | {
        "texts": against(kind, one, now), "text": text(kind, one["fields"]), "opening": forms.opening(record),
    } if one else None
    of = {"id": record["id"], "kind": kind, "what": search.WHAT.get(kind, kind), "title": search.title(record),
          "url": search.address(record)}
    return {"of": of, "versions": [row(kind, each, now, zone) for each in versions], "shown": shown}


def back(kind: str, one: Version, now: Version) -> Fields:
    """The fields of the change that brings a version back: those that it tells otherwise than now."""
    both = [(name, one["fields"].get(name), now["fields"].get(name)) for name in names(kind)]
    empty = dict.fromkeys(VALUES.get(kind, ()))
    return {name: empty.get(name, "") if old is None else old for name, old, new in both if old != new}
