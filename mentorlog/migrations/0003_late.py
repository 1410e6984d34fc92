"""When the loop of reminders last ran, what came late, and since when each message was to go."""
from __future__ import annotations

from typing import Any

from peewee import CharField, DateTimeField, IntegerField, Model


class Pulse(Model):
    name = CharField(20, primary_key=True)
    ran_at = DateTimeField()
    late = IntegerField()
    late_at = DateTimeField(null=True)


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx([Pulse]):
        db.create_tables([Pulse], safe=False)
    migrator.migrate(migrator.add_column("delivery", "due_at", DateTimeField(null=True)))


def down(migrator: Any, db: Any) -> None:
    migrator.migrate(migrator.drop_column("delivery", "due_at"))
    with db.bind_ctx([Pulse]):
        db.drop_tables([Pulse])
