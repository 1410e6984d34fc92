"""The suite's own tools: a line that breaks as it says, real servers and browsers, databases that are fresh."""
from __future__ import annotations

import gc
import http.client
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests import browser as finder
from tests import mail_server, postgres, trouble
from tests.devices import Console, launch
from tests.processes import Server
from tests.proxy import Elsewhere, FaultProxy
from tests.push.service import PushService

BODY = b"x" * 10_000


class Echo(BaseHTTPRequestHandler):
    """Answers with what it got, and keeps it in the server's `got`."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.got.append((self.command, self.path, len(body)))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.server.answered.set()

    do_POST = do_GET  # noqa: N815 - the name that http.server looks for

    def log_message(self, *_):
        """Nothing: standard error is for what matters."""


@pytest.fixture
def echo():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.got, server.answered = [], threading.Event()
    server.handle_error = lambda *_: server.answered.set()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def line(echo):
    with FaultProxy(lambda: echo.server_port) as proxy:
        yield proxy


@pytest.fixture
def ask(line):
    connection = http.client.HTTPConnection("127.0.0.1", line.port, timeout=5)

    def request(method="POST", path="/sync", body=BODY):
        try:
            connection.request(method, path, body)
            reply = connection.getresponse()
            return reply.status, reply.read()
        except OSError:
            connection.close()  # by itself only if it broke after the request was sent
            raise

    yield request
    connection.close()


BROKEN = (ConnectionError, http.client.RemoteDisconnected, http.client.IncompleteRead)


def test_a_whole_line_changes_nothing(ask, line, echo):
    assert ask() == (200, BODY)
    assert ask("GET", "/today?x=1", None) == (200, b"")
    assert echo.got == [("POST", "/sync", len(BODY)), ("GET", "/today?x=1", 0)]
    assert [(one.what, one.status) for one in line.seen] == [("POST /sync", 200), ("GET /today", 200)]
    assert line.seen[0].up > len(BODY)


def test_a_line_that_is_down_reaches_nobody(ask, line, echo):
    line.breaks(trouble.DOWN)
    with pytest.raises(BROKEN):
        ask()
    assert echo.got == []
    line.mend()
    assert ask() == (200, BODY)


def test_a_fault_is_for_some_requests_and_some_times(ask, line):
    line.breaks(trouble.broken("502 Bad Gateway"), only="POST /sync", times=1)
    assert ask("GET", "/sync", None)[0] == 200
    assert ask()[0] == 502
    assert ask()[0] == 200


def test_a_lost_reply_was_given(ask, line, echo):
    line.breaks(trouble.LoseReply(then=lambda: line.mend()))
    with pytest.raises(BROKEN):
        ask()
    assert echo.got == [("POST", "/sync", len(BODY))]
    assert line.seen[0].status == 0
    assert ask() == (200, BODY)


def test_a_cut_reply_stops_in_its_middle(ask, line):
    line.breaks(trouble.CUT_REPLY)
    with pytest.raises(BROKEN):
        ask()


def test_a_cut_request_reaches_the_server_by_half(ask, line, echo):
    line.breaks(trouble.CUT_REQUEST)
    with pytest.raises(BROKEN):
        ask()
    assert echo.answered.wait(5)
    assert all(length < len(BODY) for _, _, length in echo.got)


def test_a_line_that_hangs_says_nothing(ask, line, echo):
    line.breaks(trouble.Hang(0.2))
    with pytest.raises(BROKEN):
        ask()
    line.wait_until_asked("POST /sync")
    assert echo.got == []


def test_a_slow_line_brings_all(ask, line):
    line.breaks(trouble.Slow(kbits_per_second=4_000, delay_seconds=0.05))
    assert ask() == (200, BODY)


def test_somebody_in_between_answers_by_themselves(ask, line, echo):
    line.breaks(trouble.HOTEL_PAGE)
    status, body = ask()
    assert (status, b"hotel" in body) == (200, True)
    line.breaks(trouble.busy(7))
    assert ask()[0] == 429
    line.breaks(trouble.redirect("http://localhost:1/"))
    assert ask()[0] == 302
    assert echo.got == []


def test_a_proxy_in_front_takes_only_so_much(ask, line, echo):
    line.breaks(trouble.AtMost(len(BODY)))
    assert ask()[0] == 200
    line.breaks(trouble.AtMost(len(BODY) - 1))
    assert (ask()[0], len(echo.got)) == (413, 1)


@pytest.mark.parametrize("fault", [trouble.TWICE, trouble.TWICE_AT_ONCE], ids=["in turn", "at once"])
def test_a_post_that_is_delivered_twice_is_answered_once(ask, line, echo, fault):
    line.breaks(fault)
    assert ask() == (200, BODY)
    ask("GET", "/today", None)
    assert [path for _, path, _ in echo.got] == ["/sync", "/sync", "/today"]


def test_waiting_for_a_request_that_never_comes_fails(line):
    with pytest.raises(AssertionError, match="too few POST /sync"):
        line.wait_for("POST /sync", seconds=0.01)


def test_without_a_server_the_line_breaks():
    with FaultProxy(lambda: 1) as line:
        connection = http.client.HTTPConnection("127.0.0.1", line.port, timeout=5)
        connection.request("GET", "/")
        with pytest.raises(BROKEN):
            connection.getresponse()
        connection.close()


@pytest.mark.parametrize("made", [lambda: FaultProxy(lambda: 1), PushService, mail_server.running],
                         ids=["line", "push service", "mail server"])
def test_who_comes_at_the_very_end_is_shown_out(made, monkeypatch):
    left = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: left.append(str(told.exc_value)))
    for _ in range(20):
        with made() as line:
            came = [socket.create_connection(("127.0.0.1", line.port)) for _ in range(10)]
        for one in came:
            one.close()
    gc.collect()
    assert left == []


def test_a_browser_that_complains_fails_the_test(browser, line):
    heard = Console()
    context = browser.new_context(base_url=line.url)
    heard.listen(context)
    page = context.new_page()
    page.goto("/today")
    page.evaluate("console.error('not this one'); console.error('one'); setTimeout(() => { throw Error('two') })")
    page.evaluate("new Promise((done) => setTimeout(done))")
    heard.allow("not this")
    context.close()
    assert heard.unexpected() == ["one", "two"]


def test_a_module_that_did_not_come_fails_the_test_only_when_there_is_none(browser, line):
    heard = Console()
    context = browser.new_context(base_url=line.url)
    heard.listen(context)
    context.route("**/js/*", lambda route: route.abort())
    page = context.new_page()
    page.goto("/today")
    page.evaluate("""new Promise((both) => {
      let failed = 0;
      addEventListener('unhandledrejection', () => ++failed === 2 && both());
      for (const name of ['keys', 'none']) import(`/static/js/${name}.js`);
    })""")
    page.evaluate("new Promise((done) => setTimeout(done))")
    context.close()
    assert len(heard.unexpected()) == 1 and "none.js" in heard.unexpected()[0]


def test_a_redirect_to_another_host_arrives_there(browser, line):
    context = browser.new_context(base_url=line.url)
    page = context.new_page()
    with Elsewhere() as hotel:
        line.breaks(trouble.redirect(hotel.url))
        page.goto("/today")
        assert page.url == f"{hotel.url}/"
        assert page.title() == "Hotel Wi-Fi"
        context.close()


def test_the_newest_postgres_is_chosen(monkeypatch, tmp_path):
    for version in ("9", "15"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    monkeypatch.setattr(postgres, "PLACES", (f"{tmp_path}/*/bin",))
    assert postgres.program("initdb") == f"{tmp_path}/15/bin/initdb"


def test_firefox_is_left_out_only_where_a_person_has_none(monkeypatch):
    monkeypatch.setattr(finder, "firefox", lambda: None)
    monkeypatch.delenv("CI", raising=False)
    assert finder.engines() == ["chromium"]
    monkeypatch.setenv("CI", "true")
    assert finder.engines() == ["chromium", "firefox"]
    with pytest.raises(AssertionError, match="apt-get install firefox-esr"):
        launch(None, "firefox")


def test_notifications_of_firefox_are_left_out_only_where_a_person_has_nothing_to_show_them(monkeypatch):
    monkeypatch.setattr(finder, "engines", lambda: ["chromium", "firefox"])
    monkeypatch.setattr(finder, "can_show", lambda engine: engine == "chromium")
    monkeypatch.delenv("CI", raising=False)
    assert finder.showing() == ["chromium"]
    monkeypatch.setenv("CI", "true")
    assert finder.showing() == ["chromium", "firefox"]


@pytest.mark.all_engines
def test_a_device_is_what_the_test_asks_for(device, engine, line):
    page = device(via=line)
    page.goto("/today")
    assert ("Firefox" in page.evaluate("navigator.userAgent")) == (engine == "firefox")


def test_a_server_that_was_killed_comes_back_at_the_same_address(server: Server):
    first = server.url
    server.kill()
    server.start()
    assert server.url == first


@pytest.mark.both_databases
def test_a_real_server_answers_through_the_line(server: Server, proxy: FaultProxy):
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)
    connection.request("GET", "/readyz")
    assert connection.getresponse().status == 200
    connection.close()


@pytest.mark.nobody_yet
def test_a_new_server_prints_a_link_for_the_first_account(server: Server):
    assert server.wait_for_line(r"/start\?key=")


def test_a_phone_that_is_killed_keeps_what_it_stored(own_phone):
    page = own_phone.open()
    page.goto("/healthz")
    page.evaluate("localStorage.setItem('kept', 'yes')")
    own_phone.close()
    page = own_phone.open()
    page.goto("/healthz")
    own_phone.kill()
    page = own_phone.open()
    page.goto("/healthz")
    assert page.evaluate("localStorage.getItem('kept')") == "yes"
