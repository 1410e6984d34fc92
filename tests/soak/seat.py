"""One device in the soak: a browser context with two tabs, its own line, and what can be measured of it."""
from __future__ import annotations

import itertools
import json
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Error, Page, expect

from tests import workers
from tests.browser_sign_in import arrive
from tests.hands import WRONG_CLOCK, clock_can_jump, send
from tests.proxy import FaultProxy

# Every row of every store of this person. Without the app's own module, which a page can only load from a server.
STORES = """async () => {
  const got = request => new Promise((yes, no) => {
    request.onsuccess = () => yes(request.result);
    request.onerror = () => no(request.error);
  });
  const db = await got(indexedDB.open(`mentorlog-${document.documentElement.dataset.person}`));
  const names = ['snapshot', 'former', 'changes', 'records', 'drafts', 'notices', 'used', 'meta'];
  const tx = db.transaction(names);
  const all = await Promise.all(names.map(name => got(tx.objectStore(name).getAll())));
  db.close();
  return Object.fromEntries(names.map((name, place) => [name, all[place]]));
}"""
SIZE = "async () => (await navigator.storage.estimate()).usageDetails?.indexedDB ?? 0"


# `evaluate` waits for ever where a page that is on its way to another one, or a store that is locked, gives no answer.
ASKED = """arg => {
  const all = globalThis.asked ??= new Map();
  const one = all.get(%d) ?? {};
  const note = (name) => (what) => { one.told = { [name]: name === 'why' ? `${what}` : what }; };
  if (!all.has(%d)) Promise.resolve(arg).then(%s).then(note('said'), note('why'));
  all.set(%d, one);
  return one.told;
}"""
numbers = itertools.count()


def asked(page: Page, what: str, arg: Any = None) -> Any:
    """What a function says in a page, when it says it before long; a page that is left meanwhile is asked anew.

    :raise Error: it fails, or says nothing
    """
    number = next(numbers)
    told = page.wait_for_function(ASKED % (number, number, what, number), arg=arg, polling=20).json_value()
    if "why" in told:
        raise Error(told["why"])
    return told.get("said")


class Seat:
    """A device of one person; `tabs` are its two pages."""

    def __init__(self, name: str, page: Page, line: FaultProxy) -> None:
        self.name, self.line = name, line
        clock_can_jump(page)
        arrive(page)
        self.context: BrowserContext = page.context
        self.tabs = [page, self.context.new_page()]
        self.tabs[1].goto("/today")
        self.tools = self.context.new_cdp_session(page)

    def new_tab(self, place: int) -> Page:
        """A tab is closed, without a farewell, and another one opened."""
        fresh = self.context.new_page()
        self.tabs[place].close(run_before_unload=False)
        self.tabs[place] = fresh
        if place == 0:
            self.tools = self.context.new_cdp_session(fresh)
        fresh.goto("/today")
        return fresh

    def stores(self) -> dict[str, list[Any]]:
        """Everything that this device holds."""
        return asked(self.tabs[0], STORES)

    def figures(self) -> dict[str, int]:
        """Bytes of IndexedDB and of what stands in it as JSON, bytes of the heaps of the page and of the worker."""
        raw = len(json.dumps(self.stores(), ensure_ascii=False).encode())
        return {"indexeddb": self.tabs[0].evaluate(SIZE), "json": raw,
                "page": heap(self.tools), "worker": self.worker_heap()}

    def worker_heap(self) -> int:
        """0 while no worker runs."""
        return workers.heap(self.tabs[0])

    def set_clock(self, wrong: int) -> None:
        """The clock of this device jumps: in the worker that runs, and in every page that comes after."""
        self.tabs[0].evaluate("wrong => localStorage.setItem('wrong', wrong)", wrong)
        workers.call(self.tabs[0], ("Runtime.evaluate", {"expression": f"({WRONG_CLOCK})({wrong})"}))

    def home(self) -> None:
        """Everything is sent, everything is heard."""
        page = self.tabs[0]
        page.goto("/today")
        expect(page.locator("#line")).not_to_have_attribute("data-state", "waiting", timeout=120_000)


def come_home(seats: list[Seat]) -> None:
    """All devices have everything of each other."""
    for seat in seats * 3:
        seat.home()
        send(seat.tabs[0])


def heap(session: CDPSession) -> int:
    """Bytes in use in a page, after the garbage is gone."""
    session.send("HeapProfiler.collectGarbage")
    return int(session.send("Runtime.getHeapUsage")["usedSize"])
