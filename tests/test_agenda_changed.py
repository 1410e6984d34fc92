"""Changing a line of an agenda: its words, its pocket, the session it is for; and the way to the next agenda."""
from __future__ import annotations

import pytest

from tests.submitting import fill, send, submit
from tests.test_agenda import file_line, only_line, texts
from tests.test_sessions import lately, plan


def change(client, line: str, back: str = "", **typed):
    return submit(client, f"/agenda/{line}/edit" + (f"?back={back}" if back else ""), **typed)


def test_a_line_is_reworded_and_put_into_another_pocket(ada, cast):
    session = plan(ada)
    file_line(ada, session=session)
    line = only_line(cast.ada)["id"]
    reply = change(ada, line, session, text=" Why\nthen? ", pocket="birds_eye")
    assert (reply.status_code, reply.headers["Location"]) == (303, f"/sessions/{session}")
    kept = only_line(cast.ada)["fields"]
    assert (kept["text"], kept["pocket"], kept["session"]) == ("Why then?", "birds_eye", session)
    page = ada.get(f"/sessions/{session}").get_data(as_text=True)
    assert page.index("Bird’s-eye view</h3>") < page.index("Why then?")


def test_a_line_is_moved_to_another_session_and_the_page_says_so(ada, cast):
    first, second = plan(ada), plan(ada, starts_on="2026-12-20", partner_name="R. O.")
    file_line(ada, session=first)
    line = only_line(cast.ada)["id"]
    assert "R. O.</option>" in ada.get(f"/agenda/{line}/edit?back={first}").get_data(as_text=True)
    reply = change(ada, line, first, session=second)
    assert (texts(cast.ada, first), texts(cast.ada, second)) == ([], ["Why so?"])
    assert "It stands on the other session now." in ada.get(reply.headers["Location"]).get_data(as_text=True)


def test_a_line_is_given_back_to_whichever_session_comes_next(ada, cast):
    first, second = plan(ada), plan(ada, starts_on="2026-12-20")
    file_line(ada, session=second)
    change(ada, only_line(cast.ada)["id"], session="")
    assert (texts(cast.ada, first), texts(cast.ada, second)) == (["Why so?"], ["Why so?"])


def test_the_session_from_which_a_line_rolls_on_is_offered_too(ada, cast):
    past, coming = plan(ada, **lately(days=7)), plan(ada)
    file_line(ada, session=past)
    line = only_line(cast.ada)["id"]
    page = ada.get(f"/agenda/{line}/edit?back={coming}").get_data(as_text=True)
    assert page.index(f'<option value="{past}" selected>') < page.index(f'<option value="{coming}">')
    change(ada, line, coming, text="Why then?")
    assert only_line(cast.ada)["fields"]["session"] == past


def test_a_discussed_line_stays_where_it_was_discussed(ada, cast):
    session, other = plan(ada), plan(ada, starts_on="2026-12-20")
    file_line(ada, session=session)
    line = only_line(cast.ada)["id"]
    send(ada, f"/agenda/{line}/discussed", {"discussed": "1", "session": session})
    assert 'name="session"' not in ada.get(f"/agenda/{line}/edit").get_data(as_text=True)
    change(ada, line, text="Why then?", session=other)
    kept = only_line(cast.ada)["fields"]
    assert (kept["text"], kept["session"]) == ("Why then?", session)


@pytest.mark.parametrize(("typed", "words"), [
    ({"text": " "}, "Write a line first"), ({"text": "x" * 301}, "300 characters at most"),
    ({"pocket": "__proto__"}, "Choose one of the answers offered")])
def test_a_bad_change_of_a_line_gets_words_and_stays_in_the_form(ada, cast, typed, words):
    file_line(ada)
    reply = change(ada, only_line(cast.ada)["id"], **typed)
    page = reply.get_data(as_text=True)
    assert (reply.status_code, only_line(cast.ada)["fields"]["text"]) == (422, "Why so?")
    assert words in page
    assert typed.get("text", "Why so?").strip() in page


def test_a_change_of_a_line_sent_twice_is_one(ada, cast):
    file_line(ada)
    line = only_line(cast.ada)
    fields = fill(ada, f"/agenda/{line['id']}/edit", text="Once")
    assert [send(ada, f"/agenda/{line['id']}/edit", fields).status_code for _ in range(2)] == [303, 303]
    assert only_line(cast.ada)["rev"] == fields["change"]


def test_the_agenda_is_the_one_of_the_next_session(ada, cast):
    assert ada.get("/agenda").headers["Location"] == "/sessions"
    later, sooner = plan(ada, starts_on="2026-12-20"), plan(ada)
    plan(ada, **lately(days=7))
    assert ada.get("/agenda").headers["Location"] == f"/sessions/{sooner}"
    send(ada, f"/sessions/{sooner}/cancel", {})
    assert ada.get("/agenda").headers["Location"] == f"/sessions/{later}"
