"""The goal that a session ties: named on its page, rated from there, and how it went."""
from __future__ import annotations

import re

from mentorlog import clock
from tests.submitting import submit
from tests.test_sessions import page_of, plan
from tests.test_today import rate, write

DAY = "2026-12-07"  # of the session of `plan`


def along(client, id: str) -> list[tuple[str, str]]:
    """The rows of *Take along* that lead to goals: address and words."""
    found = page_of(client, f"/sessions/{id}").split('id="along"')[1].split("</ul>")[0]
    rows = re.findall(r'<a class="list-row" href="(/goals[^"]*)">(.*?)</a>', found, re.DOTALL)
    return [(where, " ".join(re.sub("<[^>]+>", " ", words).split())) for where, words in rows]


def test_the_goal_of_a_session_is_named_and_rated_from_there(ada, cast):
    id = plan(ada)
    assert along(ada, id) == [("/goals", "Goals Rate the last one, then set the next")]
    due = write(cast.ada, "goal", text="Ask two people", due_on=DAY)
    write(cast.ada, "goal", text="Of another day", due_on="2026-12-08")
    write(cast.ada, "goal", text="It waits", due_on=DAY, waits=True)
    write(cast.ada, "goal", text="Let go", due_on=DAY, ended="let_go")
    assert along(ada, id) == [(f"/goals/{due}/rating", "Rate the goal Ask two people")]
    linked = write(cast.ada, "goal", text="Linked", session=id, due_on="2026-12-09")
    assert along(ada, id)[1] == (f"/goals/{linked}/rating", "Rate the goal Linked")


def test_the_rating_stands_on_the_session_that_was_held(ada, cast):
    id, goal = plan(ada), write(cast.ada, "goal", text="Ask two people", due_on=DAY)
    rate(cast.ada, goal, 4)
    with clock.at(clock.parse("2026-12-07T15:00:00.000Z")):
        submit(ada, f"/sessions/{id}", f"/sessions/{id}/held", state="held")
        assert along(ada, id) == [(f"/goals/{goal}", "How the goal went Ask two people rated 4 of 5")]


def test_a_goal_that_can_be_looked_back_at_now_is_named_while_the_session_is_planned(ada, cast):
    id = plan(ada)
    goal = write(cast.ada, "goal", text="No day")
    write(cast.ada, "goal", text="To come", due_on="2026-11-25")
    assert along(ada, id) == [(f"/goals/{goal}/rating", "Rate the goal No day")]
    with clock.at(clock.parse("2026-12-07T15:00:00.000Z")):
        submit(ada, f"/sessions/{id}", f"/sessions/{id}/held", state="held")
        assert along(ada, id) == [("/goals", "Goals Rate the last one, then set the next")]


def test_a_cancelled_session_asks_for_no_goal(ada, cast):
    id = plan(ada)
    write(cast.ada, "goal", text="Ask two people", due_on=DAY, session=id)
    submit(ada, f"/sessions/{id}/cancel", why="")
    assert along(ada, id) == []


def test_a_goal_of_somebody_else_is_not_named(ada, cast):
    id = plan(ada)
    write(cast.bela, "goal", text="Of Bela", due_on=DAY, session=id)
    assert "Of Bela" not in page_of(ada, f"/sessions/{id}")
