"""The question library: sets of questions for a session, read once from question_sets.json and frozen."""
from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ..errors import Missing
from ..prose import clean
from ..records.fields import SLUG

FILE = Path(__file__).with_name("question_sets.json")
MOST_QUESTIONS = 50
PHASES = ("start", "early", "any", "middle", "end", "after")  # of a mentorship
SITUATIONS = ("beginning", "session", "growing", "hard", "together", "ending")  # in which a set is picked
SEEKING = ("onboarding_gaps", "plateau", "accountability", "exploration")  # what a mentee can be looking for


def _as_stored(text: str) -> str:
    if clean(text) != text:
        raise ValueError("not clean: see prose.clean")
    return text


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    def checked(word: str) -> str:
        if word not in words:
            raise ValueError(f"{word}: none of {', '.join(words)}")
        return word
    return checked


Slug = Annotated[str, StringConstraints(pattern=f"^{SLUG.pattern}$")]
Word = Annotated[str, StringConstraints(pattern="^[a-z][a-z_]{0,63}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\n]*$"), AfterValidator(_as_stored)]
Who = Literal["both", "mentee", "mentor"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class FollowUp(_Part):
    """One more line of text when the answer was `if`."""

    if_: Literal["yes", "no", "not_sure"] = Field(alias="if")
    text: Line


class Question(_Part):
    """One question. `low` and `high` name the ends of a scale; `for` narrows the set's own."""

    id: Slug
    type: Literal["text", "list", "scale", "yes_no"]
    text: Line
    hint: Line | None = None
    low: Line | None = None
    high: Line | None = None
    for_: Who | None = Field(None, alias="for")
    follow_up: FollowUp | None = None

    @model_validator(mode="after")
    def _ends_belong_to_a_scale(self) -> Question:
        ends = [end is not None for end in (self.low, self.high)]
        if any(ends) if self.type != "scale" else not all(ends):
            raise ValueError(f"{self.id}: a scale has both ends, nothing else has any")
        if self.follow_up and self.type != "yes_no":
            raise ValueError(f"{self.id}: only yes or no is followed up")
        return self


class QuestionSet(_Part):
    """Questions for one situation. `suggest` says when to offer it; `sharing` only what is offered, never done."""

    id: Slug
    title: Line
    goal: Line
    when_to_use: Line
    phase: Annotated[str, AfterValidator(_one_of(PHASES))]
    situation: Annotated[str, AfterValidator(_one_of(SITUATIONS))]
    for_: Who = Field(alias="for")
    seeking: tuple[Annotated[str, AfterValidator(_one_of(SEEKING))], ...]
    minutes: int = Field(ge=1, le=480)
    sharing: Literal["private", "pair"]
    suggest: dict[Word, bool | int | float | str]
    questions: tuple[Question, ...] = Field(min_length=1, max_length=MOST_QUESTIONS)


def _distinct(sets: tuple[QuestionSet, ...]) -> tuple[QuestionSet, ...]:
    ids = Counter([one.id for one in sets] + [question.id for one in sets for question in one.questions])
    if twice := [name for name, times in ids.items() if times > 1]:
        raise ValueError(f"used twice: {', '.join(twice)}")
    return sets


class Library(_Part):
    """All sets. Ids are kept in answers for ever: retire one, never rename or reuse it."""

    version: Literal[1]
    locale: Literal["en"]
    types: dict[Word, Line]
    sets: Annotated[tuple[QuestionSet, ...], AfterValidator(_distinct)]


def read(text: str) -> Library:
    """Return the library in a JSON text.

    :raise ValueError: not clean, a wrong type, a limit passed, an id used twice
    """
    return Library.model_validate_json(text)


@cache
def _library() -> Library:
    return read(FILE.read_text("utf-8"))


def sets() -> list[dict[str, Any]]:
    """Return all sets as plain JSON, in the file's order: the same keys on both servers, absent ones left out."""
    return json.loads(_as_json())  # type: ignore[no-any-return]


@cache
def _as_json() -> str:
    return json.dumps([one.model_dump(mode="json", by_alias=True, exclude_unset=True) for one in _library().sets])


def find(slug: str) -> dict[str, Any]:
    """Return one set as plain JSON.

    :raise Missing: no set of this id
    """
    found = next((one for one in sets() if one["id"] == slug), None)
    if found is None:
        raise Missing
    return found
