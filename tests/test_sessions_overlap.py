"""An hour at which there is a session already is asked about, and the answer holds for that hour alone."""
from __future__ import annotations

import re

import pytest

from mentorlog import records
from tests.submitting import Forms, fill, send
from tests.test_sessions import FORM, plan

PAST = {"starts_on": "2026-11-19", "starts_time": "12:30", "minutes": "30", "channel": "in_person"}
WEEKLY = FORM | {"how": "weekly", "count": "3", "weeks": "1"}
MEANWHILE = "another session by now"


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


def test_of_a_series_that_moves_one_of_its_hours_is_asked_about(ada, cast):
    send(ada, "/sessions/new", days_shown(ada) | {"day": ["2026-12-07", "2026-12-14"]})
    plan(ada, starts_on="2026-12-15", starts_time="15:30")
    first = min(records.shelf(cast.ada, "session"), key=lambda one: one["at"])["id"]
    for which, on, hour in (("after", "2026-12-08", "one of these hours"), ("one", "2026-12-15", "that hour")):
        typed = fill(ada, f"/sessions/{first}/edit", which=which, starts_on=on)
        page = send(ada, f"/sessions/{first}/edit", typed).get_data(as_text=True)
        assert f"Another session takes a part of {hour}:" in page


def days_again(reply) -> dict:
    """What the form would send that an answer shows, days included."""
    return Forms(reply.get_data(as_text=True)).found["/sessions/new"]


def days_shown(client, **typed: str) -> dict:
    """The same of three Mondays."""
    return days_again(send(client, "/sessions/new", fill(client, "/sessions/new", **(WEEKLY | typed))))


def planned_on(person) -> list[str]:
    return sorted(one["fields"]["starts_on"] for one in records.shelf(person, "session"))


def test_a_day_is_asked_about_for_each_session_that_was_not_shown(ada, cast):
    plan(ada, starts_on="2026-12-14", starts_time="15:30")
    typed = days_shown(ada) | {"day": ["2026-12-07", "2026-12-14"], "phone": "+49 30 1234567"}
    plan(ada, starts_on="2026-12-14", starts_time="14:45", minutes="30")
    reply = send(ada, "/sessions/new", typed)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422 and MEANWHILE in page and page.count("At that hour: ") == 2
    again = days_again(reply)
    assert again["day"] == typed["day"] and again["phone"] == typed["phone"]
    assert planned_on(cast.ada) == ["2026-12-14", "2026-12-14"]
    assert send(ada, "/sessions/new", again).status_code == 303
    assert planned_on(cast.ada) == ["2026-12-07", *["2026-12-14"] * 3]


def test_a_day_is_asked_about_when_the_session_at_its_hour_was_moved(ada, cast):
    there = plan(ada, starts_on="2026-12-14", starts_time="15:30")
    typed = days_shown(ada) | {"day": ["2026-12-07", "2026-12-14"]}
    send(ada, f"/sessions/{there}/edit", fill(ada, f"/sessions/{there}/edit", starts_time="15:15"))
    reply = send(ada, "/sessions/new", typed)
    assert reply.status_code == 422 and MEANWHILE in reply.get_data(as_text=True)
    assert send(ada, "/sessions/new", days_again(reply)).status_code == 303


def test_a_day_is_asked_about_beside_what_else_is_refused(ada, cast):
    typed = days_shown(ada)
    plan(ada, starts_on="2026-12-14", starts_time="15:30")
    reply = send(ada, "/sessions/new", typed | {"phone": "abc"})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422 and 'id="e-phone"' in page and MEANWHILE in page
    assert planned_on(cast.ada) == ["2026-12-14"]


def test_a_day_that_is_not_ticked_is_not_asked_about(ada, cast):
    typed = days_shown(ada)
    plan(ada, starts_on="2026-12-14", starts_time="15:30")
    assert send(ada, "/sessions/new", typed | {"day": ["2026-12-07", "2026-12-21"]}).status_code == 303
    assert planned_on(cast.ada) == ["2026-12-07", "2026-12-14", "2026-12-21"]


def test_a_session_that_is_logged_where_one_stands_is_asked_about(ada, cast):
    first = send(ada, "/sessions/past", fill(ada, "/sessions/past", **PAST)).headers["Location"]
    typed = fill(ada, "/sessions/past", **(PAST | {"starts_time": "12:45"}), stuck="Say no once.")
    reply = send(ada, "/sessions/past", typed)
    page = reply.get_data(as_text=True)
    assert (reply.status_code, "Another session stands at that hour" in page) == (422, True)
    assert "Log it anyway" in page and f'href="{first}"' in page and "Say no once." in page
    assert records.count(cast.ada, "session") == 1
    assert [send(ada, "/sessions/past", typed | anyway(reply)).status_code for _ in range(2)] == [303, 303]
    assert records.count(cast.ada, "session") == 2
