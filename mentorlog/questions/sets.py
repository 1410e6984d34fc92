"""Sets: those of the library and a person's own, in one shape, so that both are used alike."""
from __future__ import annotations

from typing import Any

from .. import library, records
from ..errors import Missing

MOST_OWN = 200  # sets read at once
BLANK = {"type": "text", "text": "", "hint": "", "low": "", "high": "", "more_if": None, "more": ""}
Record = dict[str, Any]
Set = dict[str, Any]  # see of_library; own: a person made it


def frozen(question: Record) -> dict[str, Any]:
    """A question of the library in the words in which a worksheet keeps it."""
    more = question.get("follow_up") or {"if": None, "text": ""}
    given = {name: question.get(name, "") for name in ("id", "type", "text", "hint", "low", "high")}
    return given | {"more_if": more["if"], "more": more["text"]}


def is_mine(one: Record, question: Record) -> bool:
    """Whether a mentee answers it: some questions of a set are the mentor's."""
    return question.get("for", one["for"]) != "mentor" or one["for"] == "mentor"


def of_library(one: Record) -> Set:
    """A set of the library: its questions as a worksheet keeps them, and whose they are (`mine`)."""
    asked = [frozen(question) | {"mine": is_mine(one, question)} for question in one["questions"]]
    names = ("id", "title", "goal", "when_to_use", "phase", "situation", "seeking", "suggest", "minutes")
    return {name: one[name] for name in names} | {"questions": asked, "own": False, "binned": False}


def of_person(record: Record) -> Set:
    """A person's own set. Three questions take about eight minutes."""
    fields = record["fields"]
    asked = [BLANK | question | {"mine": True} for question in fields.get("questions") or []]
    return {"id": record["id"], "title": fields.get("title") or "", "goal": fields.get("about") or "",
            "when_to_use": "", "phase": fields.get("phase") or "any", "situation": fields.get("situation") or "",
            "seeking": [], "suggest": {}, "minutes": (5 * len(asked) + 1) // 2, "questions": asked, "own": True,
            "binned": bool(fields.get("binned_at"))}


def everything(person: Any) -> list[Set]:
    """Every set there is: one's own, the newest first, then the library's. One query."""
    mine = records.shelf(person, "set", limit=MOST_OWN)
    return [*map(of_person, mine), *map(of_library, library.sets())]


def find(person: Any, id: str) -> Set:
    """One set: of the library, or one's own, also from the bin.

    :raise Missing: no such set, or not mine
    """
    try:
        return of_library(library.find(id))
    except Missing:
        return of_person(records.find(person, "set", id))


def kept(question: Record) -> dict[str, Any]:
    """A question as it is kept: only in its words, not whose it is."""
    return {name: question[name] for name in ("id", *BLANK)}
