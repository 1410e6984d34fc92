"""What are you looking for? Said as often as it changes; it decides which sets are offered first (product.md, S01)."""
from __future__ import annotations

from typing import Any

from flask import request

from .. import clock, forms, records
from ..library import SEEKING

Record = dict[str, Any]


def said(person: Any, limit: int) -> list[Record]:
    """What was said, the newest first."""
    return records.shelf(person, "aim", limit=limit)


def aims(record: Record | None) -> list[str]:
    """What is looked for, the first one first."""
    fields = record["fields"] if record else {}
    sought = [name for name in SEEKING if name in (fields.get("seeking") or [])]
    return sorted(sought, key=lambda name: name != fields.get("first"))


def item(record: Record, zone: str) -> dict[str, Any]:
    """What was said once, and when."""
    return {"id": record["id"], "day": clock.parts(clock.parse(record["at"]), zone), "aims": aims(record),
            "text": record["fields"].get("text") or "", "waiting": record["waiting"]}


def shown(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as the form shows them."""
    return {"seeking": fields.get("seeking") or [], "first": fields.get("first") or "",
            "text": fields.get("text") or ""}


def typed() -> dict[str, Any]:
    """The fields of the form. What comes first is among those ticked; of one alone there is no question."""
    ticked, first = request.form.getlist("seeking"), forms.choice("first")
    sought = [name for name in SEEKING if name in ticked]
    chosen = first if first in sought else sought[0] if len(sought) == 1 else None
    return {"seeking": sought, "first": chosen, "text": forms.line("text")}


def wrong(fields: dict[str, Any]) -> dict[str, str]:
    """Field to words."""
    found = forms.problems("aim", fields)
    if not found and not fields["seeking"] and not fields["text"]:
        found["seeking"] = "Choose one, or write a line of your own."
    return found


def is_news(before: Record | None, fields: dict[str, Any]) -> bool:
    """Whether something else is said than last time."""
    return before is None or any(before["fields"].get(name) != value for name, value in fields.items())
