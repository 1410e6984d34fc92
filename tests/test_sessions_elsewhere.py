"""Other hours that are offered where a session is moved: of its week or a later one, by both weeks and a calendar."""
from __future__ import annotations

import re

import pytest

from mentorlog import clock, records
from mentorlog.sessions import planning
from tests.meeting import mentor
from tests.submitting import Forms, fill, send, submit
from tests.test_sessions import FORM, fields_of, page_of, plan

PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#elsewhere"}
MINE = {"good": "mon-15 tue-11 thu-12", "possible": "thu-15"}
THEIRS = {"good": "mon-14 tue-10 thu-11 thu-14"}  # an hour behind, in Lisbon
TUESDAY, LATE = "2026-12-08 11:00 Europe/Berlin", "2026-12-10 15:00 Europe/Berlin"
HOURS = ("starts_on", "starts_time", "zone")


@pytest.fixture
def card(ada) -> str:
    id = mentor(ada, zone="Europe/Lisbon")
    draw(ada, "/times/hours", **MINE)
    draw(ada, f"/times/hours/{id}", **THEIRS)
    return id


def draw(client, path: str, **sets: str) -> None:
    assert submit(client, path, **({"good": "", "possible": ""} | sets)).status_code == 303


def edit(id: str) -> str:
    return f"/sessions/{id}/edit"


def offered(page: str) -> list[str]:
    """What can be chosen, in words, its heading first; [] where nothing is offered. What is chosen has a star."""
    found = re.search(r'<fieldset class="field" role="radiogroup" data-anew>(.*?)</fieldset>', page, re.DOTALL)
    rows = re.split(r"<li>", found[1]) if found else []
    return [("*" if " checked" in row else "") + " ".join(re.sub("<[^>]+>", " ", row).split()) for row in rows]


def walls(page: str) -> list[str]:
    return re.findall('name="slot" value="([^"]*)"', page)


def move(client, id: str, **typed: str):
    return submit(client, edit(id), **typed)


# -- what is offered ---------------------------------------------------------------------------------------------------

def test_three_hours_of_that_week_stand_with_both_clocks_and_what_speaks_against_them(ada, card):
    page = page_of(ada, edit(plan(ada, partner=card)))
    assert offered(page) == [
        "Good for both, that week · 45 minutes",
        "Tue 8 Dec, 11:00 10:00 for R. O.", "Thu 10 Dec, 12:00 11:00 for R. O.",
        "Thu 10 Dec, 15:00 14:00 for R. O. · possible, not good", "*Another time"]
    assert walls(page) == [TUESDAY, "2026-12-10 12:00 Europe/Berlin", LATE, "other"]
    assert f"/times/{card}?session=" in page and "Find three to propose" in page


def test_nothing_moves_by_itself(ada, cast, card):
    id = plan(ada, partner=card)
    before = fields_of(cast.ada, id)
    assert fill(ada, edit(id))["slot"] == "other"
    assert move(ada, id).status_code == 303
    assert fields_of(cast.ada, id) == before and not before.get("moves")


def test_nothing_is_offered_where_no_week_is_drawn_or_nothing_fits(ada, card):
    id = plan(ada, partner=card)
    draw(ada, "/times/hours", good="mon-15")  # its own hour, of the next weeks as well
    assert offered(page_of(ada, edit(id)))[:2] == [
        "Good for both, in a later week · 45 minutes", "Mon 14 Dec, 15:00 14:00 for R. O."]
    draw(ada, "/times/hours", good="sun-21")
    assert offered(page_of(ada, edit(id))) == []
    draw(ada, "/times/hours")
    page = page_of(ada, edit(id))
    assert offered(page) == [] and "Find three" not in page and "until" not in page


def test_nothing_is_offered_for_one_that_was_held_and_a_new_one(ada, card):
    with clock.at(clock.parse("2026-11-23T09:00:00.000Z")):
        id = plan(ada, partner=card, starts_on="2026-11-23")
    assert offered(page_of(ada, edit(id)))[0] == "Good for both, that week · 45 minutes"  # Thursday is to come
    ada.post(f"/sessions/{id}/held", data={"state": "held"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert offered(page_of(ada, edit(id))) == offered(page_of(ada, "/sessions/new")) == []


def test_of_a_week_that_is_over_the_next_one_is_offered(ada, card):
    with clock.at(clock.parse("2026-11-10T09:00:00.000Z")):
        id = plan(ada, partner=card, starts_on="2026-11-12", starts_time="12:00")
    said = offered(page_of(ada, edit(id)))
    assert said[0] == "Good for both, in a later week · 45 minutes" and said[1].startswith("Thu 26 Nov, 12:00")


def test_it_says_whom_an_hour_suits_where_only_mine_are_known(ada, card):
    draw(ada, f"/times/hours/{card}")
    draw(ada, "/times/hours", possible="tue-11")
    id = plan(ada, partner=card)
    assert offered(page_of(ada, edit(id)))[:2] == [
        "Possible for you, that week · 45 minutes", "Tue 8 Dec, 11:00 10:00 for R. O. · possible, not good"]
    alone = page_of(ada, edit(plan(ada, starts_time="18:00")))
    assert offered(alone)[1] == "Tue 8 Dec, 11:00 possible, not good" and "Find three" not in alone


def test_an_hour_that_is_taken_or_lies_in_a_pause_is_not_offered(ada, card):
    id = plan(ada, partner=card)
    plan(ada, starts_on="2026-12-08", starts_time="11:30")
    spans = {"spans": "2026-12-10T11:00Z/60", "read_at": "2026-11-24T11:00:00.000Z",
             "until": "2026-12-10T14:15:00.000Z"}
    assert send(ada, "/times/calendar", fill(ada, "/times/hours", "/times/calendar") | spans).status_code == 303
    assert offered(page_of(ada, edit(id)))[1:-1] == [
        "Thu 10 Dec, 15:00 14:00 for R. O. · possible, not good Your calendar file does not reach that day"]
    submit(ada, f"/partners/{card}/pause", until="other", pause_on="2026-12-16")
    assert offered(page_of(ada, edit(id)))[:2] == [
        "Good for both, in a later week · 45 minutes",
        "Thu 17 Dec, 12:00 11:00 for R. O. Your calendar file does not reach that day"]


def test_hours_are_those_of_the_length_of_the_session(ada, card):
    draw(ada, "/times/hours", good="tue-11 thu-12 thu-13")
    draw(ada, f"/times/hours/{card}", good="tue-10 thu-11 thu-12")
    id = plan(ada, partner=card, minutes="90")
    page = page_of(ada, edit(id))
    assert walls(page) == ["2026-12-10 12:00 Europe/Berlin", "other"]
    assert offered(page)[0] == "Good for both, that week · 90 minutes"


# -- what is typed -----------------------------------------------------------------------------------------------------

def asked(client, id: str, **typed: str) -> str:
    """The part that is asked for anew while the form is open."""
    reply = client.get(edit(id), query_string=typed, headers=PART)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 200 and "<form" not in page
    return page


def back(client, id: str, **typed: str) -> str:
    """The form as it comes back with an error."""
    reply = move(client, id, phone="abc", **typed)
    assert reply.status_code == 422
    return reply.get_data(as_text=True)


@pytest.mark.parametrize("again", [asked, back])
def test_hours_are_those_of_what_is_typed(ada, card, again):
    draw(ada, "/times/hours", good="tue-11 thu-12 thu-13 fri-16")
    draw(ada, f"/times/hours/{card}", good="tue-10 thu-11 thu-12")
    other = submit(ada, "/partners/new", name="T. V.").headers["Location"][-36:]
    id = plan(ada, partner=card)
    longer = again(ada, id, minutes="90")
    assert walls(longer) == ["2026-12-10 12:00 Europe/Berlin", "other"] and "· 90 minutes" in offered(longer)[0]
    for partner in (other, ""):
        theirs = again(ada, id, partner=partner)
        assert offered(theirs)[0] == "Good for you, that week · 45 minutes"
        assert walls(theirs)[2] == "2026-12-11 16:00 Europe/Berlin" and "R. O." not in " ".join(offered(theirs))
    assert walls(again(ada, id, zone="new york"))[0] == "2026-12-08 05:00 America/New_York"


@pytest.mark.parametrize("typed", [{"zone": "Nowhere"}, {"minutes": "soon"}, {"minutes": "0"}, {"minutes": "99999"}])
def test_what_is_typed_wrong_is_left_to_its_field(ada, card, typed):
    id = plan(ada, partner=card)
    assert walls(asked(ada, id, **typed)) == walls(back(ada, id, **typed)) == walls(page_of(ada, edit(id)))


def test_a_card_that_is_not_mine_is_not_asked_about(ada, card):
    id = plan(ada, partner=card)
    assert asked(ada, id, partner=id) == asked(ada, id)


def test_the_part_that_is_asked_for_keeps_what_was_chosen_where_it_still_fits(ada, card):
    draw(ada, "/times/hours", good="tue-11 thu-12 thu-13")
    draw(ada, f"/times/hours/{card}", good="tue-10 thu-11 thu-12")
    id = plan(ada, partner=card)
    for slot, minutes, chosen in ((TUESDAY, "60", 1), (TUESDAY, "90", 2), (LATE, "60", 4), ("other", "60", 4)):
        rows = offered(asked(ada, id, slot=slot, minutes=minutes))
        assert [row[0] == "*" for row in rows].index(True) == chosen, slot


def test_where_nothing_fits_what_is_typed_day_and_hour_stand_and_it_goes_on_being_asked(ada, card):
    id = plan(ada, partner=card)
    none = asked(ada, id, minutes="480")
    assert offered(none) == [] and 'id="elsewhere" hidden' in none
    assert offered(asked(ada, id, minutes="45")) == offered(page_of(ada, edit(id)))


# -- what is chosen ----------------------------------------------------------------------------------------------------

def test_the_hour_that_is_chosen_counts_more_than_day_and_hour(ada, cast, card):
    id = plan(ada, partner=card)
    assert move(ada, id, slot=TUESDAY, starts_on="2026-12-24").status_code == 303
    fields = fields_of(cast.ada, id)
    assert [fields[name] for name in HOURS] == TUESDAY.split(" ")
    assert [one["starts_on"] for one in fields["moves"]] == ["2026-12-07"]


def test_a_zone_that_is_typed_counts_for_an_hour_that_is_offered(ada, cast, card):
    id = plan(ada, partner=card)
    assert move(ada, id, slot=TUESDAY, zone="America/New_York").status_code == 303
    assert records.find(cast.ada, "session", id)["at"] == "2026-12-08T16:00:00.000Z"
    assert move(ada, id, slot=TUESDAY, zone="Nowhere").status_code == 422


def test_the_second_of_two_hours_of_one_name_is_not_offered(ada, card):
    assert [planning.is_told(clock.parse(f"2026-10-25T0{hour}:00:00.000Z"), "Europe/Berlin") for hour in range(3)] == [
        True, False, True]


def test_a_session_keeps_the_zone_that_was_agreed_on(ada, cast, card):
    id = plan(ada, partner=card, starts_time="09:00", zone="America/New_York")
    assert walls(page_of(ada, edit(id)))[0] == "2026-12-08 05:00 America/New_York"
    assert move(ada, id, slot="2026-12-08 05:00 America/New_York").status_code == 303
    assert records.find(cast.ada, "session", id)["at"] == "2026-12-08T10:00:00.000Z"


def test_what_was_chosen_comes_back_after_a_refusal(ada, cast, card):
    id = plan(ada, partner=card)
    reply = move(ada, id, slot=LATE, phone="abc")
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422 and offered(page)[3].startswith("*Thu 10 Dec, 15:00") and "15:00 for you" in re.sub(
        "<[^>]+>", "", page)
    assert send(ada, edit(id), Forms(page).found[edit(id)] | {"phone": ""}).status_code == 303
    assert fields_of(cast.ada, id)["starts_on"] == "2026-12-10"


def test_an_hour_that_was_taken_meanwhile_asks_and_stands_below_another_time(ada, cast, card):
    id = plan(ada, partner=card)
    form = fill(ada, edit(id), slot=TUESDAY)
    plan(ada, starts_on="2026-12-08", starts_time="11:00")
    reply = send(ada, edit(id), form)
    page = reply.get_data(as_text=True)
    asked = Forms(page).found[edit(id)]
    assert reply.status_code == 422 and "Another session takes a part of that hour" in page
    assert [asked[name] for name in ("slot", *HOURS)] == ["other", *TUESDAY.split(" ")]
    assert send(ada, edit(id), asked | {"anyway": "1"}).status_code == 303
    assert fields_of(cast.ada, id)["starts_on"] == "2026-12-08"


@pytest.mark.parametrize(("slot", "status"), [
    ("", 303), ("nonsense", 303), ("2026-13-08 11:00 Europe/Berlin", 303), ("2026-12-08 11:00 Mars/Base", 303),
    ("9999-12-31 23:59 UTC", 303), ("2026-12-08 11:00", 303), (f"{TUESDAY} {TUESDAY}", 303), ("x" * 70_000, 303),
    ("1950-01-01 11:00 Europe/Berlin", 422), ("2150-01-01 11:00 Europe/Berlin", 422)])
def test_what_is_no_hour_moves_nothing(ada, cast, card, slot, status):
    id = plan(ada, partner=card)
    reply = move(ada, id, slot=slot)
    assert reply.status_code == status and fields_of(cast.ada, id)["starts_on"] == FORM["starts_on"]
    if status == 422:
        page = reply.get_data(as_text=True)
        assert "Choose a day between 2000 and 2099." in page and offered(page)[-1] == "*Another time"


def test_those_after_it_go_along_to_the_hour_that_is_chosen(ada, cast, card):
    days = FORM | {"partner": card, "how": "weekly", "count": "3", "weeks": "1"}
    page = send(ada, "/sessions/new", fill(ada, "/sessions/new", **days)).get_data(as_text=True)
    typed = Forms(page).found["/sessions/new"] | {"day": ["2026-12-07", "2026-12-14", "2026-12-21"]}
    assert send(ada, "/sessions/new", typed).status_code == 303
    first = records.shelf(cast.ada, "session")[-1]["id"]
    assert move(ada, first, slot=TUESDAY, which="after").status_code == 303
    found = records.shelf(cast.ada, "session")
    assert [one["fields"]["starts_on"] for one in found] == ["2026-12-22", "2026-12-15", "2026-12-08"]
    assert {one["fields"]["starts_time"] for one in found} == {"11:00"}
