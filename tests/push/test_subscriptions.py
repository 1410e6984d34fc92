"""Where a device gets its messages: taken, renewed, refused, forgotten."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import clock, push
from mentorlog.errors import Refused
from mentorlog.models import Device, Subscription


def test_subscription_is_kept_with_the_key_it_was_made_with(cast, add_device, sender, told):
    device, told = add_device(cast.ada), told()
    push.subscribe(device, sender, told)
    [row] = Subscription.select()
    assert (row.device, row.endpoint, row.p256dh, row.auth, row.key_id) == (
        device.id, told["endpoint"], told["keys"]["p256dh"], told["keys"]["auth"], sender.keys.current.id)


def test_told_at_each_start_it_stands_once_and_forgets_former_failures(cast, add_device, sender, told):
    device, told = add_device(cast.ada), told()
    push.subscribe(device, sender, told)
    push.note(Subscription.get(), refused=True)
    push.subscribe(device, sender, told)
    assert [row.failed for row in Subscription.select()] == [0]


def test_new_address_takes_the_place_of_the_old_one(cast, add_device, sender, told):
    device, first, second = add_device(cast.ada), told(), told()
    push.subscribe(device, sender, first)
    before = Subscription.get().id
    push.subscribe(device, sender, second)
    assert [(row.id, row.endpoint) for row in Subscription.select()] == [(before, second["endpoint"])]


def test_address_belongs_to_who_signed_in_last_on_a_shared_phone(cast, add_device, sender, told):
    shared = told()
    adas, belas = add_device(cast.ada), add_device(cast.bela)
    push.subscribe(adas, sender, shared)
    push.subscribe(belas, sender, shared)
    assert [row.device for row in Subscription.select()] == [belas.id]


def test_person_keeps_the_ten_devices_that_were_here_last(cast, add_device, sender, told):
    old = add_device(cast.ada)
    Device.update(seen_at=clock.now() - timedelta(days=1)).where(Device.id == old.id).execute()
    for device in [old, *(add_device(cast.ada) for _ in range(10))]:
        push.subscribe(device, sender, told())
    push.subscribe(add_device(cast.bela), sender, told())
    devices = {row.device for row in Subscription.select()}
    assert len(devices) == 11
    assert old.id not in devices


def test_device_that_allows_reminders_now_keeps_them_though_the_others_were_here_later(
        cast, add_device, sender, told):
    now, others = add_device(cast.ada), [add_device(cast.ada) for _ in range(10)]
    Device.update(seen_at=clock.now() - timedelta(days=1)).where(Device.id == now.id).execute()
    Device.update(seen_at=clock.now() - timedelta(hours=1)).where(Device.id == others[3].id).execute()
    for device in [*others, now]:
        push.subscribe(device, sender, told())
    devices = {row.device for row in Subscription.select()}
    assert devices == {now.id, *(other.id for other in others)} - {others[3].id}


@pytest.mark.parametrize("spoil", [
    lambda told: None, lambda told: [], lambda told: "x", lambda told: {}, lambda told: {**told, "keys": None},
    lambda told: {**told, "endpoint": "http://127.0.0.1:6379/"}, lambda told: {**told, "endpoint": 7},
    lambda told: {**told, "endpoint": "https://evil.example/x"}, lambda told: {**told, "key": None},
    lambda told: {**told, "key": "BAAA"}, lambda told: {**told, "keys": {**told["keys"], "auth": "AAAA"}},
    lambda told: {**told, "keys": {**told["keys"], "p256dh": "AAAA"}},
    lambda told: {**told, "keys": {**told["keys"], "p256dh": told["keys"]["p256dh"][:-2] + "AA"}},
    lambda told: {**told, "keys": {**told["keys"], "p256dh": "é"}},
    lambda told: {**told, "keys": {**told["keys"], "auth": "!" * 22}}])
def test_anything_else_is_refused_and_nothing_is_kept(sender, told, spoil, monkeypatch):
    monkeypatch.setattr(Subscription, "insert", lambda **_: pytest.fail("written"))
    with pytest.raises(Refused):
        push.subscribe(Device(id="d", person="p"), sender, spoil(told()))


def test_key_that_the_server_lost_is_refused_with_its_name(sender, told):
    from tests.push.conftest import P256DH
    with pytest.raises(Refused) as refused:
        push.subscribe(Device(id="d", person="p"), sender, {**told(), "key": P256DH})
    assert refused.value.field == "key"


def test_forgotten_device_gets_nothing(cast, allow):
    one, other = allow(cast.ada), allow(cast.ada)
    push.forget(one)
    assert [row.device for row in Subscription.select()] == [other.id]


def test_gone_address_is_forgotten_unless_a_new_one_was_told(cast, allow, sender, told):
    device = allow(cast.ada)
    stale = Subscription.get()
    push.subscribe(device, sender, told())
    assert not push.forget_if_same(stale)
    assert push.forget_if_same(Subscription.get())
    assert not Subscription.select().exists()


def test_three_refusals_in_a_row_end_a_subscription(cast, allow):
    allow(cast.ada)
    for refused in (True, True, False, True, True):
        push.note(Subscription.get(), refused)
    assert Subscription.get().failed == 2
    push.note(Subscription.get(), refused=True)
    assert not Subscription.select().exists()


@pytest.mark.parametrize("answers", [[410, 201], [201, 410], [410, 201, 410], [201, 410, 201], [410, 410, 201, 201]])
def test_the_last_message_says_whether_an_address_is_dead(
        cast, add_device, sender, told, remind, tick, service, answers):
    device = add_device(cast.ada)
    for number, status in enumerate(answers):
        push.subscribe(device, sender, told())
        assert not Device.get_by_id(device.id).lost
        remind(cast.ada, 20)
        service.fail_next(status, times=int(status != 201))
        tick(number)
    push.forget(device)
    assert Device.get_by_id(device.id).lost == (answers[-1] == 410)
