"""Finding a time: the hours of a usual week, three proposals, busy times out of a calendar file."""
from __future__ import annotations

from .drawing import own
from .kinds import Busy, Hours
from .routes import bp

__all__ = ["Busy", "Hours", "bp", "own"]
