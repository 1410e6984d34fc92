"""An hour at which there is a session already is asked about, and the answer holds for that hour alone."""
from __future__ import annotations

import re

import pytest

from mentorlog import clock, records
from tests.cast import sign_in
from tests.submitting import fill, send
from tests.test_sessions import FORM, NOON, plan


@pytest.fixture
def ada(client, cast):
    with clock.at(NOON):
        yield sign_in(client, "ada")


def anyway(reply) -> dict[str, str]:
    """The tick beside the overlap that an answer shows."""
    [overlap] = re.findall(r'name="overlap" value="([^"]+)"', reply.get_data(as_text=True))
    return {"overlap": overlap, "anyway": "1"}


def test_two_sessions_at_once_are_asked_about(ada, cast):
    first = plan(ada)
    typed = fill(ada, "/sessions/new", **(FORM | {"starts_time": "15:30"}))
    reply = send(ada, "/sessions/new", typed)
    assert reply.status_code == 422
    assert f'href="/sessions/{first}"' in reply.get_data(as_text=True)
    assert "anyway" in reply.get_data(as_text=True)
    assert send(ada, "/sessions/new", typed | {"anyway": "1"}).status_code == 422  # of what was never shown
    assert send(ada, "/sessions/new", typed | anyway(reply)).status_code == 303
    assert records.count(cast.ada, "session") == 2


@pytest.mark.parametrize("other", [{"starts_time": "15:10"}, {"starts_on": "2026-12-08"}, {"minutes": "90"}])
def test_the_tick_holds_for_the_hour_that_was_shown_alone(ada, cast, other):
    plan(ada)
    plan(ada, starts_on="2026-12-08")
    typed = fill(ada, "/sessions/new", **(FORM | {"starts_time": "15:30"}))
    ticked = typed | anyway(send(ada, "/sessions/new", typed))
    reply = send(ada, "/sessions/new", ticked | other)
    assert reply.status_code == 422 and 'name="anyway" value="1" autofocus' in reply.get_data(as_text=True)
    assert records.count(cast.ada, "session") == 2
    assert send(ada, "/sessions/new", ticked | other | anyway(reply)).status_code == 303


def test_the_tick_holds_for_no_session_that_came_meanwhile(ada, cast):
    first = plan(ada)
    typed = fill(ada, "/sessions/new", **(FORM | {"starts_time": "15:30"}))
    ticked = typed | anyway(send(ada, "/sessions/new", typed))
    second = plan(ada, starts_time="16:00")
    page = send(ada, "/sessions/new", ticked).get_data(as_text=True)
    assert "Other sessions take a part of these hours" in page
    assert all(f'href="/sessions/{id}">Look' in page for id in (first, second))
    assert records.count(cast.ada, "session") == 2
