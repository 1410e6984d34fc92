"""SEQUENCE, LAST-MODIFIED and DTSTAMP of the calendar feed: they rise with all that stands in an entry, never fall."""
from __future__ import annotations

import threading
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

import icalendar
import pytest
import vobject

from mentorlog import clock, database
from mentorlog.calendar_feed import addresses, counting
from mentorlog.models import CalendarEntry, CalendarFeed, History
from mentorlog.records import name_id
from tests.calendars import both
from tests.cast import OURS, sign_in
from tests.sync.asking import change, edit, outcome
from tests.test_calendar_feed_alarms import NOW, WHEN, monday  # noqa: F401 - a fixture

LATER = {"starts_on": "2026-11-25", "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": 45}
WAY = {"id": "8b1c2a6e-6a0b-4f0e-9a55-3d0f5f0c7a11", "way": "call", "address": "+49 30 7654321"}
BINNED_AT = "2026-11-23T09:00:00.000Z"


class Numbers(NamedTuple):
    """What a parser made of the three."""

    sequence: int
    modified: datetime
    stamped: datetime


class Ada:
    """A person with a calendar, her phone, her browser and her clock, which goes on a minute with each look."""

    def __init__(self, app, cast, handset) -> None:
        self.app, self.person, self.handset, self.minutes = app, cast.ada, handset, 0
        self.client = sign_in(app.test_client(), "ada")
        addresses.make(cast.ada)
        self.path = f"/calendar/{addresses.make(cast.ada)}.ics"
        self.choose("names", "alarms")

    def write(self, one: dict) -> dict:
        """Send a change from the phone."""
        answer = outcome(self.handset, one)
        assert answer["outcome"] == "accepted", answer
        return one

    def choose(self, *chosen: str) -> None:
        """What the feed carries."""
        reply = self.client.post("/account/calendar/carries", data=dict.fromkeys(chosen, "1"), headers=OURS)
        assert reply.status_code == 303

    def look(self, base_url: str = "http://localhost") -> dict[str, Numbers]:
        """Id of a record to its numbers, a minute later; both parsers found the same."""
        self.minutes += 1
        with clock.at(NOW + timedelta(minutes=self.minutes)):
            reply = self.app.test_client().get(self.path, base_url=base_url)
        assert reply.status_code == 200 and both(reply.data) is not None
        found = by_icalendar(reply.data)
        assert found == by_vobject(reply.data)
        return found


def by_icalendar(body: bytes) -> dict[str, Numbers]:
    return {str(one["uid"]): Numbers(int(one["sequence"]), one["last-modified"].dt, one["dtstamp"].dt)
            for one in icalendar.Calendar.from_ical(body.decode()).walk("VEVENT")}


def by_vobject(body: bytes) -> dict[str, Numbers]:
    return {one.uid.value: Numbers(int(one.sequence.value), one.last_modified.value, one.dtstamp.value)
            for one in vobject.readOne(body.decode()).contents.get("vevent", [])}


@pytest.fixture
def ada(app, cast, handset) -> Ada:
    return Ada(app, cast, handset)


@pytest.fixture
def card(ada) -> dict:
    return ada.write(change("partner", name="R. O.", phone="+49 30 1234567", zone="Asia/Tokyo"))


@pytest.fixture
def session(ada, card) -> dict:
    return ada.write(change("session", **WHEN, partner=card["record"]))


@pytest.fixture
def other(ada) -> dict:
    """A session with somebody else."""
    return ada.write(change("session", **LATER))


def rose(before: Numbers, after: Numbers) -> bool:
    """Whether all three did."""
    return all(new > old for old, new in zip(before, after, strict=True))


@pytest.mark.parametrize("fields", [{"name": "Rosa Ortiz"}, {"phone": "+49 30 7654321"}, {"zone": "America/Lima"},
                                    {"fallback": "chat https://chat.example/room"}, {"binned_at": BINNED_AT}],
                         ids=lambda fields: next(iter(fields)))
def test_an_edit_of_the_card_counts_where_the_card_stands(ada, card, session, other, fields: dict) -> None:
    before = ada.look()
    ada.write(edit(card, **fields))
    after = ada.look()
    assert rose(before[session["record"]], after[session["record"]])
    assert before[other["record"]] == after[other["record"]]


def test_the_agreement_counts_when_it_is_made_changed_and_deleted(ada, card, session, other) -> None:
    seen = [ada.look()]
    id = name_id(ada.person.names, f"agreement:{card['record']}")
    made = ada.write(change("agreement", id, partner=card["record"], ways=[WAY]))
    seen.append(ada.look())
    again = ada.write(edit(made, ways=[WAY | {"address": "+49 30 9999999"}]))
    seen.append(ada.look())
    ada.write(edit(again, deleted=True))
    seen.append(ada.look())
    mine = [one[session["record"]] for one in seen]
    assert all(rose(old, new) for old, new in pairwise(mine))
    assert len({one[other["record"]] for one in seen}) == 1


def test_a_card_that_goes_into_the_bin_and_comes_back_counts_twice(ada, card, session) -> None:
    seen = [ada.look()[session["record"]]]
    binned = ada.write(edit(card, binned_at=BINNED_AT))
    seen.append(ada.look()[session["record"]])
    ada.write(edit(binned, binned_at=None))
    seen.append(ada.look()[session["record"]])
    assert rose(*seen[:2]) and rose(*seen[1:])


@pytest.mark.parametrize("chosen", [("alarms",), ("names",), ()], ids=["no names", "no alarms", "neither"])
def test_what_the_feed_carries_counts_and_going_back_counts_again(ada, session, chosen) -> None:
    first = ada.look()[session["record"]]
    ada.choose(*chosen)
    second = ada.look()[session["record"]]
    ada.choose("names", "alarms")
    assert rose(first, second) and rose(second, ada.look()[session["record"]])


def test_what_changes_no_word_of_an_entry_does_not_count(ada, card, session) -> None:
    before = ada.look()
    ada.write(edit(card, email="r.o@example.org"))
    ada.write(change("settings", name_id(ada.person.names, "settings"), theme="dark"))
    ada.choose("names", "alarms", "goals")
    ada.write(change("entry", text="A day"))
    assert ada.look() == ada.look() == before


def test_another_partner_counts_although_their_card_is_younger(ada, card, session) -> None:
    last = card
    for name in ("A", "B", "C"):
        last = ada.write(edit(last, name=name))
    before = ada.look()[session["record"]]
    young = ada.write(change("partner", name="Y. Z."))
    ada.write(edit(session, partner=young["record"]))
    assert rose(before, ada.look()[session["record"]])


def test_the_day_after_it_counts_for_it_says_less(ada, session) -> None:
    before = ada.look()[session["record"]]
    ada.minutes = 2 * 24 * 60
    assert rose(before, ada.look()[session["record"]])


def test_another_address_of_the_server_counts(ada, session) -> None:
    before = ada.look()[session["record"]]
    assert rose(before, ada.look("http://journal.example.org")[session["record"]])


def test_a_new_address_goes_on_counting_where_the_stopped_one_was(ada, session) -> None:
    ada.write(edit(session, minutes=60))
    before = ada.look()[session["record"]]
    ada.client.post("/account/calendar/revoke", headers=OURS)
    assert not CalendarFeed.select().exists()
    ada.path = f"/calendar/{addresses.make(ada.person)}.ics"
    assert rose(before, ada.look()[session["record"]])  # without the names now


def test_a_session_that_was_away_comes_back_with_more(ada, session) -> None:
    before = ada.look()[session["record"]]
    away = ada.write(edit(session, starts_time=None))
    assert ada.look() == {}
    ada.write(edit(away, starts_time="15:00"))
    assert ada.look()[session["record"]] == before  # as calendars know it
    ada.write(edit(session, minutes=60))
    assert rose(before, ada.look()[session["record"]])


def test_a_clock_that_is_set_back_takes_no_time_back(ada, session) -> None:
    before = ada.look()[session["record"]]
    ada.minutes = -60
    ada.write(edit(session, minutes=60))
    after = ada.look()[session["record"]]
    assert after.sequence > before.sequence and after[1:] == before[1:]


def test_a_backup_that_is_put_back_takes_no_number_back(ada, session) -> None:
    """The person's counter stands where it stood: their devices told how far they were."""
    ada.look()
    backup = list(CalendarEntry.select().dicts())
    for minutes in (50, 60, 70):
        session = ada.write(edit(session, minutes=minutes))
        before = ada.look()[session["record"]]
    CalendarEntry.delete().execute()
    CalendarEntry.insert_many(backup).execute()
    ada.write(edit(session, minutes=80))
    assert rose(before, ada.look()[session["record"]])


def test_nothing_depends_on_the_history_which_is_thinned(ada, session) -> None:
    before = ada.look()
    History.delete().execute()
    assert ada.look() == before


def test_two_calendars_that_ask_at_once_are_told_one_number_for_one_text(ada, session) -> None:
    ada.look()
    found, barrier = [], threading.Barrier(4)

    def ask(digest: str) -> None:
        with database.db.connection_context():
            barrier.wait(timeout=10)
            found.append((digest, counting.counted(ada.person, {session["record"]: digest})[session["record"]].n))
    asking = [threading.Thread(target=ask, args=(digest,)) for digest in "aabb"]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    numbers = {n: {digest for digest, m in found if m == n} for _, n in found}
    assert len(found) == 4 and all(len(digests) == 1 for digests in numbers.values())
