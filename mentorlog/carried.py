"""Carrying an answer on: a new entry or goal that begins with it. Nothing is written before the person says Done."""
from __future__ import annotations

from typing import Any

from . import records

Record = dict[str, Any]
CHOICES = {"yes": "Yes", "no": "No", "not_sure": "Not sure"}


def entry(person: Any, id: str) -> dict[str, Any]:
    """The fields of an entry about an answer: the question as a quote, below it the answer. {} when there is none."""
    question, answer, session = found(person, id)
    if not question:
        return {}
    quote = "\n".join(f"> {line}".rstrip(" ") for line in question["text"].split("\n"))
    return {"text": f"{quote}\n\n{as_text(question, answer)}\n", "session": session}


def goal(person: Any, id: str) -> dict[str, Any]:
    """The fields of a goal that an answer is the reason for."""
    question, answer, _ = found(person, id)
    return {"why": as_text(question, answer)} if question else {}


def found(person: Any, id: str) -> tuple[Record, Record, str | None]:
    """Question and fields of an answer, and the session of its worksheet; all empty when it is not there."""
    answer = records.many(person, [id]).get(id) if id else None
    of = answer["fields"].get("worksheet") or "" if answer and answer["kind"] == "answer" else ""
    sheet = records.many(person, [of]).get(of)
    if not answer or not sheet:
        return {}, {}, None
    asked = [{"text": ""} | one for one in sheet["fields"].get("questions") or []]
    question: Record = next((one for one in asked if one["id"] == answer["fields"].get("question")), {})
    return question, answer["fields"], sheet["fields"].get("session")


def as_text(question: Record, answer: Record) -> str:
    """An answer in words, as Markdown."""
    text = answer.get("text") or ""
    if question.get("type") == "list":
        return "\n".join(f"- {line}" for line in text.split("\n")) if text else ""
    if question.get("type") == "scale":
        return scale(question, answer.get("scale"))
    chosen = CHOICES.get(answer.get("choice") or "", "") if question.get("type") == "yes_no" else ""
    return "\n\n".join(filter(None, (chosen, text)))


def scale(question: Record, value: int | None) -> str:
    """A point on a scale in words."""
    if not value:
        return ""
    ends = [question.get("low") or "", question.get("high") or ""]
    return f"{value} of 5" + (f", between “{ends[0]}” and “{ends[1]}”" if all(ends) else "")
