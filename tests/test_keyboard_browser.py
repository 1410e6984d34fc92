"""Where a keyboard lies over the page, as Safari lets it: what is written and the bar below it stay in sight."""
from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.hands import open_form, script

# No engine here lays a keyboard over the page, so the part that is seen is made smaller as Safari makes it.
LESS_TO_SEE = """() => {
  let [keyboard, scale, top] = [0, 1, 0];
  const of = (name, get) => Object.defineProperty(VisualViewport.prototype, name, { configurable: true, get });
  of('height', () => (innerHeight - keyboard) / scale);
  of('scale', () => scale);
  of('offsetTop', () => top);
  globalThis.seen = (px, zoom = 1, moved = 0) => {
    [keyboard, scale, top] = [px, zoom, moved];
    visualViewport.dispatchEvent(new Event('resize'));
  };
}"""
KEYBOARD_PX = 320
# How far the lower edge of the bar stands above that of the window, in px.
ABOVE = "() => Math.round(innerHeight - document.querySelector('.editor-bar').getBoundingClientRect().bottom)"
# Where the line that is written ends, in px below what is seen above the bar; not above 0 is in sight.
UNDER = """(field) => {
  const bar = document.querySelector('.editor-bar').getBoundingClientRect();
  const lines = field.value.slice(0, field.selectionEnd).split('\\n').length;
  const end = field.getBoundingClientRect().top + lines * parseFloat(getComputedStyle(field).lineHeight);
  return Math.round(Math.max(end - bar.top, bar.bottom - visualViewport.height));
}"""


def editor(page: Page) -> None:
    """The form is there, and the script that knows of keyboards."""
    page.context.add_init_script(f"({LESS_TO_SEE})()")
    arrive(page)
    open_form(page)
    expect(page.locator("[data-toolbar]")).to_be_visible()
    script(page, "keyboard.js")


def lifted(page: Page, px: int) -> None:
    """The bar stands so far above the lower edge of the window."""
    expect(page.locator("html")).to_have_attribute("style", re.compile(rf"--keyboard: {px}px"))
    assert page.evaluate(ABOVE) == px


def test_the_bar_and_the_line_that_is_written_stand_above_the_keyboard(phone: Page) -> None:
    editor(phone)
    field = phone.get_by_label("Text", exact=True)
    field.fill("\n".join(f"Line {number}" for number in range(60)))
    phone.evaluate("px => seen(px)", KEYBOARD_PX)
    lifted(phone, KEYBOARD_PX)
    for number in (20, 40):
        field.evaluate("(field, words) => { const at = field.value.indexOf(words) + words.length;"
                       " field.setSelectionRange(at, at); }", f"Line {number}")
        phone.keyboard.type("x")
        assert field.evaluate(UNDER) <= 0, number
    phone.evaluate("px => seen(px, 1, px)", KEYBOARD_PX)  # moved to the lower end of the page, all of which is seen
    lifted(phone, 0)
    phone.evaluate("seen(0)")
    lifted(phone, 0)


def test_who_zooms_in_sees_less_without_a_keyboard(phone: Page) -> None:
    editor(phone)
    phone.evaluate("px => seen(px)", KEYBOARD_PX)
    lifted(phone, KEYBOARD_PX)
    phone.evaluate("seen(0, 2)")
    lifted(phone, 0)
