"""A server process with people in it, lines to it that count what passes, and a real Chromium."""
from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests import browser as finder
from tests import cast, trouble
from tests.browser_sign_in import arrive
from tests.databases import Databases
from tests.devices import ARGUMENTS, COMMON, PHONE, Console, OwnPhone
from tests.processes import Server
from tests.proxy import FaultProxy
from tests.wire import Message

PATIENCE_MS = 60_000
# Painted, and every script of the page has run. Milliseconds since the tap, or since the address was entered.
USABLE = """() => new Promise(done => {
  const { responseEnd, domContentLoadedEventEnd } = performance.getEntriesByType('navigation')[0];
  const look = () => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    if (!paint) return requestAnimationFrame(look);
    done({ html: responseEnd, usable: Math.max(domContentLoadedEventEnd, paint.startTime) });
  };
  look();
})"""


@dataclass(frozen=True)
class Passed:
    """A request and its reply. up, down: bytes with heads, as HTTP/1.1 has them; began, ended: seconds."""

    method: str
    path: str
    by_worker: bool
    request: Message
    reply: Message
    began: float
    ended: float

    @property
    def what(self) -> str:
        """`POST /sync`."""
        return f"{self.method} {self.path}"

    @property
    def down(self) -> int:
        """Bytes of the reply."""
        return len(self.reply.whole)


@dataclass
class Counting(trouble.Fault):
    """No fault: it keeps what passes."""

    passed: list[Passed] = field(default_factory=list)

    async def pass_on(self, line: trouble.Line) -> Message | None:
        """The server's reply."""
        began = time.perf_counter()
        request = await line.whole_request()
        reply = await line.ask(request)
        if reply:
            method, target, _ = request.first_line
            # Chromium: the worker's modules have this destination, what it fetches names it as the referrer
            by_worker = (request.header("Sec-Fetch-Dest") == "serviceworker"
                         or request.header("Referer").endswith("/sw.js"))
            self.passed.append(Passed(method, target.partition("?")[0], by_worker, request, reply, began,
                                      time.perf_counter()))
        return reply


@dataclass
class Place:
    """One installation to measure. `line` leads to its server and lets everything pass."""

    server: Server
    line: FaultProxy
    playwright: Playwright
    folder: Path
    stack: ExitStack

    def browser(self) -> Browser:
        """A Chromium of its own."""
        made = self.playwright.chromium.launch(executable_path=finder.path(), args=ARGUMENTS)
        self.stack.callback(made.close)
        return made

    def another_line(self) -> FaultProxy:
        """One more line, to be broken on its own."""
        return self.stack.enter_context(FaultProxy(lambda: self.server.port))

    def own_phone(self) -> OwnPhone:
        """A phone whose browser can be closed and opened cold."""
        made = OwnPhone(self.playwright, self.folder / "browser", Console(), self.line.url)
        self.stack.callback(made.close)
        return made


def filled_with_weeks() -> None:
    """The cast, and ada with the year of the demo."""
    from mentorlog import demo
    ada = cast.gather().ada
    demo.live(ada, json.loads(demo.FILE.read_text("utf-8"))["steps"])


@contextmanager
def place(fill: Callable[[], object] = filled_with_weeks, **settings: str) -> Iterator[Place]:
    """A server on SQLite in which `fill` has run, for the length of a group."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        data = folder / "data"
        data.mkdir(mode=0o700)
        url = stack.enter_context(Databases(folder).copy("sqlite", data / "mentorlog.db", fill))
        server = Server(data, **{"DATABASE_URL": url, "MENTORLOG_PACKING": "11"} | settings)
        stack.callback(server.stop)
        server.start()
        line = stack.enter_context(FaultProxy(lambda: server.port))
        yield Place(server, line, stack.enter_context(sync_playwright()), folder, stack)


def new_page(browser: Browser, line: FaultProxy, **options: Any) -> Page:
    """The page of a new phone."""
    context = browser.new_context(base_url=line.url, **{**PHONE, **COMMON, **options})
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def arrived(browser: Browser, line: FaultProxy, name: str = "ada", **options: Any) -> Page:
    """The page of a phone on which ada, or whoever is named, is signed in and everything of theirs is."""
    page = new_page(browser, line, **options)
    arrive(page, name)
    return page


def opened(page: Page) -> dict[str, float]:
    """Milliseconds until the page that is open now was there: its `html`; `usable`, painted and its scripts run."""
    return dict(page.evaluate(USABLE))
