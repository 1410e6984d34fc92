"""One reminder for each person of a session, which follows the session wherever it goes."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mentorlog import clock, due
from mentorlog.models import Delivery, Pair, Record, Reminder

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY_AT_3 = {"starts_on": "2026-11-24", "starts_time": "15:00", "zone": "Europe/Berlin"}
START = datetime(2026, 11, 24, 14, tzinfo=UTC)
DUE = START - timedelta(minutes=30)


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOW):
        yield


def session(owner, pair=None, **fields):
    made = Record(id=f"0000000-{owner.id}"[:36], kind="session", owner=owner.id, pair=pair and pair.id,
                  at=clock.iso(START), shelf="session", fields={**TODAY_AT_3, **fields}, rev="r", n=1)
    due.follow_session(made)
    return made


def again(record, shelf="session", **fields):
    record.fields, record.shelf = {**record.fields, **fields}, shelf
    due.follow_session(record)


def reminders():
    return sorted((row.person, row.due_at, row.expires_at, row.state) for row in Reminder.select())


def test_owner_is_reminded_half_an_hour_before(cast):
    session(cast.ada)
    assert reminders() == [(cast.ada.id, DUE, START, "waiting")]


def test_both_of_a_pair_are_reminded(cast):
    session(cast.ada, cast.pair)
    assert [row[0] for row in reminders()] == sorted([cast.ada.id, cast.bela.id])


def test_pair_that_is_over_leaves_the_owner(cast):
    record = session(cast.ada, cast.pair)
    Pair.update(ended=True).execute()
    again(record)
    assert [row[0] for row in reminders()] == [cast.ada.id]


def test_other_fields_leave_what_was_sent_alone(cast):
    record = session(cast.ada)
    Reminder.update(state="handed").execute()
    again(record, notes="ask about the new team")
    assert reminders() == [(cast.ada.id, DUE, START, "handed")]


def test_moved_session_takes_its_reminder_along_and_is_said_again(cast, add_device):
    record = session(cast.ada)
    before = Reminder.get().id
    Reminder.update(state="handed").execute()
    Delivery.create(reminder=before, device=add_device(cast.ada).id, next_at=NOW, outcome="sent")
    again(record, starts_time="16:30")
    hour_and_half = timedelta(minutes=90)
    assert reminders() == [(cast.ada.id, DUE + hour_and_half, START + hour_and_half, "waiting")]
    assert Reminder.get().id == before
    assert not Delivery.select().exists()


@pytest.mark.parametrize("how", [
    {"state": "cancelled"}, {"state": "held"}, {"state": "missed"}, {"state": "moved"}, {"shelf": "session/bin"},
    {"shelf": "session/gone"}, {"starts_on": None}, {"starts_on": "2026-11-23"}, {"starts_time": "12:59"}])
def test_session_that_is_off_or_over_is_dropped(cast, how):
    record = session(cast.ada)
    again(record, **how)
    assert reminders() == []


def test_session_that_is_on_again_is_reminded_of(cast):
    record = session(cast.ada, state="cancelled")
    again(record, state="planned")
    assert reminders() == [(cast.ada.id, DUE, START, "waiting")]


def test_session_that_begins_soon_is_due_at_once(cast):
    session(cast.ada, starts_time="13:10")
    [join] = Reminder.select()
    assert join.due_at == NOW < join.expires_at


def test_hour_that_is_skipped_in_spring_is_the_later_one(cast):
    session(cast.ada, starts_on="2027-03-28", starts_time="02:30")
    assert clock.iso(Reminder.get().expires_at) == "2027-03-28T01:30:00.000Z"


def test_change_that_plans_a_session_brings_its_reminders(cast):
    from mentorlog import records
    from mentorlog.sync import apply
    change = {"id": records.new_id(), "kind": "session", "record": records.new_id(), "base": None,
              "fields": TODAY_AT_3, "made_at": clock.iso(NOW)}
    assert apply.take(cast.ada, None, [change])[change["id"]]["outcome"] == "accepted"
    assert reminders() == [(cast.ada.id, DUE, START, "waiting")]
    assert Reminder.get().record == change["record"]
