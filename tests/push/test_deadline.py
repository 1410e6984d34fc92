"""A push service that says a byte now and then, each in time, does not hold up the others."""
from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from mentorlog import deadline, outgoing, push
from mentorlog.mail import sending as mailing
from mentorlog.outgoing import UnreachableError
from mentorlog.push.keys import load_keys
from mentorlog.reminders import loop
from tests.mail_server import HOST, certificate, speaking
from tests.push.conftest import AUTH, P256DH
from tests.push.test_outgoing import sending_to, server

EVERY_SECONDS = 0.05
BYTES = 400  # so that waiting for all of them takes 20 seconds
SOON_SECONDS = 5
HEAD = b"HTTP/1.1 201 Created\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
HALF_A_HANDSHAKE = b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb"  # a ServerHello of 16 kB follows


@pytest.fixture(autouse=True)
def half_a_second(monkeypatch):
    monkeypatch.setattr(outgoing, "LONGEST_SECONDS", 0.5)


@pytest.fixture
def soon():
    began = time.monotonic()
    yield
    assert time.monotonic() - began < SOON_SECONDS


def dripping(begin: bytes, drop: bytes = b"x"):
    return speaking([begin, *[drop] * BYTES], EVERY_SECONDS)


@pytest.mark.parametrize("begin", [b"H", b"HTTP/1.1 "])
def test_status_that_drips_is_no_reply(soon, begin):
    with dripping(begin) as port, sending_to(f"http://{HOST}:{port}") as way, pytest.raises(UnreachableError):
        way.post(f"http://{HOST}:{port}/a", b"", {})


@pytest.mark.parametrize(("begin", "drop"), [
    (HEAD, b"x"), (HEAD, b"x: y\r\n"), (CHUNKED, b"0")], ids=["a header", "headers", "the size of a chunk"])
def test_what_drips_below_the_status_is_cut_and_the_status_counts(soon, begin, drop):
    with dripping(begin, drop) as port, sending_to(f"http://{HOST}:{port}") as way:
        reply = way.post(f"http://{HOST}:{port}/a", b"", {})
    assert (reply.status, reply.in_time) == (201, False)


def test_status_that_is_for_ever_to_come_is_no_reply(soon):
    again = dripping(b"HTTP/1.1 ", b"100 Continue\r\n\r\nHTTP/1.1 ")
    with again as port, sending_to(f"http://{HOST}:{port}") as way, pytest.raises(UnreachableError):
        way.post(f"http://{HOST}:{port}/a", b"", {})


def test_handshake_that_drips_is_no_connection(soon, monkeypatch):
    monkeypatch.setattr(outgoing, "CONNECT_SECONDS", 0.5)
    half = dripping(HALF_A_HANDSHAKE, b"\0")
    with half as port, sending_to(f"https://{HOST}:{port}") as way, pytest.raises(UnreachableError):
        way.post(f"https://{HOST}:{port}/a", b"", {})


def test_reply_that_drips_inside_tls_is_cut(soon, monkeypatch, tmp_path):
    shows, trusts = certificate(tmp_path)
    monkeypatch.setattr(outgoing, "_trust", lambda: trusts)
    end = threading.Event()

    def drip(handler):
        for _ in range(BYTES):
            if not end.wait(EVERY_SECONDS):
                handler.wfile.write(b"H")
    with server(drip, shows) as (origin, asked), sending_to(origin.replace("http:", "https:")) as way:
        with pytest.raises(UnreachableError):
            way.post(f"{origin.replace('http:', 'https:')}/a", b"", {})
        end.set()
    assert asked == ["/a"]


def test_service_that_drips_is_left_alone_for_a_while(tmp_path):
    keys = load_keys(tmp_path, "mailto:ops@example.org")
    with dripping(HEAD) as port, sending_to(f"http://{HOST}:{port}") as way:
        sender = push.Sender(keys, way)
        to = SimpleNamespace(endpoint=f"http://{HOST}:{port}/a", p256dh=P256DH, auth=AUTH, key_id=keys.current.id)
        assert sender.send(to, {}, 60).what == "sent"
        assert sender.send(to, {}, 60) == push.Outcome("retry", 2)


def test_reply_in_time_is_not_cut_later(monkeypatch):
    """The line serves again, also while another conversation is under way for long."""
    monkeypatch.setattr(outgoing, "LONGEST_SECONDS", 0.3)
    lines = set()

    def answer(handler):
        lines.add(handler.client_address)
        handler.send_response(201)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
    with server(answer) as (origin, _), sending_to(origin) as way:
        assert way.post(f"{origin}/a", b"", {}).in_time
        until = time.monotonic() + 3 * deadline.TURN_SECONDS
        while time.monotonic() < until:
            assert way.post(f"{origin}/a", b"", {}).in_time
    assert len(lines) == 1


def test_longest_message_ends_before_the_lease_it_was_claimed_by():
    assert loop.LONGEST_POST.total_seconds() > outgoing.LONGEST_SECONDS + deadline.TURN_SECONDS
    assert loop.LONGEST_POST.total_seconds() >= mailing.LONGEST_SECONDS
