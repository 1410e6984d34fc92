"""The devices of a person: signing in, being seen, being signed out from elsewhere."""
from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, request
from flask import session as cookie
from flask_login import LoginManager, current_user, login_user

from .. import clock, due, guard
from ..access import Me
from ..database import db
from ..errors import Missing, SignedOut
from ..models import Device, Person
from ..sync import restore
from .accounts import digest

SIGNED_IN = timedelta(days=180)
CONTACT_NOTED = timedelta(minutes=10)


def label(agent: str) -> str:
    """A device in words, out of its User-Agent: `Chrome on Android`."""
    systems = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac",
               "Linux": "Linux"}
    browsers = {"Edg": "Edge", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
    system = next((name for sign, name in systems.items() if sign in agent), "unknown system")
    return f"{next((name for sign, name in browsers.items() if sign in agent), 'Browser')} on {system}"


def remember(person: Person, agent: str, zone: str, known: str | None) -> tuple[Device, str]:
    """The row of the device that signs in, and the secret for its cookie. `known`: the row it had before, renewed."""
    secret, moment = secrets.token_urlsafe(24), clock.now()
    own = (Device.id == known) & (Device.person == person.id) & Device.ended_at.is_null()
    row = Device.get_or_none(own) if known else None
    if row is None:
        row = Device(id=str(uuid.uuid4()), person=person.id, created_at=moment)
    row.secret_hash, row.label, row.zone, row.seen_at = digest(secret), label(agent), zone, moment
    row.save(force_insert=row.created_at == moment)
    return row, secret


def devices(person: Person) -> list[Device]:
    """Where this person is signed in, the last seen first."""
    rows = Device.select().where(Device.person == person.id, Device.ended_at.is_null())
    return list(rows.order_by(Device.seen_at.desc()))


def revoke(person: Person, id: str) -> None:
    """End a device of this person: at its next contact it says what was not sent, then wipes itself.

    :raise Missing: not a device of theirs
    """
    if not restore.end_device(person.id, id):
        raise Missing


def note_contact(who: Me, zone: Any, moment: datetime) -> None:
    """Keep when a device was last here, at most once in ten minutes; and at once where it is, if it moved."""
    device, was = who.device, who.device.zone
    device.zone = zone if isinstance(zone, str) and clock.is_zone(zone) else was
    leads = due.leads(who.person, device, was)
    if not leads and device.zone == was and moment - device.seen_at < CONTACT_NOTED:
        return
    with db.atomic():
        if leads:
            due.follow_phone(who.person, device, was)
        Device.update(seen_at=moment, zone=device.zone).where(Device.id == device.id).execute()


def load(stored: str) -> Me | None:
    """The person of a cookie, while their device is not ended (flask-login's user loader)."""
    id, _, secret = stored.partition(".")
    row = Device.select(Device, Person).join(Person, attr="who").where(Device.id == id).first()
    if row is None or row.ended_at or not secrets.compare_digest(row.secret_hash, digest(secret)):
        return None
    return Me(row.who, row, stored)


def was_revoked() -> bool:
    """True when the cookie belongs to a device that was ended from elsewhere."""
    id, _, secret = str(cookie.get("_user_id") or "").partition(".")
    ended = (Device.id == id) & (Device.secret_hash == digest(secret)) & Device.ended_at.is_null(False)
    return bool(Device.select().where(ended).exists())


def enter(person: Person, zone: str) -> None:
    """Sign this browser in: a fresh cookie (no fixation) for a device row of its own."""
    known = str(cookie.get("_user_id") or "").partition(".")[0]
    row, secret = remember(person, request.user_agent.string, zone if clock.is_zone(zone) else person.zone, known)
    due.settle_in(person, row)
    cookie.clear()
    cookie.permanent = True
    login_user(Me(person, row, f"{row.id}.{secret}"), remember=False)
    renew_weekly()


def renew_weekly() -> None:
    """The cookie lives 180 days from the last week in which the device was here."""
    week = clock.now().strftime("%G-%V")
    if cookie.get("week") != week:
        cookie["week"] = week


def require_sign_in() -> None:
    """Before every view that is not public. A style sheet never looks at the cookie: caches would keep it apart."""
    if guard.is_public(request.endpoint):
        return
    if not current_user.is_authenticated:
        raise SignedOut
    renew_weekly()


def init_app(app: Flask, https: bool) -> None:
    """One permanent cookie for a device; flask-login's remember cookie is not used (it cannot be revoked)."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-mentorlog" if https else "mentorlog", SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_HTTPONLY=True, PERMANENT_SESSION_LIFETIME=SIGNED_IN,
        SESSION_REFRESH_EACH_REQUEST=False)
    manager = LoginManager(app)
    manager.session_protection = None  # phones change network all day
    manager.user_loader(load)
    app.after_request_funcs[None].remove(manager._update_remember_cookie)  # it adds Vary: Cookie to static files
    app.before_request(require_sign_in)
