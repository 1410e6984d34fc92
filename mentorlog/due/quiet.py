"""When nothing may be said: the quiet hours of a person."""
from __future__ import annotations

from datetime import datetime, timedelta

from .. import clock
from ..records import Fields

A_DAY = timedelta(days=1)


def held_back(fields: Fields, zone: str, instant: datetime) -> datetime | None:
    """Until when a message of this instant has to wait; None where it may be said at once.

    fields: of the person's settings. The quiet hours are wall times of the zone, from the first until just before the
    second, over midnight too. A message that falls into them goes at their end if it is still of use then, else never:
    a reminder to join has no use after the beginning. What waited goes out together, so that it disturbs once.
    """
    start, end = fields.get("quiet_from"), fields.get("quiet_until")
    if not start or not end or start == end:
        return None
    here = clock.parts(instant, zone)
    if not (start <= here["time"] < end if start < end else here["time"] >= start or here["time"] < end):
        return None
    until = clock.instant(here["on"], end, zone)
    if here["time"] >= end:
        until = clock.instant(clock.parts(instant + A_DAY, zone)["on"], end, zone)
    return until if until > instant else None
