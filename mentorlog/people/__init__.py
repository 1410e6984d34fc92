"""People and their devices: the first account, signing in and out, passwords, the list of devices."""
from __future__ import annotations

from .accounts import NewPerson, add, change_password, check, invite_first, set_password, start
from .devices import devices, init_app, note_contact, renew_weekly, revoke, was_revoked
from .routes import bp

__all__ = [
    "NewPerson", "add", "bp", "change_password", "check", "devices", "init_app", "invite_first", "note_contact",
    "renew_weekly", "revoke", "set_password", "start", "was_revoked",
]
