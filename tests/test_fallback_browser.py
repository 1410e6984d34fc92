"""A session that does not work, in a real browser: with no network, from a cold start, with a clock that runs."""
from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.hands import line, on_server, open_form, put, send, stop_workers

COLD_MS = 1_000  # product.md: in under a second
HEADS = """() => {
  const [made] = performance.getEntriesByType('navigation');
  return made.domContentLoadedEventEnd;
}"""

pytestmark = pytest.mark.usefixtures("patience")


def running(page: Page, minutes: float, partner: str | None = None, **fields: str) -> str:
    """A session that began so many minutes ago, put on this device; its address."""
    began = datetime.now(UTC).astimezone(ZoneInfo("Europe/Berlin")) - timedelta(minutes=minutes)
    id = put(page, "session", starts_on=f"{began:%Y-%m-%d}", starts_time=f"{began:%H:%M}", zone="Europe/Berlin",
             minutes=45, channel="video", **({"partner": partner} if partner else {}), **fields)
    return f"/sessions/{id}"


def agree(page: Page, card: str) -> None:
    """Write down two ways, with the script."""
    open_form(page, f"/partners/{card}/agreement/edit")
    page.get_by_label("Way 1", exact=True).fill("https://chat.example/x")
    page.get_by_label("Way 1 by").select_option("chat")
    page.get_by_label("Way 2", exact=True).fill("+351 21 0000000")
    page.get_by_role("button", name="Way 2 up").click()
    page.get_by_role("button", name="Keep the agreement").last.click()
    page.wait_for_url(f"/partners/{card}/agreement")


def test_the_ways_are_there_from_a_cold_start_with_no_server_and_the_tap_arrives(phone, server) -> None:
    arrive(phone)
    server.kill()
    card = put(phone, "partner", name="R. O.")
    agree(phone, card)
    where = running(phone, 2, card)
    stop_workers(phone)
    phone.goto(f"{where}/fallback")
    first = phone.locator(".way a").first
    expect(first).to_have_attribute("href", "tel:+351210000000")
    expect(phone.locator(".way a").nth(1)).to_have_attribute("href", "https://chat.example/x")
    assert phone.evaluate(HEADS) < COLD_MS
    phone.get_by_role("button", name="By phone").click()
    expect(phone.locator(".toast")).to_contain_text("Noted: by phone.")
    expect(phone.locator("#when")).to_contain_text("Went on: By phone")
    server.start()
    send(phone)
    line(phone, "sent", 0)
    assert [one["went_on"] for one in on_server(server, "session")] == ["phone"]
    assert [[way["way"] for way in one["ways"]] for one in on_server(server, "agreement")] == [["call", "chat"]]


def test_the_button_opens_a_sheet_whose_clock_goes_from_way_to_way(phone, console) -> None:
    console.allow("htmx:error: timeout")  # minutes go by under its requests
    arrive(phone)
    card = put(phone, "partner", name="R. O.", fallback="phone +1 555 0100\nchat https://chat.example/x")
    where = running(phone, 1, card)
    phone.clock.install(time=datetime.now(UTC))
    phone.goto(where)
    phone.get_by_role("link", name="It isn’t working").click()
    sheet = phone.locator("dialog[open]")
    expect(sheet.locator(".timer")).to_contain_text("then phone.")
    expect(sheet.locator(".way a").first).to_have_attribute("data-kind", "primary")
    phone.clock.fast_forward("05:01")
    expect(sheet.locator(".timer")).to_contain_text("then chat.")
    expect(sheet.locator(".way a").nth(1)).to_have_attribute("data-kind", "primary")
    expect(sheet.locator(".way a").first).not_to_have_attribute("data-kind", "primary")
    phone.clock.fast_forward("05:01")
    expect(sheet.locator(".timer")).to_contain_text("All of these were tried.")
    expect(sheet.locator("output")).to_be_hidden()
    phone.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def test_the_clock_goes_on_when_the_app_is_opened_again_and_stops_with_the_session(phone, console) -> None:
    console.allow("htmx:error: timeout")  # minutes go by under its requests
    arrive(phone)
    card = put(phone, "partner", name="R. O.", fallback="phone +1 555 0100\nchat https://chat.example/x")
    where = running(phone, 1, card)
    phone.goto(f"{where}/fallback")
    expect(phone.locator(".timer output")).to_contain_text(":")
    again = phone.context.new_page()
    phone.close()
    again.clock.install(time=datetime.now(UTC) + timedelta(minutes=4))
    again.goto(f"{where}/fallback")
    expect(again.locator(".timer output")).to_contain_text(re.compile(r"^[01]:"))
    again.clock.fast_forward("40:01")
    expect(again.locator(".timer")).to_be_hidden()


@pytest.mark.parametrize(("hours", "offered"), [(7, 1), (9, 0)])
def test_a_reminder_to_join_that_comes_hours_ahead_leads_to_a_page_with_the_way_out(phone, hours, offered) -> None:
    arrive(phone)
    phone.goto(f"{running(phone, -60 * hours)}?reminder=00000000-0000-4000-8000-000000000001")
    expect(phone.locator("#toasts").get_by_role("button", name="Snooze 10 minutes")).to_be_visible()
    expect(phone.locator("#toasts").get_by_role("link", name="It isn’t working")).to_have_count(offered)


def test_a_number_typed_in_the_sheet_stays_in_it_when_it_cannot_work(phone) -> None:
    arrive(phone)
    where = running(phone, 3)
    phone.goto(where)
    phone.get_by_role("link", name="It isn’t working").click()
    field = phone.get_by_label("Their phone number")
    field.fill("call me")
    phone.get_by_role("button", name="Keep the number").click()
    expect(phone.locator("dialog[open] #e-phone")).to_contain_text("such as +49 30 1234567")
    expect(field).to_have_value("call me")
    field.fill("+1 555 0100")
    phone.get_by_role("button", name="Keep the number").click()
    expect(phone.locator(".way a").first).to_have_attribute("href", "tel:+15550100")


def test_what_an_unsent_change_replaced_stands_among_the_versions(phone, server) -> None:
    arrive(phone)
    card = put(phone, "partner", name="R. O.")
    agree(phone, card)
    line(phone, "sent", 0)
    server.kill()
    open_form(phone, f"/partners/{card}/agreement/edit")
    phone.get_by_text("Monthly", exact=True).click()
    phone.get_by_role("button", name="Keep the agreement").last.click()
    versions = phone.locator("[aria-labelledby=before] li")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text("Rhythm: monthly")
    server.start()
    send(phone)
    line(phone, "sent", 0)
    phone.reload()
    expect(versions).to_have_count(2)
    [kept] = on_server(server, "agreement")
    assert len(kept["earlier"]) == 1
