"""Looking back further: ratings as a line and by area, a month, and whether it has run its course."""
from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from mentorlog import clock, goals, records
from mentorlog.goals import chart, course, month
from tests.cast import NOON, ZONE, sign_in
from tests.submitting import send, submit
from tests.test_goals import page_of
from tests.test_sessions import plan
from tests.test_today import write

DAY = timedelta(days=1)


def rated(person, days: int, value: int = 3, **fields) -> str:
    """A goal set and rated so many days ago; its id."""
    goal = write(person, "goal", NOON - days * DAY - timedelta(hours=1), text=f"Goal of {days} days ago", **fields)
    write(person, "rating", NOON - days * DAY, goals.rating_id(person, goal), goal=goal, value=value)
    return goal


def met(person, days: int, state: str = "held", **fields) -> str:
    """A session so many days ago; its id."""
    on = clock.parts(NOON - days * DAY, ZONE)["on"]
    return write(person, "session", starts_on=on, starts_time="09:00", zone=ZONE, state=state, **fields)


def line_of(found: list[tuple[int, int]]) -> dict | None:
    """The line of (days ago, value)."""
    goal_of = [{"id": str(n), "at": "", "fields": {}, "rating": {"at": clock.iso(NOON - days * DAY),
                                                               "fields": {"value": value}}}
               for n, (days, value) in enumerate(found)]
    return chart.line(goal_of, ZONE)


# -- the line ----------------------------------------------------------------------------------------------------------

def test_no_rating_is_no_line_and_one_is_a_knot(ada, cast):
    assert line_of([]) is None
    assert "<svg class=\"chart\"" not in page_of(ada, "/goals")
    rated(cast.ada, 1, 4)
    page = page_of(ada, "/goals")
    assert 'cx="170" cy="45"' in page and "chart-line" not in page and "1 rating, November 2026" in page


def test_the_line_says_the_same_to_who_does_not_see_it(ada, cast):
    for days, value in ((90, 2), (60, 3), (1, 5)):
        rated(cast.ada, days, value)
    page = page_of(ada, "/goals")
    assert "3 ratings, August to November 2026" in page
    assert "2, 3, 5. The list below says the same." in page
    assert 'd="M40 95L170 70L300 20"' in page


@pytest.mark.parametrize("count", [2, 3, 24, 25, 500])
def test_points_stand_inside_and_in_the_order_of_time(count):
    line = line_of([(n * 9, 1 + n % 5) for n in range(count)])
    assert line is not None
    across = [point["x"] for point in line["points"]]
    assert len(across) == min(count, 24) and across == sorted(set(across)) and across[0] >= 40 and across[-1] <= 300
    assert {point["y"] for point in line["points"]} <= {20, 45, 70, 95, 120}
    edges = [(label["x"] - (27 if label["year"] else 13), label["x"] + (27 if label["year"] else 13))
             for label in line["labels"]]
    assert edges[0][0] >= 0 and edges[-1][1] <= 320
    assert all(before[1] <= after[0] for before, after in pairwise(edges))


def test_a_year_is_said_where_a_new_one_begins():
    line = line_of([(1, 3), (200, 3), (400, 3)])
    assert line is not None
    assert [(label["month"], label["year"]) for label in line["labels"]] == [(10, 2025), (5, 2026), (11, 0)]


def test_areas_are_chosen_by_links(ada, cast):
    rated(cast.ada, 3, 2, area="skill")
    assert "/goals/rated?area=" not in page_of(ada, "/goals/rated")
    rated(cast.ada, 2, 5, area="people")
    rated(cast.ada, 1, 4)
    page = page_of(ada, "/goals/rated?area=skill")
    assert re.findall(r"/goals/rated\?area=(\w+)", page) == ["skill", "people", "none"]
    assert "Goal of 3 days ago" in page and "Goal of 2 days ago" not in page and "2. The list below" in page
    assert "Goal of 1 days ago" in page_of(ada, "/goals/rated?area=none")
    for odd in ("constructor", "__proto__", "career"):
        assert "Goal of 2 days ago" in page_of(ada, f"/goals/rated?area={odd}")


def test_nothing_to_look_back_at_says_what_would_stand_there(ada, cast):
    assert "Nothing is rated yet" in page_of(ada, "/goals/rated")
    assert "Nothing is rated yet" in page_of(ada, "/goals/rated?after=constructor&area=skill")


# -- a month -----------------------------------------------------------------------------------------------------------

def test_a_month_counts_what_was_in_it(ada, cast):
    for days, value in ((54, 5), (40, 3), (30, 4), (3, 1)):  # 1 Oct, 15 Oct, 25 Oct, 21 Nov
        rated(cast.ada, days, value)
    gone = write(cast.ada, "goal", NOON - 41 * DAY, text="Given up", ended="let_go",
                 ended_at=clock.iso(NOON - 40 * DAY))
    for days in (50, 43, 20):
        met(cast.ada, days)
    met(cast.ada, 36, "cancelled")
    write(cast.ada, "entry", NOON - 43 * DAY, title="One", lesson="Ask <b>first</b>.\n\nThen *wait*.")
    write(cast.ada, "entry", NOON - 42 * DAY, text="No lesson")
    page = page_of(ada, "/goals/month")
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))
    assert facts == {"Goals set": "4", "Goals rated": "3, about 4 on average", "Let go": "1", "Sessions held": "2",
                     "Entries": "2", "Lessons": "1"}
    assert "October 2026" in page and "Ask &lt;b&gt;first&lt;/b&gt;. Then wait." in page
    assert f"/goals/{gone}" in page and "Goal of 3 days ago" not in page
    assert "/goals/month?of=2026-11" in page and "Look back at October" in page_of(ada, "/goals")


def test_a_month_in_which_only_entries_were_written_is_offered(ada, cast):
    assert "Look back at" not in page_of(ada, "/goals")
    write(cast.ada, "entry", NOON - 60 * DAY, text="In September")
    assert "Look back at" not in page_of(ada, "/goals")
    write(cast.ada, "entry", NOON - 42 * DAY, text="In October")
    assert "Look back at October" in page_of(ada, "/goals") and "What you wrote in it" in page_of(ada, "/goals")


@pytest.mark.parametrize(("values", "low", "high"), [
    ([3], 3, 3), ([3, 4], 3, 4), ([3, 3, 4], 3, 4), ([3, 3, 3, 4], 3, 4), ([3, 3, 3, 3, 4], 3, 3), ([1, 5], 3, 3),
    ([5, 5, 5, 4], 5, 5), ([1, 1, 1, 2], 1, 2)])
def test_a_mean_is_rounded_to_a_half(values, low, high):
    assert month.middle(values) == {"low": low, "high": high}


def test_a_month_begins_at_midnight_of_ones_own_zone(ada, cast):
    for hour in (21, 23):  # in Berlin 31 October at 22:00, and 1 November at 0:00
        write(cast.ada, "goal", datetime(2026, 10, 31, hour, tzinfo=UTC), text="A goal")
    assert "<dt>Goals set</dt><dd>1</dd>" in page_of(ada, "/goals/month?of=2026-10")
    assert "<dt>Goals set</dt><dd>1</dd>" in page_of(ada, "/goals/month?of=2026-11")


def test_every_month_in_which_something_was_can_be_reached(ada, cast):
    for days in (700, 400, 100):
        write(cast.ada, "entry", NOON - days * DAY, text="Written")
    seen, at = [], "2026-11"
    while at:
        page = page_of(ada, f"/goals/month?of={at}")
        seen.append(at)
        at = next((other for other in re.findall(r"of=(\d{4}-\d\d)", page) if other < at), "")
    assert seen == ["2026-11", "2026-08", "2025-10", "2024-12"]


def test_what_is_no_month_is_not_there(ada, cast):
    for odd in ("2026-13", "0000-01", "9999-12", "1900-01", "2026-12", "2026-1", "constructor", "٢٠٢٦-١١"):
        assert ada.get("/goals/month", query_string={"of": odd}).status_code == 404, odd


def test_a_month_of_many_entries_is_read_to_its_end(ada, cast):
    for n in range(101):
        write(cast.ada, "entry", NOON - timedelta(minutes=n), text="Written", lesson="Learnt")
    page = page_of(ada, "/goals/month?of=2026-11")
    assert "<dt>Entries</dt><dd>101</dd>" in page and "101 in all" in page and page.count("<blockquote") == 20


# -- has it run its course? --------------------------------------------------------------------------------------------

def signs(person) -> list[str]:
    found = course.signs(goals.everything(person), course.lately(person), ZONE)
    return [sign["name"] for sign in found]


def test_three_sessions_without_a_new_goal_are_a_sign(ada, cast):
    for days in (3, 10, 17):
        met(cast.ada, days)
    assert signs(cast.ada) == []  # no goal was ever set: nothing has run its course
    old = write(cast.ada, "goal", NOON - 20 * DAY, text="Old")
    assert signs(cast.ada) == ["no_goal"]
    write(cast.ada, "goal", NOON - 2 * DAY, text="Carried over", follows=old)
    assert signs(cast.ada) == ["no_goal"]
    write(cast.ada, "goal", NOON - 16 * DAY, text="New")
    assert signs(cast.ada) == []


@pytest.mark.parametrize(("values", "areas", "found"), [
    ((4, 5), ("skill", "skill"), ["met"]), ((5, 3), ("skill", "skill"), []), ((4, 5), ("skill", "people"), []),
    ((4,), ("skill",), []), ((4, 4), (None, None), []), ((2, 4, 5), ("skill", "skill", "skill"), ["met"])])
def test_long_goals_at_four_or_five_in_a_row_and_one_area_are_a_sign(values, areas, found):
    those = []
    for n, (value, area) in enumerate(zip(values, areas, strict=True)):
        for more, due_on, given in ((0, "2026-12-01", value), (1, "2026-08-05", 1)):  # a long one, then a short one
            at = clock.iso(NOON - (120 - 10 * n - more) * DAY)
            those.append({"id": f"{n} {more}", "at": at, "fields": {"area": area, "due_on": due_on},
                          "rating": {"at": clock.iso(clock.parse(at) + DAY), "fields": {"value": given}}})
    assert [sign["name"] for sign in course.signs(those, [], ZONE)] == found


def test_a_long_goal_that_is_open_is_no_end(ada, cast):
    for days in (90, 80):
        rated(cast.ada, days, 5, area="skill", dates=[{"id": "2026-01-01"}])
    assert signs(cast.ada) == ["met"]
    write(cast.ada, "goal", text="Aim further", due_on="2027-06-01")
    assert signs(cast.ada) == []


@pytest.mark.parametrize(("states", "found"), [
    (("cancelled", "moved"), ["put_off"]), (("cancelled", "held"), []), (("missed", "cancelled", "cancelled"), []),
    (("cancelled", "planned", None, "cancelled"), ["put_off"]), (("cancelled",), [])])
def test_two_sessions_in_a_row_that_were_put_off_are_a_sign(states, found):
    sessions = [{"id": str(n), "at": clock.iso(NOON - n * DAY), "fields": {"state": state}}
                for n, state in enumerate(states)]
    assert [sign["name"] for sign in course.signs([], sessions, ZONE)] == found


@pytest.mark.parametrize(("states", "moves", "found"), [
    (("planned",), 2, ["put_off"]), (("planned",), 1, []), (("planned", "cancelled"), 1, ["put_off"]),
    (("planned", "held"), 1, []), (("held", "held"), 3, []), (("cancelled",), 1, ["put_off"])])
def test_a_session_that_is_moved_is_put_off_until_it_takes_place(states, moves, found):
    days = [{"starts_on": f"2026-11-{20 + n}", "starts_time": "10:00", "zone": ZONE} for n in range(moves)]
    sessions = [{"id": str(n), "at": clock.iso(NOON - (n - 1) * DAY), "fields": {"state": state}}
                for n, state in enumerate(states)]
    sessions[0]["fields"]["moves"] = days
    assert [sign["name"] for sign in course.signs([], sessions, ZONE)] == found


def test_one_to_come_that_was_moved_twice_is_a_sign(ada, cast):
    id = plan(ada)
    for day in ("08", "09"):
        submit(ada, f"/sessions/{id}/edit", starts_on=f"2026-12-{day}")
    assert signs(cast.ada) == ["put_off"]
    assert "8 Dec" in page_of(ada, "/goals/course")


def test_the_card_is_quiet_for_three_months_when_one_says_so(ada, cast):
    for days in (7, 14):
        met(cast.ada, days, "cancelled")
    assert "A question, when you like" in page_of(ada, "/goals")
    reply = send(ada, "/goals/course", {"how": "later"})
    page = page_of(ada, reply.headers["Location"])
    assert "when you like" not in page and "It does not ask for three months." in page
    for days, asks in ((89, False), (90, True)):
        with clock.at(NOON + days * DAY):
            assert ("when you like" in page_of(ada, "/goals")) is asks
    assert "You said not now" in page_of(ada, "/goals/course")
    send(ada, "/goals/course", {})
    assert "when you like" in page_of(ada, "/goals")


def test_do_not_ask_again_holds_and_changes_no_other_setting(ada, cast):
    submit(ada, "/settings/look", theme="dark")
    for days in (7, 14):
        met(cast.ada, days, "cancelled")
    for _ in range(2):
        assert send(ada, "/goals/course", {"how": "never"}).status_code == 303
    with clock.at(NOON + 5000 * DAY):
        assert "when you like" not in page_of(ada, "/goals")
    submit(ada, "/settings/look", text_size="large")
    [kept] = records.shelf(cast.ada, "settings")
    assert [kept["fields"][name] for name in ("theme", "text_size", "course_on")] == ["dark", "large", "2199-12-31"]


def test_its_page_leads_to_questions_and_to_the_next_agenda(ada, cast):
    card = write(cast.ada, "partner", name="R. O.")
    next_one = met(cast.ada, -7, "planned", partner=card)
    page = page_of(ada, "/goals/course")
    assert "Nothing of the kind" in page and "/questions/is-it-still-working" in page
    assert "<bdi>R. O.</bdi>" in page
    submit(ada, "/goals/course", "/agenda/new")
    [filed] = records.shelf(cast.ada, "line")
    assert (filed["fields"]["session"], filed["fields"]["pocket"]) == (next_one, "birds_eye")


def test_nobody_else_is_told(ada, cast, app):
    for days in (7, 14):
        met(cast.ada, days, "cancelled")
    other = sign_in(app.test_client(), "bela")
    assert "when you like" not in page_of(other, "/goals")


def test_next_session_that_was_moved_twice_counts_beside_a_year_that_is_planned(ada, cast):
    moved = [{"id": f"{on}-15-00", "starts_on": on, "starts_time": "15:00", "zone": ZONE}
             for on in ("2026-11-25", "2026-11-24")]
    for week in range(53):
        met(cast.ada, -2 - 7 * week, "planned", moves=[] if week else moved)
    assert course.put_off(course.lately(cast.ada), ZONE)
