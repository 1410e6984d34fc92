"""What is told from goals and sessions is told alike on the phone and on the server: lines, areas, months, signs."""
from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

from mentorlog import clock
from mentorlog.goals import chart, course, looking, month

SEED = 24_11_2026
LIVES = 400
NOW = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
MOVE = {"id": "2026-10-25-02-30", "starts_on": "2026-10-25", "starts_time": "10:00", "zone": "Europe/Berlin"}
ZONES = ("Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles", "UTC")
AREAS = (None, "", "skill", "skill", "skill", "people")
ASK = """async (lives) => {
  const [chart, course, looking, month] = await Promise.all(
    ['chart', 'course', 'looking', 'month'].map((name) => import(`/near/t/goals/${name}.js`)));
  const told = ({ now, zone, wrote, goals, sessions }) => {
    const ctx = { now, zone }, on = looking.today(ctx), closed = looking.closedOnes(goals);
    return {
      line: chart.line(closed, zone), areas: chart.areas(closed), last: month.last(goals, wrote, on, zone),
      signs: course.signs(goals, sessions, zone), items: closed.map((goal) => looking.closedItem(ctx, goal)),
      open: looking.openOnes(goals).map((goal) => goal.id), later: looking.laterOnes(goals).map((goal) => goal.id),
    };
  };
  return JSON.stringify(JSON.parse(lives).map(told));
}"""
Record = dict[str, Any]


def a_goal(chance: random.Random, number: int) -> Record:
    """Any state that a goal can be in, also what only two devices together make of it."""
    at = NOW - timedelta(hours=chance.randint(0, 24 * chance.choice([40, 400, 4000])))
    later = clock.iso(min(NOW, at + timedelta(hours=chance.randint(1, 24 * 60))))
    fields: Record = {"text": f"Goal {number}", "area": chance.choice(AREAS), "waits": chance.random() < 0.1}
    if chance.random() < 0.6:
        fields["due_on"] = clock.parts(at + timedelta(days=chance.choice([1, 27, 28, 29, 60])), "UTC")["on"]
    if chance.random() < 0.15:
        fields |= {"ended": chance.choice(["split", "let_go"]), "ended_at": chance.choice([later, None])}
    if chance.random() < 0.15:
        fields |= chance.choice([{"follows": "x"}, {"dates": [{"id": "2026-01-01"}]}, {"dates": [], "follows": None}])
    given = {"value": chance.choice([1, 2, 3, 4, 4, 5, 5]),
             "earlier": [{"value": 2, "reason": "", "until": later}] * chance.randint(0, 1)}
    rating = {"at": later, "fields": given, "waiting": ""} if chance.random() < 0.85 else None
    return {"id": f"{number}", "at": clock.iso(at), "fields": fields, "waiting": "", "rating": rating}


def a_life(chance: random.Random) -> Record:
    """Goals, the oldest first, and sessions, the newest first."""
    goals = [a_goal(chance, number) for number in range(chance.choice([0, 1, 2, 2, 3, 3, 5, 30]))]
    sessions = [{"id": f"s{number}", "at": clock.iso(NOW - timedelta(days=5 * number, hours=1)), "fields": {
        "state": chance.choice(["held", "held", "held", "planned", None, "missed", "moved", "cancelled"]),
        "moves": chance.choice([[], [], [MOVE], [MOVE, MOVE | {"starts_time": "02:30"}], [{"id": "half"}]])}}
        for number in range(chance.choice([0, 1, 3, 6]))]
    wrote = clock.iso(NOW - timedelta(days=20 + 7 * len(goals))) if sessions else ""
    return {"now": clock.iso(NOW), "zone": chance.choice(ZONES), "sessions": sessions, "wrote": wrote,
            "goals": sorted(goals, key=lambda goal: str(goal["at"]))}


def told(life: Record) -> Record:
    """What Python says."""
    goals, zone = life["goals"], life["zone"]
    closed = looking.closed_ones(goals)
    with clock.at(NOW):
        return {"line": chart.line(closed, zone), "areas": chart.areas(closed),
                "last": month.last(goals, life["wrote"], clock.parts(NOW, zone)["on"], zone),
                "signs": course.signs(goals, life["sessions"], zone),
                "open": [goal["id"] for goal in looking.open_ones(goals)],
                "later": [goal["id"] for goal in looking.later_ones(goals)],
                "items": [looking.closed_item(goal, zone) for goal in closed]}


def test_both_tell_the_same_of_four_hundred_lives(lab):
    chance = random.Random(SEED)
    lives = [a_life(chance) for _ in range(LIVES)]
    answers = json.loads(lab.evaluate(ASK, json.dumps(lives)))
    for life, answer in zip(lives, answers, strict=True):
        assert answer == told(life), life
    names = [sign["name"] for answer in answers for sign in answer["signs"]]
    assert min(names.count(name) for name in ("no_goal", "met", "put_off")) > 5  # else it would prove little
