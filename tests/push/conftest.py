"""Fixtures of push: a stand-in service, a sender that reaches it, and people's phones that subscribed."""
from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest

from tests.push.service import PushService

# Real clicks need a D-Bus. Where there is none these tests are not collected, which the last line of a run says.
collect_ignore = [] if shutil.which("dbus-daemon") or os.environ.get("CI") else ["test_push_browser.py"]
# A P-256 point and a secret that a browser could have (RFC 8291, appendix A).
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


@pytest.fixture
def service():
    with PushService() as running:
        yield running


@pytest.fixture
def sender(tmp_path, service):
    """Sends to `service` with a key of its own."""
    from mentorlog.outgoing import PUSH_HOSTS, Outgoing
    from mentorlog.push.keys import load_keys
    from mentorlog.push.sending import Sender
    return Sender(load_keys(tmp_path, "mailto:ops@example.org"), Outgoing(PUSH_HOSTS, connect=service.connect))


@pytest.fixture
def told(sender, service) -> Callable[..., dict]:
    """What a browser tells when it subscribed: `told()`, or with another endpoint."""
    def subscription(endpoint: str = "") -> dict:
        return {"endpoint": endpoint or service.subscribe(sender.keys.current.public),
                "keys": {"p256dh": P256DH, "auth": AUTH}, "key": sender.keys.current.public}
    return subscription


@pytest.fixture
def add_device(database) -> Callable:
    """Signs a person in on one more device."""
    from mentorlog import clock
    from mentorlog.models import Device

    def add(person, zone: str = "Europe/Berlin"):
        number = Device.select().count()
        return Device.create(person=person.id, secret_hash=f"{number}", label="Chrome on Android", zone=zone,
                             seen_at=clock.now())
    return add


@pytest.fixture
def allow(add_device, sender, told) -> Callable:
    """One more device of a person, which allowed reminders: `allow(cast.ada)`."""
    from mentorlog import push

    def allow(person, zone: str = "Europe/Berlin"):
        device = add_device(person, zone)
        push.subscribe(device, sender, told())
        return device
    return allow
