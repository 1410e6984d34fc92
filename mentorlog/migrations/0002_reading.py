"""A file that somebody reads back is kept until they bring it in."""
from __future__ import annotations

from typing import Any

from peewee import CharField, DateTimeField, ForeignKeyField, Model, TextField


class Person(Model):
    id = CharField(36, primary_key=True)


class Reading(Model):
    person = ForeignKeyField(Person, primary_key=True, on_delete="CASCADE")
    text = TextField()
    at = DateTimeField()


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx([Person, Reading]):
        db.create_tables([Reading], safe=False)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx([Person, Reading]):
        db.drop_tables([Reading])
