"""What a reminder does when its push service refuses, fails, hangs or is not who it should be: a rule for each."""
from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

import pytest

from mentorlog import clock, outgoing, push, reminders
from mentorlog.models import Delivery, Device, Subscription
from mentorlog.outgoing import Outgoing
from mentorlog.push.keys import load_keys
from tests.push.conftest import SITE
from tests.push.gcm import certificate
from tests.push.test_deadline import HEAD, dripping
from tests.push.test_outgoing import reply, sending_to, server


def outcomes():
    return sorted(row.outcome for row in Delivery.select())


@pytest.mark.parametrize(("status", "counted"), [(400, 1), (401, 0), (403, 0), (413, 1)])
def test_refused_for_good_is_not_sent_again(cast, allow, remind, tick, service, status, counted):
    allow(cast.ada)
    remind(cast.ada)
    service.fail_next(status)
    tick()
    tick(120)
    assert (len(service.received), outcomes(), Subscription.get().failed) == (0, ["failed"], counted)


@pytest.mark.parametrize("status", [400, 413])
def test_address_that_is_refused_three_times_in_a_row_is_forgotten(cast, allow, remind, tick, service, status):
    allow(cast.ada)
    service.fail_next(status, times=3)
    for _ in range(3):
        remind(cast.ada)
        tick()
    assert Subscription.select().count() == 0


@pytest.mark.parametrize("status", [401, 403])
def test_no_device_is_forgotten_when_our_key_is_refused_for_all(cast, allow, remind, tick, service, status, caplog):
    for person in (cast.ada, cast.bela):
        allow(person)
        remind(person)
    tick()
    service.fail_next(status, times=10)
    for _ in range(5):
        remind(cast.ada), remind(cast.bela)
        tick()
    assert Subscription.select().count() == 2
    lines = [line for line in caplog.records if "our key or our clock" in line.getMessage()]
    said = [id for line in lines for id in line.delivery]
    refused = [row.id for row in Delivery.select().where(Delivery.outcome == "failed")]
    assert len(said) >= len(refused) - 1 == 9 and set(said) <= set(refused)
    assert {line.status for line in lines} == {status} and all(line.count == len(line.delivery) for line in lines)


def test_device_that_is_bound_to_another_key_is_forgotten_while_others_are_reached(
        cast, allow, remind, tick, service, told):
    allow(cast.ada), allow(cast.bela)
    bound = Subscription.get(Subscription.device == Device.get(Device.person == cast.ada.id).id)
    service.subscriptions[bound.endpoint.rpartition("/")[2]]["key"] = b"another"
    for left in (2, 2, 1):
        for person in (cast.bela, cast.ada):
            remind(person)
            tick()
        assert Subscription.select().count() == left
    assert len(service.received) == 3


@pytest.mark.parametrize("status", [408, 425, 429, 500, 501, 502, 503, 504, 507, 520, 599])
def test_refused_for_now_is_sent_again_and_does_not_count(cast, allow, remind, tick, service, status):
    allow(cast.ada)
    remind(cast.ada)
    service.fail_next(status, times=5)
    for second in (0, 1, 3, 7, 15):
        tick(second)
    assert (len(service.received), len(service.refused), outcomes()) == (0, 5, [""])
    tick(31)
    assert (len(service.received), outcomes(), Subscription.get().failed) == (1, ["sent"], 0)


@contextmanager
def nobody():
    with socket.create_server(("127.0.0.1", 0)) as line:
        port = line.getsockname()[1]
    yield f"http://127.0.0.1:{port}"


@contextmanager
def never_answering():
    quiet = threading.Event()
    with server(lambda _: quiet.wait(10)) as (origin, _):
        yield origin
        quiet.set()


@contextmanager
def dripping_its_status():
    with dripping(HEAD[:9], b"1") as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def vouched_for_by_nobody():
    with server(reply, certificate()[0]) as (origin, _):
        yield origin.replace("http:", "https:")


@contextmanager
def without_tls():
    with server(reply) as (origin, _):
        yield origin.replace("http:", "https:")


@pytest.mark.parametrize("trouble", [nobody, never_answering, dripping_its_status, vouched_for_by_nobody, without_tls])
def test_f49_service_in_trouble_is_asked_again_and_holds_up_no_other(
        trouble, cast, add_device, remind, told, now, tmp_path, monkeypatch):
    for limit in ("CONNECT_SECONDS", "READ_SECONDS", "LONGEST_SECONDS"):
        monkeypatch.setattr(outgoing, limit, 0.5)
    with trouble() as bad, server(reply) as (good, asked), sending_to(bad) as way:
        way.origins |= Outgoing((), own=(good,)).origins
        sender = push.Sender(load_keys(tmp_path, "mailto:ops@example.org"), way)
        for number in range(10):
            push.subscribe(add_device(cast.bela), sender, told(f"{bad}/{number}"))
        push.subscribe(add_device(cast.ada), sender, told(f"{good}/ada"))
        remind(cast.bela)
        remind(cast.ada)
        with clock.at(now):
            reminders.tick(sender, SITE)
    waiting = Delivery.select().where(Delivery.outcome == "")
    assert (asked, outcomes()) == (["/ada"], [""] * 10 + ["sent"])
    assert {(row.leased_until, row.next_at > now, row.tries) for row in waiting} == {(None, True, 1)}
