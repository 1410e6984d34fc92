"""A cold start with no network, against a constant page of the same size from the same worker."""
from __future__ import annotations

import json
from statistics import median

from bench.place import PATIENCE_MS, Place, opened, place
from bench.table import RUNS, Row
from tests import trouble
from tests.browser_sign_in import arrive
from tests.devices import OwnPhone
from tests.wire import HEAD_END, Message

CONSTANT = "/constant"
WORKER = "/worker.js"  # of the version in its address
WHATS = {"usable": ("cold start with no network, to a usable Today", "≤ 2"),
         "html": ("of it, until the worker has said the HTML", "")}
LISTENER = """self.addEventListener('fetch', event => {
  if (!event.request.url.endsWith('ADDRESS')) return;
  event.stopImmediatePropagation();
  event.respondWith(new Response(PAGE, { headers: { 'Content-Type': 'text/html; charset=utf-8' } }));
});
"""


class WithConstant(trouble.Fault):
    """The worker that passes gets one more address, which it answers with a constant page."""

    page = ""

    async def pass_on(self, line: trouble.Line) -> Message | None:
        """The server's reply, or the changed module."""
        request = await line.whole_request()
        if not request.first_line[1].endswith(WORKER):
            return await line.ask(request)
        reply = await line.ask(request.with_header("Accept-Encoding", "identity"))
        return with_body(reply, changed(reply.body.decode(), self.page)) if reply else None


def changed(source: str, page: str) -> bytes:
    """The worker's events, and before them a listener that has the constant page."""
    return f"{LISTENER.replace('ADDRESS', CONSTANT).replace('PAGE', json.dumps(page))}{source}".encode()


def with_body(reply: Message, body: bytes) -> Message:
    """The same reply with another body."""
    head = reply.with_header("Content-Length", str(len(body))).head
    return Message(head.removesuffix(HEAD_END) + HEAD_END, body)


def rows() -> list[Row]:
    """Milliseconds from entering the address until the page is painted and its scripts have run; the first does not
    count."""
    with place() as here:
        phone = ready_phone(here)
        here.line.breaks(trouble.DOWN)
        runs = [(cold(phone, "/today"), cold(phone, CONSTANT)) for _ in range(1 + RUNS)][1:]
    beside = "Today's HTML as a constant, from the same worker"
    return [Row(what, median(ours[until] for ours, _ in runs), median(floor[until] for _, floor in runs), "ms", beside,
                wanted) for until, (what, wanted) in WHATS.items()]


def ready_phone(here: Place) -> OwnPhone:
    """A phone that has everything, with a worker that knows Today also as a constant."""
    phone = here.own_phone()
    constant = WithConstant()
    here.line.breaks(constant)
    page = phone.open()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/sign-in")
    constant.page = today_of(here)
    arrive(page)
    phone.close()
    return phone


def today_of(here: Place) -> str:
    """Today's page as Flask gives it to ada."""
    from tests.contracts.conversation import FlaskSide
    return FlaskSide(here.server.url).ask("GET", "/today", {}, None).body


def cold(phone: OwnPhone, address: str) -> dict[str, float]:
    """Open the browser, go there, close it; see `opened`."""
    page = phone.open()
    page.set_default_timeout(PATIENCE_MS)
    try:
        page.goto(address)
        return opened(page)
    finally:
        phone.close()
