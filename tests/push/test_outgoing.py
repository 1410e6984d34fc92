"""The guard of outgoing HTTP: what may be asked for, where it may lead, and what comes back."""
from __future__ import annotations

import socket
import ssl
import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mentorlog import outgoing
from mentorlog.outgoing import PUSH_HOSTS, NotAllowedError, Outgoing, UnreachableError
from tests.push.gcm import certificate


@contextmanager
def server(answer, context=None):
    """A server on 127.0.0.1 whose POST runs `answer(handler)`; gives its origin and the list of paths asked for.

    context: its TLS, none where it is left out.
    """
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked.append(self.path)
            answer(self)

        def log_message(self, *_):
            """Quiet."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    running.handle_error = lambda *_: None
    if context:
        running.socket = context.wrap_socket(running.socket, server_side=True)
    thread = threading.Thread(target=running.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}", asked
    finally:
        running.shutdown()
        thread.join()
        running.server_close()


def reply(handler, status=201, body=b"", **headers):
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def sending_to(origin):
    way = Outgoing((), own=(origin,))
    try:
        yield way
    finally:
        for pool in way._pools.values():
            pool.close()


@pytest.mark.parametrize("url", [
    "https://fcm.googleapis.com/fcm/send/a:b", "https://jmt17.google.com/fcm/send/a:b",
    "https://updates.push.services.mozilla.com/wpush/v2/x", "https://web.push.apple.com/QAbc",
    "https://wns2-par02p.notify.windows.com/w/?token=BQY%3d", "https://FCM.googleapis.com:443/x"])
def test_push_services_are_known(url):
    assert Outgoing(PUSH_HOSTS).check(url).hostname


@pytest.mark.parametrize("url", [
    "http://fcm.googleapis.com/x", "https://fcm.googleapis.com:8443/x", "https://fcm.googleapis.com@10.0.0.1/x",
    "https://evilfcm.googleapis.com.attacker.example/", "https://xfcm.googleapis.com/", "https://googleapis.com/",
    "http://127.0.0.1:6379/", "https://169.254.169.254/latest", "https://[::1]/", "https://localhost/",
    "https://fcm.googleapis.com./x", "https://fcm.googleapis.com\\@evil.example/", "https://user:pw@web.push.apple.com/",
    "https://fcm.googleapis.com/\r\nX: y", "https://fcm.googleapis.com/é", "file:///etc/passwd",
    "//fcm.googleapis.com/x",
    "https://.push.apple.com/", "https://a..push.apple.com/", "https://*.push.apple.com/",
    "https://-.push.apple.com/", "https://10.0.0.1%2f.push.apple.com/", "https://10.0.0.1;.push.apple.com/",
    "https://[v1.push.apple.com]/", "https://[::1%25.push.apple.com]/", "https://a_b.push.apple.com/",
    f"https://{'a' * 64}.push.apple.com/", f"https://{'a.' * 130}push.apple.com/",
    "https://fcm.googleapis.com:99999/", "https://[fcm.googleapis.com/", "https://web.push.apple.com/" + "x" * 2000,
    "", 7, None])
def test_anything_else_is_not_allowed(url):
    with pytest.raises(NotAllowedError):
        Outgoing(PUSH_HOSTS).check(url)


def test_operators_own_host_follows_the_same_rules():
    way = Outgoing((), own=("Push.Example.org",))
    assert way.check("https://push.example.org/x")
    with pytest.raises(NotAllowedError):
        way.check("http://push.example.org/x")


def test_operators_own_origin_is_taken_as_it_stands():
    way = Outgoing((), own=("http://127.0.0.1:8091/",))
    assert way.check("http://127.0.0.1:8091/wpush/x")
    for other in ("http://127.0.0.1:8092/", "https://127.0.0.1:8091/", "http://a@127.0.0.1:8091/"):
        with pytest.raises(NotAllowedError):
            way.check(other)


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1",
    "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "2002:0a00:0001::1", "64:ff9b::7f00:1", "ff02::1"])
def test_address_inside_is_not_public(address):
    assert not outgoing.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_address_outside_is_public(address):
    assert outgoing.is_public(address)


def test_known_name_that_leads_inside_is_refused(monkeypatch):
    monkeypatch.setattr(outgoing, "addresses", lambda host, port: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(NotAllowedError, match="public"):
        Outgoing(PUSH_HOSTS).post("https://web.push.apple.com/x", b"", {})


def test_connects_to_the_address_that_was_checked(monkeypatch):
    monkeypatch.setattr(outgoing, "addresses", lambda host, port: ["8.8.8.8"])
    pool = Outgoing(PUSH_HOSTS)._pinned(outgoing.urlsplit("https://web.push.apple.com/x"))
    assert (pool.host, pool.port) == ("8.8.8.8", 443)
    assert pool.conn_kw["server_hostname"] == pool.assert_hostname == "web.push.apple.com"
    assert pool.conn_kw["ssl_context"].verify_mode == ssl.CERT_REQUIRED


@pytest.fixture
def names(monkeypatch):
    """What a name leads to, to be changed, and how often it was looked up; `later(seconds)` turns the steady clock."""
    class Names:
        found, asked, at = ["8.8.8.8"], 0, 0.0

        def look_up(self, host, port):
            self.asked += 1
            return self.found

        def later(self, seconds):
            self.at += seconds
    here = Names()
    monkeypatch.setattr(outgoing, "addresses", here.look_up)
    monkeypatch.setattr(outgoing, "monotonic", lambda: here.at)
    return here


def test_name_is_looked_up_anew_after_half_a_minute(names):
    way, parts = Outgoing(PUSH_HOSTS), outgoing.urlsplit("https://web.push.apple.com/x")
    assert {way._pinned(parts).host for _ in range(5)} == {"8.8.8.8"}
    assert names.asked == 1
    names.found = ["1.1.1.1"]
    names.later(29)
    assert way._pinned(parts).host == "8.8.8.8"
    names.later(1)
    assert (way._pinned(parts).host, names.asked) == ("1.1.1.1", 2)


def test_name_that_comes_to_lead_inside_is_never_followed_there(names):
    way, parts = Outgoing(PUSH_HOSTS), outgoing.urlsplit("https://web.push.apple.com/x")
    way._pinned(parts)
    names.found = ["10.0.0.1"]
    assert way._pinned(parts).host == "8.8.8.8"
    names.later(30)
    for asked in (2, 3):  # what was refused is not remembered either
        with pytest.raises(NotAllowedError, match="public"):
            way._pinned(parts)
        assert names.asked == asked


def test_name_is_looked_up_anew_when_its_address_does_not_answer(names):
    with server(lambda handler: None) as (origin, _):
        """Only its port is wanted."""
    names.found = ["127.0.0.1"]
    with sending_to(origin.replace("127.0.0.1", "push.example.org")) as way:
        for asked in (1, 2):
            with pytest.raises(UnreachableError):
                way.post(f"{next(iter(way.origins))}/a", b"", {})
            assert names.asked == asked


def test_reply_is_status_and_headers():
    busy = partial(reply, status=429, body=b"slow down", **{"Retry-After": "7"})
    with server(busy) as (origin, asked), sending_to(origin) as way:
        got = way.post(f"{origin}/a?b=c", b"body", {"TTL": "5"})
    assert (got.status, got.headers["Retry-After"], asked) == (429, "7", ["/a?b=c"])


def test_redirect_is_not_followed():
    with server(partial(reply, status=307, Location="/elsewhere")) as (origin, asked), sending_to(origin) as way:
        assert way.post(f"{origin}/a", b"", {}).status == 307
    assert asked == ["/a"]


def test_endless_reply_is_cut_and_the_next_one_is_whole():
    def answer(handler):
        reply(handler, 200, b"x" * 1_000_000 if handler.path == "/long" else b"ok")
    with server(answer) as (origin, _), sending_to(origin) as way:
        assert [way.post(f"{origin}{path}", b"", {}).status for path in ("/long", "/short", "/short")] == [200] * 3


def test_reply_that_drips_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(outgoing, "BODY_SECONDS", 0.2)
    end = threading.Event()

    def drip(handler):
        reply(handler, 201, b"x", **{"Content-Length": "10000"})
        while not end.wait(0.02):
            handler.wfile.write(b"x")
    with server(drip) as (origin, _), sending_to(origin) as way:
        assert way.post(f"{origin}/a", b"", {}).status == 201
        end.set()


def test_reply_that_breaks_off_below_its_status_was_a_reply():
    def break_off(handler):
        reply(handler, 201, b"x", **{"Content-Length": "10000"})
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True
    with server(break_off) as (origin, _), sending_to(origin) as way:
        assert way.post(f"{origin}/a", b"", {}).status == 201


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_certificate_that_nobody_vouches_for_is_unreachable(host):
    context, _ = certificate()
    with server(reply, context) as (origin, asked):
        own = origin.replace("http://127.0.0.1", f"https://{host}")
        with sending_to(own) as way, pytest.raises(UnreachableError, match="SSLError"):
            way.post(f"{own}/a", b"", {})
    assert asked == []


def test_server_that_speaks_no_tls_is_unreachable():
    with server(reply) as (origin, asked):
        own = origin.replace("http:", "https:")
        with sending_to(own) as way, pytest.raises(UnreachableError):
            way.post(f"{own}/a", b"", {})
    assert asked == []


def test_name_without_an_address_is_unreachable(monkeypatch):
    def nobody(*_, **__):
        raise socket.gaierror
    monkeypatch.setattr(outgoing.socket, "getaddrinfo", nobody)
    with pytest.raises(UnreachableError):
        Outgoing(PUSH_HOSTS).post("https://web.push.apple.com/x", b"", {})


def test_silent_server_is_unreachable(monkeypatch):
    monkeypatch.setattr(outgoing, "READ_SECONDS", 0.1)
    quiet = threading.Event()
    with server(lambda handler: quiet.wait(10)) as (origin, _), sending_to(origin) as way:
        with pytest.raises(UnreachableError):
            way.post(f"{origin}/a", b"", {})
        quiet.set()


def test_closed_port_is_unreachable():
    with server(lambda handler: None) as (origin, _):
        """Only its port is wanted."""
    with sending_to(origin) as way, pytest.raises(UnreachableError):
        way.post(f"{origin}/a", b"", {})
