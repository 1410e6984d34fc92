"""Until when a page is right: the next instant at which it would look different, and what it looks like then."""
from __future__ import annotations

import re

import pytest

from tests.cast import sign_in
from tests.meeting import at, page, plan
from tests.submitting import send, submit

DAY = 1440
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
# Minutes after the begin at 16:00 in Berlin, of a session of 45 minutes, to the instant that its pages name.
EDGES = [(-DAY, "2026-11-23T23:00"), (-11, "2026-11-24T14:50"), (-10, "2026-11-24T15:00"), (-1, "2026-11-24T15:00"),
         (0, "2026-11-24T15:45"), (44, "2026-11-24T15:45"), (45, "2026-11-24T23:00"), (480, "2026-11-25T23:00")]


@pytest.fixture
def ada(client, cast):
    with at(-600):
        return sign_in(client, "ada")


def untils(shown: str) -> list[str]:
    return re.findall(r' data-live data-until="([^"]*)"', shown)


def part(client, path: str, target: str) -> str:
    return client.get(path, headers=PART | {"HX-Target": target}).get_data(as_text=True)


@pytest.mark.parametrize(("minutes", "until"), EDGES)
def test_a_page_says_the_next_instant_at_which_it_looks_different(ada, minutes, until):
    where = plan(ada)
    with at(minutes):
        for path, parts in (("/today", 4), (where, 4), ("/sessions", 2)):
            assert untils(page(ada, path)) == [f"{until}:00.000Z"] * parts, path


def test_the_nearest_of_several_sessions_counts_and_one_that_is_off_as_well(ada):
    plan(ada)
    other = plan(ada, starts_time="18:00")
    with at(-30):
        assert send(ada, f"{other}/cancel", {}).status_code == 303
    for minutes, until in ((46, "16:50"), (110, "17:00"), (121, "17:45")):
        with at(minutes):
            found = {*untils(page(ada, "/sessions")), *untils(page(ada, "/today"))}
        assert found == {f"2026-11-24T{until}:00.000Z"}


def test_today_stops_asking_how_it_went_in_the_middle_of_a_day(ada):
    plan(ada)
    with at(3 * DAY - 60):
        shown = page(ada, "/today")
    assert "How did it go?" in shown
    assert {*untils(shown)} == {"2026-11-27T15:00:00.000Z"}
    with at(3 * DAY):
        assert "How did it go?" not in page(ada, "/today")


def test_midnight_is_that_of_the_person(ada):
    submit(ada, "/settings/look", zone="Asia/Kathmandu")
    with at(0):
        assert {*untils(page(ada, "/sessions"))} == {"2026-11-24T18:15:00.000Z"}


def test_every_part_that_says_until_when_it_is_right_comes_by_itself(ada):
    where = plan(ada)
    for path, targets in (("/today", ("header#head", "div#moved", "div#ahead", "div#memory")),
                          (where, ("div#when", "section#along", "div#otherwise", "div#doing")),
                          ("/sessions", ("div#sessions", "div#cards"))):
        with at(45):
            for target in targets:
                found = part(ada, path, target)
                assert "<html" not in found and f'id="{target.partition("#")[2]}" ' in found
                assert untils(found) == ["2026-11-24T23:00:00.000Z"]


def test_with_its_end_a_page_offers_nothing_any_more_of_what_was_before(ada):
    where = plan(ada)
    for minutes, there in ((44, True), (45, False)):
        with at(minutes):
            shown = "".join(part(ada, where, one) for one in ("div#otherwise", "div#doing", "section#along"))
        words = ("If it isn’t working", "We have met", "Cancel the session", "Write while you talk")
        assert [one in shown for one in words] == [there] * 4
        assert ("Write what stuck" in shown) is not there


def test_how_near_it_is_is_left_to_a_script_until_it_begins(ada):
    where = plan(ada)
    for minutes, found in ((-40, True), (0, False)):
        with at(minutes):
            for path in ("/today", where):
                shown = page(ada, path)
                assert ('<span data-near="2026-11-24T15:00:00.000Z" hidden></span>' in shown) == found, path
                assert " in 40 minutes" not in shown
