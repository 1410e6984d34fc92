"""The window: pages, cursors, echoes, what is gone; epochs and who has told."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import clock, records
from mentorlog.models import Device, Feed, History, Person, Record
from mentorlog.sync import apply, pull, restore
from tests.sync.asking import a_device, change, edit, fields, outcome, rows, sync


def write(device, count=1, **fields):
    made = [change("entry", **{"text": "x"} | fields) for _ in range(count)]
    sync(device, made)
    return made


def pages(device):
    """All pages from the start, as a device pulls them."""
    found, at = [], {"epoch": None, "cursor": 0}
    while not found or found[-1]["more"]:
        found.append(sync(device, **at))
        at = {"epoch": found[-1]["epoch"], "cursor": found[-1]["cursor"]}
    return found


def test_a_first_pull_brings_everything_by_pages(ada, monkeypatch):
    write(ada, 12)
    monkeypatch.setattr(pull, "PAGE_ROWS", 5)
    found = pages(ada)
    assert [len(page["records"]) for page in found] == [5, 5, 2]
    assert [page["cursor"] for page in found] == [5, 10, 12]
    assert len({row["id"] for page in found for row in page["records"]}) == 12


def test_a_full_last_page_says_that_there_is_no_more(ada, monkeypatch):
    write(ada, 10)
    monkeypatch.setattr(pull, "PAGE_ROWS", 5)
    assert [page["more"] for page in pages(ada)] == [True, False]


def test_a_page_ends_also_by_its_size(ada):
    write(ada, 9, text="x" * 60_000)
    assert [len(page["records"]) for page in pages(ada)] == [5, 4]


def test_nothing_new_is_nothing(ada):
    write(ada)
    first = sync(ada)
    again = sync(ada, epoch=first["epoch"], cursor=first["cursor"])
    assert (again["records"], again["cursor"], again["more"]) == ([], first["cursor"], False)


def test_a_record_comes_again_only_after_it_moved(ada):
    made = write(ada, 3)
    first = sync(ada)
    late = change("entry", made[0]["record"], stands={"base": made[0]["id"]}, text="y")
    outcome(a_device(Person.get_by_id(ada.person)), late)
    told = sync(ada, epoch=first["epoch"], cursor=first["cursor"])
    assert [row["id"] for row in told["records"]] == [made[0]["record"]]
    assert told["cursor"] == first["cursor"] + 1


def test_what_was_just_taken_comes_along_when_its_page_is_far(ada, monkeypatch):
    write(ada, 6)
    monkeypatch.setattr(pull, "PAGE_ROWS", 2)
    mine = change("entry", text="Mine.")
    told = sync(ada, [mine])
    assert told["more"]
    assert {"id": mine["record"], "rev": mine["id"], "echo": True} in told["records"]
    assert told["cursor"] == 2


def test_an_echo_is_only_in_the_reply_to_the_request_that_holds_the_change(ada):
    made = change("entry", text="x")
    assert sync(ada, [made])["records"][0].get("echo")
    row = rows(ada)[made["record"]]
    assert row == {"id": made["record"], "kind": "entry", "owner": ada.person, "pair": None, "rev": made["id"],
                   "at": made["made_at"], "fields": {"text": "x"}}


def test_what_was_joined_is_no_echo(ada):
    made, = write(ada, text="One. Two.")
    sync(ada, [change("entry", made["record"], stands={"base": made["id"]}, text="One. Two. Three.")])
    late = change("entry", made["record"], stands={"base": made["id"]}, text="Zero. One. Two.")
    told = sync(ada, [late])
    assert told["outcomes"][late["id"]] == {"outcome": "merged"}
    row, = [row for row in told["records"] if row["id"] == made["record"]]
    assert row["fields"]["text"] == "Zero. One. Two. Three."


def test_a_rating_is_no_echo_for_it_notes_what_gave_way(ada):
    made = change("rating", value=3)
    sync(ada, [made])
    told = sync(ada, [change("rating", made["record"], stands={"base": made["id"]}, value=5)])
    assert told["outcomes"].popitem()[1] == {"outcome": "accepted"}
    assert told["records"][0]["fields"]["earlier"][0]["value"] == 3


def test_what_is_deleted_is_gone_and_mine(ada):
    made, = write(ada)
    end = change("entry", made["record"], stands={"base": made["id"]}, deleted=True)
    gone = {"id": made["record"], "kind": "entry", "rev": end["id"], "gone": True}
    assert sync(ada, [end])["records"] == [gone] == list(rows(ada).values())


def test_what_is_withdrawn_is_an_id_and_no_more(cast, ada, bela):
    made, = write(ada, shared=cast.pair.id)
    assert made["record"] in rows(bela)
    sync(ada, [change("entry", made["record"], stands={"base": made["id"]}, shared=None)])
    assert rows(bela) == {made["record"]: {"id": made["record"], "gone": True}}


def test_a_wrong_row_in_a_feed_shows_nothing(ada, bela):
    made, = write(ada)
    Feed.create(person=bela.person, record=made["record"], number=1, gone=False)
    assert rows(bela) == {made["record"]: {"id": made["record"], "gone": True}}


def test_a_device_is_whole_after_its_last_page(ada, monkeypatch):
    write(ada, 4)
    fresh = a_device(Person.get_by_id(ada.person))
    monkeypatch.setattr(pull, "PAGE_ROWS", 3)
    first = sync(fresh)
    assert not Device.get_by_id(fresh.id).whole
    sync(fresh, epoch=first["epoch"], cursor=first["cursor"])
    assert Device.get_by_id(fresh.id).whole


def test_another_epoch_is_told_before_anything_is_taken(ada):
    write(ada)
    one = change("entry", text="y")
    told = sync(ada, [one], epoch="elsewhere", cursor=99)
    assert told["outcomes"] == {}
    assert len(told["records"]) == 1
    assert Record.get_or_none(Record.id == one["record"]) is None


def test_a_cursor_from_the_future_begins_a_new_epoch_for_that_person_alone(cast, ada, bela):
    write(ada)
    before = {person.id: person.epoch for person in Person.select()}
    told = sync(ada, epoch=before[ada.person], cursor=2)
    assert told["epoch"] != before[ada.person]
    assert len(told["records"]) == 1
    after = {person.id: person.epoch for person in Person.select()}
    assert {id for id in before if before[id] != after[id]} == {ada.person}
    assert sync(ada, epoch=told["epoch"], cursor=told["cursor"])["epoch"] == told["epoch"]


def test_restored_begins_a_new_epoch_for_everybody(cast, ada):
    before = {person.epoch for person in Person.select()}
    assert restore.restored() == 4
    assert not before & {person.epoch for person in Person.select()}


def shown(bela):
    return {id for id, row in rows(bela).items() if not row.get("gone")}


def told(device, **more):
    """A device goes through the new epoch and tells all."""
    first = sync(device, epoch="former", cursor=0)
    return sync(device, epoch=first["epoch"], cursor=first["cursor"], **more)


def test_sharing_waits_for_every_device_that_is_known(cast, ada, bela):
    other = a_device(cast.ada, epoch="former")
    made, = write(ada, shared=cast.pair.id)
    Person.update(epoch="former").where(Person.id == cast.ada.id).execute()
    Device.update(epoch="former").where(Device.person == cast.ada.id).execute()
    restore.restored()
    assert shown(bela) == set()
    told(ada)
    assert shown(bela) == set()
    told(other)
    assert shown(bela) == {made["record"]}


@pytest.mark.parametrize("fields", [
    {"ended_at": clock.now()}, {"seen_at": clock.now() - timedelta(days=181)}, {"epoch": ""}])
def test_sharing_does_not_wait_for_a_device_that_is_gone_or_never_synced(cast, ada, bela, fields):
    a_device(cast.ada, **{"epoch": "former"} | fields)
    made, = write(ada, shared=cast.pair.id)
    restore.restored()
    told(ada)
    assert shown(bela) == {made["record"]}


def test_a_device_that_is_asked_what_it_saw_has_not_told_yet(cast, ada, bela):
    made, = write(ada, shared=cast.pair.id)
    restore.restored()
    late = change("entry", made["record"], stands={"base": records.new_id()}, shared=None)
    assert told(ada, changes=[late])["outcomes"] == {late["id"]: {"outcome": "need_was"}}
    assert shown(bela) == set()
    del late["base"]
    told(ada, changes=[late | {"was": {"shared": cast.pair.id}}])
    assert shown(bela) == set()
    assert Record.get_by_id(made["record"]).fields["shared"] is None


def test_what_was_held_back_for_a_device_that_is_ended_is_shown_again(cast, ada, bela):
    lost = a_device(cast.ada, epoch="former")
    made, = write(ada, shared=cast.pair.id)
    restore.restored()
    told(ada)
    at = sync(bela)
    Device.update(ended_at=clock.now()).where(Device.id == lost.id).execute()
    restore.release([cast.ada.id])
    restore.release()
    fresh = sync(bela, epoch=at["epoch"], cursor=at["cursor"])
    assert [row["id"] for row in fresh["records"]] == [made["record"]]
    assert "fields" in fresh["records"][0]


def test_what_is_handed_back_stands_where_it_stood_whatever_the_clock(ada):
    back = change("entry", stands={"restore": records.new_id()}, text="x", made_at="2026-01-02T03:04:05.678Z")
    sync(ada, [back], sent_at="2029-11-24T12:00:00.000Z")
    assert Record.get_by_id(back["record"]).at == "2026-01-02T03:04:05.678Z"


@pytest.mark.parametrize("known", [True, False])
def test_an_old_state_out_of_a_pruned_history_is_not_taken_for_a_newer_one(ada, entry, known):
    told(ada)
    outcome(ada, edit(entry, text="Zero. One. Two."))
    History.delete().where(History.change == entry["id"]).execute()
    restore.restored()
    old = entry["fields"], {"restore": entry["id"] if known else records.new_id()}
    back = change("entry", entry["record"], stands=old[1], **old[0])
    assert outcome(ada, back)["outcome"] == ("accepted" if known else "kept")
    assert fields(entry) == {"text": "Zero. One. Two.", "title": "First"}


def test_a_withdrawal_by_a_form_wins_against_what_waits_in_the_same_browser(cast, ada, bela):
    made, = write(ada)
    for shared in (cast.pair.id, None):
        rev = Record.get_by_id(made["record"]).rev
        apply.take(cast.ada, ada, [change("entry", made["record"], stands={"base": rev}, shared=shared)])
    waited = change("entry", made["record"], stands={"base": made["id"]}, shared=cast.pair.id)
    assert outcome(ada, waited)["withheld"]
    assert shown(bela) == set()


def test_a_row_that_takes_the_place_of_another_has_to_tell_what_that_one_had_not(cast, ada, bela):
    old = a_device(cast.ada, epoch="former")
    made, = write(ada, shared=cast.pair.id)
    restore.restored()
    told(ada)
    new = a_device(cast.ada)
    restore.replace_device(new, old.id)
    assert Device.get_by_id(old.id).ended_at is not None
    assert shown(bela) == set()
    told(new)
    assert shown(bela) == {made["record"]}


def test_only_an_own_device_ends(cast, ada, bela):
    for other in (bela.id, records.new_id(), "x", "\0", ""):
        assert not restore.end_device(cast.ada.id, other)
        restore.replace_device(ada, other)
    restore.replace_device(ada, ada.id)
    assert not Device.select().where(Device.ended_at.is_null(False)).exists()
    assert restore.end_device(cast.ada.id, ada.id)
    assert not restore.end_device(cast.ada.id, ada.id)
