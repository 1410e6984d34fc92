"""What is said about what was searched, over everything there is. Step n is asked at 9:00 UTC and n minutes."""
from __future__ import annotations

from typing import Any
from urllib.parse import quote

OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#hits"}
MET, CARD, GOAL, SECOND, ENTRY, SET, THIRD = (f"00000000-0000-4000-8000-00000000ddd{n}" for n in range(7))
PLAN = {"starts_on": "2025-12-07", "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": "45", "channel": "video",
        "link": "release.example/call", "phone": "", "partner": "", "partner_name": ""}
CARD_TYPED = {"name": "R. O.", "phone": "", "email": "", "link": "", "zone": "", "fallback": "Not on a release day"}
PROMISE = "five-minute-prep-promise"


def new(record: str, number: int) -> dict[str, str]:
    """The hidden fields of a form for a new record whose id is known to the whole conversation."""
    return {"change": f"00000000-0000-4000-8000-00000000bbb{number}", "record": record, "base": ""}


def asked(*queries: str, more: str = "") -> list[tuple[Any, ...]]:
    return [("GET", f"/search?q={quote(q)}{more}") for q in queries]


STEPS = [
    ("GET", "/search"),
    ("GET", "/search", None, PART),
    ("POST", "/partners/new", {**new(CARD, 1), **CARD_TYPED}),
    ("POST", "/sessions/new", {**new(MET, 2), **PLAN, "partner": CARD}),
    ("POST", f"/sessions/{MET}/notes", {"notes": "What the *release* cost.\r\n" + "And more. " * 60 + "Release!"}),
    ("POST", "/goals/new", {**new(GOAL, 3), "text": "Ask how the Release was decided", "why": "", "earns": "One page",
                            "due_on": "2026-12-07", "area": "", "session": "", "step1": "Ask the lead of releases"}),
    ("GET", f"/goals/{GOAL}"),
    ("POST", f"/goals/{GOAL}/rating", {"value": "4", "reason": "Asked before the release.", "then": "stop"}),
    ("POST", "/goals/new", {**new(SECOND, 4), "text": "Sleep", "why": "The réleases are at night", "earns": "",
                            "due_on": "2026-11-30", "area": "", "session": "", "step1": "release nothing"}),
    ("GET", f"/goals/{SECOND}"),
    ("POST", "/agenda/new", {"session": MET, "text": "How the talk about the release went"}),
    ("POST", "/agenda/new", {"text": "Who decides a release?"}),
    ("GET", f"/goals/{SECOND}"),
    ("POST", f"/goals/{SECOND}/let-go", {**OPENED, "reason": "It was the releasing that had to change"}),
    ("POST", "/goals/new", {**new(THIRD, 7), "text": "Release every week", "why": "", "earns": "", "area": "",
                            "due_on": "2026-12-07", "session": ""}),
    ("POST", "/questions/new", {**new(SET, 6), "title": "After a release", "about": "Twenty minutes", "phase": "any",
                                "situation": "session", "own": "What did I learn?\r\nWho was RELEASED from duty?"}),
    ("GET", "/questions/looking-for"),
    ("POST", "/questions/looking-for", [*OPENED.items(), ("seeking", "plateau"), ("first", "plateau"),
                                        ("text", "Somebody who released something")]),
    ("GET", f"/questions/five-minute-prep?session={MET}"),
    ("POST", f"/questions/five-minute-prep?session={MET}", [*OPENED.items(), ("question", PROMISE)]),
    ("GET", f"/worksheets/{{id}}?q={PROMISE}"),
    ("POST", "/worksheets/{id}", [*OPENED.items(), ("question", PROMISE), ("text", "The release lead, twice.")]),
    ("POST", "/journal/new", {**new(ENTRY, 5), "title": "Straße & ﬁne, RELEASED", "tags": "release ops",
                              "text": "Way. " * 90 + "A re\u0301lease **at last** and <b>bold</b>"}),
    ("POST", "/journal/new", {"title": "", "text": "😀👍🏽 שלום עולם مرحبا Łódź İstanbul ΛΌΓΟΣ", "tags": ""}),
    *asked("release", "RELEASE the", "relase", "lead release zzz", "had to change", "duty", "plateau", "e"),
    *asked("release", more=f"&open={ENTRY}"),
    *[step for group in ("entry", "goal", "answer", "set", "line", "session", "partner", "__proto__", "kept", "")
      for step in asked("release", more=f"&group={group}")],
    *asked("sleep", more="&group=answer"),
    ("GET", "/search?q=release&group=goal", None, PART),
    # Words that are none, and such as nobody expects.
    *asked("", " ", "\u00a0\t", "\u0301\u0302", "strasse", "STRASSE", "fin", "ﬁ", "lodz", "istanbul", "λογος", "שלום",
           "مرحبا", "👍", "👍🏽", "😀\u200d", "<b>", "&", "__proto__", "constructor", "(.*)+$", "[", "\\", "%", "+",
           "_", "\u202erelease", "re\u0301lease", "a\0b", "x" * 10_000, "release " * 1_250, "é" * 300, "😀" * 201),
    ("GET", "/search?q=first&q=second"),
    # It follows what happens: changed, binned, brought back.
    ("GET", f"/journal/{ENTRY}/edit"),
    ("POST", f"/journal/{ENTRY}/edit", {**OPENED, "title": "Renamed", "text": "Nothing of the kind", "tags": ""}),
    *asked("renamed", "ops"),
    ("POST", f"/journal/{ENTRY}/delete", {}),
    *asked("renamed"),
    ("POST", f"/journal/{ENTRY}/bring-back", {}),
    *asked("renamed"),
    # More than fifty.
    *[step for n in range(53) for step in ([("GET", "/search")] if n % 2 == 0 else []) + [
        ("POST", "/agenda/new", {"text": f"Line {n} of the many releases"})]],
    ("GET", "/search"),
    *asked("many", "the"),
    *asked("the", more="&group=line"),
]
