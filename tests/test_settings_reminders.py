"""Settings, Reminders: what holds when nothing was chosen, what is refused in which words, and what is kept."""
from __future__ import annotations

import re
from datetime import timedelta

import pytest

from mentorlog import clock, due, records
from mentorlog.models import Person, Record
from tests.asking import PLAN, plan
from tests.cast import OURS, sign_in
from tests.submitting import fill, send, submit
from tests.test_today import write

PAGE = "/settings/reminders"
DEFAULTS = {
    "remind": "1", "remind_join": "1", "remind_prepare": "1", "remind_goal": "1", "remind_worksheet": "1",
    "join_before": "30", "prepare_day": "before", "prepare_time": "19:00", "goal_day": "same", "goal_time": "09:00",
    "worksheet_time": "19:00",
    "quiet_from": "", "quiet_until": "", "lock_screen": "neutral"}
HIDDEN = ("change", "record", "base")


@pytest.fixture
def ada(client, cast):
    return sign_in(client, "ada")


def page_of(client, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def chosen(client) -> dict[str, str]:
    return {name: value for name, value in fill(client, PAGE).items() if name not in HIDDEN}


def kept(person) -> dict:
    id = records.name_id(person.names, "settings")
    found = records.many(person, [id]).get(id)
    return found["fields"] if found else {}


def test_before_anything_is_chosen_everything_is_on_at_its_hour(ada):
    assert chosen(ada) == DEFAULTS


def test_what_is_chosen_is_kept_and_shown(ada, cast):
    fields = fill(ada, PAGE, join_before="10", prepare_time="18:15", quiet_from="20:00", quiet_until="08:00",
                  lock_screen="full")
    del fields["remind_goal"]
    assert [send(ada, PAGE, fields).status_code for _ in range(2)] == [303, 303]
    assert "Your reminders are set." in page_of(ada, PAGE)
    assert "remind_goal" not in chosen(ada)
    assert chosen(ada)["prepare_time"] == "18:15"
    assert (kept(cast.ada)["join_before"], kept(cast.ada)["lock_screen"]) == (10, "full")
    assert "On, quiet from 20:00" in page_of(ada, "/settings")


def test_the_day_of_a_reminder_is_kept_and_said(ada):
    assert submit(ada, PAGE, prepare_day="same", prepare_time="08:00", goal_day="before").status_code == 303
    assert (chosen(ada)["prepare_day"], chosen(ada)["goal_day"]) == ("same", "before")
    assert "For each session: on its day at 08:00, and 30 minutes before." in page_of(ada, PAGE)


def test_hours_before_a_session_are_kept_and_said_without_an_hour_of_the_day(ada):
    assert submit(ada, PAGE, prepare_day="hours", prepare_time="08:00").status_code == 303
    assert (chosen(ada)["prepare_day"], chosen(ada)["prepare_time"]) == ("hours", "08:00")
    assert timedelta(hours=2) == due.times.HOURS_BEFORE  # as the words have it
    assert "For each session: 2 hours before, and 30 minutes before." in page_of(ada, PAGE)


def test_a_day_that_only_a_newer_version_knows_stops_no_page(ada, cast):
    submit(ada, PAGE, prepare_time="08:00")
    Record.update(fields={"prepare_day": "week", "prepare_time": "08:00"}).where(Record.kind == "settings").execute()
    assert "the day before at 08:00, and" in card(ada)
    assert submit(ada, "/settings/look", theme="dark").status_code == 303
    assert kept(cast.ada)["prepare_day"] == "week"


def test_no_hour_that_somebody_chooses_is_called_an_evening(ada):
    submit(ada, PAGE, prepare_time="09:00", goal_day="before", worksheet_time="08:00")
    body = page_of(ada, PAGE)
    assert "vening" not in body and body.count(">The day before</option>") == 2
    assert "The day before the session, at" in body and "the day before at 09:00" in card(ada)


def test_look_and_reminders_leave_each_other_alone(ada, cast):
    submit(ada, "/settings/look", theme="dark", zone="Asia/Tokyo")
    submit(ada, PAGE, goal_time="07:00")
    submit(ada, "/settings/look", text_size="large")
    assert [kept(cast.ada)[name] for name in ("theme", "zone", "goal_time", "text_size")] == [
        "dark", "Asia/Tokyo", "07:00", "large"]


def test_when_nothing_is_said_the_row_says_off(ada):
    fields = fill(ada, PAGE)
    del fields["remind"]
    send(ada, PAGE, fields)
    assert '<span class="quiet">Off</span>' in page_of(ada, "/settings")


@pytest.mark.parametrize(("typed", "field", "words"), [
    ({"quiet_from": "20:00", "quiet_until": "20:00"}, "quiet_until", "quiet day and night"),
    ({"quiet_from": "00:00", "quiet_until": "23:59"}, "quiet_until", "leave an hour"),
    ({"quiet_from": "12:30", "quiet_until": "11:31"}, "quiet_until", "leave an hour"),
    ({"quiet_from": "20:00"}, "quiet_until", "need both"),
    ({"quiet_until": "07:00"}, "quiet_from", "need both"),
    ({"quiet_from": "24:00", "quiet_until": "07:00"}, "quiet_from", "from 00:00 to 23:59"),
    ({"goal_time": ""}, "goal_time", "from 00:00 to 23:59"),
    ({"prepare_time": "7 pm"}, "prepare_time", "from 00:00 to 23:59"),
    ({"join_before": "0"}, "join_before", "from 5 to 240"),
    ({"join_before": "1800"}, "join_before", "from 5 to 240"),
    ({"join_before": "soon"}, "join_before", "from 5 to 240"),
    ({"prepare_day": "after"}, "prepare_day", "one of the answers"),
    ({"goal_day": ""}, "goal_day", "one of the answers"),
    ({"lock_screen": "loud"}, "lock_screen", "one of the answers")])
def test_what_cannot_be_is_refused_next_to_its_field_with_all_that_was_typed(ada, cast, typed, field, words):
    fields = fill(ada, PAGE, worksheet_time="21:45", **typed)
    del fields["remind_goal"]
    reply = send(ada, PAGE, fields)
    page = reply.get_data(as_text=True)
    assert (reply.status_code, kept(cast.ada)) == (422, {})
    assert words in page.partition(f'id="e-{field}">')[2].partition("</p>")[0]
    assert 'value="21:45"' in page
    assert 'name="remind_goal" value="1" type="checkbox" role="switch">' in page


def test_part_is_the_form_alone(ada):
    reply = send(ada, PAGE, fill(ada, PAGE, quiet_from="20:00"), **{
        "HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "form#reminders"})
    assert reply.get_data(as_text=True).lstrip().startswith('<form id="reminders"')


DESK = {"here": "America/New_York", "here_before": "Europe/Berlin"}  # their phone went there, and not the desk


@pytest.mark.parametrize(("fields", "clocks", "day"), [
    ({"theme": "dark"}, "By the clock in Europe/Berlin. To prepare", "at 19:00, and"),
    (DESK, "By the clock in America/New York; pages on this device show hours by the one in Europe/Berlin. "
           "Choose a zone for both. To prepare", "at 19:00 by the clock in America/New York, and"),
    (DESK | {"zone": "Asia/Tokyo"}, "By the clock in Asia/Tokyo. To prepare", "at 19:00, and")])
def test_the_clock_that_is_named_is_the_one_reminders_go_by(ada, cast, fields, clocks, day):
    write(cast.ada, "settings", id=records.name_id(cast.ada.names, "settings"), **fields)
    words = " ".join(re.sub(r"<[^>]+>", "", page_of(ada, PAGE)).split())
    assert clocks in words and f"the day before {day} 30 minutes before" in words
    assert fields.get("zone", fields.get("here", "Europe/Berlin")) == due.wishes_of([cast.ada.id])[cast.ada.id].zone


@pytest.mark.parametrize(("week", "said"), [
    ({}, "and nothing rings then, by the clock in America/New York"),
    ({"zone": "Europe/Berlin"}, "and nothing rings then")])
def test_focus_hours_say_by_which_clock_nothing_rings(ada, cast, week, said):
    write(cast.ada, "settings", id=records.name_id(cast.ada.names, "settings"), **DESK)
    write(cast.ada, "hours", id=records.name_id(cast.ada.names, "hours"), protected=["mon-10"], **week)
    assert f"{said}</li>" in page_of(ada, "/times/hours")


def card(client, path: str = PAGE) -> str:
    """The words of the card of this device."""
    body = page_of(client, path).partition("data-remind>")[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.mark.parametrize(("typed", "said"), [
    ({}, "For each session: the day before at 19:00, and 30 minutes before. On the lock screen it reads You have "
         "something at 15:00"),
    ({"join_before": "120", "prepare_time": "18:00"}, "the day before at 18:00, and 2 hours before."),
    ({"remind_prepare": None, "join_before": "60"}, "For each session: 1 hour before."),
    ({"remind_join": None}, "For each session: the day before at 19:00. On the lock screen it reads You have "
                            "something on Monday at 15:00"),
    ({"lock_screen": "full"}, "reads Session with [their name] at 15:00"),
    ({"remind_prepare": None, "remind_join": None}, "Of a goal on its date and of questions that are still open, "
                                                    "not of sessions."),
    ({"remind": None}, "Reminders are off None comes, on any device: Remind me is off in Settings · Reminders"),
    ({"remind_join": None, "remind_prepare": None, "remind_goal": None, "remind_worksheet": None},
     "Reminders are off None comes, on any device: every kind is off in Settings · Reminders"),
])
def test_the_card_says_what_was_chosen_also_on_a_session(ada, typed: dict, said: str):
    session = plan(ada)
    fields = {name: value for name, value in (fill(ada, PAGE) | typed).items() if value is not None}
    assert send(ada, PAGE, fields).status_code == 303
    for path in (PAGE, f"/sessions/{session}"):
        assert said in card(ada, path)
        assert ("remind you?" in card(ada, path)) == ("Reminders are off" not in said)


def test_the_card_says_where_that_is_chosen_also_on_a_session(ada):
    for path in (PAGE, f"/sessions/{plan(ada)}"):
        assert f'Of what is on in <a href="{PAGE}#what">Settings · Reminders</a>, and when' in page_of(ada, path)


@pytest.mark.parametrize(("quiet", "cells", "said"), [
    (("22:00", "21:00"), (), "and 30 minutes before, outside your quiet hours."),
    (("", ""), ("mon-10",), "and 30 minutes before, outside your focus hours."),
    (("20:00", "08:00"), ("mon-10",), "and 30 minutes before, outside your quiet and focus hours.")])
def test_the_card_and_the_feed_name_the_hours_in_which_nothing_rings(ada, quiet, cells, said: str):
    session = plan(ada)
    submit(ada, PAGE, quiet_from=quiet[0], quiet_until=quiet[1])
    submit(ada, "/times/hours", protected=" ".join(cells))
    for path in (PAGE, f"/sessions/{session}"):
        assert said in card(ada, path)
    ada.post("/account/calendar/new", headers=OURS)
    assert "on its date at 09:00, once it carries goal dates, outside" in page_of(ada, "/account/calendar")
    assert "What falls into them comes in one batch afterwards" in page_of(ada, PAGE)


@pytest.mark.parametrize(("quiet", "cells", "said"), [
    (("14:00", "16:00"), "", "the reminder to join comes Thu 7 Jan, 13:55."),
    (("10:00", "16:00"), "", "none comes right before this session."),
    (("14:00", "14:45"), "", "the reminder to join comes Thu 7 Jan, 14:45."),
    (("", ""), "thu-14 thu-13", "the reminder to join comes Thu 7 Jan, 12:55."),
    (("20:00", "08:00"), "thu-09", None)])
def test_a_session_in_such_hours_says_when_it_is_said(ada, quiet, cells: str, said: str | None):
    planned = PLAN | {"starts_on": "2027-01-07", "starts_time": "15:00"}
    session = submit(ada, "/sessions/new", **planned).headers["Location"].rpartition("/")[2]
    submit(ada, PAGE, quiet_from=quiet[0], quiet_until=quiet[1])
    submit(ada, "/times/hours", protected=cells)
    page = " ".join(re.sub(r"<[^>]+>", "", page_of(ada, f"/sessions/{session}")).split())
    assert said in page if said else "nothing rings" not in page


@pytest.mark.parametrize(("at", "starts", "cells", "said"), [
    ("20:50", "22:30", "", "the reminder to join comes Tue 24 Nov, 21:55."),
    ("22:05", "22:30", "", "none comes any more before this session."),
    ("22:05", "22:50", "", "none comes any more before this session."),
    ("22:05", "22:20", "", "none comes any more before this session."),  # its own moment was before them
    ("21:57", "22:30", "", None),  # at once, as the hours have not begun
    ("21:57", "22:20", "", None),
    ("14:10", "14:50", "tue-14", "none comes any more before this session."),
    ("14:10", "14:35", "tue-14", "none comes any more before this session."),
    ("14:10", "15:10", "tue-14", "the reminder to join comes Tue 24 Nov, 15:00.")])
def test_no_reminder_is_promised_for_a_moment_that_is_over(ada, at, starts, cells: str, said: str | None):
    submit(ada, PAGE, quiet_from="22:00", quiet_until="07:00")
    submit(ada, "/times/hours", protected=cells)
    with clock.at(clock.instant("2026-11-24", at, "Europe/Berlin")):
        planned = PLAN | {"starts_on": "2026-11-24", "starts_time": starts}
        session = submit(ada, "/sessions/new", **planned).headers["Location"].rpartition("/")[2]
        page = " ".join(re.sub(r"<[^>]+>", "", page_of(ada, f"/sessions/{session}")).split())
    assert said in page if said else "nothing rings" not in page


def test_its_hours_are_those_of_the_loop_also_where_a_desk_is_in_another_zone(ada, cast):
    planned = PLAN | {"starts_on": "2027-01-07", "starts_time": "15:00"}
    session = submit(ada, "/sessions/new", **planned).headers["Location"].rpartition("/")[2]
    submit(ada, PAGE, quiet_from="13:00", quiet_until="15:00")
    Person.update(zone="Europe/Lisbon").where(Person.id == cast.ada.id).execute()
    page = " ".join(re.sub(r"<[^>]+>", "", page_of(ada, f"/sessions/{session}")).split())
    assert "the reminder to join comes Thu 7 Jan, 13:55." in page  # 12:55 in Lisbon


def test_the_card_says_what_is_kept_while_the_form_is_refused(ada):
    body = send(ada, PAGE, fill(ada, PAGE, prepare_time="18:00", quiet_from="20:00")).get_data(as_text=True)
    assert "the day before at 19:00" in body and 'value="18:00"' in body
