"""Carrying an answer on into the journal or a goal: the form begins with it, and nothing is written before Done."""
from __future__ import annotations

import pytest

from mentorlog import carried, records
from tests.asking import BETWEEN, RHYTHM, STYLE, TIMES, answer, page_of, plan, use
from tests.cast import sign_in
from tests.submitting import fill, send

ASKED = {RHYTHM: "How often can you really keep this appointment, counting the busy weeks?",
         TIMES: "Which hours or days are never good for you?",
         BETWEEN: "Is it fine to send a short message between sessions?"}


def answered(client, person, question: str, set: str = "working-agreement", **typed) -> str:
    """The id of an answer to a question of a new worksheet."""
    sheet = use(client, set, question)
    answer(client, sheet, question, **typed)
    return records.name_id(person.names, f"answer:{sheet}:{question}")


CARRIED = [
    (RHYTHM, {"text": "Weekly.\r\n\r\nMostly."}, "Weekly.\n\nMostly."),
    (TIMES, {"text": ["Fridays", "Late"]}, "- Fridays\n- Late"),
    (BETWEEN, {"choice": "yes", "text": "A day."}, "Yes\n\nA day."),
    (BETWEEN, {"choice": "not_sure"}, "Not sure"),
]


@pytest.mark.parametrize(("question", "typed", "words"), CARRIED, ids=["text", "list", "yes", "not sure"])
def test_an_entry_begins_with_question_and_answer(ada, cast, question, typed, words):
    id = answered(ada, cast.ada, question, **typed)
    assert fill(ada, f"/journal/new?answer={id}", "/journal/new")["text"] == f"> {ASKED[question]}\n\n{words}\n"
    assert fill(ada, f"/goals/new?answer={id}", "/goals/new")["why"] == words
    assert records.count(cast.ada, "entry") == records.count(cast.ada, "goal") == 0


def test_a_scale_is_said_with_its_ends(ada, cast):
    id = answered(ada, cast.ada, STYLE, "first-meeting", scale="4")
    why = fill(ada, f"/goals/new?answer={id}", "/goals/new")["why"]
    assert why == "4 of 5, between “Ask me questions” and “Tell me straight”"


def test_it_goes_along_with_its_session(ada, cast):
    session = plan(ada)
    sheet = use(ada, "working-agreement", RHYTHM, session=session)
    answer(ada, sheet, RHYTHM, text="Weekly.")
    id = records.name_id(cast.ada.names, f"answer:{sheet}:{RHYTHM}")
    assert carried.entry(cast.ada, id)["session"] == session
    assert fill(ada, f"/journal/new?answer={id}", "/journal/new")["session"] == session
    assert f"/journal/new?answer={id}" in page_of(ada, f"/worksheets/{sheet}/answers")
    assert f"/goals/new?answer={id}" in page_of(ada, f"/worksheets/{sheet}/answers")


def test_its_draft_is_its_own(ada, cast):
    id = answered(ada, cast.ada, RHYTHM, text="Weekly.")
    for place in ("/journal/new", "/goals/new"):
        assert f'data-draft-at="{place}?answer={id}"' in page_of(ada, f"{place}?answer={id}")
        assert "data-draft-at" not in page_of(ada, place)


def test_it_is_kept_once_by_a_double_tap(ada, cast):
    id = answered(ada, cast.ada, RHYTHM, text="Weekly.")
    form = fill(ada, f"/journal/new?answer={id}", "/journal/new")
    assert [send(ada, "/journal/new", form).status_code for _ in range(2)] == [303, 303]
    assert records.count(cast.ada, "entry") == 1


def test_what_is_no_answer_or_not_mine_opens_a_blank_form(ada, app, cast):
    id = answered(ada, cast.ada, RHYTHM, text="Only mine.")
    dan = sign_in(app.test_client(), "dan")
    sheet = records.shelf(cast.ada, "worksheet")[0]["id"]
    for client, given in ((dan, id), (ada, sheet), (ada, "__proto__"), (ada, ""), (ada, records.new_id())):
        assert fill(client, f"/journal/new?answer={given}", "/journal/new")["text"] == ""
        assert fill(client, f"/goals/new?answer={given}", "/goals/new")["why"] == ""


def test_what_was_not_said_is_no_text():
    assert carried.as_text({"type": "scale", "low": "a"}, {"scale": 3}) == "3 of 5"
    assert carried.as_text({"type": "scale"}, {"text": "odd"}) == ""
    assert carried.as_text({"type": "yes_no"}, {"choice": None, "text": ""}) == ""
