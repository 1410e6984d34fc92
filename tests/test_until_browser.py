"""A page that stays open follows the clock: through a session and over a night, with a line and without."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.hands import WRONG_CLOCK, put
from tests.test_fallback_browser import running

pytestmark = pytest.mark.usefixtures("patience")
AWAKE = "document.dispatchEvent(new Event('visibilitychange'))"


class Clock:
    """The clock of a phone, in its page and in its worker."""

    def __init__(self, page: Page) -> None:
        self.page, self.start, self.gone = page, datetime.now(UTC), timedelta()
        page.clock.install(time=self.start)

    def go(self, **length: float) -> None:
        """Time goes by, and timers are heard."""
        self._worker(**length)
        self.page.clock.fast_forward(round(timedelta(**length) / timedelta(milliseconds=1)))

    def sleep(self, **length: float) -> datetime:
        """The phone sleeps so long, then it is looked at; what hour it is then."""
        self._worker(**length)
        self.page.clock.set_system_time(self.start + self.gone)
        self.page.evaluate(AWAKE)
        return self.start + self.gone

    def _worker(self, **length: float) -> None:
        self.gone += timedelta(**length)
        [worker] = self.page.context.service_workers
        worker.evaluate(WRONG_CLOCK, self.gone / timedelta(milliseconds=1))


@pytest.fixture(params=["online", "offline"])
def line(request, server, console):
    """Call it to come to what is asked for."""
    console.allow("htmx:error: timeout")  # hours go by under its requests
    return server.kill if request.param == "offline" else lambda: None


def test_a_session_turns_from_before_to_while_to_after_under_what_is_typed(phone, line) -> None:
    arrive(phone)
    card = put(phone, "partner", name="R. O.", fallback="phone +1 555 0100")
    where, clock = running(phone, -12, card, link="https://meet.example/a"), Clock(phone)
    line()
    phone.goto(where)
    button, doing = phone.locator("#when a[data-opens=fallback]"), phone.locator("#doing")
    phone.get_by_label("Notes").fill("Half a sen")
    phone.locator("#when").get_by_role("link", name="Join").focus()
    expect(button).to_be_hidden()
    clock.go(minutes=3)
    expect(button).to_be_visible()
    expect(phone.locator("#when").get_by_role("link", name="Join")).to_be_focused()
    expect(doing).not_to_contain_text("We have met")
    clock.go(minutes=10)
    expect(doing).to_contain_text("We have met")
    expect(doing).not_to_contain_text("Find another time")
    clock.go(minutes=45)
    expect(phone.locator("#when")).to_contain_text("How did it go?")
    expect(button).to_have_count(0)
    expect(phone.locator("#otherwise")).to_be_hidden()
    expect(phone.locator("#along")).to_contain_text("Write what stuck")
    expect(doing).to_have_text("Change")
    expect(phone.get_by_label("Notes")).to_have_value("Half a sen")


def test_today_turns_with_the_session_and_the_sheet_that_is_open_stays(phone, line) -> None:
    arrive(phone)
    clock = Clock(phone)
    running(phone, 40, phone="+1 555 0100")
    line()
    phone.goto("/today")
    phone.locator("#ahead").get_by_role("link", name="It isn’t working").click()
    expect(phone.locator("dialog[open] .way a")).to_have_count(2)
    clock.go(minutes=6)
    expect(phone.locator("#ahead")).to_contain_text("How did it go?")
    expect(phone.locator("#head")).to_contain_text("a session ended")
    expect(phone.locator("#ahead a[data-opens=fallback]")).to_have_count(0)
    expect(phone.locator("dialog[open] .way a")).to_have_count(2)


def test_today_of_yesterday_shows_today_when_it_is_looked_at(phone, line) -> None:
    arrive(phone)
    clock = Clock(phone)
    running(phone, -60 * 26)
    line()
    phone.goto("/today")
    phone.locator("#came_up [name=text]").fill("What I was ab")
    expect(phone.locator("#ahead")).to_contain_text("tomorrow")
    for hours in (26, 48):
        now = clock.sleep(hours=hours).astimezone(ZoneInfo("Europe/Berlin"))
        expect(phone.locator("#head")).to_contain_text(f"{now:%A}{now.day} {now:%B}")
        clock.go(minutes=1)  # no two looks are nearer to each other
    expect(phone.locator("#ahead")).not_to_contain_text("tomorrow")
    expect(phone.locator("#came_up [name=text]")).to_have_value("What I was ab")


def test_the_list_turns_and_a_fold_that_is_open_stays_open(phone, line) -> None:
    arrive(phone)
    clock = Clock(phone)
    where = running(phone, -5, phone="+1 555 0100")
    running(phone, -60 * 80, state="cancelled", why="A pause")
    line()
    phone.goto("/sessions")
    row, before = phone.locator(f"#sessions a[href='{where}']"), phone.locator("[aria-labelledby=before]")
    phone.locator("#off summary").click()
    expect(row).not_to_contain_text("running now")
    clock.go(minutes=6)
    expect(row).to_contain_text("running now")
    clock.go(minutes=45)
    expect(before.locator(f"a[href='{where}']")).to_contain_text("How did it go?")
    expect(phone.locator("#off")).to_have_attribute("open", "")
