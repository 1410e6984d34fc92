"""The prompts of the editor: a goal that is set and one that is rated while an entry is written, through two doors."""
from __future__ import annotations

import pytest

from mentorlog import clock, goals, records
from tests.cast import NOON, sign_in
from tests.submitting import Forms, fill, send, submit
from tests.test_goals import put, rate, rating_of
from tests.test_goals_rated import opened
from tests.test_journal_writing import HOSTILE, enter, fields_of, form_of, refuse
from tests.test_sessions import lately, page_of, plan


def goal_of(person, text: str) -> dict:
    """The one goal of this text."""
    [found] = [goal for goal in records.shelf(person, "goal") if goal["fields"]["text"] == text]
    return found


def asked(client, path: str = "/journal/new") -> str:
    """The goal that a form asks to look back at."""
    return form_of(client, path).get("rate", "").partition(":")[0]


# -- what next ---------------------------------------------------------------------------------------------------------

def test_what_next_becomes_a_goal_that_the_entry_names(ada, cast):
    id = enter(ada, next="Ask two\n people")
    goal = goal_of(cast.ada, "Ask two people")
    assert fields_of(cast.ada, id)["goal"] == goal["id"]
    assert "due_on" not in goal["fields"]
    assert "Ask two people" in page_of(ada, "/goals")
    page = page_of(ada, f"/journal/{id}")
    assert "What next</h2>" in page and f'href="/goals/{goal["id"]}"' in page


def test_it_is_due_at_the_next_session_after_the_one_written_about(ada, cast):
    ended = plan(ada, **lately(hours=2))
    today, after = plan(ada, starts_on="2026-11-24", starts_time="18:00"), plan(ada)
    for about, due in ((ended, (today, "2026-11-24")), (today, (after, "2026-12-07")), ("", (today, "2026-11-24"))):
        enter(ada, session=about, next=f"About {about}")
        fields = goal_of(cast.ada, f"About {about}".strip())["fields"]
        assert (fields["session"], fields["due_on"]) == due


def test_the_same_form_twice_sets_one_goal_and_gives_one_rating(ada, cast):
    last = put(ada, "The last one")
    form = form_of(ada) | {"text": "Once.", "next": "Once", "value": "4", "reason": "Once."}
    first, second = (send(ada, "/journal/new", form).headers["Location"] for _ in range(2))
    assert first == second
    assert {kind: records.count(cast.ada, kind) for kind in ("entry", "goal", "rating")} == {
        "entry": 1, "goal": 2, "rating": 1}
    assert rating_of(cast.ada, last).get("earlier", []) == []


def test_back_and_another_sentence_changes_the_same_goal(ada, cast):
    form = form_of(ada) | {"text": "Once.", "next": "Before"}
    for text in ("Before", "After"):
        send(ada, "/journal/new", form | {"next": text})
    assert [goal["fields"]["text"] for goal in records.shelf(cast.ada, "goal")] == ["After"]


def test_an_entry_that_set_a_goal_shows_it_and_does_not_ask_again(ada, cast):
    id = enter(ada, next="Ask two people")
    page = page_of(ada, f"/journal/{id}/edit")
    assert 'name="next"' not in page and f'href="/goals/{goal_of(cast.ada, "Ask two people")["id"]}"' in page
    assert asked(ada, f"/journal/{id}/edit") == ""  # the goal that it set is not the last one
    submit(ada, f"/journal/{id}/edit", text="Changed.")
    assert fields_of(cast.ada, id)["goal"] == goal_of(cast.ada, "Ask two people")["id"]
    assert records.count(cast.ada, "goal") == 1


def test_a_goal_that_is_too_long_is_refused_and_nothing_is_set(ada, cast):
    last = put(ada, "The last one")
    typed = {"text": "Kept.", "lesson": "Kept.", "next": "x" * 141, "value": "2", "reason": "Kept."}
    page = refuse(ada, **typed)
    assert "140 characters at most" in page and '<details class="fold prompt" id="p-next" open>' in page
    again = Forms(page).found["/journal/new"]
    assert {name: again[name] for name in typed} == typed and again["rate"].startswith(last)
    assert {kind: records.count(cast.ada, kind) for kind in ("entry", "goal", "rating")} == {
        "entry": 0, "goal": 1, "rating": 0}


# -- a fourth goal -----------------------------------------------------------------------------------------------------

@pytest.fixture
def three(ada, cast):
    return [put(ada, "First", due_on="2026-12-01"), put(ada, "Second", due_on="2026-12-07"), put(ada, "Third")]


def test_a_fourth_goal_asks_which_one_waits_and_loses_nothing(ada, cast, three):
    page = refuse(ada, text="Kept.", lesson="Kept.", next="Fourth")
    assert "Say below what waits" in page and records.count(cast.ada, "entry") == 0
    again = Forms(page).found["/journal/new"]
    assert (again["text"], again["lesson"], again["next"], again["which"]) == ("Kept.", "Kept.", "Fourth", three[2])
    assert send(ada, "/journal/new", again | {"which": three[1]}).status_code == 303
    assert opened(cast.ada) == {"First", "Third", "Fourth"}
    assert send(ada, "/journal/new", again | {"which": three[1]}).status_code == 303  # a second tap
    assert opened(cast.ada) == {"First", "Third", "Fourth"}


def test_the_new_goal_can_be_the_one_that_waits(ada, cast, three):
    enter(ada, next="Fourth", which="new")
    assert opened(cast.ada) == {"First", "Second", "Third"}


def test_the_goal_that_is_rated_beside_it_makes_room(ada, cast, three):
    enter(ada, next="Fourth", value="5")
    assert opened(cast.ada) == {"First", "Second", "Fourth"}


def test_an_entry_with_no_goal_in_it_is_never_asked(ada, cast, three):
    enter(ada)


# -- how did the last goal go ------------------------------------------------------------------------------------------

def test_a_rating_is_one_record_with_two_doors(ada, cast):
    last = put(ada, "Ask two people")
    id = enter(ada, value="4", reason="Both said yes.\r\nReally.")
    assert fields_of(cast.ada, id)["rated"] == last
    kept = rating_of(cast.ada, last)
    assert (kept["value"], kept["reason"], kept["goal"]) == (4, "Both said yes.\nReally.", last)
    assert fill(ada, f"/goals/{last}/rating")["value"] == "4"
    page = page_of(ada, f"/journal/{id}")
    assert "How the last goal went</h2>" in page and "rated </span>4<" in page
    rate(ada, last, "5")
    assert "rated </span>5<" in page_of(ada, f"/journal/{id}")
    assert [row["value"] for row in rating_of(cast.ada, last)["earlier"]] == [4]


def test_with_no_goal_to_look_back_at_nothing_is_asked(ada):
    assert "How did the last goal go" not in page_of(ada, "/journal/new")
    put(ada, "A goal")
    page = page_of(ada, "/journal/new")
    assert "How did the last goal go" in page and "A goal" in page


def test_the_goal_whose_day_has_come_is_asked_about_first(ada):
    later = put(ada, "Later", due_on="2027-01-01")
    assert asked(ada) == later
    sooner = put(ada, "Sooner", due_on="2026-12-01")
    assert asked(ada) == sooner
    due = put(ada, "Due", due_on="2026-11-20")
    assert asked(ada) == due
    rate(ada, due, "3")
    assert asked(ada) == sooner


def test_an_entry_that_rated_a_goal_shows_it_and_does_not_ask_again(ada, cast):
    last, _ = put(ada, "The last one", due_on="2026-11-20"), put(ada, "Another")
    id = enter(ada, value="2")
    page = page_of(ada, f"/journal/{id}/edit")
    assert 'name="value"' not in page and f'href="/goals/{last}/rating"' in page and "rated </span>2<" in page


def test_half_a_rating_or_no_number_is_refused_in_words(ada, cast):
    put(ada, "The last one")
    none = "Choose a whole number from 1 to 5."
    for typed, words in (({"value": "6"}, none), ({"value": "0"}, none), ({"value": "constructor"}, none),
                         ({"reason": "Half of it"}, "Choose a number from 1 to 5. There is no right one."),
                         ({"value": "3", "reason": "x" * 5001}, "5000 characters at most")):
        page = refuse(ada, text="Kept.", lesson="Kept.", **typed)
        assert words in page and '<details class="fold prompt" id="p-rate" open>' in page
        again = Forms(page).found["/journal/new"]
        assert (again["text"], again["reason"]) == ("Kept.", typed.get("reason", ""))
    assert {kind: records.count(cast.ada, kind) for kind in ("entry", "rating")} == {"entry": 0, "rating": 0}


def test_a_goal_that_is_gone_or_not_mine_is_not_rated(ada, app, cast):
    with clock.at(NOON):
        others = put(sign_in(app.test_client(), "bela"), "Of bela")
    binned = put(ada, "Mine")
    form = form_of(ada) | {"text": "Kept.", "value": "4", "reason": "Kept."}
    send(ada, f"/goals/{binned}/delete", {})
    for named in (records.new_id(), others, enter(ada), binned, "__proto__"):
        reply = send(ada, "/journal/new", form | {"rate": f"{named}::"})
        page = reply.get_data(as_text=True)
        assert (reply.status_code, "This goal is not here any more" in page) == (422, True)
        again = Forms(page).found["/journal/new"]
        assert (again["text"], again["value"], again["reason"]) == ("Kept.", "4", "Kept.")
        assert "Of bela" not in page and records.count(cast.ada, "rating") == 0
    assert send(ada, "/journal/new", again | {"value": ""}).status_code == 303


def test_a_form_opened_long_before_its_goal_was_rated_elsewhere_keeps_both(ada, cast):
    last = put(ada, "The last one")
    form = form_of(ada) | {"text": "Late.", "value": "4", "reason": ""}
    rate(ada, last, "2", reason="From the other device.")
    reply = send(ada, "/journal/new", form)
    kept = rating_of(cast.ada, last)
    earlier = [(row["value"], row["reason"]) for row in kept["earlier"]]
    assert (kept["value"], kept["reason"], earlier) == (4, "", [(2, "From the other device.")])
    assert "It was changed elsewhere meanwhile" in page_of(ada, reply.headers["Location"])


def test_the_address_can_ask_about_one_goal(ada, cast):
    first, second = put(ada, "First", due_on="2026-11-20"), put(ada, "Second")
    rate(ada, first, "3")
    assert asked(ada, "/journal/new") == second
    page = page_of(ada, f"/journal/new?rate={first}")
    assert Forms(page).found["/journal/new"]["rate"].startswith(f"{first}:{rating_rev(cast.ada, first)}")
    assert "A goal that is not here any more" in page_of(ada, f"/journal/new?rate={records.new_id()}")


def rating_rev(person, goal: str) -> str:
    return records.find(person, "rating", goals.rating_id(person, goal))["rev"]


def test_hostile_words_in_the_prompts_stay_words(ada, cast):
    put(ada, HOSTILE)
    id = enter(ada, next=HOSTILE, value="1", reason="\0" + HOSTILE)
    for path in (f"/journal/{id}", f"/journal/{id}/edit", "/journal/new"):
        assert "<script>alert" not in page_of(ada, path)
