"""The kinds: a goal with its steps, and its rating."""
from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from .. import due, records
from ..models import Record as Row

MOST_STEPS = 6
MOST_EARLIER = 20
MOST_DATES = 20
# Values that gave way: {value, reason, until}, the newest last. Only the join writes them.
Earlier = Annotated[list[dict[str, Any]], records.Spec("rows", max=MOST_EARLIER, server=True)]


class Step(records.Item):
    """One step on the way to a goal."""

    text: records.Line140 = ""
    done: records.Flag = False


class Before(records.Item):
    """A day by which a goal was to be done before it was carried over. Its id is the day: two devices note it once."""


class Goal(records.Own):
    """What a mentee sets out to do by a day. It is open until it is rated, waits, was split, or was let go."""

    private = frozenset({"why", "follows", "ended_why"})
    together = (frozenset({"ended", "ended_at"}),)

    text: records.Line140 = ""
    why: records.Prose5000 = ""
    earns: records.Prose5000 = ""  # what earns a 5
    due_on: records.Day | None = None
    area: Annotated[str, records.choice("skill", "career", "people", "wellbeing", "other")] | None = None
    session: records.Ref | None = None
    steps: Annotated[list[Step], records.items(Step, MOST_STEPS)] = Field(default_factory=list)
    waits: records.Flag = False
    dates: Annotated[list[Before], records.items(Before, MOST_DATES)] = Field(default_factory=list)
    follows: records.Ref | None = None  # the goal that it carries on, or is a part of
    ended: Annotated[str, records.choice("split", "let_go")] | None = None
    ended_at: records.Instant | None = None
    ended_why: records.Prose5000 = ""

    @classmethod
    def after_write(cls, record: Row, before: records.Fields | None) -> None:
        """Its reminder follows it."""
        due.follow_goal(record)


class Rating(records.Own):
    """How a goal went. One for each goal: its id is `name_id(names, "rating:" + goal)`."""

    meaning = True
    part_of = "goal"
    along = {"value": "reason"}

    goal: records.Ref | None = None
    value: Annotated[int, records.whole(1, 5)] | None = None
    reason: records.Prose5000 = ""
    earlier: Earlier = Field(default_factory=list)

    @classmethod
    def in_words(cls, fields: records.Fields, whole: records.Fields) -> str:
        """The goal, then how it went and why, the value that stands last."""
        told = [*(fields.get("earlier") or []), fields]
        said = [(f"{one['value']} of 5" if one.get("value") else "", one.get("reason")) for one in told]
        return records.below(whole.get("text"), [part for pair in said for part in pair])

    @classmethod
    def settle(cls, fields: records.Fields, before: records.Fields, at: str) -> records.Fields:
        """Note the value that gives way, with its reason."""
        if before.get("value") in (None, fields.get("value")) or fields.get("deleted"):
            return fields
        gone = {"value": before["value"], "reason": before.get("reason", ""), "until": at}
        return fields | {"earlier": [*fields.get("earlier", []), gone][-MOST_EARLIER:]}
