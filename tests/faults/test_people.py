"""Faults between people and devices (F26 to F29, F38): expired sign-ins, shared phones, who is shut out."""
from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests import trouble
from tests.browser_sign_in import arrive, fill_in, sign_in
from tests.devices import DESKTOP
from tests.hands import (
    LONG_MS,
    held,
    line,
    on_server,
    open_form,
    pause,
    put,
    read_back,
    save,
    saved_file,
    send,
    texts,
    type_entry,
    write,
)

DATABASES = "() => indexedDB.databases().then(found => found.map(one => one.name).join(' '))"


@pytest.mark.all_engines
def test_f26_sign_in_expired(at_home, server) -> None:
    at_home.context.clear_cookies(name="mentorlog")
    for number in (1, 2, 3):
        address = write(at_home, f"Number {number}", f"Text {number}.")
    send(at_home)
    at_home.goto(address)
    expect(at_home.locator("#line")).to_contain_text("Sign in to send")
    at_home.locator("#line").click()
    at_home.get_by_role("link", name="Sign in", exact=True).click()
    fill_in(at_home)
    at_home.wait_for_url(f"**{address}", timeout=LONG_MS)
    expect(at_home.get_by_role("heading", name="Number 3").first).to_be_visible()
    line(at_home, "sent", 0)
    assert texts(server) == ["Text 1.", "Text 2.", "Text 3."]


@pytest.mark.all_engines
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


def test_f28_sign_out_sends_first(at_home, server, proxy) -> None:
    proxy.breaks(trouble.busy(600), only="POST /sync")
    write(at_home, "One", "Waits.")
    write(at_home, "Two", "Waits too.")
    assert send(at_home)["sync"] == "later"
    at_home.goto("/sign-out")
    notice = at_home.get_by_role("alert").filter(has_text="not on the server yet")
    expect(notice).to_contain_text("2 changes")
    proxy.mend()
    at_home.get_by_role("button", name="Send now").click()
    expect(notice).to_be_hidden(timeout=LONG_MS)
    expect(at_home.get_by_role("button", name="Discard it and sign out")).to_be_hidden()
    assert texts(server) == ["Waits too.", "Waits."]
    at_home.evaluate("localStorage.setItem('wait', 'a session|1')")
    at_home.get_by_role("button", name="Sign out", exact=True).click()
    expect(at_home.get_by_role("heading", name="You are signed out")).to_be_visible()
    emptied(at_home)


def test_f28_the_page_that_signs_out_says_when_all_was_sent_meanwhile(at_home, server, proxy) -> None:
    proxy.breaks(trouble.DOWN, only="POST /sync")
    write(at_home, "One", "Waits.")
    at_home.goto("/sign-out")
    notice = at_home.get_by_role("alert").filter(has_text="not on the server yet")
    expect(notice).to_contain_text("1 change")
    proxy.mend()
    expect(notice).to_be_hidden(timeout=LONG_MS)
    assert texts(server) == ["Waits."]


def test_f28_what_was_typed_meanwhile_is_said_before_one_is_signed_out(at_home) -> None:
    at_home.goto("/sign-out")
    leave = at_home.get_by_role("button", name="Sign out", exact=True)
    expect(leave).to_be_visible()
    other = at_home.context.new_page()
    open_form(other)
    type_entry(other, "Half", "Not finished.")
    pause(other)
    leave.click()
    expect(at_home.get_by_role("alert").filter(has_text="1 unfinished text not on the server yet")).to_be_visible()
    expect(leave).to_be_hidden()
    other.get_by_label("Text", exact=True).fill("")
    other.get_by_label("Title", exact=True).fill("")
    expect(other.locator("[data-draft-state]").first).not_to_contain_text("not finished")
    at_home.reload()
    leave.click()
    expect(at_home.get_by_text("Nothing of yours is left")).to_be_visible()
    emptied(at_home)


def test_f28_what_waits_stays_when_nobody_said_to_discard_it(at_home, server, proxy) -> None:
    at_home.goto("/sign-out")
    proxy.breaks(trouble.DOWN, only="POST /sync")
    put(at_home, "entry", text="Only here.")
    at_home.evaluate("() => document.querySelector('[data-leaving]').submit()")  # as a page that knows nothing does
    expect(at_home.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(at_home.get_by_role("alert")).to_contain_text("1 change not on the server yet.")
    expect(at_home.get_by_text("Nothing of yours is left")).to_be_hidden()
    at_home.goto("/journal")
    expect(at_home.get_by_label("Password")).to_be_visible()
    proxy.mend()
    arrive(at_home)
    line(at_home, "sent", 0)
    assert texts(server) == ["Only here."]


def test_f28_nothing_is_offered_before_it_is_known_what_waits(at_home) -> None:
    at_home.add_init_script("indexedDB.open = () => ({})")  # as long as nothing answers
    at_home.goto("/sign-out")
    expect(at_home.get_by_role("link", name="Stay signed in")).to_be_visible()
    assert at_home.get_by_role("button", name="Sign out").count() == 0
    expect(at_home.get_by_role("button", name="Sign out")).to_be_visible()  # a while later: it discards nothing


def revoke_the_other(desktop: Page) -> None:
    """From this device the other one is signed out."""
    arrive(desktop)
    desktop.goto("/account")
    desktop.locator("form[action*=revoke] button").first.click()
    expect(desktop.locator(".toasts")).to_contain_text("signed out")


def emptied(page: Page) -> None:
    """Nothing of anybody stands on this device."""
    limit = time.monotonic() + LONG_MS / 1000
    while page.evaluate(DATABASES) != "mentorlog-device" and time.monotonic() < limit:
        continue
    assert page.evaluate(DATABASES) == "mentorlog-device"
    assert page.evaluate("localStorage.getItem('wait')") is None


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


def test_f29_what_a_revoked_device_saved_is_read_back(at_home, device, lines, server, proxy) -> None:
    proxy.breaks(trouble.DOWN, only="POST /sync")
    write(at_home, "Unsent", "Only in the file.")
    open_form(at_home)
    type_entry(at_home, "Half", "Not finished.")
    at_home.goto("/journal")
    revoke_the_other(device(DESKTOP, via=lines()))
    proxy.mend()
    send(at_home)
    expect(at_home.locator("main")).to_contain_text("1 change was not sent, 1 not finished", timeout=LONG_MS)
    file = saved_file(at_home)
    at_home.get_by_role("button", name="Remove everything from here").click()
    emptied(at_home)
    arrive(at_home)
    server.kill()
    read_back(at_home, file)
    at_home.goto("/waiting")
    expect(at_home.locator("section:has(#drafts)")).to_contain_text("Half")
    at_home.get_by_role("link", name="Go on").click()
    expect(at_home.get_by_label("Text", exact=True)).to_have_value("Not finished.")
    server.start()
    line(at_home, "sent", 0)
    assert texts(server) == ["Only in the file."]


def test_f29_signing_in_on_a_revoked_device_sends_what_waits(at_home, device, lines, server, proxy) -> None:
    proxy.breaks(trouble.DOWN, only="POST /sync")
    write(at_home, "Unsent", "Kept here meanwhile.")
    revoke_the_other(device(DESKTOP, via=lines()))
    proxy.mend()
    send(at_home)
    at_home.get_by_role("link", name="Sign in").click()
    expect(at_home.get_by_label("Password")).to_be_visible()
    arrive(at_home)
    line(at_home, "sent", 0)
    assert texts(server) == ["Kept here meanwhile."]


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


def test_f38_withdrawn_while_the_mentor_has_it_open(at_home, device, lines, server) -> None:
    far_line = lines()
    mentor = device(DESKTOP, via=far_line)
    arrive(mentor, "bela")
    entry = save(at_home, "entry", title="For my mentor", text="A secret word.", shared=pair_of(server))
    line(at_home, "sent", 0)
    assert send(mentor)["sync"] == "done"
    for address, shown in (("/search?q=secret", "For my mentor"), (f"/journal/{entry}", "A secret word.")):
        mentor.goto(address)
        expect(mentor.locator("main")).to_contain_text(shown)
    far_line.breaks(trouble.DOWN)
    save(at_home, "entry", entry, shared=None)
    line(at_home, "sent", 0)
    mentor.reload()
    expect(mentor.locator("main")).to_contain_text("A secret word.")  # nobody could tell this device yet
    far_line.mend()
    mentor.evaluate("dispatchEvent(new Event('online'))")  # as a browser says; the open page does the rest
    expect(mentor.locator("main")).not_to_contain_text("A secret word.", timeout=LONG_MS)
    assert held(mentor) == {}
    mentor.goto("/search?q=secret")
    expect(mentor.locator("main")).not_to_contain_text("For my mentor")
    assert mentor.goto(f"/journal/{entry}").status == 404


def pair_of(server) -> str:
    """The pair of ada and bela."""
    (pair,) = server.rows("SELECT id FROM pair")[0]
    return pair
