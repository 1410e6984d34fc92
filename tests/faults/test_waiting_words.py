"""*Waiting* hides no word: what is only on this device is read there, to be copied before it is thrown away."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.hands import line, open_form, pause, save, send

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


def test_what_was_refused_shows_its_lists_until_it_is_thrown_away(at_home: Page) -> None:
    steps = [{"id": "a", "text": "Ask Bela", "done": False}, {"id": "b", "text": "z" * 141, "done": False}]
    goal = save(at_home, "goal", text="Run a marathon")
    line(at_home, "sent", 0)
    save(at_home, "goal", goal, steps=steps)
    save(at_home, "entry", tags=["people", "y" * 41])
    assert send(at_home)["refused"] == 2
    at_home.goto("/waiting")
    for words, said in ((f"Ask Bela\n{'z' * 141}", "Goal"), (f"people, {'y' * 41}", "Entry")):
        row = at_home.locator("[data-state=refused].change").filter(has_text=said)
        expect(row).to_contain_text("The text is still here.")
        expect(row.locator(".pre")).to_have_text(words)
        for name in ("Copy the text", "Send again"):
            expect(row.get_by_role("button", name=name)).to_be_visible()
    at_home.get_by_role("link", name="Discard").first.click()
    expect(at_home.locator("blockquote")).to_contain_text("Ask Bela")


def test_the_form_that_mends_a_change_names_its_fields_as_the_app_does(at_home: Page) -> None:
    save(at_home, "goal", text="Run", earns="e" * 5001)
    assert send(at_home)["refused"] == 1
    at_home.goto("/waiting")
    at_home.get_by_role("link", name="Edit and send").click()
    expect(at_home.get_by_label("What earns a 5")).to_have_value("e" * 5001)
