"""The shape of what `POST /sync` brings, before any of it is believed."""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from .. import clock

VERSION = 1  # this one and the one before it are understood
MOST_CHANGES = 1_000
LARGEST_CURSOR = 2**53 - 1  # a number that JavaScript counts with
WRONG_CLOCK = timedelta(minutes=2)


def shape_error(asked: Any) -> str | None:
    """`upgrade`, `too_big` or `malformed` for a request that cannot be answered, None for one that can.

    One change that cannot be read is refused alone, if it has an id to answer to.
    """
    if not isinstance(asked, dict) or not _is_whole(asked.get("v")):
        return "malformed"
    if asked["v"] not in (VERSION - 1, VERSION):
        return "upgrade"
    changes = asked.get("changes")
    if not isinstance(changes, list) or not _has_head(asked):
        return "malformed"
    if len(changes) > MOST_CHANGES:
        return "too_big"
    return None if all(_has_name(change) for change in changes) else "malformed"


def _has_head(asked: dict[str, Any]) -> bool:
    """Who asks, and what they have."""
    names = all(_is_name(asked.get(name)) for name in ("person", "device"))
    epoch = asked.get("epoch") is None or _is_name(asked["epoch"])
    cursor = _is_whole(asked.get("cursor")) and 0 <= asked["cursor"] <= LARGEST_CURSOR
    notes = all(isinstance(asked.get(name), str | None) for name in ("zone", "sent_at"))
    return names and epoch and cursor and notes and isinstance(asked.get("told", False), bool)


def _has_name(change: Any) -> bool:
    """Whether it can be answered to: the answer goes by `id`, and what follows is held back by `record`."""
    return isinstance(change, dict) and _is_name(change.get("id")) and _is_name(change.get("record"))


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 64 and value.isprintable()


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def shift_of(asked: dict[str, Any]) -> timedelta:
    """How far the device's clock is behind ours; nothing when it is right within two minutes, or does not say."""
    try:
        sent_at = datetime.fromisoformat(asked.get("sent_at") or "")
        shift = clock.now() - sent_at
    except (ValueError, TypeError, OverflowError):
        return timedelta(0)
    return shift if abs(shift) > WRONG_CLOCK else timedelta(0)
