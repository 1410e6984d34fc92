"""Parts of what was deleted: an answer, a rating that one device gave while another deleted the whole for good."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mentorlog import clock, records
from mentorlog.models import Person, Record
from mentorlog.sync import upkeep
from tests.cast import sign_in
from tests.submitting import submit
from tests.sync.asking import Raw, a_device, change, edit, fields, outcome, rows, sync

QUESTIONS = [{"id": "q1", "text": "What went well?"}, {"id": "q2", "text": "How sure are you?", "type": "scale"}]
NOWHERE = "00000000-0000-4000-8000-00000000000b"


@pytest.fixture
def desk(cast):
    """Another device of ada's."""
    return a_device(cast.ada, label="desk")


@pytest.fixture
def sheet(ada) -> Raw:
    made = change("worksheet", title="A check-in", questions=QUESTIONS)
    assert outcome(ada, made) == {"outcome": "accepted"}
    return made


@pytest.fixture
def goal(ada) -> Raw:
    made = change("goal", text="Say the sentence first")
    assert outcome(ada, made) == {"outcome": "accepted"}
    return made


def named(device: Any, words: str) -> str:
    return records.name_id(Person.get_by_id(device.person).names, words)


def answer(device: Any, sheet: Raw, question: str = "q1", **given: Any) -> Raw:
    id = named(device, f"answer:{sheet['record']}:{question}")
    return change("answer", id, worksheet=sheet["record"], question=question, **given)


def rating(device: Any, goal: Raw, **given: Any) -> Raw:
    return change("rating", named(device, f"rating:{goal['record']}"), goal=goal["record"], **given)


def kept() -> list[str]:
    return sorted(row.fields["text"] for row in Record.select().where(Record.kind == "kept", Record.shelf == "kept"))


def test_an_answer_to_what_was_deleted_meanwhile_is_kept_with_its_question(ada, desk, sheet):
    outcome(ada, edit(sheet, deleted=True))
    late = answer(desk, sheet, text="The pause.")
    told = outcome(desk, late)
    assert (told["outcome"], len(told["kept"]), kept()) == ("kept", 1, ["What went well?\n\nThe pause."])
    assert outcome(desk, late) == told and len(kept()) == 1
    assert fields(late) == {"deleted": True}
    for device in (ada, desk):
        shown = rows(device)
        assert shown[late["record"]]["gone"] and shown[told["kept"][0]]["fields"]["text"] == kept()[0]
    assert Record.get_by_id(told["kept"][0]).fields["label"] == "desk"


def test_it_is_kept_also_when_the_answer_came_first(ada, desk, sheet):
    late = answer(desk, sheet, "q2", scale=4)
    assert outcome(desk, late) == {"outcome": "accepted"}
    outcome(ada, edit(sheet, deleted=True))
    assert (kept(), fields(late)) == (["How sure are you?\n\n4 of 5"], {"deleted": True})
    [one] = Record.select().where(Record.kind == "kept")
    assert one.fields["label"] == "desk"


def test_an_answer_to_a_question_that_the_worksheet_lost_ends_with_it_too(ada, desk, sheet):
    late = answer(desk, sheet, "q2", text="Still said.")
    outcome(desk, late)
    outcome(ada, fewer := edit(sheet, questions=QUESTIONS[:1]))
    outcome(ada, edit(fewer, deleted=True))
    assert (kept(), fields(late)) == (["Still said."], {"deleted": True})


def test_it_is_kept_also_when_both_come_in_one_request(ada, sheet):
    late = answer(ada, sheet, text="The pause.")
    told = sync(ada, [late, edit(sheet, deleted=True)])["outcomes"]
    assert (told[late["id"]]["outcome"], kept()) == ("kept", ["What went well?\n\nThe pause."])


@pytest.mark.parametrize(("told", "on", "text"), [("need_was", NOWHERE, "Longer."), ("refused", "", 5)])
def test_what_was_not_taken_is_not_said_to_be_kept_with_what_was(ada, desk, sheet, told, on, text):
    outcome(ada, edit(sheet, deleted=True))
    first = answer(desk, sheet, text="The pause.")
    wrong = change("answer", first["record"], stands={"after": on or first["id"]}, text=text)
    behind = change("answer", first["record"], stands={"after": wrong["id"]}, text="Longer still.")
    found = sync(desk, [first, wrong, behind])["outcomes"]
    assert [found[one["id"]]["outcome"] for one in (first, wrong, behind)] == ["kept", told, "behind"]
    assert kept() == ["What went well?\n\nThe pause."]


def test_a_rating_of_a_goal_that_is_gone_is_kept(ada, desk, goal):
    outcome(ada, edit(goal, deleted=True))
    assert outcome(desk, rating(desk, goal, value=4, reason="It held."))["outcome"] == "kept"
    assert kept() == ["Say the sentence first\n\n4 of 5\n\nIt held."]


@pytest.mark.parametrize("between", [[], [{"binned_at": "2026-11-24T12:00:00.000Z"}]])
def test_a_reason_that_gave_way_unseen_is_kept_when_the_rating_is_deleted(ada, desk, goal, between):
    outcome(ada, rating(ada, goal, value=3, reason="It held."))
    late = [rating(desk, goal, value=5, reason="All of it.")]
    for fields_of_it in (*between, {"deleted": True}):
        late.append(change("rating", late[0]["record"], stands={"after": late[-1]["id"]}, **fields_of_it))
    told = sync(desk, late)["outcomes"]
    assert (told[late[-1]["id"]]["outcome"], kept()) == ("kept", ["It held."])


def test_what_one_said_before_goes_with_a_rating_that_one_deletes(ada, goal):
    first = rating(ada, goal, value=3, reason="It held.")
    again = change("rating", first["record"], stands={"after": first["id"]}, value=4, reason="It held for long.")
    away = change("rating", first["record"], stands={"after": again["id"]}, deleted=True)
    assert {told["outcome"] for told in sync(ada, [first, again, away])["outcomes"].values()} == {"accepted"}
    assert kept() == []


def test_where_nothing_was_said_nothing_is_kept(ada, desk, sheet):
    outcome(ada, edit(sheet, deleted=True))
    late = answer(desk, sheet, skipped=True)
    assert outcome(desk, late) == {"outcome": "accepted"}
    assert (kept(), fields(late)) == ([], {"deleted": True})


def test_an_answer_that_went_along_is_not_kept(ada, sheet):
    given = answer(ada, sheet, text="Seen.")
    outcome(ada, given)
    sync(ada, [edit(sheet, deleted=True), edit(given, deleted=True)])
    assert kept() == []


def test_one_that_is_in_the_bin_stays_there_and_is_kept_when_it_is_taken_out(ada, desk, sheet):
    given = answer(ada, sheet, text="The pause.")
    outcome(ada, given)
    binned = edit(given, binned_at=clock.iso(clock.now()))
    sync(ada, [binned, edit(sheet, deleted=True)])
    assert (kept(), fields(given)["text"]) == ([], "The pause.")
    back = change("answer", given["record"], stands={"base": binned["id"]}, binned_at=None)
    assert outcome(desk, back)["outcome"] == "kept"
    assert kept() == ["What went well?\n\nThe pause."]


def test_the_bin_that_the_server_empties_keeps_them_too(ada, desk, sheet):
    binned = edit(sheet, binned_at="2020-01-01T00:00:00.000Z")
    outcome(ada, binned)
    outcome(desk, answer(desk, sheet, text="The pause."))
    with clock.at(clock.now() + timedelta(days=31)):
        assert upkeep.empty_bins() == 1
    assert kept() == ["What went well?\n\nThe pause."]


def test_a_worksheet_that_is_made_anew_keeps_its_new_answers(ada, desk, sheet):
    outcome(ada, edit(sheet, deleted=True))
    anew = change("worksheet", sheet["record"], title="Again", questions=QUESTIONS)
    late = answer(desk, sheet, text="The pause.")
    told = sync(desk, [late, anew])["outcomes"]
    assert (told[late["id"]], kept(), fields(late)["text"]) == ({"outcome": "accepted"}, [], "The pause.")


def test_what_somebody_else_names_is_left_alone(ada, bela, sheet):
    outcome(ada, edit(sheet, deleted=True))
    theirs = change("answer", worksheet=sheet["record"], question="q1", text="Bela's.")
    assert outcome(bela, theirs) == {"outcome": "accepted"}
    assert (kept(), fields(theirs)["text"]) == ([], "Bela's.")


def test_it_stands_on_a_page_and_can_become_an_entry(ada, desk, sheet, goal, app, client):
    for whole in (sheet, goal):
        outcome(ada, edit(whole, deleted=True))
    told = sync(desk, [answer(desk, sheet, text="The pause."), answer(desk, sheet, "q2", scale=4),
                       rating(desk, goal, value=4)])["outcomes"]
    sign_in(client, "ada")
    page = client.get("/waiting").get_data(as_text=True)
    assert "The pause." in page and "How sure are you?" in page and "Say the sentence first" in page
    for one in told.values():
        assert client.get(f"/versions/{one['kept'][0]}").status_code == 200
    assert "0 found" in client.get("/search?q=pause").get_data(as_text=True)
    one = told[next(iter(told))]["kept"][0]
    reply = submit(client, f"/versions/{one}", keep="anew")
    page = client.get(reply.headers["Location"]).get_data(as_text=True)
    assert "The pause." in page and "How sure are you?" in page and "Say the sentence first" not in page
