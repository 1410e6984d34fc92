"""Rare cases of lists, sets, bins and pairs, kind by kind, told one by one. Each is a function of a fresh scene."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

from mentorlog import clock
from mentorlog.models import Record
from mentorlog.records import name_id
from mentorlog.sync import pairs, upkeep
from tests.sync.simulator.scene import Scene, case

ONE, TWO, THREE, FOUR = ({"id": word, "text": word.title()} for word in ("one", "two", "three", "four"))


def apart(scene: Scene, kind: str, record: str, first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """ann's two devices write without hearing of each other, then send in this order; the outcomes of the second."""
    scene.write(scene.ann, kind, record, **first)
    scene.write(scene.ann2, kind, record, **second)
    outcomes = scene.talk(scene.ann, scene.ann2, scene.ann)
    assert scene.ann.snapshot[record] == scene.ann2.snapshot[record]
    return outcomes


def goal_with(scene: Scene, *steps: dict[str, Any], **fields: Any) -> str:
    """A goal that both devices have."""
    goal = scene.write(scene.ann, "goal", text="Grow.", steps=list(steps), **fields)
    scene.talk(scene.ann, scene.ann2)
    return goal


def order(scene: Scene, goal: str) -> list[str]:
    return [step["id"] for step in scene.fields(goal)["steps"]]


@case
def a_tag_that_was_taken_off_stays_off(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, tags=["work", "home"])
    scene.talk(scene.ann, scene.ann2)
    apart(scene, "entry", scene.entry, {"tags": ["home"]}, {"tags": ["work", "home", "new"]})
    assert scene.fields(scene.entry)["tags"] == ["home", "new"]
    apart(scene, "entry", scene.entry, {"tags": ["home", "new", "more"]}, {"tags": ["new"]})
    assert scene.fields(scene.entry)["tags"] == ["new", "more"]


@case
def what_both_add_to_a_list_is_in_it(scene: Scene) -> None:
    goal = goal_with(scene, ONE, TWO)
    apart(scene, "goal", goal, {"steps": [ONE, TWO, THREE]}, {"steps": [FOUR, ONE, TWO]})
    assert order(scene, goal) == ["four", "one", "two", "three"]


@case
def a_list_that_both_reorder_has_one_order_and_all_its_elements(scene: Scene) -> None:
    goal = goal_with(scene, ONE, TWO, THREE)
    apart(scene, "goal", goal, {"steps": [THREE, TWO, ONE]}, {"steps": [TWO, FOUR, ONE, THREE]})
    assert order(scene, goal) == ["two", "four", "one", "three"]


@case
def a_new_order_is_not_undone_by_a_tick_elsewhere(scene: Scene) -> None:
    goal = goal_with(scene, ONE, TWO, THREE)
    apart(scene, "goal", goal, {"steps": [THREE, ONE, TWO]}, {"steps": [ONE | {"done": True}, TWO, FOUR, THREE]})
    assert order(scene, goal) == ["three", "one", "two", "four"]
    assert scene.fields(goal)["steps"][1]["done"]


@case
def a_step_that_one_takes_out_is_out_and_one_that_the_other_changed_stays(scene: Scene) -> None:
    goal = goal_with(scene, ONE, TWO, THREE)
    apart(scene, "goal", goal, {"steps": [ONE]}, {"steps": [ONE, TWO | {"text": "Two, really"}, THREE]})
    assert scene.fields(goal)["steps"] == [ONE, TWO | {"text": "Two, really"}]
    apart(scene, "goal", goal, {"steps": [ONE, FOUR]}, {"steps": []})
    assert scene.fields(goal)["steps"] == [FOUR]


@case
def of_two_days_the_one_that_arrives_last_stands_whatever_the_clocks_say(scene: Scene) -> None:
    goal = goal_with(scene)
    scene.ann.skew = timedelta(days=3 * 365)
    apart(scene, "goal", goal, {"due_on": "2026-12-20"}, {"due_on": "2026-12-10", "waits": True})
    assert (scene.fields(goal)["due_on"], scene.fields(goal)["waits"]) == ("2026-12-10", True)


@case
def a_chain_is_taken_in_the_order_of_writing_though_the_clock_was_set_back(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, text="Hello there. One.")
    scene.ann.skew = timedelta(days=-2 * 365)
    scene.write(scene.ann, "entry", scene.entry, text="Hello there. One. Two.")
    outcomes = scene.talk(scene.ann)
    assert [outcome["outcome"] for outcome in outcomes.values()] == ["accepted", "accepted"]
    assert scene.fields(scene.entry)["text"] == "Hello there. One. Two."


@case
def a_lesson_is_joined_and_the_goals_of_an_entry_are_told_to_nobody(scene: Scene) -> None:
    goal = goal_with(scene)
    apart(scene, "entry", scene.entry, {"lesson": "Ask. Wait.", "goal": goal}, {"rated": goal})
    apart(scene, "entry", scene.entry, {"lesson": "Ask first. Wait."}, {"lesson": "Ask. Wait. Listen."})
    fields = scene.fields(scene.entry)
    assert (fields["lesson"], fields["goal"], fields["rated"]) == ("Ask first. Wait. Listen.", goal, goal)
    scene.talk(scene.mia)
    shown = scene.mia.view(scene.entry)
    assert shown["lesson"] == "Ask first. Wait. Listen." and not {"goal", "rated"} & shown.keys()


@case
def a_worksheet_begun_on_two_devices_is_one(scene: Scene) -> None:
    session = scene.write(scene.ann, "session", pair=scene.pair, notes="Soon.")
    scene.talk(scene.ann, scene.ann2)
    sheet = name_id(scene.ann.names, f"worksheet:{session}:first-meeting")
    begun = {"set": "first-meeting", "session": session, "title": "First meeting"}
    for device, questions in ((scene.ann, [ONE, TWO]), (scene.ann2, [ONE, THREE])):
        scene.write(device, "worksheet", sheet, questions=questions, **begun)
        answer = name_id(device.names, f"answer:{sheet}:one")
        scene.write(device, "answer", answer, worksheet=sheet, question="one", scale=len(questions), discussed=True)
    scene.talk(scene.ann, scene.ann2, scene.ann)
    assert scene.ann.snapshot == scene.ann2.snapshot
    assert [row["id"] for row in scene.fields(sheet)["questions"]] == ["one", "two", "three"]
    assert Record.select().where(Record.kind == "answer").count() == 1


@case
def a_form_for_settings_that_are_there_by_now_is_joined_with_them(scene: Scene) -> None:
    settings = name_id(scene.ann.names, "settings")
    form = scene.ann2.opening("settings", settings)
    scene.write(scene.ann, "settings", settings, theme="dark", quiet_from="22:00")
    scene.talk(scene.ann, scene.ann2)
    scene.ann2.save(form, {"text_size": "large"})
    scene.talk(scene.ann2, scene.ann)
    fields = scene.fields(settings)
    assert (fields["theme"], fields["text_size"], fields["quiet_from"]) == ("dark", "large", "22:00")
    assert scene.ann.snapshot == scene.ann2.snapshot


@case
def a_rating_keeps_what_gave_way_on_every_device(scene: Scene) -> None:
    goal = goal_with(scene)
    rating = name_id(scene.ann.names, "rating:" + goal)
    for value in (2, 3, 5):
        scene.write(scene.ann, "rating", rating, goal=goal, value=value)
        scene.talk(scene.ann, scene.ann2)
        assert scene.ann.snapshot[rating] == scene.ann2.snapshot[rating]
    assert [gone["value"] for gone in scene.ann.view(rating)["earlier"]] == [2, 3]


@case
def what_a_deleter_never_saw_goes_to_who_wrote_it(scene: Scene) -> None:
    session = scene.write(scene.ann, "session", pair=scene.pair, notes="Ours.")
    scene.talk(scene.ann, scene.mia)
    scene.write(scene.mia, "session", session, deleted=True)
    scene.write(scene.ann, "session", session, notes="Ours. And mine.")
    scene.talk(scene.ann, scene.mia, scene.ann)
    (kept,) = Record.select().where(Record.kind == "kept")
    assert (kept.owner, kept.fields["text"]) == (scene.ann.person.id, "Ours. And mine.")
    assert "And mine." not in str(scene.mia.snapshot)


@case
def two_who_bin_one_session_need_no_proposal(scene: Scene) -> None:
    session = scene.write(scene.ann, "session", pair=scene.pair, notes="Ours.")
    scene.talk(scene.ann, scene.mia)
    for device in (scene.ann, scene.mia):
        scene.write(device, "session", session, binned_at=device.time())
    scene.talk(scene.ann, scene.mia, scene.ann)
    assert scene.fields(session)["binned_at"] and Record.select().where(Record.kind == "kept").count() == 0


@case
def two_who_change_a_line_otherwise_get_a_proposal(scene: Scene) -> None:
    line = scene.write(scene.ann, "line", pair=scene.pair, text="Ask for time.")
    scene.talk(scene.ann, scene.mia)
    scene.write(scene.ann, "line", line, pocket="progress")
    scene.write(scene.mia, "line", line, pocket="birds_eye", text="Ask for time. And money.")
    scene.talk(scene.ann, scene.mia, scene.ann)
    assert (scene.fields(line)["pocket"], scene.fields(line)["text"]) == ("progress", "Ask for time. And money.")
    assert scene.kept() == ['"birds_eye"']


@case
def an_edit_that_meets_the_bin_stays_in_it(scene: Scene) -> None:
    outcomes = apart(scene, "entry", scene.entry, {"binned_at": "2026-11-24T09:00:00.000Z"},
                     {"text": "Hello there. More."})
    assert scene.fields(scene.entry)["binned_at"] and scene.fields(scene.entry)["text"] == "Hello there. More."
    assert [outcome["outcome"] for outcome in outcomes.values()][-1:] == ["merged"]


@case
def what_one_brings_back_while_the_other_empties_the_bin_is_kept(scene: Scene) -> None:
    for text, devices in (("First one.", (scene.ann, scene.ann2)), ("Second one.", (scene.ann2, scene.ann))):
        entry = scene.write(scene.ann, "entry", text=text, binned_at="2026-11-24T09:00:00.000Z")
        scene.talk(scene.ann, scene.ann2)
        scene.write(scene.ann, "entry", entry, deleted=True)
        scene.write(scene.ann2, "entry", entry, binned_at=None)
        scene.talk(*devices, *devices)
        assert scene.fields(entry) == {"deleted": True}
        assert text in scene.kept()


@case
def the_bin_empties_itself_and_no_later_edit_is_lost(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, binned_at=scene.ann.time())
    scene.talk(scene.ann, scene.ann2)
    scene.write(scene.ann2, "entry", scene.entry, text="Hello there. Not so fast.")
    for days, left in ((29, "Hello there."), (31, None)):
        with clock.at(scene.world.moment() + timedelta(days=days)):
            upkeep.empty_bins()
        assert scene.fields(scene.entry).get("text") == left
    scene.talk(scene.ann2, scene.ann)
    assert scene.kept() == ["Hello there. Not so fast."]
    assert scene.ann.snapshot[scene.entry]["gone"]


@case
def the_bin_empties_itself_again_of_what_was_made_anew(scene: Scene) -> None:
    goal = goal_with(scene)
    rating = name_id(scene.ann.names, "rating:" + goal)
    for value in (2, 4):
        scene.write(scene.ann, "rating", rating, goal=goal, value=value)
        scene.write(scene.ann, "rating", rating, binned_at=scene.ann.time())
        scene.talk(scene.ann)
        with clock.at(scene.world.moment() + timedelta(days=31)):
            assert upkeep.empty_bins() == 1
        scene.talk(scene.ann)
        assert scene.ann.view(rating) == {"deleted": True}


@case
def what_a_card_became_a_pair_with_is_seen_by_both(scene: Scene) -> None:
    card = scene.write(scene.ann, "partner", name="Mia", fallback="Phone.")
    session = scene.write(scene.ann, "session", partner=card, notes="Ours.")
    line = scene.write(scene.ann, "line", session=session, text="Ask.")
    scene.talk(scene.ann, scene.ann2, scene.mia)
    assert session not in scene.mia.snapshot
    scene.write(scene.ann2, "line", line, text="Ask. Twice.")  # offline when the invitation is accepted
    with scene.world.now():
        assert pairs.begin(scene.pair, card) == 2
        assert pairs.begin(scene.pair, card) == 0
    scene.talk(scene.ann, scene.ann2, scene.mia)
    assert scene.mia.view(session)["notes"] == "Ours." and scene.mia.view(line)["text"] == "Ask. Twice."
    assert card not in scene.mia.snapshot


@case
def what_stood_on_a_discarded_change_is_taken_as_if_that_had_never_been(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, title="z" * 201, text="Hello there. Wrong.")
    scene.talk(scene.ann)
    scene.write(scene.ann, "entry", scene.entry, text="Hello there. Right.")
    scene.ann.discard(scene.ann.changes[0])
    outcomes = scene.talk(scene.ann)
    assert [outcome["outcome"] for outcome in outcomes.values()] == ["accepted"]
    assert scene.fields(scene.entry)["text"] == "Hello there. Right." and scene.kept() == []


@case
def a_kept_text_that_was_looked_at_is_gone_everywhere(scene: Scene) -> None:
    apart(scene, "entry", scene.entry, {"text": "Hello you."}, {"text": "Hello world."})
    (kept,) = Record.select().where(Record.kind == "kept")
    scene.write(scene.ann, "kept", kept.id, deleted=True)
    scene.talk(scene.ann, scene.ann2)
    assert scene.kept() == [] and scene.ann2.snapshot[kept.id]["gone"]
    assert scene.fields(scene.entry)["text"] == "Hello you."


@case
def the_bin_is_the_same_after_a_restore(scene: Scene) -> None:
    goal = goal_with(scene, ONE)
    scene.world.line.dump()
    scene.write(scene.ann, "entry", scene.entry, binned_at=scene.ann.time())
    scene.write(scene.ann, "goal", goal, deleted=True)
    scene.talk(scene.ann)
    scene.world.line.restore()
    scene.talk(scene.ann2, scene.ann, scene.ann2, scene.mia)
    assert scene.fields(scene.entry)["binned_at"] and scene.fields(goal) == {"deleted": True}
    assert scene.entry not in scene.mia.snapshot


@case
def an_answer_to_what_was_deleted_meanwhile_is_kept_on_every_device(scene: Scene) -> None:
    sheet = scene.write(scene.ann, "worksheet", title="A check-in", questions=[{"id": "q1", "text": "What went well?"}])
    scene.talk(scene.ann, scene.ann2)
    answer = name_id(scene.ann.names, f"answer:{sheet}:q1")
    scene.write(scene.ann, "worksheet", sheet, deleted=True)
    scene.write(scene.ann2, "answer", answer, worksheet=sheet, question="q1", text="The pause.")
    scene.talk(scene.ann, scene.ann2, scene.ann)
    assert scene.kept() == ["What went well?\n\nThe pause."]
    for device in (scene.ann, scene.ann2):
        assert device.snapshot[answer].get("gone")
        assert [row["fields"]["text"] for row in device.snapshot.values() if row.get("kind") == "kept"] == scene.kept()
