"""Sessions: when two people meet, by which channel, and what became of it."""
from __future__ import annotations

from typing import Annotated

from . import clock, records


class Session(records.Paired):
    """One meeting. The wall time is the truth; the instant follows from it."""

    ordered_by = "starts"

    starts_on: records.Day | None = None
    starts_time: records.Time | None = None
    zone: records.Zone | None = None
    minutes: Annotated[int, records.whole(5, 480)] = 60
    channel: Annotated[str, records.choice("video", "phone", "chat", "in_person")] = "video"
    link: records.Line2000 = ""
    phone: records.Line40 = ""
    state: Annotated[str, records.choice("planned", "held", "missed", "moved", "cancelled")] = "planned"
    partner: records.Ref | None = None
    notes: records.Prose60000 = ""

    @classmethod
    def at(cls, fields: records.Fields, made_at: str) -> str:
        """The instant at which it starts; `made_at` while day, time or zone is missing."""
        wall = [fields.get(name) for name in ("starts_on", "starts_time", "zone")]
        return clock.iso(clock.instant(*map(str, wall))) if all(wall) else made_at
