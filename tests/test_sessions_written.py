"""What was written about a session leads there from its page, and is asked for once where nothing was."""
from __future__ import annotations

import pytest

from mentorlog import records
from tests.submitting import send, submit
from tests.test_sessions import lately, page_of, plan

ASKS = "Write what stuck"


@pytest.mark.parametrize("state", ["held", "missed"])
def test_what_stuck_is_asked_for_once_and_for_this_session(ada, cast, state):
    id = plan(ada, **lately(days=1))
    send(ada, f"/sessions/{id}/held", {"state": state})
    shown = page_of(ada, f"/sessions/{id}")
    assert shown.count(ASKS) == 1 and f'href="/journal/new?session={id}"' in shown


def test_what_was_written_leads_there_in_place_of_the_question(ada, cast):
    id, other = plan(ada, **lately(days=1)), plan(ada, **lately(days=2))
    for one in (id, other):
        send(ada, f"/sessions/{one}/held", {"state": "held"})
    submit(ada, "/journal/new", title="", text="Ask for the decision.", session=id)
    submit(ada, "/journal/new", title="Pauses", text="They count.", session=id)
    [last, first] = records.shelf(cast.ada, "entry")
    shown = page_of(ada, f"/sessions/{id}")
    assert shown.index(f'href="/journal/{last["id"]}"') < shown.index(f'href="/journal/{first["id"]}"')
    assert "Ask for the decision." in shown and ">Pauses<" in shown and ASKS not in shown
    assert ASKS in page_of(ada, f"/sessions/{other}") and "Pauses" not in page_of(ada, f"/sessions/{other}")


def test_a_session_that_was_logged_leads_to_its_line(ada, cast):
    reply = submit(ada, "/sessions/past", starts_on="2026-10-02", starts_time="10:00", stuck="Say no once, and kindly.")
    [entry] = records.shelf(cast.ada, "entry")
    shown = page_of(ada, reply.headers["Location"])
    assert f'href="/journal/{entry["id"]}"' in shown and "Say no once, and kindly." in shown and ASKS not in shown


def test_an_entry_in_the_bin_is_no_answer(ada, cast):
    reply = submit(ada, "/sessions/past", starts_on="2026-10-02", starts_time="10:00", stuck="Say no once.")
    [entry] = records.shelf(cast.ada, "entry")
    send(ada, f"/journal/{entry['id']}/delete", {})
    shown = page_of(ada, reply.headers["Location"])
    assert shown.count(ASKS) == 1 and "Say no once." not in shown
