"""What one version of the worker noted is taken back whole by the next one, in a real browser."""
from __future__ import annotations

from playwright.sync_api import expect

from tests.browser_sign_in import arrive
from tests.hands import MODULES, held, open_form, put
from tests.test_sessions_browser import plan

# The notes as the first version with an *Undo* kept them: a session's without its turns, a goal's without its session.
FORMER = "async () => {" + MODULES + """
  const notes = await store.meta('undo');
  for (const { made, was } of notes.flatMap(note => note.rows))
    for (const fields of [made, was]) for (const name of ['turns', 'session']) delete fields[name];
  await store.setMeta({ undo: notes });
  await store.close();
  return notes.flatMap(note => note.rows).map(row => Object.keys(row.made).sort());
}"""


def test_an_undo_after_an_update_brings_the_date_of_a_goal_back_too(phone) -> None:
    arrive(phone)
    plan(phone, "2099-06-01", "15:00")
    expect(phone.locator("#when")).to_be_visible()
    session = phone.url.partition("?")[0].rpartition("/")[2]
    goal = put(phone, "goal", text="Read", due_on="2099-06-01", session=session)
    open_form(phone, f"/sessions/{session}/edit")
    phone.get_by_label("Day", exact=True).fill("2099-06-03")
    phone.locator("#form button[type=submit]").last.click()
    said = phone.locator(".toast").filter(has_text="The session is moved.")
    expect(said).to_be_visible()
    assert held(phone)[goal]["due_on"] == "2099-06-03"
    assert ["dates", "due_on"] in phone.evaluate(FORMER)
    said.get_by_role("button", name="Undo").click()
    expect(phone.locator("#when .clock")).to_contain_text("1 June")
    expect(phone.get_by_text("What was changed since")).to_have_count(0)
    fields = held(phone)
    assert (fields[goal]["due_on"], fields[goal]["session"]) == ("2099-06-01", session)
    assert fields[session]["starts_on"] == "2099-06-01"
