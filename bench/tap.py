"""A tap to the next screen on a warm device, against Flask behind a line and on the same machine.

Without motion: a view transition puts off the paint by its own length, whoever answers.
"""
from __future__ import annotations

from itertools import cycle
from statistics import median

from playwright.sync_api import Browser, Page

from bench.place import arrived, new_page, opened, place
from bench.table import Row
from tests import trouble
from tests.browser_sign_in import sign_in
from tests.proxy import FaultProxy

ROUNDS = 12
WARM_UP = 4
SCREENS = ("/journal", "/goals", "/questions", "/sessions", "/today")
STILL = {"reduced_motion": "reduce"}
LINE_SECONDS = 0.04
FAST_KBITS = 1_000_000  # so that only the delay counts


def rows() -> list[Row]:
    """Milliseconds from the tap until the next screen is painted and its scripts have run."""
    with place() as here:
        far = here.another_line()
        browser = here.browser()  # closed before the lines are
        worker = arrived(browser, here.line, **STILL)
        near_flask = arrived_without_worker(browser, here.line)
        far.breaks(trouble.Slow(FAST_KBITS, LINE_SECONDS))
        far_flask = arrived_without_worker(browser, far)
        ours, far_ms, near_ms = measured([worker, far_flask, near_flask])
    what = "a tap to the next screen, warm, without motion"
    return [Row(what, ours, far_ms, "ms", "Flask behind 40 ms of delay, no worker", "< 1"),
            Row(what, ours, near_ms, "ms", "Flask on the same machine, no worker", "≤ 2")]


def arrived_without_worker(browser: Browser, line: FaultProxy) -> Page:
    """A phone whose browser has no worker: Flask answers."""
    page = new_page(browser, line, service_workers="block", **STILL)
    sign_in(page)
    page.goto("/today")
    return page


def measured(pages: list[Page]) -> list[float]:
    """The median of each, tapped by turns; the first taps warm up and do not count."""
    times: list[list[float]] = [[] for _ in pages]
    for number, screen in zip(range(WARM_UP + ROUNDS), cycle(SCREENS)):
        for page, kept in zip(pages, times, strict=True):
            took = tap(page, screen)
            if number >= WARM_UP:
                kept.append(took)
    return [median(kept) for kept in times]


def tap(page: Page, screen: str) -> float:
    """Tap a link of the bar."""
    with page.expect_navigation(url=f"**{screen}"):
        page.locator(f"nav.nav a[href='{screen}']").click()
    return opened(page)["usable"]
