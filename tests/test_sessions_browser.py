"""A whole session with no network, in a real browser: planned, prepared, talked through, noted."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.hands import line, on_server, open_form, put, send

CARD = {"Name": "R. O.", "Phone number": "+351 21 0000000", "Link": "meet.example/a-r", "Time zone": "Europe/Lisbon",
        "When it isn’t working": "phone +351 21 0000000\nchat https://chat.example/a-r"}


def write_card(page: Page) -> None:
    open_form(page, "/partners/new")
    for label, typed in CARD.items():
        page.get_by_label(label, exact=True).fill(typed)
    page.get_by_role("button", name="Keep the card").click()
    expect(page.get_by_role("heading", name="R. O.")).to_be_visible()


def plan(page: Page, day: str, hour: str) -> None:
    """Fill the form in and send it; what it says then is the test's matter."""
    open_form(page, "/sessions/new")
    page.get_by_label("Day", exact=True).fill(day)
    page.get_by_label("Hour", exact=True).fill(hour)
    page.get_by_role("button", name="Plan the session").click()


def add_line(page: Page, text: str) -> None:
    page.get_by_label("Add a line").fill(text)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_label(text)).to_be_visible()


def test_a_session_goes_through_without_a_server(phone, server, proxy) -> None:
    arrive(phone)
    server.kill()
    write_card(phone)
    plan(phone, "2099-06-01", "15:00")
    expect(phone.locator("#when")).to_be_visible()
    expect(phone.locator("#when")).to_contain_text("14:00 for R. O.")
    expect(phone.get_by_role("link", name="Join")).to_have_attribute("href", "https://meet.example/a-r")
    add_line(phone, "How the talks went")
    add_line(phone, "Why does the plan change?")
    phone.get_by_label("How the talks went").check()
    expect(phone.locator("#lines")).to_contain_text("discussed")
    phone.get_by_label("Notes", exact=True).fill("Ask for the decision.")
    phone.get_by_role("button", name="Keep the notes").click()
    line(phone, "waiting")
    expect(phone.locator("#sent")).to_contain_text("On this phone")
    expect(phone.get_by_label("Notes", exact=True)).to_have_value("Ask for the decision.")
    expect(phone.get_by_role("link", name="It isn’t working")).to_be_hidden()  # until ten minutes before
    expect(phone.get_by_role("link", name="Call R. O.")).to_have_attribute("href", "tel:+351210000000")
    server.start()
    send(phone)
    line(phone, "sent", 0)
    expect(phone.locator("main")).not_to_contain_text("On this phone")  # nowhere on a page that stayed open
    [session] = on_server(server, "session")
    assert (session["starts_time"], session["notes"]) == ("15:00", "Ask for the decision.")
    found = {one["text"]: bool(one.get("discussed")) for one in on_server(server, "line")}
    assert found == {"How the talks went": True, "Why does the plan change?": False}


def test_a_tick_leaves_what_is_being_typed_alone(phone) -> None:
    arrive(phone)
    plan(phone, "2099-06-01", "15:00")
    expect(phone.locator("#when")).to_be_visible()
    add_line(phone, "First")
    phone.get_by_label("Add a line").fill("Half a thou")
    phone.get_by_label("Notes", exact=True).fill("Half a note")
    phone.get_by_label("First").check()
    expect(phone.locator("#lines")).to_contain_text("discussed")
    line(phone, "sent", 0)
    expect(phone.get_by_label("Add a line")).to_have_value("Half a thou")
    expect(phone.get_by_label("Notes", exact=True)).to_have_value("Half a note")


def test_an_hour_that_is_taken_is_asked_about_in_place(phone) -> None:
    arrive(phone)
    plan(phone, "2099-06-01", "15:00")
    expect(phone.locator("#when")).to_contain_text("15:00")
    plan(phone, "2099-06-01", "15:30")
    expect(phone.locator("#form .notice")).to_contain_text("Another session takes a part of that hour")
    expect(phone.get_by_label("Hour", exact=True)).to_have_value("15:30")
    phone.get_by_label("Plan it anyway").check()
    phone.get_by_label("Hour", exact=True).fill("15:20")
    phone.get_by_role("button", name="Plan the session").click()
    expect(phone.get_by_label("Plan it anyway")).not_to_be_checked()
    phone.get_by_label("Plan it anyway").check()
    phone.get_by_role("button", name="Plan the session").click()
    expect(phone.locator("#when")).to_contain_text("15:20")


def test_what_came_up_is_filed_and_the_page_says_so(phone) -> None:
    arrive(phone)
    open_form(phone, "/today")
    phone.get_by_role("button", name="File it").click()
    expect(phone.locator("#e-text")).to_contain_text("Write a line first")
    phone.get_by_label("Something came up").fill("Why so?")
    phone.get_by_role("button", name="File it").click()
    expect(phone.locator(".toast")).to_contain_text("Filed under Questions that arose.")
    expect(phone.get_by_label("Something came up")).to_have_value("")


def test_both_clocks_follow_the_hour_while_it_is_typed_with_no_network(phone, server) -> None:
    arrive(phone)
    server.kill()
    write_card(phone)
    open_form(phone, "/sessions/new")
    clocks = phone.locator("#clocks")
    expect(clocks).to_be_hidden()
    phone.get_by_label("Day", exact=True).fill("2099-06-01")
    phone.get_by_label("Hour", exact=True).fill("15:00")
    expect(clocks).to_have_text("15:00 for you14:00 for R. O.")
    phone.get_by_label("Hour", exact=True).fill("00:30")
    expect(clocks).to_have_text("00:30 for you23:30 for R. O. the day before")
    expect(phone.get_by_label("Hour", exact=True)).to_be_focused()
    phone.get_by_label("With", exact=True).select_option("")
    expect(clocks).to_be_hidden()


def test_the_number_of_a_session_follows_what_is_logged_meanwhile(phone) -> None:
    arrive(phone)
    hour = {"starts_time": "15:00", "zone": "Europe/Berlin", "partner": put(phone, "partner", name="R. O.")}
    phone.goto(f"/sessions/{put(phone, 'session', starts_on='2026-11-10', **hour)}")
    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_have_text("Session 1with R. O., your mentor")
    phone.get_by_label("Notes").fill("Half a sen")
    put(phone, "session", starts_on="2026-11-03", **hour)
    expect(heading).to_have_text("Session 2with R. O., your mentor")
    expect(phone.get_by_label("Notes")).to_have_value("Half a sen")
