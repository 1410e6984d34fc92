"""Simulated lives on the real server code, and the bugs that they have to notice."""
from __future__ import annotations

import logging
from collections import Counter

import pytest

from mentorlog.records import KINDS
from mentorlog.sync import pull
from tests.sync.simulator import bugs, cases, cases_of_kinds, cases_of_trust
from tests.sync.simulator.scene import CASES, Scene
from tests.sync.simulator.world import World

TOLD = (cases, cases_of_kinds, cases_of_trust)  # importing them fills CASES
CHUNK = 10  # seeds of one test, so that two processes share the work
SEEDS = 100
LONG = {"sqlite": 2_000, "postgres": 200}
MOST_SEEDS_FOR_A_BUG = 25


OFTEN_MET = ("entry", "goal", "session")
HAPPENINGS = ("old form", "back", "saved twice", "desk accepted", "lost reply", "duplicate", "late duplicate",
              "two tabs", "crash before commit", "413", "restore", "month", "purged", "bin emptied", "pair ended")


def live(seed: int) -> Counter[str]:
    """One life, to its end; returns what happened in it."""
    world = World(seed)
    pull.PAGE_ROWS = world.page
    world.run()
    return world.stats


def test_lives_know_every_kind_and_all_that_can_become_of_a_change(sqlite_world):
    met = sum((live(seed) for seed in range(1, MOST_SEEDS_FOR_A_BUG + 1)), Counter())
    assert [name for name in HAPPENINGS if not met[name]] == []
    assert [kind for kind in KINDS if not met[f"{kind} accepted"]] == []
    assert [kind for kind in OFTEN_MET if not met[f"{kind} merged"] or not met[f"{kind} kept"]] == []
    assert len([kind for kind in KINDS if met[f"{kind} merged"]]) > len(KINDS) / 2


@pytest.mark.parametrize("first", range(1, SEEDS + 1, CHUNK))
def test_nothing_is_lost_doubled_or_shown_to_the_wrong_person(world, kind, first):
    count = CHUNK if kind == "sqlite" else 1
    for seed in range(first, first + count):
        live(seed)


@pytest.mark.long
@pytest.mark.parametrize("part", range(20))
def test_the_same_for_many_more(world, kind, part):
    count = LONG[kind] // 20
    for seed in range(1_000 + part * count, 1_000 + (part + 1) * count):
        live(seed)


@pytest.mark.parametrize("case", CASES, ids=[case.__name__ for case in CASES])
def test_rare_case(world, case):
    case(Scene())


@pytest.mark.parametrize("name", bugs.BUGS)
def test_a_bug_put_in_on_purpose_is_noticed(sqlite_world, name):
    with bugs.planted(bugs.BUGS[name]):
        assert is_noticed(), f"nobody notices: {name}"


@pytest.mark.parametrize("module", sorted({bug.module for bug in bugs.BUGS.values()}))
def test_a_module_put_in_unchanged_is_not_noticed(sqlite_world, module):
    old = next(bug.old for bug in bugs.BUGS.values() if bug.module == module)
    with bugs.planted(bugs.Bug(module, old, old)):
        live(1)
        CASES[-1](Scene())


def is_noticed() -> bool:
    """Whether one of the first lives or a rare case ends badly."""
    lives = [lambda seed=seed: live(seed) for seed in range(1, MOST_SEEDS_FOR_A_BUG + 1)]
    trials = lives[:3] + [lambda case=case: case(Scene()) for case in CASES] + lives[3:]
    logging.disable()
    try:
        return any(ends_badly(trial) for trial in trials)
    finally:
        logging.disable(logging.NOTSET)


def ends_badly(trial) -> bool:
    try:
        trial()
    except Exception:
        return True
    return False
