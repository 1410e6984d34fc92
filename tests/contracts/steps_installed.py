"""What is said about the app as an installed one: how to install it, the keys that can be switched off, and
of what and when one is reminded."""
from __future__ import annotations

OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
LOOK = {"theme": "auto", "text_size": "normal", "zone": ""}
HOURS = {"remind": "1", "remind_join": "1", "remind_prepare": "1", "remind_goal": "1", "join_before": "30",
         "prepare_time": "19:00", "goal_time": "09:00", "worksheet_time": "19:00", "lock_screen": "neutral"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}

STEPS = [
    ("GET", "/install"),
    ("GET", "/settings"),
    ("POST", "/settings", {**OPENED, **LOOK, "shortcuts": "1"}),
    ("GET", "/settings"),
    ("POST", "/settings", {**OPENED, **LOOK, "zone": "Mars"}, {**PART, "HX-Target": "form#form"}),
    ("POST", "/settings", {**OPENED, **LOOK}),
    ("GET", "/settings"),
    ("GET", "/settings/reminders"),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "quiet_from": "20:00", "quiet_until": "20:00"}),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "quiet_from": "20:00", "quiet_until": ""}),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "quiet_from": "", "quiet_until": "07:00"}),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "goal_time": "", "join_before": "soon", "lock_screen": "loud"},
     {**PART, "HX-Target": "form#reminders"}),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "join_before": "45", "quiet_from": "20:00",
                                     "quiet_until": "08:00", "lock_screen": "full"}),
    ("GET", "/settings/reminders"),
    ("GET", "/settings"),
    ("POST", "/settings/reminders", {**OPENED, "prepare_time": "18:00", "goal_time": "08:15", "worksheet_time": "20:30",
                                     "join_before": "10", "lock_screen": "neutral"}),
    ("GET", "/settings/reminders"),
    ("GET", "/settings"),
    ("GET", "/today"),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, "title": "The first one", "text": "A line.", "tags": ""}),
    ("GET", "/today"),
    ("GET", "/agenda/new"),
]
