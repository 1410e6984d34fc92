"""The kind: an entry."""
from __future__ import annotations

from pydantic import Field

from .. import records


class Entry(records.Own):
    """One page of a journal."""

    private = frozenset({"tags"})

    title: records.Line200 = ""
    text: records.Prose60000 = ""
    tags: records.Tags = Field(default_factory=list)
    session: records.Ref | None = None
