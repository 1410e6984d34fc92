"""The same conversations with hostile words in every free text: both servers still agree, and text stays text."""
from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from mentorlog.records import KINDS, specs
from tests.jinja_js.hostile import HOSTILE

TEMPLATES = Path(__file__).parents[2] / "templates"

TYPED = re.compile(r"""<textarea\b[^>]*?\bname="([^"]+)"|<input(?=[^>]*\btype="text")[^>]*?\bname="([^"]+)"|"""
                   r"""forms\.(?:text|field)\('([\w.]+)'|set name = '(\w+)'""")
NUMBERED = re.compile(r"\.[^.]*$|[0-9]+$")  # text.<id of a question>, step1
IDS = {"step", "phone"}  # of a step that is ticked, not its words in step1; a number takes no words
TICKED = {"tag"}  # words that were typed once
NO_WORDS = {"zone", "due_on", "starts_on", "starts_time", "old", "password", "{{ name }}",
            "way"}
TOGETHER = {"link", "email"}  # no blank may stand in them
WORDY = ("prose", "line", "tags")
AT_ONCE = 3
LEADS = re.compile(r"href|src|action|^data-hx-|ping|poster|cite")  # attributes that hold addresses


def names_in(template: str) -> set[str]:
    """The fields of a template into which a person types words, without a number behind the name."""
    found = {next(filter(None, groups)) for groups in TYPED.findall(template)}
    return {NUMBERED.sub("", name.rstrip(".")) for name in found} - NO_WORDS


@cache
def free() -> set[str]:
    """The names of every free text: of the kinds and what their lists hold, and of every form there is."""
    kinds = [kind.specs for kind in KINDS.values()]
    items = [specs(spec.item) for known in kinds for spec in known.values() if spec.item]
    of_kinds = {name for known in [*kinds, *items] for name, spec in known.items() if spec.name in WORDY}
    return of_kinds.union(TICKED, *(names_in(path.read_text()) for path in TEMPLATES.rglob("*.html")))


def is_free(name: str) -> bool:
    """Whether a field of this name holds a person's words."""
    return name not in IDS and NUMBERED.sub("", name) in free()


def hostile_steps(steps: list[Any]) -> list[Any]:
    """Each step with three hostile texts after every free text that it types; the same again for the same text."""
    words = cycle(text.replace("{", "{ ") for text in HOSTILE if text)  # "{name}" would be filled in
    more = cache(lambda name, text: joined(name, [text, *islice(words, AT_ONCE)]))
    return [hostile_step(more, *step) for step in steps]


def joined(name: str, texts: list[str]) -> str:
    """A text and what comes after it; before it in an address of e-mail, whose end is its host."""
    if name not in TOGETHER:
        return " ".join(texts)
    return re.sub(r"\s", "", "".join(texts[::-1]) if name == "email" else "/".join(texts))


def hostile_step(more: Callable[[str, str], str], method: str, path: str, fields: Any = None,
                 headers: Any = None) -> tuple[Any, ...]:
    place, search, asked = path.partition("?q=")
    if search and not path.startswith("/worksheets"):
        return (method, place + search + quote(more("q", unquote(asked))), fields, headers)
    if isinstance(fields, str):
        return (method, path, fields, headers)
    pairs = list(fields.items()) if isinstance(fields, dict) else list(fields or [])
    return (method, path, [(name, more(name, text) if is_free(name) and text.strip() else text)
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
