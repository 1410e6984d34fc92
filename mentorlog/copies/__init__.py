"""Reading the file of a copy back: what is in it is said in words, then a tap brings it in as ordinary changes."""
from __future__ import annotations

from .comparing import Here, Plan, compare
from .reading import LARGEST_BYTES, LARGEST_ON_A_DEVICE_BYTES, Copy, parse, text_of
from .routes import bp

__all__ = ["LARGEST_BYTES", "LARGEST_ON_A_DEVICE_BYTES", "Copy", "Here", "Plan", "bp", "compare", "parse", "text_of"]
