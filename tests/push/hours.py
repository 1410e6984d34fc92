"""The hour of a session in the words of a notification."""
from __future__ import annotations

from datetime import datetime

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def said_at(start: datetime, zone: str) -> str:
    """`at 15:00`; `on Friday at 00:10` where that is not today by a clock of the zone."""
    from mentorlog import clock
    here, today = clock.parts(start, zone), clock.parts(clock.now(), zone)["on"]
    return f"at {here['time']}" if here["on"] == today else f"on {DAYS[here['weekday']]} at {here['time']}"
