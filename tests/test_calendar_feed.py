"""The calendar feed: its address, what it carries, and what it never does."""
from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.calendars import both
from tests.cast import OURS, ZONE, sign_in
from tests.counting import queries
from tests.sync.asking import a_device, change, edit, outcome

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WHEN = {"starts_on": "2026-11-24", "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": 45}
ADDRESS = re.compile(r'<code class="own" id="address" dir="ltr">http://localhost(/calendar/([\w-]{43})\.ics)</code>')


@pytest.fixture(autouse=True)
def monday():
    """It is Monday morning, 10:00 in Berlin."""
    from mentorlog import clock
    with clock.at(NOW):
        yield


@pytest.fixture
def handset(cast):
    """Ada's phone, in Berlin."""
    return a_device(cast.ada, zone=ZONE)


@pytest.fixture
def made(app, cast):
    """Makes ada an address, and returns its path."""
    def make() -> str:
        reply = sign_in(app.test_client(), "ada").post("/account/calendar/new", headers=OURS)
        assert reply.status_code == 200 and reply.headers["Cache-Control"] == "no-store"
        return ADDRESS.search(reply.get_data(as_text=True))[1]
    return make


@pytest.fixture
def path(made) -> str:
    return made()


def seen(app, path: str):
    """The events that a calendar finds there."""
    reply = app.test_client().get(path)
    assert reply.status_code == 200, reply.data
    return both(reply.data)


def taken(handset, *changes):
    for one in changes:
        assert outcome(handset, one)["outcome"] == "accepted", one
    return changes


# -- the address -------------------------------------------------------------------------------------------------------

def test_only_the_digest_of_an_address_is_kept(app, path, database_url) -> None:
    from mentorlog.models import CalendarFeed
    kept = CalendarFeed.get()
    secret = path.split("/")[-1].removesuffix(".ics")
    assert len(kept.secret_hash) == 64 and secret not in str(kept.__data__)


def test_the_address_is_shown_once(app, path) -> None:
    page = sign_in(app.test_client(), "ada").get("/account/calendar").get_data(as_text=True)
    assert "/calendar/" not in page.replace("/account/calendar", "")
    assert "No calendar has asked for it yet" in page


def test_the_page_offers_what_opens_a_calendar(app, cast) -> None:
    page = sign_in(app.test_client(), "ada").post("/account/calendar/new", headers=OURS).get_data(as_text=True)
    assert f'href="webcal://localhost{ADDRESS.search(page)[1]}"' in page
    assert 'data-copy="address"' in page


def test_a_new_address_ends_the_old_one_and_keeps_what_was_chosen(app, made) -> None:
    from mentorlog.models import CalendarFeed
    first = made()
    client = sign_in(app.test_client(), "ada")
    client.post("/account/calendar/carries", data={"names": "1"}, headers=OURS)
    second = made()
    assert [app.test_client().get(one).status_code for one in (first, second)] == [404, 200]
    assert (CalendarFeed.get().names, CalendarFeed.get().alarms) == (True, False)


def test_a_revoked_address_is_gone_from_the_next_request_on(app, path) -> None:
    tag = app.test_client().get(path).headers["ETag"]
    sign_in(app.test_client(), "ada").post("/account/calendar/revoke", headers=OURS)
    assert app.test_client().get(path).status_code == 404
    assert app.test_client().get(path, headers={"If-None-Match": tag}).status_code == 404


def test_revoking_twice_and_choosing_without_a_feed_do_nothing(app, cast) -> None:
    client = sign_in(app.test_client(), "ada")
    assert [client.post(f"/account/calendar/{what}", headers=OURS).status_code
            for what in ("revoke", "revoke", "carries")] == [303] * 3


def test_an_address_is_its_persons_alone(app, cast, path) -> None:
    sign_in(app.test_client(), "dan").post("/account/calendar/revoke", headers=OURS)
    sign_in(app.test_client(), "dan").post("/account/calendar/carries", data={"names": "1"}, headers=OURS)
    from mentorlog.models import CalendarFeed
    assert not CalendarFeed.get().names
    assert app.test_client().get(path).status_code == 200


@pytest.mark.parametrize("secret", ["x", "x" * 43, "%00", "a" * 3000, "é"])
def test_an_unknown_address_costs_the_same_whatever_it_is(app, path, secret: str) -> None:
    with queries() as asked:
        reply = app.test_client().get(f"/calendar/{secret}.ics")
    assert reply.status_code == 404
    assert len([one for one in asked if "SELECT" in one]) == 1


def test_who_asks_too_often_is_told_when_to_come_again(app, path) -> None:
    from mentorlog.guard import VISITS
    replies = [app.test_client().get("/calendar/guessed.ics") for _ in range(VISITS.amount + 1)]
    assert [reply.status_code for reply in replies] == [404] * VISITS.amount + [429]
    assert int(replies[-1].headers["Retry-After"]) in range(1, 61)
    assert app.test_client().get(path).status_code == 429


# -- the reply ---------------------------------------------------------------------------------------------------------

def test_the_reply_has_its_type_and_sets_no_cookie(app, path) -> None:
    reply = sign_in(app.test_client(), "ada").get(path)
    assert reply.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert reply.headers["Cache-Control"] == "private, no-cache"
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert reply.headers["Vary"] == "Accept-Encoding" and reply.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in reply.headers
    assert "Set-Cookie" not in app.test_client().get("/calendar/x.ics").headers


def test_it_is_packed_for_who_can_unpack_it(app, handset, path) -> None:
    taken(handset, change("session", **WHEN))
    plain = app.test_client().get(path)
    packed = app.test_client().get(path, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] == plain.headers["ETag"]


def test_the_page_says_when_a_calendar_asked_last(app, path) -> None:
    app.test_client().get(path)
    page = sign_in(app.test_client(), "ada").get("/account/calendar").get_data(as_text=True)
    assert "A calendar asked last on" in page and "Mon 23 Nov, 10:00" in page


# -- what it carries ---------------------------------------------------------------------------------------------------

def test_a_feed_without_sessions_is_a_whole_calendar(app, path) -> None:
    assert seen(app, path) == []


def test_a_session_has_its_hours_alarms_and_both_clocks(app, handset, path) -> None:
    card, = taken(handset, change("partner", name="R. O.", zone="America/New_York", phone="+49 30 1234567"))
    session, = taken(handset, change("session", **WHEN, partner=card["record"]))
    one, = seen(app, path)
    start = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert (one.uid, one.start, one.end) == (session["record"], start, start + timedelta(minutes=45))
    assert (one.status, one.url) == ("CONFIRMED", f"http://localhost/sessions/{session['record']}")
    assert one.alarms == [timedelta(hours=-20), timedelta(minutes=-30)]  # 19:00 in Berlin is 18:00 UTC
    assert one.description.split("\n") == [
        "Tue 24 Nov 2026, 15:00 (Europe/Berlin)", "Tue 24 Nov 2026, 09:00 (America/New_York)", "",
        "To prepare: rate your goal, choose the questions for it.", "",
        "If it isn't working:", "1. Call +49301234567", "2. Text +49301234567"]


def test_without_names_nothing_that_somebody_wrote_is_in_it(app, handset, path) -> None:
    fallback = "phone at her mother's +49 30 1234567\nthe bench by the lake\nchat https://chat.example/room"
    card, = taken(handset, change("partner", name="Rosa Ortiz", fallback=fallback))
    taken(handset, change("session", **WHEN, partner=card["record"], notes="I am afraid of my manager"))
    body = app.test_client().get(path).get_data(as_text=True).replace("\r\n ", "")
    for words in ("Rosa", "mother", "bench", "afraid"):
        assert words not in body
    one, = seen(app, path)
    assert one.summary == "Session"
    assert one.description.split("\n")[-3:] == [
        "1. Call +49301234567", "2. One that is written on the page of the session", "3. Open https://chat.example/room"]


def test_names_are_in_it_when_that_was_chosen(app, handset, path) -> None:
    sign_in(app.test_client(), "ada").post("/account/calendar/carries", data={"names": "1"}, headers=OURS)
    card, = taken(handset, change("partner", name="R. O.", fallback="phone +49 30 1234567\nthe bench, by the lake"))
    taken(handset, change("session", **WHEN, partner=card["record"], notes="I am afraid of my manager"))
    one, = seen(app, path)
    assert one.summary == "Mentoring session with R. O."
    assert one.description.split("\n")[-2:] == ["1. Call R. O.: +49301234567", "2. the bench, by the lake"]
    assert "afraid" not in str(one) and one.alarms == []


def test_a_moved_session_keeps_its_name_and_counts_up(app, handset, path) -> None:
    session, = taken(handset, change("session", **WHEN))
    before, = seen(app, path)
    taken(handset, edit(session, starts_on="2026-11-26"))
    after, = seen(app, path)
    assert after.uid == before.uid and after.sequence > before.sequence
    assert after.start == before.start + timedelta(days=2)


def test_a_cancelled_session_is_marked_for_thirty_days_after_its_hour(app, handset, path) -> None:
    from mentorlog import clock
    session, = taken(handset, change("session", **WHEN))
    taken(handset, edit(session, state="cancelled"))
    one, = seen(app, path)
    assert (one.status, one.alarms, one.description) == ("CANCELLED", [], "Tue 24 Nov 2026, 15:00 (Europe/Berlin)")
    with clock.at(NOW + timedelta(days=31)):
        assert len(seen(app, path)) == 1
    with clock.at(NOW + timedelta(days=33)):
        assert seen(app, path) == []


def test_a_session_that_fell_through_is_marked_as_cancelled(app, handset, path) -> None:
    taken(handset, change("session", **WHEN | {"starts_on": "2026-11-03"}, state="missed"))
    assert [(one.status, one.alarms) for one in seen(app, path)] == [("CANCELLED", [])]


def test_a_session_by_phone_names_another_way_first(app, handset, path) -> None:
    card, = taken(handset, change("partner", name="R. O.", phone="+49 30 1234567"))
    taken(handset, change("session", **WHEN, partner=card["record"], channel="phone"))
    assert seen(app, path)[0].description.split("\n")[-2:] == ["1. Text +49301234567", "2. Call +49301234567"]
    assert b"If it isn't working: Text" in app.test_client().get(path).data.replace(b"\r\n ", b"")


def test_a_session_in_the_bin_is_marked_as_cancelled(app, handset, path) -> None:
    session, = taken(handset, change("session", **WHEN))
    taken(handset, edit(session, binned_at="2026-11-23T09:00:00.000Z"))
    assert [one.status for one in seen(app, path)] == ["CANCELLED"]


@pytest.mark.parametrize("state", ["held", "moved"])
def test_what_was_stays_in_it_without_alarms(app, handset, path, state: str) -> None:
    taken(handset, change("session", **WHEN | {"starts_on": "2026-11-03"}, state=state))
    one, = seen(app, path)
    assert (one.status, one.alarms, one.description) == ("CONFIRMED", [], "Tue 3 Nov 2026, 15:00 (Europe/Berlin)")


def test_the_clock_is_the_one_that_the_person_chose(app, handset, cast, path) -> None:
    from mentorlog import records
    taken(handset, change("settings", records.name_id(cast.ada.names, "settings"), zone="Asia/Tokyo"))
    taken(handset, change("session", **WHEN))
    one, = seen(app, path)
    assert one.description.split("\n")[:2] == [
        "Tue 24 Nov 2026, 23:00 (Asia/Tokyo)", "Tue 24 Nov 2026, 15:00 (Europe/Berlin)"]
    assert one.alarms[0] == timedelta(hours=-28)


def test_a_desk_that_stays_at_home_does_not_turn_the_clock_of_a_traveller(app, handset, cast, path) -> None:
    from mentorlog.models import Device, Person
    Person.update(zone="Asia/Tokyo").where(Person.id == cast.ada.id).execute()  # where the phone was last
    Device.update(seen_at=NOW + timedelta(minutes=5), label="Firefox on Linux").where(
        Device.id == a_device(cast.ada, zone=ZONE).id).execute()
    taken(handset, change("session", **WHEN))
    assert seen(app, path)[0].description.startswith("Tue 24 Nov 2026, 23:00 (Asia/Tokyo)")


def test_a_mentor_has_the_sessions_of_the_pair(app, cast, handset, path) -> None:
    taken(handset, change("session", **WHEN, pair=cast.pair.id))
    reply = sign_in(app.test_client(), "bela").post("/account/calendar/new", headers=OURS)
    theirs = ADDRESS.search(reply.get_data(as_text=True))[1]
    assert [one.uid for one in seen(app, theirs)] == [one.uid for one in seen(app, path)]
    reply = sign_in(app.test_client(), "dan").post("/account/calendar/new", headers=OURS)
    assert seen(app, ADDRESS.search(reply.get_data(as_text=True))[1]) == []
