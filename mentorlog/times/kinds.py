"""The hours of a usual week, and when a calendar says that somebody is busy. Kinds as in product.md, S15 and S16."""
from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .. import due, records
from ..due import DAYS
from ..models import Record as Row

HOURS = range(6, 22)  # each is an hour of the day that begins then: the last one ends at 22:00
CELL = "(?:mon|tue|wed|thu|fri|sat|sun)-(?:0[6-9]|1[0-9]|2[01])"
SPAN = "2[01][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]Z/[1-9][0-9]{0,4}"
MOST_SPANS = 1_000
Cells = Annotated[list[str], records.pieces(CELL, len(DAYS) * len(HOURS))]
Spans = Annotated[list[str], records.pieces(SPAN, MOST_SPANS, "whole")]


class Hours(records.Private):
    """A usual week: one's own, `name_id(names, "hours")`, or a mentor's as the mentee knows it, `"hours:" + partner`.

    Sets of cells such as `mon-09`, an hour of a weekday on the clocks of the zone: two devices that paint other hours
    both win. A cell in none of them is never offered; one that two devices painted differently is in several, and the
    strictest counts.
    """

    meaning = True

    good: Cells = Field(default_factory=list)
    possible: Cells = Field(default_factory=list)
    protected: Cells = Field(default_factory=list)  # focus: not offered, and nothing rings
    zone: records.Zone | None = None  # None: the person's own, or of a partner the one on the card
    partner: records.Ref | None = None

    @classmethod
    def after_write(cls, record: Row, before: records.Fields | None) -> None:
        """What is to be said in one's own focus hours waits."""
        if not record.fields.get("partner"):
            due.follow_week(record, before)


class Busy(records.Private):
    """When one's calendar was busy when it was read: `name_id(names, "busy")`.

    A record, so that every device and both servers propose the same hours; replaced as a whole, as it was read as a
    whole. Of the file nothing is kept but `2026-12-07T08:00Z/90`: from an instant on, so many minutes; and until when
    it was looked through.
    """

    meaning = True
    together = (frozenset({"read_at", "spans", "until"}),)

    read_at: records.Instant | None = None
    until: records.Instant | None = None  # None: eight weeks after the reading
    spans: Spans = Field(default_factory=list)
