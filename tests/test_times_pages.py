"""The screens for finding a time: a week is drawn and kept, three times are proposed."""
from __future__ import annotations

import re
from typing import Any

import pytest

from mentorlog import records, times
from tests.cast import sign_in
from tests.meeting import mentor
from tests.submitting import fill, send, submit
from tests.sync.asking import change, edit, outcome, sync
from tests.test_times import BERLIN, LISBON


@pytest.fixture
def card(ada) -> str:
    return mentor(ada, zone=LISBON)


def drawn(person: Any, partner: str = "") -> dict[str, Any]:
    _, record = times.own(person, partner)
    return record["fields"] if record else {}


def page_of(client: Any, path: str) -> str:
    reply = client.get(path)
    assert reply.status_code == 200, path
    return str(reply.get_data(as_text=True))


def text_of(client: Any, path: str) -> str:
    """The words of a page without its marks."""
    return " ".join(re.sub("<[^>]+>", "", page_of(client, path)).split())


def draw(client: Any, path: str, **sets: str) -> None:
    assert submit(client, path, **sets).status_code == 303


def test_a_tap_paints_and_nothing_is_kept_before_keep(ada, cast):
    form = fill(ada, "/times/hours", brush="protected")
    page = send(ada, "/times/hours", form | {"cell": "tue-09"}).get_data(as_text=True)
    assert 'name="protected" value="tue-09"' in page and 'value="tue-09" data-fit="protected"' in page
    assert 'value="protected" checked' in page and drawn(cast.ada) == {}
    send(ada, "/times/hours", form | {"protected": "tue-09"})
    assert drawn(cast.ada)["protected"] == ["tue-09"]


def test_one_cell_is_one_thing(ada):
    form = fill(ada, "/times/hours", good="mon-10 mon-11", brush="possible")
    page = send(ada, "/times/hours", form | {"cell": "mon-10"}).get_data(as_text=True)
    assert 'name="good" value="mon-11"' in page and 'name="possible" value="mon-10"' in page
    page = send(ada, "/times/hours", form | {"cell": "mon-10", "brush": "never"}).get_data(as_text=True)
    assert 'name="good" value="mon-11"' in page and 'name="possible" value=""' in page


@pytest.mark.parametrize("cell", ["mon-05", "mon-22", "someday-10", "constructor", "mon-9"])
def test_what_is_no_hour_of_the_week_is_not_painted(ada, cell):
    page = send(ada, "/times/hours", fill(ada, "/times/hours") | {"cell": cell}).get_data(as_text=True)
    assert 'name="good" value=""' in page


def test_a_zone_that_is_none_is_refused_with_what_was_typed_and_drawn(ada, cast):
    reply = submit(ada, "/times/hours", good="mon-10", zone="Mars/Base")
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422 and "This time zone is not known here." in page
    assert 'value="Mars/Base"' in page and 'name="good" value="mon-10"' in page and drawn(cast.ada) == {}


def test_sent_twice_is_kept_once(ada, cast):
    form = fill(ada, "/times/hours", good="mon-10")
    assert [send(ada, "/times/hours", form).status_code for _ in range(2)] == [303, 303]
    assert len(records.shelf(cast.ada, "hours")) == 1


def test_hours_of_a_mentor_are_a_week_of_their_own_without_focus(ada, cast, card):
    draw(ada, "/times/hours", good="mon-10")
    draw(ada, f"/times/hours/{card}", good="tue-10")
    form = fill(ada, f"/times/hours/{card}")
    send(ada, f"/times/hours/{card}", form | {"protected": "tue-11"})
    assert drawn(cast.ada)["good"] == ["mon-10"]
    assert drawn(cast.ada, card) == drawn(cast.ada, card) | {"good": ["tue-10"], "protected": [], "partner": card}
    assert 'value="protected"' not in page_of(ada, f"/times/hours/{card}")


def test_nobody_else_finds_them(app, ada, card):
    other = sign_in(app.test_client(), "bela")
    for path in (f"/times/{card}", f"/times/hours/{card}"):
        assert other.get(path).status_code == 404
    assert 'name="good" value=""' in page_of(other, "/times/hours")


def test_without_a_week_of_ones_own_the_page_asks_for_it(ada, card):
    page = page_of(ada, f"/times/{card}")
    assert "Draw your week first" in page and "Plan it" not in page


def test_the_page_proposes_three_times_with_reasons_and_both_clocks(ada, card):
    draw(ada, "/times/hours", good="wed-10 thu-11", possible="fri-09")
    page = page_of(ada, f"/times/{card}")
    assert "You have not drawn the hours of" in page and "Good for you, " in page
    draw(ada, f"/times/hours/{card}", good="wed-09", possible="thu-10")
    page = page_of(ada, f"/times/{card}")
    assert re.findall(r'href="(/sessions/new[^"]+)"', page)[0].replace("&amp;", "&") == (
        f"/sessions/new?on=2026-11-25&at=10:00&minutes=45&partner={card}")
    assert "Good for both" in page and ">09:00</time> there" in page
    assert "- Wed 25 Nov, 10:00 (Europe/Berlin); for you Wed 25 Nov, 09:00 (Europe/Lisbon)" in page


@pytest.mark.parametrize(("agreed", "asked", "shown"), [
    ("60", "", "60"), ("", "", "45"), ("60", "?minutes=30", "30"), ("120", "", "120"), ("120", "?minutes=120", "120")])
def test_the_length_is_the_one_that_was_agreed_on(ada, card, agreed, asked, shown):
    draw(ada, "/times/hours", good="wed-10 wed-11 wed-12")
    draw(ada, f"/partners/{card}/agreement/edit", minutes=agreed, rhythm="weekly")
    page = page_of(ada, f"/times/{card}{asked}").replace("&amp;", "&")
    assert f"· {shown} minutes</small>" in page and f", {shown} minutes:" in page
    assert set(re.findall("/sessions/new[^\"]*&minutes=([0-9]+)&", page)) == {shown}


def test_with_somebody_else_their_length_counts_and_as_one_moves_its_own(ada, card):
    draw(ada, "/times/hours", good="wed-10 wed-11")
    draw(ada, f"/partners/{card}/agreement/edit", minutes="60")
    assert "· 45 minutes</small>" in page_of(ada, f"/times/{mentor(ada)}")
    planned = submit(ada, "/sessions/new", starts_on="2026-11-25", starts_time="10:00", partner=card, minutes="30")
    id = planned.headers["Location"].rpartition("/")[2]
    assert "· 30 minutes</small>" in page_of(ada, f"/times/{card}?session={id}")


# -- what was agreed on ------------------------------------------------------------------------------------------------

def rest(client: Any, partner: str, until: str) -> None:
    draw(client, f"/partners/{partner}/pause", until="other", pause_on=until)


def test_in_a_pause_what_is_proposed_comes_after_it_and_says_so(ada, card):
    draw(ada, "/times/hours", good="mon-10 wed-10 thu-11")
    assert "You pause" not in page_of(ada, f"/times/{card}")
    rest(ada, card, "2027-01-11")
    page = page_of(ada, f"/times/{card}").replace("&amp;", "&")
    assert re.findall("new.on=([^&]+)&at", page) == ["2027-01-11", "2027-01-13", "2027-01-14"]
    said = text_of(ada, f"/times/{card}")
    assert "You pause with R. O. until Mon 11 Jan 2027. These are after it." in said and "- Mon 11 Jan, 10:00" in page
    assert "11 Jan to 15 Jan" in said and "The week before" not in said
    assert "You pause" not in page_of(ada, f"/times/{mentor(ada)}")


def test_a_session_that_moves_moves_out_of_a_pause(ada, card):
    draw(ada, "/times/hours", good="wed-10 thu-11")
    ids = [submit(ada, "/sessions/new", starts_on=on, starts_time="10:00", partner=card).headers["Location"][10:]
           for on in ("2026-12-02", "2027-01-29")]
    rest(ada, card, "2026-12-14")
    pages = [page_of(ada, f"/times/{card}?session={id}").replace("&amp;", "&") for id in ids]
    assert re.findall("edit.on=([^&]+)&at", pages[0]) == ["2026-12-16", "2026-12-17", "2026-12-23"]
    assert re.findall("edit.on=([^&]+)&at", pages[1]) == ["2027-01-27", "2027-01-28", "2027-02-03"]


def test_nothing_that_fits_after_a_pause_is_said_of_those_weeks(ada, card):
    draw(ada, "/times/hours", good="wed-10")
    rest(ada, card, "2026-12-14")
    days = ("16", "23", "30")
    for day in days:
        submit(ada, "/sessions/new", starts_on=f"2026-12-{day}", starts_time="10:00", partner=card)
    page = page_of(ada, f"/times/{card}")
    assert "Nothing fits in the three weeks below." in page and "after it" not in page


def test_hours_that_stay_free_stand_where_a_time_is_found(ada, card):
    draw(ada, "/times/hours", good="wed-10")
    assert "Hours that stay free" not in page_of(ada, f"/times/{card}")
    draw(ada, f"/partners/{card}/agreement/edit", blocked="Mornings until eleven")
    assert 'Hours that stay free: <span class="own" dir="auto">Mornings until eleven<' in page_of(ada, f"/times/{card}")


def test_what_is_picked_goes_into_the_message_three_at_most(ada, card):
    draw(ada, "/times/hours", good="wed-10 thu-11 fri-09 fri-10")
    picks = ("27T09:00", "27T10:00", "26T11:00", "25T10:00")
    slots = "&".join(f"slot=2026-11-{pick}" for pick in picks)
    page = page_of(ada, f"/times/{card}?{slots}&slot=nonsense&slot=2026-11-25T11:00")
    assert "Three are enough" in page and page.count("Plan it") == 3
    assert "- Fri 27 Nov, 09:00" in page and "- Fri 27 Nov, 10:00" not in page
    assert page_of(ada, f"/times/{card}?slot=2026-11-27T10:00").count("Plan it") == 1


def test_a_planned_session_takes_its_hour_unless_it_is_the_one_that_moves(ada, card):
    draw(ada, "/times/hours", good="wed-10 thu-11")
    planned = submit(ada, "/sessions/new", starts_on="2026-11-25", starts_time="10:30", partner=card, minutes="60")
    id = planned.headers["Location"].rpartition("/")[2]
    assert "on=2026-11-25&" not in page_of(ada, f"/times/{card}").replace("&amp;", "&")
    page = page_of(ada, f"/times/{card}?session={id}").replace("&amp;", "&")
    assert f"/sessions/{id}/edit?on=2026-11-25&at=10:00" in page and "60 minutes" in page
    assert f"/times/{card}?session={id}" in page_of(ada, f"/sessions/{id}")


def test_the_hour_at_which_a_session_is_already_is_not_proposed_for_it(ada, card):
    draw(ada, "/times/hours", good="wed-10 thu-11")
    planned = submit(ada, "/sessions/new", starts_on="2026-11-25", starts_time="10:00", partner=card)
    id = planned.headers["Location"].rpartition("/")[2]
    page = page_of(ada, f"/times/{card}?session={id}").replace("&amp;", "&")
    assert "edit?on=2026-11-26&at=11:00" in page and "edit?on=2026-11-25&" not in page


def test_for_a_session_far_off_hours_near_it_are_proposed(ada, card):
    draw(ada, "/times/hours", good="wed-10 thu-11")
    planned = submit(ada, "/sessions/new", starts_on="2027-01-29", starts_time="10:00", partner=card)
    id = planned.headers["Location"].rpartition("/")[2]
    page = page_of(ada, f"/times/{card}?session={id}").replace("&amp;", "&")
    assert re.findall("edit.on=([^&]+)&at", page) == ["2027-01-27", "2027-01-28", "2027-02-03"]


def test_while_their_hours_are_not_known_nothing_is_good_for_both(ada, card):
    draw(ada, "/times/hours", good="wed-10 thu-11")
    page = page_of(ada, f"/times/{card}")
    assert "good for both" not in page and page.count("Their hours are not known") == 3
    draw(ada, f"/times/hours/{card}", good="wed-09 thu-10")
    page = page_of(ada, f"/times/{card}")
    assert "good for both" in page and "Their hours are not known" not in page


def test_the_list_and_the_week_number_alike(ada, card):
    draw(ada, "/times/hours", good="wed-16 thu-11 fri-09")
    page = page_of(ada, f"/times/{card}")
    listed = re.findall(r'<span class="slot picked" aria-hidden="true">(.)</span>', page)
    shown = dict(re.findall(r'data-pick="(.)"><input type="checkbox" name="slot" value="([^"]+)" checked', page))
    assert listed == ["1", "2", "3"]
    assert shown == {"1": "2026-11-25T16:00", "2": "2026-11-26T11:00", "3": "2026-11-27T09:00"}


def test_the_form_of_a_session_takes_what_was_proposed(ada, card):
    form = fill(ada, f"/sessions/new?on=2026-12-01&at=10:30&minutes=30&partner={card}", "/sessions/new")
    assert (form["starts_on"], form["starts_time"], form["minutes"]) == ("2026-12-01", "10:30", "30")
    assert (form["zone"], form["partner"]) == (BERLIN, card)
    form = fill(ada, "/sessions/new?on=2026-02-30&at=25:00&minutes=1e9&partner=nobody", "/sessions/new")
    assert (form["starts_on"], form["starts_time"], form["minutes"], form["partner"]) == ("", "", "45", card)


def test_a_session_is_moved_on_the_clocks_that_were_agreed_on(ada, card):
    planned = submit(ada, "/sessions/new", starts_on="2026-12-01", starts_time="09:00", zone="America/New_York")
    address = planned.headers["Location"]
    form = fill(ada, f"{address}/edit?on=2026-12-02&at=16:00", f"{address}/edit")
    assert (form["starts_on"], form["starts_time"], form["zone"]) == ("2026-12-02", "10:00", "America/New_York")


@pytest.mark.parametrize(("at", "hour", "moment"), [
    ("06:30", ("01:30", "America/New_York"), "05:30"), ("07:30", ("07:30", BERLIN), "06:30"),
    ("08:30", ("02:30", "America/New_York"), "07:30")])
def test_the_second_of_two_hours_of_one_name_is_told_on_my_clocks(ada, cast, card, at, hour, moment):
    planned = submit(ada, "/sessions/new", starts_on="2026-12-01", starts_time="09:00", zone="America/New_York")
    address = planned.headers["Location"]
    form = fill(ada, f"{address}/edit?on=2027-11-07&at={at}", f"{address}/edit")
    assert (form["starts_time"], form["zone"]) == hour and form["starts_on"] == "2027-11-07"
    assert send(ada, f"{address}/edit", form).status_code == 303
    assert records.find(cast.ada, "session", address[-36:])["at"] == f"2027-11-07T{moment}:00.000Z"


# -- two devices -------------------------------------------------------------------------------------------------------

def test_two_devices_that_paint_other_hours_both_win(ada, cast, handset, laptop):
    id, _ = times.own(cast.ada)
    made = change("hours", id, good=["mon-10", "tue-10"])
    sync(handset, [made])
    sync(handset, [edit(made, good=["mon-10", "wed-10"], possible=["tue-10"])])
    told = outcome(laptop, edit(made, good=["mon-10", "tue-10", "fri-10"], protected=["mon-09"]))
    assert told["outcome"] == "merged"
    fields = drawn(cast.ada)
    assert [sorted(fields[name]) for name in ("good", "possible", "protected")] == [
        ["fri-10", "mon-10", "wed-10"], ["tue-10"], ["mon-09"]]
