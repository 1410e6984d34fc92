"""What is said about the journal."""
from __future__ import annotations

LONG = "Sentence one. " * 40
HOSTILE = "<script>alert(1)</script> **bold** [x](javascript:alert(1)) \u202eabc & \"quotes\" '"
PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#entries"}
OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
NOBODY = "00000000-0000-4000-8000-00000000ffff"
PLAN = {"starts_on": "2026-11-24", "starts_time": "09:00", "zone": "Europe/Berlin", "minutes": "45", "channel": "video",
        "link": "", "phone": "", "partner": "", "partner_name": ""}
ENTRY = {**OPENED, "title": "After", "text": "We met.", "lesson": "", "next": "", "session": "", "tags": ""}
ASKED = {"rate": "{rate}", "value": "", "reason": ""}
MANY_TAGS = " ".join(map(str, range(60)))
FORM = {**PART, "HX-Target": "form#form"}

STEPS = [
    ("GET", "/journal"),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, "title": "First page", "text": "One. Two.\r\n\r\nThree.",
                               "tags": "work, #train"}),
    ("GET", "/journal/{id}"),
    ("GET", "/journal/{id}/edit"),
    ("POST", "/journal/{id}/edit", {**OPENED, "title": "First page", "text": LONG, "tags": "work"}),
    ("GET", "{address}"),
    ("GET", "/journal"),
    ("GET", "/journal", None, PART),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, "title": "", "text": "  ", "tags": ""}),
    ("POST", "/journal/new", {**OPENED, "title": "x" * 201, "text": "kept", "tags": "y" * 41}),
    ("POST", "/journal/new", {**OPENED, "title": HOSTILE, "text": HOSTILE, "tags": "__proto__ constructor"}),
    ("GET", "{address}"),
    ("GET", "{address}/edit"),
    ("GET", "/journal"),
    ("GET", "/bin"),
    ("GET", "{address}"),
    ("POST", "{address}/delete", OPENED),
    ("GET", "/journal"),
    ("GET", "/bin"),
    ("GET", "/settings/copy"),
    ("GET", "/journal/00000000-0000-4000-8000-000000000000"),
    ("GET", "/journal/nothing"),
    ("GET", "/journal/__proto__"),
    ("GET", "/journal?after=constructor"),
    ("GET", "/waiting/line"),
    # The session it is about: one that just ended, one to come, none.
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN}),
    ("GET", "/journal/new"),
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN, "starts_on": "2026-12-07"}),
    ("GET", "/journal/new?session={id}"),
    ("GET", "/journal/new?session=__proto__"),
    ("POST", "/journal/new", {**ENTRY, "session": "constructor"}),
    ("POST", "/journal/new", {**ENTRY, "session": NOBODY}, FORM),
    # What stuck, what next; each refused, with everything still there.
    ("POST", "/journal/new", {**ENTRY, "lesson": "x" * 5001, "next": "😀" * 141, "tags": MANY_TAGS}),
    ("POST", "/journal/new", [*ENTRY.items(), ("tag", "y" * 41), ("tag", "y" * 41), ("tag", " \0\r\n ")]),
    ("POST", "/journal/new", {**ENTRY, "title": "", "text": "\n", "lesson": " "}),
    ("POST", "/journal/new", [*(ENTRY | {"lesson": HOSTILE, "next": "Ask two\n people", "session": "{id}"}).items(),
                              ("tag", "work"), ("tag", HOSTILE[-20:])]),
    ("GET", "{address}"),
    ("GET", "{address}", None, {**PART, "HX-Target": "article#entry"}),
    ("GET", "/journal/{id}/edit"),
    ("POST", "/journal/{id}/edit", {**ENTRY, "text": "We met, and spoke.", "lesson": "Another", "next": "And three"}),
    ("GET", "{address}"),
    ("GET", "/goals"),
    # How did the last goal go: half a rating, none, one.
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**ENTRY, **ASKED, "reason": HOSTILE}),
    ("POST", "/journal/new", {**ENTRY, **ASKED, "value": "6", "reason": "x" * 5001}, FORM),
    ("POST", "/journal/new", {**ENTRY, **ASKED, "rate": f"{NOBODY}:{NOBODY}:", "value": "4"}),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**ENTRY, **ASKED, "value": "4", "reason": HOSTILE}),
    ("POST", "/journal/new", {**ENTRY, **ASKED, "value": "4", "reason": HOSTILE}),
    ("GET", "{address}"),
    ("GET", "/journal/{id}/edit"),
    ("GET", "/goals"),
    # A fourth goal; the one that is rated beside it makes room.
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**ENTRY, "title": "", "text": "", "lesson": "Only this", "next": "Second"}),
    ("GET", "/goals/new"),
    ("POST", "/goals/new", {**OPENED, "text": "Third", "due_on": "2026-11-20"}),
    ("GET", "/journal/new?rate={record}"),
    ("GET", "/journal/new?rate=__proto__"),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**ENTRY, **ASKED, "next": "Fourth"}),
    ("POST", "/journal/new", {**ENTRY, **ASKED, "next": "Fourth", "which": "constructor"}, FORM),
    ("GET", "/journal"),
    ("POST", "/journal/new", {**ENTRY, **ASKED, "next": "Fourth", "which": "new"}),
    ("GET", "{address}"),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**ENTRY, **ASKED, "value": "3", "next": "Fifth"}),
    ("GET", "{address}"),
    ("GET", "/goals"),
    ("GET", "/journal"),
]
