"""Reading the file of a copy back: said in words first, then brought in; nothing that stands here is overwritten."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import clock, records
from mentorlog.models import Reading, Record
from tests.cast import OURS, sign_in
from tests.copying import NOON, TEXT, a_copy, a_draft, bring, choose, emptied, entry, saved, stood, told, write


@pytest.fixture
def ada(app, cast):
    return sign_in(app.test_client(), "ada")


# -- what is not here

def test_everything_that_was_saved_comes_back_where_nothing_is_left(ada, cast):
    goal = write(cast.ada, "goal", text="Say the sentence first", steps=[{"id": "s1", "text": "Once", "done": True}])
    rating = records.name_id(cast.ada.names, f"rating:{goal}")
    write(cast.ada, "rating", rating, goal=goal, value=2, reason="Too soon.")
    write(cast.ada, "rating", rating, value=4)
    write(cast.ada, "entry", title="Monday", text=TEXT, tags=["plan"])
    write(cast.ada, "entry", title="Away", text="x", binned_at=NOON)
    write(cast.ada, "session", starts_on="2026-12-07", starts_time="15:00", zone="Europe/Berlin")
    before, file = stood(cast.ada), saved(ada)
    kept = {one["id"]: (one["kind"], one["at"], one["fields"]) for one in file["records"]}
    emptied()
    page = told(ada, file)
    assert "Your own file" in page and "2 entries" in page and "1 rating" in page
    assert "What stays out" not in page and "5 pages are here now." in bring(ada, file)
    assert stood(cast.ada) == before
    assert {one["id"]: (one["kind"], one["at"], one["fields"]) for one in saved(ada)["records"]} == kept


def test_a_page_keeps_its_day(ada, cast):
    bring(ada, a_copy(cast.ada, entry(records.new_id(), cast.ada.id, "2024-02-29T08:00:00.000Z", text="Leap.")))
    assert [one["at"] for one in records.shelf(cast.ada, "entry")] == ["2024-02-29T08:00:00.000Z"]


def test_what_was_deleted_is_made_anew_as_often_as_it_is_brought_in(ada, cast):
    id = write(cast.ada, "entry", text=TEXT)
    file = saved(ada)
    for _ in range(2):
        write(cast.ada, "entry", id, Record.get_by_id(id).rev, deleted=True)
        assert stood(cast.ada) == []
        assert "1 page is here now." in bring(ada, file)
        assert [one["text"] for one in stood(cast.ada)] == [TEXT]


def test_nothing_that_comes_in_is_shown_to_anybody(ada, cast):
    id = write(cast.ada, "entry", text=TEXT, shared=cast.pair.id)
    file = saved(ada)
    emptied()
    change = {"id": records.new_id(), "kind": "entry", "record": id, "fields": {"shared": cast.pair.id, "title": "T"},
              "base": records.new_id(), "made_at": NOON, "was": {}, "state": "waiting"}
    bring(ada, file)
    bring(ada, a_copy(cast.ada, changes=[change]))
    assert Record.get_by_id(id).pair is None and Record.get_by_id(id).fields["title"] == "T"
    assert records.everything(cast.bela) == []


# -- what is here

def test_a_file_that_is_read_twice_changes_nothing(ada, cast):
    id = write(cast.ada, "entry", title="Monday", text=TEXT)
    file = saved(ada) | {"records": [*saved(ada)["records"], entry(records.new_id(), cast.ada.id, text="New.")]}
    write(cast.ada, "entry", id, Record.get_by_id(id).rev, text="Quite something else.")
    bring(ada, file)
    state = {row.id: row.n for row in Record.select()}
    assert "Nothing in it is new." in told(ada, file)
    assert "was here already" in bring(ada, file)
    assert {row.id: row.n for row in Record.select()} == state


def test_other_words_are_kept_beside_and_what_stands_here_stays(ada, cast):
    id = write(cast.ada, "entry", title="Monday", text=TEXT)
    file = saved(ada)
    write(cast.ada, "entry", id, Record.get_by_id(id).rev, text="Rewritten.", title="Monday")
    assert "1 text in other words than here" in told(ada, file)
    assert "1 text stands beside" in bring(ada, file)
    assert [one["text"] for one in stood(cast.ada)] == ["Rewritten."]
    assert stood(cast.ada, "kept") == [{"of": id, "field": "text", "text": TEXT}]


def test_other_words_can_be_left_alone(ada, cast):
    id = write(cast.ada, "entry", text=TEXT)
    file = saved(ada)
    write(cast.ada, "entry", id, Record.get_by_id(id).rev, text="Rewritten.")
    told(ada, file)
    ada.post("/copies/bring", headers=OURS)
    assert stood(cast.ada, "kept") == [] and [one["text"] for one in stood(cast.ada)] == ["Rewritten."]


def test_an_older_text_of_which_every_sentence_still_stands_is_nothing_new(ada, cast):
    id = write(cast.ada, "entry", text=TEXT)
    file = saved(ada)
    write(cast.ada, "entry", id, Record.get_by_id(id).rev, text=f"First. {TEXT} And then.")
    assert "Nothing in it is new." in told(ada, file)


def test_a_version_that_was_put_away_is_not_kept_again(ada, cast):
    id = write(cast.ada, "entry", text=TEXT)
    file = saved(ada)
    write(cast.ada, "entry", id, Record.get_by_id(id).rev, text="Rewritten.")
    bring(ada, file)
    kept, = records.shelf(cast.ada, "kept")
    write(cast.ada, "kept", kept["id"], kept["rev"], binned_at=NOON)
    assert "Nothing in it is new." in told(ada, file)
    write(cast.ada, "kept", kept["id"], Record.get_by_id(kept["id"]).rev, deleted=True)
    assert "Nothing in it is new." in told(ada, file)


def test_numbers_days_and_ticks_stay_as_they_are_here(ada, cast):
    goal = write(cast.ada, "goal", text="Say it", due_on="2026-12-01", waits=False,
                 steps=[{"id": "a", "text": "One", "done": False}])
    file = saved(ada)
    write(cast.ada, "goal", goal, Record.get_by_id(goal).rev, due_on="2026-12-24", waits=True,
          steps=[{"id": "a", "text": "One", "done": True}])
    here = stood(cast.ada, "goal")
    bring(ada, file)
    assert stood(cast.ada, "goal") == here


# -- what had waited

def test_what_had_waited_comes_in_on_what_its_form_showed(ada, cast):
    id = write(cast.ada, "entry", title="Monday", text="One. Two.")
    base = Record.get_by_id(id).rev
    waited = {"seq": 1, "id": records.new_id(), "kind": "entry", "record": id, "fields": {"text": "One. Two. Three."},
              "base": base, "was": {"text": "One. Two."}, "made_at": NOON, "state": "tried", "group": "x"}
    above = waited | {"seq": 2, "id": records.new_id(), "fields": {"title": "Monday evening"}, "after": waited["id"],
                      "was": {"title": "Monday"}}
    del above["base"]
    file = a_copy(cast.ada, entry(id, cast.ada.id, title="Monday evening", text="One. Two. Three."),
                  changes=[waited, above])
    write(cast.ada, "entry", id, base, text="Zero. One. Two.")
    assert "2 changes that had not been sent" in told(ada, file)
    assert "2 changes that had waited are in, too." in bring(ada, file)
    assert stood(cast.ada) == [{"title": "Monday evening", "text": "Zero. One. Two. Three."}]
    assert "Nothing in it is new." in told(ada, file)


def test_a_change_on_a_state_that_is_forgotten_is_joined_on_what_its_author_saw(ada, cast):
    id = write(cast.ada, "entry", text="Zero. One. Two.")
    waited = {"id": records.new_id(), "kind": "entry", "record": id, "fields": {"text": "One. Two. Three."},
              "base": records.new_id(), "was": {"text": "One. Two."}, "made_at": NOON, "state": "waiting"}
    bring(ada, a_copy(cast.ada, changes=[waited]))
    assert [one["text"] for one in stood(cast.ada)] == ["Zero. One. Two. Three."]


def test_a_page_that_was_never_sent_is_made_by_its_own_changes(ada, cast):
    id = records.new_id()
    waited = {"id": records.new_id(), "kind": "entry", "record": id, "fields": {"text": "Only here."}, "base": None,
              "was": {}, "made_at": NOON, "state": "waiting"}
    file = a_copy(cast.ada, entry(id, cast.ada.id, text="Only here."), changes=[waited])
    for _ in range(2):
        bring(ada, file)
    assert (stood(cast.ada), Record.get_by_id(id).n) == ([{"text": "Only here."}], 1)


def test_reading_a_file_deletes_nothing(ada, cast):
    id = write(cast.ada, "entry", text=TEXT)
    waited = {"id": records.new_id(), "kind": "entry", "record": id, "fields": {"deleted": True},
              "base": Record.get_by_id(id).rev, "was": {}, "made_at": NOON, "state": "waiting"}
    assert "1 deletion: reading a file deletes nothing." in told(ada, a_copy(cast.ada, changes=[waited]))
    bring(ada, a_copy(cast.ada, changes=[waited]))
    assert [one["text"] for one in stood(cast.ada)] == [TEXT]


def test_an_unfinished_text_is_shown_in_full(ada, cast):
    typed = {"title": ["Half"], "text": ["Not finished <b>yet</b>."]}
    page = told(ada, a_copy(cast.ada, drafts=[a_draft(fields=typed)]))
    assert "Half" in page and "Not finished &lt;b&gt;yet&lt;/b&gt;." in page


# -- of another account

def moved(ada, cast):
    """Ada's pages in the file of an account that is no more, with ids with a meaning of that account."""
    sheet = write(cast.ada, "session", starts_on="2026-12-07", starts_time="15:00", zone="Europe/Berlin", notes="N")
    goal = write(cast.ada, "goal", text="Say it", session=sheet)
    write(cast.ada, "rating", records.name_id(cast.ada.names, f"rating:{goal}"), goal=goal, value=3)
    write(cast.ada, "entry", text=TEXT, goal=goal, session=records.new_id())
    return saved(ada)


def test_the_file_of_another_account_becomes_ones_own_with_new_ids(ada, app, cast):
    file, dan = moved(ada, cast), sign_in(app.test_client(), "dan")
    page = told(dan, file)
    assert "A file of “<span class=\"own\" dir=\"auto\">Ada</span>”" in page and "It is of another account." in page
    for _ in range(2):
        bring(dan, file)
    mine = {kind: records.shelf(cast.dan, kind) for kind in ("goal", "rating", "entry", "session")}
    assert [len(found) for found in mine.values()] == [1, 1, 1, 1]
    (goal,), (rating,), (entry,), (session,) = mine.values()
    assert rating["id"] == records.name_id(cast.dan.names, f"rating:{goal['id']}") and rating["fields"]["value"] == 3
    assert (goal["fields"]["session"], entry["fields"]["goal"]) == (session["id"], goal["id"])
    assert entry["fields"]["session"] is None, "the session is in no file"
    assert {one["owner"] for found in mine.values() for one in found} == {cast.dan.id}
    assert not {one["id"] for one in file["records"]} & {one["id"] for found in mine.values() for one in found}


def test_ids_of_somebody_else_in_an_edited_file_are_refused_and_change_nothing(ada, cast):
    theirs = write(cast.bela, "entry", text="Bela's own.")
    page = bring(ada, a_copy(cast.ada, entry(theirs, cast.ada.id, text="Mine now?")))
    assert "1 was not accepted: This is not here, or not yours." in page
    assert Record.get_by_id(theirs).fields == {"text": "Bela's own."}


def test_the_id_of_a_meaning_follows_from_what_it_means_here(ada, cast):
    goal, other = write(cast.ada, "goal", text="Say it"), records.new_id()
    rating = {"id": other, "kind": "rating", "owner": cast.ada.id, "pair": None, "at": NOON, "rev": other,
              "fields": {"goal": goal, "value": 5}}
    bring(ada, a_copy(cast.ada, rating))
    assert [one["id"] for one in records.shelf(cast.ada, "rating")] == [
        records.name_id(cast.ada.names, f"rating:{goal}")]


def test_what_somebody_else_showed_stays_theirs(ada, app, cast):
    write(cast.ada, "entry", text="Shown to Bela.", shared=cast.pair.id)
    bela = sign_in(app.test_client(), "bela")
    file = saved(bela)
    assert len(file["records"]) == 1
    for client in (bela, ada):
        assert "1 page that somebody else showed." in told(client, file)
        bring(client, file)
    assert Record.select().count() == 1


# -- between choosing and bringing in

def test_the_file_is_forgotten_when_it_is_left_or_a_day_old(ada, cast):
    file = a_copy(cast.ada, entry(records.new_id(), cast.ada.id, text="x"))
    told(ada, file)
    ada.post("/copies/leave", headers=OURS)
    assert not Reading.select().exists() and "A file that this app saved" in ada.get("/copies").get_data(as_text=True)
    choose(ada, file)
    Reading.update(at=clock.now() - timedelta(days=1, minutes=1)).execute()
    assert "A file that this app saved" in ada.get("/copies").get_data(as_text=True)
    assert ada.post("/copies/bring", headers=OURS).status_code == 303
    assert stood(cast.ada) == []


def test_another_file_takes_the_place_of_the_first(ada, cast):
    told(ada, a_copy(cast.ada, entry(records.new_id(), cast.ada.id, text="First.")))
    bring(ada, a_copy(cast.ada, entry(records.new_id(), cast.ada.id, text="Second.")))
    assert stood(cast.ada) == [{"text": "Second."}]


def test_two_taps_bring_it_in_once(ada, cast):
    told(ada, a_copy(cast.ada, entry(records.new_id(), cast.ada.id, text="x")))
    for _ in range(2):
        ada.post("/copies/bring", data={"beside": "1"}, headers=OURS)
    assert Record.select().count() == 1


def test_a_file_with_thousands_of_pages_comes_in(ada, cast):
    made = [entry(records.new_id(), cast.ada.id, text=f"Page {number}.") for number in range(2_500)]
    assert "2500 pages are here now." in bring(ada, a_copy(cast.ada, *made))
    assert records.count(cast.ada, "entry") == 2_500


def test_a_file_of_the_first_version_says_whose_it_is_by_its_pages(ada, cast):
    file = {"made_at": NOON, "person": "Ada", "records": [entry(records.new_id(), cast.ada.id, text="Old.")]}
    assert "Your own file" in told(ada, file)
