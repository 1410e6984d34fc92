"""Web push: who may be sent to, and how a message gets there. `reminders` decides what and when."""
from __future__ import annotations

from ..config import Config
from ..outgoing import PUSH_HOSTS, Connect, Outgoing
from .keys import Key, Keys, ensure_keys, load_keys
from .routes import bp
from .sending import Outcome, Resting, Sender
from .subscriptions import forget, forget_if_same, note, subscribe
from .testing import TEST_TTL_SECONDS, may_test, send_test

__all__ = [
    "TEST_TTL_SECONDS", "Key", "Keys", "Outcome", "Resting", "Sender", "bp", "ensure_keys", "forget", "forget_if_same",
    "load_keys", "may_test", "note", "open_sender", "send_test", "subscribe",
]


def open_sender(config: Config, connect: Connect | None = None) -> Sender:
    """The sender of a server, with the keys in its data folder; made when there are none yet.

    connect: see `Outgoing`; only tests give one.
    """
    return Sender(load_keys(config.data, subject(config)), Outgoing(PUSH_HOSTS, config.push_hosts, connect))


def subject(config: Config) -> str:
    """How a push service reaches the operator (RFC 8292, 2.1): what was set, else the address of the site."""
    if config.contact:
        return config.contact if ":" in config.contact else f"mailto:{config.contact}"
    return config.base_url if config.base_url.startswith("https://") else "mailto:operator@localhost"
