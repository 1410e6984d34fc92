"""due/quiet in Python and in JavaScript: the same moments, for many random quiet and focus hours in many zones."""
from __future__ import annotations

import random
from datetime import timedelta

from mentorlog import clock
from mentorlog.due import Wishes, quiet
from tests.twins.test_times import AGREED, ODD

ASK = "(quiet, wishes, at, expires, earlier) => quiet.outside(wishes, at, expires, earlier)"
COUNT = 400


def asked(chance: random.Random) -> list:
    zone = chance.choice(ODD if chance.random() < 0.6 else AGREED)
    hours = [f"{chance.randrange(24):02}:{chance.choice((0, 15, 30)):02}" for _ in range(2)]
    cells = [f"{day}-{hour:02}" for day in quiet.DAYS for hour in range(6, 22) if chance.random() < 0.3]
    fields = dict(zip(("quiet_from", "quiet_until"), hours, strict=True)) if chance.random() < 0.7 else {}
    week = {"protected": cells if chance.random() < 0.7 else []} | ({"zone": chance.choice(ODD)} if cells[2:] else {})
    at = clock.parse("2026-03-20T00:00:00.000Z") + timedelta(minutes=chance.randrange(400 * 24 * 60))
    expires = at + timedelta(minutes=chance.choice((5, 30, 240, 900)))
    return [{"fields": fields, "week": week, "zone": zone}, clock.iso(at), clock.iso(expires), chance.random() < 0.5]


def answered(wishes: dict, at: str, expires: str, earlier: bool) -> str | None:
    own = Wishes("", home=wishes["zone"], fields=wishes["fields"], week=wishes["week"])
    found = quiet.outside(own, clock.parse(at), clock.parse(expires), earlier)
    return found and clock.iso(found)


def test_both_sides_say_it_at_the_same_moment(twin) -> None:
    chance = random.Random(16)
    all_asked = [asked(chance) for _ in range(COUNT)]
    found = [answered(*one) for one in all_asked]
    assert twin("due/quiet.js", ASK, all_asked) == found
    ways = {"never" if one is None else (one > at) - (one < at) for one, (_, at, *_) in
            zip(found, all_asked, strict=True)}
    assert ways == {"never", -1, 0, 1}
