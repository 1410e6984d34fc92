"""The journey: from a thumb on the phone to the server and back, once on SQLite and once on PostgreSQL.

Real browser, real worker, real server process, real database; of the push service only Google's part is ours.
"""
from __future__ import annotations

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests import hands
from tests.cast import PASSWORD, ZONE
from tests.contracts.conversation import FlaskSide
from tests.databases import nobody
from tests.devices import COMMON, DESKTOP
from tests.push.hours import said_at
from tests.push.world import World

EMAIL = "mira@example.org"
PUSH_SECONDS = 120
KINDS = ("entry", "goal", "rating", "worksheet", "answer", "session")


@pytest.fixture
def world(tmp_path, kind, databases, playwright):
    with World(tmp_path, databases, playwright, kind, nobody) as made:
        yield made
        assert not made.console.unexpected(), made.console.unexpected()


def set_up(world: World) -> Page:
    """Open the one-time link and create the first account."""
    link = world.server.wait_for_line("/start").split()[-1]
    world.open_browser()
    page = world.page
    page.goto(link)
    expect(page.get_by_label("Time zone")).to_have_value(ZONE)
    for label, typed in (("Your name", "Mira"), ("E-mail", EMAIL), ("Password", PASSWORD)):
        page.get_by_label(label).fill(typed)
    page.get_by_role("button", name="Create the first account").click()
    page.wait_for_url("/today", timeout=hands.LONG_MS)
    hands.line(page, "sent", 0)
    return page


def plan_session(page: Page, start: datetime) -> str:
    """Plan a session; returns its address."""
    page.goto("/sessions/new")
    page.get_by_label("Day", exact=True).fill(start.strftime("%Y-%m-%d"))
    page.get_by_label("Hour", exact=True).fill(start.strftime("%H:%M"))
    page.locator("#form button[type=submit]").last.click()
    page.wait_for_url(lambda url: "/sessions/" in url and not url.endswith("/new"), timeout=hands.LONG_MS)
    return page.url.partition("?")[0]


def set_goal(page: Page, text: str) -> None:
    page.get_by_label("Goal", exact=True).fill(text)
    page.locator("#form button[type=submit]").last.click()
    page.wait_for_url(lambda url: not url.partition("?")[0].endswith("/new"), timeout=hands.LONG_MS)


def answer(page: Page, how_many: int) -> None:
    """Answer so many questions of the worksheet, whatever they ask."""
    for _ in range(how_many):
        asked = page.locator("form[data-current]")
        address = page.url
        if asked.locator("textarea").count():
            asked.locator("textarea").first.fill("An answer of mine.")
        elif asked.locator("input[type=radio]").count():
            asked.locator("label:has(input[type=radio])").first.click()
        else:
            asked.locator("input[name=text]").first.fill("A line of mine.")
        asked.get_by_role("button", name="Next").click()
        page.wait_for_url(lambda url, before=address: url != before, timeout=hands.LONG_MS)


def on_server(world: World) -> dict[str, list[dict]]:
    """Kind to the fields of every record the server has of Mira."""
    reply = FlaskSide(world.server.url, "mira").ask("GET", "/settings/copy", {}, None)
    found: dict[str, list[dict]] = {}
    for record in json.loads(reply.body)["records"]:
        found.setdefault(record["kind"], []).append(record["fields"])
    return found


def test_a_mentee_carries_it_through_a_tunnel(world: World, browser) -> None:
    page = set_up(world)
    now = datetime.now(ZoneInfo(ZONE))
    plan_session(page, now + timedelta(days=7))
    world.remind_me()
    entry = hands.write(page, "Platform", "Waiting for the train. Thinking of a sentence.")
    page.goto("/goals/new")
    set_goal(page, "Say the sentence first")
    page.goto("/questions/first-meeting")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("/worksheets/**", timeout=hands.LONG_MS)
    worksheet = page.url.partition("?")[0].partition("#")[0]
    answer(page, 3)
    hands.line(page, "sent", 0)
    world.server.kill()
    world.close_browser()

    world.open_browser()
    page = world.page
    screens = ("/today", "/journal", "/goals", "/questions", "/sessions", "/waiting", "/settings", entry, worksheet)
    for screen in screens:
        page.goto(screen)
        expect(page.locator("h1:visible").first).to_be_visible()
        assert page.locator("#line").get_attribute("data-waiting") == "0", screen
    hands.rewrite(page, entry, "Waiting for the train. Thinking of a better sentence.")
    hands.write(page, "Tunnel", "Nobody hears the word zucchini here.")
    page.goto("/goals")
    page.get_by_role("link", name="Say the sentence first", exact=True).click()
    page.get_by_role("link", name="Rate it", exact=True).click()
    page.locator("label:has(input[name=value][value='4'])").click()
    page.locator("#rate button[type=submit]").first.click()
    page.wait_for_url(lambda url: not url.endswith("/rating"), timeout=hands.LONG_MS)
    page.goto("/goals/new")
    set_goal(page, "Ask for the decision")
    page.goto(worksheet)
    answer(page, 2)
    page.goto("/search?q=zucchini")
    expect(page.locator("#hits")).to_contain_text("Tunnel")
    expect(page.locator("#line")).not_to_have_attribute("data-waiting", "0")

    world.start_server()
    hands.line(page, "sent", 0)
    has = on_server(world)
    assert sorted(one["text"] for one in has["entry"]) == [
        "Nobody hears the word zucchini here.", "Waiting for the train. Thinking of a better sentence."]
    assert sorted(one["text"] for one in has["goal"]) == ["Ask for the decision", "Say the sentence first"]
    assert [one["value"] for one in has["rating"]] == [4]
    assert len(has["answer"]) == 5
    assert {kind: len(has[kind]) for kind in KINDS} == {
        "entry": 2, "goal": 2, "rating": 1, "worksheet": 1, "answer": 5, "session": 1}

    other = browser.new_context(base_url=world.server.url, **DESKTOP, **COMMON).new_page()
    other.goto("/sign-in")
    other.get_by_label("E-mail").fill(EMAIL)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    other.wait_for_url("/today", timeout=hands.LONG_MS)
    other.goto("/journal")
    expect(other.locator("main")).to_contain_text("Tunnel")
    expect(other.locator("main")).to_contain_text("Platform")

    start = (datetime.now(ZoneInfo(ZONE)) + timedelta(minutes=31)).replace(second=0, microsecond=0)
    session = plan_session(page, start)
    hands.line(page, "sent", 0)
    page.goto("/journal")
    words = f"You have something {said_at(start, ZONE)}"
    world.area.click(world.area.wait(words, seconds=PUSH_SECONDS))
    page.wait_for_url(f"{session}*", timeout=hands.LONG_MS)
    assert world.area.history == [words]
