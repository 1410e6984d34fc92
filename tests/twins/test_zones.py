"""zones.py and zones.js: a zone by its city, the same one and the same words on both servers."""
from __future__ import annotations

import random
from typing import Any

import pytest

from mentorlog import clock, zones

TYPED = {
    "New York": "America/New_York", "new york": "America/New_York", "NEW_YORK": "America/New_York",
    "America/New York": "America/New_York", "america/new_york": "America/New_York", "Berlin": "Europe/Berlin",
    "Zürich": "Europe/Zurich", "São Paulo": "America/Sao_Paulo", "Buenos Aires": "America/Argentina/Buenos_Aires",
    "argentina/ushuaia": "America/Argentina/Ushuaia", "St. John’s": "America/St_Johns", "istanbul": "Europe/Istanbul",
    "Port au Prince": "America/Port-au-Prince", "Kyiv": "Europe/Kyiv", "Kiev": "Europe/Kiev",
    "Calcutta": "Asia/Calcutta", "Kolkata": "Asia/Kolkata", "singapore": "Asia/Singapore", "Asia / Tokyo": "Asia/Tokyo",
    "utc": "UTC", "UTC": "UTC", "Etc/GMT+5": "Etc/GMT+5", "Coyhaique": "America/Coyhaique"}
SEVERAL = {"Eastern": ["Canada/Eastern", "US/Eastern"], "samoa": ["Pacific/Samoa", "US/Samoa"]}
NONE = ["", " ", "/", "Europe", "America/", "GMT+5", "+01:00", "PST", "Mars", "new york city", "__proto__",
        "constructor", "Europe/Berlin\n", "Ευρώπη", "😀" * 5, "\ud800", "x" * 5000, "<b>Berlin</b>"]
ASKED = "(zones, typed) => [zones.named(typed), zones.candidates(typed), zones.refused(typed)]"


def ours(typed: str) -> list[Any]:
    return [zones.named(typed), zones.candidates(typed), zones.refused(typed)]


@pytest.mark.parametrize(("typed", "name"), TYPED.items())
def test_what_a_person_types_is_a_zone(typed, name):
    assert zones.named(typed) == name


@pytest.mark.parametrize("typed", NONE)
def test_what_is_none_stays_as_it_was_typed_and_is_refused(typed):
    assert zones.named(typed) == typed and not clock.is_zone(typed)
    assert "not known here" in zones.refused(typed)


@pytest.mark.parametrize(("typed", "names"), SEVERAL.items())
def test_of_two_zones_with_one_name_both_are_said(typed, names):
    assert zones.named(typed) == typed
    assert zones.refused(typed) == f"More than one time zone has this name. Write one of them: {', '.join(names)}."


@pytest.mark.parametrize(("typed", "near"), [
    ("Lisboa", "Europe/Lisbon"), ("New Yrok", "America/New_York"), ("Zuerich", "Europe/Zurich"),
    ("Warszawa", "Europe/Warsaw"), ("Europe/Berln", "Europe/Berlin")])
def test_the_refusal_has_names_that_are_near(typed, near):
    assert f"Names like it: {near}" in zones.refused(typed)


def test_every_zone_is_found_by_its_whole_name_in_any_spelling():
    for name in [*zones.cities(), *zones.others()]:
        assert zones.named(name) == name
        assert "/" not in name or zones.named(name.upper().replace("_", " ")) == name
    assert {*zones.cities(), *zones.others()} == {name for name in clock.zones() if not name.startswith("Etc/")}


def test_both_know_the_same_names_and_say_the_same_words(twin):
    picked = random.Random(7)
    slips = [name[:at] + picked.choice("aeé_/ .") + name[at + 1:] for name in zones.cities()
             for at in [picked.randrange(len(name))]]
    cut = [name.rpartition("/")[2][:picked.randrange(3, 9)] for name in zones.cities()]
    typed = [*TYPED, *SEVERAL, *NONE, *zones.others(), *clock.zones(), *slips, *cut,
             *(name.rpartition("/")[2].replace("_", " ").lower() for name in clock.zones())]
    assert twin("zones.js", ASKED, [[one] for one in typed]) == [ours(one) for one in typed]


def test_what_a_browser_offers_is_known(twin):
    [offered] = twin("zones.js", "() => Intl.supportedValuesOf('timeZone')", [[]])
    assert len(offered) > 400 and {*offered} <= clock.zones()
