"""The form of a session before anything is typed: what was agreed on, both clocks, and the next one after another."""
from __future__ import annotations

import re

import pytest

from mentorlog import clock, records
from tests.cast import sign_in
from tests.meeting import at, page, plan
from tests.submitting import fill, submit

PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#clocks"}
TOKYO, BERLIN = "Asia/Tokyo", "Europe/Berlin"


@pytest.fixture
def ada(client, cast):
    with at(-600):
        return sign_in(client, "ada")


def card(client, zone: str = TOKYO, name: str = "R. O.", **agreed: str) -> str:
    """A card, with an agreement where something is agreed on; its id."""
    with at(-1440):
        where = submit(client, "/partners/new", name=name, zone=zone).headers["Location"]
        if agreed:
            assert submit(client, f"{where}/agreement/edit", **agreed).status_code == 303
    return where.rpartition("/")[2]


def clocks(client, minutes: float = -60, **given: str) -> str:
    """What stands below the hour, without its marks."""
    with at(minutes):
        reply = client.get("/sessions/new", query_string=given, headers=PART)
    assert reply.status_code == 200
    return " ".join(re.sub("<[^>]+>", " ", reply.get_data(as_text=True)).split())


def test_an_hour_that_the_clocks_skip_is_said_before_and_after(ada, cast):
    gap = {"starts_on": "2027-03-28", "starts_time": "02:30", "zone": BERLIN}
    said = "The clocks in Europe/Berlin go forward then: 02:30 is skipped, so 03:30 is meant."
    assert said in clocks(ada, **gap) and "forward" not in clocks(ada, **(gap | {"starts_time": "03:30"}))
    with at(-60):
        where = submit(ada, "/sessions/new", **gap).headers["Location"]
        found = [ada.get(path).get_data(as_text=True) for path in (where, f"{where}/edit")]
        logged = ada.get("/sessions/past", query_string=gap, headers=PART).get_data(as_text=True)
    assert [said in text for text in (*found, logged)] == [True] * 3
    assert 'data-hx-get="/sessions/past"' in logged


def new(client, query: str = "") -> dict:
    with at(-60):
        return fill(client, f"/sessions/new{query}", "/sessions/new")


# -- what was agreed on ------------------------------------------------------------------------------------------------

def test_rhythm_and_length_are_those_that_were_agreed_on(ada, cast):
    card(ada, rhythm="two_weekly", minutes="30", blocked="Mornings until eleven")
    form = new(ada)
    assert (form["how"], form["minutes"]) == ("two_weekly", "30")
    assert "You agreed on: every two weeks, 30 minutes . Hours that stay free: Mornings until eleven" in clocks(ada)


def test_without_an_agreement_it_is_one_session_of_the_usual_length(ada, cast):
    card(ada)
    form = new(ada)
    assert (form["how"], form["minutes"]) == ("once", "45")
    assert clocks(ada) == ""


def test_an_hour_that_was_proposed_is_planned_once(ada, cast):
    id = card(ada, rhythm="weekly", minutes="30")
    form = new(ada, f"?on=2026-12-02&at=09:30&minutes=15&partner={id}")
    assert (form["how"], form["minutes"], form["starts_time"]) == ("once", "15", "09:30")


def test_with_somebody_else_their_agreement_counts(ada, cast):
    first, other = card(ada, rhythm="weekly", minutes="30"), card(ada, name="T. V.")
    assert (new(ada, f"?partner={other}")["how"], new(ada, f"?partner={other}")["minutes"]) == ("once", "45")
    assert (new(ada, f"?partner={first}")["how"], new(ada, f"?partner={first}")["minutes"]) == ("weekly", "30")
    assert new(ada, "?partner=")["how"] == "once"


@pytest.mark.parametrize(("agreed", "shown"), [({"rhythm": "weekly", "minutes": "30"}, "30"), ({}, "45")])
def test_one_that_took_place_begins_with_the_length_that_was_agreed_on(ada, cast, agreed, shown):
    card(ada, **agreed)
    with at(-60):
        assert fill(ada, "/sessions/past")["minutes"] == shown


def test_hours_that_stay_free_stand_beside_the_days(ada, cast):
    card(ada, rhythm="weekly", blocked="Mornings until eleven")
    with at(-60):
        shown = submit(ada, "/sessions/new", starts_on="2026-12-02", starts_time="16:00").get_data(as_text=True)
    assert "Mornings until eleven" in shown.split("These will stand")[1]


# -- both clocks -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("given", "shown"), [
    ({"starts_time": "15:00"}, "15:00 for you 23:00 for R. O."),
    ({"starts_time": "18:30"}, "18:30 for you 02:30 for R. O. tomorrow"),
    ({"starts_time": "15:00", "zone": TOKYO}, "07:00 for you 15:00 for R. O."),
    ({"starts_time": "05:00", "zone": TOKYO}, "21:00 for you the day before 05:00 for R. O."),
    ({"starts_time": "00:30", "zone": "Pacific/Kiritimati"},
     "11:30 for you the day before 19:30 for R. O. the day before"),
    ({"starts_time": "02:30", "starts_on": "2027-03-28"}, "03:30 for you 10:30 for R. O. "
     "The clocks in Europe/Berlin go forward then: 02:30 is skipped, so 03:30 is meant."),
    ({"starts_time": "01:30", "starts_on": "2027-03-28", "zone": "Europe/London"}, "03:30 for you 10:30 for R. O. "
     "The clocks in Europe/London go forward then: 01:30 is skipped, so 02:30 is meant."),
    ({"starts_time": "25:00"}, ""), ({"starts_on": ""}, ""), ({"zone": "Mars/Base"}, ""), ({"partner": ""}, "")])
def test_both_clocks_stand_below_the_hour_that_is_typed(ada, cast, given, shown):
    id = card(ada)
    hour = {"starts_on": "2026-12-07", "starts_time": "15:00", "zone": BERLIN, "partner": id}
    assert clocks(ada, **(hour | given)) == shown


def test_a_day_that_is_two_away_is_said(ada, cast):
    id = card(ada, zone="Pacific/Pago_Pago")
    hour = {"starts_on": "2026-12-07", "starts_time": "00:30", "zone": "Pacific/Kiritimati", "partner": id}
    assert clocks(ada, **hour) == "11:30 for you the day before 23:30 for R. O. on Sat 5 Dec"


def test_both_clocks_stand_in_the_form_that_comes_back(ada, cast):
    id = card(ada)
    with at(-60):
        reply = submit(ada, "/sessions/new", starts_on="2026-12-07", starts_time="15:00", partner=id, phone="call me")
    assert reply.status_code == 422
    assert "for you</b>" in reply.get_data(as_text=True) and ">23:00</time>" in reply.get_data(as_text=True)


# -- the next one ------------------------------------------------------------------------------------------------------

def held(client, **typed: str) -> str:
    """A session of today that took place; its address."""
    where = plan(client, how="once", **typed)
    with at(60):
        submit(client, where, f"{where}/held", state="held")
    return where


@pytest.mark.parametrize(("rhythm", "on"), [("weekly", "2026-12-01"), ("two_weekly", "2026-12-08"),
                                            ("monthly", "2026-12-22"), ("own", ""), ("", "")])
def test_the_next_one_is_as_the_last_and_its_day_by_the_rhythm(ada, cast, rhythm, on):
    id = card(ada, rhythm=rhythm, rhythm_own="When we feel like it")
    where = held(ada, partner=id, channel="phone", phone="+1 555 0100", minutes="90")
    with at(120):
        assert f'href="/sessions/new?after={where.rpartition("/")[2]}"' in page(ada, where)
        assert f'href="/sessions/new?after={where.rpartition("/")[2]}"' in page(ada, "/today")
        form = fill(ada, f"/sessions/new?after={where.rpartition('/')[2]}", "/sessions/new")
    wanted = {"starts_on": on, "starts_time": "16:00", "zone": BERLIN, "channel": "phone", "phone": "+1 555 0100",
              "minutes": "90", "how": "once", "partner": id}
    assert {name: form[name] for name in wanted} == wanted


def test_the_next_one_comes_after_a_pause(ada, cast):
    id = card(ada, rhythm="weekly")
    where = held(ada, partner=id)
    with at(60):
        submit(ada, f"/partners/{id}/pause", until="other", pause_on="2026-12-08")
    with at(120):
        query = f"/sessions/new?after={where.rpartition('/')[2]}"
        assert fill(ada, query, "/sessions/new")["starts_on"] == "2026-12-08"


def test_the_next_one_comes_after_those_that_are_planned(ada, cast):
    id = card(ada, rhythm="weekly")
    where = held(ada, partner=id)
    plan(ada, partner=id, starts_on="2026-12-08", how="once")
    query = f"/sessions/new?after={where.rpartition('/')[2]}"
    with at(120):
        assert fill(ada, query, "/sessions/new")["starts_on"] == "2026-12-01"
    with clock.at(clock.parse("2026-12-01T20:00:00.000Z")):
        assert fill(ada, query, "/sessions/new")["starts_on"] == "2026-12-15"


def begins(client, query: str = "", minutes: float = 120) -> list[str]:
    """What a form begins with: day, hour, zone, minutes, channel, link, number."""
    with at(minutes):
        form = fill(client, f"/sessions/new{query}", "/sessions/new")
    return [form[name] for name in ("starts_on", "starts_time", "zone", "minutes", "channel", "link", "phone")]


@pytest.mark.parametrize(("rhythm", "on"), [("weekly", "2026-12-01"), ("two_weekly", "2026-12-08"),
                                            ("monthly", "2026-12-22"), ("", "")])
def test_a_form_begins_as_after_the_latest_with_the_card_without_its_link(ada, cast, rhythm, on):
    id = card(ada, rhythm=rhythm)
    held(ada, partner=id, channel="phone", phone="+1 555 0100", link="https://meet.example/a", minutes="90")
    assert begins(ada) == begins(ada, f"?partner={id}") == [on, "16:00", BERLIN, "90", "phone", "", ""]
    with at(120):
        assert fill(ada, "/sessions/new")["how"] == (("weekday" if rhythm == "monthly" else rhythm) or "once")


def test_a_form_begins_after_those_that_are_planned_and_after_a_pause(ada, cast):
    id = card(ada, rhythm="weekly")
    held(ada, partner=id)
    plan(ada, partner=id, how="once", starts_on="2026-12-03", starts_time="09:00", zone=TOKYO)
    assert begins(ada)[:3] == ["2026-12-10", "09:00", TOKYO]
    with at(120):
        submit(ada, f"/partners/{id}/pause", until="other", pause_on="2026-12-18")  # which cancels that one
    assert begins(ada)[:3] == ["2026-12-22", "16:00", BERLIN]


def test_one_that_fell_through_or_was_with_somebody_else_is_not_the_latest(ada, cast):
    id, other = card(ada, rhythm="weekly"), card(ada, name="T. V.")
    plan(ada, partner=id, how="once", starts_on="2026-11-20", starts_time="10:00")
    where = plan(ada, partner=id, how="once", starts_time="11:00")
    plan(ada, partner=other, how="once", starts_on="2026-11-30", starts_time="12:00")
    assert begins(ada, f"?partner={id}")[:2] == ["2026-12-01", "11:00"]
    with at(120):
        submit(ada, where, f"{where}/held", state="missed")
    assert begins(ada, f"?partner={id}")[:2] == ["2026-11-27", "10:00"]
    assert begins(ada, f"?partner={other}")[:2] == ["", "12:00"] and begins(ada, "?partner=")[:2] == ["", ""]


def test_what_the_address_proposes_and_what_is_typed_goes_before_the_time_before(ada, cast):
    id = card(ada, rhythm="weekly", minutes="30")
    where = held(ada, partner=id, channel="chat", minutes="90")
    assert begins(ada, f"?on=2026-12-02&at=09:30&minutes=15&partner={id}")[:5] == [
        "2026-12-02", "09:30", BERLIN, "15", "chat"]
    assert begins(ada)[3] == "30" and begins(ada, f"?after={where.rpartition('/')[2]}")[4] == "chat"
    told = clocks(ada, 120, starts_on="", starts_time="", zone=BERLIN, partner=id)
    assert "for you" not in told and "You agreed on: weekly" in told


def test_one_that_took_place_begins_with_no_hour(ada, cast):
    held(ada, partner=card(ada, rhythm="weekly"), channel="chat", minutes="90")
    with at(120):
        form = fill(ada, "/sessions/past")
    assert [form[name] for name in ("starts_on", "starts_time", "minutes", "channel")] == ["", "", "45", "video"]


def test_what_is_no_session_of_mine_is_nothing_to_follow(ada, app, cast):
    id = card(ada)
    where = held(ada, partner=id, minutes="90")
    with at(120):
        bela = sign_in(app.test_client(), "bela")
        assert fill(bela, f"/sessions/new?after={where.rpartition('/')[2]}", "/sessions/new")["minutes"] == "45"
        other = card(ada, name="T. V.")
        assert fill(ada, f"/sessions/new?after={id}&partner={other}", "/sessions/new")["minutes"] == "45"
    assert records.count(cast.ada, "session") == 1


# -- in a list ---------------------------------------------------------------------------------------------------------

def test_the_year_of_a_session_stands_beside_its_day_and_not_beside_their_hour(ada, cast):
    with at(-1440):
        submit(ada, "/sessions/new", starts_on="2027-01-07", starts_time="10:00", partner=card(ada))
    with at(-60):
        told = " ".join(re.sub("<[^>]+>", " ", page(ada, "/sessions")).split())
    assert "Thu 7 Jan 2027, 10:00 · session&nbsp;1 18:00 for R. O." in told


# -- with whom ---------------------------------------------------------------------------------------------------------

def chosen(client, minutes: float = -60) -> list[str]:
    """Who is chosen at first where one is planned, and where one is logged."""
    with at(minutes):
        return [fill(client, path)["partner"] for path in ("/sessions/new", "/sessions/past")]


def test_the_only_card_is_chosen_and_of_several_none_before_there_is_a_session(ada):
    first = card(ada)
    assert chosen(ada) == [first, first]
    card(ada, name="A. B.")
    assert chosen(ada) == ["", ""]


def test_the_mentor_of_the_next_session_is_chosen_else_that_of_the_last(ada):
    first, second = card(ada), card(ada, name="T. V.")
    plan(ada, starts_on="2026-11-20", partner=first)
    plan(ada, starts_on="2026-11-24", partner=second)
    plan(ada, starts_on="2026-12-01", partner=first)
    card(ada, name="A. B.")
    assert chosen(ada) == [second, second]
    assert chosen(ada, 60) == [first, first]
    assert chosen(ada, 60 * 24 * 30) == [first, first]


def test_who_is_met_no_more_is_not_chosen(ada):
    first, second = card(ada), card(ada, name="T. V.")
    plan(ada, starts_on="2026-11-20", partner=second)
    where = plan(ada, partner=first)
    with at(-60):
        submit(ada, f"{where}/cancel")
    assert chosen(ada) == [second, second]
