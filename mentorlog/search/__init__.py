"""Search over everything a person wrote: every word, anywhere, newest first, marked."""
from __future__ import annotations

from .looking import TITLE, WHAT, address, title
from .routes import bp

__all__ = ["TITLE", "WHAT", "address", "bp", "title"]
