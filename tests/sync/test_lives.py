"""Simulated lives on the real server code, and the bugs that they have to notice."""
from __future__ import annotations

import logging
from collections import Counter

import pytest

from mentorlog.records import KINDS
from mentorlog.sync import pull
from tests.sync.simulator import bugs, cases, cases_of_kinds, cases_of_trust, joins
from tests.sync.simulator.scene import CASES, Scene
from tests.sync.simulator.world import World

TOLD = (cases, cases_of_kinds, cases_of_trust)  # importing them fills CASES
CHUNK = 10  # seeds of one test, so that two processes share the work
SEEDS = 100
LONG = {"sqlite": 2_000, "postgres": 200}
MOST_SEEDS_FOR_A_BUG = 25


HAPPENINGS = ("old form", "back", "saved twice", "desk accepted", "lost reply", "duplicate", "late duplicate",
              "two tabs", "crash before commit", "413", "restore", "month", "purged", "bin emptied", "pair ended")
JOINS = frozenset(join for kind in KINDS for join in joins.possible(kind)) | {*joins.ENDS}
MOST_LIVES_FOR_A_JOIN = 150


def live(seed: int, wanted: frozenset[str] = frozenset()) -> Counter[str]:
    """One life, to its end; returns what happened in it. wanted: joins to be met in it."""
    world = World(seed, wanted)
    pull.PAGE_ROWS = world.page
    world.run()
    return world.stats


def test_lives_know_every_kind_and_all_that_can_become_of_a_change(sqlite_world):
    met = sum((live(seed) for seed in range(1, MOST_SEEDS_FOR_A_BUG + 1)), Counter())
    assert [name for name in HAPPENINGS if not met[name]] == []
    assert [kind for kind in KINDS if not met[f"{kind} accepted"]] == []


def test_lives_meet_every_join_of_every_kind(sqlite_world):
    met = Counter()
    for seed in range(1, MOST_LIVES_FOR_A_JOIN + 1):
        if JOINS - met.keys():
            met += live(seed, JOINS - met.keys())
    assert sorted(JOINS - met.keys()) == []


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
        assert is_noticed(bugs.BUGS[name].by), f"nobody notices: {name}"


@pytest.mark.parametrize("module", sorted({bug.module for bug in bugs.BUGS.values()}))
def test_a_module_put_in_unchanged_is_not_noticed(sqlite_world, module):
    old = next(bug.old for bug in bugs.BUGS.values() if bug.module == module)
    with bugs.planted(bugs.Bug(module, old, old)):
        live(1)
        CASES[-1](Scene())


def is_noticed(by: str) -> bool:
    """Whether that rare case ends badly, or one of the first lives where none is named."""
    lives = [lambda seed=seed: live(seed) for seed in range(1, MOST_SEEDS_FOR_A_BUG + 1)]
    cases_that_notice = [lambda case=case: case(Scene()) for case in CASES if case.__name__ == by]
    logging.disable()
    try:
        return any(ends_badly(trial) for trial in (cases_that_notice if by else lives))
    finally:
        logging.disable(logging.NOTSET)


def ends_badly(trial) -> bool:
    try:
        trial()
    except Exception:
        return True
    return False
