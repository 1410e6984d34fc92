"""The session that an entry is about: which ones to offer, which one is at hand, until which one a new goal runs."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

from .. import agenda, clock
from ..goals import looking as goals

LATELY, AHEAD = 3, 2  # sessions offered of those before, and of those to come
JUST_ENDED = timedelta(hours=12)
Record = dict[str, Any]
Meeting = dict[str, Any]  # {id, start: parts}


def lately(person: Any) -> list[Record]:
    """The last sessions that began and did not fall through, the newest first."""
    return agenda.lately(person, clock.now())[:LATELY]


def choices(person: Any, past: list[Record], near: list[Meeting], chosen: str, zone: str) -> list[Meeting]:
    """The sessions to choose from, the oldest first; before them the one that is chosen already and is none of them."""
    rows = [*(goals.meeting(one, zone) for one in past[::-1]), *near[:AHEAD]]
    own = None if chosen in [one["id"] for one in rows] else goals.linked(person, chosen)
    return [goals.meeting(own, zone), *rows] if own else rows


def at_hand(past: list[Record], near: list[Meeting], zone: str) -> str:
    """The session that an entry begun now is about: it is on, ended just now, or is today; "" for none."""
    moment = clock.now()
    today = clock.parts(moment, zone)["on"]
    if past and (agenda.end(past[0]) > moment - JUST_ENDED or goals.meeting(past[0], zone)["start"]["on"] == today):
        return str(past[0]["id"])
    return next((one["id"] for one in near[:1] if one["start"]["on"] == today), "")


def until(near: list[Meeting], about: str) -> Meeting | None:
    """The session by which a goal is due that is set in an entry about this one: the next, after it."""
    return next((one for one in near if one["id"] != about), None)
