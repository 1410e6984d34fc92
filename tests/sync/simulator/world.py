"""A small world: three people, their devices, a line that fails, a server that is set back. One seed, one life.

ann and ben are mentored by mia; ben is also mentored by ann. People write, share, bin and delete; forms stay open long
before they are saved, a second tab shows the same record, *Back* brings a saved form again.
"""
from __future__ import annotations

import collections
import itertools
import random
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from mentorlog import clock
from mentorlog.database import db
from mentorlog.models import Device as Row
from mentorlog.models import Pair, Person, Record
from mentorlog.sync import pairs, thinning, upkeep
from tests.sync.simulator import checks
from tests.sync.simulator.device import Device
from tests.sync.simulator.line import TABLES, Line
from tests.sync.simulator.people import People

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
NAMES = ("ann", "ben", "mia")
SELDOM, OFTEN = 0.1, 0.6  # of all acts: two devices write into one field at once
MOSTLY_PAIRED, HALF_PAIRED = 0.8, 0.5  # of all sessions and lines; some joins are others in a pair
MOST_MONTHS = 3  # less than the half year after which a device is not waited for


class World:
    """Everything in one life. wanted: joins to be met in it; page: how many rows a page of a feed has."""

    def __init__(self, seed: int, wanted: frozenset[str] = frozenset()) -> None:
        self.wanted, self.meetings = wanted, OFTEN if wanted else SELDOM
        self.paired = HALF_PAIRED if wanted else MOSTLY_PAIRED
        self.random, self.count, self.months = random.Random(seed), itertools.count(), 0
        ids = random.Random(seed + 1)
        self.new_id = lambda: str(uuid.UUID(int=ids.getrandbits(128)))
        self.stats: collections.Counter[str] = collections.Counter()
        self.typed: set[str] = set()
        self.removed: set[str] = set()
        self.on_no_device: set[str] = set()  # typed at the desk since the backup: lost with the server
        self.withdrawn: set[tuple[str, str]] = set()
        self.page = self.random.choice((2, 5, 500))
        self.line, self.acts = Line(self), People(self)
        with self.now(), db.atomic():
            for table in reversed(TABLES):
                table.delete().execute()
            self.people = {name: self.person(name) for name in NAMES}
            pairs = (("p1", "ann", "mia"), ("p2", "ben", "mia"), ("p3", "ben", "ann"))
            self.pairs = {name: self.pair(mentee, mentor) for name, mentee, mentor in pairs}
            self.devices = [self.device(name) for name in self.people for _ in range(self.random.choice((1, 2, 3)))]

    def moment(self) -> datetime:
        """A second later than before."""
        return START + timedelta(days=31 * self.months, seconds=next(self.count))

    def now(self) -> Any:
        return clock.at(self.moment())

    def person(self, name: str) -> Person:
        return Person.create(id=self.new_id(), name=name, email=f"{self.new_id()}@x", password_hash="", zone="UTC",
                             names=self.new_id(), epoch=self.new_id()[:16])

    def pair(self, mentee: str, mentor: str) -> Pair:
        return Pair.create(id=self.new_id(), mentee=self.people[mentee].id, mentor=self.people[mentor].id)

    def device(self, name: str) -> Device:
        person = self.people[name]
        row = Row.create(id=self.new_id(), person=person.id, secret_hash=self.new_id(), label=name, zone="UTC",
                         seen_at=clock.now())
        return Device(row, person, self.new_id, self.moment)

    def step(self) -> None:
        """One thing happens: mostly somebody does something, or a device syncs."""
        what, device = self.random.random(), self.random.choice(self.devices)
        happenings = ((0.55, lambda: self.acts.act(device)), (0.88, lambda: self.line.exchange(device)),
                      (0.91, self.line.deliver_late), (0.93, lambda: self.acts.at_the_desk(self.random.choice(NAMES))),
                      (0.945, self.line.dump), (0.96, self.line.restore), (0.965, self.end_a_pair),
                      (0.975, self.month_passes), (0.985, self.thin), (1, lambda: self.acts.settle(device)))
        next(happens for below, happens in happenings if what < below)()

    def thin(self) -> None:
        """Thirty days go by in a few seconds, as far as the history knows."""
        with self.now():
            self.stats["thinned"] += thinning.thin_history(timedelta(seconds=self.random.choice((0, 5, 20))))

    def end_a_pair(self) -> None:
        self.stats["pair ended"] += 1
        self.end_a_pair_by_name(self.random.choice(list(self.pairs)))

    def end_a_pair_by_name(self, name: str) -> None:
        with self.now():
            pairs.end(self.pairs[name].id)

    def month_passes(self) -> None:
        """And so the server empties the bins."""
        if self.months < MOST_MONTHS:
            self.stats["month"] += 1
            self.months += 1
            for record in Record.select().where(Record.shelf.endswith("/bin")):
                self.removed |= checks.tokens(record.fields)
            with self.now():
                self.stats["purged"] += upkeep.empty_bins()

    def come_home(self) -> None:
        """Everybody syncs over a good line until nothing moves any more."""
        for _ in range(40):
            before = [device.stands() for device in self.devices]
            for device in self.devices:
                self.line.exchange(device, faults=False)
            if before == [device.stands() for device in self.devices]:
                return

    def run(self, steps: int = 60) -> None:
        """Live, then let everybody come home, and look whether all is there.

        :raise checks.BrokenError: it is not
        """
        for step in range(steps):
            self.step()
            if step % 10 == 0:
                checks.nothing_lost(self, strict=False)
        for device in self.devices:
            self.acts.settle(device)
        self.come_home()
        checks.the_end(self)
