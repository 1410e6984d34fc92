"""Every form of sessions, agreements, times and settings, sent empty and full of junk: both servers say what is wrong.

As a whole page and as the part that htmx asks for: a part can be missing, or be that of another form.
"""
from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.contracts import steps_agreement as given
from tests.contracts.conversation import Reply, Side, difference

SHOWN = [f"/sessions/{given.LATER}", f"/sessions/{given.BARE}"]  # pages with forms of other addresses
PAGES = ["/sessions/new", *SHOWN, *(page + end for page in SHOWN for end in ("/edit", "/cancel", "/fallback")),
         "/sessions/past", given.EDIT, given.PAUSE, "/times/hours", f"/times/hours/{given.CARD}",
         "/settings/look", "/settings/reminders"]
OURS = ("/sessions", "/partners", "/times", "/settings")
STANDS = ("change", "record", "base", "after")
JUNK = "<b>x</b> \u202e 9999-99-99 __proto__ -1" + "x" * 2001


@dataclass
class Form:
    """action; part: the id that htmx asks for, "" without one; fields: those that stand in it, ticked or not."""

    action: str
    part: str
    fields: dict[str, str] = field(default_factory=dict)

    def filled(self, text: str) -> dict[str, str]:
        """The fields with this in each but those that say on what the form stands."""
        return {name: value if name in STANDS else text for name, value in self.fields.items()}


class Forms(HTMLParser):
    """The forms of a page that are sent to the screens at hand."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag == "form":
            target = of.get("data-hx-target", "")
            part = f"form#{of.get('id', '')}" if target == "this" else f"form{target}" if target else ""
            self.found.append(Form(of.get("action", ""), part))
        elif tag in ("input", "textarea", "select", "button") and of.get("name") and self.found:
            self.found[-1].fields.setdefault(of["name"], of.get("value", ""))


@dataclass
class Both:
    """The two servers, asked alike; how often so far is the clock of both."""

    sides: tuple[Side, Side]
    asked: int = 0

    def ask(self, method: str, path: str, fields: Any = None, headers: Any = None) -> Reply:
        """:raise AssertionError: one fails, or only one refuses"""
        self.asked += 1
        one, other = (side.step(self.asked, method, path, fields, headers) for side in self.sides)
        assert one.status < 500, (method, path, fields, headers)
        assert one.compared() == other.compared(), (path, fields, headers, one.compared(), other.compared())
        assert one.body == other.body, (path, fields, headers, difference(one.body, other.body))
        return one

    def forms(self, page: str) -> list[Form]:
        return [form for form in Forms(self.ask("GET", page).body).found if form.action.startswith(OURS)]


def send(both: Both, page: str, text: str, number: int, is_part: bool) -> str:
    """Send a form of a page that was opened just for it: its action, "" where there are fewer, or it has no part."""
    form = next(iter(both.forms(page)[number:]), None)
    if form is None or (is_part and not form.part):
        return ""
    both.ask("POST", form.action, form.filled(text), given.PART | {"HX-Target": form.part} if is_part else None)
    return form.action


@pytest.mark.parametrize("feature", ["agreement"])
def test_what_is_empty_or_junk_fails_on_neither(two, feature: str) -> None:
    both = Both(two)
    sent = {send(both, page, text, number, is_part) for page in PAGES for number in range(len(both.forms(page)))
            for text in ("", JUNK) for is_part in (True, False)}
    assert sent.issuperset(page for page in PAGES if page not in SHOWN)
