"""A set is used for a session that is chosen in its form: what was ticked and typed goes along."""
from __future__ import annotations

from mentorlog import clock, records
from tests.asking import BETWEEN, PLAN, RHYTHM, page_of, plan, use
from tests.cast import NOON, sign_in
from tests.submitting import fill, send, submit

SET = "working-agreement"


def later(client) -> str:
    """The id of a second session, a week after `plan`."""
    return submit(client, "/sessions/new", **PLAN | {"starts_on": "2026-12-14"}).headers["Location"].rpartition("/")[2]


def sheet_of(person, id: str) -> dict:
    return records.many(person, [id])[id]["fields"]


def test_a_question_that_was_typed_goes_along_to_another_session(ada, cast):
    one, other = plan(ada), later(ada)
    path = f"/questions/{SET}?session={one}"
    assert f'type="radio" name="session" value="{other}">' in page_of(ada, path)
    typed = fill(ada, path) | {"session": other, "question": [RHYTHM], "own": "Only here?"}
    id = send(ada, path, typed).headers["Location"].rpartition("/")[2]
    assert id == records.name_id(cast.ada.names, f"worksheet:{other}:{SET}")
    made = sheet_of(cast.ada, id)
    assert made["session"] == other
    assert [one["text"] for one in made["questions"]][1:] == ["Only here?"]


def test_a_double_tap_for_another_session_makes_one_worksheet(ada, cast):
    one, other = plan(ada), later(ada)
    path = f"/questions/{SET}?session={one}"
    typed = fill(ada, path) | {"session": other}
    assert [send(ada, path, typed).status_code for _ in range(2)] == [303, 303]
    assert records.count(cast.ada, "worksheet") == 1


def test_a_session_can_be_let_go_in_the_form_once(ada, cast):
    path = f"/questions/{SET}?session={plan(ada)}"
    typed = fill(ada, path) | {"session": ""}
    one, again = send(ada, path, typed), send(ada, path, typed)
    assert one.headers["Location"] == again.headers["Location"]
    assert sheet_of(cast.ada, one.headers["Location"].rpartition("/")[2])["session"] is None
    assert records.count(cast.ada, "worksheet") == 1


def test_a_worksheet_that_is_there_is_shown_before_it_is_changed(ada, cast):
    one, other = plan(ada), later(ada)
    there = use(ada, SET, BETWEEN, session=other)
    path = f"/questions/{SET}?session={one}"
    typed = fill(ada, path) | {"session": other, "question": [RHYTHM], "own": "Only here?"}
    reply = send(ada, path, typed)
    body = reply.get_data(as_text=True)
    assert reply.status_code == 422 and "You use this set for that session already." in body
    assert "Only here?</textarea>" in body and f'action="/questions/{SET}?session={other}"' in body
    assert [f'value="{id}" checked' in body for id in (BETWEEN, RHYTHM)] == [True, True]
    assert len([one for one in sheet_of(cast.ada, there)["questions"] if not one.get("out")]) == 1


def test_what_was_not_changed_adds_nothing_to_a_worksheet_that_is_there(ada):
    one, other = plan(ada), later(ada)
    use(ada, SET, BETWEEN, session=other)
    path = f"/questions/{SET}?session={one}"
    body = send(ada, path, fill(ada, path) | {"session": other}).get_data(as_text=True)
    assert f'value="{BETWEEN}" checked' in body and f'value="{RHYTHM}" checked' not in body


def test_a_session_that_is_not_mine_is_not_chosen_in_a_form(ada, app):
    session = plan(ada)
    dan = sign_in(app.test_client(), "dan")
    reply = send(dan, f"/questions/{SET}", fill(dan, f"/questions/{SET}") | {"session": session})
    assert reply.status_code == 404


def test_the_session_that_runs_now_can_be_chosen(ada):
    now = submit(ada, "/sessions/new", **PLAN | {"starts_on": "2026-11-24", "starts_time": "12:30"})
    session = now.headers["Location"].rpartition("/")[2]
    with clock.at(NOON.replace(minute=45)):
        assert f'name="session" value="{session}"' in page_of(ada, f"/questions/{SET}")
    with clock.at(NOON.replace(hour=12, minute=15)):
        assert f'name="session" value="{session}"' not in page_of(ada, f"/questions/{SET}")
