"""Settings, Reminders on a phone: what asks for no hour of the day shows none, and keeps the one that was chosen."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.hands import open_form

FORM = "/settings/reminders"


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep these settings").click()


def test_hours_before_a_session_ask_for_no_hour_unless_it_is_wrong(phone: Page) -> None:
    arrive(phone)
    open_form(phone, FORM)
    day, hour = phone.get_by_label("Which day: Prepare a session"), phone.locator("#f-prepare_time")
    expect(hour).to_be_visible()
    hour.fill("")
    day.select_option("2 hours before")
    expect(hour).to_be_hidden()
    expect(phone.locator("#f-goal_time")).to_be_visible()
    keep(phone)
    expect(phone.locator("#e-prepare_time")).to_contain_text("from 00:00 to 23:59")
    expect(hour).to_be_visible()
    hour.fill("18:15")
    keep(phone)
    expect(phone.locator(".toasts")).to_contain_text("Your reminders are set.")
    expect(hour).to_be_hidden()
    day.select_option("That day")
    expect(hour).to_have_value("18:15")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
