"""records/ids.py and ids.js: one thing gets one id on every device."""
from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from mentorlog.records.ids import is_id, name_id, new_id

Twin = Callable[[str, str, list[list[Any]]], list[Any]]
CHARS = "aZ09:/-_ \n\0é\u0301ß中😀\u202e\uffff"


def test_ids_with_a_meaning_are_alike(twin: Twin) -> None:
    picked = random.Random(1)
    pairs = [["".join(picked.choices(CHARS, k=picked.randrange(40))) for _ in range(2)] for _ in range(2000)]
    pairs += [["", ""], ["names", "settings"], ["a:b", "c"], ["a", "b:c"]]
    ours = [name_id(*pair) for pair in pairs]
    assert twin("ids.js", "(ids, space, name) => ids.nameId(space, name)", pairs) == ours
    assert name_id("names", "settings") == "bacfadbb-4890-8d9e-81e8-d9ea19c4e02a"


def test_both_take_the_same_for_an_id(twin: Twin) -> None:
    told = twin("ids.js", "(ids) => ids.newId()", [[]] * 100)
    assert len(set(told)) == 100
    values = [*told, new_id(), name_id("a", "b"), told[0].upper(), told[0] + "\n", "{" + told[0] + "}", told[0][:-1],
              "", "constructor", "__proto__", None, 1, [told[0]], "0" * 36, "00000000-0000-0000-0000-000000000000"]
    assert twin("ids.js", "(ids, value) => ids.isId(value)", [[value] for value in values]) == list(map(is_id, values))
    assert all(map(is_id, told))
