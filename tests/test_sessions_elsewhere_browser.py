"""Another hour that is offered is chosen, in a real browser with no network: both clocks and the button follow."""
from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser_sign_in import arrive
from tests.hands import open_form, pause, put
from tests.test_sessions_browser import write_card

pytestmark = pytest.mark.usefixtures("patience")
TO_TUESDAY = "Move it to Tue 2 June, 11:00 · 10:00 for R. O."


def moving(page: Page) -> str:
    """A session on a Monday, two hours of that week that are good for me, and its form; the session's address."""
    write_card(page)
    session = put(page, "session", starts_on="2099-06-01", starts_time="15:00", zone="Europe/Berlin", minutes=45,
                  channel="video", partner=page.url.rpartition("/")[2])
    open_form(page, "/times/hours")
    week = page.locator("#hours input[name=record]").get_attribute("value")
    put(page, "hours", week, good=["tue-11", "thu-12"], possible=[], protected=[], zone=None)
    open_form(page, f"/sessions/{session}/edit")
    expect(page.get_by_label("Another time")).to_be_checked()
    return f"/sessions/{session}"


def says(page: Page, words: str) -> None:
    expect(page.locator("#form button[type=submit]").last).to_have_accessible_name(words)


def test_clocks_and_button_follow_the_hour_that_is_chosen_and_another_time_has_the_old_one(phone, server) -> None:
    arrive(phone)
    server.kill()
    moving(phone)
    day = phone.get_by_label("Day", exact=True)
    day.fill("2099-06-03")
    says(phone, "Move it to Wed 3 June, 15:00 · 14:00 for R. O.")
    phone.get_by_label("Tue 2 Jun, 11:00").check()
    says(phone, TO_TUESDAY)
    expect(phone.locator("#clocks")).to_contain_text("11:00 for you")
    expect(day).to_be_hidden()
    phone.get_by_label("Thu 4 Jun, 12:00").check()
    says(phone, "Move it to Thu 4 June, 12:00 · 11:00 for R. O.")
    phone.get_by_label("Another time").check()
    expect(day).to_have_value("2099-06-03")
    says(phone, "Move it to Wed 3 June, 15:00 · 14:00 for R. O.")
    day.fill("2099-06-01")
    says(phone, "Keep the change")


def test_a_draft_and_a_refusal_keep_the_hour_that_was_chosen(phone, server) -> None:
    arrive(phone)
    server.kill()
    session = moving(phone)
    phone.get_by_label("Tue 2 Jun, 11:00").check()
    pause(phone)
    open_form(phone, f"{session}/edit")
    expect(phone.locator("[data-draft-notice]")).to_be_visible()
    says(phone, TO_TUESDAY)
    expect(phone.get_by_label("Day", exact=True)).to_have_value("2099-06-02")
    phone.get_by_label("Thu 4 Jun, 12:00").check()
    phone.get_by_label("Phone number").fill("abc")
    phone.get_by_role("button", name="Move it to").click()
    expect(phone.locator("#e-phone")).to_be_visible()
    expect(phone.get_by_label("Thu 4 Jun, 12:00")).to_be_checked()
    expect(phone.locator("[data-draft-notice]")).to_have_count(0)
    phone.get_by_label("Phone number").fill("")
    phone.get_by_role("button", name="Move it to Thu 4 June, 12:00").click()
    expect(phone.locator("#when")).to_contain_text("Was to be Mon 1 Jun, 15:00")


def old(page: Page) -> Locator:
    """The part as it stands now, until another one takes its place."""
    page.evaluate("document.getElementById('elsewhere').dataset.old = ''")
    return page.locator("#elsewhere[data-old]")


def test_hours_follow_the_length_and_the_partner_and_no_choice_is_lost(phone, server) -> None:
    arrive(phone)
    server.kill()
    moving(phone)
    offered, day = phone.locator("#elsewhere"), phone.get_by_label("Day", exact=True)
    expect(offered).to_contain_text("Good for you, that week · 45 minutes")
    tuesday, thursday = (phone.get_by_label(hour) for hour in ("Tue 2 Jun, 11:00", "Thu 4 Jun, 12:00"))
    for choose in (thursday.check, lambda: phone.keyboard.press("ArrowUp")):
        before = old(phone)
        choose()
        expect(before).to_have_count(0)
    expect(tuesday).to_be_checked()
    expect(tuesday).to_be_focused()
    phone.get_by_text("60", exact=True).click()
    expect(offered).to_contain_text("· 60 minutes")
    expect(tuesday).to_be_checked()
    expect(day).to_be_hidden()
    phone.get_by_text("90", exact=True).click()
    expect(tuesday).to_have_count(0)
    expect(offered).to_be_hidden()
    expect(day).to_have_value("2099-06-02")
    says(phone, TO_TUESDAY)
    phone.get_by_text("45", exact=True).click()
    expect(phone.get_by_label("Another time")).to_be_checked()
    expect(tuesday).to_be_visible()
    expect(offered).to_contain_text("for R. O.")
    phone.get_by_label("With", exact=True).select_option("")
    expect(offered).not_to_contain_text("for R. O.")
    expect(day).to_have_value("2099-06-02")
