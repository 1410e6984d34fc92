"""A reminder that comes later than it was due: held back, put off, late, with a clock that jumps, with another key."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import clock, push, reminders
from mentorlog.due import wishes_of
from mentorlog.errors import Missing, Refused
from mentorlog.models import Delivery, Pulse, Record, Reminder, Subscription
from mentorlog.outgoing import PUSH_HOSTS, Outgoing
from mentorlog.push.keys import load_keys
from mentorlog.records import name_id
from mentorlog.reminders import loop, pulse, settling


def outcomes():
    return sorted(row.outcome for row in Delivery.select())


# -- quiet hours -------------------------------------------------------------------------------------------------------

def test_retry_that_falls_into_quiet_hours_waits_for_their_end(cast, allow, every_kind, tick, service, now):
    ada = cast.ada
    allow(ada)
    every_kind(ada)
    service.fail_next(503, times=4)
    tick()
    zone = wishes_of([ada.id])[ada.id].zone
    start, end = (clock.parts(now + timedelta(minutes=far), zone)["time"] for far in (1, 120))
    Record.update(fields=Record.get_by_id(name_id(ada.names, "settings")).fields | {
        "quiet_from": start, "quiet_until": end}).where(Record.kind == "settings").execute()  # behind the hooks' back
    tick(60)
    assert (service.received, outcomes()) == ([], ["", "", "", "expired"])
    tick(7200)
    assert len(service.received) == 3
    assert Pulse.get().late == 1  # to join, which was due before them


# -- snoozing ----------------------------------------------------------------------------------------------------------

@pytest.fixture
def phone(cast, allow, remind):
    """Ada's phone, and the reminder of a session in half an hour."""
    device = allow(cast.ada)
    return device, remind(cast.ada)


def put_off(phone, now, seconds=0):
    with clock.at(now + timedelta(seconds=seconds)):
        return reminders.snooze(phone[0], phone[1].id)


def test_snoozed_it_comes_again_in_ten_minutes_and_is_news(phone, tick, shown, now):
    tick()
    assert put_off(phone, now, 30) == now + timedelta(seconds=630)
    tick(629)
    assert len(shown()) == 1
    tick(630)
    assert [one["tag"] for one in shown()] == [f"session-{phone[1].record}"] * 2
    assert len({one["data"]["due"] for one in shown()}) == 2
    assert not Pulse.get().late


def test_snoozed_twice_it_comes_once(phone, tick, service, now):
    tick()
    assert put_off(phone, now, 10) == put_off(phone, now, 20)
    tick(900)
    assert len(service.received) == 2


def test_snooze_is_of_the_device_that_asked(cast, allow, phone, tick, service, now):
    allow(cast.ada)
    tick()
    put_off(phone, now)
    tick(600)
    assert len(service.received) == 3


def test_snoozed_while_the_sender_has_not_settled_it_comes_again(phone, tick, service, now):
    with clock.at(now):
        reminders.fan_out()
        [job] = reminders.claim(1)
        put_off(phone, now)
        settling.end(job, "sent", now)
    assert outcomes() == [""]
    tick(600)
    assert len(service.received) == 1


def test_what_begins_before_that_cannot_be_put_off(phone, tick, now):
    tick()
    with pytest.raises(Refused, match="begins before"):
        put_off(phone, now, 20 * 60)
    assert outcomes() == ["sent"]


def test_session_that_is_cancelled_meanwhile_does_not_come_again(cast, phone, tick, service, now, write):
    tick()
    put_off(phone, now)
    write(cast.ada, "session", phone[1].record, state="cancelled")
    tick(600)
    assert len(service.received) == 1


def test_to_join_that_would_come_again_in_quiet_hours_stays(cast, hush, allow, remind, tick, shown, now):
    """It was said before they begin, as after them it is of no use."""
    hush(cast.ada, 5, 600)
    phone = allow(cast.ada), remind(cast.ada, 60)
    tick()
    assert len(shown()) == 1
    with pytest.raises(Refused, match="quiet hours begin before"):
        put_off(phone, now, 60)
    assert outcomes() == ["sent"]


def test_what_would_come_again_in_quiet_hours_is_promised_for_their_end(cast, hush, phone, tick, shown, now):
    hush(cast.ada, 5, 20)
    tick()
    assert put_off(phone, now, 60) == put_off(phone, now, 120) == now + timedelta(minutes=20)
    tick(11 * 60)
    assert len(shown()) == 1
    tick(20 * 60)
    assert len(shown()) == 2


def test_reminder_of_somebody_else_cannot_be_put_off(cast, add_device, phone, tick, now):
    tick()
    with pytest.raises(Missing):
        put_off((add_device(cast.bela), phone[1]), now)


# -- late --------------------------------------------------------------------------------------------------------------

def test_what_comes_more_than_two_minutes_late_is_counted_and_named(cast, allow, remind, tick, caplog):
    allow(cast.ada)
    allow(cast.ada)
    reminder = remind(cast.ada)
    tick(121)
    assert reminders.told()["late"] == 2
    [line] = [one for one in caplog.records if one.message == "reminders were late"]
    assert (line.count, line.seconds, line.reminder) == (2, 121, [reminder.id])


def test_each_that_came_late_is_named_a_hundred_in_a_line(caplog):
    late = [pulse.Late(timedelta(seconds=200 + number), f"{number:03}") for number in range(250)]
    pulse.say_late(late)
    assert [(line.count, line.seconds) for line in caplog.records] == [(100, 299), (100, 399), (50, 449)]
    assert [id for line in caplog.records for id in line.reminder] == [one.reminder for one in late]


def test_what_came_late_is_named_when_a_process_is_stopped_meanwhile(cast, allow, remind, tick, monkeypatch, caplog):
    allow(cast.ada)
    reminder = remind(cast.ada)

    def stopped(*which):
        monkeypatch.undo()
        loop.wait(*which)  # it is out, and not written down
        raise KeyboardInterrupt
    monkeypatch.setattr(loop, "wait", stopped)
    with pytest.raises(KeyboardInterrupt):
        tick(121)
    [line] = [one for one in caplog.records if one.message == "reminders were late"]
    assert (reminders.told()["late"], line.reminder) == (1, [reminder.id])


def test_two_minutes_are_not_late(cast, allow, remind, tick):
    allow(cast.ada)
    remind(cast.ada)
    tick(120)
    assert reminders.told()["late"] == 0


def test_readyz_says_when_the_loop_last_ran(client, tick, now):
    assert client.get("/readyz").json["reminders"] == {
        "ran_at": None, "seconds": None, "late": 0, "late_at": None, "letters_refused": 0}
    tick()
    said = client.get("/readyz").json["reminders"]
    assert (said["ran_at"], said["late"]) == (clock.iso(now), 0)
    for seconds in (15, 20):
        tick(seconds)
        assert client.get("/readyz").json["reminders"]["ran_at"] == clock.iso(now + timedelta(seconds=15))
    tick(-3600)  # by a clock that was ahead it ran later than it is
    assert client.get("/readyz").json["reminders"]["ran_at"] == clock.iso(now - timedelta(hours=1))


# -- a clock that jumps ------------------------------------------------------------------------------------------------

def at(now, seconds):
    return clock.at(now + timedelta(seconds=seconds))


def test_clock_that_was_an_hour_ahead_loses_nothing(cast, allow, remind, tick, service, now):
    allow(cast.ada)
    remind(cast.ada, 40)
    tick(3600)
    assert (service.received, Reminder.get(Reminder.kind == "join").state) == ([], "expired")
    with at(now, 15):
        loop.went_back(now + timedelta(seconds=3600))
    tick(15)
    assert not service.received
    tick(600)
    assert len(service.received) == 1


def test_lease_given_by_a_clock_that_was_ahead_holds_nobody_up(cast, allow, remind, tick, service, now):
    allow(cast.ada)
    remind(cast.ada)
    with at(now, 0):
        reminders.fan_out()
    with at(now, 1700):
        assert len(reminders.claim(1)) == 1
    tick(1)
    assert len(service.received) == 1


def test_retry_set_by_a_clock_that_was_ahead_is_not_an_hour_late(cast, allow, remind, tick, service, now):
    allow(cast.ada)
    remind(cast.ada, 89)
    service.fail_next(503)
    tick(3600)
    with at(now, 0):
        loop.went_back(now + timedelta(seconds=3600))
    tick(60)
    assert len(service.received) == 1


def test_snooze_comes_in_its_ten_minutes_when_three_processes_see_the_clock_go_back(
        cast, allow, remind, tick, service, now):
    before, ahead = allow(cast.ada), allow(cast.ada)
    reminder = remind(cast.ada, 89)
    tick(3540)
    with at(now, 3540):
        reminders.snooze(before, reminder.id)
    with at(now, 3540 + 3600):
        Reminder.update(expires_at=now + timedelta(hours=4)).execute()
        reminders.snooze(ahead, reminder.id)
    for _ in range(3):
        with at(now, 3600):
            loop.went_back(now + timedelta(seconds=3540 + 3600))
    tick(3540 + 599)
    assert len(service.received) == 2
    tick(3540 + 600)
    assert len(service.received) == 3
    tick(3600 + 600)
    assert len(service.received) == 4


def test_clock_that_goes_on_changes_nothing(cast, remind, tick, now):
    remind(cast.ada)
    tick(1800)
    with at(now, 1801):
        loop.went_back(now + timedelta(seconds=1800))
    assert Reminder.get(Reminder.kind == "join").state == "expired"


# -- keys --------------------------------------------------------------------------------------------------------------

def test_device_that_subscribed_with_the_former_key_is_served_until_it_renews(
        cast, allow, remind, service, tmp_path, now, told):
    device = allow(cast.ada)
    (tmp_path / "vapid.pem").rename(tmp_path / "vapid-2026.pem")
    fresh = push.Sender(load_keys(tmp_path, "mailto:ops@example.org"), Outgoing(PUSH_HOSTS, connect=service.connect))
    remind(cast.ada)
    with clock.at(now):
        reminders.tick(fresh, "")
    assert (len(service.received), Subscription.get().key_id != fresh.keys.current.id) == (1, True)
    push.subscribe(device, fresh, told(service.subscribe(fresh.keys.current.public)) | {
        "key": fresh.keys.current.public})
    remind(cast.ada)
    with clock.at(now):
        reminders.tick(fresh, "")
    assert (len(service.received), Subscription.get().key_id) == (2, fresh.keys.current.id)
