"""Several sessions at once, by a rhythm: the days are shown first, and each that is ticked becomes a session."""
from __future__ import annotations

import re

import pytest

from mentorlog import records
from tests.counting import queries
from tests.submitting import fill, send
from tests.test_sessions import FORM, fields_of, page_of, plan

WEEKLY = FORM | {"how": "weekly", "count": "4", "weeks": "3"}


def shown(client, **typed: str) -> tuple[dict, str]:
    """What is to be sent again after the days were shown, and the page."""
    form = fill(client, "/sessions/new", **(WEEKLY | typed))
    reply = send(client, "/sessions/new", form)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 200, page
    [seen] = re.findall(r'name="seen" value="([^"]*)"', page)
    return form | {"seen": seen, "day": re.findall(r'name="day" value="([^"]+)" checked', page)}, page


def planned(person) -> list[str]:
    return sorted(one["fields"]["starts_on"] for one in records.shelf(person, "session"))


def test_the_days_are_shown_before_anything_is_planned(ada, cast):
    form, _ = shown(ada)
    assert form["day"] == ["2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28"]
    assert planned(cast.ada) == []


def test_each_day_that_is_ticked_becomes_a_session_of_one_series(ada, cast):
    form, _ = shown(ada)
    reply = send(ada, "/sessions/new", form | {"day": ["2026-12-07", "2026-12-21"]})
    assert reply.status_code == 303
    assert planned(cast.ada) == ["2026-12-07", "2026-12-21"]
    found = records.shelf(cast.ada, "session")
    assert {one["fields"]["series"] for one in found} == {form["record"]}
    assert {one["at"][11:16] for one in found} == {"14:00"}
    assert "2 sessions are planned." in page_of(ada, "/sessions")


def test_two_taps_plan_them_once(ada, cast):
    form, _ = shown(ada)
    for _ in range(2):
        send(ada, "/sessions/new", form)
    assert len(planned(cast.ada)) == len(form["day"])


def test_they_keep_their_wall_time_over_a_change_of_clocks(ada, cast):
    form, _ = shown(ada, starts_on="2027-03-22", count="2")
    send(ada, "/sessions/new", form)
    assert [one["at"] for one in records.shelf(cast.ada, "session")][::-1] == [
        "2027-03-22T14:00:00.000Z", "2027-03-29T13:00:00.000Z"]


def test_a_name_becomes_one_card_for_all(ada, cast):
    form, _ = shown(ada, partner_name="R. O.")
    send(ada, "/sessions/new", form)
    [card] = records.shelf(cast.ada, "partner")
    assert {one["fields"]["partner"] for one in records.shelf(cast.ada, "session")} == {card["id"]}


def ticked_in(reply) -> list[str]:
    return re.findall(r'name="day" value="([^"]+)" checked', reply.get_data(as_text=True))


def test_a_day_stays_unticked_where_another_field_is_refused(ada, cast):
    form, _ = shown(ada)
    days = [form["day"][0], *form["day"][2:]]
    reply = send(ada, "/sessions/new", form | {"day": days, "phone": "abc"})
    assert reply.status_code == 422 and ticked_in(reply) == days and planned(cast.ada) == []
    assert 'id="e-phone"' in reply.get_data(as_text=True)
    assert send(ada, "/sessions/new", form | {"day": days}).status_code == 303
    assert planned(cast.ada) == days


def test_a_day_stays_unticked_where_the_hour_is_refused_and_comes_back(ada, cast):
    form, _ = shown(ada)
    reply = send(ada, "/sessions/new", form | {"day": form["day"][1:], "starts_time": ""})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422 and ticked_in(reply) == []
    carried = {name: re.findall(f'name="{name}" value="([^"]*)"', page) for name in ("seen", "taken", "day")}
    assert send(ada, "/sessions/new", form | carried).status_code == 303
    assert planned(cast.ada) == form["day"][1:]


def test_a_day_on_which_the_hour_is_skipped_says_so_in_its_row(ada, cast):
    _, page = shown(ada, starts_on="2027-03-21", starts_time="02:30", count="3")
    rows = re.findall(r'<li><label class="list-row check">.*?</li>', page, re.DOTALL)
    said = ["02:30 is skipped, so 03:30 is meant" in row for row in rows]
    assert said == [False, True, False]


def test_days_that_the_calendar_cuts_off_are_said(ada):
    _, page = shown(ada, starts_on="2099-12-20", count="5")
    assert page.count('name="day"') == 2 and "2 of 5: the calendar here ends with 2099." in page
    assert "the calendar here ends" not in shown(ada)[1]


def test_an_hour_that_is_taken_is_not_ticked_and_says_why(ada):
    plan(ada, starts_on="2026-12-14", starts_time="15:30")
    form, page = shown(ada)
    assert "2026-12-14" not in form["day"] and len(form["day"]) == 3
    assert "At that hour: " in page


def test_hours_that_have_passed_are_not_ticked_and_said(ada, cast):
    form, page = shown(ada, starts_on="2026-11-17", starts_time="11:59")  # the second one a minute ago
    assert form["day"] == ["2026-12-01", "2026-12-08"]
    assert page.count("That hour has passed") == 2
    assert send(ada, "/sessions/new", form | {"day": ["2026-11-24", "2026-12-01"]}).status_code == 303
    assert planned(cast.ada) == ["2026-11-24", "2026-12-01"]


def test_other_days_are_shown_anew_when_the_form_says_something_else(ada, cast):
    form, _ = shown(ada)
    reply = send(ada, "/sessions/new", form | {"how": "two_weekly"})
    assert reply.status_code == 200 and 'value="2027-01-18" checked' in reply.get_data(as_text=True)
    assert planned(cast.ada) == []


def test_one_session_in_place_of_the_days_that_stand_there_is_looked_at_once_more(ada, cast):
    form, _ = shown(ada)
    reply = send(ada, "/sessions/new", form | {"how": "once", "starts_on": "2026-12-09"})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 200 and "One session alone" in page and 'name="day"' not in page
    assert ">Plan the session</span>" in page and planned(cast.ada) == []
    again = {name: value for name, value in form.items() if name not in ("seen", "taken", "day")}
    assert send(ada, "/sessions/new", again | {"how": "once", "starts_on": "2026-12-09"}).status_code == 303
    assert planned(cast.ada) == ["2026-12-09"]


def test_a_series_in_place_of_one_session_shows_its_days_first(ada, cast):
    reply = send(ada, "/sessions/new", fill(ada, "/sessions/new", **(FORM | {"how": "weekly", "count": "2"})))
    assert reply.status_code == 200 and "Plan what is ticked" in reply.get_data(as_text=True)
    assert planned(cast.ada) == []


def test_none_ticked_says_so(ada, cast):
    form, _ = shown(ada)
    reply = send(ada, "/sessions/new", form | {"day": []})
    assert reply.status_code == 422 and "Tick at least one day." in reply.get_data(as_text=True)


def test_one_day_alone_is_no_series(ada, cast):
    form, _ = shown(ada)
    send(ada, "/sessions/new", form | {"day": ["2026-12-14"]})
    assert "series" not in fields_of(cast.ada, form["record"])


@pytest.mark.parametrize(("typed", "words"), [
    ({"how": "constructor"}, "Choose how often."), ({"count": "500"}, "Between 2 and 53 at once."),
    ({"count": "some"}, "Between 2 and 53 at once."), ({"count": "1"}, "Between 2 and 53 at once."),
    ({"count": ""}, "Between 2 and 53 at once."), ({"count": "-1"}, "Between 2 and 53 at once."),
    ({"count": "∞"}, "Between 2 and 53 at once."), ({"how": "own", "weeks": "13"}, "Between 1 and 12 weeks."),
    ({"how": "own", "weeks": "0"}, "Between 1 and 12 weeks."),
    ({"how": "own", "weeks": ""}, "Between 1 and 12 weeks.")])
def test_what_is_no_rhythm_is_refused_with_what_was_typed(ada, cast, typed, words):
    reply = send(ada, "/sessions/new", fill(ada, "/sessions/new", **(WEEKLY | typed)))
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422 and words in page and 'value="2026-12-07"' in page
    assert planned(cast.ada) == []


def test_a_year_by_the_week_asks_for_what_is_there_once(ada, cast):
    form, _ = shown(ada, count="53")
    assert len(form["day"]) == 53
    with queries() as asked:
        send(ada, "/sessions/new", fill(ada, "/sessions/new", **(WEEKLY | {"count": "53"})))
    with queries() as few:
        send(ada, "/sessions/new", fill(ada, "/sessions/new", **(WEEKLY | {"count": "2"})))
    assert len(asked) == len(few)
    assert send(ada, "/sessions/new", form).status_code == 303
    assert len(planned(cast.ada)) == 53
    assert page_of(ada, "/sessions").count("data-change=") == 2  # the draft is gone, and the word


def test_planned_again_without_a_day_asks_about_those_that_are_there(ada, cast):
    form, _ = shown(ada)
    send(ada, "/sessions/new", form)
    reply = send(ada, "/sessions/new", form | {"day": form["day"][1:]})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422 and "another session by now" in page
    assert planned(cast.ada) == form["day"]


def test_an_empty_number_of_weeks_keeps_what_was_unticked(ada, cast):
    form, page = shown(ada, weeks="")
    assert 'value="None"' not in page
    assert send(ada, "/sessions/new", form | {"day": form["day"][:1]}).status_code == 303
    assert planned(cast.ada) == form["day"][:1]


@pytest.mark.parametrize(("count", "above", "folded"), [("8", 8, 0), ("9", 6, 3), ("53", 6, 47)])
def test_sessions_that_come_much_later_stand_in_a_fold(ada, cast, count, above, folded):
    form, _ = shown(ada, count=count)
    assert send(ada, "/sessions/new", form).status_code == 303
    first, _, rest = page_of(ada, "/sessions").split('id="before"')[0].partition("<details")
    assert [part.count('class="row-title"') for part in (first, rest)] == [above, folded]
    assert (f"{folded} more until" in rest) == bool(folded)
