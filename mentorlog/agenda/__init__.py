"""The agenda: lines to talk about, in three pockets."""
from __future__ import annotations

from .filing import adding
from .kinds import Line
from .looking import (
    DONE,
    FELL_THROUGH,
    LENGTH,
    LENGTHS,
    LONGEST,
    agenda,
    ahead,
    coming,
    count,
    end,
    lately,
    lines,
    over,
    state,
)
from .numbering import numbers
from .routes import bp

__all__ = ["DONE", "FELL_THROUGH", "LENGTH", "LENGTHS", "LONGEST", "Line", "adding", "agenda", "ahead", "bp", "coming",
           "count", "end", "lately", "lines", "numbers", "over", "state"]
