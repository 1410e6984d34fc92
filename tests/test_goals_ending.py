"""Goals that go another way: carried over, split in two, let go."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import clock, goals, records
from mentorlog.sync import apply
from tests.cast import NOON, sign_in
from tests.submitting import fill, send, submit
from tests.test_goals import fields_of, page_of, plan, put, rate, rating_of
from tests.test_today import write


def opened(person) -> set[str]:
    return {goal["fields"]["text"] for goal in goals.unrated(person)}


def named(person, text: str) -> dict:
    return next(goal for goal in goals.everything(person) if goal["fields"]["text"] == text)


# -- carried over ------------------------------------------------------------------------------------------------------

def test_a_goal_that_is_carried_over_keeps_its_dates(ada, cast):
    id = put(ada, "A goal", due_on="2026-11-24", step1="One")
    assert submit(ada, f"/goals/{id}/carry", due_on="2026-12-07").headers["Location"] == f"/goals/{id}"
    submit(ada, f"/goals/{id}/edit", due_on="2026-12-21")
    kept = fields_of(cast.ada, id)
    assert (kept["due_on"], kept["dates"]) == ("2026-12-21", [{"id": "2026-11-24"}, {"id": "2026-12-07"}])
    page = page_of(ada, f"/goals/{id}")
    assert "carried over 2 times" in page
    told = page.split("So far")[1]
    assert told.index("7 Dec 2026") < told.index("24 Nov 2026") < told.index(">Set<")
    assert "carried over 2 times" in page_of(ada, "/goals")


def test_a_goal_is_carried_over_to_the_next_session_it_is_not_due_by(ada, cast):
    later, near = plan(ada, "2026-12-21"), plan(ada)
    id = put(ada, "A goal")
    assert fill(ada, f"/goals/{id}/carry")["session"] == later
    submit(ada, f"/goals/{id}/carry")
    kept = fields_of(cast.ada, id)
    assert (kept["session"], kept["due_on"], kept["dates"]) == (later, "2026-12-21", [{"id": "2026-12-07"}])
    assert near != later


def test_a_date_that_is_none_is_refused_in_words(ada, cast):
    plan(ada)
    id = put(ada, "A goal", session="", due_on="2026-11-24")
    for typed, words in (({"due_on": ""}, "Choose a session or a day"), ({"due_on": "0000-01-01"}, "between 1900 and"),
                         ({"due_on": "9999-12-31"}, "between 1900"), ({"session": "constructor"}, "one of the sess")):
        reply = submit(ada, f"/goals/{id}/carry", **{"session": "", **typed})
        assert (reply.status_code, words in reply.get_data(as_text=True)) == (422, True), typed
    assert fields_of(cast.ada, id)["due_on"] == "2026-11-24"


def test_carried_over_twice_by_a_double_tap_is_carried_over_once(ada, cast):
    id = put(ada, "A goal", due_on="2026-11-24")
    form = fill(ada, f"/goals/{id}/carry", due_on="2026-12-07")
    assert [send(ada, f"/goals/{id}/carry", form).status_code for _ in range(2)] == [303, 303]
    assert fields_of(cast.ada, id)["dates"] == [{"id": "2026-11-24"}]


def test_two_devices_that_carry_a_goal_over_note_the_day_once(ada, cast):
    id = put(ada, "A goal", due_on="2026-11-24")
    goal = records.find(cast.ada, "goal", id)
    for day in ("2026-12-07", "2026-12-21"):
        apply.take(cast.ada, None, [{
            "id": records.new_id(), "kind": "goal", "record": id, "base": goal["rev"], "made_at": goal["at"],
            "fields": {"due_on": day, "dates": [{"id": "2026-11-24"}]}}])
    kept = fields_of(cast.ada, id)
    assert (kept["due_on"], kept["dates"]) == ("2026-12-21", [{"id": "2026-11-24"}])


def test_a_day_that_a_device_handed_back_wrong_does_not_break_the_page(ada, cast):
    id = write(cast.ada, "goal", text="A goal", due_on="2026-12-01", dates=[{"id": "soon"}, {"id": "2026-11-24"}])
    assert "carried over once" in page_of(ada, f"/goals/{id}")


def test_a_rated_goal_is_carried_on_by_a_goal_of_its_own(ada, cast):
    id = put(ada, "Ask two people", why="I guess.", earns="One page", area="career", step1="Done", step2="Not done")
    done = fields_of(cast.ada, id)["steps"][0]["id"]
    send(ada, f"/goals/{id}/steps", {"step": [done], "done": [done]})
    rate(ada, id, "2")
    page = page_of(ada, f"/goals/new?after={id}")
    assert "Begin anew" in page and "Its open step<" in page and 'value="Not done"' not in page
    assert ada.get(f"/goals/{id}/carry").headers["Location"] == f"/goals/new?after={id}&carry=goal"
    path = f"/goals/new?after={id}&carry=goal"
    form = fill(ada, path, path.replace("&", "&amp;").replace("&amp;", "&"))
    send(ada, path, form)
    kept = fields_of(cast.ada, form["record"])
    assert [kept[name] for name in ("text", "why", "earns", "area", "follows")] == [
        "Ask two people", "I guess.", "One page", "career", id]
    assert [(step["text"], step["done"]) for step in kept["steps"]] == [("Not done", False)]
    assert "It carries on" in page_of(ada, f"/goals/{form['record']}")
    assert "It goes on as" in page_of(ada, f"/goals/{id}")


def test_only_the_open_steps_are_carried_over_when_asked_so(ada, cast):
    id = put(ada, "A goal", step1="Not done")
    rate(ada, id, "2")
    form = fill(ada, f"/goals/new?after={id}&carry=steps", f"/goals/new?after={id}&carry=steps")
    assert (form["text"], form["step1"], form["follows"]) == ("", "Not done", "")


def test_another_persons_goal_is_none_to_carry_on(ada, cast, app):
    theirs = put(sign_in(app.test_client(), "dan"), "Theirs")
    id = put(ada, "Mine", follows=theirs)
    assert fields_of(cast.ada, id)["follows"] is None
    assert "Theirs" not in page_of(ada, f"/goals/new?after={theirs}&carry=goal")


def test_goals_that_follow_each_other_in_a_ring_are_still_shown(ada, cast):
    one, other = records.new_id(), records.new_id()
    write(cast.ada, "goal", id=one, text="One", follows=other)
    write(cast.ada, "goal", id=other, text="Other", follows=one)
    assert page_of(ada, f"/goals/{one}").count("Other") > 1


# -- let go ------------------------------------------------------------------------------------------------------------

def test_a_goal_that_is_let_go_has_a_reason_and_no_number(ada, cast):
    id = put(ada, "A goal")
    reply = submit(ada, f"/goals/{id}/let-go", reason="It was not mine.\r\nNot this year.")
    kept = fields_of(cast.ada, id)
    assert [kept[name] for name in ("ended", "ended_at", "ended_why")] == [
        "let_go", clock.iso(NOON), "It was not mine.\nNot this year."]
    assert (opened(cast.ada), records.count(cast.ada, "rating")) == (set(), 0)
    page = page_of(ada, reply.headers["Location"])
    assert "let go" in page and f'action="/goals/{id}/waits"' in page and "<svg class=\"chart\"" not in page
    assert "It was not mine." in page_of(ada, f"/goals/{id}")


def test_what_was_let_go_is_taken_up_again(ada, cast):
    id = put(ada, "A goal")
    submit(ada, f"/goals/{id}/let-go", reason="Too early")
    form = fill(ada, f"/goals/{id}", f"/goals/{id}/waits")
    assert [send(ada, f"/goals/{id}/waits", form).status_code for _ in range(2)] == [303, 303]
    assert opened(cast.ada) == {"A goal"}
    assert fill(ada, f"/goals/{id}/let-go")["reason"] == "Too early"


def test_taking_it_up_again_beside_three_asks_what_waits(ada, cast):
    id = put(ada, "Let go")
    submit(ada, f"/goals/{id}/let-go")
    three = [put(ada, text) for text in ("First", "Second", "Third")]
    assert send(ada, f"/goals/{id}/waits", {}).status_code == 422
    send(ada, f"/goals/{id}/waits", {"which": three[1]})
    assert opened(cast.ada) == {"First", "Third", "Let go"}


def test_let_go_twice_by_a_double_tap_is_let_go_once(ada, cast):
    id = put(ada, "A goal")
    form = fill(ada, f"/goals/{id}/let-go", reason="Too early")
    for minute in range(2):
        with clock.at(NOON + timedelta(minutes=minute)):
            assert send(ada, f"/goals/{id}/let-go", form).status_code == 303
    assert fields_of(cast.ada, id)["ended_at"] == clock.iso(NOON)


def test_a_reason_that_is_too_long_stays_in_the_field(ada, cast):
    id = put(ada, "A goal")
    reply = submit(ada, f"/goals/{id}/let-go", reason="x" * 5001)
    assert reply.status_code == 422
    assert "5000 characters at most" in reply.get_data(as_text=True) and "x" * 5001 in reply.get_data(as_text=True)


def test_letting_go_of_a_goal_that_was_rated_elsewhere_keeps_both(ada, cast):
    id = put(ada, "A goal")
    form = fill(ada, f"/goals/{id}/let-go", reason="Too early")
    write(cast.ada, "rating", id=goals.rating_id(cast.ada, id), goal=id, value=4)
    reply = send(ada, f"/goals/{id}/let-go", form)
    assert "It was rated meanwhile" in page_of(ada, reply.headers["Location"])
    page = page_of(ada, f"/goals/{id}")
    assert "Too early" in page and 'rated </span>4' in page and "Take it up again" not in page
    assert ada.get(f"/goals/{id}/let-go").headers["Location"] == f"/goals/{id}"


# -- split -------------------------------------------------------------------------------------------------------------

def test_a_goal_becomes_two_and_ends_without_a_number(ada, cast):
    id = put(ada, "Understand and tell", why="I skip it.", area="skill", step1="Read", step2="Tell")
    one, two = [step["id"] for step in fields_of(cast.ada, id)["steps"]]
    form = fill(ada, f"/goals/{id}/split", text1="Understand", text2="Tell", due_on="2026-12-07", reason="Too much")
    assert send(ada, f"/goals/{id}/split", form | {"step": [one, two], "part": ["1", "2"]}).status_code == 303
    first, second = (named(cast.ada, text)["fields"] for text in ("Understand", "Tell"))
    for part, step, waits in ((first, "Read", False), (second, "Tell", True)):
        assert [part.get(name, False) for name in ("why", "area", "follows", "due_on", "waits")] == [
            "I skip it.", "skill", id, "2026-12-07", waits]
        assert [one["text"] for one in part["steps"]] == [step]
    kept = fields_of(cast.ada, id)
    assert (kept["ended"], kept["ended_why"], records.count(cast.ada, "rating")) == ("split", "Too much", 0)
    page = page_of(ada, f"/goals/{id}")
    assert "Its parts" in page and "Too much" in page and "split in two" in page_of(ada, "/goals")


def test_why_a_goal_was_let_go_once_stands_in_the_form_that_splits_it(ada, cast):
    id = put(ada, "A goal")
    submit(ada, f"/goals/{id}/let-go", reason="Too early")
    send(ada, f"/goals/{id}/waits", fill(ada, f"/goals/{id}", f"/goals/{id}/waits"))
    submit(ada, f"/goals/{id}/split", text1="One", text2="Other")
    assert fields_of(cast.ada, id)["ended_why"] == "Too early"


def test_a_split_can_say_a_number_too(ada, cast):
    id = put(ada, "A goal")
    submit(ada, f"/goals/{id}/split", text1="One", text2="Other", value="3", reason="Half of it")
    assert (rating_of(cast.ada, id)["value"], rating_of(cast.ada, id)["reason"]) == (3, "Half of it")
    assert fields_of(cast.ada, id)["ended_why"] == ""


def test_a_split_writes_over_no_rating_that_its_form_never_showed(ada, cast):
    id = put(ada, "A goal")
    form = fill(ada, f"/goals/{id}/split", text1="One", text2="Other", value="3", reason="Half of it")
    rate(ada, id, "3", reason="Slow.")
    assert send(ada, f"/goals/{id}/split", form).status_code == 303
    (kept,) = records.shelf(cast.ada, "kept")
    assert {rating_of(cast.ada, id)["reason"], kept["fields"]["text"]} == {"Slow.", "Half of it"}


@pytest.mark.parametrize("value", ["", "4"])
def test_split_twice_by_a_double_tap_is_split_once(ada, cast, value):
    id = put(ada, "A goal", step1="A step")
    form = fill(ada, f"/goals/{id}/split", text1="One", text2="Other", second="same", value=value)
    for minute in range(2):
        with clock.at(NOON + timedelta(minutes=minute)):
            assert send(ada, f"/goals/{id}/split", form).status_code == 303
    assert (records.count(cast.ada, "goal"), opened(cast.ada)) == (3, {"One", "Other"})


def test_split_by_two_forms_is_refused_in_words_with_the_text_still_there(ada, cast):
    id = put(ada, "A goal")
    forms = [fill(ada, f"/goals/{id}/split", text1=f"One {n}", text2="Other") for n in range(2)]
    send(ada, f"/goals/{id}/split", forms[0])
    reply = send(ada, f"/goals/{id}/split", forms[1])
    page = reply.get_data(as_text=True)
    assert (reply.status_code, records.count(cast.ada, "goal")) == (422, 3)
    assert "It was split already" in page and "One 1" in page
    assert ada.get(f"/goals/{id}/split").headers["Location"] == f"/goals/{id}"


WRONG = (("text1", "", "one sentence"), ("text2", " ", "one sentence"), ("text2", "x" * 141, "140 characters"),
         ("due_on", "9999-01-01", "between 1900 and 2199"), ("session", "constructor", "one of the sessions"),
         ("value", "6", "from 1 to 5"), ("reason", "x" * 5001, "5000 characters"))


def test_a_split_that_is_not_well_gets_words_at_its_field(ada, cast):
    plan(ada)
    id = put(ada, "A goal")
    for field, typed, words in WRONG:
        reply = submit(ada, f"/goals/{id}/split", **{"text1": "One", "text2": "Other", "session": "", field: typed})
        assert (reply.status_code, records.count(cast.ada, "goal")) == (422, 1), field
        assert words in reply.get_data(as_text=True).split(f'id="e-{field}"')[1].split("</p>")[0]


def test_two_parts_beside_two_open_goals_ask_what_waits(ada, cast):
    id, other = put(ada, "A goal"), put(ada, "Beside it")
    put(ada, "Beside it, too")
    form = fill(ada, f"/goals/{id}/split", text1="One", text2="Other", second="same")
    page = send(ada, f"/goals/{id}/split", form).get_data(as_text=True)
    assert "Which one waits?" in page and "One" in page and records.count(cast.ada, "goal") == 3
    assert [send(ada, f"/goals/{id}/split", form | {"which": other}).status_code for _ in range(2)] == [303, 303]
    assert opened(cast.ada) == {"One", "Other", "Beside it, too"}


def test_the_second_part_can_be_the_one_that_waits(ada, cast):
    id = put(ada, "A goal")
    for text in ("Beside it", "Beside it, too"):
        put(ada, text)
    submit(ada, f"/goals/{id}/split", text1="One", text2="Other", second="same", which="new")
    assert opened(cast.ada) == {"One", "Beside it", "Beside it, too"}
    assert named(cast.ada, "Other")["fields"]["waits"]
