"""Partner cards: how a mentee reaches a mentor who has no account here."""
from __future__ import annotations

from . import records


class Partner(records.Private):
    """The mentee's own card of a mentor."""

    name: records.Line200 = ""
    email: records.Line200 = ""
    phone: records.Line40 = ""
    link: records.Line2000 = ""
    zone: records.Zone | None = None
    fallback: records.Prose5000 = ""  # one way a line, in the order to try them
