"""Joining texts by sentence, sets, and lists: cases, and laws on ten thousand random triples."""
from __future__ import annotations

import random
import re

import pytest

from mentorlog.sync import merge
from mentorlog.sync.merge import join_lists, join_sets, merge_text
from tests.sync.merge_cases import CASES

TRIPLES = 10_000
WORDS = [f"w{n}." for n in range(5)]


@pytest.mark.parametrize(("name", "base", "ours", "theirs", "want"), CASES, ids=[case[0] for case in CASES])
def test_prose_is_joined_or_kept(name, base, ours, theirs, want):
    assert merge_text(base, ours, theirs) == want
    assert merge_text(base, theirs, ours) == want


class Writer:
    """Makes a text and two edits of it; a sentence that begins with `u` stands nowhere else."""

    def __init__(self, seed: int) -> None:
        self.chance, self.count = random.Random(seed), 0

    def fresh(self) -> str:
        self.count += 1
        return f"u{self.count}."

    def base(self) -> list[str]:
        pick = self.chance.random
        return [self.fresh() if pick() < 0.7 else self.chance.choice(WORDS) for _ in range(self.chance.randrange(9))]

    def edit(self, parts: list[str]) -> list[str]:
        parts = list(parts)
        for _ in range(self.chance.randrange(3)):
            what, place = self.chance.random(), self.chance.randrange(len(parts) + 1)
            if what < 0.4 and place < len(parts):
                parts[place] = self.fresh()
            elif what < 0.6 and place < len(parts):
                parts.pop(place)
            else:
                parts.insert(place, self.fresh())
        return parts

    def triple(self) -> list[list[str]]:
        """Sometimes both have inserted the same sentence."""
        base = self.base()
        place = self.chance.randrange(len(base) + 1)
        both = [*base[:place], self.fresh(), *base[place:]] if self.chance.random() < 0.2 else base
        return [base, self.edit(both), self.edit(both)]


def own(parts: list[str]) -> set[str]:
    return {part for part in parts if part.startswith("u")}


def test_laws_of_joining_hold_on_random_triples():
    writer, joined = Writer(24), 0
    for _ in range(TRIPLES):
        sides = writer.triple()
        space = writer.chance.choice((" ", "\n", "\n\n"))
        base, ours, theirs = (space.join(side) for side in sides)
        text = merge_text(base, ours, theirs)
        assert text == merge_text(base, theirs, ours)
        assert merge_text(base, ours, base) == ours
        assert merge_text(base, base, theirs) == theirs
        assert merge_text(base, ours, ours) == ours
        if text is not None:
            joined += 1
            words_are_right(*sides, re.split(r"\s+", text))
    assert joined > TRIPLES / 3


def words_are_right(base: list[str], ours: list[str], theirs: list[str], got: list[str]) -> None:
    """What one side put in is in once, what one side took out is out, what both left is there."""
    stay = own(base) & own(ours) & own(theirs)
    put_in = (own(ours) | own(theirs)) - own(base)
    assert own(got) == stay | put_in, (base, ours, theirs, got)
    assert len(own(got)) == len([word for word in got if word.startswith("u")])
    for side in (ours, theirs):
        order = [word for word in side if word in own(got)]
        assert order == [word for word in got if word in own(side)], (base, ours, theirs, got)


def test_a_joined_text_is_never_longer_than_its_field():
    base, ours, theirs = "One. Two.", "Zero. One. Two.", "One. Two. Three."
    assert merge_text(base, ours, theirs, 22) == "Zero. One. Two. Three."
    assert merge_text(base, ours, theirs, 21) is None


def test_too_many_sentences_are_kept_as_they_are():
    base = "A. " * (merge.MOST_TOKENS // 2 - 1)
    assert merge_text(base, "B. " + base, base + "C.") == "B. " + base + "C."
    base = "A. " * merge.MOST_TOKENS
    assert merge_text(base, "B. " + base, base + "C.") is None


HOSTILE = [
    (". " * 749 + "z", "b. " * 749 + "q", ". b. " * 374),
    ("x. . " * 374, ". x. " * 374 + "w", "x. x. " * 374 + "q"),
    ("\n".join("-" * 700), "\n".join("-=" * 350), "\n".join("=-" * 350)),
    ("a. a. b. " * 200, "a. b. b. " * 200, "b. " * 600),
]


@pytest.mark.parametrize("sides", HOSTILE)
def test_a_hostile_text_comes_to_an_end(sides, monkeypatch):
    steps = []
    count = merge._Matcher.find_longest_match

    def counted(self, *place):
        try:
            return count(self, *place)
        finally:
            steps.append(self.steps)

    monkeypatch.setattr(merge._Matcher, "find_longest_match", counted)
    assert merge_text(*sides) is None
    assert max(steps) <= merge.MOST_STEPS + max(map(len, sides)) ** 2  # the comparison that goes over ends it


def test_many_hostile_texts_come_to_an_end_together():
    base, ours, theirs = HOSTILE[0]
    with merge.within_reason():
        for number in range(100):
            assert merge_text(f"{number} {base}", ours, theirs) is None
        spent = merge._left.get()
        assert merge_text("One. Two.", "One. Two. Three.", "Zero. One. Two.") is None  # kept: nothing is lost
    assert merge._left.get() is None
    assert -merge.MOST_STEPS < spent[0] < 0
    assert merge_text("One. Two.", "One. Two. Three.", "Zero. One. Two.") == "Zero. One. Two. Three."


def test_sets_take_out_and_put_in():
    assert join_sets(["a", "b"], ["a", "b", "c"], ["b", "d"]) == ["b", "c", "d"]
    assert join_sets([], ["a"], ["b"]) == ["a", "b"]
    assert join_sets(["a"], [], ["a", "b"]) == ["b"]
    assert join_sets(["a"], ["a"], []) == []


def test_laws_of_sets_hold_on_random_triples():
    chance = random.Random(7)
    for _ in range(TRIPLES):
        saw, current, new = (chance.sample("abcdefgh", chance.randrange(6)) for _ in range(3))
        assert join_sets(saw, saw, new) == [one for one in saw if one in new] + [one for one in new if one not in saw]
        assert join_sets(saw, current, saw) == current
        assert set(join_sets(saw, current, new)) == (set(current) - (set(saw) - set(new))) | (set(new) - set(saw))
        assert len(set(join_sets(saw, current, new))) == len(join_sets(saw, current, new))


def rows(text: str) -> list[dict[str, str]]:
    """`a b1 c` are three elements, of which b says `b1`."""
    return [{"id": word[0], "text": word} for word in text.split()]


LISTS = [
    ("nothing changed", "a b", "a b", "a b", "a b"),
    ("one side changes an element", "a b", "a b1", "a b", "a b1"),
    ("the other side changes an element", "a b", "a b", "a1 b", "a1 b"),
    ("each changes another", "a b", "a b1", "a1 b", "a1 b1"),
    ("removed and unchanged is removed", "a b c", "a b c", "a c", "a c"),
    ("removed there and unchanged is removed", "a b c", "a c", "a b c", "a c"),
    ("removed and changed stays", "a b c", "a b1 c", "a c", "a b1 c"),
    ("removed there and changed stays", "a b c", "a c", "a b1 c", "a b1 c"),
    ("both add", "a", "a x", "a y", "a x y"),
    ("added where the other has it follows what it follows there", "a b", "a x b", "b a", "b a x"),
    ("added at the front there comes to the front", "a b", "x a b", "b a", "x b a"),
    ("the order is the incoming one", "a b c", "a b c", "c b a", "c b a"),
    ("both order, one adds", "a b c", "b c a", "c a b d", "c a b d"),
    ("both order, the server adds", "a b c", "b d c a", "c a b", "c a b d"),
    ("removed by both", "a b", "a", "a", "a"),
    ("nothing seen", "", "a", "b", "a b"),
]


@pytest.mark.parametrize(("name", "saw", "current", "new", "want"), LISTS, ids=[case[0] for case in LISTS])
def test_lists_are_joined_by_element(name, saw, current, new, want):
    joined, both = join_lists(rows(saw), rows(current), rows(new))
    assert joined == rows(want)
    assert both == []


def test_an_element_that_both_changed_is_named():
    joined, both = join_lists(rows("a"), rows("a1"), rows("a2"))
    assert joined == rows("a1")
    assert both == [(rows("a")[0], rows("a1")[0], rows("a2")[0])]
    assert join_lists(rows("a"), rows("a1"), rows("a1")) == (rows("a1"), [])


def by_id(some):
    return {row["id"] for row in some}


def moved(before, after):
    """Whether what is in both stands in another order, written down once more and differently."""
    places = {row["id"]: place for place, row in enumerate(before)}
    both = [places[row["id"]] for row in after if row["id"] in places]
    return both != sorted(both)


def test_laws_of_lists_hold_on_random_triples():
    chance = random.Random(9)
    for _ in range(TRIPLES):
        saw, current, new = (rows(" ".join(one + chance.choice(("", "1", "2")) for one in
                                           chance.sample("abcdef", chance.randrange(6)))) for _ in range(3))
        joined, _ = join_lists(saw, current, new)
        ids = [row["id"] for row in joined]
        assert len(set(ids)) == len(ids)
        assert join_lists(saw, saw, new)[0] == new
        assert {row["id"] for row in join_lists(saw, current, saw)[0]} == {row["id"] for row in current}
        leads = current if moved(saw, current) and not moved(saw, new) else new
        assert [id for id in ids if id in by_id(leads)] == [row["id"] for row in leads if row["id"] in ids]
        fresh = {row["id"] for row in new} - {row["id"] for row in saw}
        assert fresh <= set(ids)
