"""Finding a time: three proposals out of two weeks, clocks that change, and the hours that are left alone."""
from __future__ import annotations

from typing import Any

import pytest

from mentorlog import clock
from mentorlog.times import grids, proposing, weeks

NOON = clock.parse("2026-11-24T12:00:00.000Z")  # a Tuesday, 13:00 in Berlin
BERLIN, LISBON = "Europe/Berlin", "Europe/Lisbon"
WORK = [f"{day}-{hour:02}" for day in grids.DAYS[:5] for hour in range(9, 18)]


def ask(mine: dict[str, Any], theirs: dict[str, Any] | None = None, zone: str = BERLIN, there: str | None = None,
        minutes: int = 45, taken: list[Any] | None = None, near: str = "") -> proposing.Ask:
    known = grids.grid(theirs, there or zone) if theirs is not None else None
    return proposing.Ask(grids.grid(mine, zone), known, zone, there or zone, minutes, taken or [], near)


def with_rest(*good: str) -> dict[str, Any]:
    """A week in which these are good and the rest of the working hours is possible."""
    return {"good": list(good), "possible": [cell for cell in WORK if cell not in good]}


def three(asked: proposing.Ask, moment: Any = NOON) -> list[str]:
    return [proposing.name(one) for one in proposing.three(proposing.offered(asked, moment))]


# -- which three -------------------------------------------------------------------------------------------------------

def test_what_is_good_for_both_comes_first_and_on_other_days():
    both = with_rest("mon-10", "wed-10", "wed-11", "fri-15")
    assert three(ask(both, both)) == ["2026-11-25T10:00", "2026-11-27T15:00", "2026-11-30T10:00"]


def test_one_good_day_is_proposed_in_three_weeks_before_what_is_only_possible():
    assert three(ask(with_rest("tue-15"), with_rest("tue-15"))) == [
        "2026-12-01T15:00", "2026-12-08T15:00", "2026-12-15T15:00"]


def test_possible_for_one_comes_before_possible_for_both():
    found = three(ask({"good": ["mon-10"], "possible": ["wed-10"]}, {"possible": ["mon-10", "wed-10"]}))
    assert found == ["2026-11-30T10:00", "2026-12-07T10:00", "2026-12-14T10:00"]


def test_an_hour_that_is_never_for_one_is_not_proposed():
    assert three(ask({"good": ["mon-10", "tue-11"]}, {"good": ["tue-11", "wed-12"]})) == [
        "2026-12-01T11:00", "2026-12-08T11:00", "2026-12-15T11:00"]
    assert three(ask({"good": ["mon-10"]}, {"good": ["tue-10"]})) == []


def test_a_session_fits_whole_into_hours_that_are_free():
    mine = {"good": ["thu-10", "thu-11"]}
    assert three(ask(mine, mine, minutes=60))[0] == "2026-11-26T10:00"
    assert three(ask(mine, mine, minutes=90)) == ["2026-11-26T10:00", "2026-12-03T10:00", "2026-12-10T10:00"]


def test_focus_wins_over_whatever_else_is_said_of_an_hour():
    drawn = {"good": ["mon-10", "tue-10"], "possible": ["mon-10"], "protected": ["mon-10"]}
    assert {name[:10] for name in three(ask(drawn, {"good": WORK}))} == {"2026-12-01", "2026-12-08", "2026-12-15"}
    assert grids.grid(drawn, BERLIN).fits["mon-10"] == "protected"


def test_nothing_is_proposed_over_what_is_taken_nor_today_nor_after_three_weeks():
    drawn = {"good": [f"{day}-10" for day in grids.DAYS]}
    taken = [(clock.instant("2026-11-25", "10:44", BERLIN), clock.instant("2026-11-25", "12:00", BERLIN), "session"),
             (clock.instant("2026-11-26", "09:00", BERLIN), clock.instant("2026-11-26", "10:00", BERLIN), "calendar")]
    slots = proposing.offered(ask(drawn, drawn, taken=taken), NOON)
    offered = [one["on"] for one in slots if one["rank"] is not None]
    assert offered[0] == "2026-11-26" and offered[-1] == "2026-12-15" and len(offered) == 20
    assert [one["why"] for one in slots if one["on"] == "2026-11-25" and one["at"] == "10:00"] == ["session"]


def test_proposals_share_no_minute():
    drawn = {"good": ["wed-10", "wed-11"]}
    asked = ask(drawn, drawn, minutes=90)
    one_day = [slot for slot in proposing.offered(asked, NOON) if slot["on"] == "2026-11-25"]
    assert len(proposing.three(one_day)) == 1


# -- for a session that looks for another hour -------------------------------------------------------------------------

def test_it_is_found_in_the_week_of_the_session_first_then_near_it():
    every = with_rest("tue-15")
    found = three(ask(every, every, near="2027-01-29"))  # a Friday
    assert found == ["2027-01-25T09:00", "2027-01-26T15:00", "2027-01-27T10:00"]
    drawn = {"good": ["mon-10"]}
    assert three(ask(drawn, drawn, near="2027-01-29")) == ["2027-01-25T10:00", "2027-02-01T10:00", "2027-02-08T10:00"]


@pytest.mark.parametrize(("near", "first", "last"), [
    ("2026-11-20", "2026-11-25", "2026-12-15"), ("2026-11-24", "2026-11-25", "2026-12-15"),
    ("2026-12-03", "2026-11-26", "2026-12-16"), ("2099-12-31", "2099-12-11", "2099-12-31"),
    ("2199-12-31", "2099-12-11", "2099-12-31")])
def test_it_is_looked_for_from_a_week_before_and_never_in_the_past(near, first, last):
    found = proposing.days(ask({}, near=near), NOON)
    assert (found[0], found[-1], len(found)) == (first, last, 21)


# -- while their hours are not known -----------------------------------------------------------------------------------

def test_hours_that_are_day_there_come_before_those_of_their_night():
    mine = {"good": ["tue-10", "wed-11", "thu-09"], "possible": ["fri-15", "mon-17"]}
    assert three(ask(mine, there="America/New_York")) == ["2026-11-27T15:00", "2026-11-30T17:00", "2026-12-04T15:00"]
    assert three(ask(mine)) == ["2026-11-25T11:00", "2026-11-26T09:00", "2026-12-01T10:00"]


@pytest.mark.parametrize(("at", "minutes", "night"), [
    ("13:45", 15, True), ("14:00", 45, False), ("23:15", 45, False), ("23:30", 45, True)])
def test_their_day_is_from_eight_to_six(at, minutes, night):
    asked = ask({"good": grids.CELLS}, there="America/New_York", minutes=minutes)
    assert proposing.slot(asked, "2026-12-01", at)["night"] is night
    assert proposing.slot(asked, "2026-12-05", at)["night"]  # a Saturday


def test_hours_that_are_known_are_what_counts():
    every = {"good": grids.CELLS}
    assert not proposing.slot(ask(every, every, there="America/New_York"), "2026-12-01", "09:00")["night"]


# -- clocks ------------------------------------------------------------------------------------------------------------

def test_their_hours_are_meant_on_their_clock():
    found = three(ask({"good": WORK}, {"good": ["mon-09"]}, there="America/New_York"))
    assert found == ["2026-11-30T15:00", "2026-12-07T15:00", "2026-12-14T15:00"]


def test_where_their_hours_begin_at_half_past_so_does_the_session():
    assert three(ask({"good": ["mon-09", "mon-10"]}, {"good": ["mon-14"]}, there="Asia/Kolkata", minutes=60)) == [
        "2026-11-30T09:30", "2026-12-07T09:30", "2026-12-14T09:30"]


def test_the_wall_time_stays_over_a_change_of_clocks_of_one_of_the_two():
    """New York goes back on 1 November 2026, Berlin a week before."""
    moment = clock.parse("2026-10-16T12:00:00.000Z")
    asked = ask({"good": [f"mon-{hour}" for hour in range(12, 18)]}, {"good": ["mon-09"]}, there="America/New_York")
    assert three(asked, moment) == ["2026-10-19T15:00", "2026-10-26T14:00", "2026-11-02T15:00"]
    chosen = [proposing.item(asked, one) for one in proposing.three(proposing.offered(asked, moment))]
    assert [one["changes"] for one in chosen] == [["mine"], ["theirs"], []]


def test_an_hour_that_a_change_of_clocks_skips_is_not_proposed():
    """Samoa had no 30 December 2011."""
    every = {"good": grids.CELLS}
    slots = proposing.offered(ask(every, every, zone="Pacific/Apia"), clock.parse("2011-12-28T10:00:00.000Z"))
    assert {one["on"] for one in slots if one["rank"] is not None} >= {"2011-12-29", "2011-12-31"}
    assert "2011-12-30" not in {one["on"] for one in slots if one["rank"] is not None}


@pytest.mark.parametrize(("zone", "there", "at", "day"), [
    ("America/Los_Angeles", "Asia/Tokyo", "18:00", "tomorrow"), (BERLIN, LISBON, "18:00", "same"),
    ("Asia/Tokyo", "America/Los_Angeles", "09:00", "yesterday"),
    ("Pacific/Pago_Pago", "Pacific/Kiritimati", "18:00", "tomorrow")])
def test_a_proposal_says_when_it_is_another_day_there(zone, there, at, day):
    every = {"good": grids.CELLS}
    asked = ask(every, every, zone=zone, there=there)
    assert proposing.item(asked, proposing.slot(asked, "2026-12-01", at))["day"] == day


def test_a_week_shows_saturday_only_when_something_fits_there():
    drawn = {"good": ["wed-10"]}
    slots = proposing.offered(asked := ask(drawn, drawn), NOON)
    assert len(weeks.week(asked, slots, "2026-11-30", [])["days"]) == 5
    drawn = {"good": ["sat-10"]}
    slots = proposing.offered(asked := ask(drawn, drawn), NOON)
    week = weeks.week(asked, slots, "2026-11-30", [])
    assert len(week["days"]) == 7 and [row["time"] for row in week["rows"]] == ["10:00"]
