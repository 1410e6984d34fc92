"""The clock: one now, instants as text, wall times in zones."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine

from mentorlog import clock

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_now_is_cut_to_milliseconds():
    with time_machine.travel(datetime(2026, 11, 24, 12, 0, 0, 123_999, tzinfo=UTC), tick=False):
        assert clock.now() == NOON + timedelta(milliseconds=123)


def test_now_is_one_value_inside_at():
    with clock.at(NOON):
        with clock.at(NOON + timedelta(hours=1)):
            assert clock.now() == NOON + timedelta(hours=1)
        assert clock.now() == NOON
    assert clock.now() > NOON - timedelta(days=1)


def test_a_moment_is_written_as_javascript_writes_it():
    assert clock.iso(NOON) == "2026-11-24T12:00:00.000Z"
    assert clock.iso(NOON.astimezone(timezone(timedelta(hours=-7)))) == "2026-11-24T12:00:00.000Z"


def test_what_iso_wrote_is_read_again():
    assert clock.parse(clock.iso(NOON)) == NOON


@pytest.mark.parametrize("text", [
    "", "2026-11-24", "2026-11-24T12:00:00Z", "2026-11-24T12:00:00.000", "2026-11-24T12:00:00.000+00:00",
    "0000-11-24T12:00:00.000Z", "1899-12-31T23:59:59.999Z", "2200-01-01T00:00:00.000Z", "9999-11-24T12:00:00.000Z",
    "2026-02-30T12:00:00.000Z", "2026-11-24T24:00:00.000Z", "٢٠٢٦-11-24T12:00:00.000Z", "2026-11-24T12:00:00.000Z\n"])
def test_any_other_text_is_no_moment(text):
    with pytest.raises(ValueError):
        clock.parse(text)


@pytest.mark.parametrize("year", [1899, 2200])
def test_years_we_do_not_know_are_not_written(year):
    with pytest.raises(ValueError):
        clock.iso(datetime(year, 6, 1, tzinfo=UTC))


@pytest.mark.parametrize(("day", "is_one"), [
    ("2026-11-24", True), ("2024-02-29", True), ("2026-02-29", False), ("1900-01-01", True), ("2199-12-31", True),
    ("1899-12-31", False), ("2200-01-01", False), ("0000-01-01", False), ("9999-12-31", False), ("2026-1-1", False),
    ("2026-11-24\n", False), ("", False)])
def test_a_day_is_one_of_the_calendar(day, is_one):
    assert clock.is_day(day) is is_one


@pytest.mark.parametrize(("time", "is_one"), [
    ("00:00", True), ("23:59", True), ("24:00", False), ("12:60", False), ("7:00", False), ("07:00:00", False)])
def test_a_time_is_one_of_the_wall(time, is_one):
    assert clock.is_time(time) is is_one


@pytest.mark.parametrize(("zone", "is_one"), [
    ("Europe/Lisbon", True), ("UTC", True), ("europe/lisbon", False), ("Mars/Olympus", False), ("../UTC", False),
    ("/etc/localtime", False), ("", False)])
def test_a_zone_is_one_of_the_pinned_data(zone, is_one):
    assert clock.is_zone(zone) is is_one


def test_a_wall_time_is_an_instant():
    assert clock.instant("2026-12-01", "15:00", "Europe/Berlin") == datetime(2026, 12, 1, 14, tzinfo=UTC)


def test_a_time_that_spring_skips_is_the_later_instant():
    assert clock.instant("2026-03-29", "02:30", "Europe/Berlin") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first():
    assert clock.instant("2026-10-25", "02:30", "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("wall", [
    ("2026-02-30", "15:00", "UTC"), ("2026-11-24", "25:00", "UTC"), ("2026-11-24", "15:00", "Nowhere/Else")])
def test_what_is_no_wall_time_has_no_instant(wall):
    with pytest.raises(ValueError):
        clock.instant(*wall)


def test_parts_are_what_a_clock_in_the_zone_shows():
    assert clock.parts(datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "Europe/Berlin") == {
        "iso": "2026-11-23T23:30:00.000Z", "year": 2026, "month": 11, "day": 24, "weekday": 1, "hour": 0,
        "minute": 30, "on": "2026-11-24", "time": "00:30"}


@pytest.mark.parametrize(("moment", "zone", "on"), [
    ("1900-01-01T00:00:00.000Z", "Pacific/Pago_Pago", "1899-12-31"),
    ("2199-12-31T23:59:59.999Z", "Pacific/Kiritimati", "2200-01-01")])
def test_every_moment_is_shown_on_every_clock(moment, zone, on):
    shown = clock.parts(clock.parse(moment), zone)
    assert shown["on"] == on
    assert clock.beside(on, moment[:10]) == ("tomorrow" if on > moment else "yesterday")


def test_day_parts_know_the_weekday():
    assert clock.day_parts("2026-11-23") == {"year": 2026, "month": 11, "day": 23, "weekday": 0, "on": "2026-11-23"}


def test_zones_come_from_the_pinned_data_alone():
    import zoneinfo
    assert zoneinfo.TZPATH == ()
    assert "Europe/Kyiv" in clock.zones()


@pytest.mark.parametrize(("zone", "moment", "next_day"), [
    ("Europe/Berlin", "2026-11-24T22:59:59.999Z", "2026-11-24T23:00:00.000Z"),
    ("Europe/Berlin", "2026-11-24T23:00:00.000Z", "2026-11-25T23:00:00.000Z"),
    ("Europe/Berlin", "2026-10-24T22:30:00.000Z", "2026-10-25T23:00:00.000Z"),  # a day of 25 hours
    ("America/Santiago", "2026-09-06T03:00:00.000Z", "2026-09-06T04:00:00.000Z"),  # it has no 00:00
    ("Pacific/Apia", "2011-12-30T09:00:00.000Z", "2011-12-30T10:00:00.000Z"),  # without a 30th
    ("America/St_Johns", "2010-11-07T02:45:00.000Z", "2010-11-08T03:30:00.000Z")])  # 23:15, and it was 00:00 before
def test_the_next_day_begins_at_midnight_wherever_that_is(zone, moment, next_day):
    assert clock.iso(clock.midnight(clock.parse(moment), zone)) == next_day
