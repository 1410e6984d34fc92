"""What is due to whom, and when: kept up to date by the kinds' hooks, inside the transaction of the change."""
from __future__ import annotations

from .following import follow_everybody, follow_goal, follow_session, follow_settings, follow_week, follow_worksheet
from .quiet import DAYS, held_back, outside
from .times import GOAL, JOIN, KINDS, PREPARE, WORKSHEET, Span, concerned, meeting_of, of_day, of_meeting, span
from .whereabouts import follow_phone, leads, settle_in
from .wishes import EVENING, JOIN_BEFORE, MORNING, Wishes, wishes_of

__all__ = [
    "DAYS", "EVENING", "GOAL", "JOIN", "JOIN_BEFORE", "KINDS", "MORNING", "PREPARE", "WORKSHEET", "Span", "Wishes",
    "concerned", "follow_everybody", "follow_goal", "follow_phone", "follow_session", "follow_settings", "follow_week",
    "follow_worksheet", "held_back", "leads", "meeting_of", "of_day", "of_meeting", "outside", "settle_in", "span",
    "wishes_of",
]
