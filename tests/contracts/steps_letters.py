"""What is said of e-mail where there is a mail server: its switches, what is kept of them, and a form without them."""
from __future__ import annotations

from tests.contracts.steps_installed import HOURS, OPENED, PART

SETTINGS = {"MENTORLOG_SMTP_HOST": "mail.example", "MENTORLOG_MAIL_FROM": "journal@example.org",
            "MENTORLOG_BASE_URL": "https://journal.example.org"}
SOME = {"mails": "1", "mail": "1", "mail_prepare": "1", "mail_worksheet": "1"}

STEPS = [
    ("GET", "/settings/reminders"),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, **SOME, "quiet_from": "20:00"},
     {**PART, "HX-Target": "form#reminders"}),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, **SOME}),
    ("GET", "/settings/reminders"),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "join_before": "45", "mail_goal": "1"}),
    ("GET", "/settings/reminders"),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "quiet_until": "07:00"}),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "mails": "1", "mail_goal": "1"}),
    ("GET", "/settings/reminders"),
    # A tap on the card of a device that cannot remind: of the kinds that were chosen, and once more changes nothing.
    ("POST", "/settings/by-mail", {}),
    ("GET", "/settings/reminders"),
    ("POST", "/settings/by-mail", {}),
    ("GET", "/settings/reminders"),
    # No kind has letters and a reminder: all get them. Then nothing is reminded of, and it says nothing.
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "mails": "1", "mail_worksheet": "1"}),
    ("POST", "/settings/by-mail", {}),
    ("GET", "/settings/reminders"),
    ("POST", "/settings/reminders", {**OPENED, **HOURS, "remind": "", "mails": "1"}),
    ("POST", "/settings/by-mail", {}),
    ("GET", "/settings/reminders"),
    ("GET", "/settings/knows"),
]
