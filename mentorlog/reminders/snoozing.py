"""*Snooze 10 minutes*: a reminder that was shown comes again, on the device that asked."""
from __future__ import annotations

from datetime import datetime, timedelta

from .. import clock, due
from ..database import db
from ..due import GOAL, JOIN, PREPARE, WORKSHEET
from ..errors import Missing, Refused
from ..models import Delivery, Device, Reminder

MINUTES = 10
SNOOZE = timedelta(minutes=MINUTES)
BEGINS = "It begins before that, so it stays here."
OVER = {JOIN: BEGINS, PREPARE: BEGINS, WORKSHEET: "The session begins before that, so it stays here.",
        GOAL: "Its day is over by then, so it stays here."}
HUSHED = "Your {hours} hours begin before that and last until {over}, so it stays here."
LASTS = {JOIN: "it has begun", PREPARE: "it has begun", WORKSHEET: "the session has begun", GOAL: "its day is over"}


def snooze(device: Device, id: str) -> datetime:
    """Let a reminder come again; the moment at which it will: in ten minutes, or at the end of the person's quiet and
    focus hours. Asked twice, it comes once.

    id: of the reminder. It is recomputed like any other when it goes: what was moved or done meanwhile stays away.

    :raise Missing: not a reminder that went to this device
    :raise Refused: it is of no use any more by then, or they last until it is
    """
    again = clock.now() + SNOOZE
    mine = (Delivery.reminder == id) & (Delivery.device == device.id)
    with db.atomic():
        row = Delivery.get_or_none(mine)
        if row is None:
            raise Missing
        if row.outcome == "" and row.leased_until is None and not row.tries:  # one that is tried again waits longer
            return max(row.next_at, clock.now())  # it is put off already
        reminder = Reminder.get_by_id(id)
        if reminder.expires_at <= again:
            raise Refused(OVER[reminder.kind])
        again = free(reminder, again)
        Delivery.update(outcome="", next_at=again, due_at=again, leased_until=None, tries=0, sent_at=None).where(
            mine).execute()
    return again


def free(reminder: Reminder, again: datetime) -> datetime:
    """This moment, or the end of the hours in which it lies: then the loop sends it.

    :raise Refused: by then it is of no use any more, and the loop would drop it
    """
    wishes = due.wishes_of([reminder.person])[reminder.person]
    until = due.held_back(wishes, again, reminder.expires_at) or again
    if until >= reminder.expires_at:
        raise Refused(HUSHED.format(hours=wishes.silence, over=LASTS[reminder.kind]))
    return until


def is_later(again: datetime) -> bool:
    """Whether it comes later than was asked for, as hours in which nothing rings hold it back."""
    return again > clock.now() + SNOOZE
