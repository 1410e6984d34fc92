"""What a desk says whose owner travels: reminders go by the phone's clock, pages by its own. See steps_today.py."""
from __future__ import annotations

from tests.cast import Cast
from tests.contracts.before import travelled
from tests.contracts.steps_today import OPENED, PLAN


def away() -> Cast:
    """Her phone came to New York an hour before."""
    return travelled("Europe/Berlin", "America/New_York")


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
