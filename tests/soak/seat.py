"""One device in the soak: a browser context with two tabs, its own line, and what can be measured of it."""
from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from tests.browser_sign_in import arrive
from tests.hands import MODULES, clock_can_jump
from tests.proxy import FaultProxy

# Every row of every store of this person, and how much that is as JSON.
STORES = "async () => {" + MODULES + """
  const names = ['snapshot', 'former', 'changes', 'records', 'drafts', 'notices', 'used', 'meta'];
  const all = await store.read(names, tx => Promise.all(names.map(name => tx.objectStore(name).getAll())));
  await store.close();
  return Object.fromEntries(names.map((name, place) => [name, all[place]]));
}"""
SIZE = "async () => (await navigator.storage.estimate()).usageDetails?.indexedDB ?? 0"


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

    def end_worker(self) -> None:
        """As a browser does that is short of memory."""
        self.tools.send("ServiceWorker.enable")
        self.tools.send("ServiceWorker.stopAllWorkers")

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
        return self.tabs[0].evaluate(STORES)

    def figures(self) -> dict[str, int]:
        """Bytes of IndexedDB and of what stands in it as JSON, bytes of the heaps of the page and of the worker."""
        raw = len(json.dumps(self.stores(), ensure_ascii=False).encode())
        return {"indexeddb": self.tabs[0].evaluate(SIZE), "json": raw,
                "page": heap(self.tools), "worker": self.worker_heap()}

    def worker_heap(self) -> int:
        """0 while no worker runs."""
        browser = self.context.browser
        assert browser
        session = browser.new_browser_cdp_session()
        origin = self.line.url
        targets = session.send("Target.getTargets")["targetInfos"]
        found = [one["targetId"] for one in targets if one["type"] == "service_worker" and origin in one["url"]]
        size = through(session, found[0]) if found else 0
        session.detach()
        return size

    def home(self) -> None:
        """Everything is sent, everything is heard."""
        page = self.tabs[0]
        page.goto("/today")
        expect(page.locator("#line")).not_to_have_attribute("data-state", "waiting", timeout=120_000)


def heap(session: CDPSession) -> int:
    """Bytes in use in a page, after the garbage is gone."""
    session.send("HeapProfiler.collectGarbage")
    return int(session.send("Runtime.getHeapUsage")["usedSize"])


def through(browser: CDPSession, target: str) -> int:
    """The same of a target that Playwright has no session for."""
    heard: dict[int, Any] = {}
    browser.on("Target.receivedMessageFromTarget", lambda event: note(heard, json.loads(event["message"])))
    at = browser.send("Target.attachToTarget", {"targetId": target, "flatten": False})["sessionId"]
    for number, method in enumerate(("HeapProfiler.collectGarbage", "Runtime.getHeapUsage")):
        message = json.dumps({"id": number, "method": method})
        browser.send("Target.sendMessageToTarget", {"sessionId": at, "message": message})
    while 1 not in heard:
        browser.send("Target.getTargets")  # meanwhile the answer comes
    return int(heard[1].get("result", {}).get("usedSize", 0))


def note(heard: dict[int, Any], message: dict[str, Any]) -> None:
    if "id" in message:
        heard[message["id"]] = message
