"""History: what a record was in the last thirty days, what differs, and the way back."""
from __future__ import annotations

from . import difference
from .past import versions
from .routes import bp, found

__all__ = ["bp", "difference", "found", "versions"]
