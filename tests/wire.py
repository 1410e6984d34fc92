"""HTTP/1.1 read off a stream, as much as a proxy needs: heads, bodies, chunks."""
from __future__ import annotations

import asyncio
from dataclasses import dataclass

HEAD_END = b"\r\n\r\n"


@dataclass
class Message:
    """A request or a reply: its head with the blank line after it, and the body as it is on the wire."""

    head: bytes
    body: bytes = b""

    @property
    def first_line(self) -> list[str]:
        return self.head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)

    @property
    def whole(self) -> bytes:
        return self.head + self.body

    def header(self, name: str) -> str:
        """The value of a header, or an empty text."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().lower() == name.lower().encode():
                return value.strip().decode("latin-1")
        return ""

    def with_header(self, name: str, value: str) -> Message:
        """The same with one header set in place of any of that name."""
        first, *lines = self.head.removesuffix(HEAD_END).split(b"\r\n")
        kept = [line for line in lines if line.partition(b":")[0].strip().lower() != name.lower().encode()]
        return Message(b"\r\n".join([first, *kept, f"{name}: {value}".encode()]) + HEAD_END, self.body)


async def read_head(reader: asyncio.StreamReader) -> Message | None:
    """The next head, or None when the other side closed."""
    try:
        return Message(await reader.readuntil(HEAD_END))
    except asyncio.IncompleteReadError:
        return None


async def read_request_body(reader: asyncio.StreamReader, request: Message) -> bytes:
    """The whole body of a request."""
    if request.header("Transfer-Encoding"):
        return await _chunks(reader)
    return await reader.readexactly(length(request))


async def read_reply(reader: asyncio.StreamReader, method: str) -> Message | None:
    """The whole reply to a request that asked for `Connection: close`; None when the server went away."""
    reply = await read_head(reader)
    if reply is None:
        return None
    if method == "HEAD" or reply.first_line[1] in ("204", "304"):
        return reply
    if reply.header("Transfer-Encoding"):
        return Message(reply.head, await _chunks(reader))
    body = await (reader.readexactly(length(reply)) if reply.header("Content-Length") else reader.read())
    return Message(reply.head, body)


def length(message: Message) -> int:
    """What Content-Length says, in bytes; 0 without it."""
    return int(message.header("Content-Length") or 0)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    """A chunked body with its framing, so that it can be passed on as it came (RFC 9112, 7.1)."""
    body = b""
    while True:
        size = await reader.readline()
        chunk = await reader.readexactly(int(size.split(b";")[0], 16) + 2)
        body += size + chunk
        if chunk == b"\r\n":
            return body


def made(status: str, html: str, **headers: str) -> Message:
    """A reply of the proxy's own, as HTML."""
    body = html.encode()
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", f"Content-Length: {len(body)}",
             *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return Message("\r\n".join(lines).encode() + HEAD_END, body)
