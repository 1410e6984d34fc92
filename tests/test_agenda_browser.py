"""*Something came up* in a real browser: in a sheet over the page, and from other apps, with no network."""
from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.hands import line, on_server, open_form, send

SHARED = """<form method="post" enctype="multipart/form-data" action="{}/share">
<input name="title" value="How to say no"><input name="url" value="https://example.org/no"><button>Share</button></form>"""


def sheet(page: Page):
    """Open the sheet; returns its field."""
    page.get_by_role("link", name="Something came up").click()
    expect(page.get_by_role("dialog", name="Something came up")).to_be_visible()
    return page.get_by_label("A line for the next session")


def test_a_line_is_filed_over_unsaved_text_and_back_closes_the_sheet_first(phone, server) -> None:
    arrive(phone)
    open_form(phone)
    phone.get_by_label("Text", exact=True).fill("Half a thought")
    field = sheet(phone)
    expect(field).to_be_focused()
    field.fill("Why so?")
    phone.go_back()
    expect(phone.get_by_role("dialog")).to_have_count(0)
    assert phone.url.endswith("/journal/new")
    field = sheet(phone)
    expect(field).to_have_value("Why so?")
    field.press("Enter")
    expect(phone.locator("#toasts")).to_contain_text("Filed under Questions that arose.")
    expect(phone.get_by_role("dialog")).to_have_count(0)
    expect(phone.get_by_label("Text", exact=True)).to_have_value("Half a thought")
    expect(sheet(phone)).to_have_value("")
    phone.keyboard.press("Escape")
    phone.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(phone.locator("#toasts")).to_contain_text("Taken back.")
    send(phone)
    line(phone, "sent", 0)
    assert [one["text"] for one in on_server(server, "line") if not one.get("binned_at")] == []
    phone.go_back()
    assert not phone.url.endswith("/journal/new")


def test_what_was_typed_into_the_sheet_is_back_on_another_page(phone) -> None:
    arrive(phone)
    phone.goto("/journal")
    sheet(phone).fill("Half a thou")
    phone.goto("/goals")
    expect(sheet(phone)).to_have_value("Half a thou")
    expect(phone.get_by_role("dialog")).to_contain_text("is back")


def test_another_app_shares_with_no_network_and_a_tap_files_it(phone, server, proxy) -> None:
    arrive(phone)
    server.kill()
    phone.goto("data:text/html," + quote(SHARED.format(proxy.url)))
    phone.get_by_role("button", name="Share").click()
    expect(phone.get_by_label("Something came up")).to_have_value("How to say no\nhttps://example.org/no")
    expect(phone.locator("#line")).to_have_attribute("data-waiting", "0")
    phone.get_by_role("button", name="File as an agenda line").click()
    phone.wait_for_url("/today")
    line(phone, "waiting", 1)
    server.start()
    send(phone)
    line(phone, "sent", 0)
    assert [one["text"] for one in on_server(server, "line")] == ["How to say no https://example.org/no"]
