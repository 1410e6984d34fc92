"""Finding: the rows that hold every word, counted by group, and the spelling that would find something."""
from __future__ import annotations

from collections import Counter
from typing import Any

from .. import prose
from ..memory import Row

SPELLING = 300  # of so many of the newest records is learnt how words are spelt
Words = list[str]
# What hits are chosen by, and the kinds in it.
GROUPS = {
    "entry": ("entry",), "goal": ("goal", "rating"), "answer": ("answer", "worksheet", "aim"), "set": ("set",),
    "line": ("line",), "session": ("session",), "partner": ("partner", "agreement"),
}


def hits(rows: list[Row], words: Words) -> list[Row]:
    """The rows that hold every word."""
    return [row for row in rows if prose.find(words, row.text)] if words else []


def of_group(found: list[Row], group: str) -> list[Row]:
    """Those of a group; all of them for ''."""
    return [row for row in found if row.kind in GROUPS[group]] if group else found


def groups(found: list[Row], chosen: str) -> list[dict[str, Any]]:
    """How many were found, in all and of each group that has any: {group: '' for all, count}."""
    counts = [{"group": group, "count": len(of_group(found, group))} for group in ("", *GROUPS)]
    return [one for one in counts if one["count"] or one["group"] in ("", chosen)]


def spelling(rows: list[Row], words: Words) -> str:
    """The words of a search that found nothing, spelt as the newest texts spell them; '' if that finds nothing."""
    unknown = [word for word in words if not any(word in row.text for row in rows)]
    spelt = Counter(word for row in rows[:SPELLING] for word in prose.vocabulary(row.text)) if unknown else Counter()
    better = [prose.nearest(word, spelt) if word in unknown else word for word in words]
    return " ".join(better) if unknown and all(better) and hits(rows, better) else ""
