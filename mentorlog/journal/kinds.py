"""The kind: an entry."""
from __future__ import annotations

from pydantic import Field

from .. import records


class Entry(records.Own):
    """One page of a journal. It may say what was learnt, which goal was set in it, and which one was looked back at."""

    private = frozenset({"tags", "goal", "rated"})

    title: records.Line200 = ""
    text: records.Prose60000 = ""
    tags: records.Tags = Field(default_factory=list)
    session: records.Ref | None = None
    lesson: records.Prose5000 = ""
    goal: records.Ref | None = None  # set while this entry was written
    rated: records.Ref | None = None  # the goal, not its rating
