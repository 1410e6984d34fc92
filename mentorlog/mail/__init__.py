"""E-mail: one letter to one person, and how they stop them. What is said and when is decided elsewhere."""
from __future__ import annotations

from .letters import Words
from .routes import bp
from .sending import ANSWER_SECONDS, LONGEST_SECONDS, Mailer, open_mailer
from .unsubscribing import KINDS, address, wants

__all__ = ["ANSWER_SECONDS", "KINDS", "LONGEST_SECONDS", "Mailer", "Words", "address", "bp", "open_mailer", "wants"]
