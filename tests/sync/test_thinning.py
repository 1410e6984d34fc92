"""The history gets thin after thirty days: the words go, what merges and a restore need stays."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import clock
from mentorlog.models import History, Person, Record
from mentorlog.sync import apply, restore, thinning, upkeep
from tests.sync.asking import change, edit, fields, outcome, sync

START = clock.parse("2026-10-01T12:00:00.000Z")


def on(days: float):
    """So many days after the first version was written."""
    return clock.at(START + timedelta(days=days))


@pytest.fixture
def first(ada):
    """An entry as ada wrote it first."""
    made = change("entry", text="One. Two.")
    with on(0):
        sync(ada, [made])
    return made


@pytest.fixture
def second(ada, first):
    """The change of it a day later."""
    made = edit(first, text="One. Two. Three.")
    with on(1):
        sync(ada, [made])
    return made


def states(record: str) -> list[dict]:
    return [row.fields for row in History.select().where(History.record == record).order_by(History.n)]


def thin(made: dict) -> bool:
    return thinning.is_thin(History.get(History.change == made["id"]).fields)


def test_what_was_replaced_thirty_days_ago_loses_its_words(first, second):
    with on(30.9):
        assert thinning.thin_history() == 0
    with on(31.1):
        assert thinning.thin_history() == 1
    assert (thin(first), thin(second)) == (True, False)
    assert "One" not in str(states(first["record"])[0])
    assert fields(first) == {"text": "One. Two. Three."}


def test_what_was_written_long_ago_and_replaced_yesterday_stays(ada, first):
    with on(60):
        sync(ada, [edit(first, text="New.")])
    with on(61):
        assert thinning.thin_history() == 0
    assert states(first["record"])[0] == {"text": "One. Two."}


def test_running_it_twice_does_no_harm(first, second):
    with on(90):
        assert thinning.thin_history() == 1
        assert thinning.thin_history() == 0
    assert len(states(first["record"])) == 2


def test_many_rows_are_taken_some_at_a_time(ada, first, monkeypatch):
    monkeypatch.setattr(thinning, "ROWS_AT_ONCE", 3)
    with on(1):
        made = first
        for number in range(10):
            made = edit(made, text=f"Number {number}.")
            sync(ada, [made])
    with on(90):
        assert thinning.thin_history() == 10
    assert [thinning.is_thin(one) for one in states(first["record"])] == [True] * 10 + [False]


def test_what_a_form_believed_goes_too(ada, first):
    with on(1):
        sync(ada, [edit(first, text="Zero. One. Two.")])
    joined = edit(first, text="One. Two. Three.")
    with on(2):
        assert outcome(ada, joined)["outcome"] == "merged"
    with on(3):
        sync(ada, [change("entry", first["record"], stands={"after": joined["id"]}, text="All new.")])
    with on(90):
        thinning.thin_history()
    row = History.get(History.change == joined["id"])
    assert (thinning.is_thin(row.fields), row.seen) == (True, None)


def test_the_round_of_the_day_does_it(first, second):
    with on(40):
        upkeep.daily("")
    assert thin(first)


# -- what merges need

def test_a_device_that_was_away_for_long_is_asked_what_it_saw_and_joined_with_that(ada, first, second):
    with on(90):
        thinning.thin_history()
        late = edit(first, text="Zero. One. Two.")
        assert outcome(ada, late) == {"outcome": "need_was"}
        told = {name: value for name, value in late.items() if name != "base"} | {"was": {"text": "One. Two."}}
        assert outcome(ada, told)["outcome"] == "merged"
    assert fields(first) == {"text": "Zero. One. Two. Three."}


def test_a_device_that_stands_on_its_own_old_change_is_asked_too(ada, first, second):
    with on(90):
        thinning.thin_history()
        late = change("entry", first["record"], stands={"after": first["id"]}, text="Zero. One. Two.")
        assert outcome(ada, late) == {"outcome": "need_was"}


def test_of_a_form_that_was_open_for_a_month_nothing_is_lost(cast, ada, first, second):
    late = edit(first, text="All other words.")
    with on(90):
        thinning.thin_history()
        assert apply.take(cast.ada, None, [late])[late["id"]]["outcome"] == "kept"
    assert fields(first) == {"text": "One. Two. Three."}
    assert [row.fields["text"] for row in Record.select().where(Record.kind == "kept")] == ["All other words."]


def test_a_form_that_back_brings_after_a_month_is_taken(cast, first):
    with on(1):
        one = edit(first, title="One")
        apply.take(cast.ada, None, [one])
        apply.take(cast.ada, None, [edit(one, title="Two")])
    with on(90):
        thinning.thin_history()
        again = one | {"fields": {"title": "Three"}}
        assert apply.take(cast.ada, None, [again])[one["id"]]["outcome"] in ("accepted", "merged", "kept")


# -- what a restore needs

def told(ada, *changes):
    """What a device of an older epoch hands back."""
    person = Person.get_by_id(ada.person)
    return sync(ada, list(changes), epoch=person.epoch)["outcomes"]


def test_an_old_state_that_is_handed_back_undoes_nothing(ada, first, second):
    with on(2):
        sync(ada, epoch=Person.get_by_id(ada.person).epoch)
    with on(90):
        thinning.thin_history()
        restore.restored()
    with on(91):
        back = change("entry", first["record"], stands={"restore": first["id"]}, text="One. Two.")
        assert told(ada, back) == {back["id"]: {"outcome": "accepted"}}
    assert fields(first) == {"text": "One. Two. Three."}


def have_been_here_before(days: float) -> None:
    Person.update(created_at=START + timedelta(days=days)).execute()


def test_the_last_state_before_a_restore_stays(ada, first, second):
    have_been_here_before(-1)
    with on(2):
        restore.restored()
    with on(3):
        third = edit(second, text="Three.")
        sync(ada, [third], epoch=Person.get_by_id(ada.person).epoch)
    with on(4):
        sync(ada, [edit(third, text="Four.")], epoch=Person.get_by_id(ada.person).epoch)
    with on(90):
        assert thinning.thin_history() == 2
    assert [thinning.is_thin(one) for one in states(first["record"])] == [True, False, True, False]


def test_of_a_pair_the_epochs_of_both_count(cast, ada):
    have_been_here_before(-1)
    with on(0):
        made = change("session", pair=cast.pair.id, notes="One.")
        sync(ada, [made])
    with on(1):
        Person.update(epoch_at=clock.now()).where(Person.id == cast.bela.id).execute()
    with on(2):
        sync(ada, [edit(made, notes="Two.")])
    with on(90):
        assert thinning.thin_history() == 0


def test_two_states_are_the_same_also_when_one_is_thin():
    assert thinning.is_same({"text": "a", "tags": ["b"]}, {"tags": ["b"], "text": "a"})
    assert thinning.is_same(thinning.thinned({"text": "a", "tags": ["b"]}), {"tags": ["b"], "text": "a"})
    assert not thinning.is_same(thinning.thinned({"text": "a"}), {"text": "b"})
    assert not thinning.is_same({"text": "a"}, {"text": "b"})
