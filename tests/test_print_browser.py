"""A page on paper: what somebody wrote, and nothing that can only be tapped."""
from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser_sign_in import arrive
from tests.devices import DESKTOP, PHONE
from tests.hands import write

TAPPED = ".side, .nav, .pane-list, .sync, .toasts, .back, button, .button"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_entry_on_paper_is_its_words(device, size) -> None:
    page = device(size)
    arrive(page)
    write(page, "On paper", "What I want to hand over.")
    assert page.locator(TAPPED).locator("visible=true").count() > 0
    page.emulate_media(media="print")
    expect(page.locator(".prose")).to_be_visible()
    expect(page.get_by_role("heading", name="On paper").first).to_be_visible()
    expect(page.locator(TAPPED).locator("visible=true")).to_have_count(0)
