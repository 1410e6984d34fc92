"""Parts that say until when they are right: fetched anew once that has passed, by any clock, and never in a loop."""
from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PART = ('<div id="one" data-live="/part/one"{}><p>one {}</p><a href="#x">Join</a>'
        '<input aria-label="Words" value="as shown"></div>')
TIMED = """(part) => {
  document.querySelector('#one').outerHTML = part;
  window.dispatchEvent(new Event('focus'));
}"""


def attribute(after: timedelta | None) -> str:
    return "" if after is None else f' data-until="{(NOON + after).isoformat(timespec="milliseconds")[:-6]}Z"'


@pytest.fixture
def timed(lab, address):
    """Opens a page at noon with a part that is right for so long; `page.asked` counts. then: what each new one says."""
    pages = []

    def load(after=timedelta(minutes=5), then=None):
        page = lab.context.new_page()
        pages.append(page)
        page.asked = 0

        def answer(route):
            page.asked += 1
            route.fulfill(body=PART.format(attribute(then), page.asked), content_type="text/html")

        page.clock.install(time=NOON)
        page.clock.pause_at(NOON + timedelta(seconds=1))
        page.route("**/part/one", answer)
        page.goto(f"{address}/live/{uuid.uuid4()}")
        page.evaluate(TIMED, PART.format(attribute(after), 0))
        return page

    yield load
    for page in pages:
        page.close()


def count(page, asked):
    expect(page.locator("#one p")).to_have_text(f"one {asked}")
    assert page.asked == asked


def sleep(page, **length):
    """The device sleeps: its clock goes on, no timer is heard."""
    page.clock.set_system_time(NOON + timedelta(**length))


def test_a_part_is_fetched_when_its_hour_has_passed_and_not_before(timed):
    page = timed()
    page.clock.run_for("04:58")
    count(page, 0)
    page.clock.run_for("00:02")
    count(page, 1)
    page.clock.run_for("20:00")
    count(page, 1)


@pytest.mark.parametrize("event", ["document.dispatchEvent(new Event('visibilitychange'))",
                                   "dispatchEvent(new Event('pageshow'))", "dispatchEvent(new Event('focus'))"])
def test_who_comes_back_after_a_sleep_sees_what_is_so_now(timed, event):
    page = timed()
    sleep(page, hours=24)
    count(page, 0)
    page.evaluate(event)
    count(page, 1)


def test_a_page_that_nobody_sees_waits_until_it_is_seen(timed):
    page = timed()
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => globalThis.away, configurable: true })")
    page.evaluate("globalThis.away = true")
    page.clock.run_for("30:00")
    count(page, 0)
    page.evaluate("globalThis.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    count(page, 1)


def test_a_clock_that_is_ahead_of_the_server_asks_once_a_minute_at_most(timed):
    page = timed(then=timedelta(minutes=5))
    page.clock.run_for("05:00")
    count(page, 1)
    for minute in range(2, 6):
        for _ in range(50):
            page.evaluate("dispatchEvent(new Event('focus')); document.dispatchEvent(new Event('visibilitychange'))")
        page.clock.run_for("00:59")
        count(page, minute - 1)
        page.clock.run_for("00:01")
        count(page, minute)


def test_a_clock_that_is_set_back_makes_it_look_once(timed):
    page = timed(after=timedelta(hours=36), then=timedelta(hours=12))
    page.clock.run_for("02:00")
    sleep(page, hours=-24)
    page.clock.run_for("01:00")
    count(page, 1)
    page.clock.run_for("30:00")
    count(page, 1)


def test_a_field_keeps_its_part_and_a_link_keeps_only_the_focus(timed):
    page = timed()
    page.get_by_label("Words").focus()
    page.clock.run_for("05:30")
    count(page, 0)
    page.get_by_text("Join").focus()
    page.clock.run_for(10)
    count(page, 1)
    page = timed()
    page.get_by_text("Join").focus()
    page.clock.run_for("05:30")
    count(page, 1)
    expect(page.get_by_text("Join")).to_be_focused()
