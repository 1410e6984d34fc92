"""What never came, as nothing ran or a push service was down until it was of no use: counted, and logged by its id."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import clock, reminders
from mentorlog.models import Delivery, Reminder
from mentorlog.records import name_id

BEGUN = 41 * 60  # seconds; the session is in 40 minutes


def lines(caplog):
    return [(line.count, line.reminder) for line in caplog.records if line.message == "reminders were given up"]


def test_what_was_due_while_nothing_ran_and_is_over_is_counted_and_logged(
        cast, allow, remind, tick, service, client, caplog):
    allow(cast.ada)
    reminder = remind(cast.ada, 40)
    tick()
    tick(BEGUN)
    tick(BEGUN + 15)
    assert service.received == []
    assert lines(caplog) == [(1, [reminder.id])]
    told = client.get("/readyz").json["reminders"]
    assert (told["late"], told["late_at"]) == (1, clock.iso(Reminder.get_by_id(reminder.id).expires_at
                                                            + timedelta(minutes=1)))


def test_it_counts_for_each_device_that_did_not_hear_of_it(cast, allow, remind, tick, caplog):
    reminder = remind(cast.ada, 40)
    for _ in range(2):
        allow(cast.ada)
    tick(BEGUN)
    assert (reminders.told()["late"], lines(caplog)) == (2, [(2, [reminder.id])])


def test_letter_that_never_went_counts(cast, remind, tick_with_letters, caplog):
    reminder = remind(cast.ada, 40)
    tick_with_letters(BEGUN)
    assert (reminders.told()["late"], lines(caplog)) == (1, [(1, [reminder.id])])


def test_nobody_missed_what_would_have_reached_no_device(cast, remind, tick, caplog):
    remind(cast.ada, 40)
    tick(BEGUN)
    assert (reminders.told()["late"], lines(caplog)) == (0, [])


def test_nobody_missed_what_they_had_switched_off(cast, allow, remind, choose, tick, caplog):
    allow(cast.ada)
    choose(cast.ada, remind=False)
    remind(cast.ada, 40)
    tick(BEGUN)
    assert (reminders.told()["late"], lines(caplog)) == (0, [])


@pytest.mark.parametrize("begun", [BEGUN, 40 * 60])
def test_push_service_that_was_down_until_it_was_over_is_counted(
        begun, cast, allow, remind, tick, service, caplog):
    allow(cast.ada)
    reminder = remind(cast.ada, 40)
    service.fail_next(503)
    tick(600)
    tick(begun)
    assert [row.outcome for row in Delivery.select()] == ["expired"]
    assert (reminders.told()["late"], lines(caplog)) == (1, [(1, [reminder.id])])


def test_what_was_switched_off_while_a_push_service_was_down_was_not_missed(
        cast, allow, remind, choose, tick, service, caplog):
    allow(cast.ada)
    remind(cast.ada, 40)
    service.fail_next(503)
    tick(600)
    choose(cast.ada, remind=False)
    tick(BEGUN)
    assert (reminders.told()["late"], lines(caplog)) == (0, [])


def test_to_join_a_session_that_was_planned_in_quiet_hours_was_not_missed(
        cast, allow, hush, remind, tick, service, caplog):
    allow(cast.ada)
    hush(cast.ada, -10, 120)
    remind(cast.ada, 20)
    tick()
    tick(BEGUN)
    assert (service.received, [row.outcome for row in Delivery.select()]) == ([], ["expired"])
    assert (reminders.told()["late"], lines(caplog)) == (0, [])


@pytest.mark.parametrize("trouble", ["a push service that is down", "a server that is down"])
def test_what_was_to_come_before_quiet_hours_and_met_trouble_is_counted(
        trouble, cast, allow, hush, remind, tick, service, caplog):
    """After them it is of no use, so nothing tries it again."""
    allow(cast.ada)
    hush(cast.ada, 10, 120)
    reminder = remind(cast.ada, 40)
    if trouble == "a push service that is down":
        service.fail_next(503)
        tick(5 * 60)
        assert [row.outcome for row in Delivery.select()] == [""]
    tick(11 * 60)
    assert (service.received, [row.outcome for row in Delivery.select()]) == ([], ["expired"])
    assert (reminders.told()["late"], lines(caplog)) == (1, [(1, [reminder.id])])


@pytest.mark.parametrize("done", [False, True])
def test_what_was_done_meanwhile_was_not_missed(done, cast, allow, every_kind, write, tick, caplog):
    """Sent in time it would have been left out: the goal was rated, the questions answered, the session prepared."""
    allow(cast.ada)
    every_kind(cast.ada)
    if done:
        goal, sheet, session = (
            Reminder.select().where(Reminder.kind == kind).order_by(Reminder.due_at).first().record
            for kind in ("goal", "worksheet", "prepare"))
        write(cast.ada, "rating", name_id(cast.ada.names, f"rating:{goal}"), goal=goal, value=4)
        write(cast.ada, "answer", name_id(cast.ada.names, f"answer:{sheet}:one"), worksheet=sheet, question="one",
              text="That asking helps")
        write(cast.ada, "line", text="The new team", session=session)
    tick(2 * 24 * 3600)
    missed = [Reminder.get_by_id(id).kind for _, ids in lines(caplog) for id in ids]
    assert sorted(missed) == (["join", "join"] if done else ["goal", "join", "join", "prepare", "worksheet"])
    assert reminders.told()["late"] == len(missed)
