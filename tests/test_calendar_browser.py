"""A calendar file becomes busy times on the device: what repeats and is excepted, whole days, zones, bad files."""
from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser_sign_in import arrive
from tests.hands import held, put
from tests.importing import importing

STATIC = Path(__file__).resolve().parent.parent / "static"
NOW, BERLIN = "2026-11-24T12:00:00.000Z", "Europe/Berlin"
READ = """async ([texts, here]) => {
  const { read } = await import('/js/busy-times.js');
  return JSON.stringify(texts.map((text) => {
    try { return read(text, here); } catch (wrong) { return { why: wrong.message }; } }));
}"""
VTIMEZONE = """BEGIN:VTIMEZONE
TZID:Somewhere Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:-0300
TZOFFSETTO:-0300
END:STANDARD
END:VTIMEZONE"""
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def static_page(browser: Browser) -> Iterator[Page]:
    """A page that can import the scripts of pages."""
    with importing(browser, STATIC) as page:
        yield page


@pytest.fixture
def read(static_page: Page) -> Ask:
    """What the script makes of a file."""
    def ask(text: str, zone: str = BERLIN, now: str = NOW) -> dict[str, Any]:
        [told] = json.loads(static_page.evaluate(READ, [[text], {"now": now, "zone": zone}]))
        return dict(told)

    return ask


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", "UID:a@example", "SUMMARY:Secret", *lines, "END:VEVENT"])


def calendar(*parts: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""])


def spans(read: Ask, *parts: str, **here: str) -> list[str]:
    return list(read(calendar(*parts), **here)["spans"])


def test_one_event_is_one_time(read):
    found = read(calendar(event("DTSTART:20261201T090000Z", "DTEND:20261201T103000Z")))
    assert found == {"spans": ["2026-12-01T09:00Z/90"], "until": "2027-01-19T12:00:00.000Z", "strange": 0,
                     "endless": 0, "broken": 0}


def test_what_repeats_stays_at_its_wall_time_over_a_change_of_clocks(read):
    every = event("DTSTART;TZID=America/New_York:20261019T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4")
    assert spans(read, every, now="2026-10-16T12:00:00.000Z") == [
        "2026-10-19T13:00Z/60", "2026-10-26T13:00Z/60", "2026-11-02T14:00Z/60", "2026-11-09T14:00Z/60"]


def test_excepted_days_are_left_out_moved_ones_are_where_they_went_cancelled_ones_nowhere(read):
    every = event("DTSTART;TZID=Europe/Berlin:20261123T100000", "DTEND;TZID=Europe/Berlin:20261123T110000",
                  "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE;TZID=Europe/Berlin:20261130T100000")
    moved = event("RECURRENCE-ID;TZID=Europe/Berlin:20261207T100000", "DTSTART;TZID=Europe/Berlin:20261208T150000",
                  "DTEND;TZID=Europe/Berlin:20261208T153000")
    off = event("RECURRENCE-ID:20261214T090000Z", "DTSTART:20261214T090000Z", "DTEND:20261214T100000Z",
                "STATUS:CANCELLED")
    assert spans(read, every, moved, off) == ["2026-12-08T14:00Z/30", "2026-12-21T09:00Z/60"]


def test_the_first_of_days_that_are_named_one_by_one_is_one_of_them(read):
    days = ("DTSTART;TZID=Europe/Berlin:20261201T090000", "DURATION:PT1H",
            "RDATE;TZID=Europe/Berlin:20261203T090000,20261204T100000")
    later = ["2026-12-03T08:00Z/60", "2026-12-04T09:00Z/60"]
    assert spans(read, event(*days)) == ["2026-12-01T08:00Z/60", *later]
    assert spans(read, event(*days, "EXDATE;TZID=Europe/Berlin:20261201T090000")) == later
    whole = event("DTSTART;VALUE=DATE:20261201", "RDATE;VALUE=DATE:20261203")
    assert spans(read, whole) == ["2026-11-30T23:00Z/1440", "2026-12-02T23:00Z/1440"]


def test_this_one_and_all_that_follow_are_moved(read):
    every = event("DTSTART:20261130T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3")
    later = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20261207T100000Z", "DTSTART:20261207T120000Z", "DURATION:PT2H")
    assert spans(read, every, later) == ["2026-11-30T10:00Z/60", "2026-12-07T12:00Z/120", "2026-12-14T12:00Z/120"]


def test_a_day_moved_in_from_outside_of_the_eight_weeks_counts(read):
    every = event("DTSTART:20261001T100000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY")
    moved = event("RECURRENCE-ID:20271001T100000Z", "DTSTART:20261201T100000Z", "DURATION:PT1H")
    assert spans(read, every, moved) == ["2026-12-01T10:00Z/60"]


def test_a_whole_day_is_ones_own_day_and_touching_times_are_one(read):
    day = event("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261203")
    assert spans(read, day) == ["2026-11-30T23:00Z/2880"]
    assert spans(read, day, event("DTSTART:20261202T220000Z", "DURATION:PT3H")) == ["2026-11-30T23:00Z/3000"]
    assert spans(read, day, zone="Asia/Kolkata") == ["2026-11-30T18:30Z/2880"]


def test_what_is_free_or_cancelled_or_past_or_far_takes_no_time(read):
    at = ("DTSTART:20261201T090000Z", "DURATION:PT1H")
    assert spans(read, event(*at, "TRANSP:TRANSPARENT"), event(*at, "STATUS:CANCELLED"),
                 event("DTSTART:20261123T090000Z", "DURATION:PT1H"), event("DTSTART:20270120T090000Z", "DURATION:PT1H"),
                 event("DTSTART:20261201T090000Z")) == []


def test_busy_times_that_a_calendar_gives_without_events_are_taken_free_ones_not(read):
    published = "\r\n".join([
        "BEGIN:VFREEBUSY", "ORGANIZER:mailto:ada@example.org", "DTSTART:20261101T000000Z", "DTEND:20270201T000000Z",
        "FREEBUSY;FBTYPE=BUSY:20261201T090000Z/20261201T103000Z,20261202T090000Z/PT1H",
        "FREEBUSY;FBTYPE=FREE:20261203T090000Z/PT1H", "FREEBUSY:20261204T090000Z/PT2H", "END:VFREEBUSY"])
    assert spans(read, published, event("DTSTART:20261204T100000Z", "DURATION:PT2H")) == [
        "2026-12-01T09:00Z/90", "2026-12-02T09:00Z/60", "2026-12-04T09:00Z/180"]


def test_what_runs_now_and_what_runs_over_the_end_is_cut_to_the_eight_weeks(read):
    assert spans(read, event("DTSTART:20261124T110000Z", "DURATION:PT2H"),
                 event("DTSTART:20270119T110000Z", "DURATION:P3D")) == ["2026-11-24T12:00Z/60", "2027-01-19T11:00Z/60"]


def test_a_zone_is_the_browsers_the_files_or_else_ones_own_and_that_is_said(read):
    for name in ("Asia/Kolkata", "/example.org/20260101/Asia/Kolkata"):
        assert spans(read, event(f"DTSTART;TZID={name}:20261201T143000", "DURATION:PT1H")) == ["2026-12-01T09:00Z/60"]
    there = event("DTSTART;TZID=Somewhere Standard Time:20261201T100000", "DURATION:PT1H")
    assert spans(read, VTIMEZONE.replace("\n", "\r\n"), there) == ["2026-12-01T13:00Z/60"]
    found = read(calendar(there))
    assert found["spans"] == ["2026-12-01T09:00Z/60"] and found["strange"] == 1
    assert spans(read, event("DTSTART:20261201T100000", "DURATION:PT1H")) == ["2026-12-01T09:00Z/60"]


def test_a_skipped_hour_is_the_later_one_and_a_repeated_one_the_first(read):
    gap = event("DTSTART;TZID=Europe/Berlin:20270328T023000", "DURATION:PT30M")
    assert spans(read, gap, now="2027-03-20T12:00:00.000Z") == ["2027-03-28T01:30Z/30"]
    fold = event("DTSTART;TZID=Europe/Berlin:20261025T023000", "DTEND;TZID=Europe/Berlin:20261025T024500")
    assert spans(read, fold, now="2026-10-20T12:00:00.000Z") == ["2026-10-25T00:30Z/15"]


def test_folded_lines_alarms_notes_and_words_that_look_like_times_do_no_harm(read):
    assert spans(read, "BEGIN:VJOURNAL\r\nDTSTART:20261202T090000Z\r\nEND:VJOURNAL", event(
        "DTSTART;TZID=Europe/\r\n Berlin:20261201T100000", "DESCRIPTION:DTEND:20261224T000000Z\\n\r\n END:VEVENT",
        "BEGIN:VALARM", "TRIGGER:-PT15M", "DURATION:PT15H", "END:VALARM", "DURATION:PT1H")) == ["2026-12-01T09:00Z/60"]


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=999999999", "FREQ=SECONDLY;INTERVAL=1"])
def test_a_bomb_of_recurrences_ends_and_that_is_said(read, rule):
    found = read(calendar(event("DTSTART:19700101T000000Z", "DURATION:PT1S", f"RRULE:{rule}"),
                          event("DTSTART:20261201T090000Z", "DURATION:PT1H")))
    assert found["endless"] == 1 and found["spans"] == ["2026-12-01T09:00Z/60"]


def test_many_bombs_end_together(read):
    found = read(calendar(*[event("DTSTART:20000101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY")] * 40))
    assert found["endless"] == 40


def test_a_daily_meeting_of_fifty_years_is_no_bomb(read):
    found = read(calendar(event("DTSTART:19761201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY")))
    assert found["endless"] == 0 and len(found["spans"]) == 56


@pytest.mark.parametrize("lines", [("DTSTART:soon",), ("DTSTART:", "DURATION:PT1H"), ("DURATION:PT1H",),
                                   ("DTSTART:20261201T090000Z", "RRULE:FREQ=NEVER")])
def test_an_event_that_says_no_time_is_left_out_and_counted(read, lines):
    found = read(calendar(event(*lines), event("DTSTART:20261202T090000Z", "DURATION:PT1H")))
    assert found["spans"] == ["2026-12-02T09:00Z/60"] and found["broken"] == 1


@pytest.mark.parametrize("cut", [60, 120, 200])
def test_a_file_cut_in_half_is_refused(read, cut):
    whole = calendar(*[event("DTSTART:20261201T090000Z", "DURATION:PT1H")] * 2)
    assert read(whole[:cut])["why"].startswith("This file ends in the middle")


@pytest.mark.parametrize("text", ["", "Hello", "<html></html>", "\0\0\0", "PK\3\4", "BEGIN:VCARD\r\nEND:VCARD\r\n"])
def test_what_is_no_calendar_is_refused(read, text):
    assert read(text)["why"].startswith("This is no calendar file")


# -- on the page -------------------------------------------------------------------------------------------------------

# Not at the hour of the test: one that runs now is busy on one day more.
LATER = datetime.now(ZoneInfo(BERLIN)) + timedelta(hours=6)
LUNCH = calendar(event(f"DTSTART;TZID={BERLIN}:20201201T{LATER:%H}0000", "DURATION:PT1H", "RRULE:FREQ=DAILY"))


def choose(page: Page, text: str) -> None:
    page.goto("/times/hours")
    page.get_by_label("Calendar file", exact=True).set_input_files(
        {"name": "mine.ics", "mimeType": "text/calendar", "buffer": text.encode()})


def test_a_file_is_read_and_kept_with_no_network_and_nothing_of_its_words(phone, server):
    arrive(phone)
    card = put(phone, "partner", name="R. O.")
    server.kill()
    choose(phone, LUNCH)
    expect(phone.locator("[data-calendar-said]")).to_contain_text("56 busy times until")
    phone.get_by_role("button", name="Keep these times").click()
    expect(phone.locator("#calendar")).to_contain_text("56 busy times by your calendar, read on")
    expect(phone.locator("#calendar")).to_contain_text("which reaches until")
    [kept] = [fields for fields in held(phone).values() if "spans" in fields]
    assert "Secret" not in json.dumps(kept) and len(kept["spans"]) == 56
    assert kept["until"] > kept["read_at"]
    phone.goto(f"/times/{card}")
    expect(phone.get_by_role("heading", name="Draw your week first")).to_be_visible()
    phone.goto("/times/hours")
    phone.get_by_role("button", name="Forget it").click()
    expect(phone.locator("#calendar")).not_to_contain_text("read on")


def test_a_file_that_is_cut_off_or_too_large_changes_nothing_and_says_so(phone):
    arrive(phone)
    choose(phone, LUNCH[:-30])
    expect(phone.locator("[data-calendar-said] .error")).to_contain_text("ends in the middle")
    expect(phone.get_by_role("button", name="Keep these times")).to_be_hidden()
    choose(phone, LUNCH + "X" * 20_000_001)
    expect(phone.locator("[data-calendar-said] .error")).to_contain_text("larger than 20 MB")
