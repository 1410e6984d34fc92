"""Goals in a real browser: steps that change places on the spot, and four open goals of two devices that met late."""
from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.hands import on_server, open_form, send

pytestmark = pytest.mark.usefixtures("patience")


def set_goal(page: Page, text: str) -> None:
    open_form(page, "/goals/new?after=none")
    page.get_by_label("Goal", exact=True).fill(text)
    page.get_by_role("button", name="Set the goal").last.click()


def texts_of(page: Page) -> list[str]:
    """The steps in the form, in their order."""
    fields = page.locator("[data-slots] input[type=text]")
    return [text for text in fields.evaluate_all("fields => fields.map(field => field.value)") if text]


def test_steps_change_places_without_a_server_and_are_kept_so(phone, server) -> None:
    arrive(phone)
    server.kill()
    open_form(phone, "/goals/new")
    phone.get_by_label("Goal", exact=True).fill("Show the team")
    phone.get_by_text("Why, and up to six steps").click()
    phone.get_by_label("Step 1", exact=True).fill("Count")
    for text in ("Ask", "Draw", "Tell"):
        phone.keyboard.press("Enter")  # to the next step, and not away with the form
        phone.keyboard.type(text)
    phone.get_by_role("button", name="Step 4 up").click()
    expect(phone.get_by_role("button", name="Step 3 up")).to_be_focused()
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="Take step 1 out").click()
    assert texts_of(phone) == ["Tell", "Ask", "Draw"]
    expect(phone.locator("[data-draft-state]")).to_contain_text("not finished")
    open_form(phone, "/goals/new")  # the draft remembers the order
    expect(phone.get_by_text("is back.")).to_be_visible()
    assert texts_of(phone) == ["Tell", "Ask", "Draw"]
    phone.get_by_role("button", name="Set the goal").last.click()
    expect(phone.locator(".goal .steps li").first).to_have_text("Tell")
    server.start()
    send(phone)
    [goal] = on_server(server, "goal")
    assert [step["text"] for step in goal["steps"]] == ["Tell", "Ask", "Draw"]


def test_four_goals_of_two_devices_are_settled_and_the_fourth_of_one_asks(phone, desktop, server) -> None:
    for page in (phone, desktop):
        arrive(page)
    server.kill()
    for page, names in ((phone, "12"), (desktop, "34")):
        for name in names:
            set_goal(page, f"Goal {name}")
            expect(page.get_by_role("link", name=f"Goal {name}", exact=True)).to_be_visible()
    server.start()
    send(phone)
    send(desktop)
    expect(desktop.get_by_text("4 goals are open")).to_be_visible()
    desktop.get_by_role("link", name="Say which one waits").click()
    desktop.get_by_label("Goal 1").check()
    desktop.get_by_role("button", name="Let it wait").click()
    expect(desktop.get_by_text("3 of 3")).to_be_visible()
    set_goal(desktop, "Goal 5")
    expect(desktop.get_by_role("heading", name="Which one waits?")).to_be_visible()
    expect(desktop.locator("[name=which]:checked")).to_have_count(1)  # no draft came over it
    expect(desktop.get_by_text("is back.")).to_have_count(0)
    desktop.get_by_label("The new one").check()
    desktop.get_by_role("button", name="Let it wait, set the new one").last.click()
    expect(desktop.get_by_text("3 of 3")).to_be_visible()
    send(desktop)
    send(phone)
    assert sorted(one["text"] for one in on_server(server, "goal") if one.get("waits")) == ["Goal 1", "Goal 5"]
