"""A push service that takes its time and checks nothing, as a process of its own: `python3 -m bench.slow_service`.

It prints its port. A POST is answered after 40 ms; a GET at once, with {count, first, last}: how many addresses got a
message, and when the first and the last came, in seconds since 1970.
"""
from __future__ import annotations

import asyncio
import json
import re
import time

REPLY_SECONDS = 0.04
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
TAKEN = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
came: dict[bytes, float] = {}  # address: when


class Line(asyncio.Protocol):
    """One connection, as thin as it can be: what it costs is taken from what is measured."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.read = transport, b""

    def data_received(self, data: bytes) -> None:
        self.read += data
        head, end, body = self.read.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if not end or len(body) < int(length[1] if length else 0):
            return
        self.read, (method, path, _) = b"", head.split(b" ", 2)
        if method == b"POST":
            came.setdefault(path, time.time())
            asyncio.get_running_loop().call_later(REPLY_SECONDS, self.say, TAKEN)
        else:
            told = {"count": len(came), "first": min(came.values(), default=0), "last": max(came.values(), default=0)}
            text = json.dumps(told).encode()
            self.say(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(text), text))

    def say(self, reply: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(reply)


async def main() -> None:
    """Serve until it is ended."""
    server = await asyncio.get_running_loop().create_server(Line, "127.0.0.1", 0, backlog=1_000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
