"""Rare cases of sharing, refusals and restored servers, told one by one. Each is a function of a fresh scene."""
from __future__ import annotations

from mentorlog.models import Device as Row
from tests.sync.simulator.scene import Scene, case


@case
def sharing_is_held_back_after_a_restore(scene: Scene) -> None:
    scene.world.line.dump()
    scene.write(scene.ann, "entry", scene.entry, shared=None)
    scene.talk(scene.ann, scene.mia)
    assert scene.entry not in scene.mia.snapshot
    scene.world.line.restore()
    scene.talk(scene.mia)
    assert scene.entry not in scene.mia.snapshot, "shown again after the restore"
    scene.talk(scene.ann, scene.ann2, scene.mia)
    assert scene.entry not in scene.mia.snapshot
    assert scene.fields(scene.entry)["shared"] is None


@case
def sharing_comes_back_when_every_device_has_told(scene: Scene) -> None:
    scene.world.line.dump()
    scene.world.line.restore()
    scene.talk(scene.ann, scene.mia)
    assert scene.entry not in scene.mia.snapshot, "shown while a device has not told"
    scene.talk(scene.ann2, scene.mia)
    assert scene.entry in scene.mia.snapshot


@case
def a_new_device_with_an_old_copy_holds_sharing_back(scene: Scene) -> None:
    scene.world.line.dump()
    scene.write(scene.ann, "entry", scene.entry, shared=None)
    scene.talk(scene.ann)
    scene.world.line.restore()
    with scene.world.now():
        scene.ann.row = scene.world.device("ann").row  # it had to sign in anew
        Row.update(ended_at=scene.world.moment()).where(Row.id.not_in([scene.ann.row.id, scene.mia.row.id])).execute()
    asked = scene.ann.request()
    scene.ann.answer(asked, scene.world.line.serve(asked)[1])
    scene.talk(scene.mia)
    assert scene.entry not in scene.mia.snapshot, "shown although a device has something to tell"
    scene.talk(scene.ann, scene.mia)
    assert scene.fields(scene.entry)["shared"] is None


@case
def an_unseen_withdrawal_wins(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, shared=None)
    scene.talk(scene.ann, scene.ann2)
    scene.write(scene.ann2, "entry", scene.entry, shared=scene.pair, text="Hello there. More.")  # offline from here
    scene.write(scene.ann, "entry", scene.entry, shared=scene.pair)
    scene.talk(scene.ann)
    scene.write(scene.ann, "entry", scene.entry, shared=None)
    outcomes = scene.talk(scene.ann, scene.ann2, scene.mia)
    assert scene.entry not in scene.mia.snapshot, "shared against an unseen withdrawal"
    assert scene.fields(scene.entry)["text"] == "Hello there. More."
    assert any(outcome.get("withheld") for outcome in outcomes.values())


@case
def nothing_comes_from_behind_a_refusal(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, shared=None, text="z" * 60_001)
    scene.talk(scene.ann)
    scene.write(scene.ann, "entry", scene.entry, title="Private words.")
    scene.talk(scene.ann, scene.mia)
    assert "Private" not in str(scene.mia.snapshot), "what was written behind a refused withdrawal was shown"


@case
def nothing_in_a_batch_comes_from_behind_a_refusal(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, shared=None, text="z" * 60_001)
    scene.write(scene.ann, "entry", scene.entry, title="Private words.")
    outcomes = scene.talk(scene.ann, scene.mia)
    assert sorted(outcome["outcome"] for outcome in outcomes.values()) == ["behind", "refused"]
    assert "Private" not in str(scene.mia.snapshot)


@case
def a_silent_setback_is_noticed(scene: Scene) -> None:
    scene.world.line.dump()
    late = scene.write(scene.ann, "entry", text="Typed after the backup.")
    scene.talk(scene.ann)
    scene.world.line.put_back()
    scene.talk(scene.ann)
    assert scene.fields(late)["text"] == "Typed after the backup.", "lost with the backup"


@case
def a_change_that_is_joined_otherwise_after_a_restore_is_another_state(scene: Scene) -> None:
    scene.world.line.dump()
    scene.write(scene.ann, "entry", scene.entry, text="Hello you.")
    scene.talk(scene.ann)
    scene.write(scene.ann2, "entry", scene.entry, text="Hello world.")
    asked = scene.ann2.request()
    scene.world.line.serve(asked)  # kept there; the reply is lost
    scene.talk(scene.ann)
    scene.world.line.restore()
    scene.talk(scene.ann2)  # taken here, for nothing is in its way
    scene.talk(scene.ann, scene.ann2)
    assert sorted({scene.fields(scene.entry)["text"], *scene.kept()}) == ["Hello world.", "Hello you."]


@case
def an_older_state_handed_back_does_not_win(scene: Scene) -> None:
    scene.world.line.dump()
    first = scene.write(scene.ann2, "entry", text="Old words.")
    scene.talk(scene.ann2, scene.ann)  # and now ann2 is away for two restores
    scene.world.line.restore()
    scene.talk(scene.ann)
    scene.write(scene.ann, "entry", first, text="New words.")
    scene.talk(scene.ann)
    scene.world.line.dump()
    scene.world.line.restore()
    scene.talk(scene.ann2, scene.ann)
    texts = [scene.fields(first)["text"], *scene.kept()]
    assert "New words." in texts, "an older state took its place"


@case
def a_deletion_handed_back_keeps_what_its_author_may_not_have_seen(scene: Scene) -> None:
    scene.write(scene.ann, "entry", scene.entry, text="Hello there. Unseen.")
    scene.talk(scene.ann)
    scene.world.line.dump()
    scene.write(scene.ann2, "entry", scene.entry, deleted=True)
    asked = scene.ann2.request()
    scene.ann2.answer(asked, scene.world.line.serve(asked)[1])
    scene.ann2.snapshot = {id: row for id, row in scene.ann2.snapshot.items() if row["kind"] != "kept"}  # not heard of
    scene.world.line.restore()
    scene.talk(scene.ann2)
    assert scene.fields(scene.entry) == {"deleted": True}
    assert scene.kept() == ["Hello there. Unseen."]


@case
def the_end_of_a_pair_takes_back_what_was_shown(scene: Scene) -> None:
    session = scene.write(scene.ann, "session", pair=scene.pair, notes="Ours.")
    scene.talk(scene.ann, scene.mia)
    scene.world.end_a_pair_by_name("p1")
    scene.talk(scene.mia)
    assert scene.entry not in scene.mia.snapshot
    assert scene.mia.view(session)["notes"] == "Ours."
    scene.write(scene.mia, "session", session, notes="Ours. No more.")
    outcomes = scene.talk(scene.mia)
    assert [outcome["why"] for outcome in outcomes.values()] == ["pair_ended"]
    scene.write(scene.ann, "entry", scene.entry, text="Hello there. Alone.")
    scene.talk(scene.ann, scene.mia)
    assert scene.entry not in scene.mia.snapshot
