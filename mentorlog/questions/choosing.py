"""Choosing a set: what the library offers, for which session, and which of its questions."""
from __future__ import annotations

from typing import Any

from .. import library, prose, records

PHASES = ("start", "early", "any", "middle", "end", "after")
# What a chip of the list stands for.
TIMES = {"start": ("start", "early"), "any": ("any",), "middle": ("middle",), "end": ("end", "after")}
LONGEST_QUERY = 200
Record = dict[str, Any]
Set = dict[str, Any]


def searched(one: Set) -> str:
    """Every word of a set, folded."""
    words = [one["title"], one["goal"], one["when_to_use"], *(question["text"] for question in one["questions"])]
    return prose.fold("\n".join(words))


def row(one: Set) -> dict[str, Any]:
    """A set as a list prints it. count: of the questions that are ticked at first."""
    return {"id": one["id"], "title": one["title"], "goal": one["goal"], "minutes": one["minutes"],
            "count": len([question for question in one["questions"] if is_mine(one, question)])}


def is_mine(one: Set, question: Record) -> bool:
    """Whether a mentee answers it: some questions of a set are the mentor's."""
    return question.get("for", one["for"]) != "mentor" or one["for"] == "mentor"


def offered(q: str, time: str) -> list[dict[str, Any]]:
    """The sets by phase, those that hold every word of a search, or of one of TIMES: {phase, sets}."""
    words, phases = prose.words(q), TIMES.get(time, PHASES)
    found = [one for one in library.sets() if (prose.find(words, searched(one)) if words else one["phase"] in phases)]
    groups = [{"phase": phase, "sets": [row(one) for one in found if one["phase"] == phase]} for phase in PHASES]
    return [group for group in groups if group["sets"]]


def sheet_id(person: Any, session: str, slug: str) -> str:
    """The id of the one worksheet of a session and a set (`sync.md`, D11)."""
    return records.name_id(person.names, f"worksheet:{session}:{slug}")


def known(person: Any, session: str, slug: str) -> Record | None:
    """The worksheet of a session and a set, also from the bin."""
    id = sheet_id(person, session, slug)
    return records.many(person, [id]).get(id) if session else None


def ticked(one: Set, sheet: Record | None) -> list[str]:
    """The ids of the questions that are ticked at first: those of the worksheet that there is, else a mentee's."""
    if sheet:
        return [question["id"] for question in sheet["fields"].get("questions") or []]
    return [question["id"] for question in one["questions"] if is_mine(one, question)]


def with_ticks(one: Set, chosen: list[str]) -> dict[str, Any]:
    """A set as its page prints it, with ticks."""
    return row(one) | {
        "when": one["when_to_use"], "phase": one["phase"],
        "questions": [{"id": question["id"], "text": question["text"], "type": question["type"],
                       "mine": is_mine(one, question), "ticked": question["id"] in chosen}
                      for question in one["questions"]]}


def frozen(question: Record) -> dict[str, Any]:
    """A question of the library in the words in which a worksheet keeps it."""
    more = question.get("follow_up") or {"if": None, "text": ""}
    given = {name: question.get(name, "") for name in ("id", "type", "text", "hint", "low", "high")}
    return given | {"more_if": more["if"], "more": more["text"]}


def used(one: Set, chosen: list[str], session: str, sheet: Record | None) -> dict[str, Any]:
    """The fields of the worksheet that is made; what was asked before keeps its wording."""
    before = {question["id"]: question for question in sheet["fields"].get("questions") or []} if sheet else {}
    questions = [before.get(question["id"]) or frozen(question)
                 for question in one["questions"] if question["id"] in chosen]
    return {"set": one["id"], "title": one["title"], "session": session or None, "questions": questions}
