"""Writing an agreement: what its forms show, what is typed, and wrong. Twin: service_worker/agreement/writing.js."""
from __future__ import annotations

from typing import Any

from flask import request

from .. import forms, ways
from .kinds import MOST_WAYS
from .looking import RHYTHMS

MOST_SLOTS = 40  # fields for ways in one form; versions of two devices can join to more than four
LENGTHS = (30, 45, 60, 90)  # minutes
OWN, OTHER = "own", "other"
KIND_OF = {"call": "call", "sms": "text", "video": "video", "chat": "chat", "letter": "mail", "people": "other"}
ORDER = ("rhythm", "rhythm_own", "minutes", "ways", "wait_minutes", "notice", "blocked", "confidentiality", "review_on")
ONE_WAY = "Write a second way, for when the first does not work either. One number can be called and texted."
NO_WORDS = "Say it in a few words, such as: every third Tuesday."
PAST = "Choose a day that is still to come."
Record = dict[str, Any]
Slots = list[dict[str, str]]  # the fields for ways, empty ones too: {id: "" for a new one, kind, address}


def slots(found: list[dict[str, Any]]) -> Slots:
    """A field for each way that there is, and room for more."""
    return filled_up([{"id": one["id"], "kind": one.get("way") or "call", "address": one.get("address") or ""}
                      for one in found])


def filled_up(found: Slots) -> Slots:
    """The fields for ways with room for more."""
    return found + [{"id": "", "kind": "call", "address": ""}] * (MOST_WAYS - len(found))


def suggested(card: Record) -> Slots:
    """The first ways to agree on: those that stand as lines on the card, else its number."""
    found = ways.of_card(card["fields"])[:MOST_WAYS]
    return filled_up([{"id": "", "kind": KIND_OF[one["icon"]], "address": ways.address_of(one) or one["own"]}
                      for one in found])


def typed_slots() -> Slots:
    """The fields for ways as they came."""
    names = [f"way{n}" for n in range(1, MOST_SLOTS + 1) if f"way{n}" in request.form]
    return [{"id": forms.line(f"{name}_id"), "kind": forms.line(f"{name}_kind"), "address": forms.line(name)}
            for name in names]


def typed_ways(found: Slots, change: str) -> list[dict[str, str]]:
    """The ways that were typed. Each keeps its id; a new one gets an id that a second tap gives it too."""
    return [{"id": slot["id"] or f"{change}-{n}", "way": slot["kind"], "address": addressed(slot)}
            for n, slot in enumerate(found, 1) if slot["address"]]


def addressed(slot: dict[str, str]) -> str:
    """An address as it is kept: a bare one of a room becomes a link."""
    return ways.web(slot["address"]) if slot["kind"] in ("video", "chat") else slot["address"]


def typed() -> dict[str, Any]:
    """The fields of the form, without the ways."""
    wait = forms.number("wait_minutes")
    return {"rhythm": forms.choice("rhythm"), "rhythm_own": forms.line("rhythm_own"),
            "minutes": forms.number("minutes"), "wait_minutes": 5 if wait is None else wait,
            "notice": forms.choice("notice"),
            "blocked": forms.text("blocked"), "confidentiality": forms.text("confidentiality"),
            "review_on": forms.choice("review_on")}


def shown(fields: dict[str, Any], found: Slots) -> dict[str, Any]:
    """The fields of an agreement as its form shows them."""
    given = {name: fields.get(name) or "" for name in ORDER}
    return given | {"wait_minutes": fields.get("wait_minutes", 5), "ways": found}


def lengths(form: dict[str, Any]) -> list[list[int]]:
    """The lengths to choose from, with the one that was chosen."""
    found = sorted({*LENGTHS, form["minutes"]}) if isinstance(form["minutes"], int) else list(LENGTHS)
    return [[one, one] for one in found]


def wrong(fields: dict[str, Any], found: Slots, before: dict[str, Any], on: str) -> dict[str, str]:
    """Field to words; a way that cannot work is named `way1` ... before: fields of the agreement; on: today."""
    errors = forms.problems("agreement", fields, before)
    if fields["rhythm"] == OWN and not fields["rhythm_own"]:
        errors["rhythm_own"] = NO_WORDS
    if len(fields["ways"]) == 1:
        errors.setdefault("ways", ONE_WAY)
    if (fields["review_on"] or on) < on and fields["review_on"] != before.get("review_on"):
        errors.setdefault("review_on", PAST)
    each = {f"way{n}": wrong_way(slot) for n, slot in enumerate(found, 1)}
    each = {name: words for name, words in each.items() if words}
    return {name: errors[name] for name in ORDER if name in errors and not (name == "ways" and each)} | each


def wrong_way(slot: dict[str, str]) -> str:
    """Why a way cannot work, in words; "" where it may, and for an empty field."""
    kind, address = slot["kind"], addressed(slot)
    problem = forms.item_problems("agreement", "ways", {"id": "new", "way": kind, "address": address})
    if not address or problem:
        return next(iter(problem.values()), "") if address else ""
    if kind in ("call", "text"):
        return ways.wrong_number(address)
    return ways.wrong_mail(address) if kind == "mail" else "" if kind == OTHER else ways.wrong_link(address)


def own_only(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields without words for a rhythm that needs none; typed while it was chosen, they stay until it is kept."""
    return fields | ({"rhythm_own": ""} if fields["rhythm"] in RHYTHMS else {})
