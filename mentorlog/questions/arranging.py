"""Arranging: which questions a worksheet asks, in which order, and questions of one's own."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request

from .. import forms, prose, records
from ..errors import Missing
from . import sets
from .kinds import MOST_ANSWERS, MOST_QUESTIONS

Record = dict[str, Any]
Questions = dict[str, Record]  # by id, in order


@dataclass(frozen=True)
class Picked:
    """A form of ticks as it came. chosen: the ids ticked; made: questions typed; moved: *Up* was tapped, no more."""

    found: Questions
    chosen: list[str]
    made: Questions
    moved: bool
    errors: dict[str, str]

    @property
    def ids(self) -> list[str]:
        """All that is to be asked, in its order."""
        return list(dict.fromkeys([*self.chosen, *self.made]))


def asked_in(sheet: Record | None) -> list[Record]:
    """The questions of a worksheet, those left out too, with what one of them leaves out."""
    found = sheet["fields"].get("questions") or [] if sheet else []
    return [sets.BLANK | {"out": False} | question for question in found]


def set_of(person: Any, sheet: Record) -> sets.Set | None:
    """The set that a worksheet was made of, if it is still there."""
    try:
        return sets.find(person, sheet["fields"].get("set") or "")
    except Missing:
        return None


def known(one: sets.Set | None, sheet: Record | None) -> Questions:
    """Every question there is to choose from: the worksheet's, which keep their words, then the set's."""
    of_sheet = {question["id"]: sets.kept(question) for question in asked_in(sheet)}
    of_set = [question for question in (one["questions"] if one else []) if question["id"] not in of_sheet]
    return of_sheet | {question["id"]: sets.kept(question) for question in of_set}


def at_first(one: sets.Set | None, sheet: Record | None) -> list[str]:
    """The ids that are ticked at first: of the worksheet that there is, else those that a mentee answers, as far as
    there is room."""
    if sheet:
        return [question["id"] for question in asked_in(sheet) if not question["out"]]
    return [question["id"] for question in one["questions"] if question["mine"]][:MOST_QUESTIONS] if one else []


def as_offered(one: sets.Set, session: str | None) -> dict[str, Any]:
    """The fields of a worksheet that asks what is ticked at first, in its order."""
    found = known(one, None)
    return {"set": one["id"], "title": one["title"], "session": session,
            "questions": [found[id] for id in at_first(one, None)]}


def picked(one: sets.Set | None, sheet: Record | None, space: str) -> Picked:
    """The form as it came. space: the id of the worksheet, from which the ids of typed questions follow."""
    found = known(one, sheet)
    chosen = [id for id in ticked() if id in found]
    if "up" in request.form:
        return Picked(found, moved_up(chosen, request.form["up"]), {}, True, {})
    made = typed_questions(space, found)
    errors = wrong(made, len({*chosen, *made}), len(at_first(one, sheet)) if sheet else 0)
    if not chosen and not made:
        errors = {"question": "Tick a question first, or write one. One is enough."}
    return Picked(found | made, chosen, made, False, errors)


def ticked() -> list[str]:
    """The ids that came, in their order, each once."""
    return list(dict.fromkeys(request.form.getlist("question")))


def joined(one: sets.Set | None, before: Record | None, sheet: Record) -> list[str]:
    """The ids that are ticked in a worksheet that there is, then those ticked in a form for another one, where it was
    changed. before: the worksheet that the form showed."""
    asked, found = at_first(one, sheet), known(one, sheet)
    changed = ticked() != at_first(one, before)
    return list(dict.fromkeys([*asked, *(id for id in ticked() if changed and id in found)]))


def moved_up(ids: list[str], id: str) -> list[str]:
    """The ids with this one before the one that was before it."""
    at = ids.index(id) if id in ids else 0
    return ids if at == 0 else [*ids[:at - 1], id, ids[at - 1], *ids[at + 1:]]


def typed_questions(space: str, found: Questions) -> Questions:
    """Questions of one's own, one a line. What is typed twice, here or on two devices, is one question."""
    kind, there, made = forms.line("kind") or "text", {one["text"]: one for one in found.values()}, Questions()
    for line in forms.text("own").split("\n"):
        text = prose.SPACE.sub(" ", line).strip(" ")
        if text:
            new = sets.BLANK | {"id": free_id(space, text, found), "type": kind, "text": text}
            one = there.get(text, new)
            made[str(one["id"])] = one
    return made


def free_id(space: str, text: str, taken: Questions) -> str:
    """The id that follows from the words of a question, unless it was given to one that says something else now."""
    id = records.name_id(space, f"question:{text}")
    return free_id(space, f"{text}\n", taken) if id in taken else id


def wrong(made: Questions, count: int, before: int) -> dict[str, str]:
    """Field to words. made: the questions typed one a line; count: of all that would be asked; before: how many there
    were. Those that were joined or read from a file may be more, and stay."""
    if count > max(MOST_QUESTIONS, before):
        return {"own": too_many(count, before)}
    for number, question in enumerate(made.values(), 1):
        if found := forms.item_problems("set", "questions", question):
            return {"own": f"Question {number}: {next(iter(found.values()))}"}
    return {}


def too_many(count: int, before: int) -> str:
    """The words for more questions than there is room for, with the way out."""
    if before > MOST_QUESTIONS:
        return (f"There are {before} questions already, more than {MOST_QUESTIONS}, so none can be added; these would "
                f"be {count}. Leave out {count - before} of them. Nothing you typed here is lost.")
    return (f"{MOST_QUESTIONS} questions at most; these would be {count}. Leave out {count - MOST_QUESTIONS} of them. "
            "Nothing you typed here is lost.")


def arranged(sheet: Record | None, picked: Picked, answered: list[str]) -> list[Record]:
    """The questions as a worksheet keeps them: what is asked, then what is left out of it, in its words.

    What nobody answered makes room when there are too many.
    """
    out = [question["id"] for question in asked_in(sheet) if question["id"] not in picked.ids]
    spare = max(0, len(picked.ids) + len(out) - MOST_ANSWERS)
    going = [id for id in out[::-1] if id not in answered][:spare]
    return [*(picked.found[id] for id in picked.ids),
            *(picked.found[id] | {"out": True} for id in out if id not in going)]


def shown(one: sets.Set | None, sheet: Record | None, chosen: list[str], answered: list[str]) -> dict[str, Any]:
    """The form: what is ticked in its order, what is left out, and what was typed."""
    mine = {question["id"]: question["mine"] for question in one["questions"]} if one else {}
    rows = {id: {"id": id, "text": question["text"], "type": question["type"], "mine": mine.get(id, True),
                 "answered": id in answered} for id, question in known(one, sheet).items()}
    return {"rows": [rows[id] for id in chosen], "left": [row for id, row in rows.items() if id not in chosen],
            "many": len(chosen) == MOST_QUESTIONS < len(rows),
            "own": forms.text("own"), "kind": forms.line("kind") or "text"}
