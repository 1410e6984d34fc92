"""What is said about questions: sets found and picked, a worksheet with every type of question, answers, the bin."""
from __future__ import annotations

from typing import Any

HOSTILE = "<b>x</b> \u202eabc 😀 & \"quotes\" '"
OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
PLAN = {"starts_on": "2026-12-07", "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": "45", "channel": "video",
        "link": "", "phone": "", "partner": "", "partner_name": ""}
NOBODY, SESSION, SHEET, FIRST = (f"00000000-0000-4000-8000-00000000fff{n}" for n in range(4))
RHYTHM, TIMES, BETWEEN, END = (f"working-agreement-{name}" for name in ("rhythm", "hard-times", "between", "end"))
ALL = [("question", one) for one in (RHYTHM, TIMES, BETWEEN, END)]
STYLE, WORRY = "first-meeting-style", "first-meeting-worry"
PROMISE, MOOD = "five-minute-prep-promise", "five-minute-prep-mood"


def part(name: str) -> dict[str, str]:
    return {**PART, "HX-Target": name}


def said(question: str, typed: Any, headers: Any = None) -> list[tuple[Any, ...]]:
    """Open one question of the worksheet that was named last, and send its form."""
    pairs = [*OPENED.items(), ("question", question), *(typed.items() if isinstance(typed, dict) else typed)]
    return [("GET", f"/worksheets/{{id}}?q={question}"),
            ("GET", f"/worksheets/{{id}}?q={question}", None, part(f"form#question-{question}")),
            ("POST", "/worksheets/{id}", pairs, headers)]


def used(path: str, *questions: str, own: str = "") -> list[tuple[Any, ...]]:
    """Open a set and use some of its questions."""
    pairs = [*OPENED.items(), *(("question", question) for question in questions), ("own", own), ("kind", "list")]
    return [("GET", path), ("POST", path, pairs)]


def new(record: str, number: int) -> dict[str, str]:
    """The hidden fields of a form for a new record whose id is known to the whole conversation."""
    return {"change": f"00000000-0000-4000-8000-00000000aaa{number}", "record": record, "base": ""}


STEPS = [
    ("GET", "/questions"),
    ("GET", "/questions?time=all"),
    ("GET", "/questions?time=end"),
    ("GET", "/questions?time=own"),
    ("GET", "/questions?situation=growing"),
    ("GET", "/questions?situation=constructor&time=constructor"),
    ("GET", "/questions?q=advice%20reach"),
    ("GET", "/questions?q=<b>xyzzy"),
    ("GET", "/questions?q=%C3%89TE%CC%81%20goal", None, part("div#found")),
    ("GET", f"/questions?session={NOBODY}"),
    ("GET", "/questions/nothing"),
    ("GET", "/questions/__proto__"),
    ("GET", "/questions/company-map"),
    ("GET", "/questions/mentor-reflection"),
    ("GET", "/worksheets"),
    ("GET", "/worksheets?after=constructor"),
    ("GET", "/questions/working-agreement"),
    ("POST", "/questions/working-agreement", OPENED),
    ("POST", "/questions/working-agreement", {**OPENED, "question": "__proto__"}, part("form#form")),
    # Moved up, which writes nothing; too many and too long of one's own; then used.
    ("POST", "/questions/working-agreement", [*OPENED.items(), *ALL, ("up", BETWEEN), ("own", "typed")]),
    ("POST", "/questions/working-agreement", [*OPENED.items(), *ALL, ("up", "constructor")], part("form#form")),
    ("POST", "/questions/working-agreement", {**OPENED, "own": "\r\n".join(f"Why {n}?" for n in range(51))}),
    ("POST", "/questions/working-agreement", {**OPENED, "own": "Short?\r\n" + "x" * 5001}, part("form#form")),
    ("POST", "/questions/working-agreement", {**OPENED, "own": "Why?", "kind": "constructor"}),
    ("POST", "/questions/working-agreement", [*new(FIRST, 8).items(), ("question", "constructor"), *ALL, ALL[0]]),
    ("POST", "/questions/working-agreement", [*new(FIRST, 8).items(), *ALL]),
    ("GET", "{address}"),
    ("GET", "/worksheets/{id}?q=__proto__"),
    ("GET", "/worksheets/{id}", None, part("aside#progress")),
    ("GET", "/worksheets/{id}", None, part("nav#knots")),
    *said("__proto__", {"text": "x"}),
    *said(RHYTHM, {"text": " \u00a0\r\n"}),
    *said(RHYTHM, {"text": "x" * 5001}),
    *said(RHYTHM, {"text": "x" * 5001}, part(f"form#question-{RHYTHM}")),
    *said(RHYTHM, {"text": "Weekly.\r\n\r\n" + HOSTILE}),
    ("POST", "/worksheets/{id}", {**OPENED, "question": RHYTHM, "text": "Weekly.\r\n\r\n" + HOSTILE}),
    ("GET", "/worksheets/{id}"),
    *said(TIMES, [("text", f"line {n}") for n in range(8)]),
    *said(TIMES, [("text", "  School   run "), ("text", ""), ("text", "Fridays\r\n\u2003\r\n" + HOSTILE)]),
    *said(BETWEEN, {"choice": "constructor", "text": "kept"}),
    *said(BETWEEN, {"choice": "yes", "text": "A day.", "discussed": "1", "go": "stay"}),
    *said(BETWEEN, {"choice": "no", "text": "A day.", "discussed": "1", "go": "stay"}),
    ("GET", "{address}"),
    *said(RHYTHM, {"text": "Every second week.", "skip": "1"}),
    *said(RHYTHM, {"text": "Every second week, most weeks.", "discussed": "1"}),
    *said(TIMES, {"skip": "stay"}),
    ("GET", "/questions"),
    ("GET", "/questions", None, part("div#found")),
    ("GET", "/worksheets"),
    ("GET", "/worksheets/{id}/answers"),
    *said(END, {"text": "In words."}, part(f"form#question-{END}")),
    # Arranged while it is answered: what is left out stays with its answer, also when it is answered meanwhile.
    ("GET", f"/worksheets/{FIRST}/questions"),
    ("POST", f"/worksheets/{FIRST}/questions", [*OPENED.items(), *ALL, ("up", END), ("own", HOSTILE)],
     part("form#arrange")),
    ("POST", f"/worksheets/{FIRST}/questions", OPENED),
    ("POST", f"/worksheets/{FIRST}/questions", [
        *OPENED.items(), ("question", END), ("question", TIMES), ("kind", "scale"),
        ("own", f"How\u2003sure?\r\n\r\nHow sure?\r\n{HOSTILE}")]),
    ("GET", "{address}"),
    ("GET", f"/worksheets/{FIRST}/answers"),
    ("GET", f"/worksheets/{FIRST}/talk"),
    ("POST", f"/worksheets/{FIRST}", {"question": RHYTHM, "text": "Late, but here.", "go": "stay"}),
    ("POST", f"/worksheets/{FIRST}", {"question": BETWEEN, "choice": "perhaps"}, part(f"form#question-{BETWEEN}")),
    ("POST", f"/worksheets/{FIRST}", {"question": BETWEEN, "choice": "perhaps"}),
    ("GET", f"/worksheets/{FIRST}/answers"),
    ("POST", f"/worksheets/{FIRST}/discussed", {"question": BETWEEN, "from": "talk"}),
    ("GET", f"/worksheets/{FIRST}/questions"),
    # A scale; ticks in the list of answers and in the one to talk from: what is not answered has none.
    ("POST", "/questions/first-meeting", [*new(SHEET, 1).items(), ("question", STYLE), ("question", WORRY)]),
    *said(STYLE, {"scale": "four"}),
    *said(STYLE, {"scale": "6"}, part(f"form#question-{STYLE}")),
    ("GET", f"/worksheets/{SHEET}/talk"),
    *said(STYLE, {"scale": "4"}),
    ("GET", f"/worksheets/{SHEET}/answers"),
    ("POST", f"/worksheets/{SHEET}/discussed", {**OPENED, "question": STYLE, "discussed": "1"}),
    ("GET", f"/worksheets/{SHEET}/answers", None, part("div#answers")),
    ("GET", f"/worksheets/{SHEET}/talk"),
    ("POST", f"/worksheets/{SHEET}/discussed", {**OPENED, "question": STYLE, "from": "talk"}),
    ("GET", f"/worksheets/{SHEET}/talk", None, part("div#talk")),
    ("POST", f"/worksheets/{SHEET}/discussed", {**OPENED, "question": WORRY, "discussed": "1"}),
    # Into the bin with its answers, and back.
    ("POST", f"/worksheets/{SHEET}/delete", {}),
    ("GET", "/questions"),
    ("GET", "/search?q=meeting"),
    ("GET", f"/worksheets/{SHEET}"),
    ("POST", f"/worksheets/{SHEET}/delete", {}),
    ("GET", f"/worksheets/{SHEET}/answers"),
    ("POST", f"/worksheets/{SHEET}/bring-back", OPENED),
    ("GET", f"/worksheets/{SHEET}/answers"),
    # One worksheet of a session and a set: ticked anew it changes, also out of the bin.
    ("POST", "/sessions/new", {**new(SESSION, 2), **PLAN}),
    ("GET", "/questions"),
    ("GET", f"/questions?session={SESSION}&q=goal"),
    *used(f"/questions/five-minute-prep?session={SESSION}", PROMISE, "__proto__"),
    *said(PROMISE, {"text": "To ask."}),
    *used(f"/questions/five-minute-prep?session={SESSION}", MOOD, PROMISE, own="Only now?"),
    ("GET", "/worksheets/{id}"),
    ("GET", f"/sessions/{SESSION}"),
    ("POST", "/worksheets/{id}/delete", {}),
    *used(f"/questions/five-minute-prep?session={SESSION}", PROMISE),
    ("GET", "/worksheets/{id}/answers"),
    # Another session chosen in the form: it has a worksheet of this set, which is shown first; then none; then one new.
    ("GET", "/questions/five-minute-prep"),
    ("POST", "/questions/five-minute-prep",
     [*OPENED.items(), ("session", SESSION), ("question", MOOD), ("own", "New?")]),
    ("POST", "/questions/five-minute-prep", [*OPENED.items(), ("session", NOBODY), ("question", MOOD)]),
    ("POST", f"/questions/first-meeting?session={SESSION}",
     [*new(FIRST, 5).items(), ("session", ""), ("question", STYLE), ("own", "None?")]),
    ("GET", "{address}"),
    ("POST", "/questions/first-meeting", [*new(FIRST, 6).items(), ("session", SESSION), ("question", STYLE)]),
    ("GET", "{address}"),
    ("POST", "/questions/first-meeting", [*new(FIRST, 6).items(), ("session", SESSION), ("question", STYLE)]),
    ("GET", f"/questions/nothing?session={SESSION}"),
    ("GET", f"/questions/first-meeting?session={SHEET}"),
    ("GET", f"/worksheets/{NOBODY}"),
    ("GET", f"/worksheets/{NOBODY}/questions"),
    ("GET", f"/worksheets/{NOBODY}/talk"),
    ("GET", "/worksheets/__proto__/answers"),
    ("POST", f"/worksheets/{NOBODY}/bring-back", {}),
]
