"""One draft in two pages of a device: whoever types has one of their own, and nobody's is deleted by the other."""
from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.device.drafting import LISTEN, SAVE, STAY, TEXT, drafts, hidden, kept

LEAVE = "dispatchEvent(new Event('pagehide'))"


@pytest.fixture
def two(form):
    """A page with a draft, and another one into which it was put back; the first has heard of it."""
    first = form()
    first.get_by_label("Text").fill(TEXT)
    kept(first)
    first.evaluate(LISTEN)
    second = form()
    expect(second.get_by_label("Text")).to_have_value(TEXT)
    assert first.evaluate("heard")
    return first, second


def texts(page, count):
    return sorted(draft["fields"]["text"][0] for draft in drafts(page, count))


def test_what_both_pages_type_is_kept_twice(two):
    for page, more in zip(two, ("one", "two"), strict=True):
        page.get_by_label("Text").fill(f"{TEXT} {more}")
        page.evaluate(LEAVE)
    assert texts(two[0], 2) == [f"{TEXT} one", f"{TEXT} two"]
    assert hidden(two[0])["change"] != hidden(two[1])["change"]
    assert hidden(two[0])["record"] == hidden(two[1])["record"]


def test_one_draft_stays_one_while_nobody_types(two):
    for page in two:
        page.evaluate(LEAVE)
    assert texts(two[0], 1) == [TEXT]


def test_the_save_of_one_page_leaves_the_draft_of_the_other(two):
    first, second = two
    second.get_by_label("Text").fill(f"{TEXT} two")
    expect(second.locator("[data-draft-state]")).to_contain_text("not finished")
    second.evaluate(LEAVE)
    first.evaluate(STAY)
    first.evaluate("document.forms[0].requestSubmit()")
    first.evaluate(SAVE, [hidden(first), "2199-11-24T12:00:00.000Z"])
    assert texts(first, 1) == [f"{TEXT} two"]


def test_dropped_in_one_page_what_the_other_typed_since_stays(two):
    first, second = two
    first.get_by_label("Text").fill(f"{TEXT} one")
    first.evaluate(LEAVE)
    second.locator("[data-draft-drop]").click()
    expect(second.get_by_label("Text")).to_have_value(f"{TEXT} one")
    assert texts(first, 1) == [f"{TEXT} one"]


def test_dropped_in_the_first_page_what_the_second_typed_since_stays(two):
    first, second = two
    third = first.context.new_page()
    third.goto(first.url)
    expect(third.get_by_label("Text")).to_have_value(TEXT)
    third.get_by_label("Text").fill(f"{TEXT} three")
    third.evaluate(LEAVE)
    second.locator("[data-draft-drop]").click()
    expect(second.get_by_label("Text")).to_have_value(f"{TEXT} three")
    third.close(run_before_unload=False)
    assert texts(second, 1) == [f"{TEXT} three"]


def test_dropped_in_one_page_the_other_does_not_say_that_it_is_kept(two):
    first, second = two
    expect(first.locator("[data-draft-state]")).to_contain_text("not finished")
    second.locator("[data-draft-drop]").click()
    expect(second.get_by_label("Text")).to_have_value("")
    expect(first.locator("[data-draft-state]")).to_have_text("")
    first.get_by_label("Text").fill(f"{TEXT} one")
    assert texts(first, 1) == [f"{TEXT} one"]
