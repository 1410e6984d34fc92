"""What is said about questions: sets, a worksheet of eight questions of every type, its answers, and the bin."""
from __future__ import annotations

HOSTILE = "<b>x</b> \u202eabc 😀 & \"quotes\" '"
OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
PLAN = {"starts_on": "2026-12-07", "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": "45", "channel": "video",
        "link": "", "phone": "", "partner": "", "partner_name": ""}
NOBODY = "00000000-0000-4000-8000-00000000ffff"
AGREEMENT = [("question", f"working-agreement-{name}") for name in ("rhythm", "hard-times", "between", "end")]
SKILLS = [("question", f"skills-gap-{name}") for name in ("nothing", "proof")]


def part(name: str) -> dict[str, str]:
    return PART | {"HX-Target": f"form%23{name}" if name.startswith("form") else f"div#{name}"}


STEPS = [
    ("GET", "/questions"),
    ("GET", "/questions?time=end"),
    ("GET", "/questions?time=constructor"),
    ("GET", "/questions?q=advice%20tell"),
    ("GET", "/questions?q=<b>xyzzy"),
    ("GET", f"/questions?session={NOBODY}"),
    ("GET", "/questions/nothing"),
    ("GET", "/questions/__proto__"),
    ("GET", "/questions/company-map"),
    ("GET", "/questions/mentor-reflection"),
    ("GET", "/questions/working-agreement"),
    ("POST", "/questions/working-agreement", OPENED),
    ("POST", "/questions/working-agreement", {**OPENED, "question": "__proto__"}),
    ("POST", "/questions/working-agreement", [*OPENED.items(), *AGREEMENT, ("question", "constructor")]),
    ("GET", "{address}"),
    ("GET", "{address}?q=working-agreement-between"),
    ("GET", "{address}?q=__proto__"),
    ("POST", "{address}", {**OPENED, "question": "working-agreement-rhythm", "text": "Weekly. " + HOSTILE}),
    ("GET", "{address}"),
    ("GET", "/worksheets/{id}/answers"),
    ("GET", "/questions"),
]
