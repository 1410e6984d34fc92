"""Sessions as pages print them. Twin: service_worker/sessions/looking.js."""
from __future__ import annotations

from typing import Any

from .. import agenda, clock, forms, partners

Record = dict[str, Any]


def item(record: Record, cards: dict[str, Record], zone: str) -> dict[str, Any]:
    """A session as a list prints it. theirs: its hour on the partner's clock, None where that is mine or not known."""
    fields, card = record["fields"], cards.get(record["fields"].get("partner") or "")
    start, moment = clock.parse(record["at"]), clock.now()
    there = card["fields"].get("zone") if card else None
    here = clock.parts(start, zone)
    theirs = clock.parts(start, there) if there and there != zone else None
    return {"id": record["id"], "start": here, "theirs": theirs, "same_day": not theirs or theirs["on"] == here["on"],
            "name": (card["fields"].get("name") or "") if card else "",
            "minutes": fields.get("minutes") or agenda.LENGTH, "channel": fields.get("channel") or "video",
            "state": agenda.state(record), "over": agenda.over(record, moment), "begun": start <= moment,
            "waiting": record["waiting"]}


def whole(record: Record, cards: dict[str, Record], zone: str) -> dict[str, Any]:
    """A session as its own page and Today print it: also how to get there, and the hidden fields of its buttons."""
    card = cards.get(record["fields"].get("partner") or "")
    own = partners.item(card) if card else None
    return item(record, cards, zone) | {
        "card": own, "reach": partners.reach(record["fields"], card["fields"] if card else {}),
        "ways": partners.ways(card["fields"]) if card else [], "opening": forms.opening(record)}


def worksheet(record: Record) -> dict[str, str]:
    """A worksheet as a row prints it."""
    return {"id": record["id"], "title": record["fields"].get("title") or ""}
