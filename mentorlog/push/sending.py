"""One message to one browser: padded, encrypted, signed, sent; and what the push service made of it."""
from __future__ import annotations

import base64
import hashlib
import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from math import ceil
from time import monotonic
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from webpush import WebPush  # type: ignore[import-untyped]
from webpush.types import WebPushKeys, WebPushSubscription  # type: ignore[import-untyped]

from .. import clock
from ..outgoing import NotAllowedError, Outgoing, UnreachableError
from .keys import Keys, pem

MOST_BYTES = 4096 - 86 - 17  # every service takes 4096 (RFC 8030, 7.2): 86 of header, 1 delimiter, 16 tag
SIZES = (256, 512, 1024, 2048, MOST_BYTES)  # a message has one of five lengths, which say little about it
LONGEST_WAIT_SECONDS = 3600
LONGEST_REST_SECONDS = 30
GONE = {404, 410}
REFUSES_TOKEN = {401, 403}
AGAIN = {408, 425, 429, *range(500, 600)}  # their fault, also in what a proxy says in their place, such as 520

log = logging.getLogger(__name__)


class Address(Protocol):
    """Where a message goes: a row of `Subscription`, or anything shaped like one."""

    endpoint: str
    p256dh: str
    auth: str
    key_id: str


@dataclass(frozen=True)
class Outcome:
    """What became of a message.

    `sent`: the service has it. `gone`: the subscription is no more. `retry`: later, after `after` seconds when
    the service named a time. `failed`: refused, and the fault is ours or the subscription's; ours: by all that is known
    that of our key or our clock.
    """

    what: Literal["sent", "gone", "retry", "failed"]
    after: int | None = None
    status: int | None = None
    ours: bool = False


class Resting:
    """Hosts that did not answer, or not in time, each left alone for a while: waiting for one must not hold up those
    of the others."""

    def __init__(self) -> None:
        self._hosts: dict[str, tuple[int, float]] = {}  # host: how often in a row, until when by the steady clock
        self._lock = threading.Lock()

    def left(self, host: str) -> int:
        """Seconds until it may be asked again, 0 for now."""
        with self._lock:
            return max(0, ceil(self._hosts.get(host, (0, 0.0))[1] - monotonic()))

    def failed(self, host: str) -> None:
        """It did not answer."""
        with self._lock:
            times = self._hosts.get(host, (0, 0.0))[0] + 1
            self._hosts[host] = (times, monotonic() + min(2 ** times, LONGEST_REST_SECONDS))

    def answered(self, host: str) -> None:
        """It is there again."""
        with self._lock:
            self._hosts.pop(host, None)


class Tokens:
    """Whose fault a 401 or 403 is. It refuses a token, which is one key's for one service (RFC 8292, 2 and 4.2), and
    says nothing of a subscription, of which 404 and 410 say that it is over (RFC 8030, 7.3). A wrong key or a wrong
    clock are refused for everybody: only what is refused while the last one before it was taken was made with another
    key."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, str], bool] = {}  # key, host: the last answer was that it took a message

    def answered(self, key: str, host: str, outcome: Outcome) -> Outcome:
        """The same outcome, with whose fault it is."""
        if outcome.what == "sent":
            self._taken[key, host] = True
        if outcome.status not in REFUSES_TOKEN:
            return outcome
        return replace(outcome, ours=not self._taken.pop((key, host), False))


class Sender:
    """Sends messages with the keys of this server. Used by many threads at once."""

    def __init__(self, keys: Keys, outgoing: Outgoing) -> None:
        self.keys, self.outgoing, self.resting, self.tokens = keys, outgoing, Resting(), Tokens()
        public = keys.current.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        # `get()` of webpush 1.0.6 keeps values from call to call and mixes up threads; `_encrypt` does not
        self._webpush = WebPush(pem(keys.current.private), public)

    def send(self, to: Address, payload: Mapping[str, Any], ttl: int, topic: str | None = None,
             urgency: str = "high") -> Outcome:
        """Send once. `ttl`: seconds for which the service keeps it; a newer message of a topic replaces it.

        :raise ValueError: the payload is too large
        """
        if self.keys.find(to.key_id) is None:
            return Outcome("gone")
        host = urlsplit(to.endpoint).netloc
        if left := self.resting.left(host):
            return Outcome("retry", left)
        body, headers = self.message(to, payload, ttl, topic, urgency)
        try:
            reply = self.outgoing.post(to.endpoint, body, headers)
        except NotAllowedError as error:
            log.warning("push endpoint not allowed: %s", error)
            return Outcome("failed")
        except UnreachableError as error:
            log.info("push service unreachable: %s", error)
            self.resting.failed(host)
            return Outcome("retry")
        if reply.in_time:
            self.resting.answered(host)
        else:
            self.resting.failed(host)
        return self.tokens.answered(to.key_id, host, judge(reply.status, reply.headers))

    def message(self, to: Address, payload: Mapping[str, Any], ttl: int, topic: str | None = None,
                urgency: str = "high") -> tuple[bytes, dict[str, str]]:
        """Body and headers of a message (RFC 8030, 8291, 8292); `to.key_id` names a key that is here.

        :raise ValueError: the payload is too large
        """
        key = self.keys.by_id[to.key_id]
        headers = {
            "TTL": str(max(0, int(ttl))), "Urgency": urgency, "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream", "Authorization": key.authorization(to.endpoint)}
        if topic:
            headers["Topic"] = topic_name(topic)
        return self.encrypt(padded(payload), to), headers

    def encrypt(self, plain: bytes, to: Address) -> bytes:
        """RFC 8291. The keys were checked when the subscription came in, so pydantic need not look again."""
        keys = WebPushKeys.model_construct(auth=to.auth, p256dh=to.p256dh)
        known = WebPushSubscription.model_construct(endpoint=to.endpoint, keys=keys)
        return bytes(self._webpush._encrypt(plain, known))


def padded(payload: Mapping[str, Any]) -> bytes:
    """JSON, filled up with spaces, which JSON ignores, to one of a few sizes: a length betrays words.

    :raise ValueError: longer than any push service must take
    """
    data = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    size = next((size for size in SIZES if len(data) <= size), None)
    if size is None:
        raise ValueError(f"a push message of {len(data)} bytes, at most {MOST_BYTES}")
    return data.ljust(size)


def topic_name(topic: str) -> str:
    """At most 32 characters of base64url (RFC 8030, 5.4) that say nothing about what they stand for."""
    return base64.urlsafe_b64encode(hashlib.sha256(topic.encode()).digest()[:24]).decode()


def judge(status: int, headers: Mapping[str, str]) -> Outcome:
    """What a reply means. 400, 401, 403 and 413 are ours: never the same message again."""
    if 200 <= status < 300:
        return Outcome("sent", status=status)
    if status in GONE:
        return Outcome("gone", status=status)
    if status in AGAIN:
        named = retry_after(headers.get("Retry-After", "")) or None  # "at once", or before now, names no time
        return Outcome("retry", named, status)
    return Outcome("failed", status=status)


def retry_after(value: str) -> int | None:
    """Seconds of a Retry-After header, a number or a date (RFC 9110, 10.2.3), at most an hour, or None."""
    if value.isascii() and value.isdigit():
        return min(int(value[:10]), LONGEST_WAIT_SECONDS)
    try:
        seconds = (parsedate_to_datetime(value) - clock.now()).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(0, round(seconds)), LONGEST_WAIT_SECONDS)
