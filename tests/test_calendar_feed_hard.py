"""The calendar feed with what nobody expects: hostile words, the ends of time, clock changes, 2,000 sessions, logs."""
from __future__ import annotations

import gzip
import json
import logging
from datetime import UTC, datetime, timedelta

import pytest

from mentorlog import clock, logs, records
from mentorlog.calendar_feed import addresses, reading, writing
from mentorlog.models import Record
from tests.calendars import both, broken
from tests.cast import ZONE
from tests.counting import queries
from tests.sync.asking import a_device, change, outcome

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MOST_BYTES = 200_000  # of 2,000 sessions, packed
HOSTILE = [
    "R. O.\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil", "BEGIN:VALARM", "a\nb", "a\rb", "a\x0bb\x0cc\x85d\u2028e",
    "comma, semi; colon: quote\" back\\slash", "C:\\New\\name", "🦊" * 200, "ü" * 200, "\x00\x07\x1b[31m",
    "\u202egnirts", " " * 80 + "x", "=?utf-8?q?x?=", "%0d%0aBEGIN:VEVENT",
]


@pytest.fixture
def handset(cast):
    return a_device(cast.ada, zone=ZONE)


@pytest.fixture
def found(cast):
    """What ada's feed says, with the names in it, at NOW."""
    addresses.make(cast.ada)
    addresses.choose(cast.ada, names=True, alarms=True, goals=True)

    def look() -> bytes:
        from mentorlog.models import Person
        with clock.at(NOW):
            person = Person.get_by_id(cast.ada.id)
            now = reading.outlook(addresses.of(person), person, "https://journal.example.org/")
            return writing.calendar(now, reading.events(now), reading.due_days(now))
    return look


def planned(handset, starts_on: str, time: str = "15:00", zone: str = ZONE, **fields) -> dict:
    made = change("session", starts_on=starts_on, starts_time=time, zone=zone, **fields)
    assert outcome(handset, made)["outcome"] == "accepted"
    return made


def written(rows: int, card: str, ada) -> None:
    """So many sessions of a card at once, one a day; their hours are agreed on in two zones."""
    day = datetime(2024, 1, 1).date()
    for at in range(0, rows, 100):
        days = [day + timedelta(days=at + n) for n in range(min(100, rows - at))]
        Record.insert_many([session(one, card, ada) for one in days]).execute()


def session(day, card: str, ada) -> dict:
    zone = ("Europe/Berlin", "America/New_York")[day.day % 2]
    at = clock.iso(clock.instant(day.isoformat(), "15:00", zone))
    fields = {"starts_on": day.isoformat(), "starts_time": "15:00", "zone": zone, "minutes": 45, "partner": card}
    return {"id": records.new_id(), "kind": "session", "owner": ada.id, "pair": None, "at": at, "shelf": "session",
            "fields": fields, "rev": records.new_id(), "n": 1 + day.day}


# -- hostile words -----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_words_of_a_card_get_out_of_their_place(found, cast, words: str) -> None:
    """Written past the door, which refuses some of them: the feed must not rely on it."""
    fields = {"name": words, "fallback": f"{words.replace(chr(10), ' ')} +49 30 1234567\n{words}"}
    row = {"id": records.new_id(), "kind": "partner", "owner": cast.ada.id, "at": clock.iso(NOW), "shelf": "partner",
           "fields": fields, "rev": records.new_id(), "n": 1}
    Record.create(**row)
    Record.create(**session(datetime(2026, 12, 1).date(), row["id"], cast.ada))
    one, = both(found())
    assert one.summary == f"Mentoring session with {writing.plain(words)}"
    assert "\n" not in one.summary and one.description.count("If it isn't working:") == 1


# -- the ends of time, and clock changes -------------------------------------------------------------------------------

def test_sessions_far_away_are_in_it(handset, found) -> None:
    planned(handset, "1970-01-01", "00:30")
    planned(handset, "2199-12-30", "23:30", minutes=480)
    assert [one.start.year for one in both(found())] in ([1969, 2199], [2199, 1969])


@pytest.mark.parametrize("day", ["9999-12-31", "1899-12-31", "2026-02-30"])
def test_a_day_that_no_clock_shows_never_comes_in(handset, found, day: str) -> None:
    made = change("session", starts_on=day, starts_time="15:00", zone=ZONE)
    assert outcome(handset, made)["outcome"] == "refused"
    assert both(found()) == []


@pytest.mark.parametrize("minutes", [0, 1800])
def test_a_length_of_nothing_or_of_thirty_hours_never_comes_in(handset, found, minutes: int) -> None:
    made = change("session", starts_on="2026-12-01", starts_time="15:00", zone=ZONE, minutes=minutes)
    assert outcome(handset, made)["outcome"] == "refused"
    assert both(found()) == []


def test_a_session_without_an_hour_is_left_out(handset, found) -> None:
    assert outcome(handset, change("session", starts_on="2026-12-01"))["outcome"] == "accepted"
    assert both(found()) == []


@pytest.mark.parametrize(("day", "time", "utc", "said"), [
    ("2027-03-28", "02:30", "2027-03-28T01:30", "03:30"),  # skipped: the later of its readings
    ("2026-10-25", "02:30", "2026-10-25T00:30", "02:30"),  # comes twice: the first
    ("2027-03-27", "15:00", "2027-03-27T14:00", "15:00"), ("2027-03-29", "15:00", "2027-03-29T13:00", "15:00")])
def test_an_hour_across_a_clock_change_is_the_one_that_the_reminders_mean(handset, found, day, time, utc, said) -> None:
    planned(handset, day, time)
    one, = both(found())
    assert one.start == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert f"{said} (Europe/Berlin)" in one.description


def test_the_evening_before_is_right_across_a_clock_change(handset, found) -> None:
    planned(handset, "2027-03-28", "15:00")  # 13:00 UTC; 19:00 on Saturday is 18:00 UTC
    one, = both(found())
    assert one.alarms[0] == timedelta(hours=-19)


# -- many --------------------------------------------------------------------------------------------------------------

def test_two_thousand_sessions_stay_small_and_cost_as_many_queries_as_one(handset, found, cast) -> None:
    card = change("partner", name="R. O.", zone="Asia/Tokyo", phone="+49 30 1234567", link="https://meet.example/room")
    assert outcome(handset, card)["outcome"] == "accepted"
    planned(handset, "2026-12-01", partner=card["record"])
    with queries() as few:
        found()
    written(2_000, card["record"], cast.ada)
    with queries() as first:
        found()
    assert len([one for one in first if "INSERT" in one]) == 20
    with queries() as few:
        found()
    with queries() as many:
        body = found()
    assert body.count(b"BEGIN:VEVENT") == 2_001 and list(broken(body)) == []
    assert len(gzip.compress(body, 6)) < MOST_BYTES
    assert len(many) == len(few) <= 33


# -- logs --------------------------------------------------------------------------------------------------------------

def test_no_log_line_holds_the_secret_also_when_it_breaks(app, cast, caplog, monkeypatch) -> None:
    secret = addresses.make(cast.ada)
    monkeypatch.setattr(reading, "partners", None)
    app.testing = app.config["PROPAGATE_EXCEPTIONS"] = False
    with caplog.at_level(logging.DEBUG):
        assert app.test_client().get(f"/calendar/{secret}.ics").status_code == 500
    lines = [logs.AsJson().format(record) for record in caplog.records if record.name != "peewee"]
    assert any("Exception on /calendar/" in json.loads(line)["event"] for line in lines)
    assert secret not in "\n".join(lines)
