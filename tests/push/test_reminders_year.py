"""A year of reminders on a clock that a test turns: four zones, clock changes, a traveller, a server that is off."""
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from mentorlog import clock, reminders
from mentorlog.models import Reminder
from mentorlog.reminders import loop
from tests.push.conftest import SITE
from tests.push.taker import Taker, subscribed

NOW = datetime(2026, 6, 1, 6, tzinfo=UTC)
# Summer time in both halves of the world, a shift of half an hour, and one at midnight; each with its evening's hours.
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago")
NO_CHANGE = "Asia/Kathmandu"
WEEKS = 53


@pytest.fixture
def sender():
    return Taker()


@pytest.fixture
def allow(add_device):
    return lambda person, zone="Europe/Berlin": subscribed(add_device(person, zone))


@pytest.fixture
def shown(sender):
    return lambda: sender.messages


@pytest.fixture
def live(sender):
    """Let the loop run at these moments, as it would have: `live(until)`, from where it stopped, as it says itself."""
    moment = [NOW]

    def on(until: datetime) -> None:
        while moment[0] < until:
            with clock.at(moment[0]):
                reminders.tick(sender, SITE)
                due = Reminder.select().where(Reminder.state == "waiting").order_by(Reminder.due_at).first()
            moment[0] = max(moment[0] + timedelta(seconds=15), min(due.due_at, until) if due else until)
    on.skip = lambda until: moment.__setitem__(0, until)
    return on


def wall(instant: str, zone: str) -> tuple[str, str]:
    """Day and time that a clock in the zone shows."""
    parts = clock.parts(clock.parse(instant), zone)
    return parts["on"], parts["time"]


@pytest.mark.parametrize("zone", ZONES)
def test_clocks_of_each_zone_change_forward_and_back_in_that_year(zone):
    days = [datetime(2026, 6, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(7 * WEEKS)]
    shifts = [ahead - before for before, ahead in pairwise(day.astimezone(ZoneInfo(zone)).utcoffset() for day in days)]
    assert sorted(shift > timedelta(0) for shift in shifts if shift) == [False, True]


@pytest.mark.parametrize("zone", ZONES)
def test_year_of_weekly_sessions_keeps_its_wall_times(cast, allow, write, choose, live, shown, zone):
    with clock.at(NOW):
        allow(cast.ada, zone=zone)
        choose(cast.ada, zone=zone)
        days = [(date(2026, 6, 3) + timedelta(weeks=week)).isoformat() for week in range(WEEKS)]
        for day in days:
            write(cast.ada, "session", starts_on=day, starts_time="15:00", zone=zone)
    live(datetime(2027, 7, 1, tzinfo=UTC))
    said = [wall(one["data"]["due"], zone) for one in shown()]
    eve = [(date.fromisoformat(day) - timedelta(days=1)).isoformat() for day in days]
    assert said == sorted([*((day, "14:30") for day in days), *((day, "19:00") for day in eve)])
    assert {one["title"] for one in shown() if len(one["actions"]) == 2} == {"You have something at 15:00"}
    assert reminders.told()["late"] == 0


@pytest.mark.parametrize(("zone", "day", "time", "due"), [
    ("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T01:00"),  # skipped: its later reading, 03:30 in summer time
    ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:00"),  # comes twice: the first
    ("America/New_York", "2027-03-14", "02:30", "2027-03-14T07:00"),
    ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:15"),  # half an hour is skipped
    ("America/Santiago", "2026-09-06", "00:30", "2026-09-06T04:00")])  # the day begins at one
def test_hour_that_is_skipped_or_comes_twice_is_said_once(
        cast, allow, write, choose, live, shown, zone, day, time, due):
    with clock.at(NOW):
        allow(cast.ada, zone=zone)
        choose(cast.ada, zone=zone, remind_prepare=False)
        write(cast.ada, "session", starts_on=day, starts_time=time, zone=zone)
    live(datetime(2027, 7, 1, tzinfo=UTC))
    assert [one["data"]["due"][:16] for one in shown()] == [due]


def test_traveller_is_reminded_by_the_clock_of_each_place(cast, allow, write, choose, live, shown):
    """Goals on a Monday in five weeks, one in each zone; the phone arrives the Saturday before, at noon in UTC."""
    mondays, zones = ["2026-10-19", "2026-10-26", "2026-11-02", "2027-03-29", "2027-04-05"], (*ZONES, NO_CHANGE)
    with clock.at(NOW):
        allow(cast.ada)
        for day in mondays:
            write(cast.ada, "goal", text="Ask", due_on=day)
    for day, zone in zip(mondays, zones, strict=True):
        arrives = datetime.fromisoformat(f"{day}T12:00+00:00") - timedelta(days=2)
        live(arrives)
        with clock.at(arrives):
            choose(cast.ada, here=zone)
    live(datetime(2027, 7, 1, tzinfo=UTC))
    assert [wall(one["data"]["due"], zone) for one, zone in zip(shown(), zones, strict=True)] == [
        (day, "09:00") for day in mondays]


def test_traveller_who_lost_a_morning_is_not_reminded_of_it_twice(cast, allow, write, choose, live, shown):
    """Said at nine in Berlin; then she lands in New York, where it is not nine yet."""
    with clock.at(NOW):
        allow(cast.ada)
        write(cast.ada, "session", starts_on="2026-06-10", starts_time="15:00", zone="Europe/Berlin")
    live(datetime(2026, 6, 10, 12, 45, tzinfo=UTC))
    with clock.at(datetime(2026, 6, 10, 12, 45, tzinfo=UTC)):
        choose(cast.ada, here="America/New_York")
    live(datetime(2026, 6, 11, tzinfo=UTC))
    assert [len(one["actions"]) for one in shown()] == [1, 2]


def test_server_that_was_off_for_a_day_says_what_still_helps(cast, allow, write, choose, live, shown):
    off, on = datetime(2026, 6, 9, 12, tzinfo=UTC), datetime(2026, 6, 10, 12, tzinfo=UTC)
    with clock.at(NOW):
        allow(cast.ada, zone="UTC")
        choose(cast.ada, zone="UTC")
        for hour in ("11:00", "15:00"):  # both to be prepared on the evening before; one begins while it is off
            write(cast.ada, "session", starts_on="2026-06-10", starts_time=hour, zone="UTC")
        write(cast.ada, "goal", text="Too late", due_on="2026-06-09")
        write(cast.ada, "goal", text="Still today", due_on="2026-06-10")
        choose(cast.ada, goal_time="13:00")
    live(off)
    live.skip(on)
    live(on + timedelta(days=1))
    assert [(one["title"], one["data"]["due"][8:16]) for one in shown()] == [
        ("You have something on Wednesday at 15:00", "09T19:00"), ("You have something today", "10T13:00"),
        ("You have something at 15:00", "10T14:30")]
    assert {row.state for row in Reminder.select()} == {"expired", "handed"}
    assert reminders.told()["late"] == 1 + 3  # one came late; what to prepare, a session and a goal never did


def test_clock_that_jumps_by_an_hour_and_back_says_each_once(cast, allow, write, choose, live, sender, shown):
    with clock.at(NOW):
        allow(cast.ada, zone="UTC")
        choose(cast.ada, zone="UTC", remind_prepare=False)
        for hour in ("09:00", "09:45", "10:45", "14:00"):
            write(cast.ada, "session", starts_on="2026-06-10", starts_time=hour, zone="UTC")
    live(datetime(2026, 6, 10, 9, 10, tzinfo=UTC))
    ahead = datetime(2026, 6, 10, 10, 10, tzinfo=UTC)
    with clock.at(ahead):
        reminders.tick(sender, SITE)
    with clock.at(ahead - timedelta(hours=1)):
        loop.went_back(ahead)
    live(datetime(2026, 6, 11, tzinfo=UTC))
    assert [one["title"][-5:] for one in shown()] == ["09:00", "09:45", "10:45", "14:00"]
