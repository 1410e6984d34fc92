"""What the app knows, from nothing on. Step n is asked on 24 November at 9:00 UTC and n minutes."""
from __future__ import annotations

OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
PLAN = {"starts_on": "2026-12-07", "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": "45", "channel": "video",
        "link": "", "phone": "", "partner": "", "partner_name": "R. O."}
SETTINGS = {"theme": "dark", "text_size": "normal", "zone": "Asia/Tokyo"}

STEPS = [
    ("GET", "/settings/knows"),
    ("GET", "/settings/look"),
    ("POST", "/settings/look", {**OPENED, **SETTINGS}),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, "title": "Monday", "text": "One.", "tags": ""}),
    ("GET", "/settings/knows"),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, "title": "Tuesday", "text": "Two.", "tags": ""}),
    ("GET", "{address}"),
    ("POST", "{address}/delete", OPENED),
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN}),
    ("POST", "/agenda/new", {"text": "What came up"}),
    ("GET", "/settings/knows"),
    ("GET", "/settings/copy"),
]
