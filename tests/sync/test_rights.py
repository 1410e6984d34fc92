"""Who may write and see what, through the one door."""
from __future__ import annotations

import random

import pytest

from mentorlog import records
from mentorlog.models import Feed, Person, Record
from mentorlog.sync import pairs
from tests.sync.asking import a_device, change, edit, fields, outcome, rows, sync


@pytest.mark.parametrize("who", ["bela", "cleo", "dan"])
def test_nobody_else_writes_my_entry(cast, ada, entry, who):
    other = a_device(getattr(cast, who))
    tries = [edit(entry, text="Mine now."), edit(entry, deleted=True), edit(entry, shared=None),
             change("entry", entry["record"], text="Mine now."), change("goal", entry["record"], text="Mine now."),
             change("entry", entry["record"], stands={"was": {}}, text="Mine now."),
             change("entry", entry["record"], stands={"restore": records.new_id()}, text="Mine now.")]
    assert [outcome(other, one) for one in tries] == [{"outcome": "refused", "why": "not_found"}] * len(tries)
    assert fields(entry)["text"] == "One. Two."
    assert entry["record"] not in rows(other)


@pytest.mark.parametrize("stands", [{"base": "rev"}, {"was": {}}])
def test_not_yours_and_nothing_have_one_answer(bela, entry, stands):
    stands = {"base": entry["id"]} if stands == {"base": "rev"} else stands
    theirs = outcome(bela, change("entry", entry["record"], stands=stands, text="x"))
    nothing = outcome(bela, change("entry", stands=stands, text="x"))
    assert theirs == nothing == {"outcome": "refused", "why": "not_found"}


def test_a_change_on_something_that_has_not_arrived_is_asked_about_in_both_cases(bela, entry):
    stands = {"after": records.new_id()}
    assert outcome(bela, change("entry", stands=stands, text="x")) == {"outcome": "need_was"}
    assert outcome(bela, change("entry", entry["record"], stands=stands, text="x")) == {"outcome": "need_was"}


def test_my_mentor_reads_what_i_show_and_cannot_write_it(cast, ada, bela, entry):
    assert outcome(ada, edit(entry, shared=cast.pair.id))["outcome"] == "accepted"
    row = rows(bela)[entry["record"]]
    assert row.keys() == {"id", "kind", "owner", "at", "fields"}
    assert outcome(bela, edit(entry, text="x")) == {"outcome": "refused", "why": "not_found"}


def test_a_private_edit_of_what_is_shown_tells_the_mentor_nothing(cast, ada, bela, entry):
    outcome(ada, edit(entry, shared=cast.pair.id))
    before = sync(bela)
    outcome(ada, change("entry", entry["record"], stands={"base": Record.get().rev}, tags=["private"]))
    after = sync(bela, epoch=before["epoch"], cursor=before["cursor"])
    assert (after["records"], after["cursor"]) == ([], before["cursor"])


def test_sharing_with_somebody_elses_pair_is_not_taken(cast, bela):
    theirs = change("entry", text="Look.", shared=cast.pair.id)  # bela is the mentor, not the mentee
    assert outcome(bela, theirs) == {"outcome": "merged", "withheld": True}
    nowhere = change("entry", text="Look.", shared=records.new_id())
    assert outcome(bela, nowhere) == {"outcome": "merged", "withheld": True}
    assert fields(theirs)["shared"] is fields(nowhere)["shared"] is None


def test_both_of_a_pair_write_its_session(cast, ada, bela):
    made = change("session", pair=cast.pair.id, notes="One.")
    assert outcome(bela, made) == {"outcome": "accepted"}
    assert outcome(ada, edit(made, notes="One. Two.")) == {"outcome": "accepted"}
    assert rows(ada)[made["record"]] == rows(bela)[made["record"]]


def test_a_session_is_born_only_in_my_own_pair_while_it_lasts(cast, ada, bela):
    dan = a_device(cast.dan)
    ended = {"outcome": "refused", "why": "pair_ended"}
    assert outcome(dan, change("session", pair=cast.pair.id, notes="x")) == ended
    assert outcome(dan, change("session", pair=records.new_id(), notes="x")) == ended
    pairs.end(cast.pair.id)
    assert outcome(ada, change("session", pair=cast.pair.id, notes="x")) == ended


def test_a_pair_is_not_for_people_to_set_later(cast, ada):
    made = change("session", notes="Alone.")
    outcome(ada, made)
    refused = {"outcome": "refused", "why": "unknown_field", "field": "pair"}
    assert outcome(ada, edit(made, pair=cast.pair.id)) == refused


def test_every_feed_is_numbered_without_a_gap_or_a_double(cast, ada, bela):
    chance = random.Random(3)
    made = [change("session", pair=cast.pair.id, notes="x") for _ in range(5)]
    for one in made:
        outcome(chance.choice((ada, bela)), one)
    for one in made:
        outcome(chance.choice((ada, bela)), edit(one, notes="y"))
    for person in (cast.ada, cast.bela):
        counter = Person.get_by_id(person.id).counter
        numbers = sorted(row.number for row in Feed.select().where(Feed.person == person.id))
        assert counter == 10
        assert numbers == list(range(6, 11))
    assert not Feed.select().where(Feed.person == cast.dan.id).exists()
