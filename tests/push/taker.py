"""A push service that takes everything: one that is real asks what the time is, and in some tests it is never now."""
from __future__ import annotations

from mentorlog.models import Device, Subscription
from mentorlog.push import Outcome


class Taker:
    """Sends as `push.Sender` does, and keeps what it sent."""

    def __init__(self) -> None:
        self.messages: list[dict] = []

    def send(self, to, message, ttl, topic=None) -> Outcome:
        """Take a message."""
        self.messages.append(message["notification"])
        return Outcome("sent", status=201)


def subscribed(device: Device) -> Device:
    """The device, which gets its messages from it."""
    Subscription.create(device=device.id, endpoint=device.id, p256dh="", auth="", key_id="")
    return device
