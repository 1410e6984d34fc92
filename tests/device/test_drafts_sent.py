"""A draft and the save of its form: it goes with what was taken, and stays with what was typed after it."""
from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.device.drafting import FORGET, SAVE, STAY, TAKEN, TEXT, drafts, hidden, kept


def test_a_form_sent_back_with_a_new_question_below_keeps_its_answer(form):
    page = form()
    page.get_by_label("Text").fill(f" {TEXT}\n")
    stands = {name: value for name, value in kept(page).items() if name in ("change", "record")}
    asks = '</textarea></label><label>Which <input type="radio" name="which" checked></label><label><textarea>'
    form(page=page, text="Sent before the last keys." + asks, **stands)
    expect(page.get_by_label("Text")).to_have_value(f" {TEXT}\n")
    expect(page.get_by_label("Which")).to_be_checked()
    form(page=page, text=TEXT + asks, **stands)
    page.get_by_label("Line 1").fill("one")
    expect(page.locator("[data-draft-state]")).to_contain_text("not finished")
    expect(page.locator("[data-draft-notice]")).to_have_count(0)
    expect(page.get_by_label("Which")).to_be_checked()


def test_a_form_sent_back_with_errors_never_deletes_its_draft(form):
    page = form()
    page.get_by_label("Text").fill(TEXT)
    stands = {name: value for name, value in kept(page).items() if name in ("change", "record")}
    form(page=page, text=TEXT, **stands)
    expect(page.locator("[data-draft-state]")).to_contain_text("not finished")
    page.get_by_label("Text").fill(f"{TEXT} x")
    page.get_by_label("Text").fill(TEXT)
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert kept(page)["fields"]["text"] == [TEXT]
    page.evaluate(STAY)
    page.evaluate("document.forms[0].requestSubmit()")
    assert kept(page)["fields"]["text"] == [TEXT]


def test_a_form_that_comes_back_into_its_page_is_kept_at_once(form):
    page = form()
    page.evaluate(STAY)
    page.get_by_label("Text").fill(TEXT)
    page.get_by_label("Text").blur()
    page.evaluate("document.forms[0].requestSubmit()")
    change = kept(page)["change"]
    page.evaluate(FORGET, change)
    page.evaluate("""() => {
      const [form] = document.forms, text = form.elements.text.value;
      form.outerHTML = form.outerHTML;
      document.forms[0].elements.text.defaultValue = text;
      document.dispatchEvent(new CustomEvent('htmx:after:swap'));
    }""")
    draft = kept(page)
    assert (draft["change"], draft["fields"]["text"]) == (change, [TEXT])


def test_the_save_that_finishes_a_draft_takes_it_along(form):
    page = form()
    page.get_by_label("Text").fill(TEXT)
    kept(page)
    page.evaluate(SAVE, [hidden(page), "2026-11-24T12:00:00.000Z"])
    assert drafts(page, 0) == []


def test_a_draft_that_comes_after_its_own_save_is_forgotten(form):
    page = form()
    page.evaluate(SAVE, [hidden(page), "2199-11-24T12:00:00.000Z"])
    page.get_by_label("Text").fill(TEXT)
    kept(page)
    form(page=page)
    assert drafts(page, 0) == []
    expect(page.get_by_label("Text")).to_have_value("")


def test_a_submitted_form_writes_no_draft_on_its_way_out(form):
    page = form()
    page.evaluate(STAY)
    page.get_by_label("Text").fill(TEXT)
    page.evaluate("document.forms[0].requestSubmit()")
    change = kept(page)["change"]  # kept once more before it goes: the server may never answer
    page.evaluate(SAVE, [hidden(page), "2199-11-24T12:00:00.000Z"])
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert drafts(page, 0) == [] and change == hidden(page)["change"]


def test_what_flask_took_is_forgotten_by_its_notice(form):
    page = form()
    page.get_by_label("Text").fill(TEXT)
    page.evaluate(TAKEN, kept(page)["change"])
    assert drafts(page, 0) == []


@pytest.mark.parametrize("now", ["2026-11-24T12:00:00.000Z", "2199-11-24T12:00:00.000Z"])
def test_what_is_typed_after_its_form_was_sent_is_no_part_of_what_was_taken(form, now):
    page, more = form(), f"{TEXT} And more."
    page.evaluate(STAY)
    page.get_by_label("Text").fill(TEXT)
    page.evaluate("document.forms[0].requestSubmit()")
    change = kept(page)["change"]
    page.get_by_label("Text").fill(more)
    page.evaluate(SAVE, [hidden(page), now])  # takes along whatever was kept by then
    form(page=page)
    expect(page.get_by_label("Text")).to_have_value(more)
    page.evaluate(TAKEN, change)
    form(page=page)
    expect(page.get_by_label("Text")).to_have_value(more)
    page.evaluate(STAY)
    page.evaluate("document.forms[0].requestSubmit()")
    form(page=page)  # whether it was taken is not known
    expect(page.get_by_label("Text")).to_have_value(more)
    page.evaluate(TAKEN, change)
    assert drafts(page, 0) == []
