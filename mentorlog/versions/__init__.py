"""Two versions: what could not be joined, beside what stands, until a person decides. Then it is settled everywhere."""
from __future__ import annotations

from .routes import bp

__all__ = ["bp"]
