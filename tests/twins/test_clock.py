"""clock.py and clock.js: the same instant for every wall time, the same parts for every instant, in every zone."""
from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from mentorlog import clock

INSTANT = """(clock, zone, ons) => ons.map(([on, time]) => {
  try { return clock.instant(on, time, zone); } catch (wrong) { return wrong.name; } })"""
PARTS = """(clock, zone, moments) => moments.map((moment) => {
  try { return clock.parts(moment, zone); } catch (wrong) { return wrong.name; } })"""
MIDNIGHT = """(clock, zone, moments) => moments.map((moment) => {
  try { return clock.midnight(moment, zone); } catch (wrong) { return wrong.name; } })"""
AGAIN = """(clock, zone, moments) => moments.map((moment) => {
  try { return clock.iso(clock.parse(moment)); } catch (wrong) { return wrong.name; } })"""
DAY_PARTS = """(clock, on) => {
  try { return clock.dayParts(on); } catch (wrong) { return wrong.name; } }"""
NO_ZONES = [
    "", "Mars/Base", "europe/berlin", "Europe/berlin", "EUROPE/BERLIN", "gmt", "+01:00", "-08", "UTC+1",
    "Z", "PST", "JST", "SystemV/PST8PDT", "Etc/Unknown", "Etc/GMT+99", "Europe", "Europe/Berlin ",
    "../etc/passwd", "__proto__", "constructor", "Europe/Berlin\n", "Ευρώπη"]
ODD = [
    "", "2026-11-24", "2026-1-2", "2024-02-29", "2026-02-29", "1900-02-29", "2100-02-29", "2000-02-29",
    "2026-02-30", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "0001-01-01", "1899-12-31",
    "1900-01-01", "2199-12-31", "2200-01-01", "9999-12-31", "12026-01-01", "+002026-01-01",
    "-002026-01-01", "2026-11-24\n", " 2026-11-24", "２０２６-11-24", "2026-W01-1", "20261124", "00:00",
    "23:59", "24:00", "7:05", "07:60", "07:05:00", "٠٧:٠٥", "07:05\n", "2026-11-24T15:00:00.000Z",
    "2026-11-24T15:00:00Z", "2026-11-24T15:00:00.000+00:00", "2026-11-24t15:00:00.000z",
    "2026-11-24 15:00:00.000Z", "2026-02-30T15:00:00.000Z", "2026-11-24T24:00:00.000Z",
    "2026-11-24T23:60:00.000Z", "2026-11-24T23:59:60.000Z", "1899-12-31T23:59:59.999Z",
    "1900-01-01T00:00:00.000Z", "1900-01-01T12:00:00.000Z", "2199-12-31T23:59:59.999Z",
    "2199-12-31T12:00:00.000Z", "2200-01-01T00:00:00.000Z", "0000-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z", "1970-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "constructor",
    "__proto__", "null"]
MINUTE = timedelta(minutes=1)
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
STEP = timedelta(days=14)  # no zone changed twice within it
Twin = Callable[[str, str, list[list[Any]]], list[Any]]
# A browser whose time zone data is older than ours may differ here, and nowhere else. The reason by the release of tz.
MAY_DIFFER = {
    "2025b: a zone of its own": ["America/Coyhaique"],
    "2025b, after 2026a: changes in 1978 and 1979": ["Asia/Tehran", "Iran"],
    "2025c: summer times of the 1970s": [
        "America/Ensenada", "America/Santa_Isabel", "America/Tijuana", "Mexico/BajaNorte"],
    "2026a: changes at the hour of the European Union": ["Europe/Chisinau", "Europe/Tiraspol"],
    "after 2026a: on GMT from September 2026": ["Africa/Casablanca", "Africa/El_Aaiun"],
    "after 2026a: stays at -04 in the winter of 2026": ["America/Havana", "Cuba"],
    "after 2026a: stays at -05 from November 2026": ["America/Rainy_River", "America/Winnipeg", "Canada/Central"],
    "after 2026a: stays at -06 from November 2026": [
        "America/Edmonton", "America/Inuvik", "America/Yellowknife", "Canada/Mountain"],
    "after 2026a: stays at -07 from November 2026": ["America/Vancouver", "Canada/Pacific"],
}


def rules() -> dict[bytes, list[str]]:
    """The names of zones by their data: links share one."""
    found: dict[bytes, list[str]] = {}
    for name in sorted(clock.zones()):
        found.setdefault(resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes(), []).append(name)
    return found


def changes(zone: ZoneInfo) -> Iterator[tuple[datetime, timedelta, timedelta]]:
    """Every change of the offset between FIRST and LAST, to the second: when, from what, to what."""
    early, before = FIRST, _offset(FIRST, zone)
    while early < LAST:
        late, after = early + STEP, _offset(early + STEP, zone)
        if after != before:
            yield _moment_of_change(early, late, zone), before, after
        early, before = late, after


def _moment_of_change(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    before = _offset(early, zone)
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early).total_seconds() // 2)
        early, late = (middle, late) if _offset(middle, zone) == before else (early, middle)
    return late


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def wall(moment: datetime) -> list[str]:
    return moment.strftime("%Y-%m-%d %H:%M").split()


def around(zone: ZoneInfo) -> tuple[list[list[str]], list[str]]:
    """Wall times and instants before, in and after every gap and fold."""
    walls, moments = [], []
    for moment, before, after in changes(zone):
        start, end = sorted((moment + before, moment + after))
        middle = start + (end - start) / 2
        walls += [wall(at) for at in (start - MINUTE, start, middle, end - MINUTE, end, end + MINUTE)]
        moments += [clock.iso(moment - timedelta(seconds=1)), clock.iso(moment)]
    return walls, moments


def anywhere(picked: random.Random) -> tuple[list[list[str]], list[str]]:
    """Wall times and instants from all the years we know."""
    start = datetime(1901, 1, 1, tzinfo=UTC)
    moments = [start + timedelta(minutes=picked.randrange(298 * 365 * 1440)) for _ in range(20)]
    return [wall(moment) for moment in moments], [clock.iso(moment) for moment in moments]


def instant(zone: str, asked: list[str]) -> str:
    return clock.iso(clock.instant(*asked, zone))


def parts(zone: str, asked: str) -> dict[str, Any]:
    return clock.parts(clock.parse(asked), zone)


def midnight(zone: str, asked: str) -> str:
    return clock.iso(clock.midnight(clock.parse(asked), zone))


def again(zone: str, asked: str) -> str:
    return clock.iso(clock.parse(asked))


def ours(question: Callable[..., Any], rows: list[list[Any]]) -> list[list[Any]]:
    """What Python says to the same rows, an error by its JavaScript name."""
    return [[answer(question, zone, one) for one in asked] for zone, asked in rows]


def answer(question: Callable[..., Any], *asked: Any) -> Any:
    try:
        return question(*asked)
    except ValueError:
        return "RangeError"


def differing(twin: Twin, points: dict[str, tuple[list[list[str]], list[str]]]) -> set[str]:
    """The zones in which Python and the browser disagree about one of the points."""
    walls = [[name, found[0]] for name, found in points.items()]
    moments = [[name, found[1]] for name, found in points.items()]
    pairs = [*zip(points, twin("clock.js", INSTANT, walls), ours(instant, walls), strict=True),
             *zip(points, twin("clock.js", PARTS, moments), ours(parts, moments), strict=True),
             *zip(points, twin("clock.js", MIDNIGHT, moments), ours(midnight, moments), strict=True)]
    return {name for name, theirs, mine in pairs if theirs != mine}


def test_every_gap_and_fold_since_1970_means_the_same_instant(twin: Twin) -> None:
    points = {names[0]: around(ZoneInfo(names[0])) for names in rules().values()}
    assert sum(len(walls) for walls, _ in points.values()) > 100_000
    assert differing(twin, points) <= {name for names in MAY_DIFFER.values() for name in names}


def test_every_name_of_a_zone_means_the_same_from_1901_to_2198(twin: Twin) -> None:
    picked = random.Random(2)
    points = {name: anywhere(picked) for name in sorted(clock.zones())}
    assert differing(twin, points) <= {name for names in MAY_DIFFER.values() for name in names}


def test_a_gap_means_the_later_instant_and_a_fold_the_first(twin: Twin) -> None:
    rows = [["Europe/Berlin", [["2026-03-29", "02:30"], ["2026-10-25", "02:30"]]]]
    assert twin("clock.js", INSTANT, rows) == [["2026-03-29T01:30:00.000Z", "2026-10-25T00:30:00.000Z"]]


def test_both_know_the_same_zones_days_times_and_instants(twin: Twin) -> None:
    zones = [*sorted(clock.zones()), *NO_ZONES]
    known = twin("clock.js", "(clock, name) => clock.isZone(name)", [[name] for name in zones])
    wrong = {name for name, knows in zip(zones, known, strict=True) if knows != clock.is_zone(name)}
    assert wrong <= {"America/Coyhaique"}  # the one name that a browser of early 2025 lacks
    for name, question in (("isDay", clock.is_day), ("isTime", clock.is_time)):
        said = twin("clock.js", f"(clock, text) => clock.{name}(text)", [[text] for text in ODD])
        assert dict(zip(ODD, said, strict=True)) == {text: question(text) for text in ODD}, name


def test_both_refuse_the_same_and_agree_on_every_day(twin: Twin) -> None:
    zones = ["Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles", *NO_ZONES]
    walls = [[zone, [[on, time] for on in ODD for time in ("00:00", "23:59", "24:00", "1:00", "")]] for zone in zones]
    assert twin("clock.js", INSTANT, walls) == ours(instant, walls)
    moments = [[zone, ODD] for zone in zones]
    assert twin("clock.js", AGAIN, moments) == ours(again, moments)
    assert twin("clock.js", PARTS, moments) == ours(parts, moments)
    start = date(1999, 12, 1)
    days = [*ODD, *((start + timedelta(days=day)).isoformat() for day in range(3000))]
    assert twin("clock.js", DAY_PARTS, [[day] for day in days]) == [answer(clock.day_parts, day) for day in days]
