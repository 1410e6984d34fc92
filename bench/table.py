"""The rows of the table, and how they are printed."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median
from typing import NamedTuple

RUNS = 7
HEAD = ("what", "mentorlog", "beside it", "ratio", "wanted", "beside it stands")


class Row(NamedTuple):
    """One figure. peer: what was measured beside it in the same run, of the same unit; beside: what that is."""

    what: str
    ours: float
    peer: float
    unit: str
    beside: str = ""
    wanted: str = ""


def interleaved(ours: Callable[[], float], peer: Callable[[], float], runs: int = RUNS) -> tuple[float, float]:
    """The medians of both, run by turns, so that a busy minute of the machine meets both."""
    measured = [(ours(), peer()) for _ in range(runs)]
    one, other = zip(*measured, strict=True)
    return median(one), median(other)


def number(value: float, unit: str) -> str:
    """A figure with as many digits as it deserves."""
    digits = 0 if unit in ("bytes", "requests") or value >= 100 else 2 if value < 10 else 1
    return f"{value:,.{digits}f} {unit}"


def markdown(rows: Iterable[Row]) -> str:
    """The table."""
    lines = [HEAD, ("---",) * len(HEAD)]
    for row in rows:
        ratio = f"{row.ours / row.peer:.2f}" if row.peer else ""
        lines.append((row.what, number(row.ours, row.unit), number(row.peer, row.unit) if row.peer else "", ratio,
                      row.wanted, row.beside))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
