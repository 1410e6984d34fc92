"""A phone that travels: *Today* says that the hours follow it, without being loaded again, and nothing false before."""
from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect

from tests import trouble
from tests.browser_sign_in import ARRIVE_MS, arrive
from tests.hands import send

SAID = "Your hours follow your phone"


@pytest.fixture
def open_in(own_phone):
    """Its browser, started in a zone; a worker knows only that of the machine."""
    def start(zone: str) -> Page:
        own_phone.close()
        return own_phone.open(timezone_id=None, env={**os.environ, "TZ": zone})
    return start


def test_today_says_that_the_phone_moved_as_soon_as_the_server_knows(open_in, proxy, patience):
    arrive(open_in("Europe/Lisbon"))
    page = open_in("Europe/Berlin")
    page.goto("/today")
    said = page.locator("#moved")
    expect(said).to_contain_text(f"{SAID}: Europe/Berlin since", timeout=ARRIVE_MS)
    expect(said).to_contain_text("until then Europe/Lisbon")

    proxy.breaks(trouble.DOWN)
    page = open_in("America/New_York")
    page.goto("/today")
    said = page.locator("#moved")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(said).to_be_hidden()
    assert SAID not in page.content()

    page.evaluate("globalThis.stillHere = true")
    proxy.mend()
    send(page)
    expect(said).to_contain_text(f"{SAID}: America/New York since", timeout=ARRIVE_MS)
    expect(said).to_contain_text("until then Europe/Berlin")
    assert page.evaluate("globalThis.stillHere")
