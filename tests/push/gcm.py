"""Google's half of push for a real Chromium: check-in, registration, and the line (MCS) on which messages come.

Chromium still has the switches for all three, so `PushManager.subscribe()` works with no network. The endpoints that
it makes are Google's whatever we do; `PushService.connect` leads them here.
"""
from __future__ import annotations

import asyncio
import base64
import contextlib
import datetime
import hashlib
import ipaddress
import ssl
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.loops import let_nobody_in
from tests.push.protobuf import field, fields, fixed64, varint
from tests.push.service import PushService, decoded

PING, PONG, LOGIN, WELCOME, CLOSE, IQ, DATA = 0, 1, 2, 3, 4, 7, 8
VERSION = 41
KEY_BYTES = 65
LAST_STREAM_ID = {IQ: 10, PING: 2}


def certificate() -> tuple[ssl.SSLContext, str]:
    """A server's TLS for 127.0.0.1, and the hash of its key by which Chromium is told to accept it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
            .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=30))
            .add_extension(here, critical=False).sign(key, hashes.SHA256()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "both.pem"
        file.write_bytes(key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
                         + made.public_bytes(form.Encoding.PEM))
        context.load_cert_chain(file)
    public = key.public_key().public_bytes(form.Encoding.DER, form.PublicFormat.SubjectPublicKeyInfo)
    return context, base64.b64encode(hashlib.sha256(public).digest()).decode()


class Line:
    """The connection to one browser. The stream id of a packet is its number on it."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        self.sent: list[str | None] = []

    def packet(self, tag: int, body: bytes, message: str | None = None) -> None:
        self.sent.append(message)
        self.writer.write(bytes([tag]) + varint(len(body)) + body)

    def received_until(self, stream_id: int) -> list[str]:
        """Ids of the messages that the browser now says it has."""
        done = [message for message in self.sent[:stream_id] if message]
        self.sent[:stream_id] = [None] * stream_id
        return done


class Gcm(PushService):
    """A push service with Chromiums. A browser is here known by the id of its check-in."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, Line] = {}

    @property
    def arguments(self) -> list[str]:
        """What Chromium must be started with, in a profile of its own: incognito contexts cannot subscribe."""
        base = f"http://127.0.0.1:{self.port}"
        return [f"--gcm-checkin-url={base}/checkin", f"--gcm-registration-url={base}/register3",
                f"--gcm-mcs-endpoint=https://127.0.0.1:{self.line_port}",
                f"--ignore-certificate-errors-spki-list={self.spki}"]

    def endpoint(self, token: str) -> str:
        return f"https://jmt17.google.com/fcm/send/{token}"

    def routes(self) -> list[web.RouteDef]:
        return [*super().routes(), web.post("/checkin", self.checkin), web.post("/register3", self.register)]

    async def checkin(self, request: web.Request) -> web.Response:
        await request.read()
        who = fixed64(7, 0x3F5A1C0DE0000001) + fixed64(8, 0x0BADC0FFEE000001)
        return web.Response(body=field(1, 1) + field(3, int(time.time() * 1000)) + who)

    async def register(self, request: web.Request) -> web.Response:
        asked = {name: values[0] for name, values in parse_qs(await request.text()).items()}
        app = asked.get("X-subtype", asked["app"])
        if asked.get("delete") == "true":
            ended = [token for token, one in self.subscriptions.items() if unsubscribes(one, app, asked["sender"])]
            for token in ended:
                self.expire(token)
            self.tell()
            return web.Response(text=f"token={app}")
        token, key = f"{asked.get('appid', 'x')[:11]}:APA91b{uuid.uuid4().hex}", decoded(asked["sender"])
        if len(key) == KEY_BYTES:  # Chromium also registers for purposes of its own
            self.subscriptions[token] = {"browser": asked["device"], "key": key, "sender": asked["sender"], "app": app,
                                         "category": asked["app"]}
        self.tell()
        return web.Response(text=f"token={token}")

    async def line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One browser's connection, until it ends."""
        line, browser = Line(writer), None
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError), contextlib.closing(writer):
            await reader.readexactly(1)  # the version
            while True:
                tag, body = await read_packet(reader)
                if tag == LOGIN:
                    browser = await self.welcome(line, body)
                elif tag == PING:
                    line.packet(PONG, b"")
                elif tag == CLOSE:
                    break
                for stream_id in body.get(LAST_STREAM_ID.get(tag, 0), []):
                    self.acknowledge(browser, line.received_until(stream_id))
        if self.lines.get(browser) is line:
            del self.lines[browser]
        self.tell()

    async def welcome(self, line: Line, login: dict[int, list[Any]]) -> str:
        """A browser is here: what it received while the line was down is done, the rest follows."""
        browser = login[4][0].decode()
        line.writer.write(bytes([VERSION]))
        line.packet(WELCOME, field(1, login[1][0]) + field(8, int(time.time() * 1000)))
        self.lines[browser] = line
        self.acknowledge(browser, [id.decode() for id in login.get(10, [])])
        for id in list(self.queue.get(browser, {})):
            await self.deliver(browser, id)
        self.tell()
        return browser

    async def deliver(self, browser: str, id: str) -> None:
        message, line = self.queue[browser][id], self.lines.get(browser)
        if not self.outdated(browser, id) and line:
            line.packet(DATA, stanza(message, self.subscriptions[message["token"]]), id)
            await line.writer.drain()

    async def opens(self) -> None:
        await super().opens()
        context, self.spki = certificate()
        self._server = await asyncio.start_server(self.line, "127.0.0.1", 0, ssl=context)
        self.line_port = self._server.sockets[0].getsockname()[1]

    async def shuts(self) -> None:
        await let_nobody_in(*self._server.sockets)
        self._server.close()
        await super().shuts()


async def read_packet(reader: asyncio.StreamReader) -> tuple[int, dict[int, list[Any]]]:
    tag = (await reader.readexactly(1))[0]
    size = shift = 0
    while True:
        byte = (await reader.readexactly(1))[0]
        size |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return tag, fields(await reader.readexactly(size))


def stanza(message: dict[str, Any], subscription: dict[str, Any]) -> bytes:
    """A DataMessageStanza. Field 24 asks the browser to acknowledge at once."""
    def data(key: str, value: str) -> bytes:
        return field(7, field(1, key) + field(2, value))
    return (field(3, subscription["sender"]) + field(5, subscription["category"]) + data("subtype", subscription["app"])
            + data("content-encoding", "aes128gcm") + field(9, message["id"]) + field(24, 1) + field(17, message["ttl"])
            + field(18, int(time.time() * 1000)) + field(21, message["body"]))


def unsubscribes(subscription: dict[str, Any], app: str, sender: str) -> bool:
    return subscription.get("app") == app and sender in ("*", subscription["sender"])


