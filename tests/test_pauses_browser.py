"""The days of a pause follow its end while it is chosen, in a real browser."""
from __future__ import annotations

from playwright.sync_api import expect

from tests.browser_sign_in import arrive
from tests.hands import open_form
from tests.test_sessions_browser import plan, write_card


def test_the_ticks_follow_the_date_and_the_field_keeps_the_focus(phone) -> None:
    arrive(phone)
    write_card(phone)
    card = phone.url
    for day in ("2099-05-01", "2099-06-01"):
        plan(phone, day, "15:00")
        expect(phone.locator("#when")).to_be_visible()
    open_form(phone, f"{card}/pause")
    first, second = phone.locator("[name=cancel]").all()
    expect(first).not_to_be_checked()
    phone.get_by_text("Another date").click()
    date = phone.get_by_label("The first day on which you go on")
    for day, ticked in (("2099-06-02", True), ("2099-05-15", False)):
        date.fill(day)
        expect(first).to_be_checked()
        expect(second).to_be_checked(checked=ticked)
        expect(date).to_be_focused()
    phone.get_by_role("button", name="Pause until then").click()
    expect(phone.get_by_text("One session is cancelled.")).to_be_visible()
    expect(phone.get_by_role("button", name="Plan it again")).to_have_count(1)
