"""A worker that the browser ends in the middle (F16), at moments that a test can tell."""
from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import trouble
from tests.ending import STAYS, ended
from tests.hands import LONG_MS, done, line, open_form, pause, stop_workers, texts, type_entry, write
from tests.processes import Server


def saved_or_back(page: Page) -> None:
    """The entry is shown, or its form says that it is not stored; then the same button stores it."""
    saved = page.get_by_role("article").filter(has_text="The worker went away in the middle.")
    back = page.get_by_role("alert").filter(has_text="The text is still here")
    expect(saved.or_(back).first).to_be_visible(timeout=LONG_MS)
    if back.count():
        expect(page.get_by_label("Text", exact=True)).to_have_value("The worker went away in the middle.")
        done(page)
    expect(saved).to_be_visible()


def opened_again(page: Page, server: Server, moment: str) -> None:
    """The draft is back in the form, unless the entry was stored, or the browser went past the worker with it."""
    open_form(page)
    if moment == "before it is stored" and not texts(server):
        expect(page.get_by_label("Text", exact=True)).to_have_value("The worker went away in the middle.")
        done(page)
        expect(page.get_by_role("heading", name="Interrupted")).to_be_visible()


@pytest.mark.parametrize("then", ["and the page stays", "and the tab is closed"])
@pytest.mark.parametrize("moment", STAYS)
def test_f16_worker_ended_while_it_takes_the_form(at_home, server, moment: str, then: str) -> None:
    open_form(at_home)
    type_entry(at_home, "Interrupted", "The worker went away in the middle.")
    pause(at_home)
    beside = at_home.context.new_page()
    beside.goto("/static/js/tell.js")
    at_home.bring_to_front()
    with ended(beside, moment):
        at_home.get_by_role("button", name="Done").evaluate("button => setTimeout(() => button.click(), 0)")
    if then == "and the page stays":
        saved_or_back(at_home)
    else:
        at_home.close(run_before_unload=False)
        opened_again(beside, server, moment)
    beside.goto("/today")
    line(beside, "sent", 0)
    assert texts(server) == ["The worker went away in the middle."]
    open_form(beside)
    expect(beside.get_by_label("Text", exact=True)).to_have_value("")


def test_f16_worker_ended_while_it_waits_for_a_reply_is_asked_again(at_home, proxy, server) -> None:
    before = proxy.asked.count(("POST", "/sync"))
    proxy.breaks(trouble.HANG, only="POST /sync")
    write(at_home, "Interrupted", "The worker went away in the middle.")
    line(at_home, "waiting", 1)
    proxy.wait_until_asked("POST /sync", before + 1)
    stop_workers(at_home)
    proxy.mend()
    line(at_home, "sent", 0)
    assert texts(server) == ["The worker went away in the middle."]
