"""The page of the calendar feed on a phone whose worker answers everything else."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.calendars import both


def test_an_address_is_made_copied_and_read_by_a_calendar(phone: Page) -> None:
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    arrive(phone)
    phone.goto("/account")
    phone.get_by_role("link", name="Calendar feed").click()
    phone.get_by_role("button", name="Make my address").click()
    phone.get_by_role("button", name="Copy the address").click()
    expect(phone.get_by_role("button", name="Copied")).to_be_visible()
    address = phone.evaluate("navigator.clipboard.readText()")
    assert phone.get_by_role("link", name="Open in my calendar").get_attribute("href") == f"webcal:{address[5:]}"
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert both(phone.request.get(address).body()) == []

    phone.goto("/account/calendar")
    expect(phone.get_by_text("A calendar asked last on")).to_be_visible()
    expect(phone.locator("#address")).to_have_count(0)
    phone.get_by_role("link", name="New address, the old one stops…").click()
    phone.get_by_role("button", name="Only stop the old one").click()
    expect(phone.get_by_role("button", name="Make my address")).to_be_visible()
    assert phone.request.get(address).status == 404


def test_without_a_network_the_page_says_so(phone: Page) -> None:
    arrive(phone)
    phone.context.set_offline(True)
    phone.goto("/account/calendar")
    expect(phone.locator("h1")).to_be_visible()
    expect(phone.get_by_role("button", name="Make my address")).to_have_count(0)
