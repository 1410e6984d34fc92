"""What processes that may die any moment write down for a test to read, and what that says of messages sent twice."""
from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from contextvars import ContextVar
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from mentorlog import clock
from mentorlog.reminders.claiming import Job

HEADER = "X-Attempt"  # of a message or a letter: the attempt that it is of
DIED, NO_ANSWER, WRITTEN, LATE = "died", "no-answer", "written", "late"
attempt: ContextVar[str] = ContextVar("attempt", default="")


def attempt_of(job: Job) -> str:
    """The name of what a process may send by one lease: delivery, end of the lease, process."""
    assert job.delivery.leased_until
    return f"{job.delivery.id}/{clock.iso(job.delivery.leased_until)}/{os.getpid()}"


class Taken(NamedTuple):
    """A message or a letter that a service took. about: what may come once; at: in seconds since 1970."""

    about: str
    attempt: str
    at: float


class Notes:
    """A file of lines, each written at once, so that it outlives who wrote it.

    `died` a process; `no-answer` came to an attempt; what came of it was `written` down within its lease, or `late`.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "notes"

    def add(self, what: str, about: str) -> None:
        line = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(line, f"{what} {about}\n".encode())
        os.close(line)

    def read(self) -> dict[str, set[str]]:
        """What was noted to whom it was."""
        found = defaultdict(set)
        for line in self.path.read_text().splitlines() if self.path.exists() else ():
            what, about = line.split()
            found[what].add(about)
        return found

    def without_excuse(self, taken: Iterable[Taken]) -> list[Taken]:
        """What came again though it must not have. Each repeat needs an excuse of its own, so that there are never
        more than deaths, leases that were too short for a busy machine, and lines that were cut."""
        noted, by_about = self.read(), defaultdict(list)
        for one in taken:
            by_about[one.about].append(one)
        return [later for all_of_it in by_about.values() for before, later in pairwise(all_of_it)
                if not excused(before, later, noted)]


def excused(before: Taken, later: Taken, noted: dict[str, set[str]]) -> bool:
    """Whether it may come again: nobody heard that it was taken; or who heard of it died, or was too slow to write it
    down, and its lease is over."""
    _, lease, process = before.attempt.split("/")
    if before.attempt == later.attempt:
        return False
    if before.attempt in noted[NO_ANSWER]:
        return True
    unwritten = before.attempt in noted[LATE] or (process in noted[DIED] and before.attempt not in noted[WRITTEN])
    return unwritten and later.at >= clock.parse(lease).timestamp()
