"""Which session it is with its mentor: counted, never stored, and said where somebody looks at a session."""
from __future__ import annotations

import re
from datetime import timedelta

import pytest

from mentorlog import agenda, clock, records
from mentorlog.agenda.numbering import numbered
from tests.cast import NOON
from tests.copying import write
from tests.submitting import send, submit
from tests.test_sessions import lately, page_of, plan

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
SIX = "session&nbsp;6"


@pytest.fixture
def five(ada) -> list[str]:
    """The ids of five sessions with R. O. that were: one a week, the last one a week ago."""
    return [plan(ada, **lately(days=7 * weeks), partner_name="R. O.") for weeks in (5, 4, 3, 2, 1)]


def card(client, name: str = "R. O.") -> str:
    return submit(client, "/partners/new", name=name).headers["Location"].rpartition("/")[2]


def became(client, id: str, state: str) -> None:
    path = f"/sessions/{id}/" + ("cancel" if state == "cancelled" else "held")
    assert send(client, path, {"state": state}).status_code == 303


def head(client, id: str) -> str:
    """The heading of a session's page, as it is read."""
    found = re.search("<h1>(.*?)<small>(.*?)</small></h1>", page_of(client, f"/sessions/{id}"))
    return re.sub("<[^>]*>", "", " | ".join(found.groups())).replace("&nbsp;", " ")


def titles(client) -> list[str]:
    """What the rows of the list say first, without their tags."""
    found = re.findall('<span class="row-title">(.*?)</span>\n', page_of(client, "/sessions").split("mentor-h")[0])
    return [re.sub("<[^>]*>", "", one).replace("&nbsp;", " ") for one in found if "<time" in one]


# -- rules -------------------------------------------------------------------------------------------------------------

def test_a_cancelled_session_has_no_number_and_one_that_fell_through_has():
    states = ("held", "missed", "cancelled", "planned", None, "moved")
    found = [{"id": str(at), "fields": {"partner": "card", "state": state}} for at, state in enumerate(states)]
    assert numbered(found) == {"0": 1, "1": 2, "3": 3, "4": 4, "5": 5}


def test_the_sessions_with_each_mentor_are_counted_by_themselves():
    found = [{"id": f"{at}{one}", "fields": {"partner": one}} for at, one in enumerate("ababb")]
    assert numbered(found) == {"0a": 1, "1b": 1, "2a": 2, "3b": 2, "4b": 3}


def test_with_nobody_named_there_is_no_number(ada, cast):
    id = plan(ada)
    assert agenda.numbers(cast.ada) == {}
    assert head(ada, id).startswith("Session | Mon 7 Dec")
    assert titles(ada) == ["Mon 7 Dec, 15:00"]


def test_one_that_is_logged_moves_those_after_it_on_and_a_cancelled_one_moves_them_back(ada, five, cast):
    coming = plan(ada, partner_name="R. O.")
    assert head(ada, coming) == "Session 6 | with R. O., your mentor"
    submit(ada, "/sessions/past", **lately(days=10), minutes="30", channel="phone")
    assert [agenda.numbers(cast.ada)[id] for id in (five[0], five[3], five[4], coming)] == [1, 4, 6, 7]
    became(ada, five[4], "cancelled")
    assert head(ada, coming) == "Session 6 | with R. O., your mentor"
    assert head(ada, five[4]) == "Session | with R. O., your mentor"


def test_one_that_moves_takes_the_number_of_its_new_hour(ada, five):
    assert submit(ada, f"/sessions/{five[0]}/edit", **lately(days=1)).status_code == 303
    assert [head(ada, id).split(" |")[0] for id in five] == ["Session 5", *(f"Session {n}" for n in range(1, 5))]


def test_at_the_same_instant_the_list_and_the_numbers_have_one_order(ada, cast):
    with_whom = card(ada)
    for _ in range(4):
        write(cast.ada, "session", starts_on="2026-12-07", starts_time="15:00", zone="UTC", partner=with_whom)
    oldest_first = [one["id"] for one in records.shelf(cast.ada, "session")[::-1]]
    assert agenda.numbers(cast.ada) == {id: at for at, id in enumerate(oldest_first, 1)}


def test_what_lies_in_the_bin_and_what_is_somebody_elses_does_not_count(ada, five, app, cast):
    with_whom = records.find(cast.ada, "session", five[0])["fields"]["partner"]
    hours = {**lately(days=40), "zone": "UTC", "partner": with_whom}
    write(cast.ada, "session", **hours, binned_at=clock.iso(NOON))
    write(cast.bela, "session", **hours)
    assert agenda.numbers(cast.ada) == {id: at for at, id in enumerate(five, 1)}
    assert [*agenda.numbers(cast.bela).values()] == [1]


# -- pages -------------------------------------------------------------------------------------------------------------

def test_a_page_and_its_title_say_which_session_it_is_and_the_hour_stays(ada, five):
    shown = page_of(ada, f"/sessions/{plan(ada, partner_name='R. O.')}")
    assert "<title>Session&nbsp;6 · mentorlog</title>" in shown
    assert "Monday, 7 December 2026" in shown and ">15:00</time>" in shown


def test_the_form_that_moves_one_says_which_it_is(ada, five):
    assert "<h1>Change session&nbsp;3<small>" in page_of(ada, f"/sessions/{five[2]}/edit")
    assert "<h1>Change the session<small>" in page_of(ada, f"/sessions/{plan(ada)}/edit")


def test_the_heading_is_a_part_that_comes_by_itself(ada, five):
    found = ada.get(f"/sessions/{five[2]}", headers=PART | {"HX-Target": "header#head"}).get_data(as_text=True)
    assert "<html" not in found and '<h1>Session&nbsp;3<small>' in found
    assert 'id="head" data-live>' in found


def test_every_row_of_the_list_says_its_number_but_a_cancelled_one(ada, five):
    became(ada, five[1], "missed")
    became(ada, five[3], "cancelled")
    off = plan(ada, starts_on="2026-12-01", partner_name="R. O.")
    became(ada, off, "cancelled")
    plan(ada, partner_name="R. O.")
    assert titles(ada) == ["Mon 7 Dec, 15:00 · session 5", "Tue 1 Dec, 15:00", "Tue 17 Nov · session 4", "Tue 10 Nov",
                           "Tue 3 Nov · session 3", "Tue 27 Oct · session 2", "Tue 20 Oct · session 1"]


def test_today_says_the_number_before_while_and_after(ada, five):
    plan(ada, starts_on="2026-11-24", starts_time="14:00", partner_name="R. O.")
    plan(ada, partner_name="R. O.")
    for hours in (1, 2.5):  # noon is eleven o'clock there, an hour and more before the begin, then while it runs
        with clock.at(NOON + timedelta(hours=hours)):
            assert f'· {SIX} with <bdi' in page_of(ada, "/today")
    with clock.at(NOON + timedelta(hours=4)):
        shown = page_of(ada, "/today")
    assert f"· {SIX} ended" in shown
    assert re.search("Until session&nbsp;7, <time[^>]*>Mon 7 Dec</time>", shown)
    assert "Mon 7 Dec, 15:00</time> · session&nbsp;7</span>" in shown


def test_today_says_nothing_of_a_number_where_there_is_none(ada):
    plan(ada, starts_on="2026-11-24", starts_time="14:00")
    assert "· session</small>" in page_of(ada, "/today")
    with clock.at(NOON + timedelta(hours=4)):
        assert "· a session ended" in page_of(ada, "/today")


def test_a_line_rolls_on_from_a_session_with_its_number(ada, five):
    with clock.at(NOON - timedelta(days=8)):
        assert send(ada, f"/agenda/new?session={five[4]}", {"text": "Why so?", "pocket": "question"}).status_code == 303
    shown = page_of(ada, f"/sessions/{plan(ada, partner_name='R. O.')}")
    assert re.search("rolled on from session&nbsp;5, <time[^>]*>Tue 17 Nov</time>", shown)


def test_finding_a_time_says_which_session_it_is_for_and_the_message_does_not(ada, five):
    id, other = plan(ada, partner_name="R. O."), card(ada, "B. M.")
    submit(ada, "/times/hours", good="mon-10 tue-10 wed-10")
    with_whom = re.search(f"/times/([0-9a-f-]+)\\?session={id}", page_of(ada, f"/sessions/{id}"))[1]
    shown = page_of(ada, f"/times/{with_whom}?session={id}")
    assert f"for {SIX} with <bdi>R. O.</bdi> ·" in shown and "Session 6</a>" in shown
    assert "ession" not in shown.split("<textarea")[1].split("</textarea>")[0]
    for path in (f"/times/{with_whom}", f"/times/{other}?session={id}"):
        assert " and you ·" in page_of(ada, path)
