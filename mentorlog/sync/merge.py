"""Three-way join of texts by sentence, of sets, and of lists by their elements' ids."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import Match, SequenceMatcher
from typing import Any

MOST_TOKENS = 1500  # sentences and spaces of one side
MOST_STEPS = 2_000_000  # of one comparison: difflib is cubic at worst, and ". . . ." is a text too
MOST_STEPS_TOGETHER = 10_000_000  # of a batch, which holds a lock; about a second
_left: ContextVar[list[int] | None] = ContextVar("left", default=None)  # steps that the batch has left
_BREAK = re.compile(r"(\n+)")
_SPACE = re.compile(r"((?<=[.!?…])[^\S\n]+)")

Row = dict[str, Any]


@contextmanager
def within_reason() -> Iterator[None]:
    """Inside, all comparisons together have an end too; what comes after it is kept instead of joined."""
    token = _left.set([MOST_STEPS_TOGETHER])
    try:
        yield
    finally:
        _left.reset(token)


def merge_text(base: str, ours: str, theirs: str, longest: int | None = None) -> str | None:
    """The joined text, or None where joining would lose words of one side or be longer than `longest` characters."""
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    sides = [tokens(text) for text in (base, ours, theirs)]
    if max(map(len, sides)) > MOST_TOKENS:
        return None
    text = _either(*sides)
    return None if text is None or (longest is not None and len(text) > longest) else text


def _either(base: list[str], ours: list[str], theirs: list[str]) -> str | None:
    """Compare from the front, else from the back: a new paragraph touches what stands before it or what comes after."""
    try:
        joined = _joined(base, ours, theirs)
        if joined is None:
            back = _joined(base[::-1], ours[::-1], theirs[::-1])
            joined = None if back is None else back[::-1]
    except TooManyStepsError:
        return None
    return None if joined is None else "".join(joined)


def _joined(base: list[str], ours: list[str], theirs: list[str]) -> list[str] | None:
    """What `diff3` makes of them, unless a sentence is doubled in it."""
    joined = diff3(base, ours, theirs)
    return None if joined is None or _is_doubled(joined, ours, theirs) else joined


def _is_doubled(joined: list[str], ours: list[str], theirs: list[str]) -> bool:
    """Whether a sentence stands there more often than in either: both wrote it, and diff3 saw two places.

    A number at the beginning of a line is none.
    """
    counts, mine, yours = Counter(joined), Counter(ours), Counter(theirs)
    return any(count > max(mine[token], yours[token]) for token, count in counts.items()
               if any(map(str.isalpha, token)))


def tokens(text: str) -> list[str]:
    """Sentences, and the white space between them as tokens of their own, so that neighbours do not touch."""
    return [part for line in _BREAK.split(text) for part in _SPACE.split(line) if part]


def diff3(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    """The joined tokens, or None when both sides changed one place in two ways.

    Khanna, Kunal, Pierce, "A Formal Investigation of Diff3" (FSTTCS 2007): what all three share is stable; between two
    stable stretches one side's tokens are taken if the other side left the base's as they were.
    """
    joined: list[str] = []
    b = o = t = 0
    for start, at_ours, at_theirs, length in _stable(base, ours, theirs):
        chunk = _settle(base[b:start], ours[o:at_ours], theirs[t:at_theirs])
        if chunk is None:
            return None
        joined += chunk
        joined += base[start:start + length]
        b, o, t = start + length, at_ours + length, at_theirs + length
    return joined


def _settle(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Sequence[str] | None:
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else None


def _stable(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches that stand in all three: (place in base, in ours, in theirs, length), and the empty one at the end."""
    mine, yours = _matches(base, ours), _matches(base, theirs)
    i = j = 0
    while i < len(mine) and j < len(yours):
        (at, at_ours, length), (other, at_theirs, other_length) = mine[i], yours[j]
        start, end = max(at, other), min(at + length, other + other_length)
        if start < end:
            yield start, at_ours + start - at, at_theirs + start - other, end - start
        if at + length < other + other_length:
            i += 1
        else:
            j += 1
    yield len(base), len(ours), len(theirs), 0


def _matches(base: Sequence[str], side: Sequence[str]) -> list[tuple[int, int, int]]:
    """Matching stretches (place in base, place in side, length), in order: equal ends first, difflib for the rest."""
    shorter = min(len(base), len(side))
    head = next((n for n in range(shorter) if base[n] != side[n]), shorter)
    tail = next((n for n in range(shorter - head) if base[-1 - n] != side[-1 - n]), shorter - head)
    inner = _Matcher(base[head:len(base) - tail], side[head:len(side) - tail])
    found = [(0, 0, head), (len(base) - tail, len(side) - tail, tail)]
    found[1:1] = [(head + block.a, head + block.b, block.size) for block in inner.get_matching_blocks()]
    return _slid(base, side, [block for block in found if block[2]])


def _slid(base: Sequence[str], side: Sequence[str], blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Each insertion and deletion as far back in the text as it can stand.

    " B." before a space is "B. " behind it. What both sides inserted alike has to stand at one place, or it would stand
    twice.
    """
    done: list[tuple[int, int, int]] = []
    for at, at_side, length in blocks:
        while done and length:
            before, before_side, so_far = done[-1]
            a, b = before + so_far, before_side + so_far
            if (a != at and b != at_side) or base[a] != side[b]:
                break
            done[-1] = (before, before_side, so_far + 1)
            at, at_side, length = at + 1, at_side + 1, length - 1
        if length:
            done.append((at, at_side, length))
    return done


class TooManyStepsError(Exception):
    """Two texts that take too long to compare."""


class _Matcher(SequenceMatcher[str]):
    """difflib on tokens, with an end.

    White space is no place to begin a match at, it only comes along with its sentence. autojunk would drop every token
    that is frequent from 200 tokens on.
    """

    a: Sequence[str]
    b2j: dict[str, list[int]]

    def __init__(self, base: Sequence[str], side: Sequence[str]) -> None:
        super().__init__(str.isspace, base, side, autojunk=False)
        self.steps = 0

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        steps = sum(1 + len(self.b2j.get(token, ())) for token in self.a[alo:ahi])
        self.steps += steps
        if left := _left.get():
            left[0] -= steps
        if self.steps > MOST_STEPS or (left and left[0] < 0):
            raise TooManyStepsError
        return super().find_longest_match(alo, ahi, blo, bhi)


def join_sets(saw: list[str], current: list[str], new: list[str]) -> list[str]:
    """What the author took out is out, what they put in is in; the rest stays as it is now, in its order."""
    taken_out = set(saw) - set(new)
    stays = [one for one in current if one not in taken_out]
    return stays + [one for one in new if one not in saw and one not in stays]


def join_lists(saw: list[Row], current: list[Row], new: list[Row]) -> tuple[list[Row], list[tuple[Row, Row, Row]]]:
    """Join two lists of elements `{id, ...}`.

    An element changed on one side takes that side; removed and unchanged is removed, removed and changed stays.
    The order is the incoming one, or the present one where only that was moved; elements that only the other side has
    follow what they follow there.

    :return: the list, and (saw, current, new) of each element that both sides changed, in the list as it is now
    """
    seen, now, wanted = (_by_id(rows) for rows in (saw, current, new))
    kept = {id: row for id in wanted | now if (row := _element(seen.get(id), now.get(id), wanted.get(id)))}
    both = [(seen.get(id, {"id": id}), now[id], wanted[id]) for id in wanted.keys() & now.keys()
            if seen.get(id) != now[id] and seen.get(id) != wanted[id] and now[id] != wanted[id]]
    only_there = _moved(seen, now) and not _moved(seen, wanted)
    first, second = (now, wanted) if only_there else (wanted, now)
    return _in_order(kept, list(first), list(second)), both


def _by_id(rows: list[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in rows}


def _element(saw: Row | None, current: Row | None, new: Row | None) -> Row | None:
    """What becomes of one element; None: it is out."""
    if current is None:
        return None if new == saw else new
    if new is None:
        return None if current == saw else current
    return new if current == saw else current


def _moved(before: dict[str, Row], after: dict[str, Row]) -> bool:
    """Whether what is in both stands in another order."""
    return [id for id in before if id in after] != [id for id in after if id in before]


def _in_order(rows: dict[str, Row], first: list[str], second: list[str]) -> list[Row]:
    order = [id for id in first if id in rows]
    for place, id in enumerate(second):
        if id in rows and id not in order:
            before = next((one for one in reversed(second[:place]) if one in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, id)
    return [rows[id] for id in order]
