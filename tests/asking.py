"""Choosing sets and answering them through the forms of a page, as a browser without JavaScript does."""
from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from mentorlog import library, records
from tests.submitting import fill, send, submit

PLAN = {"starts_on": "2026-12-07", "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": "45", "channel": "video",
        "link": "", "phone": "", "partner": "", "partner_name": ""}
AGREEMENT = [question["id"] for question in library.find("working-agreement")["questions"]]
RHYTHM, TIMES, _, _, _, _, BETWEEN, END = AGREEMENT
STYLE = "first-meeting-style"


class QuestionForms(HTMLParser):
    """Question id to the hidden fields of its form."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.now: dict[str, str] = {}
        elif tag == "input" and given.get("type") == "hidden":
            self.now[given["name"]] = given["value"]
            if given["name"] == "question":
                self.found[given["value"]] = self.now


def plan(client) -> str:
    """The id of a new session."""
    return submit(client, "/sessions/new", **PLAN).headers["Location"].rpartition("/")[2]


def page_of(client, path: str) -> str:
    reply = client.get(path)
    assert reply.status_code == 200, path
    return reply.get_data(as_text=True)


def use(client, set: str = "working-agreement", *questions: str, session: str = "", own: str = "") -> str:
    """The id of a new worksheet, with all questions that are ticked at first unless the test names some."""
    path = f"/questions/{set}" + (f"?session={session}" if session else "")
    chosen = questions or re.findall(r'name="question" value="([\w-]+)" checked', page_of(client, path))
    reply = send(client, path, fill(client, path) | {"question": list(chosen), "own": own})
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return reply.headers["Location"].rpartition("/")[2]


def opened(client, sheet: str, question: str) -> dict[str, str]:
    """The hidden fields of a question's form."""
    return QuestionForms(page_of(client, f"/worksheets/{sheet}")).found[question]


def answer(client, sheet: str, question: str, headers: dict[str, str] | None = None, **typed: Any) -> Any:
    """Fill in the form of one question and send it."""
    return send(client, f"/worksheets/{sheet}", opened(client, sheet, question) | typed, **(headers or {}))


def answers_of(person) -> list[dict[str, Any]]:
    """The fields of all answers, the oldest first."""
    return [one["fields"] for one in records.shelf(person, "answer")[::-1]]
