"""Sessions: when two people meet, by which channel, and what became of it."""
from __future__ import annotations

from . import routes_ending, routes_fallback, routes_planning
from .kinds import Session
from .looking import item, until, whole, worksheet
from .routes import bp

__all__ = ["Session", "bp", "item", "routes_ending", "routes_fallback", "routes_planning", "until", "whole",
           "worksheet"]
