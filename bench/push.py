"""Push messages encrypted, padded and signed per CPU second, against the bare calls that RFC 8291 needs."""
from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mentorlog.outgoing import PUSH_HOSTS, Outgoing
from mentorlog.push.keys import load_keys, unpadded
from mentorlog.push.sending import Sender

MESSAGES, RUNS = 300, 15
PAYLOAD = {"web_push": 8030, "notification": {
    "title": "You have something at 15:00", "lang": "en", "dir": "ltr", "silent": False,
    "navigate": "https://journal.example.org/sessions/6f2b0c1e-0000-4000-8000-000000000000",
    "tag": "session-6f2b0c1e-0000-4000-8000-000000000000", "data": {"due": "2026-11-24T13:30:00.000Z"}}}
PADDED_BYTES = 512


@dataclass(frozen=True)
class Address:
    endpoint: str
    p256dh: str
    auth: str
    key_id: str


def bare(point: bytes, auth: bytes) -> bytes:
    """A fresh key, one agreement, three derivations, one sealing: nobody can do with less (RFC 8291, 3.4)."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared, salt = key.exchange(ec.ECDH(), theirs), os.urandom(16)
    secret = HKDF(SHA256(), 32, auth, b"WebPush: info\0" + point + public).derive(shared)
    sealing = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
    nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
    return AESGCM(sealing).encrypt(nonce, b" " * PADDED_BYTES + b"\2", None)


def per_cpu_second(work: Callable[[], object]) -> float:
    """How often it can be done in a second of CPU time."""
    start = time.process_time()
    for _ in range(MESSAGES):
        work()
    return MESSAGES / (time.process_time() - start)


def rows() -> list[tuple[str, float, float, str]]:
    """[(what, ours, floor, unit)]; more is better. Runs are interleaved, each figure is their median."""
    browser = ec.generate_private_key(ec.SECP256R1()).public_key()
    point, auth = browser.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint), os.urandom(16)
    with tempfile.TemporaryDirectory() as folder:
        keys = load_keys(Path(folder), "mailto:operator@example.org")
    sender = Sender(keys, Outgoing(PUSH_HOSTS))
    to = Address("https://fcm.googleapis.com/fcm/send/x", unpadded(point), unpadded(auth), keys.current.id)
    measured = [(per_cpu_second(lambda: sender.message(to, PAYLOAD, 1800, "reminder")),
                 per_cpu_second(lambda: bare(point, auth))) for _ in range(RUNS)]
    ours, floor = (median(column) for column in zip(*measured, strict=True))
    return [("push messages encrypted, padded and signed", ours, floor, "a CPU second")]
