"""History, two versions and the bin on a real phone: with no network, with a line that hangs, on two devices."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests import trouble
from tests.browser_sign_in import arrive
from tests.devices import DESKTOP
from tests.hands import LONG_MS, line, on_server, rewrite, send, texts, write

COPIES = """person => new Promise(resolve => {
  const opening = indexedDB.open(`mentorlog-${person}`);
  opening.onsuccess = () => {
    const asked = opening.result.transaction('meta').objectStore('meta').getAllKeys();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result.filter(key => key.startsWith('older:'))); };
  };
})"""


def history_of(page: Page, address: str) -> str:
    """Open the history of an entry; returns what it says."""
    page.goto("/history/" + address.rpartition("/")[2])
    expect(page.get_by_role("heading", name="Versions")).to_be_visible()
    return page.locator("main").inner_text()


def copies(page: Page) -> list[str]:
    """The records whose earlier versions stand on this device."""
    return list(page.evaluate(COPIES, page.locator("html").get_attribute("data-person")))


def test_history_with_a_line_without_one_and_with_one_that_hangs(phone, proxy) -> None:
    arrive(phone)
    address = write(phone, "A page", "First. Of two.")
    rewrite(phone, address, "Second. Of two.")
    line(phone, "sent", 0)
    other = write(phone, "Another", "Once.")
    rewrite(phone, other, "Twice.")
    line(phone, "sent", 0)
    said = history_of(phone, address)
    assert "First." in said
    assert "the first" in said
    assert "this phone" in said.lower()
    # With no line: the copy with its date, and what waits here on top of it; of another page it says what is missing.
    proxy.breaks(trouble.DOWN)
    rewrite(phone, address, "Third. Of two.")
    said = history_of(phone, address)
    assert "it gave no answer. Those here are as of" in said
    expect(phone.locator(".line li")).to_have_count(3)
    expect(phone.locator(".diff")).to_contain_text("Third.Second. Of two.")
    assert "it gave no answer." in history_of(phone, other)
    phone.goto("/history/" + address.rpartition("/")[2])
    phone.get_by_role("button", name="Bring this one back").click()
    expect(phone.locator(".prose")).to_contain_text("Second. Of two.")
    # A line that hangs keeps nobody waiting, and the answer comes into the page by itself.
    proxy.mend()
    proxy.breaks(trouble.HANG, only="GET /near/history/*")
    assert "appear here as soon as it answers" in history_of(phone, other)
    proxy.mend()
    history_of(phone, other)
    expect(phone.locator("main")).to_contain_text("Once.", timeout=LONG_MS)
    # What is deleted takes its earlier versions along.
    line(phone, "sent", 0)
    assert len(copies(phone)) == 2
    phone.goto(address)
    phone.get_by_role("button", name="Delete").click()
    phone.goto("/bin/empty")
    phone.get_by_role("button", name="Delete it for good").click()
    expect(phone.locator("main")).to_contain_text("The bin is empty")
    line(phone, "sent", 0)
    assert len(copies(phone)) == 1


def test_settled_on_one_device_it_is_gone_on_the_other(phone, device, lines, server) -> None:
    own = lines()
    desktop = device(DESKTOP, via=own)
    arrive(phone)
    arrive(desktop)
    address = write(phone, "Both", "The sentence.")
    line(phone, "sent", 0)
    send(desktop)
    path = "/journal/" + address.rpartition("/")[2]
    desktop.goto(path)
    own.breaks(trouble.DOWN)
    rewrite(phone, path, "The sentence of the phone.")
    line(phone, "sent", 0)
    rewrite(desktop, path, "The sentence of the desktop.")
    own.mend()
    send(desktop)
    desktop.goto(path)
    line(desktop, "sent", 0)
    desktop.get_by_role("link", name="Look at both").click()
    expect(desktop.locator(".version")).to_have_count(2)
    expect(desktop.locator("ins")).to_have_text(["phone.", "desktop."])
    expect(desktop.locator(".version").last).to_contain_text("From this device")
    # With no network, on both at once: each keeps both, and in the end there are two.
    send(phone)
    phone.goto(path)
    phone.get_by_role("link", name="Look at both").click()
    server.kill()
    for page in (phone, desktop):
        page.get_by_role("button", name="Keep both as two entries").click()
        expect(page.locator(".toasts")).to_contain_text("Both are kept")
        expect(page.get_by_role("link", name="Look at both")).to_have_count(0)
    server.start()
    for page in (phone, desktop, phone):
        page.goto("/waiting")
        line(page, "sent", 0)
        send(page)
        expect(page.locator("main")).not_to_contain_text("Two versions")
    assert texts(server) == ["The sentence of the desktop.", "The sentence of the phone."]
    assert len(on_server(server, "kept")) == 1


def test_f34_one_empties_the_bin_and_the_other_edits(phone, device, lines, server) -> None:
    own = lines()
    desktop = device(DESKTOP, via=own)
    arrive(phone)
    address = write(phone, "Thrown away", "Worth keeping.")
    line(phone, "sent", 0)
    arrive(desktop)
    path = "/journal/" + address.rpartition("/")[2]
    phone.goto(path)
    phone.get_by_role("button", name="Delete").click()
    line(phone, "sent", 0)
    own.breaks(trouble.DOWN)
    rewrite(desktop, path, "Worth keeping, and longer.")
    phone.goto("/bin")
    phone.get_by_role("link", name="Empty the bin").click()
    phone.get_by_role("button", name="Delete it for good").click()
    expect(phone.locator("main")).to_contain_text("The bin is empty")
    line(phone, "sent", 0)
    own.mend()
    send(desktop)
    desktop.goto("/waiting")
    desktop.get_by_role("link", name="Look at both").click()
    desktop.get_by_role("button", name="Keep it as an entry").click()
    expect(desktop.locator(".prose")).to_contain_text("Worth keeping, and longer.")
    line(desktop, "sent", 0)
    assert texts(server) == ["Worth keeping, and longer."]
