"""Faults of the network (F01 to F13): a real browser, a real server, and a line between them that breaks."""
from __future__ import annotations

import threading
import time

import pytest
from playwright.sync_api import expect

from tests import trouble
from tests.browser_sign_in import arrive
from tests.devices import DESKTOP
from tests.hands import done, held, line, on_server, open_form, rewrite, send, stop_workers, texts, type_entry, write
from tests.proxy import Elsewhere

A_MINUTE = 60  # seconds
MOST_AN_ENTRY = 3  # of POST /sync: two fail on the way
FEW = 12
NO_PATIENCE_MS = 9_000  # after ten seconds the worker gives the server up: a screen that came sooner asked nobody
SCREENS = ("/today", "/journal", "/goals", "/questions", "/sessions", "/waiting", "/settings", "/search?q=x")
# In the worker: the push service is silent, and patience ends soon.
NEVER = """() => {
  registration.pushManager.subscribe = () => new Promise(() => {});
  AbortSignal.timeout = () => {
    const end = new AbortController();
    setTimeout(() => end.abort(), 2_000);
    return end.signal;
  };
}"""


@pytest.mark.all_engines
def test_f01_server_gone(at_home, server) -> None:
    server.kill()
    write(at_home, "In the tunnel", "Written without a server.")
    line(at_home, "waiting", 1)
    expect(at_home.locator("main")).to_contain_text("On this phone")
    assert at_home.evaluate("fetch('/manifest.webmanifest').then(found => found.json())")["id"] == "/"
    server.start()
    line(at_home, "sent", 0)
    assert texts(server) == ["Written without a server."]


@pytest.mark.all_engines
def test_f02_connection_opens_and_never_answers(at_home, proxy) -> None:
    proxy.breaks(trouble.HANG)
    for screen in SCREENS:
        at_home.goto(screen, timeout=NO_PATIENCE_MS)
        expect(at_home.locator("h1").first).to_be_visible()
    write(at_home, "Lie-fi", "The bars say five.")
    line(at_home, "waiting", 1)


@pytest.mark.all_engines
def test_f02_opened_cold_asks_nobody(at_home, proxy, engine: str) -> None:
    proxy.breaks(trouble.HANG)
    if engine == "chromium":  # a test can end the worker of no other
        stop_workers(at_home)
    context = at_home.context
    at_home.close()
    page = context.new_page()
    for screen in SCREENS:
        page.goto(screen, timeout=NO_PATIENCE_MS)
        expect(page.locator("h1").first).to_be_visible()
    write(page, "Lie-fi", "The bars say five.")
    line(page, "waiting", 1)


@pytest.mark.all_engines
def test_f04_reply_lost(at_home, proxy, server) -> None:
    proxy.breaks(trouble.LOSE_REPLY, only="POST /sync", times=1)
    write(at_home, "Once", "The server has it, the phone does not know.")
    line(at_home, "sent", 0)
    assert texts(server) == ["The server has it, the phone does not know."]


def test_f05_reply_cut_in_the_middle(at_home, device, lines, proxy, server) -> None:
    proxy.breaks(trouble.CUT_REPLY, only="POST /sync")
    desktop = device(DESKTOP, via=lines())
    arrive(desktop)
    for number in range(3):
        write(desktop, f"Elsewhere {number}", f"Written elsewhere {number}.")
    line(desktop, "sent", 0)
    write(at_home, "Cut reply", "Half of a reply counts as none.")
    before, asked = held(at_home), proxy.count("POST /sync")
    send(at_home)
    proxy.wait_for("POST /sync", asked + 1)
    line(at_home, "waiting", 1)
    assert held(at_home) == before
    assert [fields["title"] for fields in before.values()] == ["Cut reply"]
    proxy.mend()
    line(at_home, "sent", 0)
    assert held(at_home) == held(desktop) | before
    assert len(texts(server)) == len(held(at_home)) == 4


def test_f06_request_cut_in_the_middle(at_home, proxy, server) -> None:
    proxy.breaks(trouble.CUT_REQUEST, only="POST /sync")
    address = write(at_home, "Cut request", "Half of a request is nothing.")
    proxy.wait_for("POST /sync", count=proxy.count("POST /sync") + 1)
    assert texts(server) == []
    proxy.mend()
    line(at_home, "sent", 0)
    assert texts(server) == ["Half of a request is nothing."]
    assert address


def test_f07_hotel_answers_html_to_everything(at_home, proxy, server) -> None:
    proxy.breaks(trouble.HOTEL_PAGE)
    write(at_home, "Lobby", "Nothing of this is sent yet.")
    send(at_home)
    line(at_home, "waiting", 1)
    at_home.goto("/account")
    expect(at_home.locator("body")).not_to_contain_text("Welcome to our hotel")
    assert at_home.evaluate("() => fetch('/account').then(() => 'swapped in', () => 'nothing')") == "nothing"
    proxy.mend()
    at_home.goto("/today")
    line(at_home, "sent", 0)
    assert texts(server) == ["Nothing of this is sent yet."]


def test_f08_hotel_leads_every_address_elsewhere(at_home, proxy, server) -> None:
    with Elsewhere() as hotel:
        proxy.breaks(trouble.redirect(hotel.url))
        write(at_home, "Lobby", "Not for the hotel.")
        send(at_home)
        line(at_home, "waiting", 1)
        at_home.goto("/account")
        assert at_home.url.startswith(hotel.url)
    proxy.mend()
    at_home.goto("/today")
    line(at_home, "sent", 0)
    assert texts(server) == ["Not for the hotel."]


def moment_of(proxy, count: int) -> float:
    """When so many syncs had been asked for, in seconds."""
    proxy.wait_for("POST /sync", count)
    return time.monotonic()


@pytest.mark.parametrize("status", ["502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"])
def test_f09_gateway_without_a_server(at_home, proxy, server, status: str) -> None:
    proxy.breaks(trouble.broken(status))
    before, passed = proxy.count("POST /sync"), len(proxy.asked)
    write(at_home, "Restart", "Kept until the server is back.")
    asked = [moment_of(proxy, before + number) for number in (1, 2, 3, 4)]
    assert asked[3] - asked[2] > asked[2] - asked[1]  # each pause is longer than the one before
    assert len(proxy.asked) - passed <= FEW
    line(at_home, "waiting", 1)
    proxy.mend()
    line(at_home, "sent", 0)
    assert texts(server) == ["Kept until the server is back."]


def test_f10_busy_server_says_how_long(at_home, proxy, server) -> None:
    send(at_home)  # nothing is under way any more
    proxy.breaks(trouble.busy(8), only="POST /sync", times=1)
    before = proxy.count("POST /sync")
    write(at_home, "Busy", "Sent when the server wants it.")
    proxy.wait_for("POST /sync", count=before + 1)
    at_home.goto("/waiting")
    expect(at_home.locator("main")).to_contain_text("asked to be left alone until")
    line(at_home, "sent", 0)
    assert proxy.count("POST /sync") <= before + 2
    assert texts(server) == ["Sent when the server wants it."]


def test_f11_every_post_delivered_twice(at_home, proxy, server) -> None:
    proxy.breaks(trouble.TWICE, only="POST /sync")
    address = write(at_home, "Twice", "One.")
    rewrite(at_home, address, "One. Two.")
    line(at_home, "sent", 0)
    assert texts(server) == ["One. Two."]


def test_f12_line_goes_up_and_down(at_home, proxy, server) -> None:
    before, passed, over = proxy.count("POST /sync"), len(proxy.asked), threading.Event()
    began = time.monotonic()

    def flicker() -> None:
        while not over.wait(0.3):
            proxy.breaks(trouble.DOWN)
            over.wait(0.3)
            proxy.mend()

    train = threading.Thread(target=flicker, daemon=True)
    train.start()
    written = 0
    try:
        while time.monotonic() - began < A_MINUTE:
            write(at_home, f"Stop {written}", f"Text {written:03}.")
            written += 1
    finally:
        over.set()
        train.join()
    line(at_home, "sent", 0)
    assert texts(server) == [f"Text {number:03}." for number in range(written)]
    assert proxy.count("POST /sync") - before <= MOST_AN_ENTRY * written
    others = [one for one in proxy.asked[passed:] if one[1] != "/sync"]
    assert len(others) <= FEW, others


@pytest.mark.parametrize("claim", ["true", "false"])
def test_f13_navigator_online_lies(phone, server, claim: str) -> None:
    phone.add_init_script(f"Object.defineProperty(Navigator.prototype, 'onLine', {{ get: () => {claim} }})")
    arrive(phone)
    if claim == "true":
        server.kill()
    write(phone, "Liar", "It makes no difference.")
    if claim == "true":
        line(phone, "waiting", 1)
        server.start()
    line(phone, "sent", 0)
    assert len(on_server(server)) == 1


def test_saving_says_so_when_the_line_is_slow(at_home, proxy) -> None:
    proxy.breaks(trouble.SLOW)
    open_form(at_home)
    type_entry(at_home, "Slow", "The phone does not wait.")
    done(at_home)
    expect(at_home.get_by_role("heading", name="Slow")).to_be_visible(timeout=3_000)


TAGS = "navigator.serviceWorker.getRegistration('/').then(found => found.sync.getTags())"


def page_beside(page):
    """A page on which no script of ours runs, in a browser with Background Sync; it stays when the app is closed."""
    page.context.grant_permissions(["background-sync"])
    other = page.context.new_page()
    other.goto("/static/js/tell.js")
    page.bring_to_front()
    return other


def closed_unsent(page, server):
    """The app is closed before the server is back; returns a page beside it."""
    other = page_beside(page)
    server.stop()
    write(page, "Closed", "Put into the pocket before it was sent.")
    line(page, "waiting", 1)
    page.close()
    return other


def background_sync(page) -> None:
    """The browser's moment to send, a minute or an hour later."""
    session = page.context.new_cdp_session(page)
    found = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    origin = page.evaluate("location.origin")
    while not found:
        page.evaluate("new Promise(done => setTimeout(done, 10))")
    asked = {"origin": origin, "registrationId": found[0]["registrationId"], "tag": "send", "lastChance": False}
    session.send("ServiceWorker.dispatchSyncEvent", asked)


def test_an_app_that_is_closed_while_the_line_hangs_leaves_it_to_the_browser(at_home, proxy) -> None:
    other = page_beside(at_home)
    proxy.breaks(trouble.HANG, only="POST /sync")
    write(at_home, "Pocket", "Nobody has answered yet.")
    at_home.close()
    assert other.evaluate(TAGS) == ["send"]


def test_what_waits_is_sent_with_the_app_closed(at_home, proxy, server) -> None:
    other = closed_unsent(at_home, server)
    assert other.evaluate(TAGS) == ["send"]
    server.start()
    before = proxy.count("POST /sync")
    background_sync(other)
    proxy.wait_for("POST /sync", count=before + 1)
    assert texts(server) == ["Put into the pocket before it was sent."]


def test_push_service_that_never_answers_is_said_and_may_be_asked_again(at_home) -> None:
    (worker,) = at_home.context.service_workers
    worker.evaluate(NEVER)
    at_home.goto("/settings/reminders")
    at_home.get_by_role("button", name="Remind me").click()
    expect(at_home.get_by_role("button", name="Try again")).to_be_visible()
