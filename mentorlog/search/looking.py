"""Looking at what was found: by which words a hit is known, where it is read, what is said of it."""
from __future__ import annotations

from typing import Any

from flask import url_for

from .. import clock, goals, memory, prose, records

SNIPPET, TITLE, NAME = 160, 120, 60
Record = dict[str, Any]
Words = list[str]
WHAT = {
    "entry": "Entry", "goal": "Goal", "rating": "Rating", "worksheet": "Worksheet", "answer": "Answer",
    "session": "Session", "line": "Something came up", "partner": "Partner card", "settings": "Settings",
    "kept": "Text", "agreement": "Agreement", "set": "Question set", "aim": "What you look for",
    "hours": "Hours of a week", "busy": "Busy times",
}
# The field that names the record by which a hit is told.
BESIDE = {"rating": "goal", "answer": "worksheet", "line": "session", "agreement": "partner"}
DATED = ("session", "aim")
NAMED = ("goal", "set", "partner")


def title(record: Record) -> str:
    """The words by which a person knows a record."""
    return prose.snippet(next((text for text in memory.texts(record) if text), ""), TITLE)


def address(record: Record) -> str:
    """Where a record is read."""
    kind, fields = record["kind"], record["fields"]
    if kind == "rating":
        return url_for("goals.show", id=fields.get("goal") or record["id"])
    if kind in ("answer", "worksheet"):
        return url_for("questions.worksheet", id=fields.get("worksheet") or record["id"], q=fields.get("question"))
    if kind == "line":
        return url_for("sessions.show", id=fields["session"]) if fields.get("session") else url_for("today.index")
    if kind == "set":
        return url_for("questions.set_page", set=record["id"])
    if kind == "agreement":
        return url_for("agreement.show", id=fields.get("partner") or record["id"])
    if kind == "aim":
        return url_for("questions.aim")
    if kind in ("hours", "busy"):
        return url_for("times.theirs", id=fields["partner"]) if fields.get("partner") else url_for("times.hours")
    pages_of = {"entry": "journal.show", "goal": "goals.show", "session": "sessions.show", "partner": "partners.show"}
    return url_for(pages_of[kind], id=record["id"]) if kind in pages_of else url_for("settings.index")


def beside(person: Any, found: list[Record]) -> dict[str, Record]:
    """By the id of a hit what it is told by: a goal's rating, the goal of a rating, an answer's worksheet ..."""
    ids = {one["id"]: goals.rating_id(person, one["id"]) if one["kind"] == "goal" else
           one["fields"].get(BESIDE.get(one["kind"], "")) or "" for one in found}
    read = records.many(person, ids.values())
    return {id: read[other] for id, other in ids.items() if other in read}


def entry(record: Record, words: Words, zone: str) -> dict[str, Any]:
    """An entry as the list of hits prints it. lesson: the snippet is from what stuck."""
    fields = record["fields"]
    text, lesson = fields.get("text") or "", fields.get("lesson") or ""
    stuck = not holding([text], words) and bool(holding([lesson], words))
    return {"id": record["id"], "day": moment(record, zone), "title": prose.mark(fields.get("title") or "", words),
            "snippet": prose.excerpt(lesson if stuck else text, words, SNIPPET), "lesson": stuck,
            "tags": fields.get("tags") or [], "session": bool(fields.get("session")), "waiting": record["waiting"]}


def elsewhere(record: Record, other: Record | None, words: Words, zone: str) -> dict[str, Any]:
    """Any other record as the list of hits prints it, by the first of its texts that holds a word.

    value: of a rating, 0 without; ended: how a goal ended without one; day: of either, or of the session; due: of a
    goal; of: what it belongs to.
    """
    texts, kind = memory.texts(record), record["kind"]
    shown = next(iter(holding(texts, words)), title(record))
    of = prose.snippet(texts[0], NAME) if kind in NAMED and shown != texts[0] else ""
    return {"url": address(record), "kind": kind, "title": prose.excerpt(shown, words, TITLE), "of": of, "value": 0,
            "ended": "", "day": None, "due": None, "waiting": record["waiting"]} | told(record, other, zone)


def holding(texts: list[str], words: Words) -> list[str]:
    """Those of the texts that hold a word."""
    return [text for text in texts if any(word in prose.fold(text) for word in words)]


def told(record: Record, other: Record | None, zone: str) -> dict[str, Any]:
    """What is said of a hit beside its words. other: the record beside it, if there is one."""
    kind, fields = record["kind"], record["fields"]
    if kind == "goal":
        return of_goal(fields, goals.said(other), zone)
    if kind == "rating":
        return {"value": fields.get("value") or 0, "of": title(other) if other else ""}
    if kind == "answer":
        return {"of": question(other, fields.get("question")) if other else ""}
    if kind == "agreement":
        return {"of": title(other) if other else ""}
    if kind == "line":
        return {"day": moment(other, zone) if other else None}
    return {"day": moment(record, zone)} if kind in DATED else {}


def of_goal(fields: dict[str, Any], rated: Record | None, zone: str) -> dict[str, Any]:
    """How a goal went, or ended without, and when that was said; or when it is due."""
    if rated:
        return {"value": rated["fields"]["value"], "day": moment(rated, zone)}
    if fields.get("ended"):
        at = fields.get("ended_at")
        return {"ended": fields["ended"], "day": clock.parts(clock.parse(at), zone) if at else None}
    return {"due": clock.day_parts(fields["due_on"]) if fields.get("due_on") else None}


def question(sheet: Record, id: Any) -> str:
    """The words of a question as a worksheet asked it."""
    found = [one.get("text") or "" for one in sheet["fields"].get("questions") or [] if one["id"] == id]
    return prose.snippet(found[0], NAME) if found else ""


def moment(record: Record, zone: str) -> dict[str, Any]:
    """The parts of a record's `at`."""
    return clock.parts(clock.parse(record["at"]), zone)
