"""E-mail: one letter to one person, and how they stop them. What is said and when is decided elsewhere."""
from __future__ import annotations

from .letters import Words
from .routes import bp
from .sending import Mailer, open_mailer
from .unsubscribing import KINDS, address, wants

__all__ = ["KINDS", "Mailer", "Words", "address", "bp", "open_mailer", "wants"]
