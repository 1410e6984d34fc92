"""A stand-in push service on 127.0.0.1: the half that senders talk to (RFC 8030, 8291, 8292), as strict as real ones.

`received` holds every accepted message, `refused` why others were not; `queue` what was not delivered yet, where a new
message of a topic replaces the old one; `acknowledged` counts what a browser took. `fail_next`, `meet` and `expire`
make it misbehave.
"""
from __future__ import annotations

import asyncio
import base64
import re
import socket
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import SplitResult

import jwt
import urllib3
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec

from tests.loops import LoopThread, let_nobody_in
from tests.push.notes import HEADER

# released Chrome; other channels, Debian's too; Firefox
ORIGINS = ("https://fcm.googleapis.com", "https://jmt17.google.com", "https://updates.push.services.mozilla.com")
MOST_BYTES, LONGEST_TTL, LONGEST_TOKEN = 4096, 30 * 86_400, 86_400
SMALLEST_BODY = 21 + 65 + 17
WAIT_SECONDS = 15
URGENCIES = ("very-low", "low", "normal", "high")
# A status (410 ends the subscription), `cut` the line before the message is taken, `lose` the answer or `hang` once it
# is, or nothing.
Fault = int | str | None


def unpadded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class NoError(Exception):
    def __init__(self, status: int, why: str, **headers: str) -> None:
        self.status, self.why, self.headers = status, why, headers


class PushService(LoopThread):
    """Start it with `with PushService() as service:`; it runs in a thread of its own."""

    def __init__(self) -> None:
        self.subscriptions: dict[str, dict[str, Any]] = {}  # token -> {browser, key}
        self.gone: set[str] = set()  # tokens that answer 410; unknown ones answer 404
        self.queue: dict[str, dict[str, dict[str, Any]]] = {}  # browser -> message id -> message
        self.received: list[dict[str, Any]] = []
        self.refused: list[NoError] = []
        self.acknowledged = 0
        self.port = 0
        self._faults: list[tuple[Fault, str | None]] = []
        self._news = threading.Condition()

    # -- what a test does with it

    def subscribe(self, key: str | None = None) -> str:
        """A subscription without a browser: its endpoint. key: the public VAPID key it is bound to."""
        token = uuid.uuid4().hex
        self.subscriptions[token] = {"browser": token, "key": key and decoded(key)}
        return f"{ORIGINS[0]}/fcm/send/{token}"

    def connect(self, parts: SplitResult) -> urllib3.HTTPConnectionPool:
        """For `Outgoing(connect=...)`: Google's hosts are here, and there is no other."""
        assert f"{parts.scheme}://{parts.netloc}" in ORIGINS, parts.netloc
        return self.pool

    def fail_next(self, status: int, times: int = 1, retry_after: str | None = None) -> None:
        self._faults += [(status, retry_after)] * times

    def meet(self, faults: Sequence[Fault]) -> None:
        """Let the next messages meet these, one after the other."""
        self._faults += [(fault, None) for fault in faults]

    def expire(self, endpoint: str, status: int = 410) -> None:
        token = endpoint.rpartition("/")[2]
        self.subscriptions.pop(token, None)
        if status == 410:
            self.gone.add(token)

    def stored(self) -> list[dict[str, Any]]:
        """What waits to be delivered."""
        return [message for waiting in self.queue.values() for message in waiting.values()]

    def wait(self, true: Callable[[], object], seconds: float = WAIT_SECONDS) -> None:
        with self._news:
            assert self._news.wait_for(true, seconds), f"nothing came; refused {[no.why for no in self.refused]}"

    def tell(self) -> None:
        with self._news:
            self._news.notify_all()

    # -- the protocol

    async def push(self, request: web.Request) -> web.Response:
        body = await request.read()
        fault, after = self._faults.pop(0) if self._faults else (None, None)
        if fault == "cut":
            return hang_up(request)
        try:
            if isinstance(fault, int):
                self.refuse(request, fault, after)
            message = self.judge(request, body)
        except NoError as no:
            self.refused.append(no)
            self.tell()
            return web.Response(status=no.status, text=no.why, headers=no.headers)
        waiting = self.queue.setdefault(message["browser"], {})
        for other in [id for id, old in waiting.items() if message["topic"] and same_topic(old, message)]:
            del waiting[other]  # RFC 8030, 5.4
        waiting[message["id"]] = message
        self.received.append(message)
        self.tell()
        await self.deliver(message["browser"], message["id"])
        if fault == "lose":
            return hang_up(request)
        if fault == "hang":
            await self._over.wait()
        return web.Response(status=201, headers={"Location": f"/m/{message['id']}", "TTL": str(message["ttl"])})

    def refuse(self, request: web.Request, status: int, after: str | None) -> None:
        if status == 410:
            self.expire(request.match_info["token"])
        raise NoError(status, "asked to fail", **({"Retry-After": after} if after is not None else {}))

    def judge(self, request: web.Request, body: bytes) -> dict[str, Any]:
        token, headers = request.match_info["token"], request.headers
        if token not in self.subscriptions:
            raise NoError(410 if token in self.gone else 404, "no such subscription")
        subscription = self.subscriptions[token]
        claims = check_token(headers.get("Authorization", ""), subscription["key"])
        if not re.fullmatch(r"\d{1,10}", headers.get("TTL", "")):
            raise NoError(400, "no TTL")
        if len(body) > MOST_BYTES:
            raise NoError(413, "too long")
        if headers.get("Content-Encoding") != "aes128gcm" or len(body) < SMALLEST_BODY or body[20] != 65:
            raise NoError(400, "not aes128gcm with a P-256 key")
        if not re.fullmatch(r"[\w-]{0,32}", headers.get("Topic", ""), re.ASCII):
            raise NoError(400, "not a topic")
        if headers.get("Urgency", "normal") not in URGENCIES:
            raise NoError(400, "not an urgency")
        ttl = min(int(headers["TTL"]), LONGEST_TTL)
        return {"id": uuid.uuid4().hex, "token": token, "browser": subscription["browser"], "body": body, "ttl": ttl,
                "topic": headers.get("Topic"), "urgency": headers.get("Urgency"), "claims": claims,
                "at": time.time(), "expires": time.time() + ttl, "attempt": headers.get(HEADER, "")}

    async def deliver(self, browser: str, id: str) -> None:
        """Hand a message to its browser, if that is here. This half has none."""

    def outdated(self, browser: str, id: str) -> bool:
        """Whether a message is of no use any more; it is thrown away then."""
        late = self.queue[browser][id]["expires"] <= time.time()
        if late:
            del self.queue[browser][id]
        return late

    def acknowledge(self, browser: str | None, ids: list[str]) -> None:
        """The browser says that it has these."""
        for id in ids:
            self.acknowledged += bool(self.queue.get(browser, {}).pop(id, None))
        self.tell()

    # -- life

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/fcm/send/{token}", self.push)]

    async def opens(self) -> None:
        self._over = asyncio.Event()
        app = web.Application(client_max_size=1 << 20)
        app.add_routes(self.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5, auto_decompress=False)
        await self._runner.setup()
        self._socket = socket.create_server(("127.0.0.1", 0))
        await web.SockSite(self._runner, self._socket).start()
        self.port = self._socket.getsockname()[1]
        self.pool = urllib3.HTTPConnectionPool("127.0.0.1", self.port, maxsize=16)

    async def shuts(self) -> None:
        self.pool.close()
        self._over.set()
        await let_nobody_in(self._socket)
        await self._runner.cleanup()


def hang_up(request: web.Request) -> web.Response:
    """Cut the line: whatever is said now, nobody hears it."""
    assert request.transport
    request.transport.abort()
    return web.Response()


def same_topic(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return (one["topic"], one["token"]) == (other["topic"], other["token"])


def check_token(header: str, key: bytes | None) -> dict[str, Any]:
    """The claims of a VAPID header (RFC 8292): right signature, audience, age, contact and key."""
    if not header.startswith("vapid "):
        raise NoError(401, "no VAPID token")
    parts = dict(part.strip().split("=", 1) for part in header[6:].split(","))
    try:
        raw = decoded(parts["k"])
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
        claims = jwt.decode(parts["t"], public, ["ES256"], audience=ORIGINS, options={"require": ["aud", "exp"]})
    except (jwt.PyJWTError, KeyError, ValueError) as error:
        raise NoError(403, f"bad VAPID token: {error!r}") from error
    if claims["exp"] > time.time() + LONGEST_TOKEN:
        raise NoError(403, "VAPID token for more than a day")
    if not re.fullmatch(r"mailto:[^@\s<>]+@[^@\s<>]+|https://\S+", claims.get("sub", "")):
        raise NoError(403, "no way to reach the sender")
    if key and raw != key:
        raise NoError(403, "not the key it was subscribed with")
    return claims
