"""A file saved on one device and read back on another, both without a network: each text stands once, or is kept."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.faults.test_apart import apart, settled, shared_entry
from tests.hands import (
    done,
    held,
    on_server,
    open_form,
    pause,
    read_back,
    rewrite,
    saved_file,
    shown,
    texts,
    type_entry,
    write,
)


def take_along(page: Page) -> str:
    """Save a file of everything that stands on a device."""
    page.goto("/copies")
    return saved_file(page)


def test_what_waits_on_one_device_goes_to_another_by_a_file(both, proxy, server) -> None:
    phone, desktop = both
    path = shared_entry(both, "One. Two. Three.")
    files: list[str] = []

    def on_the_phone() -> None:
        rewrite(phone, path, "One, at last. Two. Three.")
        rewrite(phone, path, "One, at last. Two. Three. Four.")
        write(phone, "New", "Written on the phone.")
        files.append(take_along(phone))

    def at_the_desk() -> None:
        rewrite(desktop, path, "One. Two, too. Three.")
        read_back(desktop, files[0])
        desktop.goto("/journal")
        expect(desktop.get_by_role("link", name="New").first).to_be_visible()

    apart(proxy, server, on_the_phone, at_the_desk)
    settled(desktop, phone)
    settled(phone, desktop)
    assert texts(server) == ["One, at last. Two, too. Three. Four.", "Written on the phone."]
    assert on_server(server, "kept") == []
    assert held(phone) == held(desktop)


def test_an_unfinished_text_that_is_finished_on_both_is_kept_twice(both, proxy, server) -> None:
    phone, desktop = both

    def go_on(page: Page, text: str) -> None:
        page.goto("/waiting")
        page.get_by_role("link", name="Go on").click()
        expect(page.get_by_label("Text", exact=True)).to_have_value("Half of it.")
        page.get_by_label("Text", exact=True).fill(text)
        done(page)
        expect(page.locator("article, .prose").first).to_be_visible()

    def on_both() -> None:
        open_form(phone)
        type_entry(phone, "Half", "Half of it.")
        pause(phone)
        read_back(desktop, take_along(phone), "is back")
        shown(phone, take_along(desktop))
        expect(phone.locator("main")).to_contain_text("Nothing in it is new.")
        go_on(desktop, "Finished at the desk.")
        go_on(phone, "Finished on the phone.")

    apart(proxy, server, on_both)
    settled(desktop, phone)
    settled(phone, desktop)
    found = [*texts(server), *(one["text"] for one in on_server(server, "kept"))]
    assert sorted(found) == ["Finished at the desk.", "Finished on the phone."]
    phone.goto("/waiting")
    expect(phone.locator("main")).to_contain_text("Two versions")
    assert held(phone) == held(desktop)
