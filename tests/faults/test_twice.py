"""What is saved twice (F18 to F20): in two tabs, by an impatient thumb, after *Back*."""
from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.devices import DESKTOP
from tests.hands import (
    LONG_MS,
    done,
    held,
    line,
    on_server,
    open_form,
    rate,
    rewrite,
    save,
    send,
    texts,
    type_entry,
    write,
)

BOTH_KEPT = "Written in two places. Both versions are kept: see Waiting, Two versions."
LEFT = "error loading dynamically imported module"  # a page that is left ends its own requests
# A word from another page ends the stay of a page that a browser keeps for *Back*; here none comes.
NO_WORDS = "globalThis.BroadcastChannel = class extends EventTarget { postMessage() {} close() {} };"
# A page says where it is. Firefox's driver loses sight of a page that comes back as it was: that page saves by itself.
HERE = "document.addEventListener('DOMContentLoaded', () => localStorage.setItem('here', location.pathname));"
SAVE_WHEN_BACK = """() => addEventListener('pageshow', ({ persisted }) => {
  localStorage.removeItem('here');
  localStorage.setItem('met', JSON.stringify([persisted, document.getElementById('f-text').value]));
  setTimeout(() => document.querySelector('#form button[type=submit]').click(), 0);
})"""


@pytest.mark.all_engines
def test_f18_two_tabs_on_one_entry(at_home, server) -> None:
    address = write(at_home, "Two tabs", "First sentence. Second sentence.")
    line(at_home, "sent", 0)
    other = at_home.context.new_page()
    for tab in (at_home, other):
        open_form(tab, f"{address}/edit")
    at_home.get_by_label("Text", exact=True).fill("First sentence, changed. Second sentence.")
    other.get_by_label("Text", exact=True).fill("First sentence. Second sentence, changed.")
    done(at_home)
    expect(at_home.locator(".prose")).to_contain_text("First sentence, changed")
    done(other)
    expect(other.locator(".toasts")).to_contain_text("changed elsewhere")
    line(other, "sent", 0)
    assert texts(server) == ["First sentence, changed. Second sentence, changed."]


@pytest.mark.all_engines
def test_f18_tab_left_open_while_a_sync_brought_something_newer(at_home, device, server) -> None:
    address = left_open_over_news(at_home, device(DESKTOP), "First sentence. Second sentence, changed there.")
    done(at_home)
    expect(at_home.locator(".toasts")).to_contain_text("changed elsewhere")
    line(at_home, "sent", 0)
    assert texts(server) == ["First sentence, changed here. Second sentence, changed there."]
    at_home.goto(address)
    expect(at_home.locator(".prose")).to_have_text(texts(server)[0])


@pytest.mark.all_engines
@pytest.mark.parametrize("other", ["another tab", "another device"])
def test_f18_both_changed_the_same_sentence(at_home, device, server, other: str) -> None:
    if other == "another device":
        left_open_over_news(at_home, device(DESKTOP), "First sentence, changed there. Second sentence.")
    else:
        left_open_beside_a_tab(at_home, "First sentence, changed there. Second sentence.")
    done(at_home)
    expect(at_home.locator(".toasts")).to_contain_text("changed elsewhere")
    line(at_home, "sent", 0)
    told = at_home.locator(".toasts").inner_text()  # where the sync was done before the page was made
    at_home.goto("/waiting")
    assert BOTH_KEPT in told + at_home.locator(".toasts").inner_text()
    kept = [one["text"] for one in on_server(server, "kept")]
    assert sorted(texts(server) + kept) == [
        "First sentence, changed here. Second sentence.", "First sentence, changed there. Second sentence."]
    expect(at_home.locator("main")).to_contain_text(kept[0])


def left_open(page: Page) -> str:
    """A form that is half changed; returns the address of its entry."""
    address = write(page, "Left open", "First sentence. Second sentence.")
    line(page, "sent", 0)
    open_form(page, f"{address}/edit")
    page.get_by_label("Text", exact=True).fill("First sentence, changed here. Second sentence.")
    return address


def left_open_over_news(page: Page, other: Page, text: str) -> str:
    """The same, and then a sync brings this text from another device."""
    address = left_open(page)
    arrive(other)
    rewrite(other, "/journal/" + address.rpartition("/")[2], text)
    line(other, "sent", 0)
    assert send(page)["sync"] == "done"
    assert [fields["text"] for fields in held(page).values() if "text" in fields] == [text]
    return address


def left_open_beside_a_tab(page: Page, text: str) -> str:
    """The same, and then another tab saves this text."""
    address = left_open(page)
    rewrite(page.context.new_page(), address, text)
    return address


def test_f19_save_tapped_five_times(at_home, server) -> None:
    open_form(at_home)
    type_entry(at_home, "Impatient", "Five taps, one entry.")
    at_home.get_by_role("button", name="Done").evaluate("button => { for (let n = 0; n < 5; n++) button.click(); }")
    expect(at_home.get_by_role("heading", name="Impatient")).to_be_visible()
    line(at_home, "sent", 0)
    assert texts(server) == ["Five taps, one entry."]


@pytest.fixture
def remembering(engine: str, request: pytest.FixtureRequest) -> Page:
    """A phone that keeps a page as it was left, for *Back*; the driver's own Chromium is told not to."""
    keeps = {"ignore_default_args": ["--disable-back-forward-cache"]}
    own = engine == "chromium"
    page = request.getfixturevalue("own_phone").open(**keeps) if own else request.getfixturevalue("phone")
    page.context.add_init_script(f"if (origin !== 'null') {{ {NO_WORDS} {HERE} }}")
    arrive(page)
    return page


@pytest.mark.all_engines
def test_f20_back_to_the_filled_form_and_save_again(remembering: Page, server, console) -> None:
    console.allow(LEFT)
    beside = remembering.context.new_page()
    beside.goto("/static/js/tell.js")
    remembering.bring_to_front()
    open_form(remembering)
    type_entry(remembering, "Back", "Written once.")
    remembering.evaluate(SAVE_WHEN_BACK)
    done(remembering)
    expect(remembering.get_by_role("heading", name="Back")).to_be_visible()
    address = remembering.evaluate("location.pathname")
    remembering.evaluate("history.back()")
    met = beside.wait_for_function("() => localStorage.getItem('met')", timeout=LONG_MS)
    assert met.json_value() == '[true,"Written once."]'
    assert beside.wait_for_function("() => localStorage.getItem('here')", timeout=LONG_MS).json_value() == address
    beside.bring_to_front()  # a page that nobody sees asks for nothing
    beside.goto("/today")
    line(beside, "sent", 0)
    assert texts(server) == ["Written once."]


@pytest.mark.all_engines
def test_f20_back_to_the_empty_form_and_save_again(at_home, server, console) -> None:
    console.allow(LEFT)
    open_form(at_home)
    type_entry(at_home, "Back", "Written once.")
    at_home.evaluate("addEventListener('unload', () => {})")  # so no browser keeps the page
    done(at_home)
    expect(at_home.get_by_role("heading", name="Back")).to_be_visible()
    at_home.go_back()
    expect(at_home.get_by_label("Text", exact=True)).to_have_value("")
    done(at_home)
    expect(at_home.get_by_role("alert").first).to_contain_text("Write something first")
    at_home.reload()
    expect(at_home.get_by_label("Text", exact=True)).to_have_value("")
    at_home.go_forward()
    expect(at_home.get_by_role("heading", name="Back")).to_be_visible()
    line(at_home, "sent", 0)
    assert texts(server) == ["Written once."]


@pytest.mark.parametrize("moment", ["still here", "sent"])
def test_goal_is_rated_while_the_form_that_splits_it_is_open(at_home, server, moment: str) -> None:
    goal = save(at_home, "goal", text="Understand and tell")
    line(at_home, "sent", 0)
    other = at_home.context.new_page()
    open_form(other, f"/goals/{goal}/split")
    if moment == "still here":
        server.stop()
    rate(at_home, f"/goals/{goal}", 3, "Slow.")
    if moment == "sent":
        line(at_home, "sent", 0)
    other.get_by_text("How did it go until here?").click()
    for field, text in (("text1", "Understand"), ("text2", "Tell"), ("reason", "Half of it.")):
        other.locator(f"[name={field}]").fill(text)
    other.locator("input[name=value][value='3']").check(force=True)
    other.locator("#split button[type=submit]").last.click()
    other.wait_for_url("/goals", timeout=LONG_MS)
    if moment == "still here":
        server.start()
    line(other, "sent", 0)
    (rating,), (kept,) = on_server(server, "rating"), on_server(server, "kept")
    assert (rating["reason"], kept["text"]) == ("Slow.", "Half of it.")
