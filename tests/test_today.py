"""Today: what presses, what to prepare, and what was written before."""
from __future__ import annotations

import re
from datetime import timedelta

from mentorlog import clock, records
from mentorlog.models import Device
from mentorlog.sync import apply
from tests.cast import NOON, sign_in
from tests.counting import queries
from tests.submitting import send, submit
from tests.test_sessions import lately, page_of, plan


def write(person, kind: str, made_at=NOON, id: str = "", **fields) -> str:
    """A record as another device would send it; its id."""
    change = {"id": records.new_id(), "kind": kind, "record": id or records.new_id(), "base": None,
              "made_at": clock.iso(made_at), "fields": fields}
    assert apply.take(person, None, [change])[change["id"]]["outcome"] == "accepted"
    return change["record"]


def rate(person, goal: str, value: int) -> None:
    write(person, "rating", id=records.name_id(person.names, f"rating:{goal}"), goal=goal, value=value)


def test_the_first_day_introduces_the_mentor(ada, cast):
    page = page_of(ada, "/today")
    assert "Meet your mentor" in page
    assert "The first five minutes" in page
    assert 'href="/partners/new"' in page
    assert "A year ago" not in page


def test_the_next_session_stands_first_with_both_clocks_and_the_way_in(ada, cast):
    submit(ada, "/partners/new", name="R. O.", zone="Europe/Lisbon", link="meet.example/a-r")
    [card] = records.shelf(cast.ada, "partner")
    plan(ada, partner=card["id"], starts_on="2026-11-25", starts_time="15:00", link="")
    page = page_of(ada, "/today")
    assert ">15:00</time>" in page
    assert "14:00</time> for <bdi" in page
    assert 'href="https://meet.example/a-r"' in page
    assert "tomorrow" in page
    assert page.index("Next session") < page.index('id="came_up"')


def test_a_session_far_away_does_not_press(ada, cast):
    plan(ada)
    page = page_of(ada, "/today")
    assert 'class="block"' not in page
    assert page.index('id="came_up"') < page.index('id="next-h"')


def test_a_session_of_another_year_says_which_year(ada, cast):
    plan(ada, starts_on="2027-12-07", starts_time="15:00")
    assert page_of(ada, "/today").count("Tue 7 Dec 2027, 15:00</time>") == 2


def test_without_a_session_the_block_plans_one(ada, cast):
    id = plan(ada)
    send(ada, f"/sessions/{id}/cancel", {})
    page = page_of(ada, "/today")
    assert "Plan a session</h2>" in page
    assert "Meet your mentor" not in page


def test_a_session_that_is_over_is_asked_about_for_three_days(ada, cast):
    plan(ada, **lately(hours=2))
    assert "How did it go?" in page_of(ada, "/today")
    with clock.at(NOON + timedelta(days=3)):
        assert "How did it go?" not in page_of(ada, "/today")


def test_a_session_that_is_today_comes_before_one_that_is_over(ada, cast):
    plan(ada, **lately(days=1))
    assert "How did it go?" in page_of(ada, "/today")
    plan(ada, starts_on="2026-11-24", starts_time="18:00")
    assert "How did it go?" not in page_of(ada, "/today")


def test_a_session_that_runs_says_since_when_also_after_midnight(ada, cast):
    plan(ada, starts_on="2026-11-24", starts_time="18:00", minutes="15")  # nobody said how it went
    plan(ada, starts_on="2026-11-24", starts_time="23:50")
    with clock.at(clock.parse("2026-11-24T22:45:00.000Z")):
        assert "running" not in page_of(ada, "/today") + page_of(ada, "/sessions")
    with clock.at(clock.parse("2026-11-24T22:55:00.000Z")):
        assert re.search("running since <time[^>]*>23:50</time>", page_of(ada, "/today"))
    with clock.at(clock.parse("2026-11-24T23:00:00.000Z")):  # midnight in Berlin
        shown = page_of(ada, "/today")
        head, block = shown.split("</h1>")[0], shown.split('id="ahead"')[1]
        assert re.search("running since <time[^>]*>Tue 24 Nov, 23:50</time>", block)
        assert "tomorrow" not in block and "next session" not in head and "How did it go?" not in block
        assert "running now" in page_of(ada, "/sessions")


def test_saying_how_it_went_takes_the_question_away(ada, cast):
    id = plan(ada, **lately(hours=2))
    submit(ada, "/today", f"/sessions/{id}/held", state="held")
    assert "How did it go?" not in page_of(ada, "/today")


def test_before_a_session_the_last_goal_the_agenda_and_a_set_are_at_hand(ada, cast):
    id = plan(ada, starts_on="2026-11-25")
    goal = write(cast.ada, "goal", text="Ask two people")
    page = page_of(ada, "/today")
    assert f'href="/goals/{goal}/rating"' in page
    assert "The agenda is empty" in page
    assert f"session={id}" in page
    send(ada, "/agenda/new", {"text": "Why?"})
    sheet = write(cast.ada, "worksheet", title="Five minutes before", session=id)
    page = page_of(ada, "/today")
    assert "1 agenda line is open" in page
    assert f'href="/worksheets/{sheet}"' in page


def test_while_a_session_runs_the_entry_the_agenda_and_the_set_are_at_hand(ada, cast):
    id = plan(ada, starts_on="2026-11-24", starts_time="12:05")
    goal = write(cast.ada, "goal", text="Ask two people")
    with clock.at(NOON + timedelta(minutes=4)):
        assert "Before you meet" in page_of(ada, "/today")
    with clock.at(NOON + timedelta(minutes=6)):
        page = page_of(ada, "/today")
        assert "While you talk</h2>" in page and f'href="/journal/new?session={id}"' in page
        assert f'href="/sessions/{id}"' in page and "No agenda line is open" in page
        assert f'href="/goals/{goal}/rating"' in page
        assert "Before you meet" not in page and "Pick a question set" not in page and "before you meet" not in page
        send(ada, "/agenda/new", {"text": "Why?"})
        sheet = write(cast.ada, "worksheet", title="Five minutes before", session=id)
        page = page_of(ada, "/today")
        assert "1 agenda line is open" in page and "Tick what you discussed" in page
        assert f'href="/worksheets/{sheet}"' in page
    with clock.at(NOON + timedelta(minutes=50)):
        assert "While it is fresh" in page_of(ada, "/today")


def test_a_goal_of_the_day_that_begins_while_a_session_runs_is_to_be_rated(ada, cast):
    plan(ada, starts_on="2026-11-24", starts_time="23:50")
    goal = write(cast.ada, "goal", text="Ask two people", due_on="2026-11-25")
    for time, rated in (("22:55", False), ("23:05", True)):  # UTC; midnight in Berlin lies between
        with clock.at(clock.parse(f"2026-11-24T{time}:00.000Z")):
            assert (f'href="/goals/{goal}/rating"' in page_of(ada, "/today")) is rated


def test_a_rated_goal_makes_room_for_the_next(ada, cast):
    plan(ada, starts_on="2026-11-25")
    goal = write(cast.ada, "goal", text="Ask two people")
    rate(cast.ada, goal, 4)
    page = page_of(ada, "/today")
    assert f"/goals/{goal}" not in page
    assert "Set the next goal" in page


def test_a_goal_whose_day_is_after_the_session_is_not_to_be_rated_yet(ada, cast):
    plan(ada, starts_on="2026-11-25")
    write(cast.ada, "goal", text="The long one", due_on="2027-06-01")
    sooner = write(cast.ada, "goal", text="The short one", due_on="2026-11-25")
    page = page_of(ada, "/today")
    assert page.count("/rating") == 1
    assert f"/goals/{sooner}/rating" in page


def test_goals_that_wait_are_not_shown(ada, cast):
    write(cast.ada, "goal", text="Another time", waits=True)
    assert "Another time" not in page_of(ada, "/today")


def test_what_was_written_last_and_a_year_ago_stands_there(ada, cast):
    write(cast.ada, "entry", NOON - timedelta(days=365), text="First week.")
    write(cast.ada, "entry", NOON - timedelta(days=366), text="The day before.")
    write(cast.ada, "entry", NOON - timedelta(days=2), text="Ask for the *decision*.")
    page = page_of(ada, "/today")
    assert "Ask for the" in page
    assert page.index("A year ago today") < page.index("First week.")
    assert "The day before." not in page


def test_the_day_a_year_ago_is_a_day_of_my_zone(ada, cast):
    write(cast.ada, "entry", NOON.replace(year=2025, hour=23, minute=30), text="Past midnight in Berlin.")
    assert "A year ago today" not in page_of(ada, "/today")
    with clock.at(NOON + timedelta(days=1)):
        assert "A year ago today" in page_of(ada, "/today")


def test_a_leap_day_has_no_day_a_year_ago(ada, cast):
    with clock.at(NOON.replace(year=2028, month=2, day=29)):
        assert "A year ago" not in page_of(ada, "/today")


def test_the_part_that_follows_the_store_comes_alone(ada, cast):
    asked = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#ahead"}
    part = ada.get("/today", headers=asked).get_data(as_text=True)
    assert part.lstrip().startswith('<div class="stack" data-gap="l" id="ahead"')


def test_nothing_of_somebody_else_stands_here(ada, app, cast):
    plan(ada, starts_on="2026-11-25")
    write(cast.ada, "entry", text="Mine alone")
    with clock.at(NOON):
        page = page_of(sign_in(app.test_client(), "bela"), "/today")
    assert "Meet your mentor" in page
    assert "Mine alone" not in page


def test_today_costs_the_same_number_of_queries_however_much_there_is(ada, cast):
    plan(ada, starts_on="2026-11-25")
    plan(ada, **lately(days=10))
    for kind, fields in (("goal", {"text": "A goal"}), ("line", {"text": "A line"}), ("entry", {"text": "An entry"})):
        write(cast.ada, kind, **fields)
    with queries() as few:
        page_of(ada, "/today")
    for number in range(12):
        plan(ada, starts_on=f"2026-12-{number + 1:02}")
        write(cast.ada, "goal", text="Another")
        write(cast.ada, "line", text="Another")
        write(cast.ada, "entry", NOON - timedelta(days=365 + number), text="Another")
    with queries() as many:
        page_of(ada, "/today")
    assert len(many) == len(few)


def test_hours_that_follow_the_phone_into_another_zone_are_said_for_three_days(ada, cast):
    settings = records.name_id(cast.ada.names, "settings")
    write(cast.ada, "settings", id=settings, here="America/New_York", here_before="Europe/Berlin",
          here_at=clock.iso(NOON))
    Device.update(zone="America/New_York").execute()
    assert "Your hours follow your phone: America/New York" in page_of(ada, "/today")
    with clock.at(NOON + timedelta(days=3)):
        assert "Your hours follow" not in page_of(ada, "/today")


def test_where_pages_show_other_hours_than_those_of_the_phone_both_are_named(ada, cast):
    settings = records.name_id(cast.ada.names, "settings")
    write(cast.ada, "settings", id=settings, here="America/New_York", here_at=clock.iso(NOON))
    Device.update(zone="America/New_York").execute()
    at_home = page_of(ada, "/today")
    Device.update(zone="Europe/Berlin").execute()
    away = page_of(ada, "/today")
    assert "Your hours follow your phone" in at_home and "Pages on this device" not in at_home
    assert "Your hours follow" not in away and "Your reminders follow your phone: America/New York since" in away
    assert "Pages on this device show hours by the clock in Europe/Berlin." in away


def test_hours_of_a_chosen_zone_follow_nothing(ada, cast):
    settings = records.name_id(cast.ada.names, "settings")
    write(cast.ada, "settings", id=settings, here="America/New_York", here_at=clock.iso(NOON), zone="Europe/Berlin")
    assert "Your hours follow" not in page_of(ada, "/today")
