"""What is said about goals and their ratings. Step n is asked at 9:00 UTC and n minutes, on 24 November."""
from __future__ import annotations

HOSTILE = "<b>x</b> \u202eabc 😀 & \"quotes\" '"
OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
STEPS_TYPED = {"step1": "Ask the lead", "step1_id": "", "step2": "", "step2_id": "", "step4": HOSTILE, "step4_id": ""}
GOAL = {"text": "Ask two people", "why": "I guess.\r\nToo often.", "earns": "One page", "area": "career", "due_on": "",
        "session": "", **STEPS_TYPED}
PLAN = {"starts_on": "2026-12-07", "starts_time": "20:00", "zone": "America/New_York", "minutes": "45",
        "channel": "video", "link": "", "phone": "", "partner": "", "partner_name": ""}
NOBODY = "00000000-0000-4000-8000-00000000ffff"

STEPS = [
    ("GET", "/goals"),
    ("GET", "/goals/new"),
    # Refused by each field, with everything still there.
    ("POST", "/goals/new", {**OPENED, **GOAL, "text": " ", "due_on": "2026-02-30", "area": "__proto__",
                            "session": "constructor", "why": "x" * 5001}),
    ("POST", "/goals/new", {**OPENED, **GOAL, "text": "😀" * 141, "earns": "y" * 5001, "step2": "😀" * 141}),
    ("POST", "/goals/new", {**OPENED, **GOAL, "step1_id": "Not a slug"}),
    ("POST", "/goals/new", {**OPENED, **GOAL, "step1_id": "a", "step4_id": "a"}, {**PART, "HX-Target": "form#form"}),
    # A session on another clock, where it is the day after.
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN}),
    ("GET", "/goals/new"),
    ("POST", "/goals/new", {**OPENED, **GOAL, "session": "{id}"}),
    ("POST", "/goals/new", {**OPENED, **GOAL, "session": "{id}"}),
    ("GET", "/goals"),
    ("GET", "/goals", None, {**PART, "HX-Target": "div#goals"}),
    ("GET", "/goals/{record}"),
    # Steps: ticked, also one that is none; then as parts.
    ("POST", "/goals/{record}/steps", [*OPENED.items(), ("step", "{step}"), ("done", "{step}")]),
    ("GET", "/goals/{id}"),
    ("POST", "/goals/{id}/steps", [*OPENED.items(), ("step", "{step}"), ("step", "b"), ("done", "b")]),
    ("GET", "/goals/{id}", None, {**PART, "HX-Target": "form#steps"}),
    ("GET", "/goals/{id}", None, {**PART, "HX-Target": "div#goal"}),
    ("GET", "/goals/{id}/edit"),
    ("POST", "/goals/{id}/edit", {**OPENED, **GOAL, "session": "", "due_on": "2027-11-25", "step1_id": "{step1_id}",
                                  "step1": "Ask the lead, again"}),
    ("GET", "{address}"),
    ("GET", "/goals"),
    # Rate, then set.
    ("GET", "/goals/new"),
    ("GET", "/goals/new?after={id}"),
    ("GET", "/goals/{id}/rating"),
    ("POST", "/goals/{id}/rating", {**OPENED, "value": "", "reason": HOSTILE}),
    ("POST", "/goals/{id}/rating", {**OPENED, "value": "6", "reason": "x" * 5001}, {**PART, "HX-Target": "form#rate"}),
    ("POST", "/goals/{id}/rating", {**OPENED, "value": "2", "reason": HOSTILE, "then": "stop"}),
    ("GET", "{address}"),
    ("GET", "/goals/{id}/rating"),
    ("POST", "/goals/{id}/rating", {**OPENED, "value": "5", "reason": "Late, but whole.\r\nReally.", "then": "stop"}),
    ("GET", "{address}"),
    # The bin takes the rating along.
    ("POST", "/goals/{record}/delete", {}),
    ("GET", "/goals"),
    ("GET", "/goals/{record}"),
    ("POST", "/goals/{record}/bring-back", {}),
    ("GET", "{address}"),
    ("GET", "/goals/{id}/rating"),
    ("POST", "/goals/{id}/rating", {**OPENED, "value": "3", "reason": ""}),
    ("GET", "{address}"),
    ("GET", "/goals"),
    # Three, and the fourth.
    ("GET", "/goals/new"),
    ("POST", "/goals/new", {**OPENED, **GOAL, "text": "First", "due_on": "2026-11-24", "area": "", "step1": ""}),
    ("GET", "/goals/new"),
    ("POST", "/goals/new", {**OPENED, **GOAL, "text": "Second", "due_on": "2026-11-30", "area": "wellbeing"}),
    ("GET", "/goals/new"),
    ("POST", "/goals/new", {**OPENED, **GOAL, "text": "Third " + HOSTILE}),
    ("GET", "/goals"),
    ("GET", "/goals/new"),
    ("POST", "/goals/new", {**OPENED, **GOAL, "text": "Fourth"}),
    ("POST", "/goals/new", {**OPENED, **GOAL, "text": "Fourth", "which": "constructor"}),
    ("POST", "/goals/new", {**OPENED, **GOAL, "text": "Fourth", "which": "new"}),
    # Taken up again beside the three, then left to wait.
    ("GET", "/goals/{record}"),
    ("POST", "/goals/{record}/waits", {}),
    ("POST", "/goals/{record}/waits", {"which": "constructor"}, {**PART, "HX-Target": "form#which"}),
    ("POST", "/goals/{record}/waits", {"which": "none"}),
    ("GET", "/goals/{record}"),
    ("POST", "/goals/{record}/waits", {**OPENED, "waits": "1"}),
    ("GET", "/goals/{record}"),
    ("GET", "/goals/{record}/edit"),
    ("GET", "/goals"),
    ("POST", "/goals/new", {**GOAL, "text": "Fifth", "which": "{record}"}),
    ("GET", "/goals"),
    ("GET", "/goals/new"),
    ("POST", "/goals/new", {**OPENED, **GOAL, "text": "Sixth", "which": "none"}),
    ("GET", "/goals"),
    # Nothing here, or not mine.
    ("GET", "/goals?after={record}"),
    ("GET", "/goals?after=__proto__"),
    ("GET", f"/goals/{NOBODY}"),
    ("GET", f"/goals/{NOBODY}/edit"),
    ("GET", f"/goals/{NOBODY}/rating"),
    ("POST", f"/goals/{NOBODY}/rating", {"value": "3"}),
    ("POST", "/goals/constructor/steps", {}),
    ("GET", "/goals/new?after=constructor"),
]
