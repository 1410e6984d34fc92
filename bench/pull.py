"""The first pull of 5,000 records by a new phone."""
from __future__ import annotations

import gzip
import time
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import Browser

from bench.asking import BareDevice
from bench.place import Counting, Place, new_page, place
from bench.table import Row
from bench.words import texts
from tests import cast
from tests.browser_sign_in import arrive

if TYPE_CHECKING:
    from mentorlog.models import Person

COUNT = 5_000
BATCH = 500
RUNS = 3


def fill() -> None:
    """Ada has 5,000 entries."""
    ada = cast.gather().ada
    written = texts(COUNT)
    for start in range(0, COUNT, BATCH):
        write(ada, written[start:start + BATCH])


def write(person: Person, written: list[str]) -> None:
    """Take these entries through the one door."""
    from mentorlog.sync import apply
    outcomes = apply.take(person, None, [change(text) for text in written])
    assert {one["outcome"] for one in outcomes.values()} == {"accepted"}


def change(text: str) -> dict[str, object]:
    """A new entry with this text."""
    from mentorlog import clock, records
    return {"id": records.new_id(), "kind": "entry", "record": records.new_id(), "base": None,
            "fields": {"text": text}, "made_at": clock.iso(clock.now())}


def rows() -> list[Row]:
    """The bodies that come down, and how long it takes from the first request until Today is there."""
    floor = len(gzip.compress("\n".join(texts(COUNT)).encode(), 6))
    with place(fill) as here:
        browser = here.browser()
        runs = [(phone(here, browser), bare(here)) for _ in range(RUNS)]
    seconds = median(took for (took, _), _ in runs)
    size = median(size for (_, size), _ in runs)
    return [
        Row("first pull of 5,000 records, bodies that come down", size, floor, "bytes", "gzip of the texts alone",
            "≤ 1.5"),
        Row("the same, until Today is there with all of it", seconds, median(took for _, took in runs), "s",
            "the same requests by a client that keeps nothing"),
    ]


def phone(here: Place, browser: Browser) -> tuple[float, int]:
    """A new phone signs in: seconds, and bytes of the bodies."""
    counting = Counting()
    here.line.breaks(counting)
    page = new_page(browser, here.line)
    arrive(page)
    ended = time.perf_counter()
    page.context.close()
    pages = [one for one in counting.passed if one.what == "POST /sync"]
    return ended - pages[0].began, sum(len(one.reply.body) for one in pages)


def bare(here: Place) -> float:
    """Seconds for a client that only asks."""
    device = BareDevice(here.server.url)
    began = time.perf_counter()
    assert device.pull() == COUNT
    return time.perf_counter() - began
