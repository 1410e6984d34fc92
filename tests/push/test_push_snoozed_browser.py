"""*Snooze* on the page that a reminder opened: why it could not be put off is told apart, in words."""
from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.browser_sign_in import sign_in
from tests.devices import PHONE

# What the server answers, and what is said then; none when it is not reached.
SAID = [({"status": 500}, "the server answered, but could not do it. Try again in a minute."),
        ({"status": 429}, "the server answered, but could not do it. Try again in a minute."),
        (None, "the server was not reached."),
        ({"status": 303, "headers": {"Location": "/sign-in"}}, "you are signed out on this device.")]


def test_each_reason_why_it_could_not_be_put_off_has_its_words(device, console) -> None:
    page = device(PHONE, service_workers="block")
    console.allow("Failed to load resource: ")
    sign_in(page)
    page.goto("/goals?reminder=x")
    told = [answer for answer, _ in SAID]
    page.route("**/reminders/x/snooze", lambda route: reply(route, told.pop(0)))
    said = page.locator("#toasts")
    for _, words in SAID:
        page.get_by_role("button", name="Snooze 10 minutes").click()
        expect(said).to_contain_text(f"It could not be put off: {words}")
    expect(said.get_by_role("button")).to_have_count(0)
    expect(said.get_by_role("link", name="Sign in")).to_have_attribute("href", "/sign-in?next=%2Fgoals")


def reply(route: Route, told: dict | None) -> None:
    return route.abort() if told is None else route.fulfill(**told)
