"""A worksheet in a real browser with no network: one question a screen on a phone, a list on a desktop."""
from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.hands import LONG_MS, line, on_server, save, script, send, send_and_type_on

ASKED = {"road": "Which two or three turns in your path", "now": "What made this a good moment",
         "topics": "What would you like to have talked about", "style": "How do you like advice to reach you?"}


pytestmark = pytest.mark.usefixtures("patience")


def wired(page: Page) -> None:
    expect(page.locator("form.question[data-htmx-powered]").first).to_be_attached()


def use_set(page: Page, slug: str) -> str:
    """Use a set; returns the address of the worksheet."""
    page.goto(f"/questions/{slug}")
    page.get_by_role("button", name="Use these").click()
    page.wait_for_url("/worksheets/**", timeout=LONG_MS)
    wired(page)
    script(page, "turn.js")
    return page.url.partition("?")[0]


def next_question(page: Page, words: str) -> None:
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name=words)).to_be_visible()
    wired(page)


def test_questions_are_answered_one_at_a_time_without_a_server(phone, server) -> None:
    arrive(phone)
    server.kill()
    address = use_set(phone, "first-meeting")
    expect(phone.locator("form.question:visible")).to_have_count(1)
    phone.get_by_label(ASKED["road"]).fill("From the yard to the office.")
    next_question(phone, ASKED["now"])
    phone.get_by_role("link", name="Question 4").click()  # an aim, not a page: nothing typed goes away
    expect(phone.get_by_role("heading", name=ASKED["topics"])).to_be_visible()
    expect(phone.get_by_role("link", name="Question 4")).to_have_attribute("aria-current", "step")
    phone.get_by_label(ASKED["topics"]).fill("Budgets")
    phone.get_by_label(ASKED["topics"]).press("Enter")
    phone.keyboard.type("Saying no")
    next_question(phone, ASKED["style"])
    phone.locator("label:visible", has=phone.get_by_role("radio", name="4")).click()
    phone.get_by_role("button", name="Next").click()
    expect(phone.locator("form.question:visible .question-no")).to_contain_text("6 of 8")
    phone.goto(address)
    expect(phone.get_by_role("heading", name=ASKED["now"])).to_be_visible()  # where nothing is said yet
    server.start()
    send(phone)
    line(phone, "sent", 0)
    assert {one["question"]: one.get("scale") or one["text"] for one in on_server(server, "answer")} == {
        "first-meeting-road-here": "From the yard to the office.", "first-meeting-topics": "Budgets\nSaying no",
        "first-meeting-style": 4}


def test_what_was_typed_comes_back_at_its_own_question(phone) -> None:
    arrive(phone)
    address = use_set(phone, "first-meeting")
    phone.goto(f"{address}?q=first-meeting-topics")
    wired(phone)
    phone.get_by_label(ASKED["topics"]).fill("Budgets")
    expect(phone.locator("form.question:visible [data-draft-state]")).to_contain_text("not finished")
    phone.goto(f"{address}?q=first-meeting-road-here")
    wired(phone)
    expect(phone.get_by_label(ASKED["road"])).to_have_value("")
    phone.goto(f"{address}?q=first-meeting-topics")
    expect(phone.get_by_label(ASKED["topics"])).to_have_value("Budgets")
    expect(phone.locator("form.question:visible")).to_contain_text("is back")


def progress(page: Page, words: str) -> None:
    expect(page.locator("#progress")).to_contain_text(words)


def test_an_answer_of_the_list_is_kept_when_its_question_is_left(desktop, server) -> None:
    arrive(desktop)
    address = use_set(desktop, "first-meeting")
    desktop.get_by_label(ASKED["road"]).fill("From the yard to the office.")
    desktop.get_by_role("button", name="Keep answer 1").click()
    progress(desktop, "1 of 8 answered")
    desktop.get_by_label(ASKED["now"]).fill("A new team.")
    desktop.locator("label", has=desktop.get_by_role("radio", name="4")).first.click()  # somewhere else
    progress(desktop, "2 of 8 answered")
    expect(desktop.get_by_label(ASKED["now"])).to_have_value("A new team.")
    expect(desktop.get_by_role("radio", name="4").first).to_be_checked()
    desktop.get_by_label(ASKED["road"]).fill("From the yard.")
    desktop.keyboard.press("Control+Enter")
    progress(desktop, "3 of 8 answered")
    assert desktop.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(desktop.get_by_label(ASKED["now"])).to_be_focused()
    assert desktop.url.partition("#")[0] == address
    desktop.get_by_role("link", name="Read the answers").click()
    expect(desktop.get_by_text("A new team.")).to_be_visible()
    desktop.get_by_label("Discussed, answer 1").check()
    expect(desktop.locator("#discussed")).to_contain_text("1 of 3 discussed")
    desktop.get_by_role("link", name="Talk from it").click()
    desktop.locator(".talk label", has_text=ASKED["now"]).click()
    expect(desktop.locator("#talk")).to_contain_text("2 of 3 discussed")
    send(desktop)
    line(desktop, "sent", 0)
    assert {one["question"]: one["discussed"] for one in on_server(server, "answer")} == {
        "first-meeting-road-here": True, "first-meeting-why-now": True, "first-meeting-style": False}


def test_an_answer_that_is_gone_on_with_before_it_was_taken_stays_in_hand(desktop, server) -> None:
    arrive(desktop)
    use_set(desktop, "first-meeting")
    field = desktop.get_by_label(ASKED["road"])
    field.fill("From the yard")
    send_and_type_on(field, " to the office.", leaving=True)
    progress(desktop, "1 of 8 answered")
    expect(field).to_have_value("From the yard to the office.")
    expect(desktop.locator("form.question").first).to_contain_text("not finished")
    field.focus()
    desktop.keyboard.press("Control+Enter")
    expect(desktop.locator("form.question").first).not_to_contain_text("not finished")
    progress(desktop, "1 of 8 answered")
    send(desktop)
    line(desktop, "sent", 0)
    assert [one["text"] for one in on_server(server, "answer")] == ["From the yard to the office."]


def swipe(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    """One finger, as quick as a finger is, once the page listens."""
    page.wait_for_function("() => performance.getEntriesByType('resource').some(one => one.name.endsWith('/turn.js'))")
    hands, now = page.context.new_cdp_session(page), time.time()
    for number, (kind, points) in enumerate((("touchStart", [start]), ("touchMove", [end]), ("touchEnd", []))):
        hands.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points],
                                                "timestamp": now + number / 20})
    hands.detach()


def shows(page: Page, words: str) -> None:
    expect(page.locator("form.question:visible h2")).to_contain_text(words)


def test_questions_are_turned_by_swipes_and_keys_and_keep_what_was_typed(phone, server) -> None:
    phone.emulate_media(reduced_motion="reduce")  # while one page moves into the other, neither can be touched
    arrive(phone)
    address = use_set(phone, "first-meeting")
    phone.get_by_label(ASKED["road"]).fill("From the yard.")
    swipe(phone, (300, 700), (60, 690))
    shows(phone, ASKED["now"])
    for start, end in (((300, 700), (280, 300)), ((10, 700), (300, 700)), ((355, 700), (60, 700))):
        swipe(phone, start, end)  # down the page, and from the edges, which are the phone's own
    shows(phone, ASKED["now"])
    swipe(phone, (60, 700), (300, 690))
    shows(phone, ASKED["road"])
    phone.locator("form.question:visible .question-no").click()  # what was in the field is kept where it stands
    shows(phone, ASKED["road"])
    phone.keyboard.press("ArrowRight")
    shows(phone, ASKED["now"])
    phone.get_by_label(ASKED["now"]).fill("x" * 5001)
    phone.keyboard.press("ArrowRight")  # the field's own
    shows(phone, ASKED["now"])
    phone.get_by_role("link", name="The question before").click()
    shows(phone, ASKED["now"])  # it cannot be kept, so one is led back to it
    expect(phone.locator("form.question:visible")).to_contain_text("5000 characters at most")
    expect(phone.get_by_label(ASKED["now"])).to_have_value("x" * 5001)
    phone.get_by_label(ASKED["now"]).fill("A new team.")
    phone.keyboard.press("Control+Enter")
    shows(phone, "Think of someone who once helped you grow")
    assert phone.url.partition("#")[0] == address  # one page, whatever was answered
    send(phone)
    line(phone, "sent", 0)
    assert sorted(one["text"] for one in on_server(server, "answer")) == ["A new team.", "From the yard."]


def test_questions_are_arranged_and_what_is_typed_beside_them_comes_back(phone) -> None:
    arrive(phone)
    phone.goto("/questions/first-meeting")
    expect(phone.locator("form.ticks[data-htmx-powered]")).to_be_attached()
    phone.get_by_label("Questions of your own").fill("What else?")
    phone.get_by_role("button", name="Move question 2 up").click()
    expect(phone.locator(".ticks .rows li").first).to_contain_text(ASKED["now"])
    expect(phone.get_by_label("Questions of your own")).to_have_value("What else?")
    assert phone.locator("[data-draft-notice]").count() == 0
    phone.reload()
    expect(phone.get_by_label("Questions of your own")).to_have_value("What else?")
    expect(phone.locator("form.ticks")).to_contain_text("is back")
    phone.get_by_role("button", name="Use these").click()
    phone.wait_for_url("/worksheets/**", timeout=LONG_MS)
    phone.get_by_role("link", name="Arrange").click()
    expect(phone.locator(".ticks .rows li").last).to_contain_text("What else?")
    phone.goto("/questions/first-meeting")
    expect(phone.get_by_label("Questions of your own")).to_have_value("")


def test_what_is_typed_beside_the_questions_of_a_session_stays_with_that_session(phone, server) -> None:
    arrive(phone)
    soon = {"starts_on": "2026-12-07", "starts_time": "15:00", "zone": "Europe/Berlin", "state": "planned"}
    session = save(phone, "session", **soon)
    phone.goto(f"/questions/first-meeting?session={session}")
    script(phone, "draft.js")
    phone.get_by_label("Questions of your own").fill("What of June?")
    expect(phone.locator("[data-draft-state]")).to_contain_text("On this phone")
    phone.goto("/questions/first-meeting")
    script(phone, "draft.js")
    expect(phone.get_by_label("Questions of your own")).to_have_value("")
    phone.goto("/waiting")
    phone.get_by_role("link", name="Go on").click()
    expect(phone.get_by_label("Questions of your own")).to_have_value("What of June?")
    phone.get_by_role("button", name="Use these").click()
    phone.wait_for_url("/worksheets/**", timeout=LONG_MS)
    send(phone)
    line(phone, "sent", 0)
    assert [one["session"] for one in on_server(server, "worksheet")] == [session]
