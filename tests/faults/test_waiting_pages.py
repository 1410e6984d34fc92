"""The pages of *Waiting*, which only a device has: asked of its worker one by one, with words that must stay words."""
from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.contracts.conversation import WorkerSide
from tests.contracts.hostile import Alive
from tests.hands import MODULES, line, on_server, put, send

OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
WORDS = "<script>alert(1)</script> \u202e \" '"
DRAFT = "00000000-0000-4000-8000-00000000d00d"
KEEP_A_DRAFT = "async (draft) => {" + MODULES + """
  await store.write('drafts', (tx) => tx.store.put(draft));
  await store.close();
}"""


class Away(WorkerSide):
    """The worker, which sends only when it is asked to: its page asks for nothing, as one out of sight."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")

    def send(self) -> None:
        """Nothing is sent between two steps."""


@pytest.fixture
def away(server, phone) -> Away:
    server.stop()
    server.settings["MENTORLOG_TESTING"] = "1"
    server.start()
    return Away(phone)


def waiting(away: Away) -> str:
    """The list, which runs nothing of what was typed."""
    reply = away.step(1, "GET", "/waiting")
    assert (reply.status, Alive(reply.body).found) == (200, [])
    return reply.body


def refused(away: Away, **fields: str) -> str:
    """What the server does not take; the id of the change."""
    put(away.page, "entry", **fields)
    send(away.page)
    return re.findall(r'id="change-([0-9a-f-]+)"', waiting(away))[-1]


def test_what_was_refused_is_mended_or_discarded(away):
    id = refused(away, title="z" * 201, text=WORDS)
    assert "200 characters at most" in waiting(away) and "&lt;script&gt;" in waiting(away)
    edit = away.step(2, "GET", f"/waiting/{id}/edit")
    assert edit.status == 200 and 'data-draft="entry"' in edit.body and Alive(edit.body).found == []
    again = away.step(3, "POST", f"/waiting/{id}/edit", {**OPENED, "title": "y" * 201, "text": "Kept."})
    assert again.status == 422 and "Kept." in again.body and "y" * 201 in again.body
    assert away.step(4, "POST", f"/waiting/{id}/edit", {**OPENED, "title": "", "text": "Kept."}).status == 303
    send(away.page)
    assert "Nothing waits" in waiting(away)
    assert away.step(5, "GET", f"/waiting/{id}/edit").status == 404
    other = refused(away, title="z" * 201, text=WORDS)
    asked = away.step(6, "GET", f"/waiting/{other}/discard")
    assert asked.status == 200 and Alive(asked.body).found == [] and "&lt;script&gt;" in asked.body
    for number in (7, 8):
        assert away.step(number, "POST", f"/waiting/{other}/discard").status == 303
    assert "Nothing waits" in waiting(away)
    assert away.step(9, "GET", f"/waiting/{other}/discard").status == 404


def test_what_holds_no_words_is_sent_again(away):
    id = refused(away, mood="good")
    assert f"/waiting/{id}/again" in waiting(away) and f"/waiting/{id}/edit" not in waiting(away)
    assert away.step(2, "POST", f"/waiting/{id}/again").status == 303
    assert away.step(3, "POST", "/waiting/00000000-0000-4000-8000-000000000000/again").status == 303


def test_an_unfinished_text_is_thrown_away_once(away):
    draft = {"change": DRAFT, "record": DRAFT, "kind": "entry", "base": "", "form": "/journal/new",
             "fields": {"title": [""], "text": [WORDS]}, "at": "2026-11-24T09:00:00.000Z"}
    away.page.evaluate(KEEP_A_DRAFT, draft)
    assert f"/journal/new#draft-{DRAFT}" in waiting(away)
    away.page.evaluate(KEEP_A_DRAFT, draft | {"form": f"/journal/new?answer={DRAFT}"})
    assert f"/journal/new?answer={DRAFT}#draft-{DRAFT}" in waiting(away)
    asked = away.step(2, "GET", f"/waiting/drafts/{DRAFT}/drop")
    assert asked.status == 200 and Alive(asked.body).found == [] and "&lt;script&gt;" in asked.body
    for number in (3, 4):
        assert away.step(number, "POST", f"/waiting/drafts/{DRAFT}/drop").status == 303
    assert "Nothing waits" in waiting(away)
    assert away.step(5, "GET", f"/waiting/drafts/{DRAFT}/drop").status == 404


def test_what_was_answered_in_a_worksheet_that_is_discarded_goes_into_the_journal(away, server):
    server.stop()
    questions = [{"id": "q1", "text": "What went well?"}, {"id": "q2", "text": "How sure are you?", "type": "scale"}]
    sheet = put(away.page, "worksheet", title="A check-in", questions=questions)
    put(away.page, "answer", worksheet=sheet, question="q2", scale=4)
    put(away.page, "answer", worksheet=sheet, question="q1", text=WORDS)
    put(away.page, "answer", worksheet=sheet, question="q1", skipped=True)
    draft = {"change": DRAFT, "record": DRAFT, "kind": "answer", "base": "", "form": f"/worksheets/{sheet}",
             "fields": {"question": ["q1"], "text": ["Not finished."]}, "at": "2026-11-24T09:00:00.000Z"}
    away.page.evaluate(KEEP_A_DRAFT, draft)
    assert f"/worksheets/{sheet}#question-q1" in waiting(away)
    id = re.findall(r'id="change-([0-9a-f-]+)"', waiting(away))[0]
    asked = away.step(2, "GET", f"/waiting/{id}/discard")
    assert Alive(asked.body).found == [] and "It goes into your journal" in asked.body
    assert "What went well?\n\n&lt;script&gt;" in asked.body and "How sure are you?\n\n4 of 5" in asked.body
    for number in (3, 4):
        assert away.step(number, "POST", f"/waiting/{id}/discard").status == 303
    left = waiting(away)
    assert "What you wrote in it is in your journal now." in left and "Worksheet" not in left
    assert "Not finished." in left and "The page it was for is gone" in left and f"/worksheets/{sheet}" not in left
    assert re.findall(r'class="row-title">(\w+)', left) == ["Entry", "Answer"]
    server.start()
    send(away.page)
    line(away.page, "sent")
    (entry,) = on_server(server)
    assert (entry["title"], entry["text"]) == (
        "A check-in", f"What went well?\n\n{WORDS}\n\nHow sure are you?\n\n4 of 5")
    assert on_server(server, "answer") == on_server(server, "worksheet") == []


def test_a_form_that_is_used_again_and_discarded_again_leaves_the_first_words_where_they_went(away, server):
    server.stop()
    away.step(2, "GET", "/goals/new")
    opened = {name: away.known[name] for name in OPENED}
    for number, reason in ((3, "It rained."), (6, "It snowed.")):
        assert away.step(number, "POST", "/goals/new", {**opened, "text": "Walk more"}).status == 303
        put(away.page, "rating", goal=opened["record"], value=2, reason=reason)
        assert away.step(number + 1, "POST", f"/waiting/{opened['change']}/discard").status == 303
    server.start()
    send(away.page)
    line(away.page, "sent")
    assert sorted(entry["text"] for entry in on_server(server)) == [
        f"Walk more\n\n2 of 5\n\n{reason}" for reason in ("It rained.", "It snowed.")]
