"""One person at two devices in the soak: one act after another, and every word that they typed, took out or copied."""
from __future__ import annotations

import collections
import random
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error, Page

from mentorlog.records import KINDS
from tests.hands import MODULES
from tests.processes import Server
from tests.soak.breaking import Breaking
from tests.soak.seat import Seat, asked
from tests.sync.simulator.checks import tokens

SENTENCE = re.compile(r"(?<=[.])\s+")
HERE = "async kind => {" + MODULES + """
  const rows = await store.withBins();
  await store.close();
  return rows.filter(row => row.kind === kind).map(({ id, fields }) => ({ id, fields }));
}"""
Deed = Callable[["Use", Seat, Page], None]
Record = dict[str, Any]


class NothingToDoError(Exception):
    """This device has nothing yet with which that could be done."""


class Use:
    """A person at two seats. `typed`: every word that they saved. `removed`: those that they took out again.
    `copied`: those that stand in more than one place, because they carried them there."""

    def __init__(self, seats: list[Seat], server: Server, deeds: list[tuple[int, Deed]], seed: int) -> None:
        self.seats, self.server, self.deeds, self.random = seats, server, deeds, random.Random(seed)
        self.typed: set[str] = set()
        self.removed: set[str] = set()
        self.copied: set[str] = set()
        self.missed: set[str] = set()  # as the soak went on: told as soon as it is seen
        self.acts: collections.Counter[str] = collections.Counter()
        self.idle: collections.Counter[str] = collections.Counter()
        self.faults: collections.Counter[str] = collections.Counter()
        self.stumbles: list[str] = []
        self.story: list[str] = []
        self.files: list[bytes] = []  # saved from a device, to be read back
        self.kinds = tuple(KINDS)
        self.count, self.spoken = 0, 0  # acts; sentences of this act
        self.breaking = Breaking(self.random, self.faults, seats, server)
        self.deck = [deed for _, deed in deeds][::-1]  # each once, in the order in which they need each other

    # -- one thing after another

    def step(self) -> None:
        """One act, and now and then something breaks before it or is well again."""
        self.count, self.spoken = self.count + 1, 0
        self.breaking.step()
        deed, seat = self.draw(), self.random.choice(self.seats)
        self.story.append(f"{self.count} {deed.__name__} at the {seat.name}")
        try:
            deed(self, seat, self.at_home(self.random.choice(seat.tabs)))
            self.acts[deed.__name__] += 1
        except NothingToDoError:
            self.idle[deed.__name__] += 1
        except (Error, AssertionError) as error:
            self.stumbles.append(f"{self.count} {deed.__name__}: {' '.join(str(error).split())[:200]}")

    def draw(self) -> Deed:
        """From a deck that holds each deed as often as it is done, so that none is left out for long."""
        if not self.deck:
            self.deck = [deed for often, deed in self.deeds for _ in range(often)]
            self.random.shuffle(self.deck)
        return self.deck.pop()

    def is_of(self, line: str, word: str) -> bool:
        """Whether a word was typed in this act of the story."""
        return word.startswith(f"t{line.split()[0]}") and len(word) == len(line.split()[0]) + 5

    def left_out(self) -> list[str]:
        """What was never done."""
        return [deed.__name__ for _, deed in self.deeds if not self.acts[deed.__name__]]

    # -- what is here, and what is typed

    def at_home(self, page: Page) -> Page:
        """A page of the app that knows whose it is."""
        if not asked(page, "() => document.documentElement.dataset.person"):
            page.goto("/today")
        return page

    def here(self, page: Page, kind: str) -> list[Record]:
        """What this device has of a kind, in the bin too, as {id, fields}."""
        return asked(page, HERE, kind)

    def standing(self, page: Page, kind: str) -> list[Record]:
        return [one for one in self.here(page, kind) if not one["fields"].get("binned_at")]

    def some(self, found: list[Record]) -> Record:
        """One of these, rather a new one.

        :raise NothingToDoError: there is none
        """
        if not found:
            raise NothingToDoError
        found = sorted(found, key=lambda one: one["id"])
        return self.random.choice(found)

    def sentence(self) -> str:
        self.spoken += 1
        return f"I t{self.count}{self.spoken % 1_000:03}x wrote."

    def woven(self, text: str, most: int = 60_000) -> str:
        """One sentence more, before, behind or in place of another one; all anew where there is no room."""
        parts = [part for part in SENTENCE.split(text) if part]
        place, sentence = self.random.randint(0, len(parts)), self.sentence()
        if place < len(parts) and self.random.random() < 0.2:
            del parts[place]
        parts.insert(place, sentence)
        whole = " ".join(parts)
        return whole if len(whole) <= most else sentence

    def gone(self, *things: Any) -> None:
        """Somebody deletes this for good, having seen it."""
        self.removed |= tokens(*things)

    def carried(self, *things: Any) -> None:
        """Words that stand in more than one place from now on."""
        self.copied |= tokens(*things)
