"""What both weeks and a calendar say of the hours that somebody plans by hand, one or several by a rhythm."""
from __future__ import annotations

import re

import pytest

from tests.meeting import mentor
from tests.submitting import Forms, fill, send, submit
from tests.test_sessions import FORM, page_of

TUESDAYS = FORM | {"starts_on": "2026-12-01", "starts_time": "09:00", "how": "weekly", "count": "3", "weeks": "1"}


@pytest.fixture
def card(ada) -> str:
    return mentor(ada, zone="Europe/Lisbon")


def rows(client, **typed: str) -> list[tuple[bool, str]]:
    """Of each day that is shown whether it is ticked, and its words."""
    page = send(client, "/sessions/new", fill(client, "/sessions/new", **(TUESDAYS | typed))).get_data(as_text=True)
    found = re.findall(r'<li><label class="list-row check">(.*?)</li>', page, re.DOTALL)
    return [(" checked" in row, re.sub(r"<[^>]+>", " ", row)) for row in found]


def asked(client, partner: str, on: str = "2026-12-01", time: str = "09:00", minutes: str = "45") -> str:
    """What stands below the hour of a single session while it is chosen."""
    reply = client.get(f"/sessions/new?starts_on={on}&starts_time={time}&zone=Europe/Berlin&partner={partner}"
                       f"&minutes={minutes}", headers={"HX-Request": "true", "HX-Request-Type": "partial",
                                                       "HX-Target": "div#clocks"})
    return re.sub(r"<[^>]+>", "", reply.get_data(as_text=True).partition('id="clocks"')[2])


def draw(client, path: str, **sets: str) -> None:
    assert submit(client, path, **sets).status_code == 303


def test_nothing_is_said_where_no_week_is_drawn(ada, card):
    assert [ticked for ticked, _ in rows(ada, partner=card)] == [True] * 3
    told = asked(ada, card) + "".join(words for _, words in rows(ada, partner=card))
    assert not re.search("called|focus|Busy", told)


def test_hours_kept_for_focus_or_called_never_are_not_ticked_and_say_why(ada, card):
    draw(ada, "/times/hours", good="mon-10", protected="tue-09")
    assert {(ticked, "You keep this hour for focus" in words) for ticked, words in rows(ada)} == {(False, True)}
    draw(ada, f"/times/hours/{card}", good="tue-10")  # 09:00 in Berlin is 08:00 there
    said = [" ".join(words.split()) for _, words in rows(ada, partner=card)]
    assert all("You keep this hour for focus, R. O. called it never" in words for words in said)
    assert [ticked for ticked, _ in rows(ada, partner=card)] == [False] * 3
    assert "R. O. called it never" in asked(ada, card) and "called it never" not in asked(ada, "")
    assert "Both called this hour never" in asked(ada, card, time="22:00")


def test_a_day_that_is_ticked_all_the_same_is_planned(ada, card):
    draw(ada, f"/times/hours/{card}", good="tue-10")
    form = fill(ada, "/sessions/new", **(TUESDAYS | {"partner": card}))
    page = send(ada, "/sessions/new", form).get_data(as_text=True)
    assert "R. O.</bdi> called this hour never" in page
    [seen] = re.findall(r'name="seen" value="([^"]*)"', page)
    assert send(ada, "/sessions/new", form | {"seen": seen, "day": ["2026-12-08"]}).status_code == 303
    assert "One session is planned." in page_of(ada, "/sessions")


def test_somebody_whose_name_is_typed_has_the_week_of_their_card(ada, card):
    draw(ada, f"/times/hours/{card}", good="tue-10")
    said = [" ".join(words.split()) for _, words in rows(ada, partner="", partner_name="R. O.")]
    assert len(said) == 3 and all("R. O. called this hour never" in words for words in said)


def test_the_days_are_shown_anew_for_another_mentor(ada, card):
    draw(ada, f"/times/hours/{card}", good="tue-10")
    days = send(ada, "/sessions/new", fill(ada, "/sessions/new", **(TUESDAYS | {"partner": ""})))
    typed = Forms(days.get_data(as_text=True)).found["/sessions/new"]
    reply = send(ada, "/sessions/new", typed | {"partner": card})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 200 and "R. O.</bdi> called this hour never" in page
    assert "day" in typed and "day" not in Forms(page).found["/sessions/new"]  # none is ticked now
    assert send(ada, "/sessions/new", Forms(page).found["/sessions/new"] | {"day": typed["day"]}).status_code == 303


def test_one_day_alone_is_left_out_where_the_calendar_is_busy(ada):
    form = fill(ada, "/times/hours")
    spans = {"spans": "2026-12-08T08:30Z/60", "read_at": "2026-11-24T11:00:00.000Z"}
    reply = send(ada, "/times/calendar", form | spans)
    assert reply.status_code == 303
    assert [(ticked, "Busy by your calendar" in words) for ticked, words in rows(ada)] == [
        (True, False), (False, True), (True, False)]
    assert "Busy by your calendar." in asked(ada, "", "2026-12-08")
    assert "Busy" not in asked(ada, "", "2026-12-08", minutes="30")


def test_a_day_that_a_calendar_does_not_reach_says_so(ada, card):
    form = fill(ada, "/times/hours")
    spans = {"spans": "2026-12-08T08:30Z/60", "read_at": "2026-11-24T11:00:00.000Z",
             "until": "2026-12-08T08:45:00.000Z"}
    words = "Your calendar file does not reach that day"
    assert words not in asked(ada, card, "2026-12-15")
    assert send(ada, "/times/calendar", form | spans).status_code == 303
    assert words in asked(ada, card, "2026-12-15") and words in asked(ada, card, "2026-12-08", "10:00")
    assert words not in asked(ada, card, "2026-12-08") and " ." not in asked(ada, card, "2026-12-15")
    shown = send(ada, "/sessions/new", fill(ada, "/sessions/new", **TUESDAYS)).get_data(as_text=True)
    page = re.sub("<[^>]+>", "", shown)
    assert page.count("your calendar file does not reach") == 1 and "From Tue 15 Dec 2026 on, your calendar" in page


def test_days_in_a_pause_are_not_ticked_and_a_single_one_says_so(ada, card):
    draw(ada, f"/partners/{card}/pause", until="other", pause_on="2026-12-08")
    said = rows(ada, partner=card)
    assert [(ticked, "In the pause" in words) for ticked, words in said] == [
        (False, True), (True, False), (True, False)]
    assert "You pause until Tue 8 Dec 2026." in asked(ada, card, "2026-12-08")
    assert "lies in the pause" not in asked(ada, card, "2026-12-08") + asked(ada, card, "2026-11-23")
    assert "You pause until Tue 8 Dec 2026. This day lies in the pause." in asked(ada, card, "2026-12-07")
    assert "pause" not in asked(ada, "", "2026-12-07") and "pause" not in "".join(words for _, words in rows(ada))


@pytest.mark.parametrize(("mine", "theirs", "words"), [
    ("good", "good", "Inside the hours both called good."), ("possible", "good", "You called this hour possible."),
    ("good", "possible", "R. O. called this hour possible."),
    ("possible", "possible", "Both called this hour possible."),
    ("good", "", "Inside the hours you called good."), ("", "good", "Inside the hours R. O. called good.")])
def test_below_the_hour_of_one_session_stands_how_it_fits(ada, card, mine, theirs, words):
    if mine:
        draw(ada, "/times/hours", **{mine: "tue-15"})
    if theirs:
        draw(ada, f"/times/hours/{card}", **{theirs: "tue-14"})
    assert words in asked(ada, card, time="15:00")


@pytest.mark.parametrize("minutes", ["999999", "0", "soon", ""])
def test_a_length_that_is_none_asks_about_an_hour(ada, card, minutes):
    draw(ada, "/times/hours", good="tue-15")
    assert "Inside the hours you called good." in asked(ada, card, time="15:00", minutes=minutes)
    reply = send(ada, "/sessions/new", fill(ada, "/sessions/new", **(FORM | {"minutes": minutes, "phone": "x"})))
    assert reply.status_code == 422
