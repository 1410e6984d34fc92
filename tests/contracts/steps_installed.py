"""What is said about the app as an installed one: how to install it, and the keys that can be switched off."""
from __future__ import annotations

OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
LOOK = {"theme": "auto", "text_size": "normal", "zone": "", "remind": "1"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}

STEPS = [
    ("GET", "/install"),
    ("GET", "/settings"),
    ("POST", "/settings", {**OPENED, **LOOK, "shortcuts": "1"}),
    ("GET", "/settings"),
    ("POST", "/settings", {**OPENED, **LOOK, "zone": "Mars"}, {**PART, "HX-Target": "form#form"}),
    ("POST", "/settings", {**OPENED, **LOOK}),
    ("GET", "/settings"),
    ("GET", "/today"),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, "title": "The first one", "text": "A line.", "tags": ""}),
    ("GET", "/today"),
    ("GET", "/agenda/new"),
]
