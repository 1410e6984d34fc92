"""Reminders on this device where they are in trouble: each thing that can become of a test, or of asking for them."""
from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser_sign_in import arrive, sign_in
from tests.devices import PHONE
from tests.hands import MODULES, put

AT = "2026-11-24T13:02:07.000Z"
# What the server answers to what is said then; the card is hidden where nothing was allowed, its button works.
SAID = [
    ({"outcome": "retry"}, "The push service did not answer, or is busy. Try again in a minute."),
    ({"outcome": "failed"}, "The push service refused it. Tap Stop here, then Remind me, and test again."),
    ({"outcome": "ours"}, "The push service refused our server, not this device, which is fine. Whoever runs the "
                          "server must look: its log says why."),
    ({"outcome": "gone"}, "This device has no push service at the moment."),
    ({"error": "That was many tests. Try again in a minute."}, "That was many tests. Try again in a minute."),
    (None, "Not sent. A test needs the network, and the server did not answer."),
    ({"outcome": "sent", "at": AT}, "Waiting for it …"),
]
THERE = "new BroadcastChannel('mentorlog').postMessage({type: 'push:arrived', tag: 'test'})"
TAP = "document.querySelector('[data-remind-tap=\"test\"]').click()"


@pytest.fixture
def page(device) -> Page:
    """Its browser is in New York, its person has the hours of Berlin."""
    page: Page = device(PHONE, service_workers="block", timezone_id="America/New_York")
    sign_in(page)
    page.goto("/settings/look")
    page.get_by_label("Zone").fill("Berlin")
    with page.expect_navigation():
        page.get_by_role("button", name="Keep").click()
    page.goto("/settings/reminders")
    return page


def test_each_outcome_of_a_test_has_its_words(page) -> None:
    expect(page.get_by_text("Not possible in this browser")).to_be_visible()
    took = page.locator("[data-remind-took]")
    said: list[dict[str, str] | None] = []
    page.route("**/push/test", lambda route: answer(route, said[-1]))
    for told, words in SAID:
        said.append(told)
        page.evaluate(TAP)
        expect(page.locator("[data-remind-words]")).to_have_text(words)
        expect(took).to_be_visible(visible=told is not None and "at" in told)
    expect(took).to_have_text(re.compile("push service took it at 14:02:07"))
    page.clock.set_fixed_time("2026-11-24T13:02:10Z")
    page.evaluate(THERE)
    expect(page.locator("[data-remind-words]")).to_have_text(re.compile("^The test arrived at 14:02, "))


def test_where_no_push_service_is_reached_other_ways_are_offered(phone) -> None:
    """Such as in a browser that has it switched off: it can be tried again for ever."""
    arrive(phone)
    phone.goto("/settings/reminders")
    phone.get_by_role("button", name="Remind me", exact=True).click()
    expect(phone.get_by_role("heading", name="This phone does not remind you yet")).to_be_visible()
    expect(phone.get_by_role("button", name="Try again")).to_be_visible()
    expect(phone.get_by_role("link", name="Use my calendar")).to_be_visible()


def test_f50_session_says_that_no_push_service_is_reached_any_more_until_that_is_read(phone) -> None:
    arrive(phone)
    phone.evaluate("async () => {" + MODULES + "await store.setMeta({ remind: true }); await store.close(); }")
    session = put(phone, "session", starts_on="2099-06-01", starts_time="15:00", zone="Europe/Berlin")
    phone.goto(f"/sessions/{session}")
    said = phone.get_by_role("heading", name="This phone does not remind you yet")
    expect(said).to_be_visible()
    phone.get_by_role("button", name="Go without").click()
    expect(said).to_be_hidden()
    phone.reload()
    expect(phone.locator("[data-remind]")).to_have_attribute("data-state", "ask")
    expect(said).to_be_hidden()


def answer(route: Route, told: dict[str, str] | None) -> None:
    if told is None:
        return route.abort()
    return route.fulfill(status=422 if "error" in told else 200, content_type="application/json", body=json.dumps(told))
