"""The days of goals in the calendar feed, for whoever wants them there."""
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from mentorlog import clock
from mentorlog.calendar_feed import addresses, reading, writing
from mentorlog.models import Person
from tests.calendars import both
from tests.cast import OURS, sign_in
from tests.sync.asking import change, outcome

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(NOW):
        yield


def told(person: Person, *chosen: str):
    """What a person's feed says that carries these things."""
    addresses.make(person)
    addresses.choose(person, **{one: one in chosen for one in ("names", "alarms", "goals")})
    now = reading.outlook(addresses.of(person), Person.get_by_id(person.id), "https://journal.example.org")
    return both(writing.calendar(now, reading.events(now), reading.due_days(now)))


def write(handset, **fields) -> str:
    made = change("goal", **fields)
    assert outcome(handset, made)["outcome"] == "accepted"
    return made["record"]


def test_the_day_of_a_goal_is_in_it_when_that_was_chosen(cast, handset) -> None:
    goal = write(handset, text="Say it in the retro", due_on="2026-12-01")
    assert told(cast.ada, "names", "alarms") == []
    one, = told(cast.ada, "goals", "alarms")
    assert (one.uid, one.start, one.end) == (goal, date(2026, 12, 1), date(2026, 12, 2))
    assert (one.summary, one.description, one.alarms) == ("A goal is due", "", [timedelta(hours=9)])
    assert one.url == f"https://journal.example.org/goals/{goal}"


def test_its_words_are_in_it_only_with_the_names(cast, handset) -> None:
    write(handset, text="Say it in the retro", why="I am afraid", due_on="2026-12-01")
    one, = told(cast.ada, "goals", "names")
    assert (one.summary, one.alarms) == ("Say it in the retro", []) and "afraid" not in str(one)


def test_only_open_goals_of_ones_own_that_have_a_day_are_in_it(cast, handset) -> None:
    goal = write(handset, text="Open", due_on="2026-12-01", shared=cast.pair.id)
    write(handset, text="No day")
    write(handset, text="Waits", due_on="2026-12-02", waits=True)
    write(handset, text="Let go", due_on="2026-12-03", ended="let_go", ended_at="2026-11-23T09:00:00.000Z")
    write(handset, text="Away", due_on="2026-12-04", binned_at="2026-11-23T09:00:00.000Z")
    assert [one.uid for one in told(cast.ada, "goals")] == [goal]
    assert told(cast.bela, "goals") == []


def test_it_is_chosen_on_the_page(app, cast) -> None:
    client = sign_in(app.test_client(), "ada")
    client.post("/account/calendar/new", headers=OURS)
    client.post("/account/calendar/carries", data={"goals": "1"}, headers=OURS)
    page = client.get("/account/calendar").get_data(as_text=True)
    assert 'id="f-goals" name="goals" value="1" type="checkbox" role="switch" checked' in page
    assert 'id="f-alarms" name="alarms" value="1" type="checkbox" role="switch">' in page
