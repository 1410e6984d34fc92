"""Arranging a worksheet: questions are dropped, reordered and added; what was answered stays, whatever happens."""
from __future__ import annotations

from mentorlog import records
from mentorlog.sync import apply
from tests.asking import BETWEEN, END, RHYTHM, STYLE, TIMES, answer, answers_of, opened, page_of, use
from tests.cast import sign_in
from tests.submitting import Forms, fill, send

SET = "/questions/working-agreement"


def asked(person, id: str) -> list[str]:
    """The ids of what a worksheet asks, in order."""
    return [one["id"] for one in questions_of(person, id) if not one.get("out")]


def questions_of(person, id: str) -> list[dict]:
    return records.find(person, "worksheet", id)["fields"]["questions"]


def arrange(client, id: str, *questions: str, **typed: str):
    """Tick these questions, in this order, and send the form."""
    path = f"/worksheets/{id}/questions"
    return send(client, path, fill(client, path) | {"question": list(questions)} | typed)


# -- before it is used -------------------------------------------------------------------------------------------------

def test_a_question_moves_up_and_nothing_is_written(ada, cast):
    hidden = fill(ada, SET) | {"question": [RHYTHM, TIMES, END], "own": "Typed so far"}
    reply = send(ada, SET, hidden | {"up": END})
    body = reply.get_data(as_text=True)
    assert reply.status_code == 200 and "Typed so far" in body and hidden["change"] in body
    assert body.index(f'value="{END}" checked') < body.index(f'value="{TIMES}" checked')
    assert "5 left out" in body and records.count(cast.ada, "worksheet") == 0


def test_a_set_is_used_in_the_order_that_was_chosen(ada, cast):
    assert asked(cast.ada, use(ada, "working-agreement", END, RHYTHM)) == [END, RHYTHM]


def test_questions_of_ones_own_come_last_one_a_line(ada, cast):
    id = use(ada, "working-agreement", RHYTHM, own=" What  else? \r\n\r\nWho else?\r\nWhat else?")
    assert [one["text"] for one in questions_of(cast.ada, id)][1:] == ["What else?", "Who else?"]
    assert {one["type"] for one in questions_of(cast.ada, id)[1:]} == {"text"}


def test_one_question_of_ones_own_is_enough(ada, cast):
    fields = fill(ada, SET) | {"question": [], "own": "Only this?", "kind": "yes_no"}
    id = send(ada, SET, fields).headers["Location"].rpartition("/")[2]
    assert [(one["text"], one["type"]) for one in questions_of(cast.ada, id)] == [("Only this?", "yes_no")]


def test_a_question_may_have_5000_characters_and_a_set_fifty_of_them(ada, cast):
    fields = fill(ada, SET) | {"question": [RHYTHM]}
    id = use(ada, "working-agreement", RHYTHM, own="x" * 5000)
    assert len(questions_of(cast.ada, id)[1]["text"]) == 5000
    for own, words in (("x" * 5001, "Question 1: This is too long: 5000 characters at most."),
                       ("\n".join(f"Why {n}?" for n in range(500)), "50 questions at most; these would be 501.")):
        reply = send(ada, SET, fields | {"own": own})
        body = reply.get_data(as_text=True)
        assert reply.status_code == 422 and words in body and own.splitlines()[-1] in body
    assert len(asked(cast.ada, use(ada, "working-agreement", RHYTHM, own="\n".join(f"{n}?" for n in range(49))))) == 50
    assert send(ada, SET, fields | {"own": "Why?", "kind": "essay"}).status_code == 422


# -- while it is answered ----------------------------------------------------------------------------------------------

def test_questions_are_dropped_reordered_and_added_while_it_is_answered(ada, cast):
    id = use(ada, "working-agreement", RHYTHM, TIMES, END)
    answer(ada, id, RHYTHM, text="Weekly.")
    assert arrange(ada, id, END, BETWEEN, RHYTHM, own="What else?").headers["Location"] == f"/worksheets/{id}"
    body = page_of(ada, f"/worksheets/{id}")
    assert asked(cast.ada, id)[:3] == [END, BETWEEN, RHYTHM] and "What else?" in body
    assert f'id="question-{TIMES}"' not in body and "1 of 4 answered" in body and "Weekly." in body


def test_what_is_left_out_stays_with_its_answer_and_its_words(ada, cast):
    id = use(ada, "working-agreement", RHYTHM, TIMES)
    answer(ada, id, RHYTHM, text="Weekly.")
    arrange(ada, id, TIMES)
    shown, _, left = page_of(ada, f"/worksheets/{id}/answers").partition("No longer in the set")
    assert "Weekly." not in shown and "Weekly." in left and "How often can you really keep" in left
    assert "0 of 1 answered" in shown and "Weekly." in page_of(ada, f"/worksheets/{id}/talk")
    arrange(ada, id, TIMES, RHYTHM)
    assert "1 of 2 answered" in page_of(ada, f"/worksheets/{id}/answers")


def test_an_answer_to_a_question_that_was_left_out_meanwhile_is_kept_and_said(ada, cast):
    id = use(ada, "working-agreement", RHYTHM, TIMES)
    form = opened(ada, id, RHYTHM) | {"text": "Weekly."}
    arrange(ada, id, TIMES)
    assert send(ada, f"/worksheets/{id}", form).headers["Location"] == f"/worksheets/{id}/answers"
    body = page_of(ada, f"/worksheets/{id}/answers")
    assert "left out meanwhile" in body and "Weekly." in body.partition("No longer in the set")[2]
    refused = send(ada, f"/worksheets/{id}", form | {"text": "x" * 5001})
    assert refused.status_code == 422 and "x" * 5001 in refused.get_data(as_text=True)
    assert [one["text"] for one in answers_of(cast.ada)] == ["Weekly."]


def test_a_worksheet_asks_one_question_at_least(ada, cast):
    id = use(ada, "working-agreement", RHYTHM)
    for typed in ({}, {"own": " \n "}):
        reply = arrange(ada, id, "no-such-question", **typed)
        assert reply.status_code == 422 and "Tick a question first" in reply.get_data(as_text=True)
    assert asked(cast.ada, id) == [RHYTHM]


def test_an_arrangement_that_is_sent_twice_is_one(ada, cast):
    id = use(ada, "working-agreement", RHYTHM, TIMES)
    path = f"/worksheets/{id}/questions"
    form = fill(ada, path) | {"question": [TIMES], "own": "What else?"}
    assert [send(ada, path, form).status_code for _ in range(2)] == [303, 303]
    assert len(asked(cast.ada, id)) == 2
    assert [one["id"] for one in questions_of(cast.ada, id) if one.get("out")] == [RHYTHM]


def test_what_nobody_answered_makes_room_for_sixty(ada, cast):
    id = use(ada, "working-agreement", RHYTHM, own="\n".join(f"{n}?" for n in range(49)))
    answer(ada, id, RHYTHM, text="Weekly.")
    arrange(ada, id, own="\n".join(f"Other {n}?" for n in range(50)))
    found = questions_of(cast.ada, id)
    assert len(found) == 60 and len(asked(cast.ada, id)) == 50 and RHYTHM in [one["id"] for one in found]


def test_a_worksheet_of_somebody_else_is_not_arranged(ada, app, cast):
    id = use(ada, "working-agreement", RHYTHM, TIMES)
    dan = sign_in(app.test_client(), "dan")
    assert dan.get(f"/worksheets/{id}/questions").status_code == 404
    assert send(dan, f"/worksheets/{id}/questions", {"question": [TIMES]}).status_code == 404
    assert asked(cast.ada, id) == [RHYTHM, TIMES]


# -- on two devices ----------------------------------------------------------------------------------------------------

def take(person, **change):
    change = {"id": records.new_id(), "kind": "worksheet", "made_at": "2026-11-24T11:00:00.000Z"} | change
    outcome = apply.take(person, None, [change])[change["id"]]
    assert outcome["outcome"] in ("accepted", "merged"), outcome


def test_the_same_question_added_on_two_devices_stands_once(ada, cast):
    id = use(ada, "working-agreement", RHYTHM)
    form = fill(ada, f"/worksheets/{id}/questions") | {"question": [RHYTHM], "own": "What else?"}
    arrange(ada, id, RHYTHM, own="What else?")
    assert send(ada, f"/worksheets/{id}/questions", form).status_code == 303
    assert [one["text"] for one in questions_of(cast.ada, id)][1:] == ["What else?"]


def test_one_reorders_and_the_other_adds_and_both_are_in_it(ada, cast):
    id = use(ada, "working-agreement", RHYTHM, TIMES)
    form = fill(ada, f"/worksheets/{id}/questions")
    arrange(ada, id, TIMES, RHYTHM)
    send(ada, f"/worksheets/{id}/questions", form | {"question": [RHYTHM, TIMES], "own": "What else?"})
    assert {RHYTHM, TIMES} < set(asked(cast.ada, id)) and len(asked(cast.ada, id)) == 3


def test_text_typed_for_a_question_that_became_another_kind_is_not_hidden(ada, cast):
    id = use(ada, "first-meeting", STYLE)
    own = records.name_id(cast.ada.names, f"answer:{id}:{STYLE}")
    text = {"worksheet": id, "question": STYLE, "text": "In words"}
    take(cast.ada, kind="answer", record=own, base=None, fields=text)
    body = page_of(ada, f"/worksheets/{id}/answers")
    assert "Not answered yet. What you typed is kept:" in body and "In words" in body
    assert "0 of 1 answered" in body


def test_a_worksheet_whose_set_is_gone_can_be_arranged_all_the_same(ada, cast):
    id = use(ada, "working-agreement", RHYTHM, TIMES)
    rev = records.find(cast.ada, "worksheet", id)["rev"]
    take(cast.ada, record=id, base=rev, fields={"set": "no-longer-there"})
    assert "2 of 2" not in page_of(ada, f"/worksheets/{id}/questions")
    arrange(ada, id, TIMES)
    assert asked(cast.ada, id) == [TIMES]
    assert f"/worksheets/{id}/questions" in Forms(page_of(ada, f"/worksheets/{id}/questions")).found
