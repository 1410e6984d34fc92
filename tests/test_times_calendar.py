"""What a calendar said, on the screens: it closes hours as far as it reaches, until it is forgotten."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorlog import clock, records
from tests.cast import NOON
from tests.meeting import mentor
from tests.submitting import fill, send, submit
from tests.test_times import LISBON
from tests.test_times_pages import draw, page_of, text_of


@pytest.fixture
def card(ada) -> str:
    return mentor(ada, zone=LISBON)


def test_busy_times_close_their_hours_until_they_are_forgotten(ada, card):
    draw(ada, "/times/hours", good="wed-10")
    reply = submit(ada, "/times/hours", "/times/calendar", spans="2026-11-25T09:15Z/10\r\n2026-11-25T09:15Z/10\r\n")
    assert reply.status_code == 303
    assert "1 busy time by your calendar, read on" in page_of(ada, "/times/hours")
    assert "on=2026-11-25" not in page_of(ada, f"/times/{card}")
    submit(ada, "/times/hours", "/times/calendar/forget")
    assert "by your calendar, read on" not in page_of(ada, "/times/hours")
    assert "on=2026-11-25" in page_of(ada, f"/times/{card}")


def read(client: Any, **typed: str) -> None:
    assert submit(client, "/times/hours", "/times/calendar", spans="2026-11-25T09:15Z/10", **typed).status_code == 303


@pytest.mark.parametrize("typed", [{"until": "2026-12-03T09:00:00.000Z"}, {"read_at": "2026-10-08T09:00:00.000Z"}])
def test_how_far_a_calendar_reaches_is_said_where_it_ends(ada, card, typed):
    """By what the device said, else eight weeks after it was read: on Thursday at 10:00 by Berlin's clocks."""
    draw(ada, "/times/hours", good="wed-10 thu-09 thu-10 fri-10")
    read(ada, **typed)
    assert "which reaches until 3 Dec. They are not proposed." in text_of(ada, "/times/hours")
    picks = "slot=2026-12-02T10:00&slot=2026-12-03T09:00&slot=2026-12-03T10:00"
    page = page_of(ada, f"/times/{card}?{picks}")
    assert "is left out until 3 Dec: it reaches no further." in text_of(ada, f"/times/{card}?{picks}")
    rows = page.split('<li class="list-row">')[1:4]
    assert ["does not reach that day" in row for row in rows] == [False, False, True]
    weeks = [text_of(ada, f"/times/{card}?week=2026-{on}") for on in ("11-23", "11-30", "12-07")]
    assert ["Your calendar file reaches until 3 Dec." in week for week in weeks] == [False, True, True]


def test_a_calendar_that_ended_closes_nothing_and_says_so(ada, card):
    draw(ada, "/times/hours", good="wed-10")
    read(ada, read_at="2026-09-01T09:00:00.000Z")
    page = text_of(ada, "/times/hours")
    assert "read on 1 Sep, reached until 27 Oct and closes no hour any more." in page and "not proposed" not in page
    page = text_of(ada, f"/times/{card}")
    assert "is left out" not in page and "reached until 27 Oct and closes no hour any more." in page
    assert 'href="/times/hours#calendar">Read it again</a>' in page_of(ada, f"/times/{card}")


def test_a_calendar_that_reaches_to_the_very_edge_of_the_calendar_is_shown(ada, card):
    draw(ada, "/times/hours", good="wed-10")
    read(ada, until="2199-12-31T23:59:59.999Z")
    assert "by your calendar, read on" in page_of(ada, "/times/hours")
    assert "by your calendar, read on" in page_of(ada, f"/times/{card}")


def test_a_calendar_reaches_to_an_instant(ada, cast):
    reply = submit(ada, "/times/hours", "/times/calendar", spans="2026-11-25T09:15Z/10", until="soon")
    assert reply.status_code == 422 and records.shelf(cast.ada, "busy") == []


def test_what_is_forgotten_reaches_nowhere(ada, cast, card):
    draw(ada, "/times/hours", good="wed-10")
    read(ada, until="2026-12-03T09:00:00.000Z")
    submit(ada, "/times/hours", "/times/calendar/forget")
    [kept] = records.shelf(cast.ada, "busy")
    assert kept["fields"]["until"] is None and "calendar file reaches" not in page_of(ada, f"/times/{card}")


@pytest.mark.parametrize("spans", [
    "Lunch with Bob", "2026-11-25T09:15Z/0", "2026-11-25T09:15+01:00/5", "2026-11-25T09:15Z/999999",
    "\r\n".join(f"2026-11-25T09:15Z/{n}" for n in range(1, 1_002))])
def test_what_is_no_busy_time_is_refused_and_what_was_kept_stays(ada, cast, spans):
    submit(ada, "/times/hours", "/times/calendar", spans="2026-11-25T09:15Z/10")
    reply = submit(ada, "/times/hours", "/times/calendar", spans=spans)
    assert reply.status_code == 422 and 'id="e-calendar"' in reply.get_data(as_text=True)
    [kept] = records.shelf(cast.ada, "busy")
    assert kept["fields"]["spans"] == ["2026-11-25T09:15Z/10"]


def test_a_calendar_kept_twice_is_one_change(ada, cast):
    form = fill(ada, "/times/hours", "/times/calendar", spans="2026-11-25T09:15Z/10")
    for minutes in (1, 2):
        with clock.at(NOON + timedelta(minutes=minutes)):
            assert send(ada, "/times/calendar", form).status_code == 303
    [kept] = records.shelf(cast.ada, "busy")
    assert (kept["rev"], kept["fields"]["read_at"]) == (form["change"], clock.iso(NOON))


def test_a_calendar_was_read_at_an_instant(ada, cast):
    reply = submit(ada, "/times/hours", "/times/calendar", spans="2026-11-25T09:15Z/10", read_at="yesterday")
    assert reply.status_code == 422 and records.shelf(cast.ada, "busy") == []


def test_a_calendar_that_a_wrong_clock_read_is_shown_and_can_be_forgotten(ada):
    reply = submit(ada, "/times/hours", "/times/calendar", spans="2026-11-25T09:15Z/10",
                   read_at="2199-12-31T23:59:59.999Z")  # the next day, on the clocks of Berlin
    assert reply.status_code == 303
    assert "1 busy time by your calendar, read on" in page_of(ada, "/times/hours")
    assert submit(ada, "/times/hours", "/times/calendar/forget").status_code == 303
