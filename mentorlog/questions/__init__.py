"""Questions: sets to choose from, and worksheets, a person's answers to one of them."""
from __future__ import annotations

from .kinds import Answer, Question, Worksheet
from .routes import bp

__all__ = ["Answer", "Question", "Worksheet", "bp"]
