"""Ada's session of tomorrow at four, and what its pages say from minute to minute."""
from __future__ import annotations

import re
from datetime import timedelta

from mentorlog import clock, records
from tests.submitting import submit

STARTS = clock.parse("2026-11-24T15:00:00.000Z")
PLAN = {"starts_on": "2026-11-24", "starts_time": "16:00", "zone": "Europe/Berlin", "minutes": "45"}
BUTTON = re.compile(r"<a [^>]*data-opens=\"fallback\"[^>]*>It isn’t working</a>")


def at(minutes: float):
    """So many minutes after the session begins."""
    return clock.at(STARTS + timedelta(minutes=minutes))


def plan(client, **typed: str) -> str:
    """A session tomorrow; its address."""
    with at(-1440):
        reply = submit(client, "/sessions/new", **(PLAN | typed))
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return reply.headers["Location"]


def mentor(client, **typed: str) -> str:
    """The id of a new card of R. O."""
    return submit(client, "/partners/new", name="R. O.", **typed).headers["Location"].rpartition("/")[2]


def page(client, path: str) -> str:
    reply = client.get(path)
    assert reply.status_code == 200
    return reply.get_data(as_text=True)


def button(shown: str) -> str:
    """`now`, `later` for one that a script shows when it is time, or nothing."""
    found = BUTTON.search(shown)
    return "" if not found else "later" if "hidden" in found[0] else "now"


def fields_of(person, kind: str = "session") -> dict:
    return records.shelf(person, kind)[0]["fields"]
