"""Three goals at a time; a rating that keeps its history; and a look at the last one before the next."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import clock, goals, records
from mentorlog.goals import looking
from tests.cast import NOON, ZONE, sign_in
from tests.submitting import fill, send, submit
from tests.test_goals import TODAY, fields_of, page_of, put, rate, rating_of
from tests.test_today import write

# -- three at a time ---------------------------------------------------------------------------------------------------

@pytest.fixture
def three(ada, cast):
    """Three open goals; their ids in the order of the list."""
    return [put(ada, "First", due_on="2026-12-01"), put(ada, "Second", due_on="2026-12-07"), put(ada, "Third")]


def opened(person) -> set[str]:
    return {goal["fields"]["text"] for goal in goals.unrated(person)}


def test_the_fourth_goal_asks_which_one_waits(ada, cast, three):
    form = fill(ada, "/goals/new", text="Fourth", step1="A step")
    reply = send(ada, "/goals/new", form)
    page = reply.get_data(as_text=True)
    assert (reply.status_code, "Which one waits?" in page, records.count(cast.ada, "goal")) == (422, True, 3)
    assert "Fourth" in page and 'value="A step"' in page
    assert send(ada, "/goals/new", form | {"which": three[1]}).status_code == 303
    assert opened(cast.ada) == {"First", "Third", "Fourth"}
    assert fields_of(cast.ada, three[1])["due_on"] == "2026-12-07"
    assert "For later" in page_of(ada, "/goals")


def test_the_new_goal_can_be_the_one_that_waits(ada, cast, three):
    put(ada, "Fourth", which="new")
    assert (opened(cast.ada), records.count(cast.ada, "goal")) == ({"First", "Second", "Third"}, 4)


def test_an_answer_that_is_none_is_asked_again(ada, cast, three):
    for which in ("constructor", "none", ""):
        reply = submit(ada, "/goals/new", text="Fourth", which=which)
        assert (reply.status_code, records.count(cast.ada, "goal")) == (422, 3)


def test_a_device_that_did_not_know_of_three_is_asked_nothing_and_the_list_says_so(ada, cast, three):
    write(cast.ada, "goal", text="Set in the train")
    page = page_of(ada, "/goals")
    assert "4 goals are open" in page and 'href="/goals/which"' in page
    assert opened(cast.ada) == {"First", "Second", "Third", "Set in the train"}


def test_too_many_open_goals_are_settled_by_saying_which_wait(ada, cast, three):
    extra = [write(cast.ada, "goal", text=text) for text in ("Fourth", "Fifth")]
    form = fill(ada, "/goals/which")
    page = page_of(ada, "/goals/which")
    assert "so 2 of them wait" in page and page.count(" checked") == 2
    assert send(ada, "/goals/which", form | {"which": three[0]}).status_code == 422
    waiting = form | {"which": [three[0], extra[0]]}
    assert [send(ada, "/goals/which", waiting).status_code for _ in range(2)] == [303, 303]
    assert opened(cast.ada) == {"Second", "Third", "Fifth"}
    assert "goals are open" not in page_of(ada, "/goals")
    settled = page_of(ada, "/goals/which")
    assert "Nothing to settle" in settled and "id=\"which\" method" not in settled


def test_a_new_goal_beside_four_asks_for_two(ada, cast, three):
    write(cast.ada, "goal", text="Fourth")
    form = fill(ada, "/goals/new", text="Fifth")
    assert "so 2 of them wait" in send(ada, "/goals/new", form).get_data(as_text=True)
    assert send(ada, "/goals/new", form | {"which": ["new", three[1]]}).status_code == 303
    assert opened(cast.ada) == {"First", "Third", "Fourth"}


def test_another_persons_goal_is_none_to_let_wait(ada, cast, three, app):
    theirs = put(sign_in(app.test_client(), "dan"), "Theirs")
    assert submit(ada, "/goals/new", text="Fourth", which=theirs).status_code == 422
    assert "waits" not in fields_of(cast.dan, theirs) or not fields_of(cast.dan, theirs)["waits"]


def test_the_fourth_goal_sent_twice_is_one_goal_and_one_waits(ada, cast, three):
    form = fill(ada, "/goals/new", text="Fourth", which=three[0])
    assert [send(ada, "/goals/new", form).status_code for _ in range(2)] == [303, 303]
    assert opened(cast.ada) == {"Second", "Third", "Fourth"}


def test_a_goal_waits_and_is_taken_up_again(ada, cast):
    id = put(ada, "A goal")
    reply = submit(ada, f"/goals/{id}", f"/goals/{id}/waits", waits="1")
    assert opened(cast.ada) == set()
    assert f'action="/goals/{id}/waits"' in page_of(ada, reply.headers["Location"])
    send(ada, f"/goals/{id}/waits", {})
    assert opened(cast.ada) == {"A goal"}


def test_taking_one_up_while_three_are_open_asks_too(ada, cast, three):
    waiting = put(ada, "Fourth", which="new")
    form = fill(ada, f"/goals/{waiting}", f"/goals/{waiting}/waits")
    reply = send(ada, f"/goals/{waiting}/waits", form)
    assert (reply.status_code, "Which one waits?" in reply.get_data(as_text=True)) == (422, True)
    send(ada, f"/goals/{waiting}/waits", form | {"which": three[2]})
    assert opened(cast.ada) == {"First", "Second", "Fourth"}


# -- rating ------------------------------------------------------------------------------------------------------------

def test_a_rating_is_kept_under_the_id_that_every_device_makes(ada, cast):
    id = put(ada, "A goal")
    assert rate(ada, id, "4", reason="Both said yes.").headers["Location"] == f"/goals/new?after={id}"
    kept = rating_of(cast.ada, id)
    assert (kept["goal"], kept["value"], kept["reason"]) == (id, 4, "Both said yes.")
    page = page_of(ada, f"/goals/new?after={id}")
    assert "2 of 2" in page and "A goal" in page and "Rate it first" not in page


def test_a_rating_without_a_next_goal_goes_back_to_the_goal(ada, cast):
    id = put(ada, "A goal")
    assert rate(ada, id, "3", then="stop").headers["Location"] == f"/goals/{id}"
    assert "Both said" not in page_of(ada, f"/goals/{id}")


def test_a_rating_that_changes_keeps_its_history(ada, cast):
    id = put(ada, "A goal")
    for day, value, reason in [(0, "2", "Not yet."), (1, "5", ""), (2, "5", "Still."), (3, "3", "It did not last.")]:
        with clock.at(NOON + timedelta(days=day)):
            rate(ada, id, value, reason=reason)
    page = page_of(ada, f"/goals/{id}").split("How the rating went")[1]
    rated = [part.split("</b>")[0] for part in page.split('<b><span class="vh">rated </span>')[1:]]
    assert [part[0] for part in rated] == ["3", "5", "2"]
    days = [page.index(day) for day in ("Fri 27 Nov, 12:00", "Wed 25 Nov, 12:00", "Tue 24 Nov, 12:00")]
    assert days == sorted(days) and "Not yet." in page and "It did not last." in page
    assert "changed 2 times" in page_of(ada, "/goals")


@pytest.mark.parametrize("value", ["", "0", "6", "4.5", "five", "-1", "9" * 40])
def test_a_rating_is_a_whole_number_from_one_to_five(ada, cast, value):
    id = put(ada, "A goal")
    reply = rate(ada, id, value, reason="Stays here")
    assert (reply.status_code, records.count(cast.ada, "rating")) == (422, 0)
    assert "from 1 to 5" in reply.get_data(as_text=True)
    assert "Stays here" in reply.get_data(as_text=True)


def test_a_rating_sent_twice_is_one_and_has_no_history(ada, cast):
    id = put(ada, "A goal")
    form = fill(ada, f"/goals/{id}/rating", value="4")
    assert [send(ada, f"/goals/{id}/rating", form).status_code for _ in range(2)] == [303, 303]
    assert rating_of(cast.ada, id).get("earlier", []) == []


def test_a_rating_goes_to_its_own_record_whatever_the_form_says(ada, cast):
    one, other = put(ada, "One"), put(ada, "Other")
    form = fill(ada, f"/goals/{one}/rating", value="4")
    send(ada, f"/goals/{one}/rating", form | {"record": other})
    assert rating_of(cast.ada, one)["value"] == 4


def test_a_history_that_a_device_handed_back_cannot_break_the_page():
    odd = [{}, {"value": True, "until": "2026-11-24T11:00:00.000Z"}, {"value": 3, "until": "soon"},
           {"value": 9, "until": "2026-11-24T11:00:00.000Z"}, {"value": 2, "reason": None},
           {"value": 2, "until": "2026-11-24T11:00:00.000Z"}]
    rating = {"at": "2026-11-20T11:00:00.000Z", "fields": {"value": 4, "reason": "", "earlier": odd}}
    assert [row["value"] for row in looking.history(rating, ZONE)] == [4, 2]


def test_a_rating_of_a_goal_in_the_bin_stands_in_the_bin_with_it(ada, cast):
    id = put(ada, "A goal")
    form = fill(ada, f"/goals/{id}/rating", value="4", reason="Still said")
    send(ada, f"/goals/{id}/delete", {})
    assert send(ada, f"/goals/{id}/rating", form).headers["Location"] == f"/goals/{id}"
    assert [records.count(cast.ada, shelf) for shelf in ("rating", "rating/bin")] == [0, 1]
    send(ada, f"/goals/{id}/bring-back", {})
    assert "Still said" in page_of(ada, f"/goals/{id}")


def test_what_was_said_before_stands_beside_a_new_rating(ada, cast):
    id = put(ada, "A goal")
    rate(ada, id, "2", reason="Not yet.")
    page = page_of(ada, f"/goals/{id}/rating").split("What you said before")[1]
    assert "Not yet." in page and "Tue 24 Nov, 12:00" in page


# -- rate, then set ----------------------------------------------------------------------------------------------------

def test_the_first_goal_needs_no_look_back(ada, cast):
    page = page_of(ada, "/goals/new")
    assert "What first?" in page and "Rate it first" not in page


def test_the_next_goal_opens_after_a_look_at_the_one_that_is_due(ada, cast):
    old = put(ada, "Due", due_on="2026-11-23")
    new = put(ada, "Not due", due_on="2026-12-23")
    page = page_of(ada, "/goals/new")
    assert f'href="/goals/{old}/rating"' in page and f'href="/goals/new?after={old}"' in page and "Set the goal" in page
    rate(ada, old, "3")
    assert f'href="/goals/{new}/rating"' in page_of(ada, "/goals/new")
    assert "Rate it first" not in page_of(ada, f"/goals/new?after={new}")


def test_the_list_offers_to_rate_what_is_due(ada, cast):
    id = put(ada, "Due", due_on=TODAY)
    page = page_of(ada, "/goals")
    assert "Rate, then set" in page and page.count(f'href="/goals/{id}/rating"') == 2
    assert ">today</time>" in page
    with clock.at(NOON - timedelta(days=1)):
        assert f"/goals/{id}/rating" not in page_of(ada, "/goals")


def test_open_goals_stand_by_day_and_rated_ones_newest_first(ada, cast):
    texts = {"Late": "2026-12-24", "Soon": "2026-11-30", "Any day": ""}
    for text, day in texts.items():
        put(ada, text, due_on=day)
    page = page_of(ada, "/goals")
    assert page.index("Soon") < page.index("Late") < page.index("Any day")
    for hour, goal in enumerate(goals.unrated(cast.ada)):
        with clock.at(NOON + timedelta(hours=hour)):
            rate(ada, goal["id"], "4")
    page = page_of(ada, "/goals")
    assert page.index("Any day") < page.index("Late") < page.index("Soon")
    assert "No open goal" in page
