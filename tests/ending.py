"""How a test ends a worker in the middle of taking a form, at a moment that it can tell.

Not while a page is on its way: Chromium, made to end a worker that opens a page, waits for that page for minutes, with
the smallest of workers, too.
"""
from __future__ import annotations

import contextlib
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.hands import stop_workers

# The worker, taking a form, says so and stays there.
STAYS = {
    "before it is stored": """() => { Request.prototype.formData = () => {
      new BroadcastChannel('moment').postMessage(''); return new Promise(() => {}); }; }""",
    "when it is stored": """() => { globalThis.Response = class extends Response { constructor(...given) {
      super(...given);
      if (!given[1]?.headers?.['HX-Redirect']) return;
      new BroadcastChannel('moment').postMessage('');
      for (;;);
    } }; }""",
}
HEAR = "() => { window.moment = false; new BroadcastChannel('moment').onmessage = () => { window.moment = true; }; }"


@contextlib.contextmanager
def ended(beside: Page, moment: str) -> Iterator[None]:
    """Once a form is sent in here, the worker stays at this moment of taking it, and is ended.

    beside: a page of the same device that is not left meanwhile.

    :raise Error: it never came there; it is ended all the same
    """
    try:
        beside.evaluate(HEAR)
        for worker in beside.context.service_workers:
            worker.evaluate(STAYS[moment])
        yield
        beside.wait_for_function("() => window.moment")  # the policy of a page allows no bare expression
    finally:
        stop_workers(beside)
