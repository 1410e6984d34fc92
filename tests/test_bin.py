"""The bin: everything of every kind, newest first, for thirty days; the way back, and the end."""
from __future__ import annotations

from datetime import timedelta
from time import process_time

import pytest

from mentorlog import clock
from mentorlog.models import Record
from tests.cast import sign_in
from tests.counting import queries
from tests.submitting import Forms, fill, send, submit
from tests.sync.asking import change, edit, fields, outcome, sync

NOW = clock.parse("2026-11-24T12:00:00.000Z")
MANY, MOST_SECONDS = 3_000, 2.0  # of CPU, for a page of the bin


@pytest.fixture
def ada(client, cast):
    return sign_in(client, "ada")


def on(days: float):
    return clock.at(NOW + timedelta(days=days))


def away(what: str, days: float = 0, **some) -> dict:
    """The change that makes a record of this kind which lies in the bin; days: when it was thrown away, from now."""
    return change(what, binned_at=clock.iso(NOW + timedelta(days=days)), **some)


def page(client, address: str = "/bin") -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.get_data(as_text=True)


def in_the_bin() -> list[str]:
    return [row.id for row in Record.select().where(Record.shelf.endswith("/bin"))]


# -- what is shown

def test_every_kind_stands_there_with_its_name_and_the_days_that_are_left(ada, handset):
    with on(0):
        sync(handset, [away("entry", -14, title="Half a thought"), away("goal", -20.5, text="Ask two"),
                     away("worksheet", -1, title="Being known"), away("line", -28.2, text="The budget"),
                     away("partner", -29.9, name="R. O."), away("set", -5, title="My five"),
                     away("session", notes="Notes.")])
        shown = page(ada)
    for words in ("Half a thought", "Entry, ", "16 days left", "Ask two", "Goal, ", "10 days left",
                  "Answers to “Being known”", "29 days left", "The budget", "Agenda line, ", "2 days left", "R. O.",
                  "Partner card, ", "1 day left", "My five", "Question set, ", "25 days left", "Notes.",
                  "Session, ", "30 days left"):
        assert words in shown


def test_what_was_thrown_away_last_stands_first(ada, handset):
    with on(0):
        made = away("entry", -3, text="Third."), away("line", -1, text="First."), away("goal", -2, text="Second.")
        sync(handset, list(made))
        shown = page(ada)
    assert sorted(("First.", "Second.", "Third."), key=shown.index) == ["First.", "Second.", "Third."]


def test_what_went_with_something_else_is_no_row_of_its_own(ada):
    submit(ada, "/goals/new", text="Ask two")
    goal = Record.get(Record.kind == "goal").id
    submit(ada, f"/goals/{goal}/rating", value="4", reason="Half of it.")
    submit(ada, f"/goals/{goal}", f"/goals/{goal}/delete")
    assert len(in_the_bin()) == 2
    shown = page(ada)
    assert shown.count("Bring back") == 1
    assert "Half of it." not in shown


def test_a_part_that_lies_there_alone_is_one(ada, handset):
    goal = change("goal", text="Ask two")
    sync(handset, [goal, away("rating", goal=goal["record"], value=2, reason="Late.")])
    assert "Late." in page(ada)


def test_an_empty_bin_says_so(ada):
    shown = page(ada)
    assert "The bin is empty" in shown
    assert "Empty the bin" not in shown
    assert ada.get("/bin/empty").headers["Location"] == "/bin"


def test_the_address_it_had_before_leads_there(ada):
    assert ada.get("/journal/bin").headers["Location"] == "/bin"


def test_thousands_are_shown_fifty_at_a_time_and_quickly(ada, handset):
    made = [away("entry", -n / MANY, text=f"Number {n}. " + "word " * 100) for n in range(MANY)]
    for start in range(0, MANY, 1_000):
        sync(handset, made[start:start + 1_000])
    start = process_time()
    shown = page(ada)
    assert process_time() - start < MOST_SECONDS
    assert shown.count("/bring-back") == 50
    seen, address = 50, "/bin?after=" + shown.partition("/bin?after=")[2].partition('"')[0]
    assert "Number 50." in page(ada, address)
    assert "Number 49." not in page(ada, address)
    assert page(ada, address).count("/bring-back") == seen


def test_a_page_costs_the_same_number_of_queries_however_much_there_is(ada, handset):
    sync(handset, [away("entry", text="One.")])
    with queries() as few:
        page(ada)
    sync(handset, [away("entry", text=f"{n}.") for n in range(60)])
    with queries() as many:
        page(ada)
    assert len(many) == len(few)


# -- the way back

def bring_back(client, id: str):
    return submit(client, "/bin", f"/bin/{id}/bring-back")


@pytest.mark.parametrize(("what", "some"), [
    ("entry", {"text": "x"}), ("line", {"text": "x"}), ("session", {"notes": "x"}), ("partner", {"name": "x"}),
    ("goal", {"text": "x"}), ("worksheet", {"title": "x"}), ("set", {"title": "x"}), ("aim", {"text": "x"})])
def test_each_kind_comes_back_as_it_was(ada, handset, what, some):
    made = away(what, **some)
    sync(handset, [made])
    assert bring_back(ada, made["record"]).headers["Location"] == "/bin"
    assert fields(made) == some | {"binned_at": None}
    assert in_the_bin() == []


def test_a_kept_text_comes_back_to_be_decided_on(ada, handset):
    entry = change("entry", text="One.")
    kept = change("kept", stands={"restore": change("kept")["id"]}, of=entry["record"], field="text", text="Two.",
                  binned_at=clock.iso(NOW))
    sync(handset, [entry, kept])
    bring_back(ada, kept["record"])
    assert f"/versions/{kept['record']}" in page(ada, f"/journal/{entry['record']}")


def test_a_goal_brings_its_rating_and_nothing_else_along(ada):
    goals = []
    for text in ("One", "Two"):
        submit(ada, "/goals/new", text=text)
        goals.append(Record.select().where(Record.kind == "goal").order_by(Record.at.desc()).get().id)
        submit(ada, f"/goals/{goals[-1]}/rating", value="4")
        submit(ada, f"/goals/{goals[-1]}", f"/goals/{goals[-1]}/delete")
    assert len(in_the_bin()) == 4
    bring_back(ada, goals[0])
    left = [Record.get_by_id(id) for id in in_the_bin()]
    assert sorted(row.kind for row in left) == ["goal", "rating"]
    assert goals[1] in [row.id for row in left]


def test_sent_twice_it_comes_back_once(ada, handset):
    made = away("entry", text="x")
    sync(handset, [made])
    form = fill(ada, "/bin", f"/bin/{made['record']}/bring-back")
    for _ in range(2):
        assert send(ada, f"/bin/{made['record']}/bring-back", form).status_code == 303
    assert Record.get_by_id(made["record"]).n == 2


def test_the_form_of_one_record_brings_no_other_back(ada, handset):
    one, other = away("entry", text="x"), away("entry", text="y")
    sync(handset, [one, other])
    form = fill(ada, "/bin", f"/bin/{one['record']}/bring-back") | {"record": other["record"]}
    send(ada, f"/bin/{one['record']}/bring-back", form)
    assert in_the_bin() == [other["record"]]


def test_somebody_elses_stays_where_it_is(client, cast, handset):
    made = away("entry", text="x", shared=cast.pair.id)
    sync(handset, [made])
    bela = sign_in(client, "bela")
    assert made["record"] not in page(bela)
    assert send(bela, f"/bin/{made['record']}/bring-back", {}).status_code == 404
    assert in_the_bin() == [made["record"]]


# -- the end

def test_emptied_after_a_question_all_is_gone_with_its_parts(ada, handset):
    goal = away("goal", text="x")
    rating = away("rating", goal=goal["record"], value=2)
    sync(handset, [goal, rating, away("line", text="y"), change("entry", text="z")])
    assert "2 things are in it" in page(ada, "/bin/empty")
    assert submit(ada, "/bin/empty").headers["Location"] == "/bin"
    assert in_the_bin() == []
    gone = [row for row in Record.select() if row.fields.get("deleted")]
    assert sorted((row.kind, tuple(row.fields)) for row in gone) == [
        ("goal", ("deleted",)), ("line", ("deleted",)), ("rating", ("deleted",))]
    assert Record.get(Record.kind == "entry").fields == {"text": "z"}


def test_sent_twice_it_is_emptied_once(ada, handset):
    made = away("entry", text="x")
    sync(handset, [made])
    form = fill(ada, "/bin/empty")
    for _ in range(2):
        assert send(ada, "/bin/empty", form).headers["Location"] == "/bin"
    assert Record.get_by_id(made["record"]).n == 2


def test_what_came_in_after_the_question_is_asked_about_anew(ada, handset):
    sync(handset, [away("entry", text="x")])
    form = fill(ada, "/bin/empty")
    late = away("entry", text="y")
    sync(handset, [late])
    reply = send(ada, "/bin/empty", form)
    assert reply.status_code == 422
    shown = reply.get_data(as_text=True)
    assert "Nothing was deleted yet" in shown
    assert "Delete 2 things for good" in shown
    assert len(in_the_bin()) == 2
    send(ada, "/bin/empty", Forms(shown).found["/bin/empty"])
    assert in_the_bin() == []


def test_what_was_changed_in_the_bin_after_the_question_is_asked_about_anew(ada, handset):
    made = away("entry", text="x")
    sync(handset, [made])
    form = fill(ada, "/bin/empty")
    sync(handset, [edit(made, text="Changed.")])
    assert send(ada, "/bin/empty", form).status_code == 422
    assert fields(made)["text"] == "Changed."


def test_without_the_question_nothing_is_deleted(ada, handset):
    sync(handset, [away("entry", text="x")])
    assert send(ada, "/bin/empty", {}).status_code == 422
    assert len(in_the_bin()) == 1


def test_what_another_device_writes_meanwhile_survives(ada, handset):
    """F34: the phone has not heard that the bin was emptied."""
    made = away("entry", text="Worth it.")
    sync(handset, [made])
    submit(ada, "/bin/empty")
    told = outcome(handset, edit(made, text="Worth it, and longer."))
    assert told["outcome"] == "kept"
    shown = page(ada, f"/versions/{told['kept'][0]}")
    assert "Worth it, and longer." in shown
    assert "Keep it as an entry" in shown


def test_what_was_written_on_the_way_survives_too(ada, handset, cast):
    """The other order: the phone empties its bin without having heard of an edit at the desk."""
    made = away("entry", text="Worth it.")
    sync(handset, [made])
    submit(ada, f"/journal/{made['record']}/edit", text="Worth it, and longer.")
    sync(handset, [edit(made, deleted=True)])
    kept = Record.get(Record.kind == "kept")
    assert kept.fields["text"] == "Worth it, and longer."
    assert "Keep it as an entry" in page(ada, f"/versions/{kept.id}")


def test_a_thousand_things_are_deleted_at_once(ada, handset):
    made = [away("entry", text=f"{n}.") for n in range(1_000)]
    sync(handset, made)
    assert submit(ada, "/bin/empty").status_code == 303
    assert in_the_bin() == []
