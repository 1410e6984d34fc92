"""More than a form takes: shared by another app, joined out of two devices, or brought in by a file.

Step n is asked at 9:00 UTC and n minutes.
"""
from __future__ import annotations

from typing import Any

from tests.contracts.steps_agenda import FROM_AN_APP, PART, form_data
from tests.contracts.steps_agenda import PARTS as FORM_DATA
from tests.contracts.steps_copies import OPENED, copied, n, one, posted
from tests.contracts.steps_sets import OWN, asked

FIVE_MB = "Five megabytes. " * 312_500
TAGS = [f"tag-{number}" for number in range(30)]
STEPS_OF_A_GOAL = [{"id": f"s{number}", "text": f"Step {number}", "done": number % 2 == 0} for number in range(12)]
QUESTIONS = [{"id": f"q{number}", "type": "text", "text": f"Question {number}?"} for number in range(500)]
TICKED = [("question", question["id"]) for question in QUESTIONS]
ENTRY, GOAL, SET, SHEET = n(1), n(2), n(3), n(4)
FILE = copied("{person}", one("entry", 1, "{person}", title="Joined", text="Of two devices.", tags=TAGS),
              one("goal", 2, "{person}", text="Joined", steps=STEPS_OF_A_GOAL),
              one("set", 3, "{person}", title="Five hundred", questions=QUESTIONS),
              one("worksheet", 4, "{person}", title="Five hundred", set=SET, questions=QUESTIONS))


def tagged(*tags: str) -> list[tuple[Any, ...]]:
    """Open the entry and save it with these tags."""
    return [("GET", f"/journal/{ENTRY}/edit"),
            ("POST", f"/journal/{ENTRY}/edit", {**OPENED, "title": "Joined", "text": f"With {len(tags)} tags.",
                                                "lesson": "", "session": "", "tags": " ".join(tags)})]


def stepped(*texts: str) -> list[tuple[Any, ...]]:
    """Open the goal and save it with these steps."""
    typed = {f"step{at}": text for at, text in enumerate(texts, 1)} | {
        f"step{at}_id": one["id"] for at, one in enumerate(STEPS_OF_A_GOAL[:len(texts)], 1)}
    return [("GET", f"/goals/{GOAL}/edit"),
            ("POST", f"/goals/{GOAL}/edit", {**OPENED, "text": "Joined", "earns": "", "why": "", "session": "",
                                             "due_on": "", "due_before": "", "follows": "", "area": "", **typed})]


def renamed(count: int) -> tuple[Any, ...]:
    """Give the set another name, and keep so many of its questions."""
    kept = (pair for one in QUESTIONS[:count] for pair in asked(one["id"], one["text"]))
    named = [*OPENED.items(), *(OWN | {"title": f"{count}?"}).items(), ("own", "")]
    return ("POST", f"/questions/{SET}/edit", [*named, *kept])


STEPS = [
    ("POST", "/share", {"title": "A book", "text": FIVE_MB, "url": "https://example.org/a-book"}, FROM_AN_APP),
    ("POST", "/share", form_data(("title", "A book"), ("text", FIVE_MB)), FORM_DATA),
    ("GET", "/agenda/new?shared=1"),
    posted(FILE),
    ("GET", "/copies"),
    ("POST", "/copies/bring", {}),
    # As many as there are may stay, and fewer; one more is refused in words.
    *tagged(*TAGS),
    ("GET", "{address}"),
    *tagged(*TAGS, "one-more"),
    *tagged(*TAGS[1:], "another"),
    *tagged(*TAGS[:-1]),
    *tagged(*TAGS),
    *tagged(*TAGS[:21], "x" * 41),
    *tagged(*TAGS[:20]),
    *tagged(*TAGS[:21]),
    *stepped(*(f"Other step {number}" for number in range(12))),
    ("GET", "{address}"),
    *stepped(*(f"Step {number}" for number in range(13))),
    *stepped(*(f"Step {number}" for number in range(11))),
    *stepped(*(f"Step {number}" for number in range(12))),
    # A set that no form could make: it is renamed and used like any other, and what is too many is said.
    ("GET", "/questions"),
    ("GET", "/questions?time=own"),
    ("GET", "/questions?q=question+499"),
    ("GET", f"/questions/{SET}"),
    ("POST", f"/questions/{SET}", [*OPENED.items(), *TICKED, ("own", "And this?")]),
    ("POST", f"/questions/{SET}", [*OPENED.items(), *TICKED[:50], ("own", "")]),
    ("GET", "{address}"),
    ("GET", f"/questions/{SET}/edit"),
    ("POST", f"/questions/{SET}/edit", [*OPENED.items(), *OWN.items(), ("own", "One more?"), *(
        pair for question in QUESTIONS for pair in asked(question["id"], question["text"]))]),
    *map(renamed, (500, 499, 500)),
    ("GET", "{address}"),
    ("GET", f"/questions/{SET}/copy"),
    ("POST", f"/questions/{SET}/copy", [*OPENED.items(), *OWN.items(), ("own", ""), *(
        pair for question in QUESTIONS[:50] for pair in asked(question["id"], question["text"]))]),
    ("GET", "{address}"),
    ("GET", "/worksheets"),
    ("GET", f"/worksheets/{SHEET}"),
    ("GET", f"/worksheets/{SHEET}?q=q499"),
    ("POST", f"/worksheets/{SHEET}", {"question": "q499", "text": "An answer to the last one.", "go": "1"}),
    ("GET", f"/worksheets/{SHEET}/answers"),
    ("GET", f"/worksheets/{SHEET}/talk"),
    ("GET", f"/worksheets/{SHEET}/questions"),
    ("POST", f"/worksheets/{SHEET}/questions", [*OPENED.items(), *TICKED, ("own", "")]),
    ("POST", f"/worksheets/{SHEET}/questions", [*OPENED.items(), *TICKED[:20], ("own", "")],
     {**PART, "HX-Target": "form#arrange"}),
    ("GET", "/search?q=question+499"),
]
