"""What differs between two texts, by words within paragraphs, for eyes. Twin: service_worker/history/difference.js.

Paragraphs that stand in both are found first, then the words in what lies between: paragraph by paragraph if both sides
have as many. Where that takes too long, the old stretch goes and the new one comes, at worst the whole text.
"""
from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest
from typing import Any

from .. import prose
from .matching import Pairs, Room, matches

SAME, COMES, GOES = "", "ins", "del"
MOST_BETWEEN = 2  # words that stayed between two changes and are shown as part of them
END = "¶"  # where a paragraph ends that did not, or no longer does
_SPACES = prose.SPACE.pattern[1:-2]
_LETTERS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # written without spaces: each is a word
_BREAK = re.compile(r"(\n+)")
_WORD = re.compile(f"([{_LETTERS}]|[^{_SPACES}{_LETTERS}]+)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)]) ")

Piece = tuple[str, str]  # a text, and SAME, COMES or GOES
Step = tuple[str, str, bool]  # the same, and whether it is a whole paragraph of both
Change = tuple[str, str, str]  # what goes, what comes, what stays behind both
Block = dict[str, Any]


def steps(old: str, new: str) -> list[Step]:
    """From the old text to the new one: what stays, what goes, what comes.

    Without what comes, the texts of the steps are the old text; without what goes, the new one.
    """
    before, after, room = _BREAK.split(old), _BREAK.split(new), Room()  # paragraphs; at odd places the breaks
    pairs = matches(before[::2], after[::2], room)
    if pairs is None:
        return _replaced(old, new)
    found, a, b = list[Step](), 0, 0
    for i, j in [*pairs, (len(before), len(after))]:
        found += _stretch(before[max(0, 2 * a - 1):2 * i], after[max(0, 2 * b - 1):2 * j], room)
        found += [(before[2 * i], SAME, True)] if 2 * i < len(before) else []
        a, b = i + 1, j + 1
    return found


def _replaced(old: str, new: str) -> list[Step]:
    return [(text, sign, False) for text, sign in ((old, GOES), (new, COMES)) if text]


def _stretch(before: list[str], after: list[str], room: Room) -> list[Step]:
    """What lies between two paragraphs that stayed, word by word. before, after: paragraphs and breaks."""
    old, new = "".join(before), "".join(after)
    if old == new:
        return [(old, SAME, False)] if old else []
    if len(before) == len(after) > 1:
        return [step for one, other in zip(before, after, strict=True) for step in _stretch([one], [other], room)]
    olds, news = _WORD.split(old), _WORD.split(new)  # white space; at odd places words
    pairs = matches(olds[1::2], news[1::2], room)
    if pairs is None:
        return _replaced(old, new)
    return [(text, sign, False) for goes, comes, stays in _smooth(_changes(olds, news, pairs))
            for text, sign in ((goes, GOES), (comes, COMES), (stays, SAME)) if text]


def _changes(olds: list[str], news: list[str], pairs: Pairs) -> list[Change]:
    """What changed, in order. White space that both sides have around a change stays."""
    found, a, b = [("", "", "")], 0, 0
    for i, j in [*pairs, (len(olds) // 2, len(news) // 2)]:
        goes, comes = "".join(olds[2 * a:2 * i + 1]), "".join(news[2 * b:2 * j + 1])
        head = len(goes) if goes == comes else _blanks(goes, comes)
        tail = _blanks(goes[head:][::-1], comes[head:][::-1])
        found[-1] = (*found[-1][:2], found[-1][2] + goes[:head])
        found.append((goes[head:len(goes) - tail], comes[head:len(comes) - tail],
                      goes[len(goes) - tail:] + "".join(olds[2 * i + 1:2 * i + 2])))
        a, b = i + 1, j + 1
    return found


def _smooth(changes: list[Change]) -> list[Change]:
    """The changes without the idle ones. A word or two between longer changes go and come with them: to an eye that is
    one change."""
    found = [("", "", "")]
    for goes, comes, stays in changes:
        last = found[-1]
        short = min(max(len(last[0]), len(last[1])), max(len(goes), len(comes)))
        if not goes and not comes:
            found[-1] = (last[0], last[1], last[2] + stays)
        elif len(last[2]) <= short and "\n" not in last[2] and len(_WORD.findall(last[2])) <= MOST_BETWEEN:
            found[-1] = (last[0] + last[2] + goes, last[1] + last[2] + comes, stays)
        else:
            found.append((goes, comes, stays))
    return found


def _blanks(one: str, other: str) -> int:
    """With how much white space both begin alike."""
    space = prose.SPACE.match(one)
    end = min(len(other), space.end() if space else 0)
    return next((at for at in range(end) if one[at] != other[at]), end)


def side(found: list[Step], sign: str) -> list[Step]:
    """One of the two texts alone. sign: GOES for the old one, COMES for the new one; what only it has, comes."""
    return [(text, COMES if own == sign else SAME, whole) for text, own, whole in found if own in (SAME, sign)]


def union(one: str, other: str) -> str:
    """Both texts in one: paragraphs that stand in both once; where they differ, first one text's, then the other's."""
    before, after = _BREAK.split(one), _BREAK.split(other)
    pairs, text, a, b = matches(before[::2], after[::2], Room()) or [], "", 0, 0
    for i, j in [*pairs, (len(before), len(after))]:
        ours, theirs = "".join(before[max(0, 2 * a - 1):2 * i]), "".join(after[max(0, 2 * b - 1):2 * j])
        both = [part for part in dict.fromkeys((ours.strip("\n"), theirs.strip("\n"))) if part]
        apart = ["", *both, ""] if both else [max(ours, theirs, key=len)]
        text = (text + "\n\n".join(apart)).lstrip("\n") + "".join(before[2 * i:2 * i + 1])
        a, b = i + 1, j + 1
    return text.strip("\n")


def blocks(found: list[Step]) -> list[Block]:
    """The steps as a page prints them: a paragraph with changes, or so many paragraphs and lists that are the same.

    Each is {pieces: [(text, sign)], same: paragraphs, lists, text: of what is the same}.
    """
    rows: list[Block] = []
    for text, sign, whole in found:
        if whole or (sign == SAME and not text.strip("\n") and rows and not rows[-1]["pieces"]):
            _stay(rows, text)
            continue
        for part in filter(None, _BREAK.split(text)):
            _go_on(rows, part, sign)
    for row, below in zip_longest(rows, rows[1:]):
        row["same"], row["lists"] = counted(row["text"])
        row["pieces"][-1:] = _end(row["pieces"], below["pieces"][:1] if below else [])
    return [row for row in rows if row["pieces"] or row["same"] or row["lists"]]


def _stay(rows: list[Block], text: str) -> None:
    if not rows or rows[-1]["pieces"]:
        rows.append({"pieces": [], "text": ""})
    rows[-1]["text"] += text


def _go_on(rows: list[Block], part: str, sign: str) -> None:
    """A piece of a paragraph, or the break after it, which is noted as one line feed."""
    if not rows or not rows[-1]["pieces"] or rows[-1]["pieces"][-1][0] == "\n":
        rows.append({"pieces": [], "text": ""})
    rows[-1]["pieces"].append(("\n", sign) if part[0] == "\n" else (part, sign))


def _end(pieces: list[Piece], below: list[Piece]) -> list[Piece]:
    """The last piece of a paragraph. A break has nothing to say when it stayed, or came or went with a neighbour."""
    if not pieces or pieces[-1][0] != "\n":
        return pieces[-1:]
    sign, before = pieces[-1][1], pieces[-2:-1]
    idle = sign == SAME or not before or sign in [piece[1] for piece in (*before, *below)]
    return [] if idle else [(END, sign)]


def counted(text: str) -> tuple[int, int]:
    """How many paragraphs a text has, and how many lists."""
    lines = [line for line in text.split("\n") if line]
    items = [_ITEM.match(line) is not None for line in lines]
    lists = [item for item, before in zip(items, [False, *items], strict=False) if item and not before]
    return items.count(False), len(lists)


def words(text: str) -> Counter[str]:
    """How often each word stands in a text."""
    return Counter(_WORD.findall(text))


def compared(now: str, then: str) -> dict[str, Any]:
    """How much two texts differ in words: {how: same, order, fewer, more or differ, words: how many}."""
    ours, theirs = words(now), words(then)
    fewer, more = (ours - theirs).total(), (theirs - ours).total()
    if not fewer and not more:
        return {"how": "same" if now == then else "order", "words": 0}
    how = "fewer" if not more else "more" if not fewer else "differ"
    return {"how": how, "words": max(fewer, more)}
