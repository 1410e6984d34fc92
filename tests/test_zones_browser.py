"""A time zone by its city in a real browser, with a list to choose from that is there once somebody wants it."""
from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser_sign_in import arrive
from tests.hands import line, open_form, pause
from tests.importing import importing

SCRIPTS = Path(__file__).parents[1] / "static" / "js"
LATE = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)  # 21:30 in Berlin, where the browser is
NO_ROOM = "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }; }"
SHOWN = """zone => {
  document.documentElement.dataset.zone = zone;
  return import('/draft-form.js').then(({ clock }) => clock(new Date('2026-11-24T20:30:00Z')));
}"""
CLOCKS = '<time data-there="Mars/Base">10:00</time><time data-there="Asia/Tokyo">18:00</time>'


def test_a_city_is_offered_and_taken_and_another_one_is_said(phone) -> None:
    arrive(phone)
    open_form(phone, "/settings/look")
    field = phone.get_by_label("Time zone")
    assert phone.locator("datalist, [list]").count() == 0
    field.click()
    expect(field).to_have_attribute("list", "zones")
    expect(phone.locator("datalist option[value='America/New_York']")).to_have_attribute("label", "New York, America")
    for typed, said in (("Lisboa", "Names like it: Europe/Lisbon"), ("eastern", "Canada/Eastern, US/Eastern")):
        field.fill(typed)
        phone.get_by_role("button", name="Keep these settings").click()
        expect(phone.locator("#e-zone")).to_contain_text(said)
        expect(field).to_have_value(typed)
    field.fill("new york")
    phone.get_by_role("button", name="Keep these settings").click()
    expect(field).to_have_value("America/New_York")


def test_a_form_that_comes_back_with_the_name_of_the_zone_is_no_earlier_text(phone) -> None:
    arrive(phone)
    open_form(phone, "/sessions/new")
    phone.get_by_label("Day", exact=True).fill("2099-06-01")
    phone.get_by_label("Hour", exact=True).fill("15:00")
    phone.locator("summary", has_text="On the clocks of").click()
    phone.get_by_label("Time zone").fill("new york")
    phone.get_by_label("Link, or the place").fill("meet.example/a")
    phone.get_by_label("Phone number").fill("abc")
    phone.get_by_role("button", name="Plan the session").click()
    expect(phone.locator("#e-phone")).to_contain_text("country code")
    expect(phone.locator("[data-draft-state]")).to_contain_text("not finished")
    expect(phone.locator("[data-draft-notice]")).to_have_count(0)
    expect(phone.get_by_label("Time zone")).to_have_value("America/New_York")


def test_a_draft_says_its_hour_as_the_page_says_all_others(phone) -> None:
    arrive(phone)
    open_form(phone, "/settings/look")
    phone.get_by_label("Time zone").fill("Asia/Tokyo")
    phone.get_by_role("button", name="Keep these settings").click()
    line(phone, "sent")
    phone.clock.install(time=LATE)
    open_form(phone)
    phone.get_by_label("Text", exact=True).fill("A long morning.")
    phone.clock.run_for(5_000)
    pause(phone)
    back = phone.locator("[data-draft-notice] time")
    for now, said in ((LATE + timedelta(hours=1), "05:30"), (LATE + timedelta(hours=20), "Wed 25 Nov, 05:30")):
        phone.clock.set_system_time(now)
        open_form(phone)
        expect(back).to_have_text(said)
    phone.evaluate(NO_ROOM)
    phone.get_by_label("Text", exact=True).fill("Nowhere else yet.")
    phone.clock.run_for(5_000)
    expect(phone.locator("[data-draft-state]")).to_have_text(re.compile("^Not kept since 01:30$"))


@pytest.mark.parametrize(("zone", "hour"), [("Asia/Kathmandu", "02:15"), ("Mars/Base", "21:30"), ("", "21:30")])
def test_a_draft_in_a_zone_that_this_browser_does_not_know_goes_by_its_own(browser, zone, hour) -> None:
    with importing(browser, SCRIPTS, timezone_id="Europe/Berlin") as page:
        assert page.evaluate(SHOWN, zone) == hour


def test_a_zone_that_this_browser_does_not_know_stops_no_other_clock(browser) -> None:
    with importing(browser, SCRIPTS) as page:
        page.clock.install(time=datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
        page.evaluate(f"() => {{ document.body.innerHTML = `{CLOCKS}`; return import('/there.js'); }}")
        for hour in ("18:01", "18:02"):
            page.clock.fast_forward("01:00")
            expect(page.locator("time")).to_have_text(["10:00", hour])
