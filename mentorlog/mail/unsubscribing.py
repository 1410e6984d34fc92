"""Stopping one kind of e-mail with one tap, by an address that only we can have made (RFC 8058)."""
from __future__ import annotations

from itsdangerous import BadData, URLSafeSerializer

from .. import clock, due, records, settings
from ..database import db
from ..models import Person
from ..sync import apply

KINDS = {"prepare": "preparing a session", "join": "a session that begins soon", "goal": "a goal on its date",
         "worksheet": "an unfinished worksheet"}


def address(base_url: str, key: str, person: Person, kind: str) -> str:
    """The address that stops this kind for this person. It does not grow old: a letter may be found years later."""
    return f"{base_url.rstrip('/')}/unsubscribe/{signer(key).dumps([person.id, kind])}"


def signer(key: str) -> URLSafeSerializer:
    """Signs with the secret of the server, for this alone."""
    return URLSafeSerializer(key, salt="unsubscribe")


def meant(key: str, token: str) -> tuple[Person, str] | None:
    """Whom and which kind a token is about; None for one that we did not make, or whose person is gone."""
    try:
        id, kind = signer(key).loads(token)
    except (BadData, ValueError, TypeError):
        return None
    person = Person.get_or_none(Person.id == id) if kind in KINDS else None
    return (person, kind) if person else None


def wants(person: Person, kind: str) -> bool:
    """Whether the person has not stopped this kind."""
    return due.wishes_of([person.id])[person.id].wants_letter(kind)


def choose(person: Person, kind: str, wanted: bool) -> None:
    """Stop a kind, or bring it back: a change like any other, so that every device hears of it. Twice is once."""
    with db.atomic():
        id, record = settings.own_of(person)
        if wants(person, kind) == wanted:
            return
        made = {"id": records.new_id(), "kind": "settings", "record": id, "fields": {f"mail_{kind}": wanted},
                "base": record["rev"] if record else None, "made_at": clock.iso(clock.now())}
        apply.take(person, None, [made])
