"""Looking at two versions: both texts with what only one of them has. Twin: service_worker/versions/looking.js."""
from __future__ import annotations

from typing import Any

from .. import clock, forms, search
from ..history import difference
from . import settling

Record = dict[str, Any]
Case = settling.Case


def page(case: Case, device: str, zone: str) -> dict[str, Any]:
    """What the page prints. device: the one that shows it."""
    kept, record = case["kept"], case["record"]
    found = difference.steps(settling.standing(case), case["text"])
    parts = [difference.blocks(difference.side(found, sign)) for sign in (difference.GOES, difference.COMES)]
    return {"kept": {"id": kept["id"], "field": case["field"], "settled": bool(kept["fields"].get("binned_at")),
                     "text": case["text"]},
            "of": about(record), "choices": list(settling.choices(case)), "opening": forms.opening(record),
            "join": case["type"] == "text", "stands": stands(case, device, zone) | {"blocks": parts[0]},
            "other": other(kept, device, zone) | {"blocks": parts[1]}}


def about(record: Record | None) -> dict[str, str]:
    """What a kept text belongs to: in words, by name, and where it is read."""
    if record is None:
        return {"kind": "", "what": "A page that is deleted", "title": "", "url": ""}
    kind = record["kind"]
    return {"kind": kind, "what": search.WHAT.get(kind, kind), "title": search.title(record),
            "url": search.address(record)}


def stands(case: Case, device: str, zone: str) -> dict[str, Any]:
    """Where what stands came from; told only while it is what the kept text met."""
    fields, record = case["kept"]["fields"], case["record"]
    waiting = record["waiting"] if record else ""
    met = record is not None and not waiting and record["rev"] == fields.get("beside")
    at = fields.get("other_at") if met else None
    return {"at": moment(at, zone), "label": (fields.get("other_label") or "") if at else "",
            "here": bool(waiting or (at and fields.get("other") == device)), "known": bool(at), "waiting": waiting}


def other(kept: Record, device: str, zone: str) -> dict[str, Any]:
    """Where a kept text came from."""
    fields = kept["fields"]
    return {"at": moment(kept["at"], zone), "label": fields.get("label") or "", "here": fields.get("device") == device,
            "known": bool(fields.get("beside") or fields.get("device")), "waiting": kept["waiting"]}


def moment(at: str | None, zone: str) -> dict[str, Any] | None:
    """An instant as a page prints it."""
    return clock.parts(clock.parse(at), zone) if at else None
