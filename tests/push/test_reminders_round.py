"""The round of the day, in which everybody's reminders are looked over: made once, whatever dies or runs beside it."""
from __future__ import annotations

import threading
from itertools import islice

from mentorlog import due, files, reminders
from mentorlog.config import Config
from mentorlog.due import following
from mentorlog.models import Delivery, Pulse, Reminder
from mentorlog.reminders import loop, pulse
from tests.push.test_reminders_later import at


def made_now() -> bool:
    """Whether a process that looks now makes the round of the day; it makes it whole."""
    began = pulse.takes_round()
    if began:
        pulse.ends_round(began)
    return began is not None


def test_round_of_the_day_is_made_by_one_process_whenever_it_starts(database, now):
    noon = now.replace(hour=12, minute=0)
    hours = [0, 0, 1, 11.9, 12, 13, 36, 12, 12]  # the last two after the clock went back a day
    said = []
    for later in hours:
        with at(noon, later * 3600):
            said.append(made_now())
    assert said == [True, False, False, False, True, False, True, True, False]


def test_round_that_was_stopped_half_way_is_taken_over(database, now):
    noon = now.replace(hour=12, minute=0)
    with at(noon, 0):
        assert pulse.takes_round() and not pulse.takes_round()
    with at(noon, 50):
        pulse.holds_round()
    said = []
    for seconds in (60, 109, 110, 111):
        with at(noon, seconds):
            said.append(pulse.takes_round() is not None)
    assert said == [False, False, True, False]


def test_round_that_ends_on_the_next_day_is_of_the_day_before(database, now):
    evening = now.replace(hour=23, minute=59)
    with at(evening, 0):
        began = pulse.takes_round()
    with at(evening, 90):
        pulse.ends_round(began)
        assert made_now()


def test_round_of_the_day_is_made_again_after_an_update(database, monkeypatch):
    assert made_now()
    monkeypatch.setattr(files, "version", lambda: "another")
    assert made_now()


def test_former_versions_leave_nothing_behind_for_long(database, now, monkeypatch):
    pulse.beat()
    for day in range(30):
        monkeypatch.setattr(files, "version", lambda day=day: f"{day:016x}")
        with at(now, day * 86_400):
            assert pulse.takes_round() if day % 2 else made_now()  # every second one was killed in the middle
    assert Pulse.select().count() <= 1 + 7 + 2  # of a week, and of the last day and night
    assert pulse.told()["ran_at"]


def test_round_that_starts_over_says_nothing_again(
        cast, allow, every_kind, remind, tick, service, now, monkeypatch):
    """What went out, waits, is put off or tried again stands as it was, however often a round is broken off."""
    monkeypatch.setattr(following, "PEOPLE_AT_ONCE", 1)
    phone = allow(cast.ada)
    allow(cast.bela)
    every_kind(cast.ada), remind(cast.ada, 300), remind(cast.bela, 30), remind(cast.bela, 9)
    service.fail_next(503)
    tick()
    with at(now, 1):
        reminders.snooze(phone, Delivery.get(Delivery.device == phone.id, Delivery.outcome == "sent").reminder)
    tick(600)
    assert {row.state for row in Reminder.select()} == {"waiting", "handed"}
    stood, sent = standing(), len(service.received)
    with at(now, 600):
        for most in (1, 2, 9, 9):
            assert len(list(islice(due.follow_everybody(), most))) > 0
        assert standing() == stood
    tick(600)
    assert len(service.received) == sent


def standing() -> list[list[tuple]]:
    """All reminders and deliveries."""
    return [sorted(map(str, table.select().tuples())) for table in (Reminder, Delivery)]


def test_loop_goes_on_with_the_round_that_a_killed_one_left(database, monkeypatch, tmp_path, now):
    done = []

    def people():
        yield done.append("some")
        yield done.append("others")
    monkeypatch.setattr(loop.due, "follow_everybody", people)

    def run(seconds, ticks):
        stop, left = threading.Event(), iter(range(1, ticks + 1))
        monkeypatch.setattr(loop, "tick", lambda *_: float(next(left) == ticks and bool(stop.set())))
        with at(now.replace(hour=12), seconds):
            loop.run_forever(Config(data=tmp_path), stop)
    for seconds, ticks in ((0, 1), (30, 1), (61, 3), (61, 1)):
        run(seconds, ticks)
    assert done == ["some", "some", "others"]


def test_loop_follows_everybody_once_for_all_processes_and_ticks_between(database, monkeypatch, tmp_path):
    done = []
    monkeypatch.setattr(loop.due, "follow_everybody", lambda: iter(map(done.append, ("some", "others"))))
    for _ in range(2):
        stop, ticks = threading.Event(), iter([False, False, True])

        def tick(*_, stop=stop, ticks=ticks):
            done.append("tick")
            if next(ticks):
                stop.set()
            return 0
        monkeypatch.setattr(loop, "tick", tick)
        loop.run_forever(Config(data=tmp_path), stop)
    assert done == ["tick", "some", "tick", "others", "tick", "tick", "tick", "tick"]
