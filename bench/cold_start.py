"""A cold start with no network, to Today and to *It isn't working*, each against a constant page of the same size from
the same worker."""
from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from bench.place import PATIENCE_MS, Place, filled_with_weeks, opened, place
from bench.table import RUNS, Row
from tests import cast, trouble
from tests.browser_sign_in import arrive
from tests.devices import OwnPhone
from tests.wire import HEAD_END, Message

TODAY, RUNS_NOW = "/today", "00000000-0000-4000-8000-000000000c01"
FALLBACK = f"/sessions/{RUNS_NOW}/fallback"
CONSTANT = "/constant"  # and the address of the page that it is
WAYS = ".way a"
AGREED = (("call", "+49 30 1234567"), ("chat", "https://chat.example/room"))
WORKER = "/worker.js"  # of the version in its address
BESIDE = "its HTML as a constant, from the same worker"
WHATS = {"usable": ("cold start with no network, to a usable Today", "≤ 2"),
         "html": ("of it, until the worker has said the HTML", "")}
LISTENER = """self.addEventListener('fetch', event => {
  const page = PAGES[new URL(event.request.url).pathname];
  if (!page) return;
  event.stopImmediatePropagation();
  event.respondWith(new Response(page, { headers: { 'Content-Type': 'text/html; charset=utf-8' } }));
});
"""


class WithConstant(trouble.Fault):
    """The worker that passes gets more addresses, which it answers with constant pages."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages

    async def pass_on(self, line: trouble.Line) -> Message | None:
        """The server's reply, or the changed module."""
        request = await line.whole_request()
        if not request.first_line[1].endswith(WORKER):
            return await line.ask(request)
        reply = await line.ask(request.with_header("Accept-Encoding", "identity"))
        return with_body(reply, changed(reply.body.decode(), self.pages)) if reply else None


def changed(source: str, pages: dict[str, str]) -> bytes:
    """The worker's events, and before them a listener that has the constant pages."""
    return f"{LISTENER.replace('PAGES', json.dumps(pages))}{source}".encode()


def with_body(reply: Message, body: bytes) -> Message:
    """The same reply with another body."""
    head = reply.with_header("Content-Length", str(len(body))).head
    return Message(head.removesuffix(HEAD_END) + HEAD_END, body)


def rows() -> list[Row]:
    """Milliseconds from entering the address until the page is painted and its scripts have run; the first does not
    count."""
    with place(filled_with_a_session) as here:
        phone = ready_phone(here)
        here.line.breaks(trouble.DOWN)
        runs = [(*both(phone, TODAY), *both(phone, FALLBACK, WAYS)) for _ in range(1 + RUNS)][1:]
    today, floor, ways, ways_floor = zip(*runs, strict=True)
    return [*(Row(what, middle(today, until), middle(floor, until), "ms", f"Today: {BESIDE}", wanted)
              for until, (what, wanted) in WHATS.items()),
            Row("cold start with no network, to a usable *It isn't working*", middle(ways, "usable"),
                middle(ways_floor, "usable"), "ms", f"the page: {BESIDE}", "< 1,000 ms")]


def filled_with_a_session() -> None:
    """The cast; ada with the year of the demo, and with a session that runs, with a card and agreed ways."""
    from mentorlog.records import name_id, new_id
    from tests.sync.asking import a_device, change, outcome
    filled_with_weeks()
    ada, card = cast.recall().ada, new_id()
    began = datetime.now(UTC).astimezone(ZoneInfo(cast.ZONE)) - timedelta(minutes=5)
    ways = [{"id": new_id(), "way": way, "address": address} for way, address in AGREED]
    made = (change("partner", card, name="R. O."),
            change("agreement", name_id(ada.names, f"agreement:{card}"), partner=card, ways=ways),
            change("session", RUNS_NOW, partner=card, zone=cast.ZONE, minutes=480, starts_on=f"{began:%Y-%m-%d}",
                   starts_time=f"{began:%H:%M}"))
    handset = a_device(ada)
    assert [outcome(handset, one)["outcome"] for one in made] == ["accepted"] * len(made)


def ready_phone(here: Place) -> OwnPhone:
    """A phone that has everything, with a worker that knows both pages also as constants."""
    phone = here.own_phone()
    here.line.breaks(WithConstant({f"{CONSTANT}{address}": said(here, address) for address in (TODAY, FALLBACK)}))
    page = phone.open()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/sign-in")
    arrive(page)
    phone.close()
    return phone


def said(here: Place, address: str) -> str:
    """A page as Flask gives it to ada."""
    from tests.contracts.conversation import FlaskSide
    return FlaskSide(here.server.url).ask("GET", address, {}, None).body


def both(phone: OwnPhone, address: str, shows: str = "") -> tuple[dict[str, float], dict[str, float]]:
    """The page, then what it is as a constant; see `cold`."""
    return cold(phone, address, shows), cold(phone, f"{CONSTANT}{address}", shows)


def cold(phone: OwnPhone, address: str, shows: str = "") -> dict[str, float]:
    """Open the browser, go there, close it; see `opened`. shows: what has to be seen there."""
    page = phone.open()
    page.set_default_timeout(PATIENCE_MS)
    try:
        page.goto(address)
        if shows:
            expect(page.locator(shows).first).to_be_visible()
        return opened(page)
    finally:
        phone.close()


def middle(runs: tuple[dict[str, float], ...], until: str) -> float:
    """The median of them."""
    return median(one[until] for one in runs)
