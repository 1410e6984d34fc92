"""One scripted conversation, held with Flask and with the worker; each step must be answered alike, byte for byte.

A step is `(method, path)` or `(method, path, fields)`. In a path or a field, `{name}` stands for a hidden field of the
last page, `{id}` for the last part of the last address that was given, and `{person}` for who is signed in. Fields that
are a text are the body as it is, with its type among the headers.
"""
from __future__ import annotations

import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page

from tests.browser_sign_in import arrive
from tests.cast import PASSWORD, ZONE, email

NOW = "2026-11-24T{hour:02}:{minute:02}:00.000Z"
COMPARED = ("content-type", "location", "vary", "cache-control", "content-security-policy", "referrer-policy",
            "x-content-type-options", "cross-origin-opener-policy", "cross-origin-resource-policy",
            "permissions-policy", "hx-redirect", "hx-refresh", "content-disposition")
HIDDEN = re.compile(r'<input type="hidden"[^>]*>')
FORM = "application/x-www-form-urlencoded"
PLAY = """step => new Promise((resolve, reject) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = event => resolve(event.data);
  navigator.serviceWorker.controller.postMessage({ type: 'play', ...step }, [port2]);
})"""
TELL = """said => new Promise(resolve => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = event => resolve(event.data);
  navigator.serviceWorker.controller.postMessage(said, [port2]);
})"""


def synced(page: Page) -> Any:
    """Ask the worker to sync, once no page of the app is at it by itself; returns what it says."""
    while (told := page.evaluate(TELL, {"type": "sync"})) and told["sync"] == "busy":
        continue
    return told


@dataclass
class Reply:
    """What one of the two said."""

    status: int
    headers: dict[str, str]
    body: str

    def compared(self) -> dict[str, Any]:
        seen = {name: self.headers.get(name) for name in COMPARED}
        vary = sorted(part.strip() for part in (seen["vary"] or "").split(",") if part.strip() != "Accept-Encoding")
        return {"status": self.status, **seen, "vary": vary}


class Hidden(HTMLParser):
    """The hidden fields of a page, the first of each name."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.feed("".join(HIDDEN.findall(body)))  # a whole page takes a hundred times as long

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.fields.setdefault(str(found["name"]), found.get("value") or "")


def seam(step: int) -> str:
    """The clock and the counter of one step: a minute later than the one before."""
    return f"{NOW.format(hour=9 + step // 60, minute=step % 60)} {step}"


class Side:
    """What both keep of the conversation so far."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def remember(self, reply: Reply) -> None:
        self.known.update(Hidden(reply.body).fields)
        if person := re.search(r'data-person="([^"]+)"', reply.body):
            self.known["person"] = person[1]
        address = reply.headers.get("location") or reply.headers.get("hx-redirect")
        if address:
            self.known["id"] = re.split(r"[?#]", address)[0].rpartition("/")[2]
            self.known["address"] = address

    def filled(self, text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda name: self.known.get(name[1], name[0]), text)

    def step(self, number: int, method: str, path: str, fields: Any = None, headers: Any = None) -> Reply:
        body = self.body(fields) if method == "POST" else None
        sent = {"X-Seam": seam(number), **({"Content-Type": FORM} if body is not None else {}), **(headers or {})}
        reply = self.ask(method, self.filled(path), sent, body)
        self.remember(reply)
        return reply

    def body(self, fields: Any) -> str:
        """Fields as a form sends them; a text goes as it is, one byte for half an emoji of U+DC80 and on."""
        if isinstance(fields, str):
            return self.filled(fields)
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields or [])
        return urlencode([(name, self.filled(value)) for name, value in pairs])

    def ask(self, method: str, path: str, headers: dict[str, str], body: str | None) -> Reply:
        raise NotImplementedError


class Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


class FlaskSide(Side):
    """Flask over HTTP, signed in as one of the cast."""

    def __init__(self, url: str, name: str = "ada") -> None:
        super().__init__()
        self.url = url
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), Stay)
        reply = self.ask("POST", "/sign-in", {"Content-Type": FORM},
                         urlencode({"email": email(name), "password": PASSWORD, "zone": ZONE}))
        assert reply.status == 303, reply.body

    def ask(self, method: str, path: str, headers: dict[str, str], body: str | None) -> Reply:
        sent = None if body is None else body.encode(errors="surrogateescape")
        request = urllib.request.Request(self.url + path, sent, {"Sec-Fetch-Site": "same-origin", **headers},
                                         method=method)
        try:
            answer = self.opener.open(request)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            found = {name.lower(): value for name, value in answer.headers.items()}
            return Reply(answer.status, found, answer.read().decode())


class WorkerSide(Side):
    """The worker of a real browser, asked through a seam; it syncs after each write, before the next step."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        arrive(page, "ada")

    def ask(self, method: str, path: str, headers: dict[str, str], body: str | None) -> Reply:
        told = self.page.evaluate(PLAY, {"method": method, "path": path, "headers": headers, "body": body})
        reply = Reply(told["status"], dict(told["headers"]), told["body"])
        if method == "POST":
            self.send()
        return reply

    def send(self) -> None:
        """Sync now."""
        told = synced(self.page)
        assert told["sync"] == "done" and told["waiting"] == 0, told

    def passed(self) -> list[str]:
        """What the worker left to Flask since it was last asked."""
        return list(self.page.evaluate(TELL, {"type": "passed"}))


def hold(flask: Side, worker: WorkerSide, steps: list[Any]) -> list[str]:
    """Hold the conversation with both; returns the pages on which they agreed.

    :raise AssertionError: at the first step that is not answered alike, or that the worker left to Flask
    """
    worker.passed()
    pages = []
    for number, step in enumerate(steps, 1):
        one, other = flask.step(number, *step), worker.step(number, *step)
        where = f"step {number}: {step[:2]}"
        assert one.compared() == other.compared(), f"{where}\n{one.compared()}\n{other.compared()}"
        assert one.body == other.body, f"{where}\n{difference(one.body, other.body)}"
        assert one.status < 500, where
        pages += [one.body] if one.headers.get("content-type", "").startswith("text/html") else []
    assert worker.passed() == []
    return pages


def difference(one: str, other: str) -> str:
    """Where two pages part."""
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"Flask:  …{one[max(0, at - 120):at + 120]!r}\nworker: …{other[max(0, at - 120):at + 120]!r}"
