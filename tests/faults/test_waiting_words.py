"""*Waiting* hides no word: what is only on this device is read there, to be copied before it is thrown away."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.hands import open_form, pause, save

REASON = "It was never mine to begin with."


def test_what_was_typed_into_a_form_whose_page_is_gone_is_read_and_copied(at_home: Page) -> None:
    goal = save(at_home, "goal", text="Run a marathon")
    open_form(at_home, f"/goals/{goal}/let-go")
    at_home.get_by_label("Why?").fill(REASON)
    pause(at_home)
    at_home.goto("/goals")
    save(at_home, "goal", goal, deleted=True)
    at_home.goto("/waiting")
    row = at_home.locator("section:has(#drafts) .change")
    expect(row).to_contain_text("The page it was for is gone.")
    expect(row.locator(".row-title")).to_contain_text(REASON)
    row.get_by_text("The text", exact=True).click()
    expect(row.locator(".pre")).to_have_text(REASON)
    expect(row.get_by_role("button", name="Copy the text")).to_be_visible()
    row.get_by_role("link", name="Throw away").click()
    expect(at_home.locator("blockquote")).to_have_text(REASON)
