"""A record says itself that the server did not accept it, in lists and on its own page, until that is settled."""
from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import trouble
from tests.hands import MODULES, line, put, save, send

MEETING = {"starts_on": "2027-12-07", "starts_time": "15:00", "zone": "Europe/Berlin"}
LONG = "z" * 5_001
RATING_ID = "async (goal) => {" + MODULES + """
  const { nameId } = modules['ids.js'], names = await store.meta('names');
  await store.close();
  return nameId(names, `rating:${goal}`);
}"""


def states(page: Page, address: str, state: str, words: str) -> None:
    """All that the page says of where its records are."""
    page.goto(address)
    said = page.locator("main .state:visible")
    expect(page.locator(f"main .state:not([data-state={state}])")).to_have_count(0)
    expect(said.first).to_contain_text(words)


@pytest.mark.parametrize(("what", "fields", "pages"), [
    ("entry", {"title": "One", "lesson": LONG}, ("/journal", "/journal/{}")),
    ("goal", {"text": "Run", "why": LONG}, ("/goals", "/goals/{}")),
    ("session", MEETING | {"phone": LONG}, ("/sessions", "/sessions/{}")),
])
def test_a_record_says_that_it_was_not_accepted(at_home: Page, what: str, fields: dict, pages: tuple) -> None:
    id = save(at_home, what, **fields)
    assert send(at_home)["refused"] == 1
    for page in pages:
        states(at_home, page.format(id), "refused", "Not accepted")


def test_a_line_and_the_rating_of_a_goal_say_so_where_they_stand(at_home: Page) -> None:
    session, goal = put(at_home, "session", **MEETING), put(at_home, "goal", text="Run")
    save(at_home, "goal", goal, steps=[])
    line(at_home, "sent", 0)
    put(at_home, "line", session=session, text=LONG)
    rating = at_home.evaluate(RATING_ID, goal)
    put(at_home, "rating", rating, goal=goal, value=3, reason=LONG)
    assert send(at_home)["refused"] == 2
    for page in (f"/sessions/{session}", "/goals", f"/goals/{goal}"):
        states(at_home, page, "refused", "Not accepted")


def test_what_is_mended_after_it_was_deleted_for_good_is_in_the_bin(at_home: Page) -> None:
    id = save(at_home, "entry", text="Deleted too early", lesson=LONG)
    assert send(at_home)["refused"] == 1
    at_home.goto(f"/journal/{id}")
    at_home.get_by_role("button", name="Delete", exact=True).click()
    mending(at_home, "It is in the bin. Send this, and it stays there")
    at_home.goto("/bin")
    at_home.get_by_role("link", name="Empty the bin").click()
    at_home.get_by_role("button", name="for good").click()
    mending(at_home, "You deleted it for good since then. Send this, and it is in the bin again")
    at_home.get_by_label("What stuck").fill("Short.")
    at_home.get_by_role("button", name="Send it").click()
    line(at_home, "sent", 0)
    at_home.goto("/bin")
    expect(at_home.locator("main")).to_contain_text("Deleted too early")


def mending(page: Page, words: str) -> None:
    page.goto("/waiting")
    page.get_by_role("link", name="Edit and send").click()
    expect(page.locator("#edit .notice").last).to_contain_text(words)


def test_what_is_sent_again_waits_again(at_home: Page, proxy) -> None:
    id = save(at_home, "entry", tags=["y" * 41])
    assert send(at_home)["refused"] == 1
    proxy.breaks(trouble.DOWN, only="POST /sync")
    at_home.goto("/waiting")
    at_home.get_by_role("button", name="Send again").click()
    states(at_home, f"/journal/{id}", "waiting", "On this phone")
