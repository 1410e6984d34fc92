"""The question library: complete, typed, and refused when it is wrong."""
from __future__ import annotations

import json
from typing import Any

import pytest

from mentorlog import library
from mentorlog.errors import Missing


def changed(**fields: Any) -> str:
    """The library with one set in it, changed."""
    whole = json.loads(library.FILE.read_text("utf-8"))
    return json.dumps(whole | {"sets": [whole["sets"][0] | fields]})


def question(**fields: Any) -> dict[str, Any]:
    return {"id": "a", "type": "text", "text": "Why?"} | fields


def test_the_library_is_served_as_it_stands_in_the_file() -> None:
    sets = library.sets()
    assert sets == json.loads(library.FILE.read_text("utf-8"))["sets"]
    assert (len(sets), sum(len(one["questions"]) for one in sets)) == (20, 150)


def test_nobody_changes_the_library_for_others() -> None:
    library.sets()[0]["questions"].clear()
    assert library.find("first-meeting")["questions"]


def test_a_set_is_found_by_its_id() -> None:
    assert library.find("goal-review")["title"] == "Looking back at the last goal"
    with pytest.raises(Missing):
        library.find("__proto__")


@pytest.mark.parametrize("fields", [
    {"id": "Not a slug"},
    {"minutes": "30"},
    {"minutes": 0},
    {"sharing": "everyone"},
    {"title": "x" * 201},
    {"title": "two\nlines"},
    {"title": "\0"},
    {"extra": 1},
    {"questions": []},
    {"questions": [question(id=f"q{number}") for number in range(51)]},
    {"questions": [question(), question()]},
    {"questions": [question(id="first-meeting")]},
    {"questions": [question(type="essay")]},
    {"questions": [question(low="never")]},
    {"questions": [question(type="scale", low="never")]},
    {"questions": [question(follow_up={"if": "yes", "text": "What?"})]},
    {"questions": [question(type="yes_no", follow_up={"if": "maybe", "text": "What?"})]},
])
def test_a_wrong_set_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        library.read(changed(**fields))


def test_a_right_set_is_read() -> None:
    questions = [question(id=f"q{number}") for number in range(50)]
    assert len(library.read(changed(questions=questions)).sets[0].questions) == 50
