"""Reminders on their way, in one process: who gets what, when, once; and what becomes of each answer."""
from __future__ import annotations

import json
from datetime import timedelta

import pytest

from mentorlog import clock, push, reminders
from mentorlog.database import db
from mentorlog.models import Delivery, Device, Reminder, Subscription
from tests.push.conftest import SITE
from tests.push.hours import said_at
from tests.push.test_sending import decrypt


def outcomes():
    return sorted(row.outcome for row in Delivery.select())


def test_reminder_goes_once_to_each_device_of_its_person(cast, allow, remind, tick, service):
    devices = {allow(cast.ada).id, allow(cast.ada).id}
    allow(cast.bela)
    remind(cast.ada)
    for _ in range(3):
        tick()
    assert len(service.received) == 2
    assert {row.device for row in Delivery.select()} == devices
    assert outcomes() == ["sent", "sent"]
    assert all(row.sent_at for row in Delivery.select())


def test_message_is_neutral_and_leads_to_the_session(cast, allow, remind, tick, service, now):
    allow(cast.ada, zone="Asia/Kathmandu")
    reminder = remind(cast.ada)
    tick()
    [got] = service.received
    start = now + timedelta(minutes=30)
    page = f"{SITE}/sessions/{reminder.record}?reminder={reminder.id}"
    assert json.loads(decrypt(got["body"])) == {"web_push": 8030, "notification": {
        "title": f"You have something {said_at(start, 'Asia/Kathmandu')}", "lang": "en", "dir": "ltr", "silent": False,
        "navigate": page, "tag": f"session-{reminder.record}",
        "data": {"due": clock.iso(now), "reminder": reminder.id}, "actions": [
            {"action": "snooze", "title": "Snooze 10 minutes", "navigate": page},
            {"action": "fallback", "title": "It isn't working",
             "navigate": f"{SITE}/sessions/{reminder.record}/fallback"}]}}
    assert (got["ttl"], got["urgency"]) == (1800, "high")


def test_hour_is_shown_in_the_zone_that_the_person_chose(cast, allow, remind, tick, shown, choose, now):
    allow(cast.ada, zone="Asia/Tokyo")
    choose(cast.ada, zone="America/New_York")
    remind(cast.ada)
    tick()
    assert shown()[0]["title"].endswith(clock.parts(now + timedelta(minutes=30), "America/New_York")["time"])


def test_nothing_is_sent_before_it_is_due(cast, allow, remind, tick, service):
    allow(cast.ada)
    remind(cast.ada, 31)
    assert (tick(), tick(59)) == (15, 1)
    assert not service.received
    tick(60)
    assert len(service.received) == 1


def test_nothing_is_sent_once_the_session_has_begun(cast, allow, remind, tick, service):
    allow(cast.ada)
    remind(cast.ada, 30)
    tick(30 * 60)
    assert not service.received
    assert Reminder.get().state == "expired"


def test_nothing_is_sent_to_who_switched_reminders_off(cast, allow, remind, tick, service, choose):
    allow(cast.ada)
    choose(cast.ada, remind=False)
    remind(cast.ada)
    tick()
    assert (service.received, outcomes()) == ([], ["done"])


def test_nothing_is_sent_to_a_device_that_signed_out(cast, allow, remind, tick, service):
    device = allow(cast.ada)
    Device.update(ended_at=clock.now()).where(Device.id == device.id).execute()
    remind(cast.ada)
    tick()
    assert (service.received, outcomes()) == ([], [])


def test_device_that_signs_out_while_a_retry_waits_gets_nothing(cast, allow, remind, tick, service):
    device = allow(cast.ada)
    remind(cast.ada)
    service.fail_next(503)
    tick()
    Device.update(ended_at=clock.now()).where(Device.id == device.id).execute()
    tick(60)
    assert (service.received, outcomes()) == ([], ["gone"])


def test_idle_loop_looks_again_after_at_most_fifteen_seconds(cast, remind, tick):
    assert tick() == 15
    remind(cast.ada, 90)
    assert tick() == 15


@pytest.mark.parametrize("status", [404, 410])
def test_f50_gone_subscription_is_forgotten(cast, allow, remind, tick, service, status):
    allow(cast.ada)
    service.expire(Subscription.get().endpoint, status)
    remind(cast.ada)
    tick()
    assert outcomes() == ["gone"]
    assert not Subscription.select().exists()


def test_f50_new_address_told_meanwhile_gets_it(cast, allow, remind, tick, service, sender, told, monkeypatch):
    device = allow(cast.ada)
    service.expire(Subscription.get().endpoint)
    remind(cast.ada)
    post = sender.outgoing.post

    def renewed_meanwhile(*args):
        monkeypatch.setattr(sender.outgoing, "post", post)
        with db.connection_context():
            push.subscribe(device, sender, told())
        return post(*args)

    monkeypatch.setattr(sender.outgoing, "post", renewed_meanwhile)
    tick()
    assert (len(service.received), outcomes()) == (1, ["sent"])


def test_f49_service_that_was_down_then_busy_gets_it_in_the_end(cast, allow, remind, tick, service):
    allow(cast.ada)
    remind(cast.ada)
    service.fail_next(503, times=16)
    service.fail_next(429, retry_after="120")
    at, pause = 0.0, tick()
    while len(service.refused) < 17:
        at += pause
        pause = tick(at)
    assert 600 < at < 900
    tick(at + 119)
    assert not service.received
    tick(at + 120)
    assert (len(service.received), outcomes()) == (1, ["sent"])


def test_f49_service_that_is_well_too_late_gets_nothing(cast, allow, remind, tick, service):
    allow(cast.ada)
    remind(cast.ada, 1)
    service.fail_next(503)
    tick()
    tick(60)
    assert (service.received, outcomes()) == ([], ["expired"])


def test_message_that_cannot_be_made_does_not_stop_the_others(cast, allow, remind, tick, service):
    broken, well = allow(cast.ada, zone="Nowhere/At_All"), allow(cast.ada)
    remind(cast.ada)
    tick()
    assert {row.device: row.outcome for row in Delivery.select()} == {broken.id: "failed", well.id: "sent"}


def test_reminder_dropped_while_it_is_sent_leaves_no_trace(cast, allow, remind, tick, sender, monkeypatch):
    allow(cast.ada)
    remind(cast.ada)
    post = sender.outgoing.post

    def dropped_meanwhile(*args):
        with db.connection_context():
            Reminder.delete().execute()
        return post(*args)

    monkeypatch.setattr(sender.outgoing, "post", dropped_meanwhile)
    tick()
    assert outcomes() == []


def test_lease_keeps_others_away_until_it_ends(cast, allow, remind, tick, service, now):
    allow(cast.ada)
    remind(cast.ada)
    with clock.at(now):
        reminders.fan_out()
        assert len(reminders.claim(16)) == 1
    assert tick(1) == 15
    assert tick(59) == 1
    assert not service.received
    tick(60)
    assert len(service.received) == 1


def test_old_reminders_are_swept_out(cast, allow, remind, tick):
    remind(cast.ada)
    tick()
    remind(cast.ada, 60 * 24 * 8 + 30)
    tick(8 * 86_400)
    assert Reminder.select().where(Reminder.kind == "join").count() == 1
