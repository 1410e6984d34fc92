"""Kinds with their limits and words, ids, and reading: what a person may see, and nothing else."""
from __future__ import annotations

import json
from typing import Any

import pytest

from mentorlog import access, clock, goals, questions, records
from mentorlog.errors import Missing
from mentorlog.models import Device, Pair, Record, Subscription
from mentorlog.records import KINDS, Kind
from mentorlog.sync import apply, publish
from tests.counting import queries

ID = "00000000-0000-4000-8000-000000000001"
NOON = "2026-11-24T12:00:00.000Z"
MODULES = (goals, questions)  # importing them registers their kinds
KINDS_THERE_ARE = ("answer", "entry", "goal", "kept", "line", "partner", "rating", "session", "settings", "worksheet")


def write(person, kind: str, record: str | None = None, made_at: str = NOON, **fields: Any) -> str:
    """A record by the one door; returns its id."""
    there = Record.get_or_none(Record.id == record)
    change = {"id": records.new_id(), "kind": kind, "record": record or records.new_id(), "fields": fields,
              "base": there.rev if there else None, "made_at": made_at}
    outcome = apply.take(person, None, [change])[change["id"]]
    assert outcome["outcome"] == "accepted", outcome
    return change["record"]


# -- ids

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
    questions = [{"id": f"q{n}", "text": "Why?"} for n in range(51)]
    assert records.problems("worksheet", {"questions": questions}) == {"questions": "too_long"}


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


# -- reading

def test_a_record_is_found_by_its_owner_alone(cast):
    entry = write(cast.ada, "entry", text="Mine.")
    found = records.find(cast.ada, "entry", entry)
    assert found["fields"] == {"text": "Mine."}
    assert found.keys() == {"id", "kind", "owner", "pair", "at", "fields", "waiting", "rev"}
    for other in (cast.bela, cast.cleo, cast.dan):
        with pytest.raises(Missing):
            records.find(other, "entry", entry)
        assert records.many(other, [entry]) == {}


def test_a_record_is_found_only_under_its_kind(cast):
    entry = write(cast.ada, "entry", text="Mine.")
    for kind in ("goal", "nothing", "__proto__"):
        with pytest.raises(Missing):
            access.record(cast.ada, kind, entry)


def test_nothing_is_found_under_a_strange_id(cast):
    for id in ("", "x", "\0", ID, "' OR 1=1 --", "\ud83d"):
        with pytest.raises(Missing):
            records.find(cast.ada, "entry", id)


def test_what_is_shown_to_the_mentor_has_no_private_field(cast):
    entry = write(cast.ada, "entry", text="Look.", tags=["secret"], shared=cast.pair.id)
    found = records.find(cast.bela, "entry", entry)
    assert found == {"id": entry, "kind": "entry", "owner": cast.ada.id, "pair": None, "at": NOON,
                     "fields": {"text": "Look."}, "waiting": 0, "rev": ""}
    assert [one["id"] for one in records.shelf(cast.bela, "entry")] == [entry]
    assert records.count(cast.bela, "entry") == 1
    assert [one["id"] for one in records.everything(cast.bela)] == [entry]
    assert records.shelf(cast.dan, "entry") == []


def test_what_is_in_the_bin_is_out_of_lists_and_out_of_the_mentors_sight(cast):
    entry = write(cast.ada, "entry", text="Look.", shared=cast.pair.id)
    write(cast.ada, "entry", entry, binned_at="2026-11-24T13:00:00.000Z")
    assert records.shelf(cast.ada, "entry") == records.everything(cast.ada) == []
    assert [one["id"] for one in records.shelf(cast.ada, "entry/bin")] == [entry]
    assert records.find(cast.ada, "entry", entry)["fields"]["text"] == "Look."
    assert records.many(cast.bela, [entry]) == {}
    assert records.shelf(cast.bela, "entry/bin") == records.shelf(cast.bela, "entry") == []


def test_what_was_deleted_is_not_there(cast):
    entry = write(cast.ada, "entry", text="Gone.")
    write(cast.ada, "entry", entry, deleted=True)
    assert records.many(cast.ada, [entry]) == {}
    assert records.everything(cast.ada) == records.shelf(cast.ada, "entry") == []
    assert Record.get_by_id(entry).fields == {"deleted": True}


def test_when_a_pair_is_over_nothing_is_shown_and_the_sessions_stay(cast):
    entry = write(cast.ada, "entry", text="Look.", shared=cast.pair.id)
    session = write(cast.ada, "session", notes="Ours.", pair=cast.pair.id)
    publish.end_pair(cast.pair.id)
    assert records.many(cast.bela, [entry]) == {}
    assert records.shelf(cast.bela, "entry") == []
    assert records.find(cast.bela, "session", session)["fields"]["notes"] == "Ours."
    assert records.count(cast.bela, "session") == 1


def test_a_pairs_session_is_found_by_both_and_by_nobody_else(cast):
    session = write(cast.bela, "session", notes="Ours.", pair=cast.pair.id)
    assert records.find(cast.ada, "session", session)["rev"] == records.find(cast.bela, "session", session)["rev"] != ""
    for other in (cast.cleo, cast.dan):
        assert records.many(other, [session]) == {}


def test_a_list_is_newest_first_and_pages_without_a_gap(cast):
    hours = [f"2026-11-24T{hour:02}:00:00.000Z" for hour in (9, 12, 12, 12, 7, 23)]
    made = {write(cast.ada, "entry", made_at=at, text="x"): at for at in hours}
    want = sorted(made, key=lambda id: (made[id], id), reverse=True)
    page = after = None
    seen: list[str] = []
    while page is None or page:
        page = records.shelf(cast.ada, "entry", after=after, limit=2)
        seen += [one["id"] for one in page]
        after = page[-1] if page else None
    assert seen == want == [one["id"] for one in records.shelf(cast.ada, "entry")]


def test_reading_costs_as_much_for_many_as_for_one(cast):
    entry = write(cast.ada, "entry", text="x", shared=cast.pair.id)

    def cost() -> list[int]:
        found = []
        for read in (lambda: records.shelf(cast.bela, "entry"), lambda: records.many(cast.ada, [entry]),
                     lambda: records.everything(cast.ada), lambda: records.count(cast.ada, "entry")):
            with queries() as asked:
                read()
            found.append(len(asked))
        return found

    one = cost()
    for _ in range(5):
        write(cast.ada, "entry", text="x", shared=cast.pair.id)
    assert cost() == one == [3, 3, 3, 3]


def test_access_starts_at_the_person(cast):
    device = Device.create(person=cast.ada.id, secret_hash="x", label="phone", zone="UTC", seen_at=clock.now())
    ended = Device.create(person=cast.ada.id, secret_hash="y", label="old", zone="UTC", seen_at=clock.now(),
                          ended_at=clock.now())
    there = Subscription.create(device=device.id, endpoint="https://push.example.org/1", p256dh="", auth="", key_id="")
    assert access.device(cast.ada, device.id).id == device.id
    assert access.subscription(cast.ada, there.id).id == there.id
    for look_up in (lambda: access.device(cast.bela, device.id), lambda: access.device(cast.ada, ended.id),
                    lambda: access.subscription(cast.bela, there.id), lambda: access.subscription(cast.ada, "x")):
        with pytest.raises(Missing):
            look_up()


def test_pairs_are_those_that_last(cast):
    over = Pair.create(mentee=cast.ada.id, mentor=cast.dan.id, ended=True)
    for person in (cast.ada, cast.bela):
        assert [pair.id for pair in access.pairs(person)] == [cast.pair.id]
    assert access.pairs(cast.dan) == []
    assert over.ended
