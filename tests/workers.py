"""The worker of one device, by the browser's own tools (Chromium): Playwright would wait for one that ends for ever."""
from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import CDPSession, Page

MOST_LOOKS = 2_000  # for the answer of a worker that may have ended
Call = tuple[str, dict[str, Any]]


def heap(page: Page) -> int:
    """Bytes in use after the garbage is gone; 0 while no worker runs."""
    told = call(page, ("HeapProfiler.collectGarbage", {}), ("Runtime.getHeapUsage", {}))
    return int(told.get("usedSize", 0))


def call(page: Page, *calls: Call) -> dict[str, Any]:
    """What the worker answers to the last of these calls; {} while none runs, or when it ends meanwhile."""
    browser = page.context.browser
    assert browser
    device = page.context.new_cdp_session(page)
    context = device.send("Target.getTargetInfo")["targetInfo"]["browserContextId"]
    device.detach()
    session = browser.new_browser_cdp_session()
    found = [one["targetId"] for one in session.send("Target.getTargets")["targetInfos"]
             if one["type"] == "service_worker" and one.get("browserContextId") == context]
    told = through(session, found[0], calls) if found else {}
    session.detach()
    return told


def through(browser: CDPSession, target: str, calls: tuple[Call, ...]) -> dict[str, Any]:
    """Call a target that Playwright has no session for."""
    heard: dict[int, Any] = {}
    browser.on("Target.receivedMessageFromTarget", lambda event: note(heard, json.loads(event["message"])))
    at = browser.send("Target.attachToTarget", {"targetId": target, "flatten": False})["sessionId"]
    for number, (method, params) in enumerate(calls, 1):
        message = json.dumps({"id": number, "method": method, "params": params})
        browser.send("Target.sendMessageToTarget", {"sessionId": at, "message": message})
    for _ in range(MOST_LOOKS):
        if len(calls) in heard:
            break
        browser.send("Target.getTargets")  # meanwhile the answer comes
    return heard.get(len(calls), {}).get("result", {})


def note(heard: dict[int, Any], message: dict[str, Any]) -> None:
    """The answers; the rest is events."""
    if "id" in message:
        heard[message["id"]] = message
