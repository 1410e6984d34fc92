"""agenda/numbering in Python and in JavaScript: the same number for every session of many random lists."""
from __future__ import annotations

import random

from mentorlog.agenda.numbering import numbered
from mentorlog.turns import STATES

ASK = "(numbering, found) => Object.fromEntries(numbering.numbered(found))"
CARDS = ["a", "b", "__proto__", None, ""]
COUNT = 100


def listed(chance: random.Random) -> list[dict]:
    found = [{"partner": chance.choice(CARDS), "state": chance.choice([*STATES, "moved", None])}
             for _ in range(chance.randrange(40))]
    return [{"id": str(at), "fields": {name: value for name, value in fields.items() if value is not None}}
            for at, fields in enumerate(found)]


def test_both_sides_count_alike(twin) -> None:
    chance = random.Random(30)
    lists = [listed(chance) for _ in range(COUNT)]
    found = [numbered(one) for one in lists]
    assert twin("agenda/numbering.js", ASK, [[one] for one in lists]) == found
    assert max(number for one in found for number in one.values()) > 9
