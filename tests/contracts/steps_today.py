"""What Today says as the weeks go by. Step n is asked on 24 November at 9:00 UTC and n minutes, 10:00 in Berlin."""
from __future__ import annotations

from tests.cast import Cast
from tests.contracts.before import travelled

OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
PLAN = {"starts_on": "2026-11-25", "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": "45", "channel": "video",
        "link": "meet.example", "phone": "", "partner": "", "partner_name": ""}



def back_from_a_journey() -> Cast:
    """Her phone came back from a journey an hour before, and her hours with it."""
    return travelled("America/New_York", "Europe/Berlin")


GIVEN = back_from_a_journey
STEPS = [
    ("GET", "/"),
    ("GET", "/today"),
    ("POST", "/agenda/new", {**OPENED, "text": "Why does the plan change weekly?"}),
    ("GET", "/today"),
    ("GET", "/today"),
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN, "starts_on": "2026-12-07", "partner_name": "R. O."}),
    ("GET", "/today"),
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN}),
    ("GET", "/today"),
    ("GET", "/today", None, {**PART, "HX-Target": "div#ahead"}),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, "title": "", "text": "Ask for the **decision**. " * 20, "tags": ""}),
    ("GET", "/today"),
    # What stuck, above a newer entry in which nothing did.
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, "title": "", "text": "", "lesson": "Say **it** first. " * 20, "tags": ""}),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, "title": "", "text": "Nothing stuck.", "lesson": " \u2003", "tags": ""}),
    ("GET", "/today"),
    # One that just ended, then one that is today.
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN, "starts_on": "2026-11-23", "starts_time": "18:00",
                               "partner_name": "R. O."}),
    ("GET", "/today"),
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN, "starts_on": "2026-11-24", "starts_time": "10:00", "minutes": "90",
                               "partner_name": "R. O."}),
    ("GET", "/today"),
    ("POST", "/sessions/{id}/held", {"state": "held"}),
    ("GET", "/today"),
    ("POST", "/agenda/new", {"text": "x" * 301}),
    ("POST", "/agenda/new", {"text": "x" * 301}, {**PART, "HX-Target": "form#came_up"}),
    ("GET", "/today"),
    # One that runs since yesterday: it is half past midnight in Anchorage.
    ("POST", "/settings/look", {"theme": "auto", "text_size": "normal", "zone": "America/Anchorage"}),
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN, "starts_on": "2026-11-23", "starts_time": "23:50",
                               "zone": "America/Anchorage", "minutes": "90"}),
    ("GET", "/today"),
    ("GET", "/sessions"),
    # What follows the clock by itself.
    *(("GET", "/today", None, {**PART, "HX-Target": target}) for target in ("header#head", "div#moved", "div#memory")),
    *(("GET", "{address}", None, {**PART, "HX-Target": target})
      for target in ("section#along", "div#otherwise", "div#doing")),
]
