"""The line between a device and the server, which a test can break in every way that a real one breaks.

    proxy.breaks(trouble.LOSE_REPLY, only="POST /sync", times=1)
    ...
    proxy.wait_for("POST /sync", count=2)
    proxy.mend()

Works for pages and workers alike, and leaves `navigator.onLine` alone. What passes is kept in `proxy.asked` and
`proxy.seen`.
"""
from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self, TypeVar

from tests import trouble, wire
from tests.loops import WAIT_SECONDS, LoopThread, let_nobody_in
from tests.trouble import Fault

READ_LIMIT_BYTES = 32_000_000
T = TypeVar("T")


@dataclass(frozen=True)
class Exchange:
    """One request as it passed. `status` is what the device got, 0 when it got nothing."""

    method: str
    path: str
    status: int
    up: int
    down: int

    @property
    def what(self) -> str:
        return f"{self.method} {self.path}"


@dataclass
class Rule:
    """A fault, the requests it is for (`"POST /sync"`, `"/journal"`, empty for all) and how often it strikes."""

    fault: Fault
    only: str
    times: int | None

    def strikes(self, method: str, path: str) -> bool:
        """Whether it is for this request, counted down."""
        if self.times == 0 or not _is_for(self.only, method, path):
            return False
        self.times = None if self.times is None else self.times - 1
        return True


def _is_for(only: str, method: str, path: str) -> bool:
    """`"POST /sync"` and `"/sync"` are paths without query; a path that ends with `*` is a beginning."""
    *methods, asked = only.split() or ["*"]
    if methods and methods != [method]:
        return False
    return path.startswith(asked[:-1]) if asked.endswith("*") else path == asked


class FaultProxy(LoopThread):
    """A proxy on a port of the system's choice, in a thread of its own. `port_of_server` is asked each time."""

    def __init__(self, port_of_server: Callable[[], int]) -> None:
        self.port_of_server = port_of_server
        self.port = 0
        self.asked: list[tuple[str, str]] = []
        self.seen: list[Exchange] = []
        self.rules: list[Rule] = []
        self._news = threading.Condition()
        self._open: dict[asyncio.StreamWriter, asyncio.Task[None]] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    # What a test says.

    def breaks(self, fault: Fault, only: str = "", times: int | None = None) -> None:
        """From now on `fault` strikes: every request, or `only` some, or so many `times`. The last word counts."""
        self.rules.insert(0, Rule(fault, only, times))
        if fault is trouble.DOWN and not only:
            self.cut()

    def mend(self) -> None:
        """The line is well again. Requests that hang go on hanging, as they do in life, until somebody gives up."""
        self.rules.clear()

    def cut(self) -> None:
        """Reset every connection that is open now."""
        self.soon(self._reset_all)

    def count(self, what: str) -> int:
        """How many requests like `"POST /sync"` or `"/sync"` have ended so far, whatever became of them."""
        return sum(_is_for(what, one.method, one.path) for one in tuple(self.seen))

    def wait_for(self, what: str, count: int = 1, seconds: float = WAIT_SECONDS) -> list[Exchange]:
        """Wait until `count` requests like `what` have ended; returns them.

        :raise AssertionError: fewer came in the time
        """
        self._wait(lambda: self.count(what) >= count, what, seconds)
        return [one for one in self.seen if _is_for(what, one.method, one.path)]

    def wait_until_asked(self, what: str, count: int = 1, seconds: float = WAIT_SECONDS) -> None:
        """Wait until `count` requests like `what` have begun: also those that hang, or that nobody answers yet.

        :raise AssertionError: fewer came in the time
        """
        self._wait(lambda: sum(_is_for(what, *one) for one in tuple(self.asked)) >= count, what, seconds)

    def _wait(self, enough: Callable[[], bool], what: str, seconds: float) -> None:
        with self._news:
            assert self._news.wait_for(enough, seconds), f"too few {what}; asked {self.asked[-20:]}"

    # How it is done.

    async def opens(self) -> None:
        self._listener = await asyncio.start_server(self._opened, "127.0.0.1", 0, limit=READ_LIMIT_BYTES)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def shuts(self) -> None:
        await let_nobody_in(*self._listener.sockets)
        self._listener.close()
        self._reset_all()

    def _reset_all(self) -> None:
        for writer in tuple(self._open):
            reset(writer)

    def _opened(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Known at once: one whose task has not begun at the end of a test would stay open."""
        self._open[writer] = asyncio.create_task(self._connection(reader, writer))

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await wire.read_head(reader):
                if not await self._answer(request, reader, writer):
                    reset(writer)
                    break
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):  # the last: the test is over
            reset(writer)
        finally:
            self._open.pop(writer, None)
            writer.close()

    async def _answer(
        self, request: wire.Message, reader: asyncio.StreamReader, writer: asyncio.StreamWriter,
    ) -> bool:
        """Let one request pass, or what a fault makes of it; False when the connection is to be reset."""
        method, target, _ = request.first_line
        path = target.split("?")[0]
        self._note(self.asked, (method, path))
        fault = next((rule.fault for rule in self.rules if rule.strikes(method, path)), trouble.NONE)
        line = trouble.Line(request, reader, self.port_of_server)
        reply = await fault.pass_on(line)
        status = int(reply.first_line[1]) if reply and fault.delivers else 0
        exchange = Exchange(method, path, status, line.up, len(reply.whole) if reply and status else 0)
        # Who has the reply finds it in `seen`; who waits for a loss finds it done.
        if status:
            self._note(self.seen, exchange)
        sent = await fault.deliver(reply, writer) if reply else False
        if not status:
            self._note(self.seen, exchange)
        return sent

    def _note(self, kept: list[T], one: T) -> None:
        with self._news:
            kept.append(one)
            self._news.notify_all()


def reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST instead of FIN, as a line that breaks does (SO_LINGER with a time of 0)."""
    connection = writer.get_extra_info("socket")
    if connection and connection.fileno() >= 0:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class Elsewhere:
    """The hotel's own server: any address answers 200 with a page of HTML, under another host than ours."""

    def __init__(self) -> None:
        self._proxy = FaultProxy(lambda: 0)
        self._proxy.breaks(trouble.HOTEL_PAGE)

    @property
    def url(self) -> str:
        return f"http://localhost:{self._proxy.port}"

    def __enter__(self) -> Self:
        self._proxy.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._proxy.__exit__()
