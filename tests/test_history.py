"""Earlier versions: what is shown of them, to whom, for how long, and how one comes back."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import clock
from mentorlog.history import past
from mentorlog.models import Record
from tests.cast import OURS, sign_in
from tests.counting import queries
from tests.submitting import fill, send, submit
from tests.sync.asking import change, edit, fields, sync

START = clock.parse("2026-11-01T12:00:00.000Z")


def on(days: float):
    """So many days after the first of November."""
    return clock.at(START + timedelta(days=days))


@pytest.fixture
def ada(client, cast):
    return sign_in(client, "ada")


@pytest.fixture
def entry(handset):
    """An entry with three versions, a day between them: its last change."""
    first = change("entry", title="First", text="I ask.\n\nSay it.", tags=["a"])
    second = edit(first, text="I ask twice.\n\nSay it.\n\nMore.")
    third = edit(second, text="I ask twice.\n\nMore.", title="Last")
    for day, one in enumerate((first, second, third)):
        with on(day):
            sync(handset, [one])
    return third


def page(client, record: str, version: str = "") -> str:
    reply = client.get(f"/history/{record}?version={version}")
    assert reply.status_code == 200
    return reply.get_data(as_text=True)


def versions(client, record: str) -> list[dict]:
    """What a device hears."""
    reply = client.get(f"/near/history/{record}", headers=OURS)
    assert reply.status_code == 200
    return reply.get_json()["versions"]


def told(client, record: str) -> list[dict]:
    return [one["fields"] for one in versions(client, record)]


# -- what is shown

def test_versions_stand_newest_first_with_their_words_and_their_device(ada, entry):
    with on(3):
        found = versions(ada, entry["record"])
        shown = page(ada, entry["record"])
    assert [one["fields"]["text"] for one in found] == [
        "I ask twice.\n\nMore.", "I ask twice.\n\nSay it.\n\nMore.", "I ask.\n\nSay it."]
    assert [one["first"] for one in found] == [False, False, True]
    assert {one["label"] for one in found} == {"Chrome on Android"}
    for words in ("Now", "Since", "3 words differ", "Chrome on Android", "the first", "against now"):
        assert words in shown


def test_one_is_compared_with_now_by_words_and_the_rest_is_folded(ada, entry):
    with on(3):
        shown = page(ada, entry["record"])
    assert "<del>Last</del><ins>First</ins>" in shown
    assert "<ins>Say it.</ins>" in shown
    assert shown.count("1 paragraph is the same") == 2
    assert "comes back" in shown
    assert "goes into the history" in shown


def test_any_earlier_one_can_be_asked_for(ada, entry):
    with on(3):
        first = versions(ada, entry["record"])[-1]["change"]
        shown = page(ada, entry["record"], first)
    assert "I <del>ask twice.</del><ins>ask.</ins>" in shown


def test_a_change_that_left_every_word_makes_no_version(ada, handset, entry):
    with on(3):
        sync(handset, [edit(entry, tags=["b"])])
        sync(handset, [change("entry", entry["record"], stands={"was": {}}, binned_at=clock.iso(clock.now()))])
        found = versions(ada, entry["record"])
    assert len(found) == 3
    assert found[0]["change"] == entry["id"]


def test_what_never_changed_says_so(ada):
    made = submit(ada, "/journal/new", text="Once.").headers["Location"]
    assert "Not changed yet" in page(ada, made.rpartition("/")[2])


def test_a_form_without_the_app_is_from_a_browser(ada):
    made = submit(ada, "/journal/new", text="One.").headers["Location"]
    submit(ada, f"{made}/edit", text="Two.")
    assert page(ada, made.rpartition("/")[2]).count("in a browser") == 2


def test_hostile_words_stay_words(ada, handset):
    made = change("entry", text="<script>x</script>")
    sync(handset, [made, edit(made, text="<b>y</b>")])
    shown = page(ada, made["record"])
    assert "&lt;script&gt;" in shown
    assert "<b>y" not in shown


@pytest.mark.parametrize(("what", "before", "after", "shown"), [
    ("goal", {"text": "Ask two", "why": "I guess."}, {"text": "Ask three"}, "<del>three</del><ins>two</ins>"),
    ("line", {"text": "Why weekly?"}, {"text": "Why monthly?"}, "<del>monthly?</del><ins>weekly?</ins>"),
    ("session", {"notes": "One.", "starts_on": "2026-12-01", "starts_time": "15:00", "zone": "UTC"}, {"notes": ""},
     "<ins>One.</ins>"),
    ("rating", {"value": 2, "reason": "Late."}, {"value": 4, "reason": ""}, "<del>4</del><ins>2</ins>"),
    ("answer", {"choice": "not_sure", "text": "Hm."}, {"choice": "yes"}, "<del>yes</del><ins>not sure</ins>"),
    ("partner", {"name": "R. O.", "fallback": "phone"}, {"fallback": "chat"}, "<del>chat</del><ins>phone</ins>"),
    ("set", {"title": "My five"}, {"title": "My six"}, "<del>six</del><ins>five</ins>"),
    ("aim", {"text": "A job."}, {"text": "A life."}, "<del>life.</del><ins>job.</ins>")])
def test_every_kind_with_words_has_its_versions(ada, handset, what, before, after, shown):
    made = change(what, **before)
    sync(handset, [made, edit(made, **after)])
    assert shown in page(ada, made["record"])


# -- for how long

def test_a_version_stays_thirty_days_after_it_was_replaced(ada, entry):
    with on(30.9):
        assert len(told(ada, entry["record"])) == 3
    with on(31.5):
        assert len(told(ada, entry["record"])) == 2
    with on(60):
        assert len(told(ada, entry["record"])) == 1
        assert "Not changed yet" in page(ada, entry["record"])


def test_the_text_before_yesterday_is_there_however_old_it_is(ada, handset, entry):
    with on(200):
        sync(handset, [edit(entry, text="All new.")])
    with on(201):
        assert [one["text"] for one in told(ada, entry["record"])] == ["All new.", "I ask twice.\n\nMore."]


def test_a_device_gets_so_many_versions_and_so_many_words_at_most(ada, handset, monkeypatch):
    monkeypatch.setattr(past, "ROWS_AT_ONCE", 7)
    made = change("entry", text="Number 0.")
    sync(handset, [made])
    for number in range(1, 80):
        made = edit(made, text=f"Number {number}.")
        sync(handset, [made])
    assert [one["text"] for one in told(ada, made["record"])] == [f"Number {number}." for number in range(79, 29, -1)]
    for number in range(30):
        made = edit(made, text=f"Number {number}. " + "x" * 50_000)
        sync(handset, [made])
    found = ada.get(f"/near/history/{made['record']}").get_data(as_text=True)
    assert len(found) < past.MOST_CHARACTERS + 100_000


def test_a_page_costs_the_same_number_of_queries_however_many_versions_there_are(ada, handset, entry):
    with on(3), queries() as few:
        page(ada, entry["record"])
    last = entry
    for number in range(20):
        last = edit(last, text=f"Number {number}.")
        with on(3):
            sync(handset, [last])
    with on(4), queries() as many:
        page(ada, entry["record"])
    assert len(many) == len(few)


# -- for whom

def test_what_is_only_shown_to_me_has_no_history_for_me(client, cast, handset):
    made = change("entry", text="One.", shared=cast.pair.id)
    sync(handset, [made, edit(made, text="Two.")])
    bela = sign_in(client, "bela")
    assert bela.get(f"/journal/{made['record']}").status_code == 200
    for address in (f"/history/{made['record']}", f"/near/history/{made['record']}"):
        assert bela.get(address).status_code == 404


def test_of_what_became_the_pairs_the_other_sees_nothing_from_before(client, cast, handset):
    made = change("session", notes="For me alone.", starts_on="2026-12-01", starts_time="15:00", zone="UTC")
    sync(handset, [made])
    Record.update(pair=cast.pair.id, fields=made["fields"] | {"pair": cast.pair.id}).where(
        Record.id == made["record"]).execute()
    sync(handset, [edit(made, notes="For both.")])
    assert told(sign_in(client, "bela"), made["record"]) == [{"notes": "For both."}]


def test_of_another_persons_device_nothing_is_told(client, cast, handset):
    made = change("session", pair=cast.pair.id, notes="Mine.", starts_on="2026-12-01", starts_time="15:00", zone="UTC")
    sync(handset, [made])
    bela = sign_in(client, "bela")
    assert [(one["label"], one["mine"]) for one in versions(bela, made["record"])] == [("", False)]
    assert "Chrome on Android" not in page(bela, made["record"])


@pytest.mark.parametrize("what", ["settings", "kept"])
def test_what_holds_no_words_of_its_own_has_no_history(ada, handset, what):
    made = change("settings", theme="dark") if what == "settings" else change(
        "kept", stands={"restore": change("kept")["id"]}, of=change("entry")["id"], field="text", text="x")
    sync(handset, [made])
    assert ada.get(f"/history/{made['record']}").status_code == 404


def test_what_was_deleted_has_none_either(ada, handset, entry):
    sync(handset, [edit(entry, deleted=True)])
    assert ada.get(f"/history/{entry['record']}").status_code == 404
    assert ada.get(f"/near/history/{entry['record']}").status_code == 404


# -- the way back

def bring_back(client, record: str, version: str):
    return submit(client, f"/history/{record}?version={version}", f"/history/{record}")


def test_one_comes_back_and_what_stood_there_stays_in_the_history(ada, entry):
    with on(3):
        first = versions(ada, entry["record"])[-1]
        reply = bring_back(ada, entry["record"], first["change"])
        found = told(ada, entry["record"])
    assert reply.status_code == 303
    assert reply.headers["Location"] == f"/journal/{entry['record']}"
    assert fields(entry) == {"title": "First", "text": "I ask.\n\nSay it.", "tags": ["a"]}
    assert [one["text"] for one in found[:2]] == ["I ask.\n\nSay it.", "I ask twice.\n\nMore."]


def test_sent_twice_it_comes_back_once(ada, entry):
    with on(3):
        version = versions(ada, entry["record"])[-1]["change"]
        form = fill(ada, f"/history/{entry['record']}?version={version}", f"/history/{entry['record']}")
        for _ in range(2):
            assert send(ada, f"/history/{entry['record']}", form).status_code == 303
        assert len(told(ada, entry["record"])) == 4


def test_a_version_that_is_not_there_changes_nothing(ada, entry):
    before = fields(entry)
    with on(3):
        reply = send(ada, f"/history/{entry['record']}", {"version": "constructor"})
    assert reply.status_code == 422
    assert "not here any more" in reply.get_data(as_text=True)
    assert fields(entry) == before


def test_what_was_written_meanwhile_is_not_lost(ada, handset, entry):
    with on(3):
        version = versions(ada, entry["record"])[-1]["change"]
        form = fill(ada, f"/history/{entry['record']}?version={version}", f"/history/{entry['record']}")
        sync(handset, [edit(entry, text="Written on the train.")])
        send(ada, f"/history/{entry['record']}", form)
    kept = [row.fields["text"] for row in Record.select().where(Record.kind == "kept")]
    assert sorted([fields(entry)["text"], *kept]) == ["I ask.\n\nSay it.", "Written on the train."]


def test_only_what_is_shown_comes_back(ada, handset, cast):
    made = change("goal", text="Ask two", area="skill", due_on="2026-12-01")
    later = edit(made, text="Ask three", area="career", due_on="2026-12-02", shared=cast.pair.id)
    sync(handset, [made, later])
    bring_back(ada, made["record"], made["id"])
    assert fields(made) == later["fields"] | {"text": "Ask two"}


def test_a_rating_that_comes_back_keeps_the_one_that_gives_way(ada, handset):
    made = change("rating", value=2, reason="Late.", goal=change("goal")["id"])
    sync(handset, [made, edit(made, value=5, reason="Whole.")])
    assert bring_back(ada, made["record"], made["id"]).status_code == 303
    assert (fields(made)["value"], fields(made)["reason"]) == (2, "Late.")
    assert [one["value"] for one in fields(made)["earlier"]] == [2, 5]


def test_the_form_of_one_record_changes_no_other(ada, handset, entry):
    other = change("entry", text="Other.")
    sync(handset, [other])
    with on(3):
        version = versions(ada, entry["record"])[-1]["change"]
        form = fill(ada, f"/history/{entry['record']}?version={version}", f"/history/{entry['record']}")
        send(ada, f"/history/{entry['record']}", form | {"record": other["record"]})
    assert fields(other) == {"text": "Other."}
    assert fields(entry)["text"] == "I ask.\n\nSay it."
