"""Rare cases of joining, told one by one: what the simulator meets too seldom. Each is a function of a fresh scene."""
from __future__ import annotations

from datetime import timedelta

from mentorlog.models import Record
from mentorlog.records import name_id
from mentorlog.sync import pull
from tests.sync.simulator.scene import Scene, case


@case
def what_is_deleted_takes_no_unseen_text_along(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, text="Hello there. Unseen.")
    scene.write(scene.ann2, "entry", scene.entry, deleted=True)
    scene.talk(scene.ann, scene.ann2)
    assert scene.fields(scene.entry) == {"deleted": True}
    assert scene.kept() == ["Hello there. Unseen."]


@case
def an_edit_of_a_deleted_record_is_kept(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, deleted=True)
    scene.write(scene.ann2, "entry", scene.entry, text="Hello there. Edited.")
    scene.talk(scene.ann, scene.ann2)
    assert scene.fields(scene.entry) == {"deleted": True}
    assert scene.kept() == ["Hello there. Edited."]


@case
def one_sentence_in_two_ways_is_kept_whole(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, text="Hello you.")
    scene.write(scene.ann2, "entry", scene.entry, text="Hello world.")
    scene.talk(scene.ann, scene.ann2)
    assert scene.fields(scene.entry)["text"] == "Hello you."
    assert scene.kept() == ["Hello world."]


@case
def two_texts_of_one_change_are_kept_apart(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, text="Hello you.", title="One")
    scene.write(scene.ann2, "entry", scene.entry, text="Hello world.", title="Two")
    scene.talk(scene.ann, scene.ann2)
    assert scene.kept() == ["Hello world.", "Two"]


@case
def a_step_that_two_devices_change_is_kept(scene: Scene) -> None:
    step = {"id": "a", "text": "Ask."}
    goal = scene.write(scene.ann, "goal", text="Grow.", steps=[step])
    scene.talk(scene.ann, scene.ann2)
    scene.write(scene.ann, "goal", goal, steps=[step | {"text": "Ask Bela."}])
    scene.write(scene.ann2, "goal", goal, steps=[step | {"text": "Ask nobody.", "done": True}])
    scene.talk(scene.ann, scene.ann2)
    assert scene.fields(goal)["steps"] == [{"id": "a", "text": "Ask Bela.", "done": True}]
    assert scene.kept() == ["Ask nobody."]


@case
def two_moves_of_a_session_never_make_a_third(scene: Scene) -> None:
    start = {"starts_on": "2026-12-01", "starts_time": "10:00", "zone": "Europe/Berlin"}
    session = scene.write(scene.ann, "session", pair=scene.pair, **start)
    scene.talk(scene.ann, scene.mia)
    scene.write(scene.ann, "session", session, starts_on="2026-12-04")
    scene.write(scene.mia, "session", session, starts_time="16:00")
    scene.talk(scene.ann, scene.mia)
    assert {name: scene.fields(session)[name] for name in start} == start | {"starts_on": "2026-12-04"}
    assert scene.kept() == ['{"starts_on": "2026-12-01", "starts_time": "16:00", "zone": "Europe/Berlin"}']


@case
def what_was_just_taken_does_not_wait_for_its_page(scene: Scene) -> None:
    for number in range(6):
        scene.write(scene.ann2, "entry", text=f"Number {number}.")
    scene.talk(scene.ann2)
    pull.PAGE_ROWS = 2
    mine = scene.write(scene.ann, "entry", text="Mine.")
    asked = scene.ann.request()
    told = scene.world.line.serve(asked)[1]
    scene.ann.answer(asked, told)
    assert told["more"]
    assert scene.ann.view(mine)["text"] == "Mine.", "gone from the screen until a later page"


@case
def a_chained_change_removes_nothing_of_others(scene: Scene) -> None:
    session = scene.write(scene.ann, "session", pair=scene.pair, notes="One. Two.")
    scene.talk(scene.ann, scene.mia)
    scene.write(scene.mia, "session", session, notes="One. Two. From mia.")
    scene.talk(scene.mia)
    scene.write(scene.ann, "session", session, notes="Zero. One. Two.")
    form = scene.ann.opening("session", session)  # shows the first change, which is then joined with mia's
    scene.talk(scene.ann)
    scene.ann.save(form, {"notes": "Zero. One, really. Two."})
    scene.talk(scene.ann)
    assert scene.fields(session)["notes"] == "Zero. One, really. Two. From mia."


@case
def back_and_save_again_stands_on_the_first_save(scene: Scene) -> None:
    form = scene.ann.opening("entry", scene.entry)
    scene.ann.save(form, {"text": "Hello there. First."})
    scene.talk(scene.ann)
    scene.ann.save(form, {"text": "Hello there. Second."})
    scene.ann.save(form, {"text": "Hello there. Second."})
    outcomes = scene.talk(scene.ann)
    assert [outcome["outcome"] for outcome in outcomes.values()] == ["accepted"]
    assert scene.fields(scene.entry)["text"] == "Hello there. Second."
    assert scene.kept() == []


@case
def a_form_left_open_for_long_is_joined(scene: Scene) -> None:
    form = scene.ann.opening("entry", scene.entry)
    scene.write(scene.ann2, "entry", scene.entry, text="Good morning. Hello there.")
    scene.talk(scene.ann2, scene.ann)
    scene.ann.save(form, {"text": "Hello there. Good night."})
    scene.talk(scene.ann)
    assert scene.fields(scene.entry)["text"] == "Good morning. Hello there. Good night."


@case
def both_rate_one_goal_and_one_rating_stands(scene: Scene) -> None:
    goal = scene.write(scene.ann, "goal", text="Grow.")
    scene.talk(scene.ann, scene.ann2)
    rating = name_id(scene.ann.names, "rating:" + goal)
    scene.write(scene.ann, "rating", rating, goal=goal, value=2, reason="Slow.")
    scene.write(scene.ann2, "rating", rating, goal=goal, value=5, reason="Both said yes.")
    scene.talk(scene.ann, scene.ann2, scene.ann)
    fields = scene.fields(rating)
    pairs = [(one["value"], one["reason"]) for one in (fields, *fields["earlier"])]
    assert (pairs, scene.kept()) == ([(5, "Both said yes."), (2, "Slow.")], [])
    assert scene.ann.snapshot[rating] == scene.ann2.snapshot[rating]


@case
def a_rating_made_anew_over_its_tombstone_begins_anew(scene: Scene) -> None:
    goal = scene.write(scene.ann, "goal", text="Grow.")
    scene.talk(scene.ann, scene.ann2)
    rating = name_id(scene.ann.names, "rating:" + goal)
    scene.write(scene.ann, "rating", rating, goal=goal, value=2, reason="Slow.")
    scene.talk(scene.ann)
    scene.write(scene.ann, "rating", rating, deleted=True)
    scene.talk(scene.ann)
    scene.write(scene.ann2, "rating", rating, goal=goal, value=4)
    scene.talk(scene.ann2, scene.ann)
    assert scene.fields(rating) == {"goal": goal, "value": 4}
    assert scene.ann.snapshot[rating] == scene.ann2.snapshot[rating]


@case
def an_answer_made_anew_is_the_same_everywhere(scene: Scene) -> None:
    worksheet = scene.write(scene.ann, "worksheet", title="First meeting")
    scene.talk(scene.ann, scene.ann2)
    answer = name_id(scene.ann.names, f"answer:{worksheet}:why-now")
    form = scene.ann2.opening("answer", answer)  # for a new one, and then it is there
    scene.write(scene.ann, "answer", answer, worksheet=worksheet, question="why-now", text="First.")
    scene.talk(scene.ann, scene.ann2)
    scene.write(scene.ann, "answer", answer, deleted=True)
    scene.talk(scene.ann)
    scene.ann2.save(form, {"worksheet": worksheet, "question": "why-now", "scale": 4})
    scene.talk(scene.ann2, scene.ann)
    assert scene.fields(answer) == {"worksheet": worksheet, "question": "why-now", "scale": 4}
    assert scene.ann.snapshot[answer] == scene.ann2.snapshot[answer]


@case
def a_binned_entry_is_out_of_the_mentors_sight(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, binned_at=scene.ann.time())
    scene.write(scene.ann2, "entry", scene.entry, text="Hello there. More.")
    outcomes = scene.talk(scene.ann, scene.mia)
    assert scene.entry not in scene.mia.snapshot
    outcomes = scene.talk(scene.ann2, scene.mia)
    assert [outcome["outcome"] for outcome in outcomes.values()] == ["merged"]
    assert scene.entry not in scene.mia.snapshot
    assert scene.ann2.view(scene.entry)["text"] == "Hello there. More."
    scene.write(scene.ann2, "entry", scene.entry, binned_at=None)
    scene.talk(scene.ann2, scene.mia)
    assert scene.mia.view(scene.entry)["text"] == "Hello there. More."


@case
def what_was_changed_and_changed_back_elsewhere_is_the_same_everywhere(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, title="First")
    scene.talk(scene.ann, scene.ann2)
    form = scene.ann2.opening("entry", scene.entry)
    scene.write(scene.ann, "entry", scene.entry, title="Second")
    scene.talk(scene.ann, scene.ann2)
    scene.write(scene.ann, "entry", scene.entry, title="First")
    scene.talk(scene.ann)
    scene.ann2.save(form, {"text": "Hello there. More."})
    scene.talk(scene.ann2, scene.ann)
    assert scene.ann.snapshot[scene.entry] == scene.ann2.snapshot[scene.entry]


@case
def a_wrong_clock_moves_no_entry(scene: Scene) -> None:
    scene.ann.skew = timedelta(days=3 * 365)
    early = scene.write(scene.ann, "entry", text="From the future.")
    scene.talk(scene.ann)
    scene.ann.skew = timedelta(days=-2 * 365)
    late = scene.write(scene.ann, "entry", text="From the past.")
    scene.talk(scene.ann, scene.ann2)
    for record in (early, late):
        assert Record.get_by_id(record).at.startswith("2026-11-24T09:")
        assert scene.ann.snapshot[record] == scene.ann2.snapshot[record]


@case
def what_is_mended_after_its_record_was_deleted_is_not_deleted(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, title="z" * 201, text="Hello there. Wrong.")
    scene.talk(scene.ann)
    scene.write(scene.ann, "entry", scene.entry, deleted=True)
    scene.ann.edit_and_send(scene.ann.changes[0], {"text": "Hello there. Mended."})
    assert [change["fields"] for change in scene.ann.changes] == [{"text": "Hello there. Mended."}]
    scene.talk(scene.ann, scene.ann2)
    assert scene.fields(scene.entry)["text"] == "Hello there. Mended."
    assert scene.ann.snapshot[scene.entry] == scene.ann2.snapshot[scene.entry]


@case
def what_waits_above_what_is_mended_is_joined_with_the_mended_words(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, title="z" * 201, text="Hello there. Wrong.")
    scene.talk(scene.ann)
    scene.write(scene.ann, "entry", scene.entry, text="Hello there. Wrong. More.")
    scene.ann.edit_and_send(scene.ann.changes[0], {"text": "Hello there, you. Wrong."})
    scene.talk(scene.ann, scene.ann2)
    assert scene.fields(scene.entry)["text"] == "Hello there, you. Wrong. More."
    assert scene.ann.snapshot[scene.entry] == scene.ann2.snapshot[scene.entry]


@case
def a_form_opened_before_its_change_was_mended_never_saw_the_mended_words(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, title="z" * 201, text="Hello there. Wrong.")
    scene.talk(scene.ann)
    form = scene.ann.opening("entry", scene.entry)
    scene.ann.edit_and_send(scene.ann.changes[0], {"text": "Hello there. Mended."})
    scene.ann.save(form, {"text": "Hello there. Written over it."})
    scene.talk(scene.ann, scene.ann2)
    assert scene.fields(scene.entry)["text"] == "Hello there. Mended."
    assert scene.kept() == ["Hello there. Written over it."]
