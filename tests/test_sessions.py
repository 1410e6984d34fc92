"""Sessions: planned, moved, cancelled, held; at the right hour on two clocks, and never two at once unasked."""
from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from mentorlog import clock, records
from tests.cast import NOON, ZONE, sign_in
from tests.counting import queries
from tests.submitting import fill, send, submit

FORM = {"starts_on": "2026-12-07", "starts_time": "15:00", "zone": ZONE, "minutes": "45", "channel": "video",
        "link": "https://meet.example/a-r", "phone": "", "partner": "", "partner_name": ""}


def plan(client, **typed) -> str:
    """The id of a new session, on 7 December at 15:00 unless the test says otherwise."""
    reply = submit(client, "/sessions/new", **(FORM | typed))
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return reply.headers["Location"].rpartition("/")[2]


def lately(days: int = 0, hours: int = 0) -> dict[str, str]:
    """Day and hour in Berlin so long before noon."""
    local = (NOON - timedelta(days=days, hours=hours)).astimezone(ZoneInfo(ZONE))
    return {"starts_on": f"{local:%Y-%m-%d}", "starts_time": f"{local:%H:%M}"}


def fields_of(person, id: str) -> dict:
    return records.find(person, "session", id)["fields"]


def page_of(client, path: str) -> str:
    reply = client.get(path)
    assert reply.status_code == 200, path
    return reply.get_data(as_text=True)


# -- planning ----------------------------------------------------------------------------------------------------------

def test_a_session_keeps_the_wall_time_and_its_zone(ada, cast):
    id = plan(ada)
    kept = fields_of(cast.ada, id)
    assert {name: kept[name] for name in ("starts_on", "starts_time", "zone", "minutes", "channel", "state")} == {
        "starts_on": "2026-12-07", "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": 45,
        "channel": "video", "state": "planned"}
    assert records.find(cast.ada, "session", id)["at"] == "2026-12-07T14:00:00.000Z"


def test_the_hour_stands_on_both_clocks(ada, cast):
    submit(ada, "/partners/new", name="R. O.", zone="Asia/Tokyo")
    [card] = records.shelf(cast.ada, "partner")
    page = page_of(ada, f"/sessions/{plan(ada, partner=card['id'], starts_time='18:30')}")
    assert ">18:30</time>" in page
    assert "Tue 8 Dec, 02:30</time> for <bdi" in page


@pytest.mark.parametrize(("time", "at"), [("02:30", "2027-03-28T01:30:00.000Z"), ("03:30", "2027-03-28T01:30:00.000Z")])
def test_an_hour_that_summer_time_skips_means_the_later_one(ada, cast, time, at):
    assert records.find(cast.ada, "session", plan(ada, starts_on="2027-03-28", starts_time=time))["at"] == at


def test_a_name_becomes_a_card_in_the_same_save(ada, cast):
    id = plan(ada, partner_name="R. O.")
    [card] = records.shelf(cast.ada, "partner")
    assert card["fields"]["name"] == "R. O."
    assert fields_of(cast.ada, id)["partner"] == card["id"]


def test_a_name_that_has_a_card_takes_that_one(ada, cast):
    plan(ada, partner_name="R. O.")
    [card] = records.shelf(cast.ada, "partner")
    assert fields_of(cast.ada, plan(ada, starts_on="2026-12-08", partner_name="R. O."))["partner"] == card["id"]
    assert records.count(cast.ada, "partner") == 1


def test_a_form_sent_twice_makes_one_session_and_one_card(ada, cast):
    typed = fill(ada, "/sessions/new", **(FORM | {"partner_name": "R. O."}))
    first, second = (send(ada, "/sessions/new", typed) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert [records.count(cast.ada, shelf) for shelf in ("session", "partner")] == [1, 1]


@pytest.mark.parametrize(("field", "typed", "words"), [
    ("starts_on", "", "Choose a day"), ("starts_on", "2026-02-30", "Choose a day"), ("starts_on", "0000-01-01", "2000"),
    ("starts_on", "9999-12-31", "2099"), ("starts_time", "", "Choose an hour"),
    ("starts_time", "25:00", "00:00 to 23:59"), ("zone", "Mars/Base", "not known here"),
    ("starts_on", "1970-01-01", "between 2000 and 2099"),
    ("minutes", "0", "from 5 to 480"), ("minutes", "soon", "from 5 to 480"), ("minutes", "1800", "from 5 to 480"),
    ("minutes", "-45", "from 5 to 480"), ("minutes", "99999999", "from 5 to 480"),
    ("channel", "telepathy", "one of the answers"), ("link", "javascript:alert(1)", "beginning with https://"),
    ("link", "data:text/html,x", "beginning with https://"), ("link", "http://192.168.0.1/", "works from everywhere"),
    ("link", "https://localhost/room", "works from everywhere"), ("phone", "+49 30 CALL", "country code"),
    ("link", "x" * 2001, "2000 characters at most"), ("phone", "call me", "country code"),
    ("partner", "constructor", "one of your cards"), ("partner_name", "x" * 201, "200 characters at most")])
def test_bad_input_gets_words_at_its_field_and_stays(ada, cast, field, typed, words):
    submit(ada, "/partners/new", name="R. O.")
    reply = submit(ada, "/sessions/new", **(FORM | {field: typed}))
    page = reply.get_data(as_text=True)
    assert (reply.status_code, records.count(cast.ada, "session")) == (422, 0)
    assert words in page.split(f'id="e-{field}"')[1].split("</p>")[0]
    assert typed in page or field in ("minutes", "channel", "partner")
    assert 'value="15:00"' in page or field == "starts_time"


@pytest.mark.parametrize("channel", ["in_person", "phone", "video", "chat", ""])
@pytest.mark.parametrize("link", ["http://192.168.0.1/room", "javascript:alert(1)", "DATA:text/html,x"])
def test_a_link_that_cannot_work_is_refused_in_every_channel(ada, cast, channel, link):
    reply = submit(ada, "/sessions/new", **(FORM | {"channel": channel, "link": link}))
    page = reply.get_data(as_text=True)
    assert (reply.status_code, records.count(cast.ada, "session")) == (422, 0)
    assert "such as https://meet.example/room." in page.split('id="e-link"')[1].split("</p>")[0]
    assert f'value="{link}"' in page


def test_a_link_without_its_beginning_gets_one_and_a_place_does_not(ada, cast):
    assert fields_of(cast.ada, plan(ada, link="meet.example/a-r"))["link"] == "https://meet.example/a-r"
    place = plan(ada, starts_on="2026-12-08", channel="in_person", link="Room 5.12")
    assert fields_of(cast.ada, place)["link"] == "Room 5.12"
    assert 'href="Room' not in page_of(ada, f"/sessions/{place}")


def test_sessions_that_touch_or_were_cancelled_are_not_asked_about(ada, cast):
    id = plan(ada)
    plan(ada, starts_time="15:45")
    plan(ada, starts_time="14:15")
    send(ada, f"/sessions/{id}/cancel", {})
    assert plan(ada, starts_time="15:10", minutes="15")


# -- changing ----------------------------------------------------------------------------------------------------------

def test_a_session_does_not_stand_in_its_own_way(ada, cast):
    id = plan(ada)
    assert submit(ada, f"/sessions/{id}/edit", starts_time="15:15").status_code == 303
    assert fields_of(cast.ada, id)["starts_time"] == "15:15"


def test_a_missed_session_that_is_moved_ahead_is_planned_again(ada, cast):
    id = plan(ada, **lately(days=1))
    send(ada, f"/sessions/{id}/held", {"state": "missed"})
    submit(ada, f"/sessions/{id}/edit", starts_on="2026-12-01")
    assert fields_of(cast.ada, id)["state"] == "planned"


def test_a_held_session_whose_day_is_mended_stays_held(ada, cast):
    id = plan(ada, **lately(days=1))
    send(ada, f"/sessions/{id}/held", {"state": "held"})
    submit(ada, f"/sessions/{id}/edit", starts_on="2026-11-20")
    assert (fields_of(cast.ada, id)["state"], fields_of(cast.ada, id)["starts_on"]) == ("held", "2026-11-20")


def test_a_cancelled_session_comes_back_by_undo(ada, cast):
    id = plan(ada)
    reply = submit(ada, f"/sessions/{id}/cancel", why="She is ill")
    assert (fields_of(cast.ada, id)["state"], fields_of(cast.ada, id)["why"]) == ("cancelled", "She is ill")
    assert f'action="/sessions/{id}/resume"' in page_of(ada, reply.headers["Location"])
    assert "She is ill" in page_of(ada, f"/sessions/{id}") and "She is ill" in page_of(ada, "/sessions")
    assert send(ada, f"/sessions/{id}/resume", {}).headers["Location"] == f"/sessions/{id}"
    assert fields_of(cast.ada, id)["state"] == "planned"
    assert "She is ill" not in page_of(ada, "/sessions")


def test_a_word_too_long_is_still_there(ada, cast):
    id = plan(ada)
    reply = submit(ada, f"/sessions/{id}/cancel", why="x" * 201)
    assert reply.status_code == 422 and "x" * 201 in reply.get_data(as_text=True)
    assert fields_of(cast.ada, id)["state"] == "planned"


@pytest.mark.parametrize("state", ["held", "missed"])
def test_how_it_went_is_asked_and_kept(ada, cast, state):
    id = plan(ada, **lately(hours=2))
    page = page_of(ada, f"/sessions/{id}")
    assert "How did it go?" in page
    assert "Join" not in page
    submit(ada, f"/sessions/{id}", f"/sessions/{id}/held", state=state)
    assert fields_of(cast.ada, id)["state"] == state
    assert "How did it go?" not in page_of(ada, f"/sessions/{id}")


@pytest.mark.parametrize("state", ["", "planned", "cancelled", "__proto__"])
def test_how_it_went_has_two_answers(ada, cast, state):
    id = plan(ada, **lately(hours=2))
    assert send(ada, f"/sessions/{id}/held", {"state": state}).status_code == 422
    assert fields_of(cast.ada, id)["state"] == "planned"


def test_notes_are_kept_and_too_long_ones_stay_in_the_form(ada, cast):
    id = plan(ada)
    assert submit(ada, f"/sessions/{id}", f"/sessions/{id}/notes", notes="One.\r\n\r\nTwo.").status_code == 303
    assert fields_of(cast.ada, id)["notes"] == "One.\n\nTwo."
    long = "x" * 60_001
    reply = submit(ada, f"/sessions/{id}", f"/sessions/{id}/notes", notes=long)
    assert reply.status_code == 422
    assert long in reply.get_data(as_text=True)
    assert "60000 characters at most" in reply.get_data(as_text=True)


# -- screens -----------------------------------------------------------------------------------------------------------

def test_what_comes_stands_soonest_first_and_before_newest_first(ada, cast):
    days = {"2026-11-20": "20 Nov", "2026-12-24": "24 Dec", "2026-11-30": "30 Nov", "2026-11-05": "5 Nov"}
    for day in days:
        plan(ada, starts_on=day)
    page = page_of(ada, "/sessions")
    places = [page.index(f" {words}") for words in ("30 Nov,", "24 Dec,", "20 Nov<", "5 Nov<")]
    assert places == sorted(places)
    assert page.index('id="before"') > places[1]


def test_a_running_session_still_comes_and_one_past_its_minutes_is_before(ada, cast):
    plan(ada, **lately() | {"minutes": "30"})
    with clock.at(NOON + timedelta(minutes=29)):
        assert "How did it go?" not in page_of(ada, "/sessions")
    with clock.at(NOON + timedelta(minutes=30)):
        assert "How did it go?" in page_of(ada, "/sessions")


def test_the_list_before_has_pages_of_fifty(ada, cast):
    for day in range(1, 53):
        record(cast.ada, f"2026-{1 + day // 28:02}-{1 + day % 28:02}")
    first = page_of(ada, "/sessions")
    older = first.split('href="/sessions?after=')[1].split('"')[0]
    second = page_of(ada, f"/sessions?after={older}")
    assert [page.count('<a class="list-row" href="/sessions/') for page in (first, second)] == [50, 2]
    assert 'id="coming"' not in second
    assert ada.get("/sessions?after=constructor").status_code == 200


def record(person, on: str, **fields) -> None:
    """A session as another device would send it."""
    from mentorlog.sync import apply
    change = {"id": records.new_id(), "kind": "session", "record": records.new_id(), "base": None,
              "made_at": clock.iso(clock.now()),
              "fields": {"starts_on": on, "starts_time": "10:00", "zone": ZONE, **fields}}
    assert apply.take(person, None, [change])[change["id"]]["outcome"] == "accepted"


def test_a_session_with_next_to_nothing_in_it_is_shown(ada, cast):
    record(cast.ada, "2026-12-01", partner=records.new_id(), link="javascript:alert(1)")
    [found] = records.shelf(cast.ada, "session")
    page = page_of(ada, f"/sessions/{found['id']}")
    assert "60 minutes" in page
    assert 'href="javascript' not in page


def test_words_of_a_person_are_never_markup(ada, cast):
    bad = "<script>alert(1)</script>"
    id = plan(ada, partner_name=bad)
    submit(ada, f"/sessions/{id}", f"/sessions/{id}/notes", notes=bad)
    for path in ("/sessions", f"/sessions/{id}", f"/sessions/{id}/edit", "/today"):
        assert bad not in page_of(ada, path)


def test_the_audience_is_said(ada, cast):
    assert all("Only you" in page_of(ada, path) for path in ("/sessions/new", f"/sessions/{plan(ada)}"))


def test_sessions_of_somebody_else_are_not_there(ada, app, cast):
    id = plan(ada)
    with clock.at(NOON):
        bela = sign_in(app.test_client(), "bela")
        gets = [f"/sessions/{id}", f"/sessions/{id}/edit", "/sessions/nothing", "/sessions/__proto__"]
        posts = [f"/sessions/{id}/{verb}" for verb in ("edit", "cancel", "resume", "held", "notes", "undo")]
        assert [bela.get(path).status_code for path in gets] == [404] * len(gets)
        sent = [send(bela, path, FORM | {"state": "held", "notes": "x"}).status_code for path in posts]
        assert sent == [404] * len(posts)
        assert f"/sessions/{id}" not in page_of(bela, "/sessions")
    assert fields_of(cast.ada, id)["state"] == "planned"


def test_a_list_costs_the_same_number_of_queries_however_long_it_is(ada, cast):
    plan(ada, partner_name="R. O.")
    record(cast.ada, "2026-01-05")
    with queries() as few:
        page_of(ada, "/sessions")
    for day in range(1, 20):
        record(cast.ada, f"2026-02-{day:02}")
        record(cast.ada, f"2027-02-{day:02}")
    with queries() as many:
        page_of(ada, "/sessions")
    assert len(many) == len(few)
