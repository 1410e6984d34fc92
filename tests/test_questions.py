"""Questions: sets by phase, found by their words, used for a session or for none."""
from __future__ import annotations

import re
from html import unescape

from mentorlog import library, records
from tests.asking import BETWEEN, END, RHYTHM, STYLE, answer, page_of, plan, use
from tests.cast import sign_in
from tests.submitting import fill, send, submit

SITUATIONS = ["You are just beginning", "A session is coming up", "You want to get further", "Something is hard",
              "How it goes between you", "It comes to an end"]


def titles(body: str) -> list[str]:
    """The headings of the sections of a list, and the sets in them, in their order."""
    found = re.findall(r'<(?:h2 id="(?:group|offered)[^>]*|span class="row-title[^>]*)>([^<]+)', body)
    return [unescape(one) for one in found]


def offered(body: str) -> list[tuple[str, str]]:
    """What is offered first: (set, why)."""
    part = body.partition('id="offered"')[2].partition("</section>")[0]
    row = r'href="/questions/([\w-]+)\??[^"]*"><span[^>]*><span[^>]*>[^<]+</span><span class="quiet">([^<]+)'
    return [(name, unescape(why)) for name, why in re.findall(row, part) if name != "looking-for"]


# -- finding -----------------------------------------------------------------------------------------------------------

def test_every_set_stands_in_a_situation_and_has_a_page(ada):
    body = page_of(ada, "/questions?time=all")
    assert [one for one in titles(body) if one in SITUATIONS] == SITUATIONS
    for one in library.sets():
        assert f"/questions/{one['id']}" in body
        assert one["goal"] in unescape(page_of(ada, f"/questions/{one['id']}"))


def test_a_situation_holds_its_sets_by_their_phase(ada):
    found = titles(page_of(ada, "/questions?situation=beginning"))
    assert found == ["You are just beginning", "First meeting", "How we will work together",
                     "Finding your way in the company"]
    assert "First meeting" in page_of(ada, "/questions") and "situation=beginning" in page_of(ada, "/questions")


def test_sets_are_found_by_the_words_of_their_questions_which_are_marked(ada):
    body = page_of(ada, "/questions?q=ADVICE reach")
    assert "/questions/first-meeting" in body and "/questions/company-map" not in body
    assert "How do you like <mark>advice</mark> to <mark>reach</mark> you?" in body
    assert "No set has" in page_of(ada, "/questions?q=zzzz")
    assert "id=\"offered\"" in page_of(ada, "/questions?q=%20")


def test_the_list_that_is_typed_for_is_a_part_of_its_own(ada):
    part = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#found"}
    body = ada.get("/questions?q=advice", headers=part).get_data(as_text=True)
    assert body.lstrip().startswith("<div") and "First meeting" in body and "<html" not in body


def test_a_time_narrows_the_list(ada):
    body = page_of(ada, "/questions?time=end")
    assert "/questions/closing-mentorship" in body and "/questions/first-meeting" not in body
    assert "/questions/company-map" in page_of(ada, "/questions?time=start")


# -- what is offered ---------------------------------------------------------------------------------------------------

def test_before_the_first_session_the_first_sets_are_offered(ada):
    assert offered(page_of(ada, "/questions")) == [
        ("first-meeting", "For the first session"), ("working-agreement", "For the first session"),
        ("five-minute-prep", "Fits before every session")]


def test_after_a_session_was_held_none_is_the_first(ada):
    send(ada, f"/sessions/{plan(ada)}/held", {"state": "held"})
    assert offered(page_of(ada, "/questions")) == [("five-minute-prep", "Fits before every session")]


def test_a_goal_that_is_due_by_then_brings_the_set_about_it(ada):
    submit(ada, "/goals/new", text="Ask two people", due_on="2026-11-24")
    assert ("goal-review", "A goal can be looked back at by then") in offered(page_of(ada, "/questions"))


def test_sets_are_offered_for_the_next_session_until_it_has_them(ada):
    session = plan(ada)
    body = page_of(ada, "/questions")
    assert "Offered for" in body and f"/questions/first-meeting?session={session}" in body
    use(ada, "first-meeting", session=session)
    assert [name for name, _ in offered(page_of(ada, "/questions"))] == ["working-agreement", "five-minute-prep"]


def test_a_set_that_is_none_is_not_there(ada):
    assert ada.get("/questions/nothing").status_code == 404


def test_what_only_a_mentor_answers_is_not_ticked_at_first(ada):
    body = page_of(ada, "/questions/company-map")
    assert 'value="company-map-mentor-story">' in body and 'value="company-map-unexplained" checked>' in body
    assert "1 left out" in body and "for your mentor" in body


def test_a_worksheet_keeps_the_wording_of_what_was_ticked(ada, cast):
    id = use(ada, "working-agreement", RHYTHM, BETWEEN)
    fields = records.find(cast.ada, "worksheet", id)["fields"]
    assert fields["title"] == "How we will work together" and fields["session"] is None
    assert [question["id"] for question in fields["questions"]] == [RHYTHM, BETWEEN]
    assert fields["questions"][1] == {
        "id": BETWEEN, "type": "yes_no", "text": "Is it fine to send a short message between sessions?", "hint": "",
        "low": "", "high": "", "more_if": "yes", "more": "What is a fair time to wait for a reply?"}


def test_nothing_ticked_is_said_and_nothing_is_made(ada, cast):
    fields = fill(ada, "/questions/working-agreement")
    del fields["question"]
    for ticked in ({}, {"question": "no-such-question"}):
        reply = send(ada, "/questions/working-agreement", fields | ticked)
        assert reply.status_code == 422 and "Tick a question first" in reply.get_data(as_text=True)
        assert fields["change"] in reply.get_data(as_text=True)
    assert records.count(cast.ada, "worksheet") == 0


def test_a_set_that_is_used_twice_by_a_double_tap_is_used_once(ada, cast):
    path, fields = "/questions/first-meeting", fill(ada, "/questions/first-meeting")
    one, other = send(ada, path, fields), send(ada, path, fields)
    assert one.headers["Location"] == other.headers["Location"] and other.status_code == 303
    assert records.count(cast.ada, "worksheet") == 1


def test_a_session_has_one_worksheet_of_a_set_and_what_was_asked_keeps_its_place(ada, cast):
    session = plan(ada)
    first = use(ada, "working-agreement", RHYTHM, session=session)
    assert first == records.name_id(cast.ada.names, f"worksheet:{session}:working-agreement")
    answer(ada, first, RHYTHM, text="Every second Monday.")
    body = page_of(ada, f"/questions/working-agreement?session={session}")
    assert "1 of 1 answered" in body and f'value="{END}">' in body
    assert use(ada, "working-agreement", RHYTHM, END, session=session) == first
    assert "1 of 2 answered" in page_of(ada, f"/worksheets/{first}/answers")
    assert f"/worksheets/{first}" in page_of(ada, f"/sessions/{session}")


def test_a_set_can_be_chosen_for_the_next_session_or_for_none(ada):
    session = plan(ada)
    assert f"/questions/first-meeting?session={session}" in page_of(ada, "/questions/first-meeting")
    assert f"/questions/first-meeting?session={session}" in page_of(ada, f"/questions?session={session}")


def test_a_session_of_somebody_else_is_none(ada, app, cast):
    session = plan(ada)
    dan = sign_in(app.test_client(), "dan")
    for path in (f"/questions?session={session}", f"/questions/first-meeting?session={session}"):
        assert dan.get(path).status_code == 404
    assert send(dan, f"/questions/first-meeting?session={session}", {"question": STYLE}).status_code == 404
