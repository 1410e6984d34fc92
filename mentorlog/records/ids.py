"""Ids: random ones, and ones that two devices make alike."""
from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_source: ContextVar[Callable[[], str] | None] = ContextVar("source", default=None)


def new_id() -> str:
    """A new random id (UUID version 4)."""
    source = _source.get()
    return source() if source else str(uuid.uuid4())


@contextmanager
def ids_from(source: Callable[[], str]) -> Iterator[None]:
    """Take new ids from elsewhere: from a counter, where two servers are to write the same bytes."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def name_id(space: str, name: str) -> str:
    """The id that two devices make alike for one thing, such as the rating of a goal (UUID version 8, RFC 9562 5.8)."""
    raw = bytearray(hashlib.sha256(f"{space}:{name}".encode()).digest()[:16])
    raw[6], raw[8] = raw[6] & 0x0F | 0x80, raw[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


def is_id(value: object) -> bool:
    """Whether this is an id as we write them: a UUID in lower case."""
    return isinstance(value, str) and UUID.fullmatch(value) is not None
