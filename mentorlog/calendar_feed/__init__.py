"""The calendar feed: a person's sessions, with alarms, in the calendar that they have already.

One secret address for each person, read by calendars that sign in nowhere. It carries the app's own sentences; names
and what was written beside a number only when the person chose so.
"""
from __future__ import annotations

from .routes import bp

__all__ = ["bp"]
