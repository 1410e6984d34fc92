"""Asking the server as a device does, without a device: one person's changes and what became of them."""
from __future__ import annotations

from typing import Any

from mentorlog import clock, records
from mentorlog.models import Device, Person, Record
from mentorlog.sync import pull, wire

Raw = dict[str, Any]


def a_device(person: Person, **fields: Any) -> Device:
    """A device of this person that is signed in."""
    secret = records.new_id()
    made = {"secret_hash": secret, "label": "phone", "zone": "UTC", "seen_at": clock.now()}
    return Device.create(person=person.id, **made | fields)


def change(kind: str, record: str | None = None, /, *, stands: Raw | None = None, id: str | None = None,
           made_at: str | None = None, **fields: Any) -> Raw:
    """A change as it goes over the wire. stands: {"base": None} when left out, for a new record."""
    return {"id": id or records.new_id(), "kind": kind, "record": record or records.new_id(), "fields": fields,
            "made_at": made_at or clock.iso(clock.now())} | (stands or {"base": None})


def edit(made: Raw, **fields: Any) -> Raw:
    """A change on top of what another one made."""
    return change(made["kind"], made["record"], stands={"base": made["id"]}, **fields)


def fields(made: Raw) -> Raw:
    """What the record of a change holds on the server now."""
    return Record.get_by_id(made["record"]).fields


def request(device: Device, changes: list[Raw] | None = None, **more: Any) -> Raw:
    """The body of a request."""
    return {"v": 1, "person": device.person, "device": device.id, "zone": device.zone,
            "sent_at": clock.iso(clock.now()),
            "epoch": None, "cursor": 0, "told": True, "changes": changes or []} | more


def sync(device: Device, changes: list[Raw] | None = None, **more: Any) -> Raw:
    """Send changes and get the reply."""
    asked = request(device, changes, **more)
    assert wire.shape_error(asked) is None
    return pull.sync(Person.get_by_id(device.person), Device.get_by_id(device.id), asked)


def outcome(device: Device, one: Raw, **more: Any) -> Raw:
    """What becomes of one change."""
    return sync(device, [one], **more)["outcomes"][one["id"]]


def rows(device: Device, **more: Any) -> dict[str, Raw]:
    """Record to row of all that a device would hear of, from the start."""
    return {row["id"]: row for row in sync(device, **more)["records"]}
