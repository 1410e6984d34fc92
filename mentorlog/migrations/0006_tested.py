"""Of the last test of a device: which it was, when it was sent, when its push service took it, when it was there."""
from __future__ import annotations

from typing import Any

from peewee import CharField, DateTimeField

COLUMNS = {"test": CharField(36, null=True)} | {
    name: DateTimeField(null=True) for name in ("test_sent_at", "test_taken_at", "test_arrived_at")}


def up(migrator: Any, db: Any) -> None:
    migrator.migrate(*[migrator.add_column("subscription", name, field) for name, field in COLUMNS.items()])


def down(migrator: Any, db: Any) -> None:
    migrator.migrate(*[migrator.drop_column("subscription", name) for name in COLUMNS])
