"""How fields join: each rule of sync.md by itself."""
from __future__ import annotations

import pytest

from mentorlog.goals import Goal, Rating
from mentorlog.journal import Entry
from mentorlog.sessions import Session
from mentorlog.sync.join import given_way, join, unseen_texts
from mentorlog.sync.kept import Kept

PAIR = "00000000-0000-4000-8000-00000000000a"
MONDAY = {"starts_on": "2026-11-30", "starts_time": "10:00", "zone": "Europe/Berlin"}


def joined(kind, current, saw, new, creates=False):
    """(what the record becomes, what is kept)"""
    result = join(kind, current, saw, new, creates)
    return result.fields, result.kept


def test_what_nobody_else_changed_is_taken():
    assert joined(Entry, {"text": "a", "title": "t"}, {"text": "a"}, {"text": "b"}) == ({"text": "b", "title": "t"}, [])


def test_different_fields_of_one_record_are_both_kept():
    assert joined(Entry, {"text": "b", "title": "t"}, {"text": "a", "title": "t"}, {"title": "u"}) == (
        {"text": "b", "title": "u"}, [])


def test_prose_is_joined_by_sentence():
    assert joined(Entry, {"text": "X. B."}, {"text": "A. B."}, {"text": "A. Y."}) == ({"text": "X. Y."}, [])


def test_prose_that_cannot_be_joined_stays_and_the_other_is_kept_whole():
    assert joined(Entry, {"text": "X. B."}, {"text": "A. B."}, {"text": "Y. B. C."}) == (
        {"text": "X. B."}, [("text", "Y. B. C.")])


def test_an_emptied_text_is_nothing_to_keep():
    assert joined(Entry, {"text": "X."}, {"text": "A."}, {"text": ""}) == ({"text": "X."}, [])


def test_a_joined_line_too_long_for_its_field_is_kept():
    base, ours, theirs = (f"{first}. {second}." for first, second in (
        ("a" * 90, "b" * 30), ("a" * 90, "c" * 47), ("d" * 100, "b" * 30)))
    fields, kept = joined(Goal, {"text": ours}, {"text": base}, {"text": theirs})
    assert (fields, kept) == ({"text": ours}, [("text", theirs)])


def test_tags_are_a_set():
    assert joined(Entry, {"tags": ["a", "b", "c"]}, {"tags": ["a", "b"]}, {"tags": ["b", "d"]}) == (
        {"tags": ["b", "c", "d"]}, [])


def test_steps_are_joined_field_by_field():
    fields, kept = joined(
        Goal, {"steps": [{"id": "a", "text": "Ask her.", "done": False}]},
        {"steps": [{"id": "a", "text": "Ask.", "done": False}]}, {"steps": [{"id": "a", "text": "Ask.", "done": True}]})
    assert (fields, kept) == ({"steps": [{"id": "a", "text": "Ask her.", "done": True}]}, [])


def test_a_step_in_two_wordings_keeps_the_one_and_lets_the_other_be_found():
    fields, kept = joined(
        Goal, {"steps": [{"id": "a", "text": "Ask her."}]}, {"steps": [{"id": "a", "text": "Ask."}]},
        {"steps": [{"id": "a", "text": "Ask him."}]})
    assert (fields, kept) == ({"steps": [{"id": "a", "text": "Ask her."}]}, [("steps", "Ask him.")])


def test_of_any_other_field_of_my_own_the_later_arrival_wins():
    assert joined(Goal, {"due_on": "2026-12-01"}, {"due_on": None}, {"due_on": "2026-12-24"}) == (
        {"due_on": "2026-12-24"}, [])


def test_a_field_i_did_not_change_stays_as_the_other_set_it():
    assert joined(Goal, {"due_on": "2026-12-01"}, {"due_on": None}, {"due_on": None, "area": "skill"}) == (
        {"due_on": "2026-12-01", "area": "skill"}, [])


def test_another_field_of_a_pairs_record_stands_and_mine_is_a_proposal():
    assert joined(Session, {"pair": PAIR, "minutes": 45}, {"pair": PAIR, "minutes": 30}, {"minutes": 60}) == (
        {"pair": PAIR, "minutes": 45}, [("minutes", "60")])


def test_before_there_is_a_pair_the_later_arrival_wins_there_too():
    assert joined(Session, {"minutes": 45}, {"minutes": 30}, {"minutes": 60}) == ({"minutes": 60}, [])


def test_the_start_of_a_pairs_session_moves_as_a_whole_or_is_proposed_as_a_whole():
    moved = MONDAY | {"pair": PAIR, "starts_on": "2026-12-04"}
    fields, kept = joined(Session, moved, MONDAY | {"pair": PAIR}, {"starts_time": "16:00"})
    assert fields == moved
    assert kept == [("starts_time", '{"starts_on": "2026-11-30", "starts_time": "16:00", "zone": "Europe/Berlin"}')]


def test_the_start_of_my_own_session_is_that_of_the_later_arrival_as_a_whole():
    fields, kept = joined(Session, MONDAY | {"starts_on": "2026-12-04"}, MONDAY, {"starts_time": "16:00"})
    assert (fields, kept) == (MONDAY | {"starts_time": "16:00"}, [])


def test_a_start_that_nobody_else_moved_moves():
    assert joined(Session, MONDAY | {"notes": "x"}, MONDAY, {"starts_time": "16:00"})[0] == MONDAY | {
        "notes": "x", "starts_time": "16:00"}


def test_a_pair_is_set_once():
    assert joined(Session, {"pair": PAIR}, {}, {"pair": PAIR[:-1] + "b"}) == ({"pair": PAIR}, [])


def test_the_bin_is_an_ordinary_field_and_an_edit_stays_in_it():
    assert joined(Entry, {"text": "a", "binned_at": "x"}, {"text": "a"}, {"text": "b"}) == (
        {"text": "b", "binned_at": "x"}, [])
    assert joined(Session, {"pair": PAIR, "binned_at": "x"}, {"pair": PAIR, "binned_at": "w"}, {"binned_at": None}) == (
        {"pair": PAIR, "binned_at": None}, [])


def test_an_edit_of_what_was_deleted_unseen_is_kept():
    assert joined(Entry, {"deleted": True}, {"text": "a", "title": "t"}, {"text": "b", "title": "t"}) == (
        {"deleted": True}, [("text", "b")])


def test_steps_that_meet_a_deletion_are_kept_line_by_line():
    steps = [{"id": "a", "text": "Ask."}, {"id": "b", "text": "Listen."}, {"id": "c", "text": "Known."}]
    assert joined(Goal, {"deleted": True}, {"text": "a", "steps": steps[2:]}, {"steps": steps}) == (
        {"deleted": True}, [("steps", "Ask.\nListen.")])


def test_a_creation_over_a_tombstone_begins_anew():
    assert joined(Rating, {"deleted": True}, {}, {"value": 3}, creates=True) == ({"value": 3}, [])


def test_what_was_seen_deleted_can_be_taken_back():
    assert joined(Entry, {"deleted": True}, {"deleted": True}, {"deleted": False, "text": "b"})[0]["text"] == "b"


def test_the_texts_that_were_not_seen_are_found():
    fields = {"title": "t", "text": "b", "tags": ["x"]}
    assert unseen_texts(Entry, fields, {"title": "t", "text": "a"}) == [("text", "b")]
    assert unseen_texts(Kept, {"of": PAIR, "field": "text", "text": "a"}, {"field": "text"}) == [("text", "a")]


@pytest.mark.parametrize(("saw", "kept"), [
    ({}, [("reason", "First."), ("reason", "Second.")]), ({"reason": "First."}, [("reason", "Second.")]),
    ({"reason": "Second.", "earlier": [{"value": 2, "reason": "First."}]}, []),
    ({"reason": "Third."}, [("reason", "First."), ("reason", "Second.")])])
def test_what_gave_way_unseen_is_not_deleted_with_what_stands(saw, kept):
    earlier = [{"value": 2, "reason": "First.", "until": "1"}, {"value": 5, "reason": "Second.", "until": "2"},
               {"value": 2, "reason": "First.", "until": "3"}, {"value": 3, "reason": "Third."}, {"reason": 7}]
    assert given_way(Rating, {"value": 1, "reason": "Third.", "earlier": earlier}, saw) == kept


@pytest.mark.parametrize(("before", "after", "earlier"), [
    ({}, {"value": 3}, None), ({"value": 3}, {"value": 3, "reason": "x"}, None),
    ({"value": 3, "reason": "Slow."}, {"value": 4}, [{"value": 3, "reason": "Slow.", "until": "now"}]),
    ({"value": 3}, {"deleted": True}, None)])
def test_a_rating_notes_the_value_that_gives_way(before, after, earlier):
    assert Rating.settle(after, before, "now").get("earlier") == earlier


@pytest.mark.parametrize(("current", "saw", "new", "becomes", "kept"), [
    ({"value": 3, "reason": "A."}, {}, {"value": 5, "reason": "B."}, {"value": 5, "reason": "B."}, []),
    ({"value": 3, "reason": "A."}, {}, {"value": 5}, {"value": 5, "reason": ""}, []),
    ({"value": 3}, {}, {"value": 5}, {"value": 5}, []),
    ({"value": 3, "reason": "A."}, {}, {"value": 3, "reason": "B."}, {"value": 3, "reason": "A."}, [("reason", "B.")]),
    ({"value": 3, "reason": "A."}, {"value": 2, "reason": "Z."}, {"value": 5}, {"value": 5, "reason": "Z."}, []),
    ({"value": 3, "reason": "A."}, {"value": 2, "reason": "Z."}, {"value": 2, "reason": "Y."},
     {"value": 3, "reason": "A."}, [("reason", "Y.")]),
    ({"value": 2, "reason": "A."}, {"value": 2, "reason": "Z."}, {"value": 5, "reason": "Y."},
     {"value": 5, "reason": "Y."}, []),
    ({"value": 2, "reason": "A."}, {"value": 2, "reason": "Z."}, {"value": 5}, {"value": 5, "reason": "A."}, []),
    ({"reason": "A."}, {}, {"value": 5, "reason": "B."}, {"value": 5, "reason": "A."}, [("reason", "B.")])])
def test_a_value_that_takes_the_place_of_another_brings_its_reason(current, saw, new, becomes, kept):
    assert joined(Rating, current, saw, new) == (becomes, kept)


def test_a_rating_remembers_the_last_twenty_values():
    fields: dict = {"value": 1}
    for number in range(40):
        fields = Rating.settle(fields | {"value": 1 + (number + 1) % 2}, fields, str(number))
    assert [gone["until"] for gone in fields["earlier"]] == [str(number) for number in range(20, 40)]


BINNED = {"text": "Worth having.", "title": "t", "tags": ["x"], "binned_at": "2026-11-24T12:00:00.000Z"}


def test_what_one_takes_out_of_the_bin_is_kept_though_the_other_has_emptied_it():
    assert joined(Entry, {"deleted": True}, BINNED, {"binned_at": None}) == (
        {"deleted": True}, [("title", "t"), ("text", "Worth having.")])
    assert joined(Entry, {"deleted": True}, BINNED, {"tags": []}) == ({"deleted": True}, [])


def test_who_empties_the_bin_has_not_seen_what_was_taken_out_of_it_since():
    assert unseen_texts(Entry, BINNED | {"binned_at": None}, BINNED) == [("title", "t"), ("text", "Worth having.")]
    assert unseen_texts(Entry, BINNED, BINNED) == []
