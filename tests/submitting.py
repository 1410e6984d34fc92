"""A page's forms as a browser without JavaScript sends them: its hidden fields, what stands in it, what is typed."""
from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from tests.cast import OURS


class Forms(HTMLParser):
    """Action -> fields of each form of a page; of forms with one action the first."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, Any]] = {}
        self.fields: dict[str, Any] = {}
        self.area = self.list = ""
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.fields = {}
            self.found.setdefault(given.get("action", ""), self.fields)
        elif tag == "input" and self.is_sent(given):
            self.put(given["name"], given.get("value", "on"))
        elif tag == "textarea":
            self.area, self.fields[given["name"]] = given["name"], ""
        elif tag == "select":
            self.list = given["name"]
        elif tag == "option" and ("selected" in given or self.list not in self.fields):
            self.fields[self.list] = given.get("value", "")

    def put(self, name: str, value: str) -> None:
        """A value beside those of the same name."""
        there = self.fields.get(name)
        self.fields[name] = value if there is None else [*there, value] if isinstance(there, list) else [there, value]

    def is_sent(self, given: dict[str, str]) -> bool:
        return "name" in given and (given.get("type") not in ("checkbox", "radio") or "checked" in given)

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:
        if self.area:
            typed = self.fields[self.area] + data
            self.fields[self.area] = typed.removeprefix("\n")  # HTML drops the first line break


def fill(client, path: str, action: str = "", **typed: str) -> dict[str, Any]:
    """What the form of a page would send. action: its address, when that is not the page's own."""
    forms = Forms(client.get(path).get_data(as_text=True)).found
    assert (action or path) in forms, sorted(forms)
    return forms[action or path] | typed


def send(client, path: str, fields: dict[str, Any], **headers: str) -> Any:
    """Post from a page of ours."""
    return client.post(path, data=fields, headers={**OURS, **headers})


def submit(client, path: str, action: str = "", **typed: str) -> Any:
    """Open a page, fill its form in and send it."""
    return send(client, action or path, fill(client, path, action, **typed))
