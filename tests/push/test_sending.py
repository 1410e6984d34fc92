"""One message: encrypted as RFC 8291 says, padded, signed once for an origin, and what its answer means."""
from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import jwt
import pytest
import webpush
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mentorlog import clock, push
from mentorlog.config import Config
from mentorlog.outgoing import PUSH_HOSTS, Outgoing, UnreachableError
from mentorlog.push import sending
from mentorlog.push.keys import decoded, load_keys
from mentorlog.push.sending import MOST_BYTES, SIZES, Sender, judge, padded
from tests.push.service import PushService

# RFC 8291, section 5 and appendix A
PLAIN = b"When I grow up, I want to be a watermelon"
SERVER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BROWSER_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
BROWSER_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BODY = ("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6P"
        "Bru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Address:
    endpoint: str
    key_id: str
    p256dh: str = BROWSER_PUBLIC
    auth: str = AUTH


@pytest.fixture
def keys(tmp_path):
    return load_keys(tmp_path, "mailto:ops@example.org")


@pytest.fixture
def service():
    with PushService() as running:
        yield running


@pytest.fixture
def sender(keys, service):
    return Sender(keys, Outgoing(PUSH_HOSTS, connect=service.connect))


@pytest.fixture
def to(sender, service):
    return Address(service.subscribe(sender.keys.current.public), sender.keys.current.id)


def private(text):
    return ec.derive_private_key(int.from_bytes(decoded(text)), ec.SECP256R1())


def derive(secret, salt, info, length):
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def decrypt(body):
    """What the browser of the RFC reads in a body (RFC 8188 and 8291), written from the RFCs."""
    salt, point, sealed = body[:16], body[21:86], body[86:]
    assert int.from_bytes(body[16:20]) == 4096 >= len(body)
    assert body[20] == 65
    server = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    shared = private(BROWSER_PRIVATE).exchange(ec.ECDH(), server)
    secret = derive(shared, decoded(AUTH), b"WebPush: info\0" + decoded(BROWSER_PUBLIC) + point, 32)
    key = derive(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derive(secret, salt, b"Content-Encoding: nonce\0", 12)
    plain = AESGCM(key).decrypt(nonce, sealed, None)
    assert plain.endswith(b"\2")
    return plain[:-1]


def claims(header):
    token = header.removeprefix("vapid t=").partition(",")[0]
    return jwt.decode(token, options={"verify_signature": False})


# -- encryption --------------------------------------------------------------------------------------------------------

def test_body_is_that_of_the_rfc(sender, to, monkeypatch):
    """webpush draws salt and key itself; here it draws the RFC's."""
    monkeypatch.setattr(webpush.os, "urandom", lambda n: decoded(SALT))
    monkeypatch.setattr(webpush.ec, "generate_private_key", lambda *_: private(SERVER_PRIVATE))
    assert sender.encrypt(PLAIN, to) == decoded(BODY)


@pytest.mark.parametrize("size", [0, 1, 100, MOST_BYTES])
def test_browser_reads_what_was_encrypted(sender, to, size):
    body = sender.encrypt(b"x" * size, to)
    assert decrypt(body) == b"x" * size
    assert len(body) == 86 + size + 17


def test_no_two_bodies_are_alike(sender, to):
    assert sender.encrypt(PLAIN, to) != sender.encrypt(PLAIN, to)


def test_length_says_little():
    lengths = {len(padded({"title": "x" * size})) for size in range(0, 1000, 50)}
    assert lengths == set(SIZES[:3])
    assert json.loads(padded({"title": "é"})) == {"title": "é"}


def test_longest_payload_fills_the_largest_record():
    room = MOST_BYTES - len('{"a":""}')
    assert len(padded({"a": "x" * room})) == MOST_BYTES
    with pytest.raises(ValueError, match="3993"):
        padded({"a": "x" * (room + 1)})


def test_webpush_still_sticks_to_the_last_ttl(keys):
    """Why its `get()` is never called: one call's ttl stays for all later ones, and for other threads."""
    pem = keys.current.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    theirs = webpush.WebPush(push.keys.pem(keys.current.private), pem, subscriber="ops@example.org")
    known = webpush.WebPushSubscription(endpoint="https://a.example", keys={"p256dh": BROWSER_PUBLIC, "auth": AUTH})
    theirs.get("x", known, ttl=3600)
    assert theirs.get("x", known).headers["ttl"] == "3600"


# -- VAPID -------------------------------------------------------------------------------------------------------------

def test_keys_are_made_once_and_for_our_eyes(tmp_path):
    first = load_keys(tmp_path, "mailto:ops@example.org").current
    file = push.ensure_keys(tmp_path)
    assert load_keys(tmp_path, "mailto:ops@example.org").current.public == first.public
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600


def test_replaced_key_still_signs_for_its_subscriptions(tmp_path):
    old = load_keys(tmp_path, "mailto:ops@example.org").current
    (tmp_path / "vapid.pem").rename(tmp_path / "vapid-2026.pem")
    keys = load_keys(tmp_path, "mailto:ops@example.org")
    assert keys.current.id != old.id
    assert keys.find(old.id).public == old.public


@pytest.mark.parametrize("subject", ["", "ops@example.org", "http://example.org", "mailto:", "mailto:<a@b>"])
def test_push_services_must_be_able_to_reach_somebody(tmp_path, subject):
    with pytest.raises(ValueError, match="contact"):
        load_keys(tmp_path, subject)


@pytest.mark.parametrize(("settings", "subject"), [
    ({"contact": "ops@example.org"}, "mailto:ops@example.org"),
    ({"contact": "https://example.org/contact"}, "https://example.org/contact"),
    ({"base_url": "https://journal.example.org"}, "https://journal.example.org"),
    ({"base_url": "http://127.0.0.1:8000"}, "mailto:operator@localhost")])
def test_contact_is_what_was_set_else_the_site(settings, subject):
    assert push.subject(Config(**settings)) == subject


def test_token_names_origin_with_port_and_lasts_half_a_day(keys):
    with clock.at(NOON):
        header = keys.current.authorization("https://push.example.org:8443/a")
    assert claims(header) == {
        "aud": "https://push.example.org:8443", "exp": int(NOON.timestamp()) + 43_200, "sub": "mailto:ops@example.org"}
    assert header.endswith(f", k={keys.current.public}")


def test_token_is_signed_once_for_an_origin_until_half_its_life(keys):
    def at(hours, endpoint="https://a.example/1"):
        with clock.at(NOON + timedelta(hours=hours)):
            return keys.current.authorization(endpoint)
    assert at(0) == at(5.9, "https://a.example/2")
    assert at(0) != at(0, "https://b.example/1")
    assert claims(at(6.1))["exp"] > claims(at(0, "https://b.example/1"))["exp"]


def test_token_cache_does_not_grow_for_ever(keys):
    for number in range(200):
        keys.current.authorization(f"https://{number}.example/x")
    assert len(keys.current._tokens) <= 64


# -- sending -----------------------------------------------------------------------------------------------------------

def test_message_is_taken_by_a_strict_push_service(sender, to, service):
    assert sender.send(to, {"title": "You have something at 15:00"}, 1800, "reminder").what == "sent"
    [got] = service.received
    assert json.loads(decrypt(got["body"])) == {"title": "You have something at 15:00"}
    assert (got["ttl"], got["urgency"], len(got["topic"])) == (1800, "high", 32)


def test_newer_message_of_a_topic_takes_the_place_of_the_older(sender, to, service):
    for text in ("first", "second"):
        sender.send(to, {"text": text}, 60, "one")
    sender.send(to, {"text": "third"}, 60, "other")
    assert [json.loads(decrypt(one["body"]))["text"] for one in service.stored()] == ["second", "third"]


def test_key_that_is_no_more_means_gone(sender, to):
    assert sender.send(replace(to, key_id="0" * 16), {}, 60).what == "gone"


def test_key_that_was_not_subscribed_with_is_refused(sender, service, keys):
    to = Address(service.subscribe(BROWSER_PUBLIC), keys.current.id)
    assert sender.send(to, {}, 60) == push.Outcome("failed", status=403, ours=True)


def test_endpoint_that_is_no_longer_allowed_fails(sender, to):
    assert sender.send(replace(to, endpoint="https://127.0.0.1/x"), {}, 60).what == "failed"


def test_silent_service_means_again(keys, to, service):
    service.pool.close()
    nobody = PushService()
    with nobody:
        """Only its port is wanted."""
    sender = Sender(keys, Outgoing(PUSH_HOSTS, connect=lambda parts: nobody.pool))
    assert sender.send(to, {}, 60).what == "retry"


def test_service_that_did_not_answer_is_left_alone_for_a_while(sender, to, service, monkeypatch):
    seconds, post = [100.0], sender.outgoing.post
    monkeypatch.setattr(sending, "monotonic", lambda: seconds[0])

    def silent(*_):
        raise UnreachableError
    monkeypatch.setattr(sender.outgoing, "post", silent)
    assert [sender.send(to, {}, 60) for _ in range(2)] == [push.Outcome("retry"), push.Outcome("retry", 2)]
    seconds[0] += 2
    assert [sender.send(to, {}, 60) for _ in range(2)] == [push.Outcome("retry"), push.Outcome("retry", 4)]
    other = replace(to, endpoint="https://jmt17.google.com/fcm/send/" + to.endpoint.rpartition("/")[2])
    monkeypatch.setattr(sender.outgoing, "post", post)
    assert sender.send(other, {}, 60).what == "sent"
    assert sender.send(to, {}, 60).what == "retry"
    seconds[0] += 4
    assert [sender.send(to, {}, 60).what for _ in range(2)] == ["sent", "sent"]


@pytest.mark.parametrize(("status", "what"), [
    (200, "sent"), (201, "sent"), (202, "sent"), (204, "sent"), (404, "gone"), (410, "gone"), (408, "retry"),
    (425, "retry"), (429, "retry"), (500, "retry"), (502, "retry"), (503, "retry"), (504, "retry"), (301, "failed"),
    (307, "failed"), (400, "failed"), (401, "failed"), (403, "failed"), (413, "failed")])
def test_answers_and_what_they_mean(status, what):
    assert judge(status, {}).what == what


@pytest.mark.parametrize(("value", "seconds"), [
    ("7", 7), ("0", None), ("99999999999999", 3600), ("", None), ("soon", None), ("-1", None), ("²", None),
    ("Tue, 24 Nov 2026 12:00:30 GMT", 30), ("Tue, 24 Nov 2026 11:00:00 GMT", None)])
def test_retry_after_is_seconds_or_a_date(value, seconds):
    with clock.at(NOON):
        assert judge(429, {"Retry-After": value}).after == seconds
