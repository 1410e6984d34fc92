"""The agenda: lines, their pockets, and how they roll on from one session to the next."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import agenda, clock, records
from tests.cast import NOON, sign_in
from tests.submitting import fill, send, submit
from tests.test_sessions import lately, plan

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def file_line(client, text="Why so?", **typed) -> None:
    assert send(client, "/agenda/new", {"text": text, **typed}).status_code == 303


def texts(person, session_id: str) -> list[str]:
    """What stands on the agenda of a session, not discussed."""
    session = records.find(person, "session", session_id)
    return [line["fields"]["text"] for line in agenda.lines(person, session) if not line["fields"].get("discussed")]


def only_line(person):
    [line] = records.shelf(person, "line")
    return line


# -- rules -------------------------------------------------------------------------------------------------------------

def test_something_came_up_goes_into_the_second_pocket(ada, cast):
    reply = submit(ada, "/today", "/agenda/new", text="  Why\tso? ")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/today")
    assert only_line(cast.ada)["fields"] | {"pair": None} == {
        "text": "Why so?", "pocket": "question", "session": None, "pair": None}
    assert "Filed under Questions that arose." in ada.get("/today").get_data(as_text=True)


def test_a_line_stands_on_the_next_session(ada, cast):
    file_line(ada)
    assert texts(cast.ada, plan(ada)) == ["Why so?"]


def test_a_line_of_one_session_is_not_on_another(ada, cast):
    first, second = plan(ada), plan(ada, starts_on="2026-12-20")
    file_line(ada, session=second)
    assert (texts(cast.ada, first), texts(cast.ada, second)) == ([], ["Why so?"])


def test_a_line_that_was_not_discussed_rolls_on(ada, cast):
    past, coming = plan(ada, **lately(days=7)), plan(ada)
    with clock.at(NOON - timedelta(days=8)):
        file_line(ada, session=past)
    page = ada.get(f"/sessions/{coming}").get_data(as_text=True)
    assert texts(cast.ada, coming) == ["Why so?"]
    assert "rolled on from" in page


def test_a_line_waits_on_its_own_session_until_that_is_over(ada, cast):
    first, second = plan(ada), plan(ada, starts_on="2026-12-20")
    file_line(ada, session=first)
    assert (texts(cast.ada, first), texts(cast.ada, second)) == (["Why so?"], [])
    send(ada, f"/sessions/{first}/held", {"state": "held"})
    assert texts(cast.ada, second) == ["Why so?"]


def test_a_line_rolls_on_to_every_session_after_its_own(ada, cast):
    past, first, second = plan(ada, **lately(days=7)), plan(ada), plan(ada, starts_on="2026-12-20")
    file_line(ada, session=past)
    assert [texts(cast.ada, one) for one in (past, first, second)] == [["Why so?"]] * 3
    send(ada, f"/agenda/{only_line(cast.ada)['id']}/discussed", {"discussed": "1", "session": second})
    assert [texts(cast.ada, one) for one in (past, first, second)] == [[]] * 3


def with_two_partners(ada) -> tuple[str, str, str]:
    """A session with R. O. that was, one with B. M. to come, then one with R. O."""
    return (plan(ada, **lately(days=7), partner_name="R. O."), plan(ada, partner_name="B. M."),
            plan(ada, starts_on="2026-12-20", partner_name="R. O."))


def test_what_was_for_one_partner_does_not_roll_on_to_another(ada, cast):
    past, theirs, own = with_two_partners(ada)
    file_line(ada, session=past)
    assert (texts(cast.ada, theirs), texts(cast.ada, own)) == ([], ["Why so?"])


def test_a_cancelled_session_gives_its_lines_to_its_own_partner_only(ada, cast):
    _, theirs, own = with_two_partners(ada)
    file_line(ada, session=own)
    send(ada, f"/sessions/{own}/cancel", {})
    assert texts(cast.ada, theirs) == []
    another = plan(ada, starts_on="2026-12-21", partner_name="R. O.")
    assert texts(cast.ada, another) == ["Why so?"]


def test_a_line_of_no_session_waits_for_either_partner(ada, cast):
    _, theirs, own = with_two_partners(ada)
    file_line(ada)
    assert (texts(cast.ada, theirs), texts(cast.ada, own)) == (["Why so?"], ["Why so?"])


def test_a_session_with_nobody_named_takes_what_rolls_on_from_anybody(ada, cast):
    past, _, _ = with_two_partners(ada)
    file_line(ada, session=past)
    assert texts(cast.ada, plan(ada, starts_on="2026-12-22")) == ["Why so?"]


def test_a_discussed_line_does_not_roll_on(ada, cast):
    past, coming = plan(ada, **lately(days=7)), plan(ada)
    file_line(ada, session=past)
    send(ada, f"/agenda/{only_line(cast.ada)['id']}/discussed", {"discussed": "1", "session": past})
    assert texts(cast.ada, coming) == []


def test_a_line_of_a_cancelled_session_goes_on_to_one_before_it(ada, cast):
    sooner, later = plan(ada), plan(ada, starts_on="2026-12-20")
    file_line(ada, session=later)
    send(ada, f"/sessions/{later}/cancel", {})
    assert texts(cast.ada, sooner) == ["Why so?"]


def test_a_session_that_fell_through_keeps_its_own_lines_and_takes_no_others(ada, cast):
    session = plan(ada)
    file_line(ada, "Its own", session=session)
    file_line(ada, "Nobody’s")
    send(ada, f"/sessions/{session}/cancel", {})
    assert texts(cast.ada, session) == ["Its own"]


def test_what_came_up_later_is_not_put_on_an_old_session(ada, cast):
    past = plan(ada, **lately(days=7))
    file_line(ada)
    assert texts(cast.ada, past) == []


# -- pages -------------------------------------------------------------------------------------------------------------

def test_a_line_is_added_on_the_page_of_a_session(ada, cast):
    session = plan(ada)
    reply = submit(ada, f"/sessions/{session}", f"/agenda/new?session={session}", text="How the talks went",
                   pocket="progress")
    assert reply.headers["Location"] == f"/sessions/{session}"
    assert only_line(cast.ada)["fields"]["session"] == session
    page = ada.get(f"/sessions/{session}").get_data(as_text=True)
    assert page.index("Progress") < page.index("How the talks went") < page.index("Questions that arose")


def test_a_tick_says_where_it_was_discussed_and_can_be_taken_away(ada, cast):
    session = plan(ada)
    file_line(ada)
    line = only_line(cast.ada)["id"]
    submit(ada, f"/sessions/{session}", f"/agenda/{line}/discussed", discussed="1")
    assert only_line(cast.ada)["fields"] | {"session": session, "discussed": True} == only_line(cast.ada)["fields"]
    fields = fill(ada, f"/sessions/{session}", f"/agenda/{line}/discussed")
    assert fields.pop("discussed") == "1"
    send(ada, f"/agenda/{line}/discussed", fields)
    assert only_line(cast.ada)["fields"]["discussed"] is False


def test_a_page_that_asks_for_its_lines_gets_them(ada, cast):
    session = plan(ada)
    file_line(ada, session=session)
    path = f"/agenda/{only_line(cast.ada)['id']}/discussed"
    reply = send(ada, path, {"discussed": "1", "session": session}, **PART, **{"HX-Target": "div#lines"})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 200
    assert page.lstrip().startswith('<div class="pockets" id="lines"')
    assert "checked" in page
    reply = send(ada, "/agenda/new", {"text": "More", "session": session}, **PART, **{"HX-Target": "div#agenda"})
    assert 'id="agenda"' in reply.get_data(as_text=True)[:100]
    assert "More" in reply.get_data(as_text=True)


def test_a_deleted_line_comes_back_by_undo(ada, cast):
    session = plan(ada)
    file_line(ada, session=session)
    line = only_line(cast.ada)["id"]
    reply = submit(ada, f"/agenda/{line}/edit?back={session}", f"/agenda/{line}/delete")
    assert reply.headers["Location"] == f"/sessions/{session}"
    page = ada.get(reply.headers["Location"]).get_data(as_text=True)
    assert texts(cast.ada, session) == []
    assert f'action="/agenda/{line}/bring-back"' in page
    assert send(ada, f"/agenda/{line}/bring-back", {}).headers["Location"] == f"/sessions/{session}"
    assert texts(cast.ada, session) == ["Why so?"]


@pytest.mark.parametrize(("typed", "words"), [
    ({"text": " \n "}, "Write a line first"), ({"text": "x" * 301}, "300 characters at most"),
    ({"text": "kept", "pocket": "__proto__"}, "Choose one of the answers offered")])
def test_bad_input_gets_words_and_stays(ada, cast, typed, words):
    reply = send(ada, "/agenda/new", typed)
    page = reply.get_data(as_text=True)
    assert (reply.status_code, records.count(cast.ada, "line")) == (422, 0)
    assert words in page
    assert typed["text"].strip() in page


def test_a_bad_line_for_a_session_shows_its_agenda_again(ada, cast):
    session = plan(ada)
    file_line(ada, "The other one", session=session)
    page = send(ada, "/agenda/new", {"text": "x" * 301, "session": session}).get_data(as_text=True)
    assert "The other one" in page
    assert "x" * 301 in page
    part = send(ada, "/agenda/new", {"text": ""}, **PART, **{"HX-Target": "form#came_up"})
    assert part.status_code == 422
    assert part.get_data(as_text=True).lstrip().startswith('<form class="field" id="came_up"')


def test_a_line_sent_twice_is_one(ada, cast):
    fields = fill(ada, "/today", "/agenda/new", text="Once")
    assert [send(ada, "/agenda/new", fields).status_code for _ in range(2)] == [303, 303]
    assert records.count(cast.ada, "line") == 1


def test_lines_and_sessions_of_somebody_else_are_not_there(ada, app, cast):
    session = plan(ada)
    file_line(ada, session=session)
    line = only_line(cast.ada)["id"]
    bela = sign_in(app.test_client(), "bela")
    file_line(bela)
    own = only_line(cast.bela)["id"]
    tries = [(f"/agenda/{line}/discussed", {"discussed": "1"}), (f"/agenda/{line}/delete", {}),
             (f"/agenda/{line}/bring-back", {}), (f"/agenda/{line}/edit", {"text": "x"}),
             ("/agenda/new", {"text": "x", "session": session}),
             ("/agenda/new", {"text": "x", "session": "constructor"}),
             (f"/agenda/{own}/edit", {"text": "x", "session": session}),
             (f"/agenda/{own}/discussed", {"session": session}), (f"/agenda/{own}/delete", {"session": session})]
    assert [send(bela, path, fields).status_code for path, fields in tries] == [404] * len(tries)
    assert only_line(cast.bela)["fields"]["text"] == "Why so?"
    pages = ["/agenda/new?session=", f"/agenda/{own}/edit?back="]
    assert [bela.get(page + session).status_code for page in pages] == [404, 404]
