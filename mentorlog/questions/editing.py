"""Sets of one's own: what their form shows, what was typed, and what is wrong with it."""
from __future__ import annotations

from typing import Any

from flask import request

from .. import forms
from . import arranging
from .sets import BLANK, Set, kept

OWN = ("title", "about", "situation", "phase")
PARTS = ("text", "type", "hint", "low", "high", "more")  # of a question, fields of the form
Record = dict[str, Any]


def shown(fields: dict[str, Any], questions: list[Record]) -> dict[str, Any]:
    """The fields of a set as its form shows them."""
    return {name: fields.get(name) or "" for name in OWN} | {"questions": questions, "own": "", "kind": "text"}


def of(one: Set) -> dict[str, Any]:
    """What the form shows of a set that there is, to change it or a copy of it."""
    fields = {"title": one["title"], "about": one["goal"], "situation": one["situation"], "phase": one["phase"]}
    return shown(fields, [kept(question) for question in one["questions"]])


def typed(before: dict[str, Record]) -> dict[str, Any]:
    """The form as it came. before: the questions that there were, by id; of them the form shows only PARTS."""
    fields = {"title": forms.line("title"), "about": forms.line("about"),
              "situation": forms.choice("situation"), "phase": forms.choice("phase")}
    questions = [typed_question(id, before.get(id) or BLANK) for id in arranging.ticked()]
    return fields | {"questions": questions, "own": forms.text("own"), "kind": forms.line("kind") or "text"}


def typed_question(id: str, before: Record) -> Record:
    """A question as it was typed."""
    given = {name: forms.line(f"{name}_{id}") for name in PARTS}
    return before | given | {"id": id, "text": forms.text(f"text_{id}").strip("\n "), "type": given["type"] or "text",
                             "more_if": (before["more_if"] or "yes") if given["more"] else None}


def fields_of(form: dict[str, Any], made: arranging.Questions) -> dict[str, Any]:
    """The fields of the set that a form makes. made: the questions that were typed one a line, which come last."""
    return {name: form[name] for name in OWN} | {
        "questions": list(({question["id"]: question for question in form["questions"]} | made).values())}


def made_in(form: dict[str, Any], record: str) -> arranging.Questions:
    """The questions that were typed one a line. record: the id of the set."""
    return arranging.typed_questions(record, {question["id"]: question for question in form["questions"]})


def arranged(form: dict[str, Any]) -> dict[str, Any] | None:
    """The form after *Up* or *Drop*, which write nothing; None when neither was tapped."""
    up, drop = request.form.get("up"), request.form.get("drop")
    if up is None and drop is None:
        return None
    rows = {question["id"]: question for question in form["questions"] if question["id"] != drop}
    return form | {"questions": [rows[id] for id in arranging.moved_up(list(rows), up or "")]}


def wrong(form: dict[str, Any], made: arranging.Questions, before: int) -> dict[str, str]:
    """Field to words; a part of a question is named `text_<id>` ... made: the questions typed one a line; before: how
    many questions there were."""
    errors, count = forms.problems("set", {name: form[name] for name in OWN}), len(fields_of(form, made)["questions"])
    if not form["title"]:
        errors["title"] = "Give the set a name. Nothing else you typed here is lost."
    for question in form["questions"]:
        errors |= wrong_question(question)
    if not count:
        errors["own"] = "Write a question first. One is enough."
    return errors | arranging.wrong(made, count, before)


def wrong_question(question: Record) -> dict[str, str]:
    """Field to words of one question."""
    found = forms.item_problems("set", "questions", question)
    if not question["text"]:
        found["text"] = "This question has no words yet. Write it, or drop it."
    return {f"{name}_{question['id']}": words for name, words in found.items()}


def is_news(record: Record | None, fields: dict[str, Any]) -> bool:
    """Whether there is anything to keep."""
    return record is None or any((record["fields"].get(name) or None) != (value or None)
                                 for name, value in fields.items())
