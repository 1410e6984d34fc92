"""A person's calendar finds their sessions under a secret address."""
from __future__ import annotations

from typing import Any

from peewee import BooleanField, CharField, DateTimeField, ForeignKeyField, Model


class Table(Model):
    class Meta:
        legacy_table_names = False


class Person(Table):
    id = CharField(36, primary_key=True)


class CalendarFeed(Table):
    person = ForeignKeyField(Person, primary_key=True, on_delete="CASCADE")
    secret_hash = CharField(64, unique=True)
    names = BooleanField()
    alarms = BooleanField()
    goals = BooleanField()
    created_at = DateTimeField()
    asked_at = DateTimeField(null=True)


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx([Person, CalendarFeed]):
        db.create_tables([CalendarFeed], safe=False)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx([Person, CalendarFeed]):
        db.drop_tables([CalendarFeed])
