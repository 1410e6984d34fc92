"""What people write: kinds of records, their fields and limits, who sees them, and reading them."""
from __future__ import annotations

from .fields import (
    Day,
    Flag,
    Instant,
    Item,
    Line40,
    Line140,
    Line200,
    Line300,
    Line2000,
    Prose5000,
    Prose60000,
    Ref,
    Slug,
    Spec,
    Tags,
    Time,
    Zone,
    choice,
    items,
    line,
    pieces,
    prose,
    specs,
    whole,
)
from .ids import ids_from, is_id, name_id, new_id
from .kind import KINDS, Fields, Kind, Own, Paired, Private, below, describe, item_problems, problems, shelf_of
from .reading import (
    LAST,
    Found,
    binned,
    count,
    everything,
    find,
    many,
    moments,
    newer,
    seen_by,
    shelf,
    since,
    told,
    with_bins,
)
from .words import all_words, words

__all__ = [
    "KINDS", "LAST", "Day", "Fields", "Flag", "Found", "Instant", "Item", "Kind", "Line40", "Line140", "Line200",
    "Line300", "Line2000", "Own", "Paired", "Private", "Prose5000", "Prose60000", "Ref", "Slug", "Spec", "Tags",
    "Time", "Zone", "all_words", "below", "binned", "choice", "count", "describe", "everything", "find", "ids_from",
    "is_id", "item_problems", "items", "line", "many", "moments", "name_id", "new_id", "newer", "pieces", "problems",
    "prose", "seen_by", "shelf", "shelf_of", "since", "specs", "told", "whole", "with_bins", "words",
]
