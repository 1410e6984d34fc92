"""A worksheet in a real browser with no network: one question a screen on a phone, a list on a desktop."""
from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.hands import LONG_MS, line, on_server, send

ASKED = {"road": "Which two or three turns in your path", "now": "What made this a good moment",
         "topics": "What would you like to have talked about", "style": "How do you like advice to reach you?"}


@pytest.fixture(autouse=True)
def patience():
    expect.set_options(timeout=LONG_MS)
    yield
    expect.set_options(timeout=5_000)


def wired(page: Page) -> None:
    expect(page.locator("form.question[data-htmx-powered]").first).to_be_attached()


def use_set(page: Page, slug: str) -> str:
    """Use a set; returns the address of the worksheet."""
    page.goto(f"/questions/{slug}")
    page.get_by_role("button", name="Use these").click()
    page.wait_for_url("**/worksheets/**", timeout=LONG_MS)
    wired(page)
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


def test_an_answer_of_the_list_is_kept_in_its_place(desktop, server) -> None:
    arrive(desktop)
    address = use_set(desktop, "first-meeting")
    desktop.get_by_label(ASKED["now"]).fill("A new team.")
    desktop.get_by_label(ASKED["road"]).fill("From the yard to the office.")
    desktop.get_by_role("button", name="Keep answer 1").click()
    expect(desktop.locator("form.question").first.locator(".state")).to_be_visible()
    expect(desktop.get_by_label(ASKED["now"])).to_have_value("A new team.")
    assert desktop.url.partition("?")[0] == address
    expect(desktop.locator("#progress")).to_contain_text("1 of 8 answered")
    desktop.get_by_role("button", name="Keep answer 2").click()
    expect(desktop.locator("#progress")).to_contain_text("2 of 8 answered")
    desktop.get_by_role("link", name="Read the answers").click()
    expect(desktop.get_by_text("A new team.")).to_be_visible()
    desktop.get_by_label("Discussed, answer 1").check()
    expect(desktop.locator("#discussed")).to_contain_text("1 of 2 discussed")
    send(desktop)
    line(desktop, "sent", 0)
    assert [one["discussed"] for one in on_server(server, "answer") if one["question"].endswith("road-here")] == [True]
