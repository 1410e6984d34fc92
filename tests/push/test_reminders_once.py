"""What was said is not said again, and nothing is lost: stopped half way, clocks apart, hours that move."""
from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from peewee import OperationalError

from mentorlog import clock, due, push, reminders
from mentorlog.config import Config
from mentorlog.models import Delivery, Reminder
from mentorlog.reminders import claiming, fanning, loop, pulse
from mentorlog.reminders.letters import Post
from tests.push.conftest import SITE
from tests.push.taker import Taker, subscribed
from tests.sync.asking import a_device, change, outcome

LETTERS = 40


class Holding:
    """A mail server that takes a letter only once it is told to."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.go = threading.Event()

    def send(self, to, words, stop="") -> push.Outcome:
        """As `mail.Mailer` does."""
        self.go.wait(10)
        self.taken.append(words.id)
        return push.Outcome("sent", status=250)


@pytest.fixture
def taker():
    return Taker()


@pytest.fixture
def reach(add_device):
    """A phone of a person, which allowed reminders."""
    return lambda person: subscribed(add_device(person))


@pytest.fixture
def at(taker):
    """One tick at a moment of a day in June."""
    def tick(hour: int, minute: int = 0, day: int = 9) -> None:
        with clock.at(datetime(2026, 6, day, hour, minute, 1, tzinfo=UTC)):
            reminders.tick(taker, SITE)
    return tick


@pytest.mark.parametrize("end", [OperationalError, SystemExit])
def test_stopped_half_way_what_was_handed_over_is_written_down(end, cast, remind, sender, monkeypatch):
    for _ in range(LETTERS):
        remind(cast.ada, 25)
    server, calls, fan_out = Holding(), [], fanning.fan_out

    def broken(letters=False):
        calls.append(letters)
        if len(calls) < 2:
            return fan_out(letters)
        server.go.set()
        raise end

    monkeypatch.setattr(fanning, "fan_out", broken)
    post = Post(server, SITE, "secret")
    with pytest.raises(end):
        reminders.tick(sender, SITE, post)
    written = {row.id for row in Delivery.select().where(Delivery.outcome == "sent")}
    assert written == set(server.taken) and 0 < len(written) < LETTERS
    monkeypatch.setattr(fanning, "fan_out", fan_out)
    with clock.at(clock.now() + timedelta(seconds=61)):
        reminders.tick(sender, SITE, post)
    assert len(server.taken) == len(set(server.taken)) == LETTERS


@pytest.mark.parametrize("behind", [timedelta(milliseconds=5), timedelta(seconds=2)])
def test_process_whose_clock_is_behind_takes_nothing_from_another(behind, cast, allow, remind):
    allow(cast.ada)
    remind(cast.ada, 25)
    fanning.fan_out()
    moment = clock.now() + timedelta(seconds=5)
    with clock.at(moment):
        assert len(claiming.claim(48)) == 1
    with clock.at(moment - behind):
        assert claiming.claim(48) == []


def test_said_in_one_evening_it_is_not_said_in_the_next_zone_though_the_session_is_edited(
        cast, reach, write, choose, at, taker):
    with clock.at(datetime(2026, 6, 8, 6, tzinfo=UTC)):
        reach(cast.ada)
        choose(cast.ada, here="Europe/Berlin", remind_join=False)
        session = write(cast.ada, "session", starts_on="2026-06-10", starts_time="15:00", zone="Europe/Berlin")
    at(17)
    with clock.at(datetime(2026, 6, 9, 21, tzinfo=UTC)):
        choose(cast.ada, here="America/New_York")
        write(cast.ada, "session", session.id, notes="typed on landing")
    at(23)
    assert len(taker.messages) == 1


def test_goal_that_was_said_is_not_said_at_a_later_hour_though_it_is_edited(cast, reach, write, choose, at, taker):
    with clock.at(datetime(2026, 6, 8, 6, tzinfo=UTC)):
        reach(cast.ada)
        choose(cast.ada, zone="UTC")
        goal = write(cast.ada, "goal", text="Ask", due_on="2026-06-09")
    at(9)
    with clock.at(datetime(2026, 6, 9, 9, 5, tzinfo=UTC)):
        choose(cast.ada, goal_time="18:00")
        write(cast.ada, "goal", goal.id, why="Because.")
    at(18)
    assert len(taker.messages) == 1


def test_moved_session_is_said_again(cast, reach, write, choose, at, taker):
    with clock.at(datetime(2026, 6, 8, 6, tzinfo=UTC)):
        reach(cast.ada)
        choose(cast.ada, zone="UTC", remind_join=False)
        session = write(cast.ada, "session", starts_on="2026-06-10", starts_time="15:00", zone="UTC")
    at(19)
    with clock.at(datetime(2026, 6, 9, 20, tzinfo=UTC)):
        write(cast.ada, "session", session.id, starts_on="2026-06-11")
    at(19, day=10)
    assert len(taker.messages) == 2


def test_quiet_hours_that_are_set_and_left_again_say_nothing_twice(cast, reach, remind, choose, taker, now):
    reach(cast.ada)
    remind(cast.ada, 25)
    choose(cast.ada, zone="UTC")
    with clock.at(now + timedelta(seconds=1)):
        reminders.tick(taker, SITE)
    around = [clock.parts(now + timedelta(hours=far), "UTC")["time"] for far in (-1, 2)]
    choose(cast.ada, quiet_from=around[0], quiet_until=around[1])
    choose(cast.ada, quiet_from=None, quiet_until=None)
    with clock.at(clock.now() + timedelta(seconds=1)):
        reminders.tick(taker, SITE)
    assert len(taker.messages) == 1


@pytest.mark.parametrize(("hour", "end"), [("22:30", "2027-03-28T05:00"), ("23:30", "2027-03-28T05:00")])
def test_quiet_hours_of_the_night_in_which_clocks_go_forward_end_in_its_morning(hour, end):
    moment = clock.instant("2027-03-27", hour, "Europe/Berlin")
    until = due.quiet.quiet_end({"quiet_from": "22:00", "quiet_until": "07:00"}, "Europe/Berlin", moment)
    assert until and clock.iso(until)[:16] == end


def test_worksheet_hears_nothing_of_a_session_of_somebody_else(cast, write):
    with clock.at(datetime(2026, 11, 24, 12, tzinfo=UTC)):
        session = write(cast.ada, "session", starts_on="2026-11-27", starts_time="15:00", zone="Europe/Berlin")
        made = change("worksheet", session=session.id, title="Mine", questions=[{"id": "one", "text": "?"}])
        assert outcome(a_device(cast.cleo), made)["outcome"] == "accepted"
    assert not Reminder.select().where(Reminder.person == cast.cleo.id).exists()


def test_daily_round_goes_on_after_somebody_whose_records_cannot_be_read(cast, monkeypatch, caplog):
    seen = []

    def follow(person):
        seen.append(person)
        if person == cast.ada.id:
            raise KeyError("due_on")

    monkeypatch.setattr(due.following, "follow_person", follow)
    assert list(due.follow_everybody()) == []
    assert len(seen) > 1 and "not looked over" in caplog.text


def test_snooze_of_what_is_tried_again_begins_in_ten_minutes(cast, allow, remind, tick, service, now):
    device = allow(cast.ada)
    reminder = remind(cast.ada, 25)
    service.fail_next(503, times=1, retry_after="1500")
    tick()
    with clock.at(now + timedelta(seconds=5)):
        assert reminders.snooze(device, reminder.id) == now + timedelta(minutes=10, seconds=5)


def test_upkeep_that_fails_stops_no_reminder(monkeypatch, tmp_path, database):
    ticks, stop = [], threading.Event()

    def daily(day):
        raise KeyError("binned_at")

    def tick(*_):
        ticks.append(1)
        if len(ticks) > 1:
            stop.set()
        return 0

    monkeypatch.setattr(loop.upkeep, "daily", daily)
    monkeypatch.setattr(loop, "AFTER_TROUBLE_SECONDS", 0.01)
    monkeypatch.setattr(loop, "tick", tick)
    loop.run_forever(Config(data=tmp_path), stop)
    assert len(ticks) == 2


def test_loop_says_that_it_runs_while_it_sends_much(cast, allow, remind, tick, monkeypatch):
    beats = []
    monkeypatch.setattr(pulse, "beat", lambda: beats.append(1))
    allow(cast.ada)
    for _ in range(2 * loop.CLAIMED):
        remind(cast.ada, 25)
    tick()
    assert len(beats) > 2


def test_refused_letters_are_counted_for_a_week(cast, remind):
    reminder = remind(cast.ada, 25)
    since = clock.now()
    Delivery.create(reminder=reminder.id, device=None, next_at=since, due_at=since, outcome="gone")
    assert reminders.told()["letters_refused"] == 1
    with clock.at(since + timedelta(days=8)):
        assert reminders.told()["letters_refused"] == 0


def test_letter_ends_before_its_lease_does():
    from mentorlog import mail
    assert timedelta(seconds=mail.LONGEST_SECONDS) < loop.LONGEST_LETTER < claiming.LEASE
