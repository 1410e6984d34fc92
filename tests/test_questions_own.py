"""Sets of one's own: made, copied, changed, used like those of the library, binned; answers keep their words."""
from __future__ import annotations

import pytest

from mentorlog import library, records
from mentorlog.sync import apply
from tests.asking import STYLE, answer, page_of, plan, use
from tests.cast import sign_in
from tests.submitting import fill, send, submit

THREE = "What do I want to be true?\r\nHow likely is it?\r\nWho else?"


def make(client, title: str = "Before a hard conversation", own: str = THREE, **typed: str) -> str:
    """Make a set; its id."""
    reply = submit(client, "/questions/new", title=title, own=own, **typed)
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return reply.headers["Location"].rpartition("/")[2]


def fields_of(person, id: str) -> dict:
    return records.find(person, "set", id)["fields"]


def ids(person, id: str) -> list[str]:
    return [question["id"] for question in fields_of(person, id)["questions"]]


def change(client, id: str, questions: list[str], **typed: str):
    """Fill in the form of a set and send it, with these questions in this order."""
    path = f"/questions/{id}/edit"
    return send(client, path, fill(client, path) | {"question": questions} | {
        name.replace("__", "_"): text for name, text in typed.items()})


# -- making ------------------------------------------------------------------------------------------------------------

def test_a_set_is_made_of_lines_and_stands_beside_those_of_the_library(ada, cast):
    id = make(ada, about="An hour before", situation="hard", phase="middle")
    fields = fields_of(cast.ada, id)
    assert [question["text"] for question in fields["questions"]] == THREE.split("\r\n")
    assert (fields["title"], fields["about"]) == ("Before a hard conversation", "An hour before")
    for path in ("/questions", "/questions?time=own", "/questions?time=middle", "/questions?situation=hard",
                 "/questions?q=how likely"):
        assert f"/questions/{id}" in page_of(ada, path), path
    body = page_of(ada, f"/questions/{id}")
    assert "An hour before" in body and "8 minutes" in body and "Half-way" in body


def test_without_a_set_of_ones_own_it_says_what_would_stand_there(ada):
    assert "No set of your own" in page_of(ada, "/questions?time=own")


def test_a_set_that_is_made_by_a_double_tap_is_one(ada, cast):
    form = fill(ada, "/questions/new", title="Mine", own="Why?")
    assert len({send(ada, "/questions/new", form).headers["Location"] for _ in range(2)}) == 1
    assert records.count(cast.ada, "set") == 1


REFUSED = [
    ({"title": " ", "own": "Why?"}, "Give the set a name."),
    ({"title": "x" * 201, "own": "Why?"}, "200 characters at most"),
    ({"title": "Mine", "own": " \r\n "}, "Write a question first."),
    ({"title": "Mine", "own": "\n".join(f"Why {n}?" for n in range(500))}, "50 questions at most; these would be 500."),
    ({"title": "Mine", "own": "Why?\n" + "x" * 5001}, "Question 2: This is too long: 5000 characters at most."),
    ({"title": "Mine", "own": "Why?", "about": "x" * 301}, "300 characters at most"),
    ({"title": "Mine", "own": "Why?", "situation": "constructor"}, "Choose one of the answers offered."),
    ({"title": "Mine", "own": "Why?", "kind": "essay"}, "Question 1: Choose one of the answers offered."),
]


@pytest.mark.parametrize(("typed", "words"), REFUSED, ids=lambda given: given[:20] if isinstance(given, str) else "")
def test_what_cannot_be_taken_comes_back_with_its_words(ada, cast, typed, words):
    form = fill(ada, "/questions/new") | typed
    reply = send(ada, "/questions/new", form)
    body = reply.get_data(as_text=True)
    assert reply.status_code == 422 and words in body and form["change"] in body
    assert all(line in body for line in typed["own"].split("\n") if line.strip())
    assert records.count(cast.ada, "set") == 0


def test_a_question_with_5000_characters_is_one(ada, cast):
    assert len(fields_of(cast.ada, make(ada, own="x" * 5000))["questions"][0]["text"]) == 5000


# -- copying -----------------------------------------------------------------------------------------------------------

def copied(client, set: str, **typed: str) -> str:
    """Copy a set of the library whole; the id of the copy."""
    path, asked = f"/questions/{set}/copy", [question["id"] for question in library.find(set)["questions"]]
    reply = send(client, path, fill(client, path) | {"question": asked} | typed)
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return reply.headers["Location"].rpartition("/")[2]


def test_a_set_of_the_library_is_copied_to_change_it(ada, cast):
    copy = fields_of(cast.ada, copied(ada, "first-meeting", title="My first meeting"))
    theirs = library.find("first-meeting")
    assert [one["text"] for one in copy["questions"]] == [one["text"] for one in theirs["questions"]]
    assert copy["questions"][4] == {
        "id": STYLE, "type": "scale", "text": "How do you like advice to reach you?", "hint": "",
        "low": "Ask me questions", "high": "Tell me straight", "more_if": None, "more": ""}
    assert (copy["about"], copy["situation"], copy["phase"]) == (theirs["goal"], "beginning", "start")


def test_a_copy_keeps_what_is_asked_after_a_yes(ada, cast):
    copy = fields_of(cast.ada, copied(ada, "working-agreement"))["questions"][6]
    assert (copy["more_if"], copy["more"]) == ("yes", "What is a fair time to wait for a reply?")


def test_a_set_that_is_none_is_not_copied(ada):
    assert ada.get("/questions/nothing/copy").status_code == 404


# -- changing ----------------------------------------------------------------------------------------------------------

def test_questions_are_reworded_reordered_dropped_and_added(ada, cast):
    id = make(ada)
    true, likely, _ = ids(cast.ada, id)
    reply = change(ada, id, [likely, true], own="And then?", **{
        f"type__{likely}": "scale", f"low__{likely}": "I will not", f"high__{likely}": "I surely will",
        f"text__{true}": "What do I want?\r\n\r\nIn an hour."})
    assert reply.headers["Location"] == f"/questions/{id}"
    found = fields_of(cast.ada, id)["questions"]
    assert [(one["text"], one["type"]) for one in found] == [
        ("How likely is it?", "scale"), ("What do I want?\n\nIn an hour.", "text"), ("And then?", "text")]
    assert (found[0]["low"], found[0]["high"]) == ("I will not", "I surely will")


def test_up_and_drop_show_the_form_anew_and_write_nothing(ada, cast):
    id = make(ada)
    true, likely, who = ids(cast.ada, id)
    up = change(ada, id, [true, likely, who], up=who, own="Typed so far", **{f"text__{true}": "Typed too"})
    body = up.get_data(as_text=True)
    assert up.status_code == 200 and "Typed so far" in body and "Typed too" in body
    assert body.index(f'value="{who}"') < body.index(f'value="{likely}"')
    assert f'name="question" value="{who}"' not in change(ada, id, [true, who], drop=who).get_data(as_text=True)
    assert ids(cast.ada, id) == [true, likely, who]


def test_a_question_without_words_and_one_that_is_too_long_are_said_at_their_fields(ada, cast):
    id = make(ada)
    true, likely, who = ids(cast.ada, id)
    reply = change(ada, id, [true, likely, who], **{
        f"text__{true}": " \r\n", f"text__{likely}": "x" * 5001, f"low__{who}": "y" * 141, f"type__{who}": "essay"})
    body = reply.get_data(as_text=True)
    assert reply.status_code == 422 and f'id="e-text_{true}"' in body and "Write it, or drop it." in body
    assert f'id="e-text_{likely}"' in body and "x" * 5001 in body and "y" * 141 in body
    assert f'id="e-low_{who}"' in body and f'id="e-text_{who}"' in body
    assert f'for="f-type_{who}"' in body and f'id="f-type_{who}" name="type_{who}"' in body
    assert fields_of(cast.ada, id)["questions"][0]["text"] == "What do I want to be true?"


def test_the_words_of_a_dropped_question_can_be_asked_anew(ada, cast):
    id = make(ada)
    true, *others = ids(cast.ada, id)
    change(ada, id, [true, *others], **{f"text__{true}": "Other words"})
    change(ada, id, ids(cast.ada, id), own="What do I want to be true?")
    found = fields_of(cast.ada, id)["questions"]
    assert [one["text"] for one in found if one["id"] == true] == ["Other words"]
    assert len({one["id"] for one in found}) == 4 and found[-1]["text"] == "What do I want to be true?"


def test_a_form_that_changes_nothing_writes_nothing(ada, cast):
    id = make(ada)
    rev = records.find(cast.ada, "set", id)["rev"]
    assert change(ada, id, ids(cast.ada, id)).status_code == 303
    assert records.find(cast.ada, "set", id)["rev"] == rev


def test_two_who_change_a_set_are_joined(ada, cast):
    id = make(ada)
    true, likely, who = ids(cast.ada, id)
    old = fill(ada, f"/questions/{id}/edit") | {"question": [who, likely, true]}
    change(ada, id, [true, likely, who], own="And then?", **{f"text__{likely}": "How sure are you?"})
    assert send(ada, f"/questions/{id}/edit", old).status_code == 303
    found = {one["id"]: one["text"] for one in fields_of(cast.ada, id)["questions"]}
    assert list(found)[:1] == [who] and found[likely] == "How sure are you?" and "And then?" in found.values()


# -- using -------------------------------------------------------------------------------------------------------------

def test_an_own_set_is_used_for_a_session_like_any_other(ada, cast):
    id, session = make(ada), plan(ada)
    sheet = use(ada, id, session=session)
    assert sheet == records.name_id(cast.ada.names, f"worksheet:{session}:{id}")
    assert records.find(cast.ada, "worksheet", sheet)["fields"]["set"] == id
    answer(ada, sheet, ids(cast.ada, id)[0], text="That it is said.")
    assert "1 of 3 answered" in page_of(ada, f"/questions/{id}?session={session}")


def test_answers_keep_the_words_they_answered_when_the_set_changes_or_goes(ada, cast):
    id = make(ada)
    sheet, (true, *rest) = use(ada, id), ids(cast.ada, id)
    answer(ada, sheet, true, text="That it is said.")
    change(ada, id, [true], **{f"text__{true}": "Other words"})
    assert "What do I want to be true?" in page_of(ada, f"/worksheets/{sheet}/answers")
    send(ada, f"/questions/{id}/delete", {})
    body = page_of(ada, f"/worksheets/{sheet}/answers")
    assert "What do I want to be true?" in body and "That it is said." in body and "Other words" not in body
    assert len(rest) == 2 and "1 of 3 answered" in body


def test_a_set_goes_into_the_bin_and_comes_back(ada, cast):
    id = make(ada)
    assert [send(ada, f"/questions/{id}/delete", {}).status_code for _ in range(2)] == [303, 303]
    assert records.count(cast.ada, "set") == 0
    assert "Set moved to the bin." in page_of(ada, "/questions?time=own")
    assert f"/questions/{id}\"" not in page_of(ada, "/questions?time=own")
    assert "is in the bin" in page_of(ada, f"/questions/{id}")
    assert [send(ada, f"/questions/{id}/bring-back", {}).status_code for _ in range(2)] == [303, 303]
    assert records.count(cast.ada, "set") == 1


def test_a_set_of_somebody_else_is_none(ada, app, cast):
    id = make(ada)
    dan = sign_in(app.test_client(), "dan")
    for path in (f"/questions/{id}", f"/questions/{id}/copy", f"/questions/{id}/edit"):
        assert dan.get(path).status_code == 404, path
        assert send(dan, path, {"title": "Mine now", "own": "Why?"}).status_code == 404, path
    assert send(dan, f"/questions/{id}/delete", {}).status_code == 404
    assert "hard conversation" not in page_of(dan, "/questions?time=own")
    assert records.count(cast.ada, "set") == 1


def test_a_set_that_a_device_made_without_words_is_shown_all_the_same(ada, cast):
    id = records.new_id()
    bare = {"id": records.new_id(), "kind": "set", "record": id, "base": None,
            "made_at": "2026-11-24T09:00:00.000Z", "fields": {"questions": [{"id": "bare"}]}}
    assert apply.take(cast.ada, None, [bare])[bare["id"]]["outcome"] == "accepted"
    for path in ("/questions", "/questions?time=own", *(f"/questions/{id}{more}" for more in ("", "/edit", "/copy"))):
        page_of(ada, path)
