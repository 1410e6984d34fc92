"""Flask and the worker give the same bytes for the same conversation, in a real browser's real worker."""
from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tests.contracts.conversation import hold
from tests.contracts.hostile import Alive, hostile_steps

FEATURES = sorted(path.stem.removeprefix("steps_") for path in Path(__file__).parent.glob("steps_*.py"))


@pytest.mark.parametrize("feature", FEATURES)
def test_both_servers_say_the_same(two, feature: str) -> None:
    flask, worker = two
    hold(flask, worker, import_module(f"tests.contracts.steps_{feature}").STEPS)


@pytest.mark.parametrize("feature", FEATURES)
def test_hostile_words_stay_words_on_both(two, feature: str) -> None:
    flask, worker = two
    pages = hold(flask, worker, hostile_steps(import_module(f"tests.contracts.steps_{feature}").STEPS))
    assert [found for page in set(pages) if (found := Alive(page).found)] == []
