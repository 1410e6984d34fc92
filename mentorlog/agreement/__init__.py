"""The agreement of a mentee and a mentor: rhythm, length, ways, notice, review; a pause; what was agreed on before."""
from __future__ import annotations

from .kinds import Agreement
from .looking import bounds, brief, by_card, id_of, of_card, overdue, pauses, terms, until, wait_of, ways_to
from .routes import bp

__all__ = ["Agreement", "bounds", "bp", "brief", "by_card", "id_of", "of_card", "overdue", "pauses", "terms", "until",
           "wait_of", "ways_to"]
