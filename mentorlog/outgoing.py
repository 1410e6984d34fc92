"""The only way out: https to hosts we know, at public addresses, pinned at connect, never redirected.

An endpoint is an address that a stranger's browser hands us. Without these rules it would make the server
knock on doors inside its own network (server-side request forgery, OWASP).
"""
from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from time import monotonic
from urllib.parse import SplitResult, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from . import deadline

# Chrome and most of its kin, Chromium without a channel (Debian's), Firefox, Safari, Edge; with subdomains.
PUSH_HOSTS = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
CONNECT_SECONDS = 5
READ_SECONDS = 10
LONGEST_SECONDS = 15  # for all of it; less than what is left of a lease (reminders/loop.py)
BODY_SECONDS = 5  # for what stands below the status, which nobody reads
LONGEST_URL = 2000
LARGEST_REPLY_BYTES = 16_384
POOLS_KEPT = 32
FOUND_SECONDS = 30  # a look-up that was good is not made again; what was checked is what is connected to all the same
CONNECTIONS_KEPT = 16
_PLAIN = re.compile(r"[\x21-\x5b\x5d-\x7e]+")  # no backslash: browsers read it as /
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?=.{{1,253}}$)(?:{_LABEL}\.)*{_LABEL}")  # RFC 1123, 2.1: anything else is looked up by nobody
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotAllowedError(ValueError):
    """An address to which nothing is sent. The text holds no more of it than its host."""


class UnreachableError(OSError):
    """No reply: no address, no connection, a broken one, or too slow."""


@dataclass(frozen=True)
class Reply:
    """What came back: status and headers. The body of a push service is for people and is not kept.

    in_time: False when the line had to be cut once the status was said.
    """

    status: int
    headers: Mapping[str, str]
    in_time: bool = True


class _Plain(HTTPConnection):
    """A connection that a deadline can cut."""

    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as that of urllib3 itself
        line = self.sock  # kept: a connection lets go of one that will not serve again before its reply is read
        deadline.speaks_over(lambda: line)
        return super().getresponse()


class _Secure(HTTPSConnection):
    """The same with TLS; Python gives the whole of a handshake CONNECT_SECONDS."""

    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as that of urllib3 itself
        line = self.sock
        deadline.speaks_over(lambda: line)
        return super().getresponse()


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Secure


Pool = urllib3.HTTPConnectionPool
Connect = Callable[[SplitResult], Pool]


class Outgoing:
    """Sends to known hosts. Used by many threads at once.

    own: what the operator trusts besides: a host name (`push.example.org`, under the same rules),
    or an origin (`http://10.0.0.7:8091`), which is then taken as it stands, private or not.
    connect: gives the connections to a URL that was checked; tests hand in one that leads to a stand-in.
    """

    def __init__(self, hosts: Sequence[str], own: Sequence[str] = (), connect: Connect | None = None) -> None:
        self.hosts = (*hosts, *(entry.lower() for entry in own if "://" not in entry))
        self.origins = frozenset(entry.rstrip("/").lower() for entry in own if "://" in entry)
        self._connect = connect or self._pinned
        self._pools: dict[tuple[str, str, int, str], Pool] = {}
        self._found: dict[str, tuple[str, float]] = {}  # origin: a checked address, and until when by the steady clock
        self._lock = threading.Lock()

    def check(self, url: str) -> SplitResult:
        """The parts of a URL to which something may be sent.

        :raise NotAllowedError: not a plain https URL on port 443, or a host that is not known
        """
        if not isinstance(url, str) or len(url) > LONGEST_URL or not _PLAIN.fullmatch(url):
            raise NotAllowedError("not a plain URL")
        parts = _split(url)
        if origin(parts) in self.origins and "@" not in parts.netloc:
            return parts
        if parts.scheme != "https" or "@" in parts.netloc or parts.port not in (None, 443):
            raise NotAllowedError("not https on port 443 without credentials")
        name = parts.netloc.partition(":")[0].lower()
        if not _NAME.fullmatch(name) or not ("." + name).endswith(tuple("." + host for host in self.hosts)):
            raise NotAllowedError(f"not a host we know: {name}")
        return parts

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Send once, to the very address that was checked; a redirect is a reply like any other.

        :raise NotAllowedError: the URL, or every address behind its name
        :raise UnreachableError: no reply came
        """
        parts = self.check(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with deadline.within(LONGEST_SECONDS) as end:
            try:
                reply = self._connect(parts).request(
                    "POST", path, body=body, headers={**headers, "Host": parts.netloc}, redirect=False,
                    retries=False, preload_content=False)
            except (urllib3.exceptions.HTTPError, OSError) as error:
                self._found.pop(origin(parts), None)  # it may have moved
                raise UnreachableError(f"{parts.hostname}: {type(error).__name__}") from error
            _let_go(reply)
        return Reply(reply.status, reply.headers, not end.passed)

    def _pinned(self, parts: SplitResult) -> Pool:
        """Connections to an address of the host, looked up each half minute, so that a moved one is followed."""
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        key = (parts.scheme, host, port, self._address(origin(parts), host, port))
        with self._lock:
            if key not in self._pools:
                if len(self._pools) >= POOLS_KEPT:
                    self._pools.clear()
                self._pools[key] = _pool(*key)
            return self._pools[key]

    def _address(self, at: str, host: str, port: int) -> str:
        """The address of a host, checked when it was looked up; only what passed is remembered. at: its origin."""
        address, until = self._found.get(at, ("", 0.0))
        if monotonic() >= until:
            address = addresses(host, port)[0] if at in self.origins else public_address(host, port)
            if len(self._found) >= POOLS_KEPT:
                self._found.clear()
            self._found[at] = address, monotonic() + FOUND_SECONDS
        return address


def _let_go(reply: urllib3.BaseHTTPResponse) -> None:
    """Read what is left, so that the connection serves again; one that drips, breaks or has no end is closed.

    Whatever comes of it, the status was said: what was taken is not sent twice.
    """
    end, room = monotonic() + BODY_SECONDS, LARGEST_REPLY_BYTES
    try:
        while room > 0 and monotonic() < end:
            if not (some := reply.read1(room, decode_content=False)):
                reply.release_conn()
                return
            room -= len(some)
    except (urllib3.exceptions.HTTPError, OSError):
        pass
    reply.close()


def origin(parts: SplitResult) -> str:
    """Scheme, host and port as RFC 6454 writes them: without the port that goes with the scheme."""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = "" if parts.port in (None, {"https": 443, "http": 80}.get(parts.scheme)) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def addresses(host: str, port: int) -> list[str]:
    """The addresses behind a name, the best first (RFC 6724); OSError when there is none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def public_address(host: str, port: int) -> str:
    """The best address of a host.

    :raise NotAllowedError: one of its addresses is not public: a name that points inside is meant to
    """
    found = addresses(host, port)
    if not found or not all(map(is_public, found)):
        raise NotAllowedError(f"not at a public address: {host}")
    return found[0]


def is_public(address: str) -> bool:
    """Whether an IP address is on the open Internet, also where an IPv6 address wraps an IPv4 one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner: list[ipaddress.IPv4Address | None] = []
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    if wrapped := [one for one in inner if one is not None]:
        return all(one.is_global and not one.is_multicast for one in wrapped)
    return ip.is_global and not ip.is_multicast


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is the check
    except ValueError as error:
        raise NotAllowedError("not a plain URL") from error
    return parts


def _pool(scheme: str, host: str, port: int, address: str) -> Pool:
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    if scheme == "http":
        return _PlainPool(address, port, timeout=timeout, maxsize=CONNECTIONS_KEPT)
    return _SecurePool(
        address, port, timeout=timeout, maxsize=CONNECTIONS_KEPT, server_hostname=host, assert_hostname=host,
        ssl_context=_trust())


@cache
def _trust() -> ssl.SSLContext:
    """The certificates this machine trusts, read once."""
    return ssl.create_default_context()
