"""times/ in Python and in JavaScript: the same proposals, in the same order, for many random weeks in many zones."""
from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from mentorlog import clock
from mentorlog.times import grids, proposing, weeks
from tests.twins.test_clock import MAY_DIFFER

SEED, COUNT = 4_12_2026, 120
# Half and quarter hours, clocks that go back by half an hour, the two sides of the date line, changes at midnight.
ODD = ["Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Pago_Pago",
       "Pacific/Chatham", "America/St_Johns", "Africa/Cairo", "America/Sao_Paulo", "Pacific/Apia", "Europe/Berlin",
       "America/New_York", "UTC"]
MOMENTS = ["2026-03-10T12:00:00.000Z", "2026-03-25T03:30:00.000Z", "2026-10-20T22:10:00.000Z",
           "2026-11-24T09:00:00.000Z", "2026-04-01T00:00:00.000Z", "2011-12-20T09:00:00.000Z"]
AGREED = sorted(clock.zones() - {zone for some in MAY_DIFFER.values() for zone in some})
TOLD = ("on", "at", "mine", "theirs", "why", "rank", "away", "night")
BRING = """async (_, one) => {
  const names = ['grids', 'proposing', 'weeks'];
  const found = await Promise.all(names.map((name) => import(`/times/${name}.js`)));
  const times = Object.fromEntries(names.map((name, at) => [name, found[at]]));
"""
QUESTION = """  const grid = ({ fields, zone }) => times.grids.grid(fields, zone);
  const ask = { ...one.ask, mine: grid(one.ask.mine), theirs: one.ask.theirs && grid(one.ask.theirs),
    taken: one.ask.taken.map(([from, until]) => [Date.parse(from), Date.parse(until), 'calendar']),
    pause: one.ask.pause && one.ask.pause.map(Date.parse), reach: one.ask.reach && Date.parse(one.ask.reach) };
  const slots = times.proposing.offered(ask, one.moment), chosen = times.proposing.three(slots);
  const start = times.weeks.chosen(slots, '', chosen);
  return { all: slots.map((each) => one.told.map((name) => each[name])),
    chosen: chosen.map((each) => times.proposing.item(ask, each)),
    instead: [Date.parse(one.moment), ...chosen.map(({ start }) => start)]
      .map((at) => times.proposing.instead(ask, slots, at).map(times.proposing.name)),
    weeks: times.weeks.mondays(slots).map((monday) => times.weeks.week(ask, slots, monday, chosen)), start };
}"""


def fields(chance: random.Random, density: float) -> dict[str, Any]:
    """A week in which some cells are in several sets, as two devices leave it."""
    drawn = {fit: [cell for cell in grids.CELLS if chance.random() < density] for fit in grids.STRICTEST_FIRST}
    return drawn if chance.random() < 0.7 else {"good": drawn["good"]}


def asked(chance: random.Random) -> dict[str, Any]:
    zones = ODD if chance.random() < 0.6 else AGREED
    zone, there = chance.choice(zones), chance.choice(zones)
    moment = chance.choice(MOMENTS)
    starts = [clock.parse(moment) + timedelta(hours=chance.randrange(600)) for _ in range(chance.choice((0, 3, 12)))]
    spans = [[clock.iso(start), clock.iso(start + timedelta(minutes=chance.randrange(1, 900)))] for start in starts]
    density = chance.choice((0.05, 0.2, 0.5))
    mine = {"fields": fields(chance, density), "zone": zone if chance.random() < 0.8 else chance.choice(zones)}
    theirs = {"fields": fields(chance, density), "zone": there} if chance.random() < 0.9 else None
    near = "" if chance.random() < 0.6 else chance.choice(("2026-12-30", "2026-04-03", "2011-12-30", "2199-12-31"))
    ask = {"mine": mine, "theirs": theirs, "zone": zone, "there": there, "near": near,
           "reach": reached(chance, moment), "pause": rest(chance, moment, zone),
           "minutes": chance.choice((15, 30, 45, 50, 60, 90)), "taken": spans}
    return {"ask": ask, "moment": moment, "told": TOLD}


def rest(chance: random.Random, moment: str, zone: str) -> list[str] | None:
    """From now on, and the day from which on one meets again; some begin after the last day of the calendar."""
    if chance.random() < 0.6:
        return None
    soon = clock.parts(clock.parse(moment) + timedelta(days=chance.randrange(1, 60)), zone)["on"]
    until = clock.instant(chance.choice((soon, "2199-12-31")), "00:00", zone)
    return [moment, clock.iso(until)]


def reached(chance: random.Random, moment: str) -> str | None:
    """Until when a calendar says what is busy."""
    until = clock.parse(moment) + timedelta(hours=chance.randrange(-99, 800))
    return clock.iso(until) if chance.random() < 0.5 else None


def answered(one: dict[str, Any]) -> dict[str, Any]:
    """What Python says."""
    def grid(given: dict[str, Any]) -> grids.Grid:
        return grids.grid(given["fields"], given["zone"])

    given = one["ask"]
    ask = proposing.Ask(grid(given["mine"]), grid(given["theirs"]) if given["theirs"] else None, given["zone"],
                        given["there"], given["minutes"],
                        [(clock.parse(since), clock.parse(until), "calendar") for since, until in given["taken"]],
                        given["near"], tuple(map(clock.parse, given["pause"])) if given["pause"] else None,
                        clock.parse(given["reach"]) if given["reach"] else None)
    slots = proposing.offered(ask, clock.parse(one["moment"]))
    chosen = proposing.three(slots)
    return {"all": [[slot[name] for name in TOLD] for slot in slots],
            "chosen": [proposing.item(ask, slot) for slot in chosen],
            "instead": [[proposing.name(slot) for slot in proposing.instead(ask, slots, at)]
                        for at in (clock.parse(one["moment"]), *(slot["start"] for slot in chosen))],
            "weeks": [weeks.week(ask, slots, monday, chosen) for monday in weeks.mondays(slots)],
            "start": weeks.chosen(slots, "", chosen)}


@pytest.fixture
def both(twin):
    """Ask JavaScript with all three modules of the feature at hand."""
    return lambda rows: twin("times/grids.js", BRING + QUESTION, [[row] for row in rows])


def test_the_same_times_are_offered_for_the_same_reasons_on_both_sides(both) -> None:
    chance = random.Random(SEED)
    rows = [asked(chance) for _ in range(COUNT)]
    told = both(rows)
    for row, said in zip(rows, told, strict=True):
        assert said == answered(row), row["ask"]["zone"]
    assert sum(len(said["chosen"]) == proposing.MOST for said in told) > COUNT / 2  # else that would prove little
    assert any(one["at"][3:] not in ("00",) for said in told for one in said["chosen"])
    assert {one["day"] for said in told for one in said["chosen"]} == {"same", "tomorrow", "yesterday"}
    for part in ("chosen", "weeks"):
        assert {one["beyond"] for said in told for one in said[part]} == {True, False}
    assert any(slot[4] == proposing.PAUSE for said in told for slot in said["all"])
    assert {len(found) for said in told for found in said["instead"]} == {0, 1, 2, 3}
    assert any(one["changes"] for said in told for one in said["chosen"])


def test_a_week_is_painted_and_printed_alike(twin) -> None:
    chance = random.Random(SEED + 1)
    rows = [[fields(chance, 0.2), chance.choice(grids.CELLS), chance.choice(grids.FITS)] for _ in range(40)]
    question = """(grids, fields, cell, brush) => {
      const painted = grids.painted(fields, cell, brush);
      return [painted, grids.shown(fields), grids.tables(painted)]; }"""
    told = twin("times/grids.js", question, rows)
    for (drawn, cell, brush), said in zip(rows, told, strict=True):
        painted = grids.painted(drawn, cell, brush)
        assert said == [painted, grids.shown(drawn), grids.tables(painted)]
