"""The visible page is the clock of the sync. The page's own clock is held; a worker that only counts answers it."""
from __future__ import annotations

import uuid

import pytest

from tests.contracts.conversation import TELL

WAITS = {"sync": "later", "sendable": 1, "pause": 0}
NONE_WAITS = {"sync": "done", "sendable": 0, "pause": 0}


@pytest.fixture
def pulse(origin):
    """Opens a page on which pulse.js runs, with the answers that it gets: `pulse(WAITS)`. chance: what its dice say."""
    pages = []

    def load(reply, chance=None):
        origin.evaluate(TELL, {"type": "answer", "reply": reply})
        page = origin.context.new_page()
        pages.append(page)
        page.clock.install(time=0)
        page.clock.pause_at(1)
        if chance is not None:
            page.add_init_script(f"Math.random = () => {chance}")
        page.person = str(uuid.uuid4())
        page.goto(f"/pulse/{page.person}")
        return page

    yield load
    for page in pages:
        page.close()


def asks(page):
    """How often the worker was asked so far; by the second answer, the answers to the asks have been heard as well."""
    page.evaluate(TELL, {"type": "count"})
    return page.evaluate(TELL, {"type": "count"})


def run(page, seconds):
    page.clock.run_for(round(1_000 * seconds))
    return asks(page)


def test_it_asks_on_load_and_is_quiet_when_nothing_waits(pulse):
    page = pulse(NONE_WAITS)
    assert run(page, 0.1) == 1
    assert run(page, 600) == 1


@pytest.mark.parametrize(("chance", "factor"), [(0, 0.75), (0.5, 1), (1, 1.25)])
def test_while_something_waits_it_asks_after_growing_random_pauses(pulse, chance, factor):
    page = pulse(WAITS, chance)
    count = run(page, 0.001)
    for step in (2, 4, 8, 16, 32, 60, 60):
        assert run(page, factor * step - 0.01) == count, f"before {step} s"
        count += 1
        assert run(page, 0.01) == count, f"after {step} s"


def test_a_pause_that_the_server_wants_wins(pulse):
    page = pulse(WAITS | {"pause": 30})
    assert run(page, 0.1) == 1
    assert run(page, 29) == 1
    assert run(page, 2) == 2


@pytest.mark.parametrize("state", ["signed_out", "revoked", "other_person", "other_device", "upgrade"])
def test_what_only_a_person_can_settle_is_not_asked_again(pulse, state):
    page = pulse(WAITS | {"sync": state})
    assert run(page, 0.1) == 1
    assert run(page, 600) == 1


def test_a_save_is_sent_at_once_and_the_pauses_begin_anew(pulse):
    page = pulse(WAITS)
    page.evaluate("Math.random = () => 0.5")
    run(page, 0.1)
    run(page, 3)
    count = run(page, 6.5)
    page.evaluate("""(person) => new Promise((resolve) => {
      const heard = new BroadcastChannel('mentorlog');
      heard.onmessage = resolve;
      new BroadcastChannel('mentorlog').postMessage({ type: 'change:written', person, records: ['r'] });
    })""", page.person)
    assert run(page, 0.01) == count + 1
    assert run(page, 2) == count + 2


def test_a_line_that_goes_up_and_down_makes_no_storm(pulse):
    page = pulse(NONE_WAITS)
    run(page, 0.1)
    for _ in range(200):  # for a minute
        page.evaluate("dispatchEvent(new Event('online'))")
        page.clock.run_for(300)
    assert 10 < asks(page) <= 31


def test_a_hidden_page_does_not_ask(pulse):
    page = pulse(WAITS)
    count = run(page, 0.1)
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    assert run(page, 300) == count
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    assert run(page, 0.1) == count + 1
