"""The number on the app's icon: what waits for the person, never what waits to be sent."""
from __future__ import annotations

import uuid

import pytest

NOW = "2026-11-24T22:30:00.000Z"  # in Berlin it is half past eleven in the evening
COUNT = """async ([person, now, zone, rows, changes]) => {
  const { openStore } = await import('/near/t/store.js');
  const { count } = await import('/near/t/badge.js');
  const store = openStore(indexedDB, person, null);
  await store.write(['records', 'changes'], async (tx) => {
    for (const row of rows) await tx.objectStore('records').put(row);
    for (const change of changes) await tx.objectStore('changes').put(change);
  }, 'strict');
  const found = await count(store, now, zone);
  await store.close();
  return found;
}"""


def session(at: str, **fields) -> dict:
    return row("session", at, minutes=45, **fields)


def row(kind: str, at: str = NOW, shelf: str | None = None, **fields) -> dict:
    return {"id": str(uuid.uuid4()), "kind": kind, "owner": "o", "pair": None, "at": at, "shelf": shelf or kind,
            "fields": fields, "waiting": "", "top": None, "rev": "r"}


def change(seq: int, state: str) -> dict:
    return {"seq": seq, "id": str(uuid.uuid4()), "kind": "entry", "record": str(uuid.uuid4()), "fields": {},
            "base": None, "was": {}, "group": "g", "made_at": NOW, "state": state}


@pytest.fixture
def number(lab):
    """What stands on the icon with these sessions and changes."""
    return lambda *rows, changes=(), zone="Europe/Berlin": lab.evaluate(
        COUNT, [str(uuid.uuid4()), NOW, zone, list(rows), list(changes)])


def test_nothing_waits_at_first(number):
    assert number() == 0


def test_a_session_of_today_counts_until_it_is_over(number):
    assert number(session("2026-11-24T22:45:00.000Z"), session("2026-11-24T22:00:00.000Z")) == 2
    assert number(session("2026-11-24T21:40:00.000Z")) == 0


def test_one_that_fell_through_or_was_held_counts_no_more(number):
    states = ("held", "missed", "cancelled", "planned")
    assert number(*(session("2026-11-24T22:45:00.000Z", state=state) for state in states)) == 1


def test_today_is_the_day_of_the_persons_zone(number):
    past_midnight = session("2026-11-24T23:15:00.000Z")
    assert number(past_midnight) == 0
    assert number(past_midnight, zone="Europe/Lisbon") == 1


def test_what_was_not_accepted_counts_and_what_waits_to_be_sent_does_not(number):
    changes = [change(1, "waiting"), change(2, "tried"), change(3, "refused"), change(4, "refused")]
    assert number(session("2026-11-24T22:45:00.000Z"), changes=changes) == 3


def test_two_versions_count_until_one_is_put_away(number):
    assert number(row("kept", text="The other one."), row("kept", text="And this."),
                  row("kept", shelf="bin", text="Settled.", binned_at=NOW)) == 2


def test_a_goal_counts_from_its_day_until_it_is_rated_ended_or_waits(number):
    rated = row("goal", due_on="2026-11-20")
    ended = [row("goal", due_on="2026-11-20", **fields) for fields in ({"ended": "let_go"}, {"waits": True})]
    assert number(row("goal", due_on="2026-11-24"), row("goal", due_on="2026-11-23"), rated, *ended,
                  row("rating", goal=rated["id"], value=4)) == 2
    assert number(row("goal", due_on="2026-11-25"), row("goal")) == 0
    assert number(row("goal", due_on="2026-11-25"), zone="Asia/Tokyo") == 1


def test_goals_beyond_three_want_a_decision_and_none_counts_twice(number):
    open_ones = [row("goal") for _ in range(5)]
    assert number(*open_ones[:3]) == 0
    assert number(*open_ones) == 2
    assert number(*open_ones, row("goal", due_on="2026-11-24")) == 3
    assert number(*open_ones[:1], row("goal", due_on="2026-11-24")) == 1
