"""No room left on the device (F17): every form says so and keeps what was typed, and what was written before is there.

In Chromium, which takes a quota for one origin; no other engine has such a seam.
"""
from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser_sign_in import arrive
from tests.hands import LONG_MS, done, line, on_server, open_form, send, type_entry, write

QUOTA_BYTES = 6_000_000
# Takes what room there is, down to less than a line of an agenda; returns what the browser says in the end.
FILL = """() => new Promise(resolve => {
  const request = indexedDB.open('photographs', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('all', { autoIncrement: true });
  request.onsuccess = () => {
    const take = size => {
      const tx = request.result.transaction('all', 'readwrite', { durability: 'strict' });
      tx.objectStore('all').add(crypto.getRandomValues(new Uint8Array(size)));
      tx.oncomplete = () => take(size);
      tx.onabort = () => (size > 100 ? take(Math.floor(size / 2)) : resolve(tx.error.name));
    };
    take(60_000);
  };
})"""
NOTHING_IS_KEPT = "() => { IDBObjectStore.prototype.put = () => { throw new Error('no room'); }; }"
NO_ROOM = "No room left on this device. The text is still here."


def fill_up(page: Page) -> None:
    """There is no room any more."""
    assert page.evaluate(FILL) == "QuotaExceededError"


def refused(page: Page, field: Locator, text: str) -> None:
    """The form says that there is no room, and what was typed stands in it."""
    expect(page.locator(".toasts")).to_contain_text(NO_ROOM, timeout=LONG_MS)
    expect(field).to_have_value(text)


def test_f17_no_room_left(phone: Page, proxy, server) -> None:
    tools = phone.context.new_cdp_session(phone)
    tools.send("Storage.overrideQuotaForOrigin", {"origin": proxy.url, "quotaSize": QUOTA_BYTES})
    arrive(phone)
    address = write(phone, "Before", "Written while there was room.")
    phone.goto("/questions/first-meeting")
    phone.get_by_role("button", name="Use these").click()
    phone.wait_for_url("/worksheets/**", timeout=LONG_MS)
    sheet = phone.url.partition("?")[0]
    line(phone, "sent", 0)
    open_form(phone)
    fill_up(phone)
    type_entry(phone, "After", "n" * 50_000)
    done(phone)
    refused(phone, phone.get_by_label("Text", exact=True), "n" * 50_000)

    open_form(phone, "/goals/new")
    field = phone.get_by_label("Goal", exact=True)
    field.fill("Ask twice")
    phone.get_by_role("button", name="Set the goal").click()
    refused(phone, field, "Ask twice")

    phone.goto(sheet)
    field = phone.locator("form.question[data-htmx-powered] textarea").first
    field.fill("It went well. " * 200)
    phone.get_by_role("button", name="Next").click()
    refused(phone, field, "It went well. " * 200)

    open_form(phone, "/agenda/new")
    field = phone.locator("#came_up [name=text]")
    field.fill("Why weekly?")
    field.press("Enter")
    refused(phone, field, "Why weekly?")

    phone.goto(address)
    expect(phone.locator(".prose")).to_have_text("Written while there was room.")
    tools.send("Storage.overrideQuotaForOrigin", {"origin": proxy.url})  # room again
    assert send(phone)["waiting"] == 0
    assert [one["title"] for one in on_server(server)] == ["Before"]
    assert on_server(server, "goal") == on_server(server, "line") == on_server(server, "answer") == []


def test_f17_a_form_without_room_for_a_draft_says_that_its_text_is_kept_nowhere(phone: Page) -> None:
    arrive(phone)
    phone.goto("/sessions/new")
    phone.get_by_label("Day", exact=True).fill("2031-03-03")
    phone.get_by_label("Hour", exact=True).fill("10:00")
    phone.get_by_role("button", name="Plan the session").click()
    expect(phone.get_by_label("Add a line")).to_be_visible()
    fields = {phone.url: "Add a line", "/sessions/new": "Link, or the place", "/partners/new": "Name",
              "/agenda/new": "Something came up", "/journal": "A line for the next session"}
    for address, label in fields.items():
        phone.goto(address)
        if address == "/journal":
            phone.get_by_role("link", name="Something came up").click()
        phone.evaluate(NOTHING_IS_KEPT)
        field = phone.get_by_label(label, exact=True)
        field.fill("Nowhere else yet.")
        form = phone.locator("form", has=field)
        expect(form.locator("[data-draft-state]")).to_contain_text("No room on this device", timeout=LONG_MS)
