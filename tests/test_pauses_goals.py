"""A pause moves the dates of open goals along: which ones, how far, and the way back."""
from __future__ import annotations

import re

import pytest

from mentorlog import records
from mentorlog.models import Reminder
from mentorlog.sync import apply
from tests.cast import sign_in
from tests.meeting import at, mentor, page, plan
from tests.submitting import Forms, fill, send, submit

LABEL = "Move the dates of my open goals along"
KEEPS = "A goal that changed meanwhile, or would be too late, keeps its date."


@pytest.fixture
def ada(client, cast):
    with at(-600):
        return sign_in(client, "ada")


@pytest.fixture
def where(ada):
    """The address of the pause with a partner, on the 24th of November."""
    with at(-120):
        yield f"/partners/{mentor(ada)}/pause"


def goal(ada, text: str, **typed: str) -> str:
    """A new open goal; its id."""
    assert submit(ada, "/goals/new", **{"text": text, "session": ""} | typed).status_code == 303
    return page(ada, "/goals").rpartition(text)[0].rpartition('href="/goals/')[2][:36]


def standing(person) -> dict[str, tuple]:
    """By the text of a goal its day, the days before, and its session."""
    found = [one["fields"] for one in records.shelf(person, "goal")]
    return {one["text"]: (one.get("due_on"), [day["id"] for day in one.get("dates") or []], one.get("session"))
            for one in found}


def due(person) -> dict[str, str]:
    """By the text of a goal its day."""
    return {text: day for text, (day, *_) in standing(person).items()}


def change(person, id: str, **fields) -> None:
    """What another device did meanwhile."""
    before = records.find(person, "goal", id)
    made = {"id": records.new_id(), "kind": "goal", "record": id, "base": before["rev"], "fields": fields}
    assert apply.take(person, None, [made | {"made_at": before["at"]}])[made["id"]]["outcome"] == "accepted"


def hint(shown: str) -> str:
    """What stands below the tick, as one reads it."""
    words = re.search(f'{LABEL}(.*?)</label>', shown, re.S)
    return " ".join(re.sub("<[^>]+>", "", words[1]).split()) if words else ""


def told(ada, where: str) -> str:
    """The page after pausing."""
    return page(ada, where.replace("/pause", "/agreement"))


def rest(ada, where: str, on: str, **typed: str) -> None:
    """Pause until a day, as where a script asked for the ticks of that day."""
    assert submit(ada, where, until="other", pause_on=on, seen=on, **typed).status_code == 303


def test_open_goals_move_by_the_length_of_the_pause_with_their_reminders(ada, cast, where):
    read, write = goal(ada, "Read", due_on="2026-12-07"), goal(ada, "Write", due_on="2026-11-24")
    shown = page(ada, where)
    assert LABEL in shown and re.search(r'name="move" value="1" checked', shown)
    assert "2 goals, the first due Tue 24 Nov 2026, by 20 days." in hint(shown)
    rest(ada, where, "2026-12-29")
    assert standing(cast.ada) == {"Read": ("2027-01-11", ["2026-12-07"], None),
                                  "Write": ("2026-12-29", ["2026-11-24"], None)}
    assert {one.record: str(one.due_at)[:10] for one in Reminder.select().where(Reminder.kind == "goal")} == {
        read: "2027-01-11", write: "2026-12-29"}
    assert "2 goals now have later dates." in told(ada, where)
    assert "carried over once" in page(ada, f"/goals/{read}")


def test_until_a_monday_that_is_offered_they_move_by_weeks_and_not_when_unticked(ada, cast, where):
    goal(ada, "Read", due_on="2026-12-07")
    with at(60 * 24 * 6):
        shown = page(ada, where)
        assert "1 goal, due Mon 7 Dec 2026, by 14 days." in hint(shown)
        fields = fill(ada, where)
        del fields["move"]
        assert send(ada, where, fields).status_code == 303
        assert due(cast.ada) == {"Read": "2026-12-07"} and "later date" not in told(ada, where)


@pytest.mark.parametrize("typed", [{"due_on": ""}, {"due_on": "2026-11-23"}])
def test_a_goal_without_a_day_or_with_one_that_is_over_is_not_asked_about(ada, cast, where, typed):
    goal(ada, "Read", **typed)
    assert LABEL not in page(ada, where)
    rest(ada, where, "2026-12-14")
    assert standing(cast.ada) == {"Read": (typed["due_on"] or None, [], None)}


def test_a_goal_that_waits_or_was_rated_keeps_its_date(ada, cast, where):
    for text in ("First", "Second"):
        id = goal(ada, text, due_on="2026-12-07")
        form = {"First": ("waits", {"waits": "1"}), "Second": ("rating", {"value": "4"})}[text]
        assert send(ada, f"/goals/{id}/{form[0]}", form[1]).status_code == 303
    assert LABEL not in page(ada, where)


def test_a_goal_for_a_session_moves_with_what_is_cancelled_and_stays_with_what_stands(ada, cast, where):
    gone, stands, others = (plan(ada, starts_on=on, partner=card) for on, card in (
        ("2026-12-01", where.split("/")[2]), ("2026-12-18", where.split("/")[2]), ("2026-12-02", "")))
    for text, session in (("Gone", gone), ("Stands", stands), ("Others", others)):
        goal(ada, text, session=session.rpartition("/")[2])
    assert "1 goal, due Tue 1 Dec 2026, by" in hint(page(ada, where))
    rest(ada, where, "2026-12-14")
    assert standing(cast.ada) == {
        "Gone": ("2026-12-21", ["2026-12-01"], None), "Stands": ("2026-12-18", [], stands.rpartition("/")[2]),
        "Others": ("2026-12-02", [], others.rpartition("/")[2])}
    assert KEEPS not in told(ada, where)


def test_a_goal_for_a_session_that_is_unticked_keeps_its_date(ada, cast, where):
    session = plan(ada, starts_on="2026-12-01", partner=where.split("/")[2])
    goal(ada, "Read", session=session.rpartition("/")[2])
    fields = fill(ada, where, until="other", pause_on="2026-12-14")
    del fields["cancel"]
    assert send(ada, where, fields).status_code == 303
    assert due(cast.ada) == {"Read": "2026-12-01"}
    asked = f"{where}?until=other&pause_on=2026-12-21&seen=2026-12-14"
    assert hint(page(ada, asked)) == "None so far."


def test_without_scripts_another_end_is_shown_before_goals_move_by_it(ada, cast, where):
    goal(ada, "Read", due_on="2026-12-07")
    again = submit(ada, where, until="other", pause_on="2026-12-29")
    shown = again.get_data(as_text=True)
    assert again.status_code == 200 and "Look once more" in shown and ", by 35 days." in hint(shown)
    assert due(cast.ada) == {"Read": "2026-12-07"}
    assert send(ada, where, Forms(shown).found[where]).status_code == 303
    assert due(cast.ada) == {"Read": "2027-01-11"}


def test_a_pause_with_each_of_two_mentors_moves_a_goal_once(ada, cast, where):
    goal(ada, "Read", due_on="2026-12-07")
    rest(ada, where, "2026-12-14")
    other = f"/partners/{mentor(ada)}/pause"
    same = hint(page(ada, f"{other}?until=other&pause_on=2026-12-14"))
    assert ": only an end after Mon 14 Dec 2026 moves them." in same
    rest(ada, other, "2026-12-14")
    assert due(cast.ada) == {"Read": "2026-12-27"}
    assert ", by 7 days after Mon 14 Dec 2026." in hint(page(ada, f"{other}?until=other&pause_on=2026-12-21"))


def test_a_line_that_comes_twice_is_one_goal(ada, where):
    goal(ada, "Read", due_on="2026-12-07")
    fields = fill(ada, where, until="other", pause_on="2026-12-14", seen="2026-12-14")
    assert send(ada, where, fields | {"goal": [fields["goal"]] * 2}).status_code == 303
    assert "One goal now has a later date." in told(ada, where)


def test_a_goal_that_was_rated_since_has_no_former_date_again(ada, cast, where):
    id = goal(ada, "Read", due_on="2026-11-30")
    rest(ada, where, "2026-12-07")
    fields = fill(ada, where, until="other", pause_on="2026-12-21", seen="2026-12-21")
    assert send(ada, where, fields).status_code == 303
    assert send(ada, f"/goals/{id}/rating", {"value": "4"}).status_code == 303
    page(ada, "/today")
    assert send(ada, f"{where}/undo?of={fields['change']}", {}).status_code == 303
    assert "This cannot be taken back here any more." in told(ada, where) and due(cast.ada) == {"Read": "2026-12-27"}


def test_two_taps_move_a_goal_once(ada, cast, where):
    goal(ada, "Read", due_on="2026-12-07")
    fields = fill(ada, where, until="other", pause_on="2026-12-14")
    for _ in range(2):
        assert send(ada, where, fields).status_code == 303
    assert standing(cast.ada) == {"Read": ("2026-12-27", ["2026-12-07"], None)}
    assert KEEPS not in told(ada, where)


def test_pausing_again_moves_them_only_by_what_is_added(ada, cast, where):
    goal(ada, "Read", due_on="2026-12-07")
    rest(ada, where, "2026-12-14")
    assert due(cast.ada) == {"Read": "2026-12-27"}
    shown = page(ada, f"{where}?until=other&pause_on=2026-12-21&seen=2026-12-14&move=1")
    assert ", by 7 days after Mon 14 Dec 2026." in hint(shown)
    rest(ada, where, "2026-12-15")
    assert due(cast.ada) == {"Read": "2026-12-28"}
    earlier = hint(page(ada, f"{where}?until=other&pause_on=2026-12-10"))
    assert ": only an end after Tue 15 Dec 2026 moves them." in earlier
    rest(ada, where, "2026-12-10")
    submit(ada, where.replace("/pause", "/agreement"), where, end="1")
    assert due(cast.ada) == {"Read": "2026-12-28"}
    assert "The pause is over. Goals keep their dates." in told(ada, where)


def test_what_came_or_changed_meanwhile_keeps_its_date(ada, cast, where):
    read, write = (goal(ada, text, due_on="2026-12-07") for text in ("Read", "Write"))
    fields = fill(ada, where, until="other", pause_on="2026-12-14")
    change(cast.ada, read, due_on="2026-12-09")
    change(cast.ada, write, text="Write more")
    goal(ada, "New", due_on="2026-12-08")
    for _ in range(2):
        assert send(ada, where, fields).status_code == 303
        assert due(cast.ada) == {"Read": "2026-12-09", "Write more": "2026-12-27", "New": "2026-12-08"}
    assert f"One goal now has a later date. {KEEPS}" in told(ada, where)


def test_a_goal_that_was_given_to_a_session_meanwhile_stays_with_it(ada, cast, where):
    id = goal(ada, "Read", due_on="2026-12-01")
    session = plan(ada, starts_on="2026-12-01").rpartition("/")[2]
    fields = fill(ada, where, until="other", pause_on="2026-12-14")
    change(cast.ada, id, session=session)
    assert send(ada, where, fields).status_code == 303
    assert standing(cast.ada) == {"Read": ("2026-12-01", [], session)}


def test_a_date_that_no_goal_can_have_stays_and_is_said(ada, cast, where):
    goal(ada, "Late", due_on="2199-12-20")
    goal(ada, "Read", due_on="2026-12-07")
    rest(ada, where, "2026-12-14")
    assert due(cast.ada) == {"Late": "2199-12-20", "Read": "2026-12-27"}
    assert f"One goal now has a later date. {KEEPS}" in told(ada, where)


def back(shown: str) -> str:
    """Where a page takes the dates back."""
    [found] = re.findall(r' action="(/partners/[^"]+/pause/undo\?of=[^"]+)"', shown)
    return str(found)


def test_the_dates_are_taken_back_with_the_session_and_once(ada, app, cast, where):
    session = plan(ada, starts_on="2026-12-01", partner=where.split("/")[2]).rpartition("/")[2]
    goal(ada, "Read", session=session)
    goal(ada, "Write", due_on="2026-12-07")
    before = standing(cast.ada)
    rest(ada, where, "2026-12-14")
    assert standing(cast.ada) != before
    there = back(told(ada, where))
    assert send(sign_in(app.test_client(), "dan"), there, {}).status_code == 404
    for _ in range(2):
        assert send(ada, there, {}).headers["Location"] == where.replace("/pause", "/agreement")
        assert standing(cast.ada) == before
        shown = told(ada, where)
        assert "The goals have their former dates again." in shown and "You pause" in shown


def test_what_was_changed_since_stays_when_the_dates_are_taken_back(ada, cast, where):
    read, _ = (goal(ada, text, due_on="2026-12-07") for text in ("Read", "Write"))
    rest(ada, where, "2026-12-14")
    there = back(told(ada, where))
    change(cast.ada, read, due_on="2026-12-30")
    send(ada, there, {})
    assert due(cast.ada) == {"Read": "2026-12-30", "Write": "2026-12-07"}
    assert "What was changed since stays as it is." in told(ada, where)
    send(ada, there.partition("=")[0] + "=x", {})
    assert "This cannot be taken back here any more." in told(ada, where)


def test_the_second_look_at_another_date_keeps_what_was_chosen(ada, cast, where):
    plan(ada, starts_on="2026-12-18", partner=where.split("/")[2])
    goal(ada, "Read", due_on="2026-12-07")
    fields = fill(ada, where, until="other", pause_on="2026-12-21")
    for ticked in (False, True):
        sent = {name: value for name, value in fields.items() if ticked or name != "move"}
        again = Forms(send(ada, where, sent).get_data(as_text=True)).found[where]
        assert ("move" in again) is ticked and again["goal"] == fields["goal"]
    assert send(ada, where, again).status_code == 303
    assert due(cast.ada) == {"Read": "2027-01-03"}


@pytest.mark.parametrize("line", ["", "x", "{id}", "{id} - -", "{id} - - soon -", "{card} - - 2026-12-07 -",
                                  "{id} - - 2026-12-08 -"])
def test_a_line_that_the_form_never_wrote_moves_nothing(ada, cast, where, line):
    id = goal(ada, "Read", due_on="2026-12-07")
    fields = fill(ada, where, until="other", pause_on="2026-12-14")
    fields["goal"] = line.format(id=id, card=where.split("/")[2])
    assert send(ada, where, fields).status_code == 303
    assert due(cast.ada) == {"Read": "2026-12-07"}


def test_a_line_that_comes_twice_moves_its_goal_once(ada, cast, where):
    goal(ada, "Read", due_on="2026-12-07")
    fields = fill(ada, where, until="other", pause_on="2026-12-14")
    assert send(ada, where, fields | {"goal": [fields["goal"]] * 2}).status_code == 303
    assert standing(cast.ada) == {"Read": ("2026-12-27", ["2026-12-07"], None)}
