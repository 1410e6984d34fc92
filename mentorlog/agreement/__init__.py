"""The agreement of a mentee and a mentor: rhythm, length, ways, notice, review; a pause; what was agreed on before."""
from __future__ import annotations

from .kinds import Agreement
from .looking import brief, by_card, id_of, of_card, overdue, pauses, rests, terms, told, wait_of, ways_to
from .routes import bp

__all__ = ["Agreement", "bp", "brief", "by_card", "id_of", "of_card", "overdue", "pauses", "rests", "terms", "told",
           "wait_of", "ways_to"]
