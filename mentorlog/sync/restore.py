"""The way back after a backup was restored: a new epoch, and sharing held back until the devices have told."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .. import clock
from ..database import db
from ..models import Device, Person, Record, new_epoch
from ..records import is_id
from . import publish
from .batch import Outcome

UNTOLD = "untold"  # the epoch of a device of which this server does not know from which state it went on


def restored() -> int:
    """To be run once after a backup was put back; returns how many people's devices will tell what it forgot."""
    with db.atomic():
        people = [person.id for person in Person.select(Person.id).order_by(Person.id)]
        for person in people:
            _begin_epoch(person)
        sharing = Record.select(Record.owner).where(Record.pair.is_null(False)).distinct()
        publish.republish([record.owner for record in sharing])
    return len(people)


def release(people: Iterable[str] | None = None) -> None:
    """Show again what was held back for a device that was ended meanwhile, or not seen for too long.

    people: whose device it was; everybody when left out, for a daily round.
    """
    sharing = Record.select(Record.owner).where(Record.pair.is_null(False)).distinct()
    owners = {record.owner for record in sharing} if people is None else set(people)
    for owner in sorted(owners):
        with db.atomic():
            publish.republish([owner])


def end_device(person: str, device: str) -> bool:
    """End a device of this person; what was held back for it is shown again. False: there is no such device."""
    with db.atomic():
        ended = is_id(device) and _end(person, device)
        if ended:
            publish.republish([person])
    return ended


def replace_device(device: Device, former: str) -> None:
    """This row takes the place of the one the same browser held before; what that one had not told, this one has to."""
    if not is_id(former) or former == device.id:
        return
    with db.atomic():
        epoch = Person.select(Person.epoch).where(Person.id == device.person)
        untold = (Device.epoch != "") & (Device.epoch != epoch)
        if Device.select().where(Device.id == former, Device.person == device.person, untold).exists():
            Device.update(epoch=UNTOLD).where(Device.id == device.id).execute()
        _end(device.person, former)


def _end(person: str, device: str) -> bool:
    mine = (Device.id == device) & (Device.person == person) & Device.ended_at.is_null()
    return bool(Device.update(ended_at=clock.now()).where(mine).execute())


def noticed(person: Person, epoch: str | None, cursor: int) -> Person:
    """The person, in a new epoch if a device has a cursor from the future: the server was set back and nobody said."""
    if epoch != person.epoch or cursor <= person.counter:
        return person
    with db.atomic():
        row = publish.lock([person.id]).people[person.id]
        if epoch == row.epoch and cursor > row.counter:
            _begin_epoch(person.id)
            publish.republish([person.id])
        return Person.get_by_id(person.id)


def _begin_epoch(person: str) -> None:
    """A new epoch. A device that had not told all of an epoch before this one may hold states that are older yet."""
    former = Person.select(Person.epoch).where(Person.id == person)
    Device.update(epoch=UNTOLD).where(Device.person == person, Device.epoch != "", Device.epoch != former).execute()
    Person.update(epoch=new_epoch(), epoch_at=clock.now()).where(Person.id == person).execute()


def hear(person: Person, device: Device, asked: dict[str, Any], outcomes: dict[str, Outcome]) -> None:
    """Note whether the device has told what a restored server forgot; sharing is held back while one has not.

    One that was asked what it saw has not told yet. One that comes with an older epoch has something to tell, also when
    its row is new.
    """
    asks_back = any(outcome["outcome"] == "need_was" for outcome in outcomes.values())
    if asked["epoch"] is None or (asked["epoch"] == person.epoch and asked.get("told") and not asks_back):
        _note_epoch(person, device, person.epoch)
    elif asked["epoch"] != person.epoch and device.epoch in ("", person.epoch):
        _note_epoch(person, device, UNTOLD)


def _note_epoch(person: Person, device: Device, epoch: str) -> None:
    if device.epoch == epoch:
        return
    with db.atomic():
        publish.lock([person.id])
        Device.update(epoch=epoch).where(Device.id == device.id).execute()
        publish.republish([person.id])
    device.epoch = epoch
