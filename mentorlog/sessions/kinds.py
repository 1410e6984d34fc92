"""What a session is. Kinds as in product.md, S09."""
from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .. import clock, due, records
from ..models import Record as Row
from ..turns import MOST as MOST_TURNS
from ..turns import STATES

MOST_MOVES = 20


class Move(records.Item):
    """The hour at which a session was to be before it was moved; its id is day and hour: two devices note it once."""

    starts_on: records.Day | None = None
    starts_time: records.Time | None = None
    zone: records.Zone | None = None


class Turn(records.Item):
    """A state that a session came into, with the word for it; its id is that of the change: sent twice, it is one."""

    state: Annotated[str, records.choice(*STATES)] | None = None
    why: Annotated[str, records.Spec("line", max=200)] = ""  # nobody changes it afterwards: it joins as a whole
    at: records.Instant | None = None


class Session(records.Paired):
    """One meeting. The wall time is the truth; the instant follows from it."""

    ordered_by = "starts"
    together = (frozenset(clock.WALL),)

    starts_on: records.Day | None = None
    starts_time: records.Time | None = None
    zone: records.Zone | None = None
    minutes: Annotated[int, records.whole(5, 480)] = 60
    channel: Annotated[str, records.choice("video", "phone", "chat", "in_person")] = "video"
    link: records.Line2000 = ""
    phone: records.Line40 = ""
    state: Annotated[str, records.choice("planned", "held", "missed", "moved", "cancelled")] = "planned"
    went_on: Annotated[str, records.choice("video", "phone", "text", "chat", "mail", "other")] | None = None  # S10
    partner: records.Ref | None = None
    series: records.Ref | None = None  # the first of those that were planned at once by a rhythm
    moves: Annotated[list[Move], records.items(Move, MOST_MOVES)] = Field(default_factory=list)
    turns: Annotated[list[Turn], records.items(Turn, MOST_TURNS)] = Field(default_factory=list)
    why: records.Line200 = ""  # it is cancelled
    notes: records.Prose60000 = ""

    @classmethod
    def at(cls, fields: records.Fields, made_at: str) -> str:
        """The instant at which it starts; `made_at` while day, time or zone is missing."""
        wall = clock.wall(fields)
        return clock.iso(clock.instant(*wall)) if wall else made_at

    @classmethod
    def after_write(cls, record: Row, before: records.Fields | None) -> None:
        """Its reminders follow it."""
        due.follow_session(record, before)
