"""What goes wrong in the soak: lines, the server, workers, clocks, tabs; each is well again some acts later."""
from __future__ import annotations

import collections
import random
from collections.abc import Callable

from tests import trouble
from tests.hands import DAY_MS, stop_workers
from tests.processes import Server
from tests.soak.seat import Seat

CLOCKS = (0, 0, 3 * 365 * DAY_MS, -2 * 365 * DAY_MS, 3_600_000, -600_000)
LINES = (trouble.DOWN, trouble.Hang(3), trouble.LOSE_REPLY, trouble.CUT_REPLY, trouble.CUT_REQUEST, trouble.TWICE,
         trouble.broken(), trouble.busy(1), trouble.HOTEL_PAGE, trouble.Slow(400, 0.3))
LONGEST_FAULT = 12  # acts
OFTEN = 0.15  # of all acts


class Breaking:
    """Breaks things before an act, and mends them."""

    def __init__(self, random: random.Random, faults: collections.Counter[str], seats: list[Seat],
                 server: Server) -> None:
        self.random, self.faults, self.seats, self.server = random, faults, seats, server
        self.mend: list[tuple[int, Callable[[], object]]] = []
        self.count = 0

    def step(self) -> None:
        self.count += 1
        for due, mend in [one for one in self.mend if one[0] <= self.count]:
            mend()
            self.mend.remove((due, mend))
        if self.random.random() < OFTEN:
            self.something_breaks()

    def quiet(self) -> None:
        """Everything is well again."""
        for _, mend in self.mend:
            mend()
        self.mend.clear()
        for seat in self.seats:
            seat.set_clock(0)

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
        stop_workers(seat.tabs[0])

    def clock_jumps(self, seat: Seat) -> None:
        self.faults["clock jumped"] += 1
        seat.set_clock(self.random.choice(CLOCKS))

    def close_a_tab(self, seat: Seat) -> None:
        self.faults["tab closed"] += 1
        seat.new_tab(self.random.randrange(2))
