"""What is said about sets of one's own, what one looks for, and answers that are carried on."""
from __future__ import annotations

from typing import Any

from mentorlog.records import name_id
from tests.contracts.steps_questions import HOSTILE, NOBODY, OPENED, PLAN, new, part, said, used

SESSION, SET, COPY, SHEET, AIM = (f"00000000-0000-4000-8000-00000000eee{n}" for n in range(5))
TEXTS = ["What do I want to be true an hour later?", "How likely is it?", "What may they say?", "Did I ask?", HOSTILE]
TRUE, LIKELY, SAY, ASK, ODD = (name_id(SET, f"question:{text}") for text in TEXTS)
OWN = {"title": "Before a hard conversation", "about": "", "situation": "session", "phase": "any"}
STYLE = "first-meeting-style"


def asked(question: str, text: str, type: str = "text", **more: str) -> list[tuple[str, str]]:
    """The fields of one question in the form of a set."""
    named = {"text": text, "type": type, "hint": "", "low": "", "high": "", "more": ""} | more
    return [("question", question), *((f"{name}.{question}", value) for name, value in named.items())]


def form(*questions: list[tuple[str, str]], opened: dict[str, str] = OPENED, **typed: str) -> list[tuple[str, Any]]:
    """The form of a set."""
    return [*opened.items(), *(OWN | typed).items(), *(pair for question in questions for pair in question)]


def carried(question: str) -> list[tuple[Any, ...]]:
    """Open an answer, and carry it into a goal and into an entry."""
    shown = ("GET", f"/worksheets/{SHEET}?q={question}", None, part(f"form#question-{question}"))
    return [shown, ("GET", "/goals/new?answer={record}"), shown, ("GET", "/journal/new?answer={record}")]


FOUR = [asked(TRUE, TEXTS[0]), asked(LIKELY, TEXTS[1], "scale", low="I will not", high="I surely will"),
        asked(SAY, TEXTS[2], "list", hint="Three are enough"), asked(ASK, TEXTS[3], "yes_no", more="Whom?")]

STEPS = [
    # What are you looking for?
    ("GET", "/questions/looking-for"),
    ("POST", "/questions/looking-for", OPENED),
    ("POST", "/questions/looking-for", {**OPENED, "seeking": "constructor", "first": "__proto__", "text": "x" * 301}),
    ("POST", "/questions/looking-for", {**OPENED, "text": "x" * 301}, part("form#aim")),
    ("POST", "/questions/looking-for", [*new(AIM, 3).items(), ("seeking", "exploration"), ("seeking", "plateau"),
                                        ("first", "exploration"), ("text", " To be asked, \u2003 not told ")]),
    ("POST", "/questions/looking-for", [*new(AIM, 3).items(), ("seeking", "exploration"), ("seeking", "plateau"),
                                        ("first", "exploration"), ("text", "To be asked, not told")]),
    ("GET", "/questions/looking-for", None, part("div#told")),
    ("GET", "/questions"),
    ("GET", "/questions/looking-for"),
    ("POST", "/questions/looking-for", [*OPENED.items(), ("seeking", "accountability"), ("first", "plateau"),
                                        ("text", HOSTILE)]),
    ("GET", "/questions/looking-for"),
    ("GET", "/questions"),
    # A set out of nothing: refused by each field, then kept, twice.
    ("GET", "/questions/new"),
    ("POST", "/questions/new", {**OPENED, **OWN, "title": " ", "situation": "constructor", "phase": "__proto__"}),
    ("POST", "/questions/new", {**OPENED, **OWN, "title": "x" * 201, "about": "x" * 301, "own": "x" * 5001}),
    ("POST", "/questions/new", {**OPENED, **OWN, "own": "\r\n".join(f"Why {n}?" for n in range(500))}),
    ("POST", "/questions/new", {**OPENED, **OWN, "own": "Why?", "kind": "constructor"}, part("form#set")),
    ("POST", "/questions/new", {**new(SET, 4), **OWN, "own": "\r\n".join([*TEXTS[:4], TEXTS[0], "", "\u2003"])}),
    ("POST", "/questions/new", {**new(SET, 4), **OWN, "own": "\r\n".join([*TEXTS[:4], TEXTS[0], "", "\u2003"])}),
    ("GET", "/questions/{id}"),
    ("GET", "/questions/{id}/edit"),
    # Changed: questions without words, moved up, dropped, of another kind, more of them.
    ("POST", f"/questions/{SET}/edit", form(
        asked(TRUE, " \r\n"), asked(LIKELY, "x" * 5001, "constructor", low="x" * 141), asked("Not a slug", "?"))),
    ("POST", f"/questions/{SET}/edit", [*form(*FOUR, own="typed"), ("up", SAY)]),
    ("POST", f"/questions/{SET}/edit", [*form(*FOUR, own="typed"), ("drop", SAY)], part("form#set")),
    ("POST", f"/questions/{SET}/edit", [*form(*FOUR), ("drop", "constructor")]),
    ("GET", f"/questions/{SET}/edit"),
    ("POST", f"/questions/{SET}/edit", form(*FOUR, own=HOSTILE, kind="text", about="Once.")),
    ("POST", f"/questions/{SET}/edit", form(*FOUR, own=HOSTILE, kind="text", about="Once.")),
    ("GET", f"/questions/{SET}/edit"),
    ("GET", "/questions"),
    ("GET", "/questions?time=own"),
    ("GET", "/questions?situation=session"),
    ("GET", "/questions?q=hour%20later"),
    # A copy of a set of the library, and of one's own.
    ("GET", "/questions/first-meeting/copy"),
    ("POST", "/questions/first-meeting/copy", form(
        asked(STYLE, "How?", "scale", low="a", high="b"), opened=new(COPY, 5), title="Mine", own="One more?")),
    ("GET", f"/questions/{COPY}"),
    ("GET", f"/questions/{SET}/copy"),
    ("GET", "/questions/nothing/copy"),
    # Used like any other; the words that were answered stay, whatever becomes of the set.
    ("POST", "/sessions/new", {**new(SESSION, 6), **PLAN}),
    ("POST", f"/questions/{SET}", [*new(SHEET, 7).items(),
                                   *(("question", id) for id in (TRUE, LIKELY, SAY, ASK, ODD))]),
    *said(TRUE, {"text": "That it is said.\r\n\r\n" + HOSTILE}),
    *said(LIKELY, {"scale": "4"}),
    *said(SAY, [("text", "Yes"), ("text", HOSTILE)]),
    *said(ASK, {"choice": "not_sure", "text": "Nobody"}),
    *said(ODD, {"text": "Odd."}),
    ("POST", f"/questions/{SET}/edit", form(asked(TRUE, "Other words"), opened={})),
    ("GET", f"/worksheets/{SHEET}/answers"),
    ("GET", f"/worksheets/{SHEET}/questions"),
    ("GET", f"/questions/{SET}"),
    *used(f"/questions/{SET}?session={SESSION}", TRUE, own="Why?"),
    ("GET", f"/sessions/{SESSION}"),
    ("GET", "/questions"),
    # Carried on: nothing is written before Done.
    *(step for question in (TRUE, LIKELY, SAY, ASK, ODD) for step in carried(question)),
    ("POST", "/journal/new", {**OPENED, "title": "", "text": "Kept.", "tags": ""}),
    *carried(ODD),
    *[("GET", f"{place}?answer={SHEET}") for place in ("/journal/new", "/goals/new")],
    ("GET", "/goals/new?answer=__proto__"),
    # Into the bin and back; what was made with it stays.
    ("POST", f"/questions/{SET}/delete", {}),
    ("GET", "/questions?time=own"),
    ("GET", f"/questions/{SET}"),
    ("GET", f"/worksheets/{SHEET}/talk"),
    ("POST", f"/questions/{SET}/delete", {}),
    ("POST", f"/questions/{SET}/bring-back", {}),
    ("GET", f"/questions/{SET}"),
    ("GET", f"/questions/{NOBODY}"),
    ("GET", f"/questions/{NOBODY}/edit"),
    ("GET", f"/questions/{SHEET}/edit"),
    ("POST", f"/questions/{NOBODY}/delete", {}),
    ("POST", "/questions/constructor/bring-back", {}),
]
