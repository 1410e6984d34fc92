"""The kinds: a set of one's own, a worksheet with the questions as they were asked, an answer, what one looks for."""
from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .. import due, records
from ..library import PHASES, SEEKING, SITUATIONS
from ..models import Record as Row

MOST_QUESTIONS = 50
MOST_ANSWERS = 60  # in one worksheet: the questions that are asked, and those left out that have an answer

CHOSEN = {"yes": "Yes", "no": "No", "not_sure": "Not sure"}


class Question(records.Item):
    """A question in the words in which it is asked."""

    type: Annotated[str, records.choice("text", "list", "scale", "yes_no")] = "text"
    text: records.Prose5000 = ""
    hint: records.Line300 = ""
    low: records.Line140 = ""  # what 1 means on a scale
    high: records.Line140 = ""  # what 5 means
    more_if: Annotated[str, records.choice("yes", "no", "not_sure")] | None = None
    more: records.Line300 = ""  # asked after that answer


class Asked(Question):
    """A question of a worksheet. One that is left out stays, in its words, for the answer that it has."""

    out: records.Flag = False


class Set(records.Own):
    """Questions of one's own, to be used like a set of the library."""

    title: records.Line200 = ""
    about: records.Line300 = ""
    situation: Annotated[str, records.choice(*SITUATIONS)] | None = None
    phase: Annotated[str, records.choice(*PHASES)] | None = None
    questions: Annotated[list[Question], records.items(Question, MOST_QUESTIONS)] = Field(default_factory=list)


class Worksheet(records.Own):
    """One round through a set: a slug of the library, or the id of one's own.

    With a session its id is `name_id(names, "worksheet:" + session + ":" + set)`.
    """

    meaning = True

    set: records.Slug | None = None
    title: records.Line200 = ""
    session: records.Ref | None = None
    questions: Annotated[list[Asked], records.items(Asked, MOST_ANSWERS)] = Field(default_factory=list)

    @classmethod
    def after_write(cls, record: Row, before: records.Fields | None) -> None:
        """Its reminder follows it."""
        due.follow_worksheet(record)


class Answer(records.Own):
    """One answer: its id is `name_id(names, "answer:" + worksheet + ":" + question)`."""

    meaning = True
    part_of = "worksheet"

    worksheet: records.Ref | None = None
    question: records.Slug | None = None
    text: records.Prose5000 = ""
    scale: Annotated[int, records.whole(1, 5)] | None = None
    choice: Annotated[str, records.choice("yes", "no", "not_sure")] | None = None
    skipped: records.Flag = False
    discussed: records.Flag = False

    @classmethod
    def in_words(cls, fields: records.Fields, whole: records.Fields) -> str:
        """The question, then what was answered."""
        asked = [one for one in whole.get("questions") or [] if one["id"] == fields.get("question")]
        said = [f"{fields['scale']} of 5" if fields.get("scale") else "", CHOSEN.get(fields.get("choice") or ""),
                fields.get("text")]
        return records.below(asked[0].get("text") if asked else "", said)


class Aim(records.Own):
    """What a mentee is looking for: a record each time it is said, so that what was said before keeps its date."""

    seeking: records.Tags = Field(default_factory=list)  # of library.SEEKING
    first: Annotated[str, records.choice(*SEEKING)] | None = None  # which of them comes first
    text: records.Line300 = ""
