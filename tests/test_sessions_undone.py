"""A change of a session, of those after it and of the goals that followed is taken back by one tap."""
from __future__ import annotations

import re

import pytest

from mentorlog import records
from tests.cast import sign_in
from tests.submitting import fill, send, submit
from tests.test_sessions import fields_of, page_of, plan
from tests.test_sessions_moving import hours, series


def undo(client, id: str) -> str:
    """Where the page of a session takes back what was said last."""
    [*_, last] = re.findall(r' action="(/sessions/[^"]+/undo\?of=[^"]+)"', page_of(client, f"/sessions/{id}"))
    return last


def standing(person) -> dict:
    """Every session and goal by id, as somebody sees it."""
    found = [*records.shelf(person, "session"), *records.shelf(person, "goal")]
    return {one["id"]: {name: value for name, value in one["fields"].items() if value not in (None, "", [])}
            for one in found}


@pytest.mark.parametrize(("typed", "words"), [
    ({"starts_on": "2026-12-10", "minutes": "30", "phone": "+49 30 1234567"}, "The session is moved."),
    ({"channel": "phone", "phone": "+49 30 1234567"}, "The session is changed.")])
def test_a_change_is_taken_back_with_its_trace_and_its_goal_and_once(ada, cast, typed, words):
    id = plan(ada)
    submit(ada, "/goals/new", text="Ask two questions", session=id)
    submit(ada, f"/sessions/{id}/edit", starts_on="2026-12-09")
    page_of(ada, f"/sessions/{id}")
    before = standing(cast.ada)
    reply = submit(ada, f"/sessions/{id}/edit", **typed)
    page = page_of(ada, reply.headers["Location"])
    assert words in page and standing(cast.ada) != before
    [there] = re.findall(r' action="(/sessions/[^"]+/undo\?of=[^"]+)"', page)
    for _ in range(2):
        assert send(ada, there, {}).headers["Location"] == f"/sessions/{id}"
        assert standing(cast.ada) == before
        assert "changed since" not in page_of(ada, f"/sessions/{id}")


def test_all_that_moved_together_go_back_together(ada, cast):
    ids = series(ada)
    before = standing(cast.ada)
    submit(ada, f"/sessions/{ids[1]}/edit", starts_on="2026-12-22", starts_time="11:00", minutes="30", which="after")
    there = undo(ada, ids[1])
    for _ in range(2):
        send(ada, there, {})
        assert standing(cast.ada) == before


def test_what_was_changed_since_stays_and_the_page_says_so(ada, app, cast):
    ids = series(ada)
    submit(ada, f"/sessions/{ids[1]}/edit", starts_on="2026-12-15", minutes="30", which="after")
    there = undo(ada, ids[1])
    submit(ada, f"/sessions/{ids[2]}/edit", starts_on="2026-12-24")
    submit(ada, f"/sessions/{ids[3]}", f"/sessions/{ids[3]}/notes", notes="Mine")
    assert send(sign_in(app.test_client(), "dan"), there, {}).status_code == 404
    send(ada, there, {})
    assert [one[5:10] for one in hours(cast.ada)] == ["12-07", "12-14", "12-24", "12-28"]
    assert [fields_of(cast.ada, id)["minutes"] for id in ids] == [45] * 4
    assert fields_of(cast.ada, ids[3])["notes"] == "Mine"
    assert "What was changed since stays as it is." in page_of(ada, f"/sessions/{ids[1]}")


@pytest.mark.parametrize("of", ["", "x", "%00", "__proto__", "00000000-0000-4000-8000-00000000ffff"])
def test_an_undo_of_no_change_does_nothing(ada, cast, of):
    id = plan(ada)
    submit(ada, f"/sessions/{id}/edit", starts_on="2026-12-09")
    before = standing(cast.ada)
    page_of(ada, f"/sessions/{id}")
    assert send(ada, f"/sessions/{id}/undo?of={of}", {}).status_code == 303
    assert standing(cast.ada) == before
    assert "This cannot be taken back here any more." in page_of(ada, f"/sessions/{id}")


def test_an_undo_onto_another_session_says_that_it_meets_it(ada):
    id = plan(ada)
    submit(ada, f"/sessions/{id}/edit", starts_on="2026-12-09")
    there = undo(ada, id)
    plan(ada)
    send(ada, there, {})
    page = page_of(ada, f"/sessions/{id}")
    assert "Another session takes a part of its hour." in page and "What was changed" not in page


def test_two_taps_and_a_form_that_changes_nothing(ada, cast):
    id = plan(ada)
    before = standing(cast.ada)
    form = fill(ada, f"/sessions/{id}/edit", starts_on="2026-12-09")
    for _ in range(2):
        send(ada, f"/sessions/{id}/edit", form)
    send(ada, undo(ada, id), {})
    assert standing(cast.ada) == before
    page_of(ada, f"/sessions/{id}")
    submit(ada, f"/sessions/{id}/edit")
    assert "/undo?" not in page_of(ada, f"/sessions/{id}")
