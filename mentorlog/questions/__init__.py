"""Questions: sets to choose from, one's own among them, and worksheets, a person's answers to one of them."""
from __future__ import annotations

from . import own, sheets  # noqa: F401 - their views
from .kinds import Aim, Answer, Question, Set, Worksheet
from .routes import bp

__all__ = ["Aim", "Answer", "Question", "Set", "Worksheet", "bp"]
