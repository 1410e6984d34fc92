"""An asyncio loop in a thread of its own, for what stands on the other side of a test's line."""
from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

WAIT_SECONDS = 30
TURNS_TO_OPEN = 3  # of the loop, until a protocol hears of a connection that has been accepted
T = TypeVar("T")


class LoopThread:
    """Runs from `with` to its end; then what still hangs is cancelled. `opens` and `shuts` are for who inherits it."""

    async def opens(self) -> None:
        """What is to be there before the test goes on."""

    async def shuts(self) -> None:
        """What is to be done before the rest is cancelled."""

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of something done in the loop.

        :raise TimeoutError: it takes longer than half a minute
        """
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(WAIT_SECONDS)

    def soon(self, act: Any, *given: Any) -> None:
        """Call something in the loop, without waiting for it."""
        self._loop.call_soon_threadsafe(act, *given)

    def __enter__(self) -> Self:
        self._begun = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), daemon=True)
        self._thread.start()
        assert self._begun.wait(WAIT_SECONDS)
        self.run(self.opens())
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self.shuts())
        self.soon(self._end.set)
        self._thread.join(WAIT_SECONDS)
        assert not self._thread.is_alive()

    async def _live(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        self._begun.set()
        await self._end.wait()


async def let_nobody_in(*listening: Any) -> None:
    """To be done before a server closes: a connection that it has accepted and not opened by then stays open, and
    nobody knows of it (`Server._attach` of Python 3.11 asserts that the server is open, and nobody hears that).

    listening: sockets of servers
    """
    for one in listening:
        asyncio.get_running_loop().remove_reader(one)
    for _ in range(TURNS_TO_OPEN):
        await asyncio.sleep(0)
