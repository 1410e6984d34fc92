"""Faults between people and devices (F26 to F35): expired sign-ins, shared phones, two devices offline."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests import trouble
from tests.browser_sign_in import arrive, sign_in
from tests.devices import DESKTOP
from tests.hands import LONG_MS, line, on_server, rewrite, send, texts, write

DATABASES = "() => indexedDB.databases().then(found => found.map(one => one.name).join(' '))"


def apart(proxy, server, *edits) -> None:
    """Both devices are offline while they write; then the server is back."""
    server.kill()
    for edit in edits:
        edit()
    server.start()


def shared_entry(both, text: str) -> str:
    """An entry that both devices have; returns its path."""
    phone, desktop = both
    address = write(phone, "Shared", text)
    line(phone, "sent", 0)
    send(desktop)
    path = "/journal/" + address.rpartition("/")[2]
    desktop.goto(path)
    expect(desktop.get_by_role("heading", name="Shared").first).to_be_visible()
    return path


def settled(*pages: Page) -> None:
    """Every device has sent and heard everything."""
    for page in (*pages, *pages):
        page.goto("/today")
        line(page, "sent", 0)
        assert send(page)["sync"] in ("done", "busy")


def test_f26_sign_in_expired(at_home, server) -> None:
    at_home.context.clear_cookies(name="mentorlog")
    for number in (1, 2, 3):
        write(at_home, f"Number {number}", f"Text {number}.")
    send(at_home)
    at_home.goto("/journal")
    expect(at_home.locator("#line")).to_contain_text("Sign in to send")
    arrive(at_home)
    line(at_home, "sent", 0)
    assert texts(server) == ["Text 1.", "Text 2.", "Text 3."]


def test_f27_another_person_on_a_shared_phone(at_home, server) -> None:
    server.kill()
    write(at_home, "Mine alone", "Nobody else reads this.")
    server.start()
    at_home.context.clear_cookies(name="mentorlog")
    arrive(at_home, "bela")
    at_home.goto("/journal")
    expect(at_home.locator("main")).not_to_contain_text("Mine alone")
    assert on_server(server, name="bela") == []
    arrive(at_home, "ada")
    line(at_home, "sent", 0)
    assert texts(server) == ["Nobody else reads this."]
    assert on_server(server, name="bela") == []


def test_f28_sign_out_with_changes_waiting(at_home, server, proxy) -> None:
    proxy.breaks(trouble.DOWN, only="POST /sync")
    write(at_home, "One", "Waits.")
    write(at_home, "Two", "Waits too.")
    at_home.goto("/sign-out")
    expect(at_home.locator("[data-waits]").first).to_contain_text("2 changes")
    assert "Waits too." in saved_file(at_home)
    at_home.get_by_role("button", name="Discard it and sign out").click()
    expect(at_home.get_by_role("heading", name="You are signed out")).to_be_visible()
    emptied(at_home)


def test_f30_different_fields_of_one_record(both, proxy, server) -> None:
    phone, desktop = both
    path = shared_entry(both, "The text.")

    def retitle() -> None:
        desktop.goto(f"{path}/edit")
        desktop.get_by_label("Title", exact=True).fill("A better title")
        desktop.get_by_role("button", name="Done").click()
        expect(desktop.get_by_role("heading", name="A better title").first).to_be_visible()

    apart(proxy, server, lambda: rewrite(phone, path, "A better text."), retitle)
    settled(phone, desktop)
    assert [(one["title"], one["text"]) for one in on_server(server)] == [("A better title", "A better text.")]
    assert on_server(server, "kept") == []


def test_f31_different_paragraphs_then_different_sentences(both, proxy, server) -> None:
    phone, desktop = both
    path = shared_entry(both, "First paragraph.\n\nSecond paragraph.")
    apart(proxy, server, lambda: rewrite(phone, path, "First paragraph, longer.\n\nSecond paragraph."),
          lambda: rewrite(desktop, path, "First paragraph.\n\nSecond paragraph, longer."))
    settled(phone, desktop)
    assert texts(server) == ["First paragraph, longer.\n\nSecond paragraph, longer."]
    apart(proxy, server,
          lambda: rewrite(phone, path, "First paragraph, longer. New.\n\nSecond paragraph, longer."),
          lambda: rewrite(desktop, path, "First of all, longer.\n\nSecond paragraph, longer. Also new."))
    settled(phone, desktop)
    assert on_server(server, "kept") == [] or len(texts(server)) == 1


def test_f32_the_same_sentence(both, proxy, server) -> None:
    phone, desktop = both
    path = shared_entry(both, "The sentence.")
    apart(proxy, server, lambda: rewrite(phone, path, "The sentence of the phone."),
          lambda: rewrite(desktop, path, "The sentence of the desktop."))
    settled(phone, desktop)
    stands, kept = texts(server), [one["text"] for one in on_server(server, "kept")]
    assert sorted(stands + kept) == ["The sentence of the desktop.", "The sentence of the phone."]
    phone.goto("/waiting")
    expect(phone.locator("main")).to_contain_text("Two versions", timeout=LONG_MS)
    expect(phone.locator("main")).to_contain_text(kept[0])


def test_f33_one_deletes_and_the_other_edits(both, proxy, server) -> None:
    phone, desktop = both
    path = shared_entry(both, "Worth keeping.")

    def bin_it() -> None:
        phone.goto(path)
        phone.get_by_role("button", name="Delete").click()
        expect(phone.locator(".toasts")).to_contain_text("moved to the bin")

    apart(proxy, server, bin_it, lambda: rewrite(desktop, path, "Worth keeping, and longer."))
    settled(phone, desktop)
    phone.goto("/journal/bin")
    expect(phone.locator("main")).to_contain_text("Shared")
    phone.get_by_role("button", name="Bring back").first.click()
    line(phone, "sent", 0)
    assert texts(server) == ["Worth keeping, and longer."]


def test_f35_both_rate_the_same_goal(both, proxy, server) -> None:
    phone, desktop = both
    phone.goto("/goals/new")
    phone.get_by_label("Goal", exact=True).fill("Say the sentence first")
    phone.locator("#form button[type=submit]").last.click()
    phone.wait_for_url(lambda url: not url.partition("?")[0].endswith("/new"), timeout=LONG_MS)
    phone.goto("/goals")
    phone.get_by_role("link", name="Say the sentence first", exact=True).click()
    expect(phone.get_by_role("heading", name="Say the sentence first")).to_be_visible()
    path = "/goals/" + phone.url.partition("?")[0].rpartition("/")[2]
    settled(phone, desktop)

    def rate(page: Page, value: int):
        def rating() -> None:
            page.goto(f"{path}/rating")
            page.locator(f"input[name=value][value='{value}']").check(force=True)
            page.locator("#rate button[type=submit]").first.click()
            page.wait_for_url(lambda url: not url.endswith("/rating"), timeout=LONG_MS)
            page.goto(path)
            expect(page.locator("main")).to_contain_text(str(value))
        return rating

    apart(proxy, server, rate(phone, 3), rate(desktop, 5))
    settled(phone, desktop)
    (rating,) = on_server(server, "rating")
    assert {rating["value"], rating["earlier"][0]["value"]} == {3, 5}


def revoke_the_other(desktop: Page) -> None:
    """From this device the other one is signed out."""
    arrive(desktop)
    desktop.goto("/account")
    desktop.locator("form[action*=revoke] button").first.click()
    expect(desktop.locator(".toasts")).to_contain_text("signed out")


def saved_file(page: Page) -> str:
    """What stands in the file that *Save a file* gives: the device's own, not the server's."""
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save a file").click()
    return saved.value.path().read_text("utf-8")


def emptied(page: Page) -> None:
    """Nothing of anybody stands on this device."""
    for _ in range(100):
        if page.evaluate(DATABASES) == "mentorlog-device":
            break
    assert page.evaluate(DATABASES) == "mentorlog-device"


def test_f29_revoked_with_changes_waiting(at_home, device, lines, server, proxy) -> None:
    proxy.breaks(trouble.DOWN, only="POST /sync")
    write(at_home, "Unsent", "Only here.")
    revoke_the_other(device(DESKTOP, via=lines()))
    proxy.mend()
    assert send(at_home)["sync"] == "revoked"
    expect(at_home.get_by_role("heading", name="was signed out")).to_be_visible(timeout=LONG_MS)
    at_home.goto("/journal")
    expect(at_home.locator("main")).to_contain_text("1 change was not sent")
    expect(at_home.locator("body")).not_to_contain_text("Only here.")
    assert "Only here." in saved_file(at_home)
    at_home.get_by_role("button", name="Remove everything from here").click()
    expect(at_home.locator("main")).to_contain_text("Nothing of yours is left here.")
    emptied(at_home)
    assert texts(server) == []


def test_f29_revoked_with_nothing_waiting(at_home, desktop) -> None:
    write(at_home, "Sent", "The server has it.")
    line(at_home, "sent", 0)
    revoke_the_other(desktop)
    send(at_home)
    expect(at_home.locator("main")).to_contain_text("Nothing of yours is left here.", timeout=LONG_MS)
    emptied(at_home)
    at_home.goto("/journal")
    expect(at_home.get_by_role("button", name="Sign in")).to_be_visible()


def test_signing_in_by_hand_needs_no_worker(phone) -> None:
    sign_in(phone)
    phone.goto("/today")
    expect(phone.locator("h1").first).to_be_visible()
