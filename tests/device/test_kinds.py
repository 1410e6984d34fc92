"""What a form may hold is judged alike on the phone and on the server: same fields, same reasons, same words."""
from __future__ import annotations

import json
import random

import pytest

from mentorlog import records
from mentorlog.sync import Kept  # noqa: F401 - registers its kind
from tests.device import server

SEED = 24_11_2026
COUNT = 6_000
TEXTS = [
    "", "a", "a\nb", "a\r\nb", "\0", "\ud83d", "\udc00x", "👩‍🚀", "é" * 39, "x" * 40, "x" * 41, "😀" * 40, "😀" * 41,
    "y" * 140, "y" * 141, "😀" * 140, "z" * 200, "z" * 201, "z" * 300, "z" * 301, "z" * 2_001, "z" * 5_000, "z" * 5_001,
    "z" * 60_000, "z" * 60_001, "\u202eabc", "<script>", "__proto__", "constructor", "toString", "null", "True"]
WORDS = [
    "2026-02-28", "2026-02-29", "2024-02-29", "0000-01-01", "9999-12-31", "1899-12-31", "1900-01-01", "2199-12-31",
    "2200-01-01", "2026-1-1", "2026-11-24 ", "٢٠٢٦-١١-٢٤", "15:00", "24:00", "00:00", "23:59", "7:00", "15:00:00",
    "Europe/Berlin", "Europe/Atlantis", "UTC", "+01:00", "2026-11-24T15:00:00.000Z", "2026-11-24T15:00:00Z",
    "2026-02-30T15:00:00.000Z", "9999-11-24T15:00:00.000Z", "video", "planned", "dark", "yes", "skill", "first-meeting",
    "-x", "x" * 64, "x" * 65, "A", "a_b", "00000000-0000-4000-8000-000000000001",
    "00000000-0000-4000-8000-00000000000A", "00000000-0000-4000-8000-000000000001\n"]
OTHERS = [
    None, True, False, 0, 1, 3, 5, 6, 480, 481, -1, 2**53, 2**70, [], {}, [[]], [{}], [None], ["a"], ["a", "a"], [""],
    ["a\n"], [1], ["x" * 40], ["x" * 41], ["😀" * 40], [f"t{n}" for n in range(20)], [f"t{n}" for n in range(21)],
    {"id": "a"}]
NAMES = ["owner", "rev", "id", "__proto__", "constructor", "toString", "hasOwnProperty", "", "Title"]


def a_list(chance: random.Random) -> list[object]:
    """Elements of a list, mostly well."""
    names = ["id", "text", "done", "type", "hint", "more_if", "out", "owner", "__proto__"]
    values = [*TEXTS[:12], *WORDS[-8:], True, False, None, 3, "text", "scale"]
    count = chance.choice([0, 1, 2, 6, 7, 50, 51])
    well = [{"id": f"i{place}", "text": "x"} for place in range(count)]
    for item in chance.sample(well, min(len(well), chance.choice([0, 0, 1, 2]))):
        item[chance.choice(names)] = chance.choice(values)
        if chance.random() < 0.2:
            item.pop("id", None)
    return well


def cases() -> list[tuple[str, dict[str, object]]]:
    """Kind and fields, each drawn from what belongs there and from what does not."""
    chance = random.Random(SEED)
    made = []
    for _ in range(COUNT):
        kind = chance.choice(sorted(records.KINDS))
        names = chance.choices([*records.KINDS[kind].specs], k=chance.choice([0, 1, 1, 2, 3]))
        if chance.random() < 0.1:
            names.append(chance.choice(NAMES))
        made.append((kind, {name: value(chance) for name in names}))
    return made


def value(chance: random.Random) -> object:
    drawn = chance.random()
    if drawn >= 0.85:
        return a_list(chance)
    return chance.choice(TEXTS if drawn < 0.35 else WORDS if drawn < 0.65 else OTHERS)


@pytest.fixture(scope="module")
def asked():
    return cases()


@pytest.fixture(scope="module")
def answered(browser, asked):
    """What the browser says of the cases."""
    app = server.make_app()
    app.add_url_rule("/drawn", "drawn", view_func=lambda: server.as_json(asked))
    with server.serving(app) as url:
        page = browser.new_page()
        page.goto(url)
        found = page.evaluate("""async () => {
            const { problems, words } = await import('/near/t/kinds.js');
            const cases = await (await fetch('/drawn')).json();
            return JSON.stringify(cases.map(([kind, fields]) => Object.entries(problems(kind, fields))
              .map(([name, why]) => [name, why, words(why, kind, name)])));
        }""")
        page.close()
    return json.loads(found)


def test_both_give_the_same_reasons_and_words(asked, answered):
    for (kind, fields), found in zip(asked, answered, strict=True):
        wanted = {name: (why, records.words(why, kind, name)) for name, why in records.problems(kind, fields).items()}
        assert {name: (why, words) for name, why, words in found} == wanted, (kind, fields)


def test_the_cases_meet_every_reason(answered):
    """Else the comparison above would prove little."""
    reasons = [why for found in answered for _, why, _ in found]
    assert min(reasons.count(why) for why in ("invalid", "too_long", "unknown_field")) > 100
    assert sum(not found for found in answered) > 300
