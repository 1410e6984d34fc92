"""What a line can do to a request and its reply (`FaultProxy.breaks`)."""
from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from tests import wire
from tests.wire import Message

HOTEL = "<!doctype html><title>Hotel Wi-Fi</title><h1>Welcome to our hotel</h1><p>Please sign in to the Wi-Fi.</p>"
GATEWAY = "<!doctype html><title>{0}</title><h1>{0}</h1>"
CHUNK_BYTES = 2_048
TOO_LARGE = wire.made("413 Content Too Large", GATEWAY.format("413"))


@dataclass
class Line:
    """One request on its way. The body is still in `reader` until somebody asks for it. `up`: bytes that came."""

    request: Message
    reader: asyncio.StreamReader
    port_of_server: Callable[[], int]
    up: int = field(default=0)

    async def whole_request(self) -> Message:
        body = await wire.read_request_body(self.reader, self.request)
        self.request = Message(self.request.head, body)
        self.up = len(self.request.whole)
        return self.request

    async def ask(self, request: Message) -> Message | None:
        """The server's reply, or None when there is no server or it went away meanwhile."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port_of_server())
        except OSError:
            return None
        try:
            writer.write(request.with_header("Connection", "close").whole)
            await writer.drain()
            reply = await wire.read_reply(reader, request.first_line[0])
            return reply.with_header("Connection", "keep-alive") if reply else None
        except (OSError, asyncio.IncompleteReadError):
            return None
        except asyncio.CancelledError:
            writer.transport.abort()  # what was not sent yet is sent no more
            raise
        finally:
            writer.close()


class Fault:
    """No fault: the request goes up, the reply comes down."""

    delivers = True

    async def pass_on(self, line: Line) -> Message | None:
        """What becomes of the request: a reply, or None when there is none."""
        return await line.ask(await line.whole_request())

    async def deliver(self, reply: Message, writer: asyncio.StreamWriter) -> bool:
        """Send the reply to the device; False when the connection breaks over it."""
        writer.write(reply.whole)
        await writer.drain()
        return True


class Down(Fault):
    """Nobody there: reset at once."""

    async def pass_on(self, line: Line) -> Message | None:
        return None


class Hang(Fault):
    """The connection opens and nothing is ever answered; after `seconds` it breaks."""

    def __init__(self, seconds: float = 3600) -> None:
        self.seconds = seconds

    async def pass_on(self, line: Line) -> Message | None:
        await line.whole_request()
        await asyncio.sleep(self.seconds)
        return None


class Slow(Fault):
    """A delay before the request, and so many kilobits a second in both directions."""

    def __init__(self, kbits_per_second: int = 400, delay_seconds: float = 1.0) -> None:
        self.bytes_per_second = kbits_per_second * 125
        self.delay_seconds = delay_seconds

    async def pass_on(self, line: Line) -> Message | None:
        request = await line.whole_request()
        await asyncio.sleep(self.delay_seconds + len(request.whole) / self.bytes_per_second)
        return await line.ask(request)

    async def deliver(self, reply: Message, writer: asyncio.StreamWriter) -> bool:
        for start in range(0, len(reply.whole), CHUNK_BYTES):
            part = reply.whole[start:start + CHUNK_BYTES]
            await asyncio.sleep(len(part) / self.bytes_per_second)
            writer.write(part)
            await writer.drain()
        return True


class LoseReply(Fault):
    """The server does its work and answers; the answer is lost. `then` runs before that (to kill the server, say)."""

    delivers = False

    def __init__(self, then: Callable[[], object] = lambda: None) -> None:
        self.then = then

    async def deliver(self, reply: Message, writer: asyncio.StreamWriter) -> bool:
        await asyncio.get_running_loop().run_in_executor(None, self.then)
        return False


class CutReply(Fault):
    """The reply breaks off in the middle of its body."""

    async def deliver(self, reply: Message, writer: asyncio.StreamWriter) -> bool:
        writer.write(reply.head + reply.body[:len(reply.body) // 2])
        await writer.drain()
        return False


class CutRequest(Fault):
    """The request breaks off in the middle of its body: the server gets the head and one half."""

    async def pass_on(self, line: Line) -> Message | None:
        request = await line.whole_request()
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", line.port_of_server())
        except OSError:
            return None
        writer.write(request.head + request.body[:len(request.body) // 2])
        await writer.drain()
        writer.close()
        return None


class Answer(Fault):
    """Something in between answers by itself; the server sees nothing."""

    def __init__(self, reply: Message) -> None:
        self.reply = reply

    async def pass_on(self, line: Line) -> Message | None:
        await line.whole_request()
        return self.reply


class AtMost(Fault):
    """A proxy in front of the server takes so many bytes in one body; to more it answers 413 with a page of HTML."""

    def __init__(self, bytes: int) -> None:
        self.bytes = bytes

    async def pass_on(self, line: Line) -> Message | None:
        request = await line.whole_request()
        return TOO_LARGE if len(request.body) > self.bytes else await line.ask(request)


class Twice(Fault):
    """Every POST reaches the server twice, one after the other; the device gets the second reply."""

    async def pass_on(self, line: Line) -> Message | None:
        request = await line.whole_request()
        if request.first_line[0] == "POST":
            await line.ask(request)
        return await line.ask(request)


class TwiceAtOnce(Fault):
    """Every POST reaches the server twice at the same time; the device gets the first of the two replies."""

    async def pass_on(self, line: Line) -> Message | None:
        request = await line.whole_request()
        if request.first_line[0] != "POST":
            return await line.ask(request)
        first, _ = await asyncio.gather(line.ask(request), line.ask(request))
        return first


def redirect(url: str) -> Answer:
    """Every address answers 302 to `url`, on another host (see `Elsewhere` of tests/proxy.py)."""
    return Answer(wire.made("302 Found", HOTEL, Location=url))


def broken(status: str = "503 Service Unavailable") -> Answer:
    """A gateway's 5xx with a page of HTML."""
    return Answer(wire.made(status, GATEWAY.format(status)))


def busy(seconds: int) -> Answer:
    """429 with Retry-After."""
    return Answer(wire.made("429 Too Many Requests", GATEWAY.format("429"), Retry_After=str(seconds)))


NONE = Fault()
DOWN = Down()
HANG = Hang()
SLOW = Slow()
LOSE_REPLY = LoseReply()
CUT_REPLY = CutReply()
CUT_REQUEST = CutRequest()
HOTEL_PAGE = Answer(wire.made("200 OK", HOTEL))
TWICE = Twice()
TWICE_AT_ONCE = TwiceAtOnce()
