"""What a session went through: each state that it came into, with its word and when."""
from __future__ import annotations

import re
from datetime import timedelta

from mentorlog import clock, records, turns
from mentorlog.sync import apply
from tests.cast import NOON, ZONE
from tests.submitting import fill, send, submit
from tests.test_sessions import fields_of, lately, page_of, plan
from tests.test_today import write


def told(client, id: str) -> list[str]:
    """The lines of *What it went through*."""
    _, _, after = page_of(client, f"/sessions/{id}").partition('id="turns-h"')
    return [" ".join(re.sub("<[^>]+>", "", line).split())
            for line in re.findall("<li>(.*?)</li>", after.partition("</section>")[0], re.DOTALL)]


def test_cancelled_taken_back_cancelled_and_planned_again_are_all_told(ada, cast):
    id = plan(ada)
    assert told(ada, id) == []
    for minute, (action, why) in enumerate([("cancel", "She is on leave"), ("resume", ""), ("cancel", "Flu")]):
        with clock.at(NOON + timedelta(minutes=minute)):
            send(ada, f"/sessions/{id}/{action}", {"why": why} if why else {})
    with clock.at(NOON + timedelta(minutes=3)):
        submit(ada, f"/sessions/{id}/edit", starts_on="2026-12-15")
    assert told(ada, id) == [
        "Cancelled: She is on leave · Tue 24 Nov 2026, 12:00", "Planned again · Tue 24 Nov 2026, 12:01",
        "Cancelled: Flu · Tue 24 Nov 2026, 12:02", "Planned again · Tue 24 Nov 2026, 12:03"]
    assert "Was to be" in page_of(ada, f"/sessions/{id}")


def test_held_missed_and_taken_back_are_told(ada, cast):
    id = plan(ada, **lately(hours=2))
    for action, typed in [("held", {"state": "missed"}), ("held", {"state": "held"}), ("fallback", {"on": "nothing"}),
                          ("fallback?went_on=phone&state=held", {})]:
        send(ada, f"/sessions/{id}/{action}", typed)
    assert [line.partition(" ·")[0] for line in told(ada, id)] == ["Fell through", "Held", "Fell through", "Held"]


def test_a_form_sent_twice_is_told_once_with_its_last_word_and_its_first_moment(ada, cast):
    id = plan(ada)
    form = fill(ada, f"/sessions/{id}/cancel", why="Flu")
    for minute, why in enumerate(["Flu", "Flu", "A cold"]):
        with clock.at(NOON + timedelta(minutes=minute)):
            assert send(ada, f"/sessions/{id}/cancel", form | {"why": why}).status_code == 303
    assert told(ada, id) == ["Cancelled: A cold · Tue 24 Nov 2026, 12:00"]


def test_a_move_that_is_taken_back_takes_its_line_along(ada, cast):
    id = plan(ada)
    send(ada, f"/sessions/{id}/cancel", {"why": "Flu"})
    submit(ada, f"/sessions/{id}/edit", starts_on="2026-12-15")
    page = page_of(ada, f"/sessions/{id}")
    assert page.count("Planned again") == 1
    send(ada, re.search(f'"(/sessions/{id}/undo[^"]+)"', page)[1], {})
    assert fields_of(cast.ada, id)["state"] == "cancelled"
    assert told(ada, id) == ["Cancelled: Flu · Tue 24 Nov 2026, 12:00"]


def test_the_last_twenty_are_kept(ada, cast):
    id = plan(ada)
    for number in range(11):
        with clock.at(NOON + timedelta(minutes=number)):
            send(ada, f"/sessions/{id}/cancel", {"why": f"Why {number}"})
            send(ada, f"/sessions/{id}/resume", {})
    kept = fields_of(cast.ada, id)["turns"]
    assert (len(kept), kept[0]["why"], kept[-1]["state"]) == (20, "Why 1", "planned")


def test_two_devices_that_cancel_and_plan_again_each_add_a_line(ada, cast):
    id = write(cast.ada, "session", starts_on="2026-12-07", starts_time="15:00", zone=ZONE)
    with clock.at(NOON + timedelta(minutes=1)):
        send(ada, f"/sessions/{id}/cancel", {"why": "Flu"})
    line = {"id": records.new_id(), "state": "cancelled", "why": "On leave", "at": clock.iso(NOON)}
    change = {"id": records.new_id(), "kind": "session", "record": id, "base": None, "made_at": clock.iso(NOON),
              "fields": {"state": "cancelled", "turns": [line]}}
    assert apply.take(cast.ada, None, [change])[change["id"]]["outcome"] == "merged"
    assert told(ada, id) == ["Cancelled: On leave · Tue 24 Nov 2026, 12:00", "Cancelled: Flu · Tue 24 Nov 2026, 12:01"]


def test_a_session_cancelled_before_any_was_noted_and_lines_half_there_are_read(ada, cast):
    hour = {"starts_on": "2026-12-07", "starts_time": "15:00", "zone": ZONE}
    rows = [{"id": "x"}, {"id": "y", "state": "held"}]
    id = write(cast.ada, "session", state="cancelled", why="Flu", turns=rows, **hour)
    assert told(ada, id) == []
    send(ada, f"/sessions/{id}/resume", {})
    assert [line.partition(" ·")[0] for line in told(ada, id)] == ["Planned again"]


def test_all_of_a_series_are_told_that_they_were_cancelled(ada, cast):
    from tests.test_sessions_moving import series
    ids = series(ada)
    submit(ada, f"/sessions/{ids[1]}/cancel", why="Flu", which="after")
    assert [len(told(ada, id)) for id in ids] == [0, 1, 1, 1]
    assert turns.told({"fields": fields_of(cast.ada, ids[3])}, ZONE)[0]["why"] == "Flu"
