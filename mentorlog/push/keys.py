"""Who this server is to a push service: its VAPID keys and the tokens signed with them (RFC 8292)."""
from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from .. import clock
from ..config import secret_file
from ..outgoing import origin

KEY_FILE = "vapid.pem"
FORMER_KEY_FILES = "vapid-*.pem"  # keys that were replaced and still have subscriptions
TOKEN_SECONDS = 12 * 3600  # RFC 8292 allows 24 hours
TOKENS_KEPT = 64
_SUBJECT = re.compile(r"mailto:[^@\s<>]+@[^@\s<>]+|https://\S+")


@dataclass
class Key:
    """One VAPID key. `public` is what browsers subscribe with, `id` what a subscription remembers of it."""

    private: EllipticCurvePrivateKey
    subject: str
    _tokens: dict[str, tuple[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public = unpadded(point)
        self.id = key_id(point)

    def authorization(self, endpoint: str) -> str:
        """The header of a message to this endpoint. Signed once for its origin, kept for half its life.

        `aud` is the origin with its port, as RFC 8292 says; webpush 1.0.6 leaves the port out.
        """
        audience, now = origin(urlsplit(endpoint)), clock.now().timestamp()
        header, expires = self._tokens.get(audience, ("", 0.0))
        if not TOKEN_SECONDS / 2 <= expires - now <= TOKEN_SECONDS:  # more: signed by a clock that was ahead
            if len(self._tokens) >= TOKENS_KEPT:
                self._tokens.clear()
            header, expires = self._sign(audience, int(now) + TOKEN_SECONDS)
            self._tokens[audience] = header, expires
        return header

    def _sign(self, audience: str, expires: int) -> tuple[str, int]:
        claims = {"aud": audience, "exp": expires, "sub": self.subject}
        return f"vapid t={jwt.encode(claims, self.private, 'ES256')}, k={self.public}", expires


class Keys:
    """The key in use, and the former ones, by id: a subscription is bound to the key it was made with."""

    def __init__(self, current: Key, former: list[Key] | None = None) -> None:
        self.current = current
        self.by_id = {key.id: key for key in [*(former or []), current]}

    def find(self, key_id: str) -> Key | None:
        """The key of a subscription; None when it was thrown away."""
        return self.by_id.get(key_id)


def ensure_keys(folder: Path) -> Path:
    """The file of the private key (0600), made when there is none yet."""
    path = folder / KEY_FILE
    if not path.exists():
        secret_file(path, pem(generate_private_key(SECP256R1())).decode())
    return path


def load_keys(folder: Path, subject: str) -> Keys:
    """The keys of a data folder; the one in use is made when there is none yet.

    subject: how a push service reaches the operator, `mailto:…` or `https://…`
    :raise ValueError: the subject is neither, or a file holds no P-256 key
    """
    if not _SUBJECT.fullmatch(subject):
        raise ValueError("a push service wants mailto:name@example.org or an https address as contact")
    former = [_load(path, subject) for path in sorted(folder.glob(FORMER_KEY_FILES))]
    return Keys(_load(ensure_keys(folder), subject), former)


def _load(path: Path, subject: str) -> Key:
    private = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(private, EllipticCurvePrivateKey) or not isinstance(private.curve, SECP256R1):
        raise ValueError(f"{path.name} holds no P-256 key")
    return Key(private, subject)


def key_id(point: bytes) -> str:
    """The short name of a public key."""
    return hashlib.sha256(point).hexdigest()[:16]


def pem(private: EllipticCurvePrivateKey) -> bytes:
    """The private key as a file holds it."""
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def unpadded(raw: bytes) -> str:
    """base64url without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """The bytes of base64url, padded or not.

    :raise ValueError: not base64url
    """
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
