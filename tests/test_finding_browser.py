"""Finding an entry with thumbs and keys, in a real browser whose server is gone."""
from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.devices import DESKTOP
from tests.hands import done, line, open_form, type_entry, write

pytestmark = pytest.mark.usefixtures("patience")


def wired(page: Page) -> None:
    expect(page.locator("#search[data-htmx-powered]")).to_be_visible()


def entries(page: Page) -> list[str]:
    """The titles of the list as it is seen."""
    return page.locator("#entries .leaf-title a").all_inner_texts()


def test_words_are_found_letter_by_letter_and_keys_go_through_the_hits(phone, server) -> None:
    arrive(phone)
    server.kill()
    write(phone, "First", "The release went well.")
    write(phone, "Second", "Nobody decided on a réLEASE.")
    write(phone, "Third", "x")
    phone.goto("/journal")
    wired(phone)
    phone.get_by_label("Search everything").focus()
    phone.keyboard.type("release decided", delay=20)
    expect(phone.locator("#hits mark")).to_have_text(["decided", "réLEASE"])
    expect(phone.locator("#entries")).to_be_hidden()
    expect(phone.get_by_label("Search everything")).to_be_focused()
    for _ in range(8):
        phone.keyboard.press("Backspace")
    expect(phone.locator("#hits .leaf-title")).to_have_text(["Second", "First"])
    expect(phone.get_by_role("status")).to_have_text("2 found for release")
    assert phone.url.endswith("/search?q=release")  # what Back and a reload come to
    phone.keyboard.press("ArrowDown")
    expect(phone.get_by_role("link", name="Second")).to_be_focused()
    phone.keyboard.press("ArrowDown")
    phone.keyboard.press("ArrowUp")
    phone.keyboard.press("ArrowUp")
    expect(phone.get_by_label("Search everything")).to_be_focused()
    phone.keyboard.press("Escape")
    expect(phone.locator("#entries")).to_be_visible()
    assert phone.url.endswith("/journal")
    phone.keyboard.type("relaese")
    phone.get_by_role("link", name="Search for “release”").click()
    expect(phone.locator("#hits .leaf-title")).to_have_count(2)
    phone.get_by_label("Search everything").press("ArrowDown")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="Second", level=1)).to_be_visible()
    phone.locator(".pane-detail .back").click()
    expect(phone.locator("#hits .leaf-title")).to_have_text(["Second", "First"])
    phone.get_by_role("link", name="Entries 2").click()
    phone.get_by_label("Search everything").fill("nobody")
    expect(phone.locator("#hits .leaf-title")).to_have_text(["Second"])
    assert "group=entry" in phone.url


def test_sheets_narrow_the_list_and_jump_to_a_month(phone, server) -> None:
    arrive(phone)
    write(phone, "Sent", "On the server.")
    line(phone, "sent")
    server.kill()
    write(phone, "Waits", "On this phone.")
    phone.goto("/journal")
    wired(phone)
    phone.get_by_role("link", name="other months").click()
    sheet = phone.get_by_role("dialog", name="Go to a month")
    expect(sheet.get_by_role("link")).to_have_text(re.compile(r"\w{3} \(2\)"))
    phone.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    phone.get_by_role("link", name="More").click()
    sheet = phone.get_by_role("dialog", name="Show only")
    expect(sheet.get_by_role("button", name="Show 2 entries")).to_be_visible()
    sheet.get_by_text("Not on the server yet").click()
    sheet.get_by_role("button", name="Show 1 entry").click()
    expect(phone.get_by_role("link", name="Waits")).to_be_visible()
    assert entries(phone) == ["Waits"]
    server.start()
    line(phone, "sent")
    expect(phone.get_by_role("heading", name="No entry is like that")).to_be_visible()  # it is on the server now
    phone.get_by_role("link", name="Show all entries").click()
    expect(phone.locator("#entries .leaf")).to_have_count(2)


def test_a_desktop_reads_a_hit_beside_the_others_and_takes_it_along(device, server) -> None:
    desktop = device(DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    arrive(desktop)
    for title in ("One", "Two"):
        open_form(desktop)
        type_entry(desktop, title, f"A release, *said* {title.lower()}.")
        done(desktop)
        expect(desktop.get_by_role("heading", name=title, level=1)).to_be_visible()
    desktop.goto("/search?q=release")
    desktop.get_by_role("link", name="One").click()
    expect(desktop.locator("#hits .leaf-title a[aria-current]")).to_have_text("One")
    expect(desktop.locator("#hits .leaf")).to_have_count(2)
    desktop.get_by_role("button", name="Copy").click()
    expect(desktop.get_by_role("button", name="Copied")).to_be_visible()
    copied = desktop.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"# One\n\n\w+, \d+ \w+ \d{4}\n\nA release, \*said\* one\.", copied)
    desktop.get_by_role("button", name="150 %").click()
    expect(desktop.locator("html")).to_have_attribute("data-text", "largest")
    expect(desktop.get_by_role("heading", name="One", level=1)).to_be_visible()
