"""Faults of the device (F14, F15, F22): killed tabs and browsers, a worker switched off; see also test_version.py."""
from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import trouble
from tests.browser_sign_in import arrive
from tests.hands import LONG_MS, line, open_form, pause, save, saved_file, send, texts, type_entry, write

# The worker that is served now takes over.
SWITCH = """async () => {
  const registration = await navigator.serviceWorker.getRegistration(), before = registration.active;
  await registration.update();
  while (registration.active === before || registration.active.state !== 'activated') {
    await new Promise(done => setTimeout(done, 20));
  }
}"""


@pytest.mark.all_engines
def test_f14_tab_killed_while_typing(at_home) -> None:
    open_form(at_home)
    type_entry(at_home, "Half a page", "Not finished and not lost.")
    pause(at_home)
    at_home.close(run_before_unload=False)
    again = at_home.context.new_page()
    open_form(again)
    expect(again.get_by_label("Text", exact=True)).to_have_value("Not finished and not lost.")
    expect(again.locator("[data-draft-notice]")).to_contain_text("is back")


# What a page beside it hears when the change is on the disk.
STORED = """() => { window.stored = new Promise(done => new BroadcastChannel('mentorlog').addEventListener('message',
  ({ data }) => data.type === 'change:written' && done(true))); }"""


@pytest.mark.parametrize("moment", ["at the tap", "when it is stored", "when it is on its way", "when it was sent"])
def test_f15_browser_killed_just_after_save(own_phone, proxy, server, moment: str) -> None:
    page = own_phone.open()
    arrive(page)
    address = write(page, "Killed", "Old text.")
    line(page, "sent", 0)
    own_phone.close()  # Chromium writes a cookie to its disk half a minute late, or now
    page = own_phone.open()
    beside = page.context.new_page()
    beside.goto("/static/js/tell.js")
    beside.evaluate(STORED)
    page.bring_to_front()
    open_form(page, f"{address}/edit")
    page.get_by_label("Text", exact=True).fill("New text, as a whole.")
    pause(page)
    if moment == "when it is on its way":
        proxy.breaks(trouble.HANG, only="POST /sync")
    before = len(proxy.asked)
    page.get_by_role("button", name="Done").evaluate("button => setTimeout(() => button.click(), 0)")
    until(moment, beside, proxy, before)
    own_phone.kill()
    proxy.mend()
    page = own_phone.open()
    page.goto(address)
    shown = page.locator(".prose").inner_text()
    assert shown == "New text, as a whole." or (moment == "at the tap" and shown == "Old text.")
    page.goto("/today")
    line(page, "sent", 0)
    assert texts(server) == [shown]
    open_form(page, f"{address}/edit")
    expect(page.get_by_label("Text", exact=True)).to_have_value("New text, as a whole.")


def until(moment: str, beside: Page, proxy, before: int) -> None:
    """As far as a save has come."""
    if moment == "when it is stored":
        assert beside.evaluate("stored") is True
    elif moment != "at the tap":
        asked = sum(one == ("POST", "/sync") for one in proxy.asked[:before])
        (proxy.wait_until_asked if moment == "when it is on its way" else proxy.wait_for)("POST /sync", asked + 1)


def test_f22_browser_threw_everything_away(at_home, server) -> None:
    write(at_home, "Sent in time", "On the server, so it comes back.")
    line(at_home, "sent", 0)
    origin, session = at_home.evaluate("location.origin"), at_home.context.new_cdp_session(at_home)
    at_home.goto("about:blank")
    kept = "indexeddb,cache_storage,service_workers,local_storage"
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kept})
    at_home.goto("/journal")
    expect(at_home.locator("main")).to_contain_text("What was not sent yet is gone")
    expect(at_home.get_by_text("Everything is on this device again.")).to_be_visible(timeout=LONG_MS)
    at_home.get_by_role("link", name="Go on").click()
    at_home.wait_for_url("/journal")
    server.kill()
    at_home.reload()
    expect(at_home.get_by_role("heading", name="Sent in time")).to_be_visible()


def test_operator_switches_the_worker_off(at_home, server) -> None:
    server.kill()
    write(at_home, "Before the end", "Sent, then the worker goes.")
    server.settings["MENTORLOG_WORKER"] = "off"
    server.start()
    at_home.evaluate("() => navigator.serviceWorker.getRegistration().then(found => found.update()).catch(() => {})")
    gone = "() => navigator.serviceWorker.getRegistrations().then(found => String(found.length))"
    for _ in range(50):
        if at_home.evaluate(gone) == "0":
            break
        at_home.goto("/healthz")
    assert at_home.evaluate(gone) == "0"
    assert texts(server) == ["Sent, then the worker goes."]


def test_what_was_not_accepted_is_settled_with_the_worker_switched_off(at_home, server) -> None:
    save(at_home, "entry", title="z" * 201, text="Only here.")
    assert send(at_home)["refused"] == 1
    server.stop()
    server.settings["MENTORLOG_WORKER"] = "off"
    server.start()
    at_home.evaluate(SWITCH)
    at_home.goto("/journal")
    expect(at_home.locator("main")).not_to_contain_text("Only here.")  # it is the server's page
    at_home.goto("/waiting")
    expect(at_home.locator("[data-state=refused].change")).to_contain_text("Only here.")
    at_home.goto("/sign-out")
    assert "Only here." in saved_file(at_home)
    at_home.goto("/waiting")
    at_home.get_by_role("link", name="Discard").click()
    at_home.get_by_role("button", name="Discard it").click()
    expect(at_home.locator("main")).to_contain_text("Nothing waits")
    at_home.goto("/today")
    at_home.wait_for_function("() => navigator.serviceWorker.getRegistration().then(found => !found)")


@pytest.fixture
def worker_gone(at_home, server) -> Page:
    """The operator has switched the worker off, and it went."""
    server.stop()
    server.settings["MENTORLOG_WORKER"] = "off"
    server.start()
    at_home.evaluate("() => navigator.serviceWorker.getRegistration().then(found => found.update()).catch(() => {})")
    for _ in range(50):
        if at_home.evaluate("() => navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0:
            break
        at_home.goto("/healthz")
    return at_home


def test_signing_out_after_the_worker_is_gone_leaves_nothing(worker_gone) -> None:
    worker_gone.goto("/today")
    expect(worker_gone.locator("#line")).to_contain_text("On the server")
    worker_gone.goto("/sign-out")
    worker_gone.get_by_role("button", name="Sign out", exact=True).click()
    expect(worker_gone.get_by_role("heading", name="You are signed out")).to_be_visible()
    for _ in range(100):
        if worker_gone.evaluate("() => indexedDB.databases().then(found => found.length)") == 0:
            break
    assert worker_gone.evaluate("() => indexedDB.databases().then(found => found.length)") == 0


def test_signing_out_after_the_worker_is_gone_says_what_is_not_finished(worker_gone) -> None:
    open_form(worker_gone)
    type_entry(worker_gone, "Half", "Not finished.")
    pause(worker_gone)
    worker_gone.goto("/sign-out")
    said = worker_gone.get_by_role("alert").filter(has_text="1 unfinished text not on the server yet.")
    expect(said).to_be_visible()
    worker_gone.evaluate("() => document.querySelector('[data-leaving]').submit()")
    expect(worker_gone.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(said).to_be_visible()
    assert worker_gone.evaluate("() => indexedDB.databases().then(found => found.length)") == 2
