"""What is said about the app as an installed one: how to install it, the keys that can be switched off, and
of what and when one is reminded."""
from __future__ import annotations

OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
LOOK = {"theme": "auto", "text_size": "normal", "zone": ""}
HOURS = {"remind": "1", "remind_join": "1", "remind_prepare": "1", "remind_goal": "1", "join_before": "30",
         "prepare_day": "before", "prepare_time": "19:00", "goal_day": "same", "goal_time": "09:00",
         "worksheet_time": "19:00", "lock_screen": "neutral"}
SESSION = "00000000-0000-4000-8000-00000000ffe1"
PLAN = {"change": "00000000-0000-4000-8000-00000000ffe2", "record": SESSION, "base": "", "starts_on": "2027-01-07",
        "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": "45", "channel": "video", "link": "", "phone": "",
        "partner": "", "partner_name": ""}
LATE = "00000000-0000-4000-8000-00000000ffe3"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}

STEPS = [
    ("GET", "/install"),
    ("GET", "/settings"),
    ("GET", "/settings/look"),
    # The card of a session says what is chosen: nothing yet, below two kinds and names, then that all is off.
    ("POST", "/sessions/new", PLAN),
    ("GET", "{address}"),
    ("GET", "/settings/reminders"),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "join_before": "120", "lock_screen": "full"}),
    ("GET", f"/sessions/{SESSION}"),
    ("POST", "/settings/reminders", {"prepare_time": "18:00", "goal_time": "08:15", "worksheet_time": "20:30",
                                     "prepare_day": "same", "goal_day": "before", "join_before": "10",
                                     "lock_screen": "neutral", "remind": "1", "remind_worksheet": "1"}),
    ("GET", "/settings/reminders"),
    ("GET", f"/sessions/{SESSION}"),
    ("GET", "/settings/reminders"),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "prepare_day": "hours"}),
    ("GET", "/settings/reminders"),
    ("GET", f"/sessions/{SESSION}"),
    ("GET", "/settings/look"),
    ("POST", "/settings/look", {**OPENED, **LOOK, "shortcuts": "1"}),
    ("GET", "/settings/look"),
    ("POST", "/settings/look", {**OPENED, **LOOK, "zone": "Mars"}, {**PART, "HX-Target": "form#form"}),
    ("POST", "/settings/look", {**OPENED, **LOOK}),
    # A page that was opened when the look stood on the list of groups sends it there.
    ("GET", "/settings/look"),
    ("POST", "/settings", {**OPENED, **LOOK, "theme": "light"}),
    ("GET", "/settings"),
    ("POST", "/settings", {**OPENED, **LOOK, "text_size": "huge"}),
    ("GET", "/settings/look"),
    ("GET", "/settings/reminders"),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "quiet_from": "20:00", "quiet_until": "20:00"}),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "quiet_from": "00:00", "quiet_until": "23:59"}),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "quiet_from": "20:00", "quiet_until": ""}),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "quiet_from": "", "quiet_until": "07:00"}),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "goal_time": "", "join_before": "soon", "lock_screen": "loud"},
     {**PART, "HX-Target": "form#reminders"}),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "join_before": "45", "quiet_from": "20:00",
                                     "quiet_until": "08:00", "lock_screen": "full"}),
    ("GET", "/settings/reminders"),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "quiet_from": "14:00", "quiet_until": "16:00"}),
    ("GET", f"/sessions/{SESSION}"),  # whose last reminder comes before them
    ("GET", "/settings/reminders"),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "quiet_from": "10:00", "quiet_until": "16:00"}),
    ("GET", f"/sessions/{SESSION}"),  # or not at all
    ("POST", "/sessions/new", PLAN | {"change": LATE[:-1] + "0", "record": LATE, "starts_on": "2026-11-24",
                                      "starts_time": "11:15"}),
    ("GET", f"/sessions/{LATE}"),  # planned in them: the moment before them is over
    ("GET", "/settings/reminders"),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "join_before": "120", "quiet_from": "10:00",
                                     "quiet_until": "16:00"}),
    ("GET", f"/sessions/{LATE}"),  # so is its own
    ("GET", "/settings/reminders"),
    ("GET", "/settings"),
    ("POST", "/settings/reminders", {**OPENED, "prepare_time": "18:00", "goal_time": "08:15", "worksheet_time": "20:30",
                                     "join_before": "10", "lock_screen": "neutral"}),
    ("GET", "/settings/reminders"),
    ("GET", "/settings"),
    ("GET", "/copies"),
    ("POST", "/settings/by-mail", {}),
    ("GET", "/today"),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, "title": "The first one", "text": "A line.", "tags": ""}),
    ("GET", "/today"),
    ("GET", "/agenda/new"),
]
