"""What a desk says whose owner travels: reminders go by the phone's clock, pages by its own. See steps_today.py."""
from __future__ import annotations

from mentorlog.records import name_id
from tests.cast import Cast
from tests.contracts.before import PHONE, change, with_devices, wrote
from tests.contracts.steps_today import OPENED, PLAN


def away() -> Cast:
    """Her phone came to New York an hour before."""
    cast = with_devices()
    there = {"here": "America/New_York", "here_before": "Europe/Berlin", "here_at": "2026-11-24T08:00:00.000Z"}
    wrote(cast, PHONE, "24T08:00", change(1, "settings", name_id(cast.ada.names, "settings"), None, **there))
    return cast


GIVEN = away
STEPS = [
    ("GET", "/today"),
    ("GET", "/settings"),
    ("GET", "/settings/reminders"),
    ("GET", "/settings/look"),
    ("GET", "/times/hours"),
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN}),
    ("GET", "/sessions/{id}"),
    ("GET", "/settings/reminders"),
    ("POST", "/settings/reminders", {**OPENED, "quiet_from": "x"}),
    # With a zone of her own both are by that one.
    ("GET", "/settings/look"),
    ("POST", "/settings/look", {**OPENED, "theme": "auto", "text_size": "normal", "zone": "Asia/Kathmandu"}),
    ("GET", "/today"),
    ("GET", "/settings/reminders"),
    ("GET", "/times/hours"),
]
