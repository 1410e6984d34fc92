"""Where a person is: their hours follow the phone that synced last, unless they chose a zone."""
from __future__ import annotations

from .. import clock
from ..database import db
from ..models import Device, Person, Record
from ..records import name_id, new_id
from ..sync.apply import receive
from ..sync.batch import Author
from ..sync.change import made_by_server
from .following import follow_person

PHONES = ("iPhone", "iPad", "Android")  # in the label of a device


def settle_in(person: Person, device: Device) -> None:
    """A device that signs in says where its owner is, until a phone has moved."""
    id = name_id(person.names, "settings")
    record = Record.get_or_none(Record.id == id)
    if device.zone == person.zone or (record and record.fields.get("here")) or not counts(device):
        return
    with db.atomic():
        Person.update(zone=device.zone).where(Person.id == person.id).execute()
        follow_person(person.id)


def follow_phone(person: Person, device: Device, moved: bool) -> None:
    """Note in the settings that the person is in another zone, so that each device knows; their reminders move along.

    A desk stays where it is while its owner travels: it counts only where there is no phone. moved: the device was in
    another zone at its last contact. Of two phones the one that synced last counts, once one of them has moved.
    """
    if device.zone == person.zone:
        return
    id = name_id(person.names, "settings")
    record = Record.get_or_none(Record.id == id)
    fields = record.fields if record else {}
    if fields.get("zone") or not (moved or fields.get("here")) or not counts(device):
        return
    told = {"here": device.zone, "here_before": person.zone, "here_at": clock.iso(clock.now())}
    change = made_by_server(new_id(), "settings", id, told, record.rev if record else None)
    outcome = receive(Author(person.id, None, asks=False), [change])[change["id"]]
    if outcome["outcome"] in ("accepted", "merged"):
        Person.update(zone=device.zone).where(Person.id == person.id).execute()


def counts(device: Device) -> bool:
    """Whether a person's hours go by this device."""
    others = Device.select(Device.label).where(Device.person == device.person, Device.ended_at.is_null())
    return is_phone(device.label) or not any(is_phone(other.label) for other in others)


def is_phone(label: str) -> bool:
    """By the words for a device, such as `Chrome on Android`."""
    return any(name in label for name in PHONES)
