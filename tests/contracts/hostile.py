"""The same conversations with hostile words in every free text: both servers still agree, and text stays text."""
from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote, unquote

from tests.jinja_js.hostile import HOSTILE

FREE = {"title", "text", "tags", "why", "earns", "reason", "name", "partner_name", "notes", "fallback", "line",
        "step1", "step2", "step4", "lesson", "next", "tag",
        "text1", "text2"}
AT_ONCE = 3
LEADS = re.compile(r"href|src|action|^data-hx-|ping|poster|cite")  # attributes that hold addresses


def hostile_steps(steps: list[Any]) -> list[Any]:
    """Each step with three hostile texts after every free text that it types; the same again for the same text."""
    words = cycle(text.replace("{", "{ ") for text in HOSTILE if text)  # "{name}" would be filled in
    more = cache(lambda name, text: " ".join([text, *islice(words, AT_ONCE)]))
    return [hostile_step(more, *step) for step in steps]


def hostile_step(more: Callable[[str, str], str], method: str, path: str, fields: Any = None,
                 headers: Any = None) -> tuple[Any, ...]:
    place, search, asked = path.partition("?q=")
    if search and not path.startswith("/worksheets"):
        return (method, place + search + quote(more("q", unquote(asked))), fields, headers)
    if isinstance(fields, str):
        return (method, path, fields, headers)
    pairs = list(fields.items()) if isinstance(fields, dict) else list(fields or [])
    return (method, path, [(name, more(name, text) if name in FREE and text.strip() else text)
                           for name, text in pairs], headers)


class Alive(HTMLParser):
    """What a page would run of its own text: scripts, handlers, addresses that are code."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        script = tag == "script" and not (given.get("src") or "").startswith("/static/")
        led = ["".join(filter(str.isprintable, value or "")) for name, value in attrs if LEADS.search(name)]
        code = any(value.strip().lower().startswith("javascript:") for value in led)
        if script or code or any(name.startswith("on") for name in given):
            self.found.append((tag, given))
