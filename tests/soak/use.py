"""What one person does on two devices, at full speed, and what goes wrong meanwhile."""
from __future__ import annotations

import collections
import random
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error, Page, expect

from tests import trouble
from tests.hands import DAY_MS, MODULES, done, held, open_form, put, set_clock
from tests.processes import Server
from tests.soak.seat import Seat
from tests.sync.simulator.checks import tokens

SCREENS = ("/today", "/journal", "/goals", "/questions", "/sessions", "/waiting", "/settings", "/search?q=wrote",
           "/bin")
CLOCKS = (0, 0, 3 * 365 * DAY_MS, -2 * 365 * DAY_MS, 3_600_000, -600_000)
LINES = (trouble.DOWN, trouble.Hang(3), trouble.LOSE_REPLY, trouble.CUT_REPLY, trouble.CUT_REQUEST, trouble.TWICE,
         trouble.broken(), trouble.busy(1), trouble.HOTEL_PAGE, trouble.Slow(400, 0.3))
LONGEST_FAULT = 12  # acts
MORE = " " + "And so on, and so on" * 30 + "."
NAMED = "async name => {" + MODULES + """
  const { nameId } = await load('ids');
  const names = await store.meta('names');
  await store.close();
  return nameId(names, name);
}"""
FIVE_TAPS = "button => { for (let n = 0; n < 5; n++) button.click(); }"
# One sentence more, before, behind or in place of another one; returns what it took the place of.
TYPE = """(area, { sentence, where }) => {
  const parts = area.value.split(/(?<=[.]) +/).filter(Boolean);
  const place = Math.floor(where * (parts.length + 1));
  const gone = where * 10 % 1 < 0.2 && place < parts.length ? parts.splice(place, 1) : [];
  parts.splice(place, 0, sentence);
  area.value = parts.join(' ');
  area.dispatchEvent(new Event('input', { bubbles: true }));
  return gone.join(' ');
}"""


class Use:
    """A person at two seats. Every word that they saved is in `typed`, unless they took it out again: `removed`."""

    def __init__(self, seats: list[Seat], server: Server, seed: int) -> None:
        self.seats, self.server, self.random = seats, server, random.Random(seed)
        self.typed: set[str] = set()
        self.removed: set[str] = set()
        self.acts: collections.Counter[str] = collections.Counter()
        self.faults: collections.Counter[str] = collections.Counter()
        self.stumbles: list[str] = []
        self.known: dict[str, list[str]] = collections.defaultdict(list)
        self.mend: list[tuple[int, Callable[[], object]]] = []
        self.count = 0

    # -- one thing after another

    def step(self) -> None:
        """One act, and now and then something breaks before it or is well again."""
        self.count += 1
        for due, mend in [one for one in self.mend if one[0] <= self.count]:
            mend()
            self.mend.remove((due, mend))
        if self.random.random() < 0.15:
            self.something_breaks()
        seat = self.random.choice(self.seats)
        deeds: list[tuple[int, Callable[[Seat, Page], None]]] = [
            (6, self.write), (9, self.edit), (2, self.edit_in_both_tabs), (2, self.leave_a_draft), (3, self.look),
            (2, self.set_goal), (2, self.rate), (2, self.file_line), (1, self.plan), (2, self.answer), (1, self.set_up),
            (2, self.bin), (1, self.empty_the_bin)]
        deed = self.random.choices([deed for _, deed in deeds], [often for often, _ in deeds])[0]
        try:
            deed(seat, self.random.choice(seat.tabs))
            self.acts[deed.__name__] += 1
        except (Error, AssertionError) as error:
            self.stumbles.append(f"{deed.__name__}: {str(error).splitlines()[0]}")

    def quiet(self) -> None:
        """Everything is well again."""
        for _, mend in self.mend:
            mend()
        self.mend.clear()
        for seat in self.seats:
            set_clock(seat.tabs[0], 0)

    # -- what breaks

    def something_breaks(self) -> None:
        what: list[Callable[[Seat], object]] = [
            self.break_the_line, self.break_the_line, self.kill_the_server, self.end_the_worker, self.clock_jumps,
            self.close_a_tab]
        self.random.choice(what)(self.random.choice(self.seats))

    def later(self, mend: Callable[[], object]) -> None:
        self.mend.append((self.count + self.random.randint(1, LONGEST_FAULT), mend))

    def break_the_line(self, seat: Seat) -> None:
        fault = self.random.choice(LINES)
        self.faults[f"line: {type(fault).__name__}"] += 1
        seat.line.breaks(fault, only=self.random.choice(("", "POST /sync")))
        self.later(seat.line.mend)

    def kill_the_server(self, _: Seat) -> None:
        if self.server.process and self.server.process.poll() is None:
            self.faults["server killed"] += 1
            self.server.kill()
            self.later(self.server.start)

    def end_the_worker(self, seat: Seat) -> None:
        self.faults["worker ended"] += 1
        seat.end_worker()

    def clock_jumps(self, seat: Seat) -> None:
        self.faults["clock jumped"] += 1
        set_clock(seat.tabs[0], self.random.choice(CLOCKS))

    def close_a_tab(self, seat: Seat) -> None:
        self.faults["tab closed"] += 1
        seat.new_tab(self.random.randrange(2))

    # -- what a person does

    def sentence(self) -> str:
        return f"I t{self.count}{self.random.randrange(1_000):03}x wrote."

    def type(self, page: Page, more: str = "") -> None:
        """Into the form that is open. What it says counts as saved from the moment at which *Done* is tapped."""
        sentence, area = self.sentence() + more, page.get_by_label("Text", exact=True)
        gone = area.evaluate(TYPE, {"sentence": sentence, "where": self.random.random()})
        self.removed |= tokens(gone)
        self.typed |= tokens(sentence)

    def finish(self, seat: Seat, page: Page) -> str:
        """Tap *Done*, perhaps five times, perhaps just before the worker ends; see where that leads."""
        address, chance = page.url, self.random.random()
        if chance < 0.1:
            page.get_by_role("button", name="Done").evaluate(FIVE_TAPS)
        elif chance < 0.15:
            page.get_by_role("button", name="Done").evaluate("button => button.click()")
            self.end_the_worker(seat)
        else:
            done(page)
        try:
            expect(page.locator("article .prose").first).to_be_visible()
        except AssertionError:
            self.faults["saved at the second try"] += 1
            open_form(page, address)
            done(page)
            expect(page.locator("article .prose").first).to_be_visible()
        return page.url.partition("?")[0].rpartition("/")[2]

    def write(self, seat: Seat, page: Page) -> None:
        open_form(page)
        page.get_by_label("Title", exact=True).fill(f"Number {self.count}")
        self.type(page, MORE)
        self.known["entry"].append(self.finish(seat, page))

    def edit(self, seat: Seat, page: Page) -> None:
        if self.opens_entry(page):
            self.type(page)
            self.finish(seat, page)

    def edit_in_both_tabs(self, seat: Seat, page: Page) -> None:
        other = next(tab for tab in seat.tabs if tab is not page)
        if self.opens_entry(page):
            open_form(other, page.url)
            for tab in (page, other):
                self.type(tab)
                self.finish(seat, tab)

    def opens_entry(self, page: Page) -> bool:
        """The form of an entry, mostly a new one; False if this device does not know it, or has it in the bin."""
        known = self.known["entry"]
        if not known:
            return False
        entry = self.random.choice(known[-8:] if self.random.random() < 0.7 else known)
        reply = page.goto(f"/journal/{entry}/edit")
        if not reply or reply.status != 200:
            return False
        open_form(page, page.url)
        return True

    def leave_a_draft(self, seat: Seat, page: Page) -> None:
        """Type, pause, and turn to something else."""
        open_form(page)
        self.type(page)
        expect(page.locator("[data-draft-state]").first).to_contain_text("not finished")
        page.goto("/today")

    def look(self, seat: Seat, page: Page) -> None:
        page.goto(self.random.choice(SCREENS))
        expect(page.locator("h1").first).to_be_visible()

    def put(self, page: Page, kind: str, record: str | None = None, **fields: Any) -> str:
        """Save by the worker's own modules, whatever the screens look like."""
        self.be_at_home(page)
        made = put(page, kind, record, **fields)
        self.typed |= tokens(fields)
        if made not in self.known[kind]:
            self.known[kind].append(made)
        return made

    def be_at_home(self, page: Page) -> None:
        """On a page of the app that knows whose it is."""
        if not page.evaluate("document.documentElement.dataset.person"):
            page.goto("/today")

    def some(self, kind: str) -> str | None:
        return self.random.choice(self.known[kind]) if self.known[kind] else None

    def set_goal(self, seat: Seat, page: Page) -> None:
        steps = [{"id": f"s{n}", "text": self.sentence()} for n in range(self.random.randint(0, 4))]
        self.put(page, "goal", text=self.sentence(), steps=steps, waits=self.random.random() < 0.9)

    def rate(self, seat: Seat, page: Page) -> None:
        if goal := self.some("goal"):
            self.named(page, f"rating:{goal}", "rating", goal=goal, value=self.random.randint(1, 5))

    def file_line(self, seat: Seat, page: Page) -> None:
        self.put(page, "line", text=self.sentence())

    def plan(self, seat: Seat, page: Page) -> None:
        self.put(page, "session", starts_on=f"2027-01-{self.random.randint(10, 28)}", starts_time="15:00",
                 zone="Europe/Berlin", notes=self.sentence())

    def answer(self, seat: Seat, page: Page) -> None:
        sheet = self.some("worksheet") or self.put(page, "worksheet", title=self.sentence(), set="first-meeting")
        self.named(page, f"answer:{sheet}:q{self.random.randrange(6)}", "answer", worksheet=sheet,
                   scale=self.random.randint(1, 5))

    def set_up(self, seat: Seat, page: Page) -> None:
        self.named(page, "settings", "settings", theme=self.random.choice(("auto", "light", "dark")))

    def named(self, page: Page, name: str, kind: str, **fields: Any) -> None:
        """A record whose id has a meaning."""
        self.be_at_home(page)
        self.put(page, kind, page.evaluate(NAMED, name), **fields)

    def bin(self, seat: Seat, page: Page) -> None:
        """Into the bin, or out of it."""
        self.be_at_home(page)
        here = held(page)
        entry = self.some("entry")
        if entry in here:
            binned = here[entry].get("binned_at")
            self.put(page, "entry", entry, binned_at=None if binned else "2026-11-24T09:00:00.000Z")

    def empty_the_bin(self, seat: Seat, page: Page) -> None:
        self.be_at_home(page)
        for entry, fields in held(page).items():
            if fields.get("binned_at"):
                self.removed |= tokens(fields)
                put(page, "entry", entry, deleted=True)
