"""How many queries a page costs."""
from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class Listener(logging.Handler):
    """Keeps what peewee says it executes."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(str(record.msg))


@contextmanager
def queries() -> Iterator[list[str]]:
    """The queries of a block."""
    listener, log = Listener(), logging.getLogger("peewee")
    level = log.level
    log.addHandler(listener)
    log.setLevel(logging.DEBUG)
    try:
        yield listener.heard
    finally:
        log.removeHandler(listener)
        log.setLevel(level)
