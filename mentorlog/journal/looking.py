"""Looking at entries: as a list prints them, and as the reader does."""
from __future__ import annotations

from typing import Any

from .. import clock, forms, prose

SNIPPET = 160
Record = dict[str, Any]


def item(record: Record, zone: str) -> dict[str, Any]:
    """An entry as a list prints it."""
    fields = record["fields"]
    return {"id": record["id"], "day": clock.parts(clock.parse(record["at"]), zone), "title": fields.get("title") or "",
            "snippet": prose.snippet(fields.get("text") or fields.get("lesson") or "", SNIPPET),
            "tags": fields.get("tags") or [], "session": bool(fields.get("session")), "waiting": record["waiting"]}


def by_month(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items of a page by the month in which they were written, newest first: {name, year, month, entries}."""
    groups: list[dict[str, Any]] = []
    for one in items:
        name = f"{one['day']['year']}-{one['day']['month']:02}"
        if not groups or groups[-1]["name"] != name:
            groups.append({"name": name, "year": one["day"]["year"], "month": one["day"]["month"], "entries": []})
        groups[-1]["entries"].append(one)
    return groups


def whole(record: Record, zone: str) -> dict[str, Any]:
    """An entry as the reader prints it."""
    fields = record["fields"]
    return item(record, zone) | {"text": fields.get("text") or "", "binned": bool(fields.get("binned_at")),
                                 "opening": forms.opening(record)}
