"""All tables, as they were first. A frozen copy: it stays as it is when mentorlog/models.py moves on."""
from __future__ import annotations

from typing import Any

from peewee import (
    AutoField,
    BooleanField,
    CharField,
    Check,
    CompositeKey,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    SmallIntegerField,
    TextField,
)


class Table(Model):
    class Meta:
        legacy_table_names = False


class Person(Table):
    id = CharField(36, primary_key=True)
    name = CharField(200)
    email = CharField(254, unique=True)
    password_hash = CharField(255)
    zone = CharField(64)
    counter = IntegerField()
    epoch = CharField(16)
    epoch_at = DateTimeField()
    names = CharField(36)
    created_at = DateTimeField()


class Device(Table):
    id = CharField(36, primary_key=True)
    person = ForeignKeyField(Person, on_delete="CASCADE")
    secret_hash = CharField(64, unique=True)
    label = CharField(100)
    zone = CharField(64)
    epoch = CharField(16)
    whole = BooleanField()
    created_at = DateTimeField()
    seen_at = DateTimeField()
    ended_at = DateTimeField(null=True)


class Pair(Table):
    id = CharField(36, primary_key=True)
    mentee = ForeignKeyField(Person, on_delete="CASCADE")
    mentor = ForeignKeyField(Person, on_delete="CASCADE")
    ended = BooleanField()


class Record(Table):
    id = CharField(36, primary_key=True)
    kind = CharField(20)
    owner = CharField(36)
    pair = CharField(36, null=True, index=True)
    at = CharField(24)
    shelf = CharField(30)
    fields = TextField()
    rev = CharField(36)
    n = IntegerField()
    narrowed = IntegerField()
    narrowed_by = CharField(36, null=True)

    class Meta:
        indexes = ((("owner", "kind", "at", "id"), False), (("owner", "shelf", "at", "id"), False))


class History(Table):
    id = AutoField()
    record = CharField(36)
    n = IntegerField()
    change = CharField(36)
    rev = CharField(36)
    person = CharField(36)
    device = CharField(36, null=True)
    made_at = DateTimeField()
    received_at = DateTimeField(index=True)
    fields = TextField()
    seen = TextField(null=True)

    class Meta:
        indexes = ((("record", "n"), True), (("change", "record"), True), (("rev", "record"), True))


class Done(Table):
    change = CharField(36, primary_key=True)
    person = CharField(36)
    digest = CharField(64)
    outcome = TextField()


class Feed(Table):
    person = CharField(36)
    record = CharField(36, index=True)
    number = IntegerField()
    gone = BooleanField()

    class Meta:
        primary_key = CompositeKey("person", "record")
        indexes = ((("person", "number"), True),)


class SetupLink(Table):
    id = CharField(64, primary_key=True)
    purpose = CharField(20)
    person = ForeignKeyField(Person, null=True, on_delete="CASCADE")
    created_at = DateTimeField()
    expires_at = DateTimeField()
    used_at = DateTimeField(null=True)


class Subscription(Table):
    id = CharField(36, primary_key=True)
    device = ForeignKeyField(Device, unique=True, on_delete="CASCADE", lazy_load=False)
    endpoint = TextField(unique=True)
    p256dh = CharField(100)
    auth = CharField(40)
    key_id = CharField(64)
    created_at = DateTimeField()
    failed = SmallIntegerField()


class Reminder(Table):
    id = CharField(36, primary_key=True)
    record = CharField(36)
    person = ForeignKeyField(Person, on_delete="CASCADE")
    kind = CharField(20)
    due_at = DateTimeField()
    expires_at = DateTimeField()
    state = CharField(10, constraints=[Check("state IN ('waiting', 'handed', 'expired')")])

    class Meta:
        indexes = ((("record", "person", "kind"), True), (("state", "due_at"), False))


class Delivery(Table):
    id = CharField(36, primary_key=True)
    reminder = ForeignKeyField(Reminder, on_delete="CASCADE")
    device = ForeignKeyField(Device, on_delete="CASCADE")
    leased_until = DateTimeField(null=True)
    tries = SmallIntegerField()
    next_at = DateTimeField()
    sent_at = DateTimeField(null=True)
    outcome = CharField(10)

    class Meta:
        indexes = ((("reminder", "device"), True), (("outcome", "next_at"), False))


TABLES = [
    Person, Device, Pair, Record, History, Done, Feed, SetupLink, Subscription, Reminder, Delivery,
]


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
