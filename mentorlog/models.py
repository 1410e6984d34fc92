"""Every table: fields, keys, constraints, indexes. No behaviour.

Foreign keys hold ids and never load a row by themselves: `pair.mentee` is an id. The four tables
of the sync protocol (record, history, done, feed) name people and records without a foreign key: they are
written in bulk, and by one door only.
"""
from __future__ import annotations

import secrets
import uuid
from typing import cast

from peewee import (
    AutoField,
    BooleanField,
    CharField,
    Check,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    SmallIntegerField,
    TextField,
)

from . import clock
from .database import Base, JsonField, UTCField

ID = 36  # characters of a UUID


def new_id() -> str:
    """A random id (UUID version 4)."""
    return str(uuid.uuid4())


def new_epoch() -> str:
    """A name for the time until the server is restored once more."""
    return secrets.token_hex(4)


def reference(table: type[Base], on_delete: str = "CASCADE", unique: bool = False) -> ForeignKeyField[str]:
    """A foreign key whose attribute is the id, and which never loads a row by itself."""
    made = ForeignKeyField(table, unique=unique, on_delete=on_delete, lazy_load=False)
    return cast("ForeignKeyField[str]", made)


def reference_or_none(table: type[Base], on_delete: str = "CASCADE") -> ForeignKeyField[str | None]:
    """The same where there need not be one."""
    made = ForeignKeyField(table, null=True, on_delete=on_delete, lazy_load=False)
    return cast("ForeignKeyField[str | None]", made)


class Person(Base):
    """Someone with an account. The row is the lock under which the person's feed is numbered by `counter`."""

    id = CharField(ID, primary_key=True, default=new_id)
    name = CharField(200)
    email = CharField(254, unique=True)  # lower case
    password_hash = CharField(255)
    zone = CharField(64)
    counter = IntegerField(default=0)
    epoch = CharField(16, default=new_epoch)  # changes when the server was restored
    epoch_at = UTCField(default=clock.now)
    names = CharField(ID, default=new_id)  # secret name space of ids that two devices make alike
    created_at = UTCField(default=clock.now)


class Device(Base):
    """A browser where a person signed in. Its epoch is its person's once it told what a restore forgot."""

    id = CharField(ID, primary_key=True, default=new_id)
    person = reference(Person)
    secret_hash = CharField(64, unique=True)
    label = CharField(100)
    zone = CharField(64)
    epoch = CharField(16, default="")
    whole = BooleanField(default=False)  # has pulled everything at least once
    created_at = UTCField(default=clock.now)
    seen_at = UTCField()
    ended_at = UTCField(null=True)
    lost = BooleanField(default=False)  # its push address was found dead, and it has told no other one


class Pair(Base):
    """One mentee and one mentor, for a time."""

    id = CharField(ID, primary_key=True, default=new_id)
    mentee = reference(Person)
    mentor = reference(Person)
    ended = BooleanField(default=False)


class Record(Base):
    """One thing a person wrote; `fields` is what its kind says. Written by `sync.apply` alone."""

    id = CharField(ID, primary_key=True, default=new_id)
    kind = CharField(20)
    owner = CharField(ID)
    pair = CharField(ID, null=True, index=True)  # belonging to, or shared with
    at = CharField(24)  # ISO 8601 with milliseconds and Z: the order of lists
    shelf = CharField(30)  # the list it stands in: kind, kind/bin or kind/gone
    fields = JsonField()
    rev = CharField(ID)  # names this state: the change that made it
    n = IntegerField()  # how many changes so far
    narrowed = IntegerField(default=0)  # n of the last withdrawal or deletion
    narrowed_by = CharField(ID, null=True)  # and the device it came from

    class Meta:
        indexes = ((("owner", "kind", "at", "id"), False), (("owner", "shelf", "at", "id"), False))


class History(Base):
    """What a record was after a change, and what its author believed it was (`seen`, null when the same).

    `rev` names the state. It is the change's id where the state is what its author believes; where it was joined, the
    same change could make another one on a restored server, so its name follows from the epoch too.
    """

    id = AutoField()
    record = CharField(ID)
    n = IntegerField()
    change = CharField(ID)
    rev = CharField(ID)
    person = CharField(ID)
    device = CharField(ID, null=True)
    made_at = UTCField()
    received_at = UTCField(index=True)
    fields = JsonField()
    seen = JsonField(null=True)

    class Meta:
        indexes = ((("record", "n"), True), (("change", "record"), True), (("rev", "record"), True))


class Done(Base):
    """Every change ever accepted, with its answer: a second delivery gets the same one."""

    change = CharField(ID, primary_key=True)
    person = CharField(ID)
    digest = CharField(64)
    outcome = JsonField()


class Feed(Base):
    """What a person's devices have to hear of: a row per record, renumbered when their view changes."""

    person = CharField(ID)
    record = CharField(ID, index=True)
    number = IntegerField()
    gone = BooleanField()

    class Meta:
        primary_key = CompositeKey("person", "record")
        indexes = ((("person", "number"), True),)


class SetupLink(Base):
    """A link that works once; the id is the SHA-256 of its secret."""

    id = CharField(64, primary_key=True)
    purpose = CharField(20)
    person = reference_or_none(Person)
    created_at = UTCField(default=clock.now)
    expires_at = UTCField()
    used_at = UTCField(null=True)


class Subscription(Base):
    """Where a device's push messages go."""

    id = CharField(ID, primary_key=True, default=new_id)
    device = reference(Device, unique=True)
    endpoint = TextField(unique=True)
    p256dh = CharField(100)
    auth = CharField(40)
    key_id = CharField(64)  # of the server key it was made with
    created_at = UTCField(default=clock.now)
    failed = SmallIntegerField(default=0)  # failures in a row
    test = CharField(ID, null=True)  # the last one that was sent there: the id in its message
    test_sent_at = UTCField(null=True)
    test_taken_at = UTCField(null=True)  # by its push service
    test_arrived_at = UTCField(null=True)  # as the device told


class Reminder(Base):
    """What is due to whom and when: written by a kind's hook, moved in place, never twice."""

    id = CharField(ID, primary_key=True, default=new_id)
    record = CharField(ID)
    person = reference(Person)
    kind = CharField(20)
    due_at = UTCField()
    expires_at = UTCField()
    state = CharField(10, default="waiting", constraints=[Check("state IN ('waiting', 'handed', 'expired')")])

    class Meta:
        indexes = ((("record", "person", "kind"), True), (("state", "due_at"), False))


class Delivery(Base):
    """One reminder on its way to one device, by the subscription it has then; claimed by a lease.

    One that goes to no device is a letter, of which a reminder has one at most.
    """

    id = CharField(ID, primary_key=True, default=new_id)
    reminder = reference(Reminder)
    device = reference_or_none(Device)
    leased_until = UTCField(null=True)
    tries = SmallIntegerField(default=0)
    next_at = UTCField()
    sent_at = UTCField(null=True)
    outcome = CharField(10, default="")  # "" while it is under way, then sent, gone, failed, expired or done
    due_at = UTCField(null=True)  # since when it was to go: what comes much later is late

    LOST = ("gone", "failed")  # the outcomes of what reached nobody: its address is dead, or it was refused for good

    class Meta:
        indexes = ((("reminder", "device"), True), (("outcome", "next_at"), False))


Delivery.add_index(Delivery.reminder, unique=True, where=Delivery.device.is_null(), name="delivery_letter")


class Pulse(Base):
    """When the loop of reminders last ran, in whichever process, and how many reminders came late so far."""

    name = CharField(20, primary_key=True)
    ran_at = UTCField()
    late = IntegerField(default=0)
    late_at = UTCField(null=True)


class Reading(Base):
    """The text of a file that somebody chose to read back, until they bring it in or leave it: a day at most."""

    person = ForeignKeyField(Person, primary_key=True, on_delete="CASCADE", lazy_load=False)
    text = TextField()
    at = UTCField(default=clock.now)


class CalendarFeed(Base):
    """The secret address under which a person's calendar finds their sessions; its SHA-256 alone is kept."""

    person = ForeignKeyField(Person, primary_key=True, on_delete="CASCADE", lazy_load=False)
    secret_hash = CharField(64, unique=True)
    names = BooleanField(default=False)  # whether it carries what the person wrote on a card
    alarms = BooleanField(default=True)
    goals = BooleanField(default=False)
    created_at = UTCField(default=clock.now)
    asked_at = UTCField(null=True)


class CalendarEntry(Base):
    """What a person's calendars were told last of a session or a goal. It stays when its record or the address goes."""

    person = reference(Person)
    record = CharField(ID)
    digest = CharField(64)  # of all that it said
    n = IntegerField()  # its SEQUENCE, which rises when it says something else
    changed_at = UTCField()

    class Meta:
        primary_key = CompositeKey("person", "record")


TABLES: list[type[Base]] = [
    Person, Device, Pair, Record, History, Done, Feed, SetupLink, Subscription, Reminder, Delivery, Reading, Pulse,
    CalendarFeed, CalendarEntry,
]
