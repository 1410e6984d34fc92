"""An address of something that this device does not have yet: a notification, a letter or a calendar led to it."""
from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import trouble
from tests.browser_sign_in import arrive
from tests.devices import DESKTOP
from tests.hands import LONG_MS, line, write

NO_PATIENCE_MS = 9_000  # after ten seconds the worker gives the server up: a page that came sooner did not wait for it
AT_ONCE_MS = 2_500  # sooner than what it waits for a server that is slow


@pytest.fixture
def apart(phone, device, lines):
    """Ada's phone, and her desktop on a line of its own."""
    desktop = device(DESKTOP, via=lines())
    arrive(phone)
    arrive(desktop)
    return phone, desktop


def planned(desktop) -> str:
    """The path of an entry that is on the server, and not on the phone."""
    path = "/journal/" + write(desktop, "Elsewhere", "Written a moment ago.").rpartition("/")[2]
    line(desktop, "sent", 0)
    return path


@pytest.mark.all_engines
def test_what_was_made_elsewhere_a_moment_ago_opens(apart, proxy) -> None:
    phone, desktop = apart
    path = planned(desktop)
    assert phone.goto(path).status == 200
    expect(phone.get_by_role("heading", name="Elsewhere").first).to_be_visible()


def test_what_is_on_its_way_while_it_is_opened_opens(apart, proxy) -> None:
    """As when a push has just come: the phone is at it, and the line is slow."""
    phone, desktop = apart
    path = planned(desktop)
    proxy.breaks(trouble.Slow(delay_seconds=0.8), only="POST /sync", times=1)
    asked = proxy.count("POST /sync")
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    proxy.wait_until_asked("POST /sync", asked + 1)
    assert phone.goto(path).status == 200


@pytest.mark.all_engines
def test_with_no_network_it_says_so_at_once_and_opens_once_there_is_one(apart, proxy, server) -> None:
    phone, desktop = apart
    path = planned(desktop)
    server.kill()
    assert phone.goto(f"{path}?reminder=1", timeout=AT_ONCE_MS).status == 404
    expect(phone.get_by_role("heading", name="Not here yet")).to_be_visible()
    server.start()
    expect(phone.get_by_role("heading", name="Elsewhere").first).to_be_visible(timeout=LONG_MS)
    expect(phone.get_by_role("button", name="Snooze 10 minutes")).to_be_visible()


def test_server_that_never_answers_is_not_waited_for(apart, proxy) -> None:
    phone, desktop = apart
    path = planned(desktop)
    proxy.breaks(trouble.HANG)
    phone.goto(path, timeout=NO_PATIENCE_MS)
    expect(phone.get_by_role("heading", name="Not here yet")).to_be_visible()


def test_what_is_typed_there_is_not_taken_away(apart, server) -> None:
    phone, desktop = apart
    path = planned(desktop)
    server.kill()
    phone.goto(path)
    phone.get_by_role("searchbox").fill("what stuck")
    server.start()
    line(phone, "sent", 0)
    phone.get_by_role("link", name="Try again").click()
    expect(phone.get_by_role("heading", name="Elsewhere").first).to_be_visible()


def test_where_nothing_is_it_says_so(phone) -> None:
    arrive(phone)
    assert phone.goto("/journal/00000000-0000-4000-8000-000000000001?reminder=1").status == 404
    expect(phone.get_by_text("Nothing of yours stands at this address")).to_be_visible()
    expect(phone.get_by_role("button", name="Snooze 10 minutes")).to_be_hidden()
