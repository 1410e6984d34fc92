"""Goals: set, changed, ticked step by step, listed, binned."""
from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from mentorlog import clock, goals, records
from mentorlog.goals import looking
from mentorlog.models import Record
from tests.cast import NOON, ZONE, sign_in
from tests.counting import queries
from tests.submitting import fill, send, submit
from tests.test_today import write

TODAY = "2026-11-24"


def put(client, text: str, **typed: str) -> str:
    """Set a goal; its id."""
    form = fill(client, "/goals/new", text=text, **typed)
    reply = send(client, "/goals/new", form)
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return form["record"]


def rate(client, id: str, value: str, **typed: str):
    return submit(client, f"/goals/{id}/rating", value=value, **typed)


def fields_of(person, id: str) -> dict:
    return records.find(person, "goal", id)["fields"]


def rating_of(person, id: str) -> dict:
    return records.find(person, "rating", goals.rating_id(person, id))["fields"]


def page_of(client, path: str) -> str:
    reply = client.get(path)
    assert reply.status_code == 200, path
    return reply.get_data(as_text=True)


def plan(client, on: str = "2026-12-07", time: str = "15:00") -> str:
    """Plan a session; its id."""
    typed = {"starts_on": on, "starts_time": time, "zone": ZONE, "minutes": "45", "channel": "video"}
    return submit(client, "/sessions/new", **typed).headers["Location"].rpartition("/")[2]


# -- setting -----------------------------------------------------------------------------------------------------------

def test_a_goal_keeps_all_that_was_typed(ada, cast):
    id = put(ada, "Ask two\n people", why="I guess.\r\nToo often.", earns="One page", due_on="2026-12-07",
             area="career", step1="Ask the lead", step4="Ask one who was against it")
    kept = fields_of(cast.ada, id)
    assert (kept["text"], kept["why"], kept["earns"]) == ("Ask two people", "I guess.\nToo often.", "One page")
    assert (kept["due_on"], kept["area"], kept["session"]) == ("2026-12-07", "career", None)
    assert [(step["text"], step["done"]) for step in kept["steps"]] == [
        ("Ask the lead", False), ("Ask one who was against it", False)]
    page = page_of(ada, "/goals")
    assert "1 of 3" in page
    assert ">Mon 7 Dec</time>" in page


def test_a_goal_is_by_the_next_session_unless_another_date_is_chosen(ada, cast):
    plan(ada, "2026-12-21")
    near = plan(ada)
    assert [fields_of(cast.ada, put(ada, "By then"))[name] for name in ("session", "due_on")] == [near, "2026-12-07"]
    other = put(ada, "By another date", session="", due_on="2026-12-01")
    assert [fields_of(cast.ada, other)[name] for name in ("session", "due_on")] == [None, "2026-12-01"]


def test_the_day_of_a_session_is_the_one_on_my_clock(ada, cast):
    submit(ada, "/sessions/new", starts_on="2026-12-07", starts_time="20:00", zone="America/New_York", minutes="45",
           channel="video")
    assert fields_of(cast.ada, put(ada, "Late"))["due_on"] == "2026-12-08"


def test_a_session_that_is_off_is_not_offered(ada, cast):
    send(ada, f"/sessions/{plan(ada)}/cancel", {})
    assert "Another date" not in page_of(ada, "/goals/new")


@pytest.mark.parametrize(("field", "typed", "words"), [
    ("text", "", "Write the goal in one sentence"), ("text", "x" * 141, "140 characters at most"),
    ("why", "x" * 5001, "5000 characters at most"), ("earns", "x" * 5001, "5000 characters at most"),
    ("due_on", "0000-01-01", "between 1900 and 2199"), ("due_on", "2026-02-30", "a day of the calendar"),
    ("area", "__proto__", "one of the answers"), ("session", "constructor", "one of the sessions"),
    ("step2", "x" * 141, "140 characters at most")])
def test_bad_input_gets_words_at_its_field_and_stays(ada, cast, field, typed, words):
    plan(ada)
    form = {"text": "A goal", "earns": "Kept", "step1": "First", "session": "", field: typed}
    reply = submit(ada, "/goals/new", **form)
    page = reply.get_data(as_text=True)
    assert (reply.status_code, records.count(cast.ada, "goal")) == (422, 0)
    assert words in page.split(f'id="e-{field}"')[1].split("</p>")[0]
    assert typed in page or field in ("area", "session")
    assert 'value="First"' in page


def test_another_persons_session_is_none_to_choose(ada, cast, app):
    theirs = plan(sign_in(app.test_client(), "dan"))
    plan(ada)
    assert submit(ada, "/goals/new", text="By theirs", session=theirs).status_code == 422


def test_a_form_sent_twice_sets_one_goal(ada, cast):
    form, kept = fill(ada, "/goals/new", text="Once", step1="A step"), []
    for _ in range(2):
        assert send(ada, "/goals/new", form).status_code == 303
        kept.append(records.find(cast.ada, "goal", form["record"]))
    assert records.count(cast.ada, "goal") == 1
    assert (kept[0]["rev"], kept[0]["fields"]) == (kept[1]["rev"], kept[1]["fields"])


def test_the_form_works_as_a_part(ada, cast):
    part = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "form#form"}
    form = fill(ada, "/goals/new", text="")
    page = send(ada, "/goals/new", form, **part).get_data(as_text=True)
    assert page.lstrip().startswith("<form") and "<html" not in page
    assert send(ada, "/goals/new", form | {"text": "Now"}, **part).headers["HX-Redirect"] == "/goals"


def test_a_goal_keeps_a_session_that_is_past_when_it_is_changed(ada, cast):
    session = plan(ada)
    id = put(ada, "A goal")
    with clock.at(NOON + timedelta(days=20)):
        submit(ada, f"/goals/{id}/edit", text="Changed")
    kept = fields_of(cast.ada, id)
    assert [kept[name] for name in ("text", "session", "due_on")] == ["Changed", session, "2026-12-07"]


# -- screens -----------------------------------------------------------------------------------------------------------

def test_no_goal_yet_says_who_would_see_it(ada, cast):
    page = page_of(ada, "/goals")
    assert "No goal yet" in page and "Only you see it" in page


def test_rated_goals_come_fifty_a_page(ada, cast):
    for number in range(52):
        at, goal = NOON - timedelta(minutes=52 - number), write(cast.ada, "goal", text=f"Goal no. {number:02}")
        write(cast.ada, "rating", at, goals.rating_id(cast.ada, goal), goal=goal, value=3)
    page = page_of(ada, "/goals/rated")
    assert page.count("Goal no. ") == 50 and "Goal no. 51" in page and "Goal no. 01<" not in page
    older = page.split('href="/goals/rated?after=')[1].split('"')[0]
    rest = page_of(ada, f"/goals/rated?after={older}")
    assert rest.count("Goal no. ") == 2 and "Goal no. 00" in rest and "Older" not in rest
    first = page_of(ada, "/goals")
    assert first.count("Goal no. ") == 3 and "All 52" in first


def test_a_long_measure_is_cut_in_the_list_alone(ada, cast):
    id = put(ada, "A goal", earns="word " * 900)
    assert len(page_of(ada, "/goals")) < 20_000
    for path in (f"/goals/{id}", f"/goals/{id}/rating"):
        assert "word " * 890 in page_of(ada, path)


SCREENS = ("/goals", "/goals/rated", "/goals/new", "/goals/which", "/goals/month", "/goals/course", "/goals/{}",
           "/goals/{}/rating", "/goals/{}/split")


def test_a_screen_costs_the_same_with_many_goals(ada, cast):
    def cost() -> dict[str, int]:
        found = {}
        for path in SCREENS:
            with queries() as heard:
                assert ada.get(path.format(one)).status_code in (200, 303)
            found[path] = len(heard)
        return found
    rate(ada, put(ada, "Rated", area="skill"), "3")
    one = put(ada, "One", step1="A step")
    write(cast.ada, "goal", NOON, text="Carries it on", follows=one)
    few = cost()
    for number in range(9):
        known = write(cast.ada, "goal", NOON - timedelta(days=9 * number), text=f"More {number}", follows=one)
        if number > 1:
            write(cast.ada, "rating", id=goals.rating_id(cast.ada, known), goal=known, value=4)
    assert cost() == few


def test_the_list_of_five_hundred_goals_reads_each_shelf_once(ada, cast):
    for number in range(500):
        at = clock.iso(NOON - timedelta(days=number))
        fields = {"text": f"Goal {number}"}
        goal = {"id": records.new_id(), "kind": "goal", "fields": fields, "shelf": "goal"}
        rated = {"id": goals.rating_id(cast.ada, goal["id"]), "kind": "rating", "shelf": "rating",
                 "fields": {"goal": goal["id"], "value": 1 + number % 5}}
        for row in (goal, rated):
            Record.create(owner=cast.ada.id, pair=None, at=at, rev=records.new_id(), n=1, narrowed=0, **row)
    with queries() as heard:
        page = page_of(ada, "/goals")
    shelves = [query for query in heard if '"shelf" = ?' in query or '"shelf" = %s' in query]
    # Goals, ratings, the sessions to come and the last ones, an entry; of each what is mine and what is shown.
    assert len(shelves) == 10
    assert page.count("chart-knot") == 24 and "The newest 24 of 500 ratings" in page and len(page) < 30_000


def test_an_attack_stays_words(ada, cast):
    evil = "<script>alert(1)</script>\u202e\" onfocus=x"
    id = put(ada, evil, why=evil, earns=evil, step1=evil)
    rate(ada, id, "1", reason=evil, then="stop")
    for path in ("/goals", f"/goals/{id}", f"/goals/{id}/edit", f"/goals/{id}/rating", f"/goals/new?after={id}",
                 f"/goals/new?after={id}&carry=goal", "/goals/rated", "/goals/month?of=2026-11"):
        assert "<script>alert" not in page_of(ada, path)


# -- bin ---------------------------------------------------------------------------------------------------------------

def test_a_binned_goal_takes_its_rating_along_and_both_come_back(ada, cast):
    id = put(ada, "A goal")
    rate(ada, id, "4")
    reply = submit(ada, f"/goals/{id}", f"/goals/{id}/delete")
    assert [records.count(cast.ada, shelf) for shelf in ("goal", "rating", "goal/bin", "rating/bin")] == [0, 0, 1, 1]
    page = page_of(ada, reply.headers["Location"])
    assert f'href="/goals/{id}"' not in page and f'action="/goals/{id}/bring-back"' in page
    assert "in the bin" in page_of(ada, f"/goals/{id}")
    send(ada, f"/goals/{id}/bring-back", {})
    assert [records.count(cast.ada, shelf) for shelf in ("goal", "rating")] == [1, 1]


@pytest.mark.parametrize("door", ["goals", "bin"])
def test_one_that_comes_back_beside_three_asks_which_one_waits(ada, door):
    id = put(ada, "Away")
    submit(ada, f"/goals/{id}", f"/goals/{id}/delete")
    for text in ("First", "Second"):
        put(ada, text)
    page = f"/goals/{id}" if door == "goals" else "/bin"
    assert "which" not in submit(ada, page, f"/{door}/{id}/bring-back").headers["Location"]
    submit(ada, f"/goals/{id}", f"/goals/{id}/delete")
    put(ada, "Third")
    reply = submit(ada, page, f"/{door}/{id}/bring-back")
    assert reply.headers["Location"] == "/goals/which"
    asked = page_of(ada, "/goals/which")
    assert "Which one waits?" in asked and asked.count('name="which"') == 4


def test_binned_twice_is_binned_once(ada, cast):
    id = put(ada, "A goal")
    form = fill(ada, f"/goals/{id}", f"/goals/{id}/delete")
    replies = []
    for minute in range(2):
        with clock.at(NOON + timedelta(minutes=minute)):
            replies.append(send(ada, f"/goals/{id}/delete", form).status_code)
    assert replies == [303, 303]


def test_a_rating_from_the_bin_counts_again_when_it_is_given_anew(ada, cast):
    id = put(ada, "A goal")
    rate(ada, id, "4")
    own = goals.rating_id(cast.ada, id)
    row = Record.get_by_id(own)
    row.fields, row.shelf = row.fields | {"binned_at": clock.iso(NOON)}, "rating/bin"
    row.save()
    rate(ada, id, "2")
    assert looking.said(records.find(cast.ada, "rating", own))


def test_the_newest_of_no_goals_is_none():
    assert looking.newest([]) is None
    assert looking.due([], TODAY) is None
    assert looking.linked(SimpleNamespace(id="x"), "") is None
