"""Two versions are settled once: sent twice, on two devices, in two ways, after something changed meanwhile."""
from __future__ import annotations

import pytest

from mentorlog.models import History, Record
from tests.cast import sign_in
from tests.clashing import OURS, THEIRS, binned, entries, page, settle
from tests.submitting import fill, send
from tests.sync.asking import change, fields, sync


@pytest.fixture
def ada(client, cast):
    return sign_in(client, "ada")


def test_sent_five_times_it_is_settled_once(ada, clashed):
    form = fill(ada, f"/versions/{clashed[1]}") | {"keep": "apart"}
    for _ in range(5):
        assert send(ada, f"/versions/{clashed[1]}", form).status_code == 303
    assert len(entries()) == 2


def test_back_and_another_choice_asks_nothing_again(ada, clashed):
    form = fill(ada, f"/versions/{clashed[1]}")
    send(ada, f"/versions/{clashed[1]}", form | {"keep": "this"})
    reply = send(ada, f"/versions/{clashed[1]}", form | {"keep": "that"})
    assert reply.status_code == 303
    assert "settled already" in page(ada, reply.headers["Location"])
    assert [one["text"] for one in entries()] == [OURS]
    assert "Settled" in page(ada, f"/versions/{clashed[1]}")


def test_settled_on_both_devices_in_the_same_way_it_is_one_entry(ada, clashed, handset):
    """The phone chose before it heard of the choice at the desk; its changes are those that its own page makes."""
    made, kept = clashed
    settle(ada, kept, "apart")
    second = next(row for row in Record.select().where(Record.shelf == "entry") if row.id != made["record"])
    again = change("entry", second.id, title="The release", tags=["work"], text=THEIRS)
    ended = change("kept", kept, stands={"base": kept_rev(handset, kept)}, binned_at="2026-11-24T09:00:00.000Z")
    told = sync(handset, [again, ended])["outcomes"]
    assert {one["outcome"] for one in told.values()} <= {"accepted", "merged"}
    assert len(entries()) == 2
    assert Record.select().where(Record.kind == "kept").count() == 1


def kept_rev(device, kept: str) -> str:
    """The state in which a device first heard of a kept text."""
    return History.get(History.record == kept, History.n == 1).rev


def test_settled_in_two_ways_at_once_nothing_is_lost(ada, clashed, handset):
    made, kept = clashed
    settle(ada, kept, "that")
    fresh = change("entry", text=THEIRS)  # both as two entries, on the phone
    ended = change("kept", kept, stands={"base": kept_rev(handset, kept)}, binned_at="2026-11-24T09:00:00.000Z")
    sync(handset, [fresh, ended])
    assert [one["text"] for one in entries()] == [THEIRS, THEIRS]
    assert "<ins>a corridor.</ins>" in page(ada, f"/history/{made['record']}")
    assert binned(kept)


def test_what_was_written_meanwhile_is_not_overwritten_unseen(ada, clashed, laptop):
    made, kept = clashed
    form = fill(ada, f"/versions/{kept}") | {"keep": "that"}
    sync(laptop, [change("entry", made["record"], stands={"was": {"text": OURS}}, text="Written on the train.")])
    send(ada, f"/versions/{kept}", form)
    left = [row.fields["text"] for row in Record.select().where(Record.shelf == "kept")]
    assert sorted([entries()[0]["text"], *left]) == [THEIRS, "Written on the train."]


def test_joined_by_hand_after_it_was_settled_elsewhere_the_text_is_kept(ada, clashed):
    form = fill(ada, f"/versions/{clashed[1]}/join") | {"text": f"{OURS} Both."}
    settle(ada, clashed[1], "this")
    assert send(ada, f"/versions/{clashed[1]}/join", form).status_code == 303
    assert [one["text"] for one in entries()] == [f"{OURS} Both."]


def test_the_form_of_one_record_changes_no_other(ada, handset, clashed):
    other = change("entry", text="Other.")
    sync(handset, [other])
    form = fill(ada, f"/versions/{clashed[1]}") | {"keep": "that", "record": other["record"]}
    send(ada, f"/versions/{clashed[1]}", form)
    assert fields(other) == {"text": "Other."}


def test_it_is_not_there_for_anyone_else(client, clashed):
    bela = sign_in(client, "bela")
    for address in (f"/versions/{clashed[1]}", f"/versions/{clashed[1]}/join"):
        assert bela.get(address).status_code == 404
        assert send(bela, address, {"keep": "this", "text": "x"}).status_code == 404
    assert not binned(clashed[1])
