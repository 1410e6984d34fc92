"""The look with much in it and while it comes: no page scrolls sideways, and nothing moves under a finger."""
from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.hands import MODULES, put

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ZONE = "America/Argentina/ComodRivadavia"
SMALL = {"width": 320, "height": 640}
TARGET = 44  # px
SIDEWAYS = """([scale, dir]) => {
  Object.assign(document.documentElement, { dir }).style.fontSize = scale;
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}"""
TRANSITIONS = """() => {
  const count = within => [...within.cssRules ?? []].reduce(
    (sum, rule) => sum + (rule instanceof CSSViewTransitionRule ? 1 : count(rule)), 0);
  return [...document.styleSheets].reduce((sum, sheet) => sum + count(sheet), 0);
}"""
ANSWER_ID = "async sheet => {" + MODULES + """
  const names = await store.meta('names');
  await store.close();
  return modules['ids.js'].nameId(names, `answer:${sheet}:which`);
}"""
HOURS_ID = ANSWER_ID.replace("`answer:${sheet}:which`", "'hours'")
# Where a button stands, and where once the others have gone out of sight; the visibility of those.
HIDE_BESIDE = """button => {
  const others = [...document.querySelectorAll('[data-copy], [data-print]')];
  const place = () => button.getBoundingClientRect().y, before = place();
  for (const one of others) one.hidden = true;
  return [before, place(), others.map((one) => getComputedStyle(one).visibility)];
}"""


def fill(page: Page) -> list[str]:
    """Records of one long word each; the addresses on which it stands."""
    long, title = (WORD * 2)[:140], (WORD * 3)[:200]
    goal = put(page, "goal", text=long, steps=[{"id": "s1", "text": long, "done": False}])
    entry = put(page, "entry", title=title, text=WORD, tags=[WORD[:40]])
    partner = put(page, "partner", name=title, zone=ZONE)
    session = put(page, "session", starts_on="2099-01-07", starts_time="15:00", zone=ZONE, partner=partner)
    asked = [{"id": "how", "type": "scale", "text": WORD, "low": long, "high": long},
             {"id": "which", "type": "list", "text": "Which?"}]
    sheet = put(page, "worksheet", title=title, questions=asked)
    put(page, "answer", page.evaluate(ANSWER_ID, sheet), worksheet=sheet, question="which", text=f"One\n{WORD}")
    put(page, "hours", page.evaluate(HOURS_ID), good=["mon-10", "wed-06", "sat-21"])
    return ["/today", "/goals", f"/goals/{goal}", "/journal", f"/journal/{entry}", f"/history/{entry}", "/sessions",
            f"/sessions/{session}", f"/sessions/{session}/edit", f"/sessions/{session}/edit?on=2099-01-08&at=14:00",
            f"/worksheets/{sheet}", f"/worksheets/{sheet}/answers", f"/worksheets/{sheet}/talk",
            "/journal?tag=no-such", "/times/hours", f"/times/hours/{partner}", f"/times/{partner}"]


@pytest.mark.parametrize(("scale", "dir"), [("100%", "ltr"), ("200%", "ltr"), ("100%", "rtl")])
def test_no_long_word_scrolls_a_page_sideways(phone, scale: str, dir: str) -> None:
    arrive(phone)
    phone.set_viewport_size(SMALL)
    for address in fill(phone):
        phone.goto(address)
        assert phone.evaluate(SIDEWAYS, [scale, dir]) <= 0, address


def test_after_some_pages_a_tab_turns_without_a_transition(device) -> None:
    phone = device(reduced_motion="no-preference")
    arrive(phone)
    phone.goto("/journal")
    assert phone.evaluate(TRANSITIONS) == 1
    phone.evaluate("() => { sessionStorage.turns = 50; }")
    phone.goto("/goals")
    phone.wait_for_function(f"() => ({TRANSITIONS})() === 0")


def test_what_a_script_shows_later_has_its_place_before(phone) -> None:
    arrive(phone)
    phone.goto(f"/journal/{put(phone, 'entry', title='A short one')}")
    buttons = phone.locator("[data-copy], [data-print]")
    expect(buttons.locator("visible=true")).to_have_count(2)
    before, after, visible = phone.get_by_role("button", name="Delete").evaluate(HIDE_BESIDE)
    assert before == after and visible == ["hidden", "hidden"]


def test_what_stuck_leads_to_its_entry_under_a_thumb(phone) -> None:
    arrive(phone)
    put(phone, "entry", lesson="Ask for the decision.")
    phone.goto("/today")
    box = phone.get_by_role("link", name="Entry of").bounding_box()
    assert box and min(box["width"], box["height"]) >= TARGET
