"""Who is here, and look-ups that start at the person: what you may not see does not exist."""
from __future__ import annotations

from dataclasses import dataclass

from . import records
from .errors import Missing
from .models import Device, Pair, Person, Subscription


@dataclass(frozen=True)
class Me:
    """Who is signed in, the device they are on and what its cookie holds; all that flask-login asks of a user."""

    person: Person
    device: Device
    stored: str

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What the cookie holds."""
        return self.stored


def record(person: Person, kind: str, id: str) -> records.Found:
    """One record that the person may see.

    :raise Missing: there is none, or not for them
    """
    return records.find(person, kind, id)


def device(person: Person, id: str) -> Device:
    """One of the person's devices that is not ended.

    :raise Missing: there is none, or it is another person's
    """
    if not records.is_id(id):
        raise Missing
    found = Device.get_or_none(Device.id == id, Device.person == person.id, Device.ended_at.is_null())
    if found is None:
        raise Missing
    return found


def subscription(person: Person, id: str) -> Subscription:
    """Where one of the person's devices gets its push messages.

    :raise Missing: there is none, or it is another person's
    """
    if not records.is_id(id):
        raise Missing
    mine = Subscription.select().join(Device).where(Subscription.id == id, Device.person == person.id)
    found: Subscription | None = mine.first()
    if found is None:
        raise Missing
    return found


def pairs(person: Person) -> list[Pair]:
    """The pairs that last, in which the person is mentee or mentor."""
    mine = (Pair.mentee == person.id) | (Pair.mentor == person.id)
    return list(Pair.select().where(mine, ~Pair.ended).order_by(Pair.id))
