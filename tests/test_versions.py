"""Two versions: what is shown, and each way of settling, for every kind and field that can have them."""
from __future__ import annotations

import pytest

from mentorlog import records
from mentorlog.models import Record
from tests.cast import sign_in
from tests.clashing import OURS, THEIRS, binned, clash, entries, page, settle
from tests.submitting import fill, send, submit
from tests.sync.asking import change, edit, fields, outcome, sync


@pytest.fixture
def ada(client, cast):
    return sign_in(client, "ada")


# -- what is shown

def test_both_stand_side_by_side_with_where_they_came_from(ada, clashed):
    shown = page(ada, f"/versions/{clashed[1]}")
    for words in ("Keep both as two entries", "From Firefox on Linux", "From Chrome on Android", "stands on the page",
                  "<ins>a corridor.</ins>", "<ins>the meeting.</ins>", "Join them in the editor"):
        assert words in shown


def test_once_the_page_was_changed_nobody_says_where_it_came_from(ada, laptop, clashed):
    sync(laptop, [change("entry", clashed[0]["record"], stands={"was": {}}, tags=["other"])])
    shown = page(ada, f"/versions/{clashed[1]}")
    assert "As it stands now" in shown
    assert "From Firefox" not in shown


def test_the_reader_and_waiting_lead_there_until_it_is_settled(ada, clashed):
    made, kept = clashed
    for address in (f"/journal/{made['record']}", "/waiting"):
        assert f"/versions/{kept}" in page(ada, address)
    settle(ada, kept, "this")
    for address in (f"/journal/{made['record']}", "/waiting"):
        assert f"/versions/{kept}" not in page(ada, address)


def test_on_waiting_a_text_that_fills_a_screen_is_folded(ada, handset, laptop):
    clash(handset, laptop, "entry", "text", OURS, THEIRS)
    assert "<summary>The text" not in page(ada, "/waiting")
    clash(handset, laptop, "entry", "text", OURS * 60, THEIRS * 60)
    assert page(ada, "/waiting").count("<summary>The text") == 1


def test_an_answer_and_a_set_lead_there_too(ada, cast, handset, laptop):
    sheet = change("worksheet", set="first-meeting", questions=[{"id": "why", "text": "Why now?"}])
    made = change("answer", records.name_id(cast.ada.names, f"answer:{sheet['record']}:why"),
                  worksheet=sheet["record"], question="why", text="Before.")
    sync(laptop, [sheet, made])
    sync(laptop, [edit(made, text=OURS)])
    kept = outcome(handset, edit(made, text=THEIRS))["kept"][0]
    shown = page(ada, f"/worksheets/{sheet['record']}/answers")
    assert f"/versions/{kept}" in shown
    assert f"/history/{made['record']}" in shown
    own, kept = clash(handset, laptop, "set", "title", "My five", "My six")
    assert f"/versions/{kept}" in page(ada, f"/questions/{own['record']}")


def test_a_text_kept_by_an_older_server_is_shown_too(ada, handset, clashed):
    kept = change("kept", stands={"restore": change("kept")["id"]}, of=clashed[0]["record"], field="text", text="Old.")
    sync(handset, [kept])
    shown = page(ada, f"/versions/{kept['record']}")
    assert "The other one" in shown
    assert "As it stands now" in shown


def test_hostile_words_stay_words(ada, handset, laptop):
    _, kept = clash(handset, laptop, "entry", "text", "<script>x</script>", "<b>y</b>")
    for address in (f"/versions/{kept}", f"/versions/{kept}/join"):
        assert "<script>x" not in page(ada, address)
        assert "<b>y" not in page(ada, address)


# -- each way

def test_both_as_two_entries(ada, clashed):
    made, kept = clashed
    assert settle(ada, kept, "apart").headers["Location"] == f"/journal/{made['record']}"
    assert [(one["title"], one["text"], one["tags"]) for one in entries()] == [
        ("The release", OURS, ["work"]), ("The release", THEIRS, ["work"])]
    assert binned(kept)


def test_this_one(ada, clashed):
    settle(ada, clashed[1], "this")
    assert [one["text"] for one in entries()] == [OURS]
    assert binned(clashed[1])
    assert THEIRS in page(ada, "/bin")


def test_that_one_and_the_other_stays_in_the_history(ada, clashed):
    made, kept = clashed
    settle(ada, kept, "that")
    assert [one["text"] for one in entries()] == [THEIRS]
    assert binned(kept)
    assert "<ins>a corridor.</ins>" in page(ada, f"/history/{made['record']}")


def test_joined_by_hand(ada, clashed):
    made, kept = clashed
    form = fill(ada, f"/versions/{kept}/join")
    assert form["text"] == f"{OURS}\n\n{THEIRS}"
    reply = send(ada, f"/versions/{kept}/join", form | {"text": "It was in both."})
    assert reply.headers["Location"] == f"/journal/{made['record']}"
    assert [one["text"] for one in entries()] == ["It was in both."]
    assert binned(kept)


@pytest.mark.parametrize(("typed", "words"), [
    ("", "Write something first"), ("x" * 60_001, "60000 characters at most")])
def test_a_joined_text_that_cannot_be_taken_stays_in_the_field(ada, clashed, typed, words):
    reply = submit(ada, f"/versions/{clashed[1]}/join", text=typed)
    shown = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert words in shown
    assert typed in shown
    assert not binned(clashed[1])


def test_what_is_not_offered_changes_nothing(ada, clashed):
    reply = settle(ada, clashed[1], "constructor")
    assert reply.status_code == 422
    assert "Choose one of the answers offered" in reply.get_data(as_text=True)
    assert [one["text"] for one in entries()] == [OURS]
    assert not binned(clashed[1])


# -- every kind and field

KINDS = [
    ("entry", "title", "Mine", "Yours", "Mine / Yours"),
    ("entry", "lesson", "Ask.", "Wait.", "Ask.\n\nWait."),
    ("goal", "text", "Ask two", "Ask three", "Ask two / Ask three"),
    ("goal", "why", "I guess.", "I know.", "I guess.\n\nI know."),
    ("goal", "ended_why", "Too big.", "Too late.", "Too big.\n\nToo late."),
    ("goal", "earns", "One page.", "Two.", "One page.\n\nTwo."),
    ("rating", "reason", "Late.", "Whole.", "Late.\n\nWhole."),
    ("answer", "text", "Because.", "Why not.", "Because.\n\nWhy not."),
    ("session", "notes", "Same.\n\nOne.", "Same.\n\nTwo.", "Same.\n\nOne.\n\nTwo."),
    ("set", "title", "My five", "My six", "My five / My six"),
    ("aim", "text", "A job.", "A life.", "A job. / A life."),
    ("partner", "name", "R. O.", "R. Orme", "R. O. / R. Orme"),
]


@pytest.mark.parametrize(("what", "field", "ours", "theirs", "both"), KINDS)
def test_both_in_one_field(ada, handset, laptop, what, field, ours, theirs, both):
    made, kept = clash(handset, laptop, what, field, ours, theirs)
    settle(ada, kept, "both")
    assert fields(made)[field] == both
    assert binned(kept)


@pytest.mark.parametrize(("what", "field", "ours", "theirs", "both"), KINDS)
def test_that_one_in_its_field(ada, handset, laptop, what, field, ours, theirs, both):
    made, kept = clash(handset, laptop, what, field, ours, theirs)
    settle(ada, kept, "that")
    assert fields(made)[field] == theirs
    assert binned(kept)


def test_both_as_two_lines_of_the_same_agenda(ada, handset, laptop):
    session = change("session")["record"]
    _, kept = clash(handset, laptop, "line", "text", "Why weekly?", "Why monthly?", session=session, pocket="progress")
    settle(ada, kept, "apart")
    found = [row.fields for row in Record.select().where(Record.shelf == "line")]
    assert sorted(one["text"] for one in found) == ["Why monthly?", "Why weekly?"]
    assert {(one["session"], one["pocket"]) for one in found} == {(session, "progress")}


def test_a_step_is_added_to_the_list(ada, handset, laptop):
    made = change("goal", text="Ask", steps=[{"id": "a", "text": "One", "done": False}])
    sync(laptop, [made])
    sync(laptop, [edit(made, steps=[{"id": "a", "text": "Ask the lead", "done": True}])])
    told = outcome(handset, edit(made, steps=[{"id": "a", "text": "Ask the team", "done": False}]))
    settle(ada, told["kept"][0], "both")
    assert [(step["text"], step.get("done", False)) for step in fields(made)["steps"]] == [
        ("Ask the lead", True), ("Ask the team", False)]


def test_of_a_question_the_wording_is_kept_and_not_its_type(ada, handset, laptop):
    asked = {"id": "a", "type": "scale", "text": "How well?"}
    made = change("set", title="Mine", questions=[asked])
    sync(laptop, [made])
    sync(laptop, [edit(made, questions=[asked | {"text": "How well now?"}])])
    kept = outcome(handset, edit(made, questions=[asked | {"text": "How often?"}]))["kept"][0]
    assert Record.get_by_id(kept).fields["text"] == "How often?"
    settle(ada, kept, "both")
    assert [one["text"] for one in fields(made)["questions"]] == ["How well now?", "How often?"]


def test_a_list_that_is_full_takes_no_more_and_the_text_stays(ada, handset):
    made = change("goal", text="Ask", steps=[{"id": f"s{n}", "text": f"{n}", "done": False} for n in range(6)])
    kept = change("kept", stands={"restore": change("kept")["id"]}, of=made["record"], field="steps", text="One more")
    sync(handset, [made, kept])
    assert "Add it to the list" not in page(ada, f"/versions/{kept['record']}")
    assert settle(ada, kept["record"], "both").status_code == 422
    assert len(fields(made)["steps"]) == 6


def test_two_texts_that_are_too_long_together_are_not_offered_as_one(ada, handset, laptop):
    made, kept = clash(handset, laptop, "goal", "text", "x" * 100, "y" * 100)
    assert "Keep both" not in page(ada, f"/versions/{kept}")
    assert settle(ada, kept, "both").status_code == 422
    assert fields(made)["text"] == "x" * 100


def test_of_a_pairs_session_a_proposal_can_be_taken(ada, cast, handset, laptop):
    made = change("session", pair=cast.pair.id, starts_on="2026-12-01", starts_time="15:00", zone="UTC")
    sync(laptop, [made])
    sync(laptop, [edit(made, starts_on="2026-12-02")])
    told = outcome(handset, edit(made, starts_on="2026-12-03", starts_time="16:00"))
    settle(ada, told["kept"][0], "that")
    assert (fields(made)["starts_on"], fields(made)["starts_time"]) == ("2026-12-03", "16:00")


def test_what_was_written_into_a_deleted_page_becomes_one_entry(ada, handset, laptop):
    made = change("entry", title="T", text="One.")
    sync(laptop, [made])
    sync(laptop, [edit(made, deleted=True)])
    told = outcome(handset, edit(made, title="Written late", text="All of it.", lesson="Ask."))
    assert len(told["kept"]) == 3
    assert "deleted on another device" in page(ada, f"/versions/{told['kept'][0]}")
    reply = settle(ada, told["kept"][0], "anew")
    [made] = entries()
    assert (made["title"], sorted(made["text"].split("\n\n"))) == ("Written late", ["All of it.", "Ask."])
    assert reply.headers["Location"].startswith("/journal/")
    assert all(binned(kept) for kept in told["kept"])


def test_two_of_one_page_are_settled_one_after_the_other(ada, handset, laptop):
    made = change("entry", title="Before.", text="Before.")
    sync(laptop, [made])
    sync(laptop, [edit(made, title="Mine", text="Mine.")])
    one, other = outcome(handset, edit(made, title="Yours", text="Yours."))["kept"]
    assert settle(ada, one, "that").headers["Location"] == f"/versions/{other}"
    assert settle(ada, other, "that").headers["Location"] == f"/journal/{made['record']}"
    assert (fields(made)["title"], fields(made)["text"]) == ("Yours", "Yours.")
