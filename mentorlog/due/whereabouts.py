"""Where a person is: their hours follow the phone that synced last, unless they chose a zone."""
from __future__ import annotations

from .. import clock
from ..database import db
from ..models import Device, Person, Record
from ..records import name_id, new_id
from ..sync import publish
from ..sync.apply import receive
from ..sync.batch import Author
from ..sync.change import made_by_server
from .following import follow_person
from .wishes import followed

PHONES = ("iPhone", "iPad", "Android")  # in the label of a device


def settle_in(person: Person, device: Device) -> None:
    """A device that signs in says where its owner is, until a phone has moved."""
    record = settings_of(person)
    if device.zone == person.zone or (record and record.fields.get("here")) or not counts(device):
        return
    with db.atomic():
        publish.lock([person.id])
        Person.update(zone=device.zone).where(Person.id == person.id).execute()
        follow_person(person.id)


def follow_phone(person: Person, device: Device, was: str) -> None:
    """Note in the settings that the person is in another zone, so that each device knows; their reminders move along.

    Nothing is to be lost between this and keeping the zone of the device, so it stands in the transaction that does.
    was: the zone of the device at its last contact.
    """
    fresh = publish.lock([person.id]).people[person.id]  # another device may have come first
    if not leads(fresh, device, was):
        return
    record = settings_of(fresh)
    before = followed(record.fields if record else {}, fresh.zone)
    told = {"here": device.zone, "here_before": before, "here_at": clock.iso(clock.now())}
    id = name_id(fresh.names, "settings")
    change = made_by_server(new_id(), "settings", id, told, record.rev if record else None)
    outcome = receive(Author(fresh.id, None, asks=False), [change])[change["id"]]
    if outcome["outcome"] in ("accepted", "merged"):
        Person.update(zone=device.zone).where(Person.id == fresh.id).execute()


def leads(person: Person, device: Device, was: str) -> bool:
    """Whether the person's hours have to go to where this device is now. was: see `follow_phone`.

    A desk stays where it is while its owner travels: it counts only where there is no phone. A device that moved
    leads, and one that did not if no other that counts is in the zone in force: so a move is followed late that was
    made while a zone was chosen. Of two phones the one that synced last leads, once one of them has moved; two desks
    that stay in two zones do not take turns.
    """
    record = settings_of(person)
    fields = record.fields if record else {}
    now = followed(fields, person.zone)
    if fields.get("zone") or device.zone == now or not counts(device):
        return False
    if device.zone != was or (fields.get("here") and is_phone(device.label)):
        return True
    others = Device.select().where(
        Device.person == person.id, Device.id != device.id, Device.ended_at.is_null(), Device.zone == now)
    return not any(map(counts, others))


def settings_of(person: Person) -> Record | None:
    """The row of a person's settings."""
    return Record.get_or_none(Record.id == name_id(person.names, "settings"))


def counts(device: Device) -> bool:
    """Whether a person's hours go by this device."""
    others = Device.select(Device.label).where(Device.person == device.person, Device.ended_at.is_null())
    return is_phone(device.label) or not any(is_phone(other.label) for other in others)


def is_phone(label: str) -> bool:
    """By the words for a device, such as `Chrome on Android`."""
    return any(name in label for name in PHONES)
