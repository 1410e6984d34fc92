"""Goals: at most three open, each with steps and a day; rated 1 to 5, then the next."""
from __future__ import annotations

from . import routes_ending, routes_review
from .kinds import Goal, Rating
from .looking import any_due, brief, due, everything, open_ones, rating_id, rating_of, said, summary, unrated
from .planning import gave_way
from .routes import bp

__all__ = ["Goal", "Rating", "any_due", "bp", "brief", "due", "everything", "gave_way", "open_ones", "rating_id",
           "rating_of", "routes_ending", "routes_review", "said", "summary", "unrated"]
