"""The kinds: a worksheet with the questions as they were asked, and an answer."""
from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .. import records

MOST_QUESTIONS = 50
MOST_ANSWERS = 60  # in one worksheet


class Question(records.Item):
    """A question in the words in which it was asked then."""

    type: Annotated[str, records.choice("text", "list", "scale", "yes_no")] = "text"
    text: records.Line300 = ""
    hint: records.Line300 = ""
    low: records.Line140 = ""  # what 1 means on a scale
    high: records.Line140 = ""  # what 5 means
    more_if: Annotated[str, records.choice("yes", "no", "not_sure")] | None = None
    more: records.Line300 = ""  # asked after that answer


class Worksheet(records.Own):
    """One round through a set. With a session its id is `name_id(names, "worksheet:" + session + ":" + set)`."""

    meaning = True

    set: records.Slug | None = None
    title: records.Line200 = ""
    session: records.Ref | None = None
    questions: Annotated[list[Question], records.items(Question, MOST_QUESTIONS)] = Field(default_factory=list)
    place: records.Slug | None = None  # the question to go on with


class Answer(records.Own):
    """One answer: its id is `name_id(names, "answer:" + worksheet + ":" + question)`."""

    meaning = True

    worksheet: records.Ref | None = None
    question: records.Slug | None = None
    text: records.Prose5000 = ""
    scale: Annotated[int, records.whole(1, 5)] | None = None
    choice: Annotated[str, records.choice("yes", "no", "not_sure")] | None = None
    skipped: records.Flag = False
    discussed: records.Flag = False
