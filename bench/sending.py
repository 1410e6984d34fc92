"""A phone that was away long: 1,000 changes wait on it, then there is a line."""
from __future__ import annotations

import gzip
import time
from statistics import median
from typing import Any

from playwright.sync_api import Page

from bench.asking import BareDevice
from bench.place import Counting, Passed, Place, new_page, place
from bench.pull import change
from bench.table import Row
from bench.words import texts
from tests import trouble
from tests.browser_sign_in import arrive
from tests.contracts.conversation import TELL

COUNT = 1_000
RUNS = 3
# The worker answers each form as it would answer a tap; the seam that the contracts use.
WRITE = """async texts => {
  const play = step => new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = event => resolve(event.data);
    navigator.serviceWorker.controller.postMessage({ type: 'play', ...step }, [port2]);
  });
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const form = { method: 'POST', path: '/journal/new', headers };
  for (const text of texts) {
    const fields = { change: crypto.randomUUID(), record: crypto.randomUUID(), base: '', after: '', text };
    const { status } = await play({ ...form, body: String(new URLSearchParams(fields)) });
    if (status !== 303) throw new Error(`refused: ${status}`);
  }
}"""


def rows() -> list[Row]:
    """Seconds until nothing waits, and the bodies that go up, beside a client that sends the same from memory."""
    written = texts(COUNT)
    floor = len(gzip.compress("\n".join(written).encode(), 6))
    with place(MENTORLOG_TESTING="true") as here:
        browser = here.browser()
        runs = [(phone(here, new_page(browser, here.line), written), bare(here, written)) for _ in range(RUNS)]
    return [
        Row("sending 1,000 waiting changes", median(took for (took, _), _ in runs), median(took for _, took in runs),
            "s", "one request of a client that keeps nothing"),
        Row("the same, bodies that go up", median(size for (_, size), _ in runs), floor, "bytes",
            "gzip of the texts alone"),
    ]


def phone(here: Place, page: Page, written: list[str]) -> tuple[float, int]:
    """Write while there is no line, then send: seconds, and bytes of the bodies that carry changes."""
    here.line.mend()
    arrive(page)
    here.line.breaks(trouble.DOWN)
    page.evaluate(WRITE, written)
    counting = Counting()
    here.line.breaks(counting)
    began = time.perf_counter()
    said: dict[str, Any] = {"waiting": COUNT}
    while said["waiting"]:
        said = page.evaluate(TELL, {"type": "sync"})
    took = time.perf_counter() - began
    page.context.close()
    return took, sum(len(one.request.body) for one in carrying(counting.passed))


def carrying(passed: list[Passed]) -> list[Passed]:
    """The requests that are packed: those with changes in them."""
    return [one for one in passed if one.what == "POST /sync" and one.request.header("Content-Encoding")]


def bare(here: Place, written: list[str]) -> float:
    """Seconds for one request with the same from memory."""
    device = BareDevice(here.server.url)
    device.pull()
    changes = [change(text) for text in written]
    began = time.perf_counter()
    told = device.sync(changes)
    took = time.perf_counter() - began
    assert len(told["outcomes"]) == COUNT
    return took
