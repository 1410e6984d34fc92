"""When the loop last ran, and what came late or not at all: for `/readyz`, whichever process sends."""
from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from .. import clock, files
from ..models import Delivery, Pulse

NAME = "reminders"
EVERY = timedelta(seconds=15)
A_WEEK = timedelta(days=7)
HELD = timedelta(minutes=1)  # a round, by who said last that it goes on
NAMED = 100  # in one line

log = logging.getLogger(__name__)


class Late(NamedTuple):
    """A message that went out late. by: how much; reminder: its id."""

    by: timedelta
    reminder: str


def beat() -> None:
    """Note that the loop runs; once in fifteen seconds is enough, and a clock that went back counts as later."""
    now = clock.now()
    fresh = (Pulse.ran_at > now - EVERY) & (Pulse.ran_at <= now)
    if not Pulse.select().where(Pulse.name == NAME, fresh).exists():
        (Pulse.insert(name=NAME, ran_at=now)
         .on_conflict(conflict_target=[Pulse.name], update={Pulse.ran_at: now}).execute())


def last_ran() -> datetime:
    """When the loop last ran by the clock of then, in whichever process; now where it never did."""
    row = Pulse.get_or_none(Pulse.name == NAME)
    return row.ran_at if row else clock.now()


def takes_round() -> datetime | None:
    """Take on the round of this day (UTC): since when, None where it was made or another process is at it.

    Who makes it says so again and again; of one that was stopped half way another takes it over, from the beginning,
    as nothing in it is said twice. After an update it is made anew: the rows are of a version.
    """
    now = clock.now()
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if Pulse.select().where(Pulse.name == made(), Pulse.ran_at >= day, Pulse.ran_at <= now).exists():
        return None
    Pulse.insert(name=under_way(), ran_at=now - HELD).on_conflict_ignore().execute()
    free = (Pulse.ran_at <= now - HELD) | (Pulse.ran_at > now + HELD)
    taken: int = Pulse.update(ran_at=now).where(Pulse.name == under_way(), free).execute()
    return now if taken else None


def holds_round() -> None:
    """Go on with it."""
    Pulse.update(ran_at=clock.now()).where(Pulse.name == under_way()).execute()


def ends_round(began: datetime) -> None:
    """It is made, for the day on which it began; what former versions left here a week ago is forgotten."""
    (Pulse.insert(name=made(), ran_at=began)
     .on_conflict(conflict_target=[Pulse.name], update={Pulse.ran_at: began}).execute())
    old = (Pulse.name != NAME) & (Pulse.ran_at < clock.now() - A_WEEK)
    Pulse.delete().where((Pulse.name == under_way()) | old).execute()


def made() -> str:
    """The name of the row that says when this version made the round last."""
    return f"r-{files.version()}"


def under_way() -> str:
    """The name of the row that says when it was last at it."""
    return f"w-{files.version()}"


def count_late(number: int) -> None:
    """Count reminders that came late, or never."""
    if number:
        now, more = clock.now(), {Pulse.late: Pulse.late + number, Pulse.late_at: clock.now()}
        (Pulse.insert(name=NAME, ran_at=now, late=number, late_at=now)
         .on_conflict(conflict_target=[Pulse.name], update=more).execute())


def give_up(ids: Sequence[str]) -> None:
    """Count what will never come, as it is of no use any more, and say so. ids: of reminders, for each device once."""
    count_late(len(ids))
    if ids:
        log.warning("reminders were given up", extra={"count": len(ids), "reminder": sorted(set(ids))})


def say_late(late: Sequence[Late]) -> None:
    """Say so once for all of them, or for a hundred at a time: each is named."""
    for start in range(0, len(late), NAMED):
        some = late[start:start + NAMED]
        log.warning("reminders were late", extra={
            "count": len(some), "seconds": round(max(some).by.total_seconds()),
            "reminder": sorted({one.reminder for one in some})})


def told() -> dict[str, Any]:
    """For the operator: {ran_at, seconds since then, late: how many so far came late or never, late_at,
    letters_refused: of a week}; None where it never was."""
    row, refused = Pulse.get_or_none(Pulse.name == NAME), letters_refused()
    if row is None:
        return {"ran_at": None, "seconds": None, "late": 0, "late_at": None, "letters_refused": refused}
    return {"ran_at": clock.iso(row.ran_at), "seconds": round((clock.now() - row.ran_at).total_seconds()),
            "late": row.late, "late_at": clock.iso(row.late_at) if row.late_at else None,
            "letters_refused": refused}


def letters_refused() -> int:
    """How many letters of the last week the mail server refused."""
    lost = Delivery.outcome.in_(Delivery.LOST) & (Delivery.due_at > clock.now() - A_WEEK)
    return Delivery.select().where(lost, Delivery.device.is_null()).count()
