"""The one door: who may, sent twice, stands on what, forms, poison, and what a batch costs."""
from __future__ import annotations

import logging

import pytest
from peewee import OperationalError

from mentorlog import clock, records
from mentorlog.journal import Entry
from mentorlog.models import Done, History, Record
from mentorlog.sync import apply, judge
from tests.counting import queries
from tests.sync.asking import change, edit, fields, outcome, rows, sync

# -- sent twice

def test_a_change_sent_twice_stands_once(ada, entry):
    again = [outcome(ada, entry) for _ in range(3)]
    assert again == [{"outcome": "accepted"}] * 3
    assert History.select().count() == Done.select().count() == Record.get().n == 1


def test_a_change_twice_in_one_request_stands_once(ada):
    made = change("entry", text="a")
    assert sync(ada, [made, made])["outcomes"] == {made["id"]: {"outcome": "accepted"}}
    assert Record.get_by_id(made["record"]).n == 1


def test_a_kept_text_sent_twice_is_kept_once(ada, entry):
    outcome(ada, edit(entry, text="Uno. Two."))
    late = edit(entry, text="Eins. Two.")
    first = outcome(ada, late)
    assert first == outcome(ada, late) == {"outcome": "kept", "kept": first["kept"]}
    assert [row.fields["text"] for row in Record.select().where(Record.kind == "kept")] == ["Eins. Two."]


def test_an_id_used_for_something_else_is_refused_loudly(ada, bela, entry):
    assert outcome(ada, entry | {"fields": {"text": "Other."}}) == {"outcome": "refused", "why": "id_taken"}
    assert outcome(bela, entry) == {"outcome": "refused", "why": "id_taken"}
    assert fields(entry)["text"] == "One. Two."


def test_a_refusal_is_not_remembered(ada, monkeypatch):
    made = change("entry", mood="good")
    assert outcome(ada, made) == {"outcome": "refused", "why": "unknown_field", "field": "mood"}
    assert not Done.select().exists() and not Record.select().exists()
    made["fields"] = {"text": "good"}
    assert outcome(ada, made) == {"outcome": "accepted"}


# -- on what it stands

def test_a_state_that_is_not_known_any_more_is_asked_for(ada, entry):
    outcome(ada, edit(entry, text="One. Two. Three."))
    History.delete().where(History.change == entry["id"]).execute()
    late = edit(entry, text="Zero. One. Two.")
    assert outcome(ada, late) == {"outcome": "need_was"}
    del late["base"]
    assert outcome(ada, late | {"was": {"text": "One. Two."}}) == {"outcome": "merged"}
    assert fields(entry)["text"] == "Zero. One. Two. Three."


def test_an_author_who_no_longer_knows_what_they_saw_loses_nothing(ada, entry):
    late = change("entry", entry["record"], stands={"was": {}}, text="Something else.")
    assert outcome(ada, late)["outcome"] == "kept"
    assert fields(entry)["text"] == "One. Two."


def test_what_an_author_says_they_saw_is_believed_only_as_far_as_it_can_be(ada, entry):
    was = {"text": 7, "title": ["x"], "tags": "a", "mood": {}, "__proto__": 1, "deleted": "no"}
    late = change("entry", entry["record"], stands={"was": was}, text="Something else.")
    assert outcome(ada, late)["outcome"] == "kept"


def test_an_edit_of_a_part_asks_for_what_it_stands_on(ada, entry):
    part = change("entry", entry["record"], stands={"was": {"text": "One. Two."}}, text="One. Two. Three.")
    assert outcome(ada, part)["outcome"] == "merged"
    above = change("entry", entry["record"], stands={"after": part["id"]}, title="Second")
    assert outcome(ada, above) == {"outcome": "need_was"}


def test_what_follows_a_refused_change_waits_and_other_records_go_on(ada, entry):
    bad, behind, other = edit(entry, title="x" * 201), edit(entry, text="x"), change("entry", text="y")
    told = sync(ada, [bad, behind, other])["outcomes"]
    assert [told[one["id"]]["outcome"] for one in (bad, behind, other)] == ["refused", "behind", "accepted"]
    assert told[bad["id"]] == {"outcome": "refused", "why": "too_long", "field": "title"}
    assert not Done.select().where(Done.change == behind["id"]).exists()


# -- forms of a browser without a worker

def test_a_form_goes_through_the_same_door(cast, entry):
    one = edit(entry, text="Zero. One. Two.")
    for _ in range(2):
        assert apply.take(cast.ada, None, [one]) == {one["id"]: {"outcome": "accepted"}}
    assert fields(entry)["text"] == "Zero. One. Two."


def test_a_form_of_somebody_else_is_refused(cast, entry):
    one = edit(entry, text="x")
    assert apply.take(cast.bela, None, [one]) == {one["id"]: {"outcome": "refused", "why": "not_found"}}


def test_a_form_whose_state_is_not_known_any_more_is_joined_as_if_it_had_seen_nothing(cast, entry):
    History.delete().execute()
    one = edit(entry, text="Something else.")
    assert apply.take(cast.ada, None, [one])[one["id"]]["outcome"] == "kept"


def test_a_form_that_stands_on_what_has_not_arrived_is_told_so(cast, entry):
    one = change("entry", entry["record"], stands={"after": records.new_id()}, text="x")
    new = change("entry", stands={"after": records.new_id()}, text="x")
    assert apply.take(cast.ada, None, [one]) == {one["id"]: {"outcome": "need_was"}}
    assert apply.take(cast.ada, None, [new]) == {new["id"]: {"outcome": "need_was"}}


def test_a_form_saved_again_with_another_text_stands_on_its_first_save(cast, entry):
    one = edit(entry, text="One. Two. Three.")
    for text in ("One. Two. Three.", "One. Two. Four.", "One. Two. Four."):
        again = one | {"fields": {"text": text}}
        assert apply.take(cast.ada, None, [again]) == {one["id"]: {"outcome": "accepted"}}
    assert fields(entry)["text"] == "One. Two. Four."
    assert Record.get_by_id(entry["record"]).n == 3
    assert not Record.select().where(Record.kind == "kept").exists()


def test_a_form_that_changes_nothing_makes_no_change(cast, entry):
    def state():
        return Record.get_by_id(entry["record"]).n, History.select().count(), Done.select().count()

    before = state()
    same, both = edit(entry, text="One. Two."), edit(entry, text="One. Two.", title="First")
    over = change("entry", entry["record"], text="One. Two.", title="First")
    for one in (same, both, over):
        assert apply.take(cast.ada, None, [one]) == {one["id"]: {"outcome": "accepted"}}
        assert state() == before
    later = same | {"fields": {"text": "One."}}
    assert apply.take(cast.ada, None, [later]) == {same["id"]: {"outcome": "accepted"}}
    assert fields(entry)["text"] == "One."


def test_a_form_that_changes_nothing_undoes_nothing_and_sees_no_more_than_its_owner(cast, ada, entry):
    assert outcome(ada, edit(entry, text="One. Two. Three."))["outcome"] == "accepted"
    late = edit(entry, text="One. Two.")
    assert apply.take(cast.ada, None, [late]) == {late["id"]: {"outcome": "accepted"}}
    assert (fields(entry)["text"], Record.get_by_id(entry["record"]).n) == ("One. Two. Three.", 2)
    assert apply.take(cast.bela, None, [late]) == {late["id"]: {"outcome": "refused", "why": "not_found"}}


def test_a_form_that_empties_what_was_never_set_changes_something(cast, entry):
    one = edit(entry, session=None)
    assert apply.take(cast.ada, None, [one])[one["id"]] == {"outcome": "accepted"}
    assert Record.get_by_id(entry["record"]).n == 2


def test_a_form_for_a_new_record_saved_again_makes_no_second_one(cast):
    one = change("entry", text="First.")
    apply.take(cast.ada, None, [one])
    assert apply.take(cast.ada, None, [one | {"fields": {"text": "Second."}}]) == {one["id"]: {"outcome": "accepted"}}
    assert [row.fields["text"] for row in Record.select()] == ["Second."]


def test_an_empty_base_from_a_form_means_a_new_record(cast):
    one = change("entry", stands={"base": ""}, text="x")
    assert apply.take(cast.ada, None, [one]) == {one["id"]: {"outcome": "accepted"}}


@pytest.mark.parametrize("last", [{"text": "x" * 141}, {"mood": "good"}])
def test_a_form_of_several_changes_is_taken_whole_or_not_at_all(cast, entry, last):
    def state():
        return fields(entry), Record.select().count(), History.select().count(), Done.select().count()

    before = state()
    first, bad = edit(entry, text="One."), change("goal", **last)
    told = apply.take(cast.ada, None, [first, bad])
    assert (told[first["id"]]["outcome"], told[bad["id"]]["outcome"]) == ("behind", "refused")
    assert state() == before
    mended = [first, bad | {"fields": {"text": "Short."}}]
    assert {one["outcome"] for one in apply.take(cast.ada, None, mended).values()} == {"accepted"}


# -- when something breaks

def test_a_change_that_makes_us_raise_is_refused_alone(ada, monkeypatch, caplog):
    def fail(record, before):
        if record.fields.get("title") == "poison":
            raise ZeroDivisionError(record.fields["text"])

    monkeypatch.setattr(Entry, "after_write", fail)
    good, poison, other = (change("entry", title=title, text="Secret words.") for title in ("good", "poison", "other"))
    above = change("entry", poison["record"], stands={"after": poison["id"]}, text="x")
    with caplog.at_level(logging.ERROR):
        told = sync(ada, [good, poison, above, other])["outcomes"]
    assert [told[one["id"]] for one in (good, poison, above, other)] == [
        {"outcome": "accepted"}, {"outcome": "refused", "why": "server_error"}, {"outcome": "behind"},
        {"outcome": "accepted"}]
    assert Record.get_or_none(Record.id == poison["record"]) is None
    assert poison["id"] in caplog.text and "ZeroDivisionError" in caplog.text
    assert "Secret words" not in caplog.text


def test_a_database_that_is_gone_is_no_refusal(ada, monkeypatch):
    def gone(batch, one):
        raise OperationalError("gone")

    monkeypatch.setattr(apply, "judge", gone)
    with pytest.raises(OperationalError):
        sync(ada, [change("entry", text="x")])
    assert not Done.select().exists()


def test_the_hook_of_a_kind_hears_of_each_record_after_it_is_written(ada, entry, monkeypatch):
    heard = []
    monkeypatch.setattr(Entry, "after_write", lambda record, before: heard.append(
        (record.fields, before, Record.get_by_id(record.id).fields)))
    outcome(ada, edit(entry, text="New."))
    new = {"text": "New.", "title": "First"}
    assert heard == [(new, {"text": "One. Two.", "title": "First"}, new)]
    made = change("entry", text="x")
    outcome(ada, made)
    assert heard[1] == ({"text": "x"}, None, {"text": "x"})


# -- what a batch costs

def cost(device, changes) -> int:
    with queries() as asked:
        told = sync(device, changes)["outcomes"]
    assert {one["outcome"] for one in told.values()} <= {"accepted", "merged", "kept"}
    return len(asked)


def test_a_batch_costs_few_queries_for_each_hundred_changes(cast, ada):
    few, many = ([change("entry", text=f"Number {n}.", shared=cast.pair.id) for n in range(count)]
                 for count in (10, 300))
    cost(ada, [change("entry", text="The first.")])  # notes that the device has told
    one, large = cost(ada, few), cost(ada, many)
    assert one <= 24
    assert large < one + 3 * 6  # INSERTs of a hundred rows: record, history, two feeds, done, and look-ups
    edits = [edit(made, text=f"{made['fields']['text']} More.") for made in many]
    clashes = [edit(made, text="All other words.") for made in many]
    assert cost(ada, edits) < one + 3 * 7
    assert cost(ada, clashes) < one + 3 * 12  # each makes a kept record too


# -- time

def test_an_entry_stands_where_it_was_written_by_a_clock_that_is_right(ada):
    made = change("entry", text="x", made_at="2026-01-02T03:04:05.678Z")
    assert rows_at(ada, made) == "2026-01-02T03:04:05.678Z"


def rows_at(device, made, **more):
    sync(device, [made], **more)
    return rows(device)[made["record"]]["at"]


def test_a_clock_that_is_off_by_more_than_two_minutes_is_put_right(ada):
    with clock.at(clock.parse("2026-11-24T12:00:00.000Z")):
        far = change("entry", text="x", made_at="2029-11-24T11:00:00.000Z")
        assert rows_at(ada, far, sent_at="2029-11-24T12:00:00.000Z") == "2026-11-24T11:00:00.000Z"
        near = change("entry", text="x", made_at="2026-11-24T11:00:00.000Z")
        assert rows_at(ada, near, sent_at="2026-11-24T12:01:59.000Z") == "2026-11-24T11:00:00.000Z"


def test_a_session_stays_on_the_day_and_hour_that_somebody_chose(ada):
    made = change("session", starts_on="2026-12-01", starts_time="15:00", zone="Europe/Berlin", notes="x",
                  made_at="2029-11-24T11:00:00.000Z")
    assert rows_at(ada, made, sent_at="2029-11-24T12:00:00.000Z") == "2026-12-01T14:00:00.000Z"


@pytest.mark.parametrize("made_at", [
    "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "1899-12-31T00:00:00.000Z", "2200-01-01T00:00:00.000Z"])
@pytest.mark.parametrize("sent_at", [None, "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z", "yesterday"])
def test_no_clock_is_a_reason_to_refuse(ada, made_at, sent_at):
    made = change("entry", text="x", made_at=made_at)
    assert outcome(ada, made, sent_at=sent_at) == {"outcome": "accepted"}
    assert "1900" <= rows(ada)[made["record"]]["at"] < "2200"


@pytest.mark.parametrize("wall", [
    {"starts_on": "1900-01-01", "starts_time": "00:30", "zone": "Asia/Tokyo"},
    {"starts_on": "2199-12-31", "starts_time": "23:30", "zone": "America/New_York"}])
def test_a_session_at_the_end_of_the_calendar_is_refused_by_its_day(ada, wall):
    assert outcome(ada, change("session", **wall)) == {"outcome": "refused", "why": "invalid", "field": "starts_on"}


def test_nothing_changes_where_the_same_is_written_again(ada, entry):
    before = Record.get().fields
    assert outcome(ada, edit(entry, text="One. Two.")) == {"outcome": "accepted"}
    assert Record.get().fields == before


def test_the_mark_of_a_part_is_no_field(database):
    assert not any(judge.PARTIAL in kind.specs for kind in records.KINDS.values())
