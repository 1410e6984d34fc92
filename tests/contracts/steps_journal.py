"""What is said about the journal."""
from __future__ import annotations

LONG = "Sentence one. " * 40
HOSTILE = "<script>alert(1)</script> **bold** [x](javascript:alert(1)) \u202eabc & \"quotes\" '"
PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#entries"}
OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}

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
    ("GET", "/journal/bin"),
    ("GET", "{address}"),
    ("POST", "{address}/delete", OPENED),
    ("GET", "/journal"),
    ("GET", "/journal/bin"),
    ("GET", "/settings/copy"),
    ("GET", "/journal/00000000-0000-4000-8000-000000000000"),
    ("GET", "/journal/nothing"),
    ("GET", "/journal/__proto__"),
    ("GET", "/journal?after=constructor"),
    ("GET", "/search?q=sentence"),
    ("GET", "/search?q=%C3%9Fe%20Two"),
    ("GET", "/search?q=<b>"),
    ("GET", "/search"),
    ("GET", "/waiting/line"),
]
