"""The editor in a real browser: signs by keys and taps, lists, input methods, prompts that come back with a draft."""
from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.hands import LONG_MS, done, line, on_server, open_form, send, send_and_type_on
from tests.submitting import Forms

COMPOSING = """(field) => {
  const key = { key: 'b', code: 'KeyB', ctrlKey: true, isComposing: true, bubbles: true, cancelable: true };
  const isFree = field.dispatchEvent(new KeyboardEvent('keydown', key));
  field.dispatchEvent(new InputEvent('input', { inputType: 'insertLineBreak', isComposing: true, bubbles: true }));
  return isFree;
}"""
SELECTED = "(field) => field.value.slice(field.selectionStart, field.selectionEnd)"
# Where a line of the text stands below the upper edge of what sticks to the lower one, in px; below 0: in sight.
UNDER = """(text, line) => {
  const height = parseFloat(getComputedStyle(text).lineHeight);
  const bar = document.querySelector('.editor-bar').getBoundingClientRect();
  return text.getBoundingClientRect().top + (line + 1) * height - bar.top;
}"""
NO_ROOM = "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }; }"


pytestmark = pytest.mark.usefixtures("patience")


def editor(page: Page, address: str = "/journal/new") -> None:
    """The form is there, and its scripts are."""
    open_form(page, address)
    expect(page.locator("[data-toolbar]")).to_be_visible()
    expect(page.locator("[data-prompts]")).to_be_visible()


def text(page: Page):
    return page.get_by_label("Text", exact=True)


def chip(page: Page, name: str):
    return page.locator("[data-prompts]").get_by_role("button", name=name)


def kept(page: Page) -> None:
    expect(page.locator("[data-draft-state]")).to_contain_text("not finished")


def set_goal(page: Page, words: str) -> str:
    """Set a goal; its id."""
    open_form(page, "/goals/new")
    page.get_by_label("Goal", exact=True).fill(words)
    id = Forms(page.content()).found["/goals/new"]["record"]
    page.get_by_role("button", name="Set the goal").click()
    page.wait_for_url("/goals", timeout=LONG_MS)
    return id


def test_keys_and_taps_mark_words_and_undo_takes_it_back(desktop: Page, server) -> None:
    arrive(desktop)
    editor(desktop)
    field = text(desktop)
    field.press_sequentially("Say it first")
    desktop.keyboard.press("Control+Shift+ArrowLeft")
    desktop.keyboard.press("Control+b")
    expect(field).to_have_value("Say it **first**")
    desktop.keyboard.press("Control+i")
    expect(field).to_have_value("Say it ***first***")
    desktop.keyboard.press("Control+b")
    expect(field).to_have_value("Say it *first*")
    for before in ("Say it ***first***", "Say it **first**", "Say it first"):
        desktop.keyboard.press("Control+z")
        expect(field).to_have_value(before)
    desktop.get_by_role("button", name="Link").click()
    expect(field).to_have_value("Say it [first](https://)")
    assert field.evaluate(SELECTED) == "https://"  # the next keys write the address
    expect(field).to_be_focused()
    kept(desktop)
    for key, sign in (("9", "> "), ("8", "> - "), ("2", "> ## ")):
        desktop.keyboard.press(f"Control+Shift+Digit{key}")
        expect(field).to_have_value(f"{sign}Say it [first](https://)")
    chip(desktop, "What stuck").click()
    desktop.keyboard.type("here")
    desktop.get_by_role("button", name="Bold").click()
    expect(desktop.get_by_label("What stuck")).to_have_value("**here**")
    desktop.keyboard.press("Control+Enter")
    expect(desktop.locator("article")).to_contain_text("What stuck")
    line(desktop, "sent", 0)
    assert on_server(server)[0]["lesson"] == "**here**"


def test_a_list_goes_on_and_a_title_leads_to_the_text(phone: Page) -> None:
    arrive(phone)
    editor(phone)
    phone.get_by_label("Title", exact=True).press_sequentially("Three things")
    phone.keyboard.press("Enter")
    expect(text(phone)).to_be_focused()
    phone.keyboard.type("1. one\ntwo")
    phone.keyboard.press("Shift+Enter")
    phone.keyboard.type("still two\n\n- a\n\nafter")
    expect(text(phone)).to_have_value("1. one\n2. two\nstill two\n\n- a\nafter")
    expect(phone.get_by_label("Title", exact=True)).to_have_value("Three things")
    expect(phone.locator("[data-words]").first).to_have_text("8 words")


def test_what_an_input_method_composes_is_left_alone(phone: Page) -> None:
    arrive(phone)
    editor(phone)
    text(phone).press_sequentially("- ")
    tools = phone.context.new_cdp_session(phone)
    tools.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    assert text(phone).evaluate(COMPOSING)
    expect(text(phone)).to_have_value("- にほ")
    tools.send("Input.insertText", {"text": "日本"})
    expect(text(phone)).to_have_value("- 日本")
    phone.evaluate("document.execCommand('insertText', false, ' one\\n\\n- two\\n')")  # in one piece, as a paste
    expect(text(phone)).to_have_value("- 日本 one\n\n- two\n")


def test_the_line_that_is_written_is_never_under_the_bar(phone: Page) -> None:
    arrive(phone)
    editor(phone)
    text(phone).fill("\n".join(f"Line {number}" for number in range(60)))
    for number in (20, 59, 40):
        text(phone).evaluate("(field, words) => { const at = field.value.indexOf(words) + words.length;"
                             " field.setSelectionRange(at, at); scrollTo(0, 0); }", f"Line {number}")
        phone.keyboard.type("x")
        assert text(phone).evaluate(f"(field) => ({UNDER})(field, {number})") <= 0, number
    phone.evaluate("document.documentElement.style.setProperty('--keyboard', '300px')")
    bottom = phone.locator(".editor-bar").evaluate("(bar) => innerHeight - bar.getBoundingClientRect().bottom")
    assert round(bottom) == 300


def test_tags_are_found_as_they_are_typed(phone: Page) -> None:
    arrive(phone)
    editor(phone)
    text(phone).fill("x")
    phone.get_by_label("Tags", exact=True).fill("career pace people")
    done(phone)
    expect(phone.locator("article")).to_contain_text("people")
    editor(phone)
    tags = phone.get_by_label("Tags", exact=True)
    tags.press_sequentially("new p")
    expect(phone.locator("[data-tags] .chip:visible")).to_have_text(["pace", "people"])
    phone.locator(".chip", has_text="people").click()
    expect(tags).to_have_value("new ")
    expect(phone.locator("[data-tags] .chip:visible")).to_have_count(3)
    text(phone).fill("y")
    done(phone)
    expect(phone.locator("article .tag")).to_have_text(["new", "people"])
    editor(phone)
    tags.fill(" ".join(f"rare-{number}" for number in range(10)) + " zest zeal")
    text(phone).fill("z")
    done(phone)
    expect(phone.locator("article")).to_contain_text("zest")
    editor(phone)
    expect(phone.locator("[data-tags] .chip:visible")).to_have_count(12)
    tags.press_sequentially("ze")
    expect(phone.locator("[data-tags] .chip:visible")).to_have_text(["zest", "zeal"])


def test_half_filled_prompts_come_back_with_their_folds_open(phone: Page, server) -> None:
    arrive(phone)
    goal = set_goal(phone, "Ask two people")
    editor(phone)
    expect(phone.locator("details.prompt:visible")).to_have_count(0)
    chip(phone, "What stuck").click()
    phone.keyboard.type("Nobody minded.")
    chip(phone, "What next").click()
    phone.keyboard.type("Ask again")
    chip(phone, "How did the last goal go").click()
    phone.locator("label", has=phone.get_by_role("radio", name="4")).click()
    phone.get_by_label("Why?").fill("Both said yes.")
    kept(phone)
    # Meanwhile the goal is rated at its other door, and another one is the last.
    other = phone.context.new_page()
    open_form(other, f"/goals/{goal}/rating")
    other.locator("label", has=other.get_by_role("radio", name="2")).click()
    other.get_by_role("button", name="no goal this time").click()
    other.wait_for_url(f"/goals/{goal}", timeout=LONG_MS)
    set_goal(other, "Another")
    other.close()
    phone.goto("/journal/new")
    phone.wait_for_url(f"/journal/new?rate={goal}", timeout=LONG_MS)
    expect(phone.locator("[data-draft-notice]")).to_be_visible()
    expect(phone.locator("details.prompt:visible")).to_have_count(3)
    expect(phone.locator("#p-rate")).to_contain_text("Ask two people")
    for name, value in (("lesson", "Nobody minded."), ("next", "Ask again"), ("reason", "Both said yes.")):
        expect(phone.locator(f"#f-{name}")).to_have_value(value)
    expect(chip(phone, "How did the last goal go")).to_have_attribute("aria-expanded", "true")
    expect(phone.locator("#p-rate").get_by_role("radio", name="4")).to_be_checked()
    done(phone)
    expect(phone.get_by_role("heading", name="How the last goal went")).to_be_visible()
    send(phone)
    line(phone, "sent", 0)
    [entry], [rating] = on_server(server), on_server(server, "rating")
    assert (entry["lesson"], entry["rated"]) == ("Nobody minded.", goal)
    assert (rating["value"], [row["value"] for row in rating["earlier"]]) == (4, [2])
    assert [one["text"] for one in on_server(server, "goal")] == ["Ask two people", "Another", "Ask again"]


def test_a_device_without_room_says_so_and_gives_the_text_out(phone: Page) -> None:
    arrive(phone)
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    editor(phone)
    phone.evaluate(NO_ROOM)
    text(phone).fill("Nowhere else yet.")
    expect(phone.get_by_role("alert")).to_contain_text("is full.")
    expect(phone.locator("[data-draft-state]")).to_contain_text("Not kept since")
    phone.get_by_label("Title", exact=True).fill("On the screen")
    phone.get_by_role("button", name="Copy the text").click()
    expect(phone.get_by_role("button", name="Copied")).to_be_visible()
    assert phone.evaluate("navigator.clipboard.readText()") == "On the screen\n\nNowhere else yet."


def test_an_entry_sent_back_twice_outlives_its_tab(phone: Page) -> None:
    arrive(phone)
    editor(phone)
    text(phone).fill("A long morning, in many words.")
    phone.get_by_label("Title", exact=True).fill("x" * 500)
    for _ in range(2):
        with phone.expect_response("**/journal/new") as reply:
            done(phone)
        assert reply.value.status == 422
        expect(phone.locator("#e-title")).to_be_visible()
        expect(phone.locator("#form[data-htmx-powered]")).to_be_visible()
        kept(phone)
    phone.close(run_before_unload=False)
    again = phone.context.new_page()
    editor(again)
    expect(text(again)).to_have_value("A long morning, in many words.")


def test_what_is_typed_between_the_tap_and_the_answer_is_not_lost(phone: Page, server) -> None:
    arrive(phone)
    editor(phone)
    text(phone).fill("Said.")
    send_and_type_on(text(phone), " And thought.")
    expect(phone.locator("article")).to_contain_text("Said.")
    phone.reload()  # the word about what was taken was heard
    editor(phone)
    expect(text(phone)).to_have_value("Said. And thought.")
    done(phone)
    expect(phone.locator("article")).to_contain_text("And thought.")
    line(phone, "sent", 0)
    assert [one["text"] for one in on_server(server)] == ["Said. And thought."]
    editor(phone)
    expect(text(phone)).to_have_value("")


def test_what_is_typed_before_an_entry_comes_back_with_an_error_comes_back_with_it(phone: Page) -> None:
    arrive(phone)
    editor(phone)
    phone.get_by_label("Title", exact=True).fill("x" * 500)
    text(phone).fill("Said.")
    send_and_type_on(text(phone), " And thought.")
    expect(phone.locator("#e-title")).to_be_visible()
    expect(text(phone)).to_have_value("Said. And thought.")
