"""How two copies of a record become one: the one door (apply, merge), the window (pull), the way back (restore)."""
from __future__ import annotations

from .kept import Kept

__all__ = ["Kept"]
