"""A form of a page in the soak: filled in by the names of its fields, sent, and what became of it."""
from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Error, Page, expect

from tests.ending import STAYS, ended
from tests.soak.seat import Seat, asked
from tests.soak.use import Use
from tests.sync.simulator.checks import tokens

PRIMARY = 'button[data-kind="primary"]'
SAVED_SECONDS = 15
MOST_QUESTIONS = 3  # which goal waits, an hour that is taken: before a form is kept
VALUES = """form => {
  const found = {};
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') (found[name] ??= []).push(value);
  return found;
}"""
# Returns what stood there before and what stands there after, read in one go: a draft may come back at any moment.
FILL = "(form, typed) => { const read = " + VALUES + """;
  const before = read(form);
  for (const [name, given] of Object.entries(typed)) {
    const values = [given].flat().map(String);
    let last = null;
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (['checkbox', 'radio'].includes(field.type)) field.checked = values.includes(field.value);
      else field.value = values.shift() ?? '';
      last = field;
    }
    for (const event of ['input', 'change']) last?.dispatchEvent(new Event(event, { bubbles: true }));
  }
  const [change, record, base, after] = ['change', 'record', 'base', 'after'].map((name) => read(form)[name]?.[0]);
  return { before, after: read(form), stands: { change, record, base, after } };
}"""
# A form that is opened again stands on what the first one stood on, as when *Back* or a draft brings it.
STAND = """(form, stands) => {
  for (const [name, value] of Object.entries(stands)) {
    form.querySelector(`input[type="hidden"][name="${name}"]`)?.remove();
    if (value !== null) form.prepend(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  }
}"""
# Returns what the form stood on at that moment: one that was not touched may have come anew since it was looked at.
TAP = "(form, { button, times }) => { const read = " + VALUES + """;
  const buttons = [...form.querySelectorAll('button[type="submit"], button:not([type])')];
  const one = form.querySelector(button) ?? buttons.at(-1);
  const [change, record, base, after] = ['change', 'record', 'base', 'after'].map((name) => read(form)[name]?.[0]);
  form.dataset.sent = '';
  for (let n = 0; n < times; n++) one.click();
  return { change, record, base, after };
}"""
# All in one go: between two of them the page may bring the form anew, and what is saved then goes by another name.
AGAIN = "(form, { stands, typed, tap }) => { (" + STAND + ")(form, stands); (" + FILL + ")(form, typed); return (" \
    + TAP + ")(form, tap); }"
BECAME = """async change => {
  const { person } = document.documentElement.dataset;
  if (!person) return null;
  const got = request => new Promise((yes, no) => {
    request.onsuccess = () => yes(request.result);
    request.onerror = () => no(request.error);
    request.onupgradeneeded = () => request.transaction.abort();
  });
  const look = async () => {
    const db = await got(indexedDB.open(`mentorlog-${person}`));
    const used = await got(db.transaction('used').objectStore('used').get(change));
    db.close();
    if (used) return { record: used.record };
    const form = document.querySelector(`form:not([data-sent]):has(input[name="change"][value="${change}"])`);
    if (form?.querySelector('[name="which"], [name="anyway"]')) return { asks: true };
    const wrong = form?.querySelector('[role="alert"]');
    return wrong ? { wrong: wrong.textContent } : null;
  };
  let told = null;
  for (const end = performance.now() + 1000; !told && performance.now() < end; told = await look())
    await new Promise((yes) => setTimeout(yes, 20));
  return told;
}"""


def once(button: str) -> dict[str, Any]:
    """What TAP is told: one tap on a button."""
    return {"button": button, "times": 1}


def visit(page: Page, address: str) -> None:
    """Go to a page of the app; one that was on its way there or elsewhere gives way."""
    try:
        reply = page.goto(address)
    except Error as error:
        if "interrupted" not in str(error) and "ERR_ABORTED" not in str(error):
            raise
        reply = page.goto(address)
    assert not reply or reply.status < 400, f"{reply.status} at {address}"


class Form:
    """One form of the page that is open. Its words count as typed once it is sent, if drafts of it are kept."""

    def __init__(self, use: Use, seat: Seat, page: Page, selector: str) -> None:
        self.use, self.seat, self.page, self.selector, self.address = use, seat, page, selector, page.url
        self.typed: dict[str, Any] = {}
        self.filled: dict[str, Any] = {}
        self.find()

    def find(self) -> None:
        """It is there, and htmx has wired it."""
        self.form = self.page.locator(self.selector).first
        expect(self.form).to_be_attached()
        if self.form.get_attribute("data-hx-post"):
            expect(self.page.locator(f"{self.selector}[data-htmx-powered]").first).to_be_attached()

    def values(self) -> dict[str, list[str]]:
        return self.form.evaluate(VALUES)

    def value(self, name: str) -> str:
        return (self.values().get(name) or [""])[0]

    def fill(self, **typed: Any) -> Form:
        self.typed |= typed
        before = self.filled.get("before")
        self.filled = self.form.evaluate(FILL, self.typed)
        self.filled["before"] = self.filled["before"] if before is None else before
        return self

    def weave(self, name: str, most: int = 60_000) -> Form:
        """One sentence more in a field."""
        return self.fill(**{name: self.use.woven(self.value(name), most)})

    def send(self, button: str = PRIMARY) -> str:
        """Tap, perhaps five times, perhaps just before the worker ends; returns the record once the device has it."""
        if not self.filled:
            self.fill()
        drafted = self.form.get_attribute("data-draft") is not None
        self.note(typed=drafted)
        self.tap(button)
        record = self.kept(button)
        self.note(typed=True)
        expect(self.page.locator("form[data-sent]")).to_have_count(0)
        return record

    def tick(self, box: str) -> str:
        """Tap one of its boxes, each of which sends it by itself."""
        self.fill()
        values = self.form.locator(box).evaluate_all("all => all.map((one) => one.value)")
        chosen = f'{box}[value="{self.use.random.choice(values)}"]'
        self.filled["stands"] = self.form.evaluate(TAP, once(chosen))
        return self.became("")

    def note(self, typed: bool) -> None:
        """What was taken out is gone, also when it was sent in vain; what a new record begins with is there twice."""
        before, after = tokens(self.filled["before"]), tokens(self.filled["after"])
        self.use.removed |= before - after
        if self.filled["stands"]["base"] == "":
            self.use.copied |= before
        if typed:
            self.use.typed |= after - before

    def tap(self, button: str) -> None:
        chance = self.use.random.random()
        ends = self.worker_ended() if 0.1 < chance < 0.15 else contextlib.nullcontext()
        with ends:
            self.filled["stands"] = self.form.evaluate(TAP, {"button": button, "times": 5 if chance < 0.1 else 1})

    @contextlib.contextmanager
    def worker_ended(self) -> Iterator[None]:
        """Or not: a form that asks something first never comes to some of the moments."""
        self.use.faults["worker ended at a save"] += 1
        beside = next(tab for tab in self.seat.tabs if tab is not self.page)
        with contextlib.suppress(Error), contextlib.ExitStack() as stack:
            with contextlib.suppress(Error):  # the worker may have ended by itself
                stack.enter_context(ended(beside, self.use.random.choice(list(STAYS))))
            yield

    def kept(self, button: str) -> str:
        try:
            return self.became(button)
        except Error:
            self.use.faults["saved at the second try"] += 1
        visit(self.page, self.address)
        self.find()
        self.form.evaluate(AGAIN, {"stands": self.filled["stands"], "typed": self.typed, "tap": once(button)})
        return self.became(button)

    def became(self, button: str) -> str:
        """The record, once the device has the change; a form that asks something first is sent again."""
        for _ in range(MOST_QUESTIONS):
            told = self.told()
            assert "wrong" not in told, told["wrong"].strip()
            if "record" in told:
                return told["record"]
            self.find()
            self.form.evaluate(AGAIN, {"stands": {}, "typed": {"anyway": "1"}, "tap": once(button)})
        raise AssertionError("it asks again and again")

    def told(self) -> dict[str, str]:
        """What the page or the store says of the change; the page may be another one meanwhile.

        :raise Error: nothing, for long
        """
        end, why = time.monotonic() + SAVED_SECONDS, Error("not saved")
        while time.monotonic() < end:
            try:
                if told := asked(self.page, BECAME, self.filled["stands"]["change"]):
                    return told
            except Error as error:
                why = error
        raise why


def push(page: Page, selector: str, button: str = PRIMARY) -> None:
    """Tap a button of a form that has nothing to fill in; the page after it is there."""
    form = page.locator(selector).first
    expect(form).to_be_attached()
    form.evaluate(TAP, once(button))
    expect(page.locator("form[data-sent]")).to_have_count(0)
    expect(page.locator("h1").filter(visible=True).first).to_be_attached()
