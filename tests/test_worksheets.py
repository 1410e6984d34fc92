"""Worksheets: one answer to a question whatever is tapped twice, skips that lose nothing, ticks, the bin."""
from __future__ import annotations

import re

from mentorlog import records
from mentorlog.sync import apply
from tests.asking import (
    AGREEMENT,
    BETWEEN,
    END,
    RHYTHM,
    STYLE,
    TIMES,
    QuestionForms,
    answer,
    answers_of,
    opened,
    page_of,
    plan,
    use,
)
from tests.cast import sign_in
from tests.copying import write
from tests.counting import queries
from tests.submitting import fill, send, submit

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


# -- answering ---------------------------------------------------------------------------------------------------------

def test_each_type_of_answer_is_kept_and_read_again(ada, cast):
    id = use(ada)
    answer(ada, id, RHYTHM, text="Weekly.\r\n\r\nMost weeks.")
    answer(ada, id, TIMES, text=["  School   run ", "", "Fridays"])
    answer(ada, id, BETWEEN, choice="yes", text="A day.")
    assert {one["question"]: (one["text"], one.get("choice")) for one in answers_of(cast.ada)} == {
        RHYTHM: ("Weekly.\n\nMost weeks.", None), TIMES: ("School run\nFridays", None), BETWEEN: ("A day.", "yes")}
    body = page_of(ada, f"/worksheets/{id}/answers")
    assert '<li dir="auto">School run</li><li dir="auto">Fridays</li>' in body
    assert "<b>Yes</b>" in body and "A day." in body and "3 of 8 answered" in body


def test_a_hint_of_ones_own_does_not_run_into_ours(ada, cast):
    asked = [{"id": "what", "type": "list", "text": "What?", "hint": "Three are enough"}]
    id = write(cast.ada, "worksheet", title="Mine", questions=asked)
    assert "<bdi>Three are enough</bdi><br>One short line each" in page_of(ada, f"/worksheets/{id}")


def test_a_scale_has_words_at_both_ends(ada, cast):
    id = use(ada, "first-meeting", STYLE)
    body = page_of(ada, f"/worksheets/{id}")
    assert "Ask me questions" in body and "Tell me straight" in body
    answer(ada, id, STYLE, scale="4")
    assert answers_of(cast.ada)[0]["scale"] == 4
    assert 'value="4" checked' in page_of(ada, f"/worksheets/{id}")
    ends = "between “<bdi>Ask me questions</bdi>” and “<bdi>Tell me straight</bdi>”"
    assert ends in page_of(ada, f"/worksheets/{id}/answers")


def test_an_answer_goes_on_to_the_next_question_and_the_last_to_the_answers(ada):
    id = use(ada, "working-agreement", RHYTHM, END)
    assert answer(ada, id, RHYTHM, text="Weekly.").headers["Location"] == f"/worksheets/{id}?q={END}"
    assert answer(ada, id, END, text="In words.").headers["Location"] == f"/worksheets/{id}/answers"


def test_the_place_is_the_first_question_without_answer_or_skip(ada):
    id = use(ada)
    answer(ada, id, RHYTHM, text="Weekly.")
    answer(ada, id, TIMES, skip="1")
    current = re.search(r'id="question-([\w-]+)"[^>]*data-current', page_of(ada, f"/worksheets/{id}"))
    assert current and current[1] == AGREEMENT[2]
    assert "1 of 8 answered" in page_of(ada, "/questions")


def test_a_skip_keeps_what_was_typed_and_an_answer_ends_it(ada, cast):
    id = use(ada)
    answer(ada, id, RHYTHM, text="Not yet sure", skip="1")
    assert (answers_of(cast.ada)[0]["text"], answers_of(cast.ada)[0]["skipped"]) == ("Not yet sure", True)
    body = page_of(ada, f"/worksheets/{id}/answers")
    assert "Skipped. What you typed is kept:" in body and "Not yet sure" in body
    assert "Not yet sure" in page_of(ada, f"/worksheets/{id}?q={RHYTHM}")
    answer(ada, id, RHYTHM, text="Weekly")
    assert not answers_of(cast.ada)[0]["skipped"] and records.count(cast.ada, "answer") == 1


def test_going_on_from_an_empty_question_writes_nothing(ada, cast):
    id = use(ada)
    assert answer(ada, id, RHYTHM, text="  \r\n ").headers["Location"].endswith(f"?q={TIMES}")
    assert records.count(cast.ada, "answer") == 0


def test_an_answer_sent_twice_is_one_answer(ada, cast):
    id = use(ada)
    fields = opened(ada, id, RHYTHM) | {"text": "Weekly."}
    replies = [send(ada, f"/worksheets/{id}", fields) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [303, 303]
    other = opened(ada, id, TIMES) | {"question": RHYTHM, "text": "Weekly."}
    send(ada, f"/worksheets/{id}", other)  # a form that names another record answers this question all the same
    assert [one["text"] for one in answers_of(cast.ada)] == ["Weekly."]


def test_what_cannot_be_taken_comes_back_with_its_words(ada, cast):
    id = use(ada)
    asked = {RHYTHM: ({"text": "long " * 1001}, "5000 characters at most"),
             TIMES: ({"text": [f"line {n}" for n in range(8)]}, "Write 7 lines at most"),
             BETWEEN: ({"choice": "perhaps", "text": "still here"}, "Choose one of the answers offered")}
    for question, (typed, words) in asked.items():
        hidden = opened(ada, id, question)
        reply = send(ada, f"/worksheets/{id}", hidden | typed)
        body = reply.get_data(as_text=True)
        assert reply.status_code == 422 and words in body and hidden["change"] in body
        assert f'id="question-{question}"' in body and "data-current" in body
        assert all(text.strip() in body for text in ("line 7" if question == TIMES else typed["text"]).split("\n"))
    sheet = use(ada, "first-meeting", STYLE)
    for scale in ("6", "0", "four", "4.0"):
        assert answer(ada, sheet, STYLE, scale=scale).status_code == 422, scale
    assert records.count(cast.ada, "answer") == 0


def test_a_question_that_is_not_in_it_is_not_there(ada):
    id = use(ada, "working-agreement", RHYTHM)
    for question in (END, "", "__proto__"):
        assert send(ada, f"/worksheets/{id}", opened(ada, id, RHYTHM) | {"question": question}).status_code == 404


def test_from_the_list_the_question_comes_back_by_itself(ada):
    id = use(ada)
    headers = PART | {"HX-Target": f"form#question-{RHYTHM}"}
    body = answer(ada, id, RHYTHM, headers, text="Weekly.", go="stay").get_data(as_text=True)
    assert body.lstrip().startswith("<form") and "Weekly." in body and body.count("<form") == 1
    on = answer(ada, id, RHYTHM, headers, text="Weekly, mostly.").get_data(as_text=True)  # the script goes on by itself
    assert on.count("<form") == 1 and "Weekly, mostly." in on and f'data-after="question-{TIMES}"' in on
    last = answer(ada, id, END, PART | {"HX-Target": f"form#question-{END}"}, text="In words.")
    assert last.status_code == 204 and last.headers["HX-Redirect"] == f"/worksheets/{id}/answers"
    plain = answer(ada, id, TIMES, text="Fridays", go="stay")
    assert plain.headers["Location"] == f"/worksheets/{id}?q={TIMES}#question-{TIMES}"


def test_an_answer_that_changed_elsewhere_is_joined(ada, cast):
    id = use(ada)
    answer(ada, id, RHYTHM, text="One. Two.")
    old = opened(ada, id, RHYTHM)
    answer(ada, id, RHYTHM, text="One. Two. Three.")
    reply = send(ada, f"/worksheets/{id}", old | {"text": "Zero. One. Two."})
    assert reply.status_code == 303
    assert answers_of(cast.ada)[0]["text"] == "Zero. One. Two. Three."


# -- answers -----------------------------------------------------------------------------------------------------------

def test_a_tick_says_what_was_discussed(ada, cast):
    id = use(ada)
    answer(ada, id, RHYTHM, text="Weekly.")
    hidden = QuestionForms(page_of(ada, f"/worksheets/{id}/answers")).found[RHYTHM]
    send(ada, f"/worksheets/{id}/discussed", hidden | {"discussed": "1"})
    assert answers_of(cast.ada)[0]["discussed"] and "1 of 1 discussed" in page_of(ada, f"/worksheets/{id}/answers")
    hidden = QuestionForms(page_of(ada, f"/worksheets/{id}/answers")).found[RHYTHM]
    reply = send(ada, f"/worksheets/{id}/discussed", hidden, **PART, **{"HX-Target": "div#answers"})
    assert reply.status_code == 200 and 'id="answers"' in reply.get_data(as_text=True).partition(">")[0]
    assert not answers_of(cast.ada)[0]["discussed"]


def test_what_was_answered_stands_large_to_talk_from_and_is_ticked_there(ada, cast):
    id = use(ada)
    assert "Nothing is answered yet" in page_of(ada, f"/worksheets/{id}/talk")
    answer(ada, id, RHYTHM, text="Weekly.")
    answer(ada, id, TIMES, text=["Fridays"], skip="1")
    body = page_of(ada, f"/worksheets/{id}/talk")
    hidden = QuestionForms(body).found
    assert "Weekly." in body and list(hidden) == [RHYTHM]  # what is skipped is not talked from
    reply = send(ada, f"/worksheets/{id}/discussed", hidden[RHYTHM] | {"discussed": "1"})
    assert reply.headers["Location"] == f"/worksheets/{id}/talk"
    assert "1 of 1 discussed" in page_of(ada, f"/worksheets/{id}/talk")
    hidden = QuestionForms(page_of(ada, f"/worksheets/{id}/talk")).found[RHYTHM]
    part = send(ada, f"/worksheets/{id}/discussed", hidden, **PART, **{"HX-Target": "div#talk"}).get_data(as_text=True)
    assert "0 of 1 discussed" in part and "<html" not in part


def test_what_was_not_answered_cannot_be_discussed(ada):
    id = use(ada)
    assert send(ada, f"/worksheets/{id}/discussed", {"question": RHYTHM, "discussed": "1"}).status_code == 404


def test_a_worksheet_goes_into_the_bin_with_its_answers_and_comes_back(ada, cast):
    id = use(ada)
    answer(ada, id, RHYTHM, text="Weekly.")
    path = f"/worksheets/{id}/delete"
    hidden = fill(ada, f"/worksheets/{id}/answers", path)
    assert [send(ada, path, hidden).status_code for _ in range(2)] == [303, 303]
    assert records.count(cast.ada, "worksheet") == records.count(cast.ada, "answer") == 0
    assert "Worksheet moved to the bin." in page_of(ada, "/questions")
    assert ada.get(f"/worksheets/{id}").headers["Location"] == f"/worksheets/{id}/answers"
    assert "is in the bin" in page_of(ada, f"/worksheets/{id}/answers")
    assert [send(ada, f"/worksheets/{id}/bring-back", {}).status_code for _ in range(2)] == [303, 303]
    assert records.count(cast.ada, "worksheet") == records.count(cast.ada, "answer") == 1


def test_a_set_used_again_for_its_session_comes_out_of_the_bin_with_its_answers(ada, cast):
    session = plan(ada)
    id = use(ada, "working-agreement", RHYTHM, session=session)
    answer(ada, id, RHYTHM, text="Weekly.")
    submit(ada, f"/worksheets/{id}/answers", f"/worksheets/{id}/delete")
    assert use(ada, "working-agreement", RHYTHM, session=session) == id
    assert "1 of 1 answered" in page_of(ada, f"/worksheets/{id}/answers")


def test_a_worksheet_of_somebody_else_is_not_there(ada, app, cast):
    id = use(ada)
    hidden = opened(ada, id, RHYTHM)
    dan = sign_in(app.test_client(), "dan")
    assert send(dan, f"/worksheets/{id}", hidden | {"text": "Mine now."}).status_code == 404
    assert records.count(cast.ada, "answer") == 0


# -- what it costs -----------------------------------------------------------------------------------------------------

def test_a_page_costs_as_many_queries_with_many_worksheets_as_with_one(ada):
    first = use(ada)
    answer(ada, first, RHYTHM, text="Weekly.")
    paths = ("/questions", "/questions/first-meeting", f"/worksheets/{first}", f"/worksheets/{first}/answers")
    costs = {path: cost(ada, path) for path in paths}
    for _ in range(4):
        sheet = use(ada, "first-meeting")
        answer(ada, sheet, STYLE, scale="2")
    answer(ada, first, END, text="In words.")
    assert {path: cost(ada, path) for path in paths} == costs


def cost(client, path: str) -> int:
    page_of(client, path)
    with queries() as heard:
        page_of(client, path)
    return len(heard)


def test_all_worksheets_stand_by_date_page_after_page(ada):
    ids = [use(ada, "goal-review") for _ in range(21)]
    body = page_of(ada, "/worksheets")
    link = re.search(r'href="(/worksheets\?after=[\w-]+)"', body)
    assert link and "/worksheets" in page_of(ada, "/questions")
    older = page_of(ada, link[1])
    assert all((f"/worksheets/{id}" in body) != (f"/worksheets/{id}" in older) for id in ids)
    assert "All worksheets" in older and "?after=" not in older


def test_where_one_was_stands_first_and_what_is_done_below(ada):
    open_, done = use(ada, "working-agreement", RHYTHM, END), use(ada, "first-meeting", STYLE)
    answer(ada, open_, RHYTHM, text="Weekly.")
    answer(ada, done, STYLE, scale="2")
    going, _, rest = page_of(ada, "/questions").partition('id="offered"')
    assert f'href="/worksheets/{open_}"' in going and f"/worksheets/{done}" not in going
    assert f'href="/worksheets/{done}/answers"' in rest


def test_saving_one_answer_of_fifty_costs_no_more_than_of_one(ada):
    costs = []
    for count in (1, 50):
        id = use(ada, "first-meeting", STYLE, own="\n".join(f"Why {n}?" for n in range(count - 1)))
        headers = PART | {"HX-Target": f"form#question-{STYLE}"}
        hidden = opened(ada, id, STYLE) | {"scale": "3", "go": "stay"}
        with queries() as heard:
            body = send(ada, f"/worksheets/{id}", hidden, **headers).get_data(as_text=True)
        costs.append((len(heard), len(re.findall(r"\n", body))))
    assert costs[0] == costs[1]


def test_a_worksheet_that_a_device_made_without_words_is_shown_all_the_same(ada, cast):
    id = records.new_id()
    change = {"id": records.new_id(), "kind": "worksheet", "record": id, "base": None,
              "made_at": "2026-11-24T09:00:00.000Z", "fields": {"questions": [{"id": "bare"}]}}
    assert apply.take(cast.ada, None, [change])[change["id"]]["outcome"] == "accepted"
    for path in ("/questions", f"/worksheets/{id}", f"/worksheets/{id}/answers"):
        page_of(ada, path)
