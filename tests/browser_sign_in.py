"""How a person signs in with a real browser and waits until the device has everything."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.cast import OURS, PASSWORD, email

ARRIVE_MS = 30_000
ZONE = "Intl.DateTimeFormat().resolvedOptions().timeZone"


def sign_in(page: Page, name: str = "ada") -> None:
    """Through the form; returns when the page after it is there."""
    page.goto("/sign-in")
    fill_in(page, name)


def fill_in(page: Page, name: str = "ada") -> None:
    """The form that is there."""
    page.get_by_label("E-mail").fill(email(name))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def arrive(page: Page, name: str = "ada") -> None:
    """Sign in without a look at the form, and wait until the worker answers for this person."""
    typed = {"email": email(name), "password": PASSWORD, "zone": page.evaluate(ZONE)}
    reply = page.request.post("/sign-in", form=typed, headers=OURS, max_redirects=0)
    assert reply.status == 303, reply.text()
    page.goto(reply.headers["location"])
    page.wait_for_url("/today", timeout=ARRIVE_MS)
    expect(page.locator("#line")).to_have_attribute("data-state", "sent", timeout=ARRIVE_MS)
