"""How near a session is, on Today and on its own page: turned with each minute by a script, and by nothing else."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.hands import put, script
from tests.importing import importing
from tests.test_until_browser import AWAKE, Clock

pytestmark = pytest.mark.usefixtures("patience")
SCRIPTS = Path(__file__).parents[1] / "static" / "js"
BEGINS = datetime(2026, 11, 24, 15, tzinfo=UTC)
NEAR = '<span data-near="2026-11-24T15:00:00.000Z" hidden></span>'
WORDS = """([minutes, begins]) => import('/near.js').then(({ words }) =>
  [0, 59_999].map(late => words('2026-11-24T15:00:00.000Z', begins - minutes * 60_000 + late)))"""
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def noon(phone: Page, console) -> Clock:
    """The clock of a phone that is signed in, five seconds after noon of tomorrow: no day turns under a test."""
    arrive(phone)
    clock = Clock(phone)
    console.allow("htmx:error: timeout")  # a night goes by under its requests
    at = (clock.start + timedelta(days=1)).astimezone(BERLIN).replace(hour=12, minute=0, second=5, microsecond=0)
    clock.sleep(seconds=(at - clock.start).total_seconds())
    return clock


def ahead(page: Page, clock: Clock, minutes: int) -> str:
    """A session in so many minutes, put on this device; its address."""
    begins = (clock.start + clock.gone + timedelta(minutes=minutes)).astimezone(BERLIN)
    return "/sessions/" + put(page, "session", starts_on=f"{begins:%Y-%m-%d}", starts_time=f"{begins:%H:%M}",
                              zone="Europe/Berlin", minutes=45, channel="phone", phone="+1 555 0100")


@pytest.mark.parametrize(("minutes", "said"), [
    (121, ""), (120, "in 2 hours"), (119, "in 1 hour 59 minutes"), (61, "in 1 hour 1 minute"), (60, "in 1 hour"),
    (40, "in 40 minutes"), (2, "in 2 minutes"), (1, "in 1 minute"), (0, "now"), (-1, ""), (-10_000, "")])
def test_it_is_said_by_the_minutes_that_a_clock_shows(browser, minutes: int, said: str) -> None:
    with importing(browser, SCRIPTS) as page:
        assert page.evaluate(WORDS, [minutes, BEGINS.timestamp() * 1_000]) == [said] * 2


def test_after_a_sleep_it_is_right_as_soon_as_the_phone_is_looked_at(browser) -> None:
    with importing(browser, SCRIPTS) as page:
        page.clock.install(time=BEGINS - timedelta(minutes=90))
        page.clock.pause_at(BEGINS - timedelta(minutes=89, seconds=50))
        page.evaluate(f"() => {{ document.body.innerHTML = `{NEAR}`; return import('/near.js'); }}")
        expect(page.locator("span")).to_have_text("in 1 hour 30 minutes")
        for minutes, said in ((20, "in 20 minutes"), (75, "in 1 hour 15 minutes"), (180, "")):  # it was set back, too
            page.clock.set_system_time(BEGINS - timedelta(minutes=minutes))
            page.evaluate(AWAKE)
            expect(page.locator("span")).to_have_text(said)


@pytest.mark.parametrize("on", ["Today", "its page"])
def test_it_turns_with_each_minute_and_asks_for_nothing(phone: Page, noon: Clock, server, on: str) -> None:
    where = ahead(phone, noon, 122)
    path, field, part = ("/today", "Something came up", "#ahead") if on == "Today" else (where, "Notes", "#when")
    server.kill()  # what a sync brings would be asked for
    phone.goto(path)
    script(phone, "near.js")
    near, typed, asked = phone.locator(f"{part} [data-near]"), phone.get_by_label(field, exact=True), []
    expect(near).to_be_hidden()
    typed.fill("Half a sen")
    phone.on("request", lambda request: asked.append(request.url))
    for minutes, said in ((2, "in 2 hours"), (1, "in 1 hour 59 minutes"), (58, "in 1 hour 1 minute")):
        noon.go(minutes=minutes)
        expect(near).to_have_text(said)
    noon.sleep(minutes=21)
    expect(near).to_have_text("in 40 minutes")
    assert [url for url in asked if url.endswith(path)] == []
    expect(typed).to_be_focused()
    expect(typed).to_have_value("Half a sen")


@pytest.mark.parametrize("width", [320, 360])  # below the hour, and beside it
def test_it_moves_nothing_stands_after_a_swap_and_goes_with_the_begin(phone: Page, noon: Clock, width: int) -> None:
    where, near = ahead(phone, noon, 121), phone.locator("#ahead .clock-row [data-near]")
    phone.set_viewport_size({"width": width, "height": 700})
    phone.goto("/today")
    script(phone, "near.js")
    expect(near).to_be_hidden()
    button = phone.locator("#ahead .block-actions .button").first
    before = button.bounding_box()
    noon.go(minutes=1)
    expect(near).to_have_text("in 2 hours")
    assert button.bounding_box() == before
    put(phone, "session", where.rpartition("/")[2], phone="+1 555 0199")
    noon.go(seconds=1)
    expect(phone.locator("#ahead .button[href='tel:+15550199']")).to_be_visible()
    expect(near).to_have_text("in 2 hours")
    phone.clock.set_system_time(noon.start + noon.gone - timedelta(minutes=30))  # and nobody looks at the phone
    phone.clock.run_for(61_000)
    expect(near).to_be_hidden()
    noon.sleep(minutes=119)
    expect(near).to_have_text("in 1 minute")
    noon.go(minutes=1)
    expect(phone.locator("#ahead .clock")).to_contain_text("running since 14:01")
    expect(near).to_have_count(0)
