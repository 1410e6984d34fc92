"""Reading: what a person may see, and nothing else; look-ups that start at the person."""
from __future__ import annotations

from typing import Any

import pytest

from mentorlog import access, clock, records
from mentorlog.errors import Missing
from mentorlog.models import Device, Pair, Record, Subscription
from mentorlog.sync import apply, pairs
from tests.counting import queries

ID = "00000000-0000-4000-8000-000000000001"
NOON = "2026-11-24T12:00:00.000Z"


def write(person, kind: str, record: str | None = None, made_at: str = NOON, **fields: Any) -> str:
    """A record by the one door; returns its id."""
    there = Record.get_or_none(Record.id == record)
    change = {"id": records.new_id(), "kind": kind, "record": record or records.new_id(), "fields": fields,
              "base": there.rev if there else None, "made_at": made_at}
    outcome = apply.take(person, None, [change])[change["id"]]
    assert outcome["outcome"] == "accepted", outcome
    return change["record"]


def test_a_record_is_found_by_its_owner_alone(cast):
    entry = write(cast.ada, "entry", text="Mine.")
    found = records.find(cast.ada, "entry", entry)
    assert found["fields"] == {"text": "Mine."}
    assert found.keys() == {"id", "kind", "owner", "pair", "at", "fields", "waiting", "rev"}
    for other in (cast.bela, cast.cleo, cast.dan):
        with pytest.raises(Missing):
            records.find(other, "entry", entry)
        assert records.many(other, [entry]) == {}


def test_a_record_is_found_only_under_its_kind(cast):
    entry = write(cast.ada, "entry", text="Mine.")
    for kind in ("goal", "nothing", "__proto__"):
        with pytest.raises(Missing):
            access.record(cast.ada, kind, entry)


def test_nothing_is_found_under_a_strange_id(cast):
    for id in ("", "x", "\0", ID, "' OR 1=1 --", "\ud83d"):
        with pytest.raises(Missing):
            records.find(cast.ada, "entry", id)


def test_what_is_shown_to_the_mentor_has_no_private_field(cast):
    entry = write(cast.ada, "entry", text="Look.", tags=["secret"], shared=cast.pair.id)
    found = records.find(cast.bela, "entry", entry)
    assert found == {"id": entry, "kind": "entry", "owner": cast.ada.id, "pair": None, "at": NOON,
                     "fields": {"text": "Look."}, "waiting": "", "rev": ""}
    assert [one["id"] for one in records.shelf(cast.bela, "entry")] == [entry]
    assert records.count(cast.bela, "entry") == 1
    assert [one["id"] for one in records.everything(cast.bela)] == [entry]
    assert records.shelf(cast.dan, "entry") == []


def test_what_is_in_the_bin_is_out_of_lists_and_out_of_the_mentors_sight(cast):
    entry = write(cast.ada, "entry", text="Look.", shared=cast.pair.id)
    write(cast.ada, "entry", entry, binned_at="2026-11-24T13:00:00.000Z")
    assert records.shelf(cast.ada, "entry") == records.everything(cast.ada) == []
    assert [one["id"] for one in records.shelf(cast.ada, "entry/bin")] == [entry]
    assert [one["id"] for one in records.with_bins(cast.ada)] == [entry]
    assert records.with_bins(cast.bela) == []
    assert records.find(cast.ada, "entry", entry)["fields"]["text"] == "Look."
    assert records.many(cast.bela, [entry]) == {}
    assert records.shelf(cast.bela, "entry/bin") == records.shelf(cast.bela, "entry") == []


def test_what_was_deleted_is_not_there(cast):
    entry = write(cast.ada, "entry", text="Gone.")
    write(cast.ada, "entry", entry, deleted=True)
    assert records.many(cast.ada, [entry]) == {}
    assert records.everything(cast.ada) == records.shelf(cast.ada, "entry") == []
    assert Record.get_by_id(entry).fields == {"deleted": True}


def test_when_a_pair_is_over_nothing_is_shown_and_the_sessions_stay(cast):
    entry = write(cast.ada, "entry", text="Look.", shared=cast.pair.id)
    session = write(cast.ada, "session", notes="Ours.", pair=cast.pair.id)
    pairs.end(cast.pair.id)
    assert records.many(cast.bela, [entry]) == {}
    assert records.shelf(cast.bela, "entry") == []
    assert records.find(cast.bela, "session", session)["fields"]["notes"] == "Ours."
    assert records.count(cast.bela, "session") == 1


def test_a_pairs_session_is_found_by_both_and_by_nobody_else(cast):
    session = write(cast.bela, "session", notes="Ours.", pair=cast.pair.id)
    assert records.find(cast.ada, "session", session)["rev"] == records.find(cast.bela, "session", session)["rev"] != ""
    for other in (cast.cleo, cast.dan):
        assert records.many(other, [session]) == {}


def test_a_list_is_newest_first_and_pages_without_a_gap(cast):
    hours = [f"2026-11-24T{hour:02}:00:00.000Z" for hour in (9, 12, 12, 12, 7, 23)]
    made = {write(cast.ada, "entry", made_at=at, text="x"): at for at in hours}
    want = sorted(made, key=lambda id: (made[id], id), reverse=True)
    page = after = None
    seen: list[str] = []
    while page is None or page:
        page = records.shelf(cast.ada, "entry", after=after, limit=2)
        seen += [one["id"] for one in page]
        after = page[-1] if page else None
    assert seen == want == [one["id"] for one in records.shelf(cast.ada, "entry")]


def test_reading_costs_as_much_for_many_as_for_one(cast):
    entry = write(cast.ada, "entry", text="x", shared=cast.pair.id)

    def cost() -> list[int]:
        found = []
        for read in (lambda: records.shelf(cast.bela, "entry"), lambda: records.many(cast.ada, [entry]),
                     lambda: records.everything(cast.ada), lambda: records.count(cast.ada, "entry")):
            with queries() as asked:
                read()
            found.append(len(asked))
        return found

    one = cost()
    for _ in range(5):
        write(cast.ada, "entry", text="x", shared=cast.pair.id)
    assert cost() == one == [4, 4, 4, 4]


def test_access_starts_at_the_person(cast):
    device = Device.create(person=cast.ada.id, secret_hash="x", label="phone", zone="UTC", seen_at=clock.now())
    ended = Device.create(person=cast.ada.id, secret_hash="y", label="old", zone="UTC", seen_at=clock.now(),
                          ended_at=clock.now())
    there = Subscription.create(device=device.id, endpoint="https://push.example.org/1", p256dh="", auth="", key_id="")
    assert access.device(cast.ada, device.id).id == device.id
    assert access.subscription(cast.ada, there.id).id == there.id
    for look_up in (lambda: access.device(cast.bela, device.id), lambda: access.device(cast.ada, ended.id),
                    lambda: access.subscription(cast.bela, there.id), lambda: access.subscription(cast.ada, "x")):
        with pytest.raises(Missing):
            look_up()


def test_pairs_are_those_that_last(cast):
    over = Pair.create(mentee=cast.ada.id, mentor=cast.dan.id, ended=True)
    for person in (cast.ada, cast.bela):
        assert [pair.id for pair in access.pairs(person)] == [cast.pair.id]
    assert access.pairs(cast.dan) == []
    assert over.ended
