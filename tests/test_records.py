"""Kinds with their limits and words, and ids."""
from __future__ import annotations

import json

import pytest

from mentorlog import agreement, goals, questions, records
from mentorlog.records import KINDS, Kind

ID = "00000000-0000-4000-8000-000000000001"
MODULES = (agreement, goals, questions)  # importing them registers their kinds
KINDS_THERE_ARE = ("agreement", "aim", "answer", "busy", "entry", "goal", "hours", "kept", "line", "partner", "rating",
                   "session", "set", "settings", "worksheet")


# -- ids

def test_what_a_join_made_long_may_stay_as_long():
    tags = [f"t{n}" for n in range(30)]
    assert records.problems("entry", {"tags": tags}, {"tags": tags}) == {}
    assert records.problems("entry", {"tags": [*tags, "new"]}, {"tags": tags}) == {"tags": "too_long"}
    assert records.problems("entry", {"tags": [*tags[1:], "x" * 41]}, {"tags": tags}) == {"tags": "too_long"}
    assert records.problems("entry", {"tags": tags * 2}, {"tags": tags * 2}) == {"tags": "invalid"}
    assert records.problems("entry", {"text": "x" * 60_001, "tags": []}, {"text": "y" * 60_001, "tags": tags}) == {
        "text": "too_long"}


def test_a_new_id_is_a_uuid_of_its_own():
    assert records.is_id(records.new_id())
    assert records.new_id() != records.new_id()


def test_new_ids_can_come_from_elsewhere():
    with records.ids_from(lambda: ID):
        assert records.new_id() == ID
    assert records.new_id() != ID


def test_two_devices_make_one_id_for_one_thing():
    assert records.name_id("space", "rating:x") == records.name_id("space", "rating:x")
    assert records.name_id("space", "rating:x") == "48474de7-e05e-8192-9ad7-dd7be17a927e"
    assert records.name_id("other", "rating:x") != records.name_id("space", "rating:x")
    assert records.name_id("space", "x")[14] == "8"


@pytest.mark.parametrize("value", [None, 1, "", "x", ID.upper().replace("0", "A", 1), ID + "\n", "__proto__", ID[:-1]])
def test_anything_else_is_no_id(value):
    assert not records.is_id(value)


# -- kinds

def test_every_kind_is_there():
    assert sorted(KINDS) == sorted(KINDS_THERE_ARE)


def test_a_description_is_plain_json():
    described = json.loads(json.dumps(records.describe()))
    assert described["entry"]["fields"]["title"] == {"type": "line", "join": "text", "max": 200, "null": False}
    assert described["goal"]["fields"]["steps"]["item"]["text"]["max"] == 140
    assert described["session"]["at"] == "starts"
    assert described["rating"]["meaning"] is True
    assert described["kept"]["fields"]["text"]["server"] is True


LIMITS = [
    ("entry", "title", 200), ("entry", "text", 60_000), ("goal", "text", 140), ("goal", "why", 5_000),
    ("goal", "earns", 5_000), ("rating", "reason", 5_000), ("answer", "text", 5_000), ("session", "notes", 60_000),
    ("line", "text", 300), ("worksheet", "title", 200), ("partner", "fallback", 5_000), ("session", "phone", 40)]


@pytest.mark.parametrize(("of", "name", "longest"), LIMITS)
def test_a_text_may_be_so_long_in_code_points(of, name, longest):
    assert records.problems(of, {name: "😀" * longest}) == {}
    assert records.problems(of, {name: "😀" * (longest + 1)}) == {name: "too_long"}
    assert str(longest) in records.words("too_long", of, name)


HOSTILE = ["\0", "a\0b", "\ud83d", "\udc00", "a\r\nb", "a\rb"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_not_clean_is_refused(text):
    assert records.problems("entry", {"text": text}) == {"text": "invalid"}
    assert records.problems("entry", {"tags": [text]}) == {"tags": "invalid"}


FINE = ["", "<script>alert(1)</script>", "\u202eright to left", "👩‍🚀", "__proto__", "constructor", "e\u0301", "\u2028"]


@pytest.mark.parametrize("text", FINE)
def test_anything_else_is_taken_as_it_is(text):
    assert records.problems("entry", {"text": text, "title": text}) == {}


def test_a_line_has_no_line_break_and_prose_has():
    assert records.problems("entry", {"title": "a\nb", "text": "a\nb"}) == {"title": "invalid"}


NOT_TEXT = [None, True, 1, 1.5, float("nan"), [], {}, [["a"]], b"a"]


@pytest.mark.parametrize("value", NOT_TEXT)
def test_a_text_is_a_text(value):
    assert records.problems("entry", {"text": value}) == {"text": "invalid"}


BAD_FIELDS = [
    ("rating", "value", [0, 6, True, 1.0, "3", 10**400, -1]), ("entry", "binned_at", ["", "2026-11-24", True, 0]),
    ("goal", "due_on", ["0000-01-01", "9999-12-31", "2026-02-30", 20261124]), ("goal", "area", ["x", "", "Skill"]),
    ("session", "zone", ["Nowhere/Else", "", "CEST!"]), ("session", "starts_time", ["24:00", "7:00"]),
    ("session", "minutes", [4, 481, 30.5, "30"]), ("entry", "session", ["x", "", 1, ID.upper()[:-1] + "A"]),
    ("entry", "deleted", [1, 0, None, "true"]), ("entry", "tags", ["a", [1], [""], ["a", "a"], [["a"]], {"a": 1}]),
    ("worksheet", "set", ["", "-a", "a_b", "A", "x" * 65]), ("answer", "choice", ["maybe", True])]


@pytest.mark.parametrize(("of", "name", "values"), BAD_FIELDS)
def test_a_field_takes_only_its_own_type(of, name, values):
    for value in values:
        assert records.problems(of, {name: value}) == {name: "invalid"}, value


def test_lists_have_an_end():
    steps = [{"id": f"s{n}", "text": "x"} for n in range(7)]
    assert records.problems("goal", {"steps": steps[:6]}) == {}
    assert records.problems("goal", {"steps": steps}) == {"steps": "too_long"}
    assert records.problems("entry", {"tags": [f"t{n}" for n in range(21)]}) == {"tags": "too_long"}
    assert records.problems("entry", {"tags": ["x" * 41]}) == {"tags": "too_long"}
    questions = [{"id": f"q{n}", "text": "Why?"} for n in range(61)]
    assert records.problems("worksheet", {"questions": questions}) == {"questions": "too_long"}
    assert records.problems("set", {"questions": questions[:51]}) == {"questions": "too_long"}


def test_an_element_of_a_list_is_judged_by_itself_and_in_words():
    wrong = {"id": "a", "text": "x" * 5001, "type": "essay", "out": "no", "mine": True}
    assert records.item_problems("set", "questions", wrong) == {
        "text": "too_long", "type": "invalid", "out": "unknown_field", "mine": "unknown_field"}
    assert records.item_problems("worksheet", "questions", {"id": "a", "text": "x" * 5000, "out": True}) == {}
    assert records.item_problems("goal", "steps", {"id": "Not a slug"}) == {"id": "invalid"}
    assert records.words("too_long", "set", "questions.text") == "This is too long: 5000 characters at most."
    assert records.words("too_long", "set", "questions.low") == "This is too long: 140 characters at most."
    assert records.words("too_long", "set", "title.low") == records.words("too_long", "set", "title")


BAD_STEPS = [[1], [{}], [{"text": "a"}], [{"id": "a", "x": 1}], [{"id": "a", "done": 1}], [{"id": "a"}, {"id": "a"}],
             [{"id": "a", "__proto__": {}}], [{"id": None}], [[{"id": "a"}]], {"id": "a"}]


@pytest.mark.parametrize("steps", BAD_STEPS)
def test_elements_are_told_apart_by_id(steps):
    assert records.problems("goal", {"steps": steps}) == {"steps": "invalid"}


@pytest.mark.parametrize("name", ["owner", "rev", "id", "kind", "at", "__proto__", "constructor", "model_config", ""])
def test_what_nobody_may_set_is_an_unknown_field(name):
    assert records.problems("entry", {name: "x"}) == {name: "unknown_field"}


NOT_FOR_PEOPLE = [("kept", "text", "a"), ("kept", "of", ID), ("rating", "earlier", []), ("partner", "shared", ID),
                  ("kept", "shared", ID), ("session", "shared", ID), ("entry", "pair", ID)]


@pytest.mark.parametrize(("of", "name", "value"), NOT_FOR_PEOPLE)
def test_what_only_the_server_writes_is_refused_too(of, name, value):
    assert records.problems(of, {name: value}) == {name: "unknown_field"}


def test_a_device_hands_back_what_only_the_server_writes():
    assert KINDS["kept"].problems({"text": "a", "of": ID}, restored=True) == {}
    assert KINDS["entry"].problems({"tags": [f"t{n}" for n in range(30)]}, restored=True) == {}
    assert KINDS["entry"].problems({"text": "x" * 60_001}, restored=True) == {"text": "too_long"}


def test_errors_hold_nothing_of_what_was_written():
    for kind in KINDS.values():
        assert kind.model_config["hide_input_in_errors"]
    with pytest.raises(ValueError) as caught:
        KINDS["entry"].model_validate({"title": "secret\n", "text": 5, "tags": ["secret", "secret"]})
    assert "secret" not in str(caught.value)


def test_every_reason_has_words_for_every_field():
    for why in records.all_words():
        for kind, description in records.describe().items():
            for name in description["fields"]:
                said = records.words(why, kind, name)
                assert said.endswith(".") and "{" not in said and "None" not in said


def test_an_unknown_reason_or_field_has_words_too():
    assert records.words("never heard of") == records.words("invalid")
    assert records.words("unknown_field", "entry", "mood").endswith(".")
    assert records.words("unknown_kind", "mood", None).endswith(".")


def test_a_session_stands_where_it_begins():
    wall = {"starts_on": "2026-12-01", "starts_time": "15:00", "zone": "Europe/Berlin"}
    assert KINDS["session"].at(wall, "made") == "2026-12-01T14:00:00.000Z"
    assert KINDS["session"].at(wall | {"zone": None}, "made") == "made"
    assert KINDS["entry"].at(wall, "made") == "made"


def test_a_kind_is_registered_by_its_name():
    before = dict(KINDS)
    try:
        class Postcard(records.Own):
            text: records.Line40 = ""
        assert KINDS["postcard"] is Postcard
        assert issubclass(Postcard, Kind)
    finally:
        KINDS.clear()
        KINDS.update(before)
