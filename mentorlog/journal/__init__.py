"""The journal: entries, by month."""
from __future__ import annotations

from .kinds import Entry
from .routes import bp

__all__ = ["Entry", "bp"]
