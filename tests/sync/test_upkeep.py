"""What the server does once a day: the bin empties itself after thirty days."""
from __future__ import annotations

from datetime import timedelta

import pytest
from peewee import OperationalError

from mentorlog import clock
from mentorlog.models import History, Reading, Record
from mentorlog.sync import upkeep
from tests.sync.asking import a_device, change, outcome, rows, sync

BINNED = clock.parse("2026-10-01T12:00:00.000Z")


@pytest.fixture
def binned(ada):
    """An entry that ada put into the bin: the change that did it."""
    made = change("entry", text="Gone soon.")
    away = change("entry", made["record"], stands={"base": made["id"]}, binned_at=clock.iso(BINNED))
    with clock.at(BINNED):
        sync(ada, [made, away])
    return away


def after(days):
    return clock.at(BINNED + timedelta(days=days))


def test_what_lay_in_the_bin_for_thirty_days_is_deleted(ada, binned):
    with after(29):
        assert upkeep.empty_bins() == 0
    with after(30):
        assert upkeep.empty_bins() == 1
    assert Record.get_by_id(binned["record"]).fields == {"deleted": True}
    assert rows(ada)[binned["record"]]["gone"]


def test_what_a_phone_put_there_whose_clock_is_two_years_behind_stays_as_long(ada, entry):
    away = change("entry", entry["record"], stands={"base": entry["id"]},
                  binned_at=clock.iso(clock.now() - timedelta(days=730)))
    sync(ada, [away])
    with clock.at(clock.now() + timedelta(days=29)):
        assert upkeep.empty_bins() == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert upkeep.empty_bins() == 1


def test_running_it_twice_does_no_harm(ada, binned):
    with after(30):
        assert upkeep.empty_bins() == 1
        assert upkeep.empty_bins() == 0
    assert History.select().count() == 3


def test_what_was_taken_out_again_stays(ada, binned):
    sync(ada, [change("entry", binned["record"], stands={"base": binned["id"]}, binned_at=None)])
    with after(60):
        assert upkeep.empty_bins() == 0
    assert Record.get_by_id(binned["record"]).fields["text"] == "Gone soon."


def test_what_is_taken_out_just_before_the_lock_stays(ada, binned, monkeypatch):
    lock = upkeep.publish.lock

    def taken_out_first(people):
        monkeypatch.undo()
        sync(ada, [change("entry", binned["record"], stands={"base": binned["id"]}, binned_at=None)])
        return lock(people)

    monkeypatch.setattr(upkeep.publish, "lock", taken_out_first)
    with after(30):
        assert upkeep.empty_bins() == 0
    assert Record.get_by_id(binned["record"]).fields["text"] == "Gone soon."


def test_an_edit_that_comes_late_is_kept(ada, binned):
    with after(30):
        upkeep.empty_bins()
    late = change("entry", binned["record"], stands={"base": binned["id"]}, text="Gone soon. But no.")
    assert outcome(ada, late)["outcome"] == "kept"
    assert [row.fields["text"] for row in Record.select().where(Record.kind == "kept")] == ["Gone soon. But no."]


def test_nobody_elses_bin_is_touched_before_its_time(cast, ada, binned):
    other = a_device(cast.dan)
    made = change("entry", text="Mine.", binned_at=clock.iso(BINNED + timedelta(days=1)))
    sync(other, [made])
    with after(30):
        assert upkeep.empty_bins() == 1
    assert Record.get_by_id(made["record"]).fields["text"] == "Mine."


def test_the_round_is_made_once_a_day(ada, binned):
    with after(30):
        today = upkeep.daily("")
    assert (today, Record.get_by_id(binned["record"]).fields) == ("2026-10-31", {"deleted": True})
    made = change("entry", text="x", binned_at=clock.iso(BINNED))
    with clock.at(BINNED):
        sync(ada, [made])
    with after(30.4):
        assert upkeep.daily(today) == today
        assert Record.get_by_id(made["record"]).fields["text"] == "x"
    with after(31):
        assert upkeep.daily(today) == "2026-11-01"
    assert Record.get_by_id(made["record"]).fields == {"deleted": True}


def test_a_file_that_was_left_lying_is_forgotten(cast):
    for person, hours in ((cast.ada, 23), (cast.bela, 25)):
        Reading.create(person=person.id, text="{}", at=clock.now() - timedelta(hours=hours))
    upkeep.daily("")
    assert [row.person for row in Reading.select()] == [cast.ada.id]


def test_a_part_that_fails_stops_no_other_and_waits_until_tomorrow(cast, monkeypatch, caplog):
    tried = []

    def empty_bins():
        tried.append(clock.now())
        raise KeyError("binned_at")
    monkeypatch.setattr(upkeep, "empty_bins", empty_bins)
    Reading.create(person=cast.ada.id, text="{}", at=clock.now() - timedelta(hours=25))
    today = upkeep.daily(upkeep.daily(""))
    assert (len(tried), Reading.select().count(), "upkeep failed" in caplog.text) == (1, 0, True)
    with clock.at(clock.now() + timedelta(days=1)):
        upkeep.daily(today)
    assert len(tried) == 2


def test_with_the_database_away_the_round_is_still_to_be_made(database, monkeypatch):
    def empty_bins():
        raise OperationalError("away")
    monkeypatch.setattr(upkeep, "empty_bins", empty_bins)
    with pytest.raises(OperationalError):
        upkeep.daily("")
