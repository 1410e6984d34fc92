"""Moving a session leaves a trace; those of its series after it can go along, and the goals that are due by them do."""
from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from mentorlog import records
from mentorlog.sessions import notice
from mentorlog.sync import apply
from tests.cast import sign_in
from tests.submitting import fill, send, submit
from tests.sync.asking import change
from tests.test_sessions import FORM, fields_of, page_of, plan
from tests.test_sessions_overlap import anyway
from tests.test_sessions_series import shown

FIRST = {"id": "2026-12-07-15-00", "starts_on": "2026-12-07", "starts_time": "15:00", "zone": "Europe/Berlin"}


def series(client) -> list[str]:
    """The ids of four weekly sessions from 7 December, soonest first."""
    form, _ = shown(client)
    send(client, "/sessions/new", form)
    page = page_of(client, "/sessions")
    return list(dict.fromkeys(re.findall(r'class="list-row" href="/sessions/([0-9a-f-]{36})"', page)))


def hours(person) -> list[str]:
    """Every session that is planned, soonest first, as day and hour."""
    found = [one["fields"] for one in records.shelf(person, "session") if one["fields"]["state"] == "planned"]
    return sorted(f"{one['starts_on']} {one['starts_time']}" for one in found)


def test_a_moved_session_says_where_it_was(ada, cast):
    id = plan(ada)
    submit(ada, f"/sessions/{id}/edit", starts_on="2026-12-09", starts_time="11:00")
    assert fields_of(cast.ada, id)["moves"] == [FIRST]
    assert "Was to be" in page_of(ada, f"/sessions/{id}") and "Mon 7 Dec, 15:00" in page_of(ada, f"/sessions/{id}")


def test_moved_back_and_forth_each_hour_is_named_once(ada, cast):
    id = plan(ada)
    for day in ("09", "07", "10"):
        submit(ada, f"/sessions/{id}/edit", starts_on=f"2026-12-{day}")
    assert [one["starts_on"] for one in fields_of(cast.ada, id)["moves"]] == ["2026-12-09", "2026-12-07"]


def test_more_than_twenty_moves_keep_the_last_ones(ada, cast):
    id = plan(ada)
    for day in range(1, 29):
        assert submit(ada, f"/sessions/{id}/edit", starts_on=f"2027-01-{day:02}").status_code == 303
    assert len(fields_of(cast.ada, id)["moves"]) == 20
    assert fields_of(cast.ada, id)["moves"][-1]["starts_on"] == "2027-01-27"


def test_a_change_of_the_link_is_no_move_and_neither_is_a_corrected_hour(ada, cast):
    id = plan(ada)
    submit(ada, f"/sessions/{id}/edit", link="https://meet.example/b")
    assert "moves" not in fields_of(cast.ada, id)
    gone = plan(ada, starts_on="2026-11-20")
    submit(ada, f"/sessions/{gone}", f"/sessions/{gone}/held", state="held")
    submit(ada, f"/sessions/{gone}/edit", starts_time="16:00")
    assert "moves" not in fields_of(cast.ada, gone)


def test_one_of_a_series_moves_alone_unless_all_are_meant(ada, cast):
    ids = series(ada)
    assert "This and the 2 after it" in page_of(ada, f"/sessions/{ids[1]}/edit")
    assert "This and the one after it" in page_of(ada, f"/sessions/{ids[2]}/edit")
    assert "after it" not in page_of(ada, f"/sessions/{ids[3]}/edit")
    submit(ada, f"/sessions/{ids[1]}/edit", starts_on="2026-12-15", starts_time="09:30")
    assert hours(cast.ada) == ["2026-12-07 15:00", "2026-12-15 09:30", "2026-12-21 15:00", "2026-12-28 15:00"]


def test_all_after_it_move_by_as_many_days_to_the_same_hour(ada, cast):
    ids = series(ada)
    submit(ada, f"/sessions/{ids[1]}/edit", starts_on="2026-12-21", starts_time="09:30", minutes="30", which="after")
    assert hours(cast.ada) == ["2026-12-07 15:00", "2026-12-21 09:30", "2026-12-28 09:30", "2027-01-04 09:30"]
    assert [fields_of(cast.ada, id)["minutes"] for id in ids] == [45, 30, 30, 30]
    assert [one["starts_on"] for one in fields_of(cast.ada, ids[3])["moves"]] == ["2026-12-28"]
    assert "3 sessions are changed." in page_of(ada, f"/sessions/{ids[1]}")


def test_two_taps_move_them_once(ada, cast):
    ids = series(ada)
    form = fill(ada, f"/sessions/{ids[0]}/edit", starts_on="2026-12-08", minutes="30", which="after")
    for _ in range(2):
        assert send(ada, f"/sessions/{ids[0]}/edit", form).status_code == 303
    assert hours(cast.ada) == ["2026-12-08 15:00", "2026-12-15 15:00", "2026-12-22 15:00", "2026-12-29 15:00"]
    assert {records.many(cast.ada, [id])[id]["rev"] for id in ids[1:]} == {
        records.name_id(form["change"], id) for id in ids[1:]}


def test_the_form_sent_again_with_another_choice_writes_to_no_other_record(ada, cast):
    ids = series(ada)
    submit(ada, "/goals/new", text="Ask two questions", session=ids[0])
    form = fill(ada, f"/sessions/{ids[0]}/edit", starts_on="2026-12-08")
    send(ada, f"/sessions/{ids[0]}/edit", form)
    assert send(ada, f"/sessions/{ids[0]}/edit", form | {"which": "after"}).status_code == 303
    assert hours(cast.ada) == ["2026-12-08 15:00", "2026-12-15 15:00", "2026-12-22 15:00", "2026-12-29 15:00"]
    [goal] = records.shelf(cast.ada, "goal")
    assert goal["fields"]["due_on"] == "2026-12-08" and "starts_on" not in goal["fields"]


def test_without_another_hour_all_after_it_take_what_was_changed(ada, cast):
    ids = series(ada)
    submit(ada, f"/sessions/{ids[2]}/edit", channel="phone", phone="+49 30 1234567", which="after")
    assert [fields_of(cast.ada, id)["channel"] for id in ids] == ["video", "video", "phone", "phone"]
    assert all("moves" not in fields_of(cast.ada, id) for id in ids)


def test_of_five_hundred_in_one_series_a_form_moves_those_that_it_shows(ada, cast):
    first = records.new_id()
    days = [(date(2027, 1, 4) + timedelta(days=number)).isoformat() for number in range(500)]
    made = [change("session", first if on == days[0] else None, starts_on=on, starts_time="15:00", zone="Europe/Berlin",
                   minutes=45, channel="video", state="planned", series=first) for on in days]
    assert {one["outcome"] for one in apply.take(cast.ada, None, made).values()} == {"accepted"}
    page = page_of(ada, f"/sessions/{first}/edit")
    assert "This and the 53 after it" in page and page.count('name="later"') == 53
    reply = submit(ada, f"/sessions/{first}/edit", which="after", starts_time="16:00")
    assert reply.status_code == 303
    assert [one[11:] for one in hours(cast.ada)] == ["16:00"] * 54 + ["15:00"] * 446
    assert page_of(ada, "/sessions").count('href="/sessions/') > 500


def test_an_hour_that_is_taken_later_in_the_series_is_asked_about(ada, cast):
    ids = series(ada)
    plan(ada, starts_on="2026-12-15", starts_time="15:30")
    form = fill(ada, f"/sessions/{ids[0]}/edit", starts_on="2026-12-08", which="after")
    reply = send(ada, f"/sessions/{ids[0]}/edit", form)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422 and "Tue 15 Dec, 15:30" in page and 'value="after" checked' in page
    assert send(ada, f"/sessions/{ids[0]}/edit", form | anyway(reply)).status_code == 303


def test_none_is_moved_out_of_the_calendar(ada, cast):
    ids = series(ada)
    reply = submit(ada, f"/sessions/{ids[0]}/edit", starts_on="2099-12-31", which="after")
    assert reply.status_code == 422 and "later than 2099" in reply.get_data(as_text=True)
    assert hours(cast.ada)[0] == "2026-12-07 15:00"


@pytest.mark.parametrize("before", [
    "", "2026-12-07", "x y z", "2026-12-07 25:00 Europe/Berlin", "9999-01-01 10:00 UTC"])
def test_an_hour_that_was_never_shown_leaves_no_trace(ada, cast, before):
    id = plan(ada)
    submit(ada, f"/sessions/{id}/edit", starts_on="2026-12-09", was_at=before)
    assert fields_of(cast.ada, id)["starts_on"] == "2026-12-09"
    assert "moves" not in fields_of(cast.ada, id)


def test_the_goal_that_is_due_by_a_session_follows_it(ada, cast):
    id = plan(ada)
    submit(ada, "/goals/new", text="Ask two questions", session=id)
    submit(ada, "/goals/new", text="Read", due_on="2026-12-07", session="")
    submit(ada, f"/sessions/{id}/edit", starts_on="2026-12-09")
    found = {one["fields"]["text"]: one["fields"] for one in records.shelf(cast.ada, "goal")}
    assert (found["Ask two questions"]["due_on"], found["Read"]["due_on"]) == ("2026-12-09", "2026-12-07")
    assert found["Ask two questions"]["dates"] == [{"id": "2026-12-07"}]


def test_all_after_it_can_be_cancelled_with_a_word(ada, cast):
    ids = series(ada)
    submit(ada, f"/sessions/{ids[1]}/cancel", why="A term abroad", which="after")
    assert hours(cast.ada) == ["2026-12-07 15:00"]
    assert fields_of(cast.ada, ids[3])["why"] == "A term abroad"
    assert "3 sessions cancelled." in page_of(ada, "/sessions")


# -- logged afterwards -------------------------------------------------------------------------------------------------

PAST = {"starts_on": "2026-11-19", "starts_time": "12:30", "minutes": "30", "channel": "in_person"}


def test_a_past_session_is_logged_with_a_line_that_becomes_an_entry(ada, cast):
    reply = submit(ada, "/sessions/past", **PAST, stuck="Say no once, and kindly.", partner_name="R. O.")
    id = reply.headers["Location"].rpartition("/")[2]
    assert fields_of(cast.ada, id)["state"] == "held" and fields_of(cast.ada, id)["zone"] == FORM["zone"]
    [entry] = records.shelf(cast.ada, "entry")
    assert entry["fields"] == {"lesson": "Say no once, and kindly.", "session": id}
    assert "Say no once" in page_of(ada, "/today")


def test_without_a_line_there_is_no_entry_and_two_taps_log_one(ada, cast):
    form = fill(ada, "/sessions/past", **PAST, stuck=" \n ")
    for _ in range(2):
        assert send(ada, "/sessions/past", form).status_code == 303
    assert len(records.shelf(cast.ada, "session")) == 1 and not records.shelf(cast.ada, "entry")


def test_with_whom_is_asked_where_somebody_else_was_chosen(ada, cast):
    submit(ada, "/partners/new", name="R. O.")
    reply = submit(ada, "/sessions/past", **PAST, partner="", partner_name=" ")
    assert reply.status_code == 422 and "Write a name" in reply.get_data(as_text=True)
    assert submit(ada, "/sessions/past", **PAST, partner="", partner_name="T. V.").status_code == 303
    [session] = records.shelf(cast.ada, "session")
    assert session["fields"]["partner"] != ""


@pytest.mark.parametrize(("typed", "words"), [
    ({"starts_on": "2026-11-25"}, "still to come"), ({"starts_on": "1969-12-31"}, "between 2000 and 2099"),
    ({"starts_on": ""}, "Choose a day."), ({"minutes": "1800"}, "minutes"), ({"minutes": "0"}, "minutes"),
    ({"stuck": "x" * 5001}, "too long")])
def test_what_is_no_past_session_is_refused_with_what_was_typed(ada, cast, typed, words):
    reply = submit(ada, "/sessions/past", **(PAST | {"stuck": "A line."} | typed))
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422 and words in page and (typed.get("stuck") or "A line.") in page
    assert not records.shelf(cast.ada, "session")


def test_a_name_beside_another_card_is_asked_about_and_stays(ada, cast):
    plan(ada, partner_name="R. O.")
    [card] = records.shelf(cast.ada, "partner")
    typed = FORM | {"starts_on": "2026-12-08", "partner": card["id"]}
    reply = submit(ada, "/sessions/new", **(typed | {"partner_name": "T. V."}))
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422 and 'value="T. V."' in page
    assert "Somebody else" in page.split('id="e-partner_name"')[1].split("</p>")[0]
    assert fields_of(cast.ada, plan(ada, **(typed | {"partner_name": "R. O."})))["partner"] == card["id"]


def cancelled(client, ids: list[str]) -> str:
    """Cancel the second of a series and those after it; where the next page takes it back."""
    submit(client, f"/sessions/{ids[1]}/cancel", why="A term abroad", which="after")
    body = page_of(client, "/sessions")
    assert "3 sessions cancelled." in body
    return re.search(r'action="(/sessions/[^"]+/resume\?together=[^"]+)"', body)[1]


def test_one_undo_plans_all_of_them_again_and_once(ada, cast):
    ids = series(ada)
    submit(ada, f"/sessions/{ids[2]}/cancel", why="Before that", which="one")
    submit(ada, "/sessions", f"/sessions/{ids[2]}/resume")
    before, undo = hours(cast.ada), cancelled(ada, ids)
    assert len(hours(cast.ada)) == 1
    for _ in range(2):
        assert send(ada, undo, {}).status_code == 303
        assert hours(cast.ada) == before
    assert "3 sessions are planned again." in page_of(ada, "/sessions")


def test_undo_leaves_what_was_changed_since_and_what_others_cancelled(ada, app, cast):
    ids = series(ada)
    submit(ada, f"/sessions/{ids[0]}/cancel", which="one")
    undo = cancelled(ada, ids)
    submit(ada, f"/sessions/{ids[3]}/cancel", why="In any case", which="one")
    assert send(sign_in(app.test_client(), "dan"), undo, {}).status_code == 404
    send(ada, undo, {})
    states = [fields_of(cast.ada, id)["state"] for id in ids]
    assert states == ["cancelled", "planned", "planned", "cancelled"]


@pytest.mark.parametrize("together", ["", "x", "%00", "__proto__"])
def test_an_undo_of_no_change_plans_one(ada, cast, together):
    ids = series(ada)
    cancelled(ada, ids)
    reply = send(ada, f"/sessions/{ids[1]}/resume?together={together}", {})
    assert reply.headers["Location"] == f"/sessions/{ids[1]}"
    assert len(hours(cast.ada)) == 2


def test_those_that_go_along_into_a_pause_are_counted(ada):
    ids = series(ada)
    card = submit(ada, "/partners/new", name="R. O.").headers["Location"]
    submit(ada, f"/sessions/{ids[0]}/edit", partner=card.rpartition("/")[2], which="after")
    assert "4 sessions are changed." in page_of(ada, f"/sessions/{ids[0]}")
    submit(ada, f"{card}/pause", until="other", pause_on="2026-12-22", cancel="", seen="2026-12-22")
    page_of(ada, "/today")
    submit(ada, f"/sessions/{ids[0]}/edit", starts_on="2026-12-09", which="after")
    assert "4 sessions are changed, 2 of them in a pause." in page_of(ada, f"/sessions/{ids[0]}")


def test_one_whose_hour_was_taken_away_meanwhile_lies_in_no_pause():
    cards = {"card": {"agreement": {"pause_until": "2026-12-22"}}}
    rows = [({"fields": {"partner": "card"} | hour}, {"minutes": 30}) for hour in ({}, {"starts_on": None})]
    assert notice.in_pause(rows, cards) == ""
    rows = [({"fields": {"partner": "card"}}, {"starts_on": "2026-12-21"})]
    assert notice.in_pause(rows, cards) == ", 1 of them in a pause"
