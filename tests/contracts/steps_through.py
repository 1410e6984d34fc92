"""One session from its plan to its end: before, during and after. Step n is asked at 9:00 UTC and n minutes on 24
November, 10:00 in Berlin; it begins at 10:30."""
from __future__ import annotations

from mentorlog.records import name_id
from tests.cast import Cast
from tests.contracts.before import PHONE, change, id_of, with_devices, wrote

HOSTILE = "<b>x</b> \u202eabc 😀 & \"quotes\" '"
OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
SESSION, CARD, GOAL, SHEET = map(id_of, range(0xa1, 0xa5))
HOUR = {"starts_on": "2026-11-24", "starts_time": "10:30", "zone": "Europe/Berlin", "minutes": 15, "channel": "video"}
PLAN = {**HOUR, "minutes": "15", "link": "", "phone": "", "partner": CARD, "partner_name": ""}
PAGE = f"/sessions/{SESSION}"


def with_a_session() -> Cast:
    """A card with an agreement, a session with it, a goal on its day, questions for it."""
    cast = with_devices()
    agreement = name_id(cast.ada.names, f"agreement:{CARD}")
    ways = [{"id": "a", "way": "call", "address": "+49 30 1234567"}]
    wrote(cast, PHONE, "20T18:02",
          change(1, "partner", CARD, None, name="R. O. " + HOSTILE, zone="Asia/Tokyo", phone="+49 30 1234567",
                 fallback="phone +49 30 1234567\nchat https://chat.example/a\nthe café"),
          change(2, "agreement", agreement, None, partner=CARD, notice="two_days", rhythm="two_weekly",
                 review_on="2026-12-07", ways=ways),
          change(3, "session", SESSION, None, partner=CARD, **HOUR),
          change(4, "goal", GOAL, None, text="Ask two people " + HOSTILE, due_on="2026-11-24"),
          change(5, "worksheet", SHEET, None, title="Five minutes " + HOSTILE, session=SESSION))
    return cast


GIVEN = with_a_session
STEPS = [
    ("GET", "/sessions"),
    ("GET", PAGE),
    # Cancelled, taken back, cancelled for another reason, planned again at another hour.
    ("GET", f"{PAGE}/cancel"),
    ("POST", f"{PAGE}/cancel", {**OPENED, "why": HOSTILE}),
    ("POST", f"{PAGE}/cancel", {**OPENED, "why": HOSTILE}),
    ("GET", "/sessions"),
    ("GET", "/sessions", None, {**PART, "HX-Target": "div#sessions"}),
    ("GET", PAGE),
    ("GET", PAGE, None, {**PART, "HX-Target": "div#when"}),
    ("POST", f"{PAGE}/resume", {}),
    ("GET", PAGE),
    ("POST", f"{PAGE}/cancel", {"why": ""}),
    ("GET", f"{PAGE}/edit"),
    ("POST", f"{PAGE}/edit", {**OPENED, **PLAN, "starts_time": "10:35",
                                 "was_at": "2026-11-24 10:30 Europe/Berlin"}),
    ("GET", PAGE),
    ("GET", "/today"),
    *(("GET", "/journal") for _ in range(17)),  # it is 10:35
    ("GET", "/today"),
    ("POST", "/agenda/new", {"text": HOSTILE}),
    ("GET", "/today"),
    ("GET", "/today", None, {**PART, "HX-Target": "div#ahead"}),
    ("GET", f"{PAGE}/fallback"),
    ("POST", f"{PAGE}/fallback", {**OPENED, "on": "phone"}),
    ("GET", "/sessions"),
    ("POST", f"{PAGE}/held", {"state": "held"}),
    ("GET", "/sessions"),
    ("GET", PAGE),
    ("GET", f"/goals/{GOAL}/rating"),
    ("POST", f"/goals/{GOAL}/rating", {**OPENED, "value": "4", "reason": "", "then": "stop"}),
    ("GET", PAGE),
    ("GET", f"/partners/{CARD}"),
]
