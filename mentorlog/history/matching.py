"""What two lists share, in order, with the fewest changes between. Twin: service_worker/history/matching.js.

Myers, "An O(ND) Difference Algorithm and Its Variations" (Algorithmica 1, 1986): the greedy algorithm, with an end.
"""
from __future__ import annotations

from collections.abc import Sequence

MOST_CHANGES = 500  # of one comparison: the time grows with their square
MOST_STEPS = 300_000  # of all comparisons for one text; a third of a second at worst

Pairs = list[tuple[int, int]]  # places of what both share, in order


class Room:
    """How many steps a comparison has left, together with those before it."""

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self.left = steps

    def take(self, steps: int) -> bool:
        """Whether there was room for so many."""
        self.left -= steps
        return self.left >= 0


def matches(old: Sequence[str], new: Sequence[str], room: Room) -> Pairs | None:
    """What both share with the fewest changes between; None when that takes too many, or too long."""
    head, tail = _ends(old, new)
    inner = _shortest(old[head:len(old) - tail], new[head:len(new) - tail], room)
    if inner is None:
        return None
    front = [(at, at) for at in range(head)]
    back = [(len(old) - at, len(new) - at) for at in range(tail, 0, -1)]
    return front + [(head + a, head + b) for a, b in inner] + back


def _ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How much both share at the beginning, and of the rest at the end."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
    return head, tail


def _shortest(old: Sequence[str], new: Sequence[str], room: Room) -> Pairs | None:
    """Myers' greedy algorithm: after each change the furthest place on every diagonal, until the end is reached."""
    n, m = len(old), len(new)
    furthest, past = {1: 0}, list[dict[int, int]]()
    for d in range(min(n + m, MOST_CHANGES) + 1):
        past.append(dict(furthest))
        for k in range(-d + 2 * max(0, d - m), d - 2 * max(0, d - n) + 1, 2):
            start = x = furthest[k + 1] if _is_down(furthest, d, k) else furthest[k - 1] + 1
            while x < n and x - k < m and old[x] == new[x - k]:
                x += 1
            furthest[k] = x
            if x >= n and x - k >= m:
                return _way_back(past, n, m)
            if not room.take(1 + x - start):
                return None
    return None


def _is_down(furthest: dict[int, int], d: int, k: int) -> bool:
    """Whether the way to diagonal k comes from the one above it, by taking something of the new text."""
    return k == -d or (k != d and furthest.get(k - 1, -1) < furthest.get(k + 1, -1))


def _way_back(past: list[dict[int, int]], x: int, y: int) -> Pairs:
    """The matches of the way that ended at (x, y). past: the furthest places before each change."""
    found: Pairs = []
    for d in range(len(past) - 1, -1, -1):
        k = x - y
        before = k + 1 if _is_down(past[d], d, k) else k - 1
        start = past[d][before]
        while x > start and y > start - before:
            x, y = x - 1, y - 1
            found.append((x, y))
        x, y = start, start - before
    return found[::-1]
