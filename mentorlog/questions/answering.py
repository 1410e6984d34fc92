"""Answering: the questions of a worksheet with their answers, where one was, and what was typed."""
from __future__ import annotations

from typing import Any

from flask import request

from .. import clock, forms, prose, records
from ..errors import Missing
from .arranging import asked_in

MOST_LINES = 7  # of a list
FIELDS = {"scale": "scale", "yes_no": "choice"}  # what answers a type of question; else the text
Record = dict[str, Any]
Asked = list[tuple[Record, Record | None]]  # questions in their order, those left out too, each with its answer
Opening = dict[str, str]


def answer_id(person: Any, sheet: str, question: str) -> str:
    """The id of the one answer to a question of a worksheet (`sync.md`, D11)."""
    return records.name_id(person.names, f"answer:{sheet}:{question}")


def asked(person: Any, sheets: list[Record]) -> dict[str, Asked]:
    """Worksheet id to its questions and answers. One query."""
    ids = {(sheet["id"], question["id"]): answer_id(person, sheet["id"], question["id"])
           for sheet in sheets for question in asked_in(sheet)}
    found = records.many(person, ids.values())
    return {sheet["id"]: [(question, found.get(ids[sheet["id"], question["id"]])) for question in asked_in(sheet)]
            for sheet in sheets}


def asked_one(person: Any, sheet: Record, id: str) -> Asked:
    """The questions of a worksheet, with the answer of this one only.

    :raise Missing: it is not in it
    """
    if id not in [question["id"] for question in asked_in(sheet)]:
        raise Missing
    own = answer_id(person, sheet["id"], id)
    found = records.many(person, [own]).get(own)
    return [(question, found if question["id"] == id else None) for question in asked_in(sheet)]


def inside(rows: Asked) -> Asked:
    """What is asked."""
    return [row for row in rows if not row[0]["out"]]


def left_out(rows: Asked) -> Asked:
    """What is no longer asked, and has an answer or a text all the same."""
    ids = answered(rows)
    return [row for row in rows if row[0]["out"] and row[0]["id"] in ids]


def answered(rows: Asked) -> list[str]:
    """The ids of the questions that somebody said something to."""
    return [question["id"] for question, answer in rows
            if answer and (state(question, answer) == "answered" or answer["fields"].get("text"))]


def find(rows: Asked, id: str) -> tuple[Record, Record | None]:
    """One question of a worksheet, and its answer.

    :raise Missing: it is not in it
    """
    for question, answer in rows:
        if question["id"] == id:
            return question, answer
    raise Missing


def field_of(question: Record) -> str:
    """The field that answers a question."""
    return FIELDS.get(question["type"], "text")


def state(question: Record, answer: Record | None) -> str:
    """`answered`, `skipped`, or "" while nobody said. What was typed before a skip stays."""
    fields = answer["fields"] if answer else {}
    if fields.get("skipped"):
        return "skipped"
    return "answered" if fields.get(field_of(question)) else ""


def place(rows: Asked) -> str:
    """The question to go on with: the first that is neither answered nor skipped, else the first; "" without any."""
    here = inside(rows)
    still = [question["id"] for question, answer in here if not state(question, answer)]
    return next(iter([*still, *(question["id"] for question, _ in here)]), "")


def following(rows: Asked, id: str) -> str:
    """The question after this one, "" after the last, and after one that is left out."""
    ids = [question["id"] for question, _ in inside(rows)] + [""]
    return str(ids[ids.index(id) + 1]) if id in ids else ""


def item(sheet: Record, rows: Asked, zone: str) -> dict[str, Any]:
    """A worksheet as a list prints it. open: something is neither answered nor skipped."""
    fields, states = sheet["fields"], [state(question, answer) for question, answer in inside(rows)]
    return {"id": sheet["id"], "title": fields.get("title") or "", "set": fields.get("set") or "",
            "day": clock.parts(clock.parse(sheet["at"]), zone), "count": len(states),
            "answered": states.count("answered"), "open": "" in states,
            "waiting": sheet["waiting"]}


def shown(question: Record, fields: dict[str, Any]) -> dict[str, Any]:
    """An answer as its form and the list of answers show it. blank: the places of empty lines below a list."""
    text = fields.get("text") or ""
    lines = text.split("\n") if text and question["type"] == "list" else []
    return {"text": text, "lines": lines, "blank": list(range(len(lines) + 1, MOST_LINES + 1)),
            "scale": fields.get("scale"), "choice": fields.get("choice") or "",
            "discussed": bool(fields.get("discussed"))}


def numbered(rows: Asked) -> list[dict[str, Any]]:
    """Questions with their answers, as worksheet and list of answers print them.

    before, after: the ids of their neighbours; answer: the id of the answer, "" before there is any.
    """
    ids = ["", *(question["id"] for question, _ in rows), ""]
    return [question | {
        "number": number, "before": ids[number - 1], "after": ids[number + 1], "state": state(question, answer),
        "form": shown(question, answer["fields"] if answer else {}), "answer": answer["id"] if answer else "",
        "waiting": answer["waiting"] if answer else ""} for number, (question, answer) in enumerate(rows, 1)]


def typed_lines() -> str:
    """A list as it was typed: one short item a line, none of them empty."""
    found = [prose.SPACE.sub(" ", one).strip(" ") for text in request.form.getlist("text")
             for one in prose.clean(text).split("\n")]
    return "\n".join(one for one in found if one)


def typed_text() -> str:
    """Text as it was typed; blanks alone are none."""
    text = forms.text("text")
    return text if prose.SPACE.sub("", text) else ""


def typed(sheet: Record, question: Record) -> dict[str, Any]:
    """The fields of an answer's form."""
    fields = {"worksheet": sheet["id"], "question": question["id"],
              "skipped": forms.ticked("skip"), "discussed": forms.ticked("discussed")}
    if question["type"] == "scale":
        return fields | {"scale": forms.number("scale")}
    if question["type"] == "list":
        return fields | {"text": typed_lines()}
    if question["type"] == "yes_no":
        return fields | {"choice": forms.choice("choice"), "text": typed_text()}
    return fields | {"text": typed_text()}


def wrong(question: Record, fields: dict[str, Any], before: Record | None) -> dict[str, str]:
    """Field to words. before: the answer that there is; what two devices added to it may stay as long as it is."""
    found = forms.problems("answer", fields)
    there = ((before["fields"].get("text") or "") if before else "").count("\n") + 1
    if question["type"] == "list" and fields["text"].count("\n") >= max(MOST_LINES, there):
        found["text"] = f"Write {MOST_LINES} lines at most. Nothing you typed here is lost."
    return {name: found[name] for name in ("scale", "choice", "text") if name in found}


def is_news(answer: Record | None, fields: dict[str, Any]) -> bool:
    """Whether there is anything to keep: going on from an empty question, or from an old answer, writes nothing."""
    if answer is None:
        return any(fields.get(name) for name in ("text", "scale", "choice", "skipped", "discussed"))
    return any(answer["fields"].get(name) != value for name, value in fields.items())


def with_answers(rows: Asked, fields: dict[str, Any], opened: Opening, binned_at: str | None) -> list[Record]:
    """The changes of one form: of a worksheet, and of these answers of it, into the bin or out of it."""
    first = forms.change("worksheet", fields | {"binned_at": binned_at}, opened)
    there = [answer for _, answer in rows if answer]
    return [first, *(forms.further(first, "answer", {"binned_at": binned_at}, answer) for answer in there)]
