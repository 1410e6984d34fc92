"""A real SMTP server for tests: it takes letters, or refuses, hangs, offers TLS, as it is told."""
from __future__ import annotations

import asyncio
import contextlib
import datetime
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from tests.loops import WAIT_SECONDS, let_nobody_in

HOST = "127.0.0.1"
TAKEN = "250 Taken"


class MailServer(Controller):
    """The letters it took are in `letters`, as they came in `raw`, and when in `times`. says: command to the reply that
    is given instead. meets: what the next letters meet, one after the other: a reply that is given instead, `cut` the
    line before it is taken, `lose` the answer or `hang` once it is, or nothing.
    """

    def __init__(self, **more: Any) -> None:
        self.socket = socket.create_server((HOST, 0))
        self.raw: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.times: list[float] = []
        self.says: dict[str, str] = {}
        self.meets: list[str | None] = []
        self.hangs = self.hangs_up = False
        super().__init__(self, hostname=HOST, port=self.socket.getsockname()[1], **more)

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self.socket, ssl=self.ssl_context)

    def stop(self, no_assert: bool = False) -> None:
        asyncio.run_coroutine_threadsafe(let_nobody_in(self.socket), self.loop).result(WAIT_SECONDS)
        super().stop(no_assert)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Envelope, to: str, _options: Any) -> str:  # noqa: N802
        if "RCPT" not in self.says:
            envelope.rcpt_tos.append(to)
        return self.says.get("RCPT", "250 OK")

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Envelope, sender: str, _options: Any) -> str:  # noqa: N802
        envelope.mail_from = sender
        return self.says.get("MAIL", "250 OK")

    async def handle_QUIT(self, server: Any, _session: Any, _envelope: Envelope) -> str:  # noqa: N802
        if self.hangs_up:
            server.transport.abort()
        return self.says.get("QUIT", "221 Bye")

    async def handle_DATA(self, server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.hangs:
            await asyncio.Event().wait()
        met = self.says.get("DATA") or (self.meets.pop(0) if self.meets else None) or TAKEN
        if met in (TAKEN, "lose", "hang"):
            self.raw.append(bytes(envelope.original_content or b""))
            self.recipients.append(envelope.rcpt_tos)
            self.times.append(time.time())
        if met == "hang":
            await asyncio.Event().wait()
        if met in ("cut", "lose"):
            server.transport.abort()
        return met

    @property
    def letters(self) -> list[EmailMessage]:
        return [read(raw) for raw in self.raw]


@cache
def read(raw: bytes) -> EmailMessage:
    """A letter, read once: aiosmtpd looks at every attribute of its handler whenever somebody connects."""
    return message_from_bytes(raw, policy=SMTP)  # type: ignore[return-value]


def only(user: str, password: str) -> Any:
    """Lets one in by name and password."""
    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        right = isinstance(given, LoginPassword) and given == LoginPassword(user.encode(), password.encode())
        return AuthResult(success=right, handled=False)
    return check


@contextlib.contextmanager
def running(**more: Any) -> Iterator[MailServer]:
    server = MailServer(**more)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def speaking(said: list[bytes], every_seconds: float) -> Iterator[int]:
    """The port of a server that says these things, whatever it is asked, and then nothing more."""
    over = threading.Event()

    def speak() -> None:
        with contextlib.suppress(OSError):
            line, _ = listener.accept()
            with line:
                for one in said:
                    over.wait(every_seconds)
                    line.sendall(one)
                over.wait()
    with socket.create_server((HOST, 0)) as listener:
        thread = threading.Thread(target=speak, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        over.set()
    thread.join(10)


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate of our own for HOST: what the server shows, and what a client has to trust."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    signed = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
              .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
              .not_valid_after(now + datetime.timedelta(days=1))
              .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
              .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False)
              .sign(key, hashes.SHA256()))
    file = folder / "mail.pem"
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                               serialization.NoEncryption())
    file.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cafile=str(file))
