"""Accounts: the first one, further ones, passwords."""
from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from werkzeug.security import check_password_hash, generate_password_hash

from .. import clock, zones
from ..database import db
from ..errors import Missing, Refused
from ..models import Person, SetupLink

HASHING = "scrypt:32768:8:3"  # OWASP's password storage cheat sheet; werkzeug's default is below its minimum
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
LINK_HOURS = 24
NAME_OR_HOST = r"[^@\s\x00-\x1f\x7f-\x9f\ufffd<>()\[\],;:\\\"]+"  # nothing by which one becomes two, or a header
EMAIL = re.compile(NAME_OR_HOST + "@" + NAME_OR_HOST + r"\." + NAME_OR_HOST)


@dataclass(frozen=True)
class NewPerson:
    """What somebody typed to get an account; `zone` is what their device said."""

    name: str
    email: str
    password: str
    zone: str

    def problems(self) -> dict[str, str]:
        """Field to words; empty when all is well."""
        found = password_problem(self.password)
        if not 1 <= len(self.name) <= 200:
            found["name"] = "Write the name your mentor knows you by."
        if not EMAIL.fullmatch(self.email) or len(self.email) > 254:
            found["email"] = "Write an e-mail address, such as name@example.org."
        if not clock.is_zone(self.zone):
            found["zone"] = zones.refused(self.zone)
        return found


def password_problem(password: str) -> dict[str, str]:
    """Ten characters at least: length is what counts (NIST SP 800-63B, 5.1.1)."""
    if SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return {}
    return {"password": f"Use at least {SHORTEST_PASSWORD} characters. A few words in a row are fine."}


def digest(secret: str) -> str:
    """What the database keeps of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def add(new: NewPerson, hashing: str = HASHING) -> Person:
    """Create an account.

    :raise Refused: a field does not fit, or the address has an account already
    """
    for field, words in new.problems().items():
        raise Refused(words, field)
    if Person.select().where(Person.email == new.email.lower()).exists():
        raise Refused("There is an account with this address already.", "email")
    moment = clock.now()
    return Person.create(
        id=str(uuid.uuid4()), name=new.name, email=new.email.lower(), zone=new.zone,
        password_hash=generate_password_hash(new.password, method=hashing), epoch=secrets.token_hex(4), epoch_at=moment,
        names=str(uuid.uuid4()), created_at=moment)


def set_password(email: str, password: str) -> None:
    """Give an account a new password: what the operator does for a forgotten one. Devices stay signed in.

    :raise Missing: no such account
    :raise Refused: too short
    """
    for field, words in password_problem(password).items():
        raise Refused(words, field)
    with db.atomic():
        person = Person.get_or_none(Person.email == email.strip().lower())
        if person is None:
            raise Missing
        hashed = generate_password_hash(password, method=HASHING)
        Person.update(password_hash=hashed).where(Person.id == person.id).execute()


def invite_first(base_url: str) -> str | None:
    """A link that works once, for the first account; None when somebody has one already."""
    if Person.select().exists():
        return None
    secret, moment = secrets.token_urlsafe(24), clock.now()
    ends = moment + timedelta(hours=LINK_HOURS)
    SetupLink.create(id=digest(secret), purpose="first", created_at=moment, expires_at=ends)
    return f"{base_url.rstrip('/')}/start?key={secret}"


def open_link(secret: str) -> SetupLink | None:
    """The link of this secret while it can be used."""
    link = SetupLink.get_or_none(SetupLink.id == digest(secret), SetupLink.used_at.is_null())
    return link if link and link.expires_at > clock.now() and not Person.select().exists() else None


def start(secret: str, new: NewPerson) -> Person:
    """Use the link up and create the first account, both or neither.

    :raise Missing: the link was used or is too old
    """
    with db.atomic():
        link = open_link(secret)
        if link is None:
            raise Missing
        person = add(new)
        SetupLink.update(used_at=clock.now()).where(SetupLink.id == link.id).execute()
    return person


@cache
def nobody_hash() -> str:
    """What is compared where there is no account; made once, when it is first needed."""
    return generate_password_hash(secrets.token_hex(8), method=HASHING)


def check(email: str, password: str) -> Person | None:
    """The person whose password this is. Takes as long for an address without an account."""
    person = Person.get_or_none(Person.email == email.strip().lower())
    right = check_password_hash(person.password_hash if person else nobody_hash(), password)
    return person if person and right else None


def change_password(person: Person, old: str, new: str) -> None:
    """:raise Refused: the old one is wrong, or the new one too short"""
    if not check_password_hash(person.password_hash, old):
        raise Refused("This is not your present password.", "old")
    for field, words in password_problem(new).items():
        raise Refused(words, field)
    hashed = generate_password_hash(new, method=HASHING)
    Person.update(password_hash=hashed).where(Person.id == person.id).execute()
