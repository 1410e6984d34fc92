"""A pause: what is quiet in it, and which sessions are cancelled for it."""
from __future__ import annotations

import re

import pytest

from mentorlog import records
from mentorlog.models import Reminder
from mentorlog.sync import apply
from tests.cast import sign_in
from tests.meeting import at, button, fields_of, mentor, page, plan
from tests.submitting import Forms, fill, send, submit

PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#resting"}


@pytest.fixture
def ada(client, cast):
    with at(-600):
        return sign_in(client, "ada")


def test_a_pause_is_quiet_and_cancels_what_is_ticked(ada, cast):
    plan(ada, partner_name="R. O.")
    plan(ada, starts_on="2026-12-01")
    plan(ada, starts_on="2027-01-11")
    where = f"/partners/{records.shelf(cast.ada, 'partner')[0]['id']}"
    with at(-60):
        shown = page(ada, f"{where}/pause")
        assert [bool(re.search("checked", one)) for one in re.findall(r'<input type="checkbox" name="cancel"[^>]*>',
                                                                      shown)] == [
            True, True, False]
        ids = re.findall(r'name="cancel" value="([^"]+)"', shown)
        fields = fill(ada, f"{where}/pause", until="other", pause_on="2026-12-14")
        assert send(ada, f"{where}/pause", fields | {"cancel": ids}).status_code == 303
    found = {one["fields"]["starts_on"]: one["fields"]["state"] for one in records.shelf(cast.ada, "session")}
    assert found == {"2026-11-24": "cancelled", "2026-12-01": "cancelled", "2027-01-11": "planned"}
    with at(-60):
        for path in ("/today", "/sessions", where, f"{where}/agreement"):
            assert "14 Dec" in page(ada, path), path
        assert 'class="block"' not in page(ada, "/today")
    with at(60 * 24 * 21):
        assert "You pause" not in page(ada, "/today")


def test_what_is_said_of_reminders_in_a_pause_is_so(ada, cast):
    """Those of what was cancelled go; a session that stands, and goals, keep theirs."""
    plan(ada, partner_name="R. O.")
    plan(ada, starts_on="2026-12-01")
    where = f"/partners/{records.shelf(cast.ada, 'partner')[0]['id']}"
    with at(-60):
        assert submit(ada, "/goals/new", text="Read", session="", due_on="2026-12-02").status_code == 303
        shown = page(ada, f"{where}/pause")
        gone, stands = re.findall(r'name="cancel" value="([^"]+)"', shown)
        fields = fill(ada, f"{where}/pause", until="other", pause_on="2026-12-14")
        assert send(ada, f"{where}/pause", fields | {"cancel": [gone]}).status_code == 303
        agreed = page(ada, f"{where}/agreement")
    rests, goes_on = shown.split("What rests")[1].split("What goes on")
    assert "No reminder of a session that is cancelled" in rests
    assert "A session that stands, with its goals and reminders" in goes_on
    assert "Other goals, each with its reminder on its date" in goes_on
    assert "Reminders go on for a session that stands, and for a goal on its date." in agreed
    [goal] = records.shelf(cast.ada, "goal")
    left = {(one.record, one.kind) for one in Reminder.select()}
    assert left == {(stands, "join"), (stands, "prepare"), (goal["id"], "goal")}


def test_no_session_has_to_be_only_while_nobody_is_left_to_meet(ada, cast):
    first = mentor(ada)
    with at(-60):
        submit(ada, f"/partners/{first}/pause", until="other", pause_on="2026-12-14")
        assert "No session is planned, and none has to be." in page(ada, "/sessions")
        mentor(ada)
        assert "none has to be" not in page(ada, "/sessions") and "Plan a session" in page(ada, "/sessions")


def ticks(shown: str) -> list[bool]:
    """Which of the sessions are ticked."""
    return ["checked" in one for one in re.findall(r'<input type="checkbox" name="cancel"[^>]*>', shown)]


def with_three(ada, cast) -> str:
    """Sessions before and after the first day that is offered, 14 December; the address of the card."""
    plan(ada, partner_name="R. O.")
    for on in ("2026-12-18", "2027-01-11"):
        plan(ada, starts_on=on)
    return f"/partners/{records.shelf(cast.ada, 'partner')[0]['id']}"


def test_the_ticks_follow_the_date(ada, cast):
    where = with_three(ada, cast)
    with at(-60):
        assert ticks(page(ada, f"{where}/pause")) == [True, False, False]
        assert ticks(page(ada, f"{where}/pause?until=other&pause_on=2026-12-21")) == [True, True, False]
        ids = re.findall(r'name="cancel" value="([^"]+)"', page(ada, f"{where}/pause"))
        unticked = f"until=other&pause_on=2027-01-12&seen=2026-12-14&cancel={ids[2]}"
        assert ticks(page(ada, f"{where}/pause?{unticked}")) == [False, True, True]
        assert ticks(page(ada, f"{where}/pause?until=other&pause_on=soon")) == [False, False, False]
        part = ada.get(f"{where}/pause?{unticked}", headers=PART).get_data(as_text=True)
    assert part.strip().startswith("<div") and ticks(part) == [False, True, True]


def test_sessions_after_the_pause_are_folded_away(ada, cast):
    where = with_three(ada, cast)
    with at(-60):
        before, after = page(ada, f"{where}/pause").split("<details")
        assert len(ticks(before)) == 1 and len(ticks(after)) == 2 and "2 later ones" in after
        assert "<details" not in page(ada, f"{where}/pause?until=other&pause_on=2027-02-01")
    with at(600):
        before, after = page(ada, f"{where}/pause?until=other&pause_on=2026-12-01").split("<details")
        assert not ticks(before) and "None lies before that day." in before


def test_without_javascript_another_date_is_looked_at_once_more(ada, cast):
    where = with_three(ada, cast)
    with at(-60):
        reply = submit(ada, f"{where}/pause", until="other", pause_on="2026-12-21")
        shown = reply.get_data(as_text=True)
        assert reply.status_code == 200 and ticks(shown) == [True, True, False] and "Look once more" in shown
        assert records.count(cast.ada, "agreement") == 0
        again = Forms(shown).found[f"{where}/pause"]
        assert again["until"] == "other" and again["pause_on"] == "2026-12-21"
        assert send(ada, f"{where}/pause", again).status_code == 303
    found = {one["fields"]["starts_on"]: one["fields"]["state"] for one in records.shelf(cast.ada, "session")}
    assert found == {"2026-11-24": "cancelled", "2026-12-18": "cancelled", "2027-01-11": "planned"}


def test_a_date_between_the_same_sessions_needs_no_look(ada, cast):
    where = with_three(ada, cast)
    with at(-60):
        assert submit(ada, f"{where}/pause", until="other", pause_on="2026-12-15").status_code == 303


def test_after_pausing_it_is_said_what_is_cancelled_and_what_stands(ada, cast):
    where = with_three(ada, cast)
    stands = plan(ada, starts_on="2026-12-10")
    with at(-60):
        ids = re.findall(r'name="cancel" value="([^"]+)"', page(ada, f"{where}/pause"))
        fields = fill(ada, f"{where}/pause", until="other", pause_on="2026-12-14")
        send(ada, f"{where}/pause", fields | {"cancel": ids[:1]})
        shown = page(ada, f"{where}/agreement")
    assert "One session is cancelled." in shown
    still = shown.split("Stands although you pause")[1].split("</section>")[0]
    assert re.findall(r'href="(/sessions/[^"]+)"', still) == [stands]


def test_what_a_pause_cancelled_says_so_and_is_planned_again_from_the_agreement(ada, cast):
    where = with_three(ada, cast)
    with at(-60):
        submit(ada, f"{where}/pause", until="other", pause_on="2026-12-14")
        submit(ada, f"{where}/agreement", f"{where}/pause", end="1")
        shown = page(ada, f"{where}/agreement")
        [resume] = re.findall(r'action="(/sessions/[^"]+/resume)"', shown.split("Cancelled for a pause")[1])
        session = resume.removesuffix("/resume")
        assert "A pause" in page(ada, session) and "A pause" in page(ada, "/sessions")
        assert submit(ada, f"{where}/agreement", resume).status_code == 303
        assert "Cancelled for a pause" not in page(ada, f"{where}/agreement")
    assert records.find(cast.ada, "session", session.rpartition("/")[2])["fields"]["state"] == "planned"


def test_a_pause_leaves_alone_what_its_form_did_not_show_as_it_is(ada, cast):
    moved = plan(ada, partner_name="R. O.")
    for on in ("2026-12-01", "2026-12-03"):
        plan(ada, starts_on=on)
    where = f"/partners/{records.shelf(cast.ada, 'partner')[0]['id']}"
    with at(-60):
        fields = fill(ada, f"{where}/pause", until="other", pause_on="2026-12-14")
        submit(ada, f"{moved}/edit", starts_on="2026-12-08")
    plan(ada, starts_on="2026-12-10")
    with at(-50):
        for _ in range(2):
            assert send(ada, f"{where}/pause", fields).status_code == 303
        shown = page(ada, f"{where}/agreement")
    assert "2 sessions came or changed meanwhile, and stand as they are." in shown
    assert {one["fields"]["starts_on"]: one["fields"]["state"] for one in records.shelf(cast.ada, "session")} == {
        "2026-12-01": "cancelled", "2026-12-03": "cancelled", "2026-12-08": "planned", "2026-12-10": "planned"}


@pytest.mark.parametrize("fields", [{"state": "held"}, {"partner": None}])
def test_a_pause_cancels_no_session_that_was_held_or_given_away_meanwhile(ada, cast, fields):
    id = plan(ada, partner_name="R. O.").rpartition("/")[2]
    where = f"/partners/{records.shelf(cast.ada, 'partner')[0]['id']}"
    with at(-60):
        filled = fill(ada, f"{where}/pause", until="other", pause_on="2026-12-14")
        before = records.find(cast.ada, "session", id)
        made = {"id": records.new_id(), "kind": "session", "record": id, "base": before["rev"], "fields": fields}
        assert apply.take(cast.ada, None, [made | {"made_at": before["at"]}])[made["id"]]["outcome"] == "accepted"
        assert send(ada, f"{where}/pause", filled).status_code == 303
    assert records.find(cast.ada, "session", id)["fields"]["state"] == fields.get("state", "planned")


def test_a_pause_whose_end_is_wrong_still_stands_on_what_it_showed(ada, cast):
    plan(ada, partner_name="R. O.")
    where = f"/partners/{records.shelf(cast.ada, 'partner')[0]['id']}"
    with at(-60):
        fields = fill(ada, f"{where}/pause", until="other", pause_on="soon")
    plan(ada, starts_on="2026-12-01")
    with at(-50):
        shown = send(ada, f"{where}/pause", fields).get_data(as_text=True)
        assert shown.count('name="cancel"') == 1 and fields["shown"] in shown
        assert send(ada, f"{where}/pause", fields | {"pause_on": "2026-12-14"}).status_code == 303
        assert "One session came or changed meanwhile" in page(ada, f"{where}/agreement")


@pytest.mark.parametrize("line", ["", "x", "{id}", "{id} - -", "{id} - - 2026-12-01 16:00 Mars/Base",
                                  "{card} - - {hour}"])
def test_a_pause_takes_no_line_that_its_form_never_wrote(ada, cast, line):
    plan(ada, partner_name="R. O.")
    card, session = (records.shelf(cast.ada, kind)[0]["id"] for kind in ("partner", "session"))
    shown = line.format(id=session, card=card, hour="2026-11-24 16:00 Europe/Berlin")
    with at(-60):
        fields = fill(ada, f"/partners/{card}/pause", until="other", pause_on="2026-12-14") | {"shown": shown}
        assert send(ada, f"/partners/{card}/pause", fields | {"cancel": session}).status_code == 303
    assert fields_of(cast.ada)["state"] == "planned"


def test_a_session_left_standing_in_a_pause_does_not_press_until_it_is_at_hand(ada, cast):
    plan(ada, partner_name="R. O.")
    where = f"/partners/{records.shelf(cast.ada, 'partner')[0]['id']}"
    with at(-60):
        submit(ada, f"{where}/pause", until="other", pause_on="2026-12-14", cancel="")
        assert 'class="block"' not in page(ada, "/today") and "Next session" in page(ada, "/today")
    with at(-9):
        assert button(page(ada, "/today")) == "now"
    with at(60 * 24):
        assert 'class="block"' not in page(ada, "/today")  # not even: how did it go?


def test_a_pause_ends_on_a_tap(ada, cast):
    plan(ada, partner_name="R. O.")
    where = f"/partners/{records.shelf(cast.ada, 'partner')[0]['id']}"
    with at(-60):
        submit(ada, f"{where}/pause", until="other", pause_on="2026-12-14")
        assert submit(ada, f"{where}/agreement", f"{where}/pause", end="1").status_code == 303
        assert "You pause" not in page(ada, "/today")


def test_a_pause_says_the_year_of_its_end(ada, cast):
    plan(ada, partner_name="R. O.")
    card = records.shelf(cast.ada, "partner")[0]["id"]
    where = f"/partners/{card}"
    with at(-60):
        submit(ada, f"{where}/pause", until="other", pause_on="2072-01-12")  # 2027 was meant
        for path in (f"{where}/agreement", f"{where}/pause", where, "/today", "/sessions",
                     f"/sessions/new?partner={card}"):
            assert "Tue 12 Jan 2072</time>" in page(ada, path), path


@pytest.mark.parametrize(("until", "on"), [("other", "2026-11-24"), ("other", ""), ("other", "soon"), ("", ""),
                                           ("2020-01-06", "")])
def test_a_pause_needs_a_day_that_is_to_come(ada, cast, until, on):
    plan(ada, partner_name="R. O.")
    where = f"/partners/{records.shelf(cast.ada, 'partner')[0]['id']}"
    with at(-60):
        reply = submit(ada, f"{where}/pause", until=until, pause_on=on)
    shown = reply.get_data(as_text=True)
    assert reply.status_code == 422 and 'id="e-pause_on"' in shown
    assert records.count(cast.ada, "agreement") == 0
