"""A conversation with another server is over in time, whatever that does: its line is cut.

The time limit of a socket is for one read. Who sends a byte now and then would hold a thread for ever.
"""
from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic

TURN_SECONDS = 0.25  # how often one watchman looks after all of them; a thread for each would cost more than a message

Line = Callable[[], "socket.socket | None"]


class Deadline:
    """When a conversation has to be over. passed: it was not."""

    def __init__(self, seconds: float) -> None:
        self.at, self.passed = monotonic() + seconds, False
        self.line: Line = lambda: None

    def cut(self) -> None:
        """End the line, if there is one already: what is read from it from now on is its end."""
        self.passed = True
        if (line := self.line()) is not None:
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)  # the method of a TLS socket would go on without TLS


_mine = threading.local()
_under_way: set[Deadline] = set()
_lock = threading.Lock()
_some, _never = threading.Event(), threading.Event()
_watchmen: list[threading.Thread] = []


@contextmanager
def within(seconds: float) -> Iterator[Deadline]:
    """Cut the line that this thread speaks over when it is not done by then."""
    deadline = _mine.deadline = Deadline(seconds)
    with _lock:
        _under_way.add(deadline)
        if not (_watchmen and _watchmen[-1].is_alive()):  # the first time, also in a process that was forked
            _watchmen[:] = [threading.Thread(target=_watch, name="deadline", daemon=True)]
            _watchmen[-1].start()
        _some.set()
    try:
        yield deadline
    finally:
        _mine.deadline = None
        with _lock:
            _under_way.discard(deadline)  # never cut once it is over: the line may serve another thread by then


def speaks_over(line: Line) -> None:
    """Say what this thread speaks over from now on. line: its socket at the moment, None before there is one."""
    if deadline := getattr(_mine, "deadline", None):
        deadline.line = line


def _watch() -> None:
    """Again and again, so that a line which is there only after its time is cut as well."""
    while _some.wait():
        _never.wait(TURN_SECONDS)
        with _lock:
            for deadline in _under_way:
                if deadline.at <= monotonic():
                    deadline.cut()
            if not _under_way:
                _some.clear()
