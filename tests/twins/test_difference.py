"""difference.py and difference.js: the same difference for every two texts, and it loses nothing of either."""
from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorlog.history import difference
from mentorlog.history.difference import COMES, END, GOES, SAME
from mentorlog.prose import clean
from tests.twins.documents import documents

Twin = Callable[[str, str, list[list[Any]]], list[Any]]
SECONDS = 2.0  # of CPU; on a quiet machine a third of one
ASK = """(difference, old, fresh) => {
  const found = difference.steps(old, fresh);
  const sides = [difference.GOES, difference.COMES].map((sign) => difference.blocks(difference.side(found, sign)));
  return [found, difference.blocks(found), sides, difference.compared(old, fresh),
    difference.union(old, fresh)];
}"""
WORDS = ["I", "said", "it", "it.", "Say", "a", "position", "中", "文", "é", "e\u0301", "😀", "\u202e", "<b>", "¶",
         "- ", "1. ", "\xa0", "\u3000", "\t", *[" "] * 8, *["\n"] * 3, "\n\n", "\n\n\n"]
texts = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)
edits = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6), texts.map(lambda text: text[:30])), max_size=4)


def edited(text: str, changes: list[tuple[int, int, str]]) -> str:
    """The text with some of its pieces replaced, as a person changes one."""
    for at, length, new in changes:
        text = text[:at] + new + text[at + length:]
    return text


pairs = st.one_of(st.tuples(texts, texts), st.builds(lambda text, by: (text, edited(text, by)), texts, edits))


def ours(old: str, new: str) -> list[Any]:
    """What Python says, as JSON would bring it."""
    found = difference.steps(old, new)
    sides = [difference.blocks(difference.side(found, sign)) for sign in (GOES, COMES)]
    return [listed(found), plain(difference.blocks(found)), [plain(one) for one in sides],
            difference.compared(old, new), difference.union(old, new)]


def listed(rows: list[Any]) -> list[list[Any]]:
    return [list(row) for row in rows]


def plain(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [block | {"pieces": listed(block["pieces"])} for block in blocks]


@given(pairs)
def test_each_side_alone_is_its_text(pair) -> None:
    old, new = pair
    found = difference.steps(old, new)
    assert "".join(text for text, sign, _ in found if sign != COMES) == old
    assert "".join(text for text, sign, _ in found if sign != GOES) == new
    assert all(text for text, sign, whole in found if not whole)
    assert not [text for text, _, whole in found if whole and "\n" in text]


@given(pairs)
def test_every_word_is_printed_once_on_its_side(pair) -> None:
    old, new = pair
    for sign, text in ((COMES, old), (GOES, new)):
        blocks = difference.blocks([step for step in difference.steps(old, new) if step[1] != sign])
        said = "".join(piece for block in blocks for piece, _ in (*block["pieces"], (block["text"], SAME)))
        assert "".join(said.replace(END, "").split()) == "".join(text.replace(END, "").split())


@given(pairs)
def test_both_in_one_hold_every_word_of_both(pair) -> None:
    said = difference.words(difference.union(*pair))
    for text in pair:
        assert difference.words(text) <= said
    assert said <= difference.words(pair[0]) + difference.words(pair[1])


@given(texts)
def test_a_text_does_not_differ_from_itself(text) -> None:
    assert [sign for _, sign, _ in difference.steps(text, text) if sign] == []
    assert difference.compared(text, text) == {"how": "same", "words": 0}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(pairs, max_size=20))
def test_both_languages_say_the_same(twin: Twin, some) -> None:
    assert twin("history/difference.js", ASK, listed(some)) == [ours(*pair) for pair in some]


def test_both_say_the_same_of_nasty_documents(twin: Twin) -> None:
    nasty = [clean(text) for text in documents(7, 400)]
    rows = [[one, other] for one, other in pairwise(nasty)]
    assert twin("history/difference.js", ASK, rows) == [ours(*row) for row in rows]


LONG = [f"word{n * n % 977}" for n in range(9_000)]
HUGE = {
    "words of one paragraph": (" ".join(LONG), " ".join(reversed(LONG))),
    "paragraphs": ("\n\n".join(LONG), "\n".join(reversed(LONG))),
    "one word over and over": ("a " * 30_000, "a b " * 15_000),
    "no spaces": ("中文字" * 20_000, "中字文" * 20_000),
    "a word in each paragraph": (
        "\n\n".join(" ".join(LONG[at:at + 60]) for at in range(0, 9_000, 60)),
        "\n\n".join(" ".join([*LONG[at:at + 30], "new", *LONG[at + 30:at + 60]]) for at in range(0, 9_000, 60))),
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_texts_take_little_time_and_are_said_alike(twin: Twin, name: str) -> None:
    start = process_time()
    mine = ours(*HUGE[name])
    assert process_time() - start < 2 * SECONDS
    assert twin("history/difference.js", ASK, [list(HUGE[name])]) == [mine]


def test_a_changed_word_in_each_of_many_paragraphs_is_marked_alone() -> None:
    found = difference.steps(*HUGE["a word in each paragraph"])
    assert {text.strip() for text, sign, _ in found if sign == COMES} == {"new"}
    assert [text for text, sign, _ in found if sign == GOES] == []


def test_what_both_texts_share_stands_once_in_both_together() -> None:
    assert difference.union("Same.\n\nMine.\n\nThe end.", "Same.\n\nYours.\n\nThe end.") == (
        "Same.\n\nMine.\n\nYours.\n\nThe end.")


NOW = """I ask.

An argument can be listened to politely.

Say the sentence first.

- one
- two"""
THEN = """I ask.

An argument can be admired and put away politely.

- one
- two"""


def test_a_page_folds_what_is_the_same_and_marks_the_rest() -> None:
    found = difference.blocks(difference.steps(NOW, THEN))
    assert [(block["same"], block["lists"], block["pieces"]) for block in found] == [
        (1, 0, []),
        (0, 0, [("An argument can be ", ""), ("listened to", GOES), ("admired and put away", COMES),
                (" politely.", "")]),
        (0, 0, [("Say the sentence first.", GOES)]),
        (0, 1, [])]


def test_a_paragraph_that_is_cut_in_two_shows_where() -> None:
    found = difference.blocks(difference.steps("One. Two.", "One.\n\nTwo."))
    assert [block["pieces"] for block in found] == [[("One.", ""), (" ", GOES), (END, COMES)], [("Two.", "")]]


@pytest.mark.parametrize(("now", "then", "said"), [
    ("a b c", "a b c", ("same", 0)), ("a b c", "a  b c", ("order", 0)), ("a b c", "c b a", ("order", 0)),
    ("a b c", "a", ("fewer", 2)), ("a", "a b b", ("more", 2)), ("a b c", "a x", ("differ", 2)), ("", "", ("same", 0)),
    ("", "a", ("more", 1)), ("中文", "中", ("fewer", 1))])
def test_how_much_two_texts_differ_is_said_in_words(now, then, said) -> None:
    assert tuple(difference.compared(now, then).values()) == said
