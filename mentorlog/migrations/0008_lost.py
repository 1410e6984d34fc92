"""Of a device: whether the address where it got its messages was found dead, and it has told no other one."""
from __future__ import annotations

from typing import Any

from peewee import BooleanField


def up(migrator: Any, db: Any) -> None:
    migrator.migrate(migrator.add_column("device", "lost", BooleanField(default=False)))


def down(migrator: Any, db: Any) -> None:
    migrator.migrate(migrator.drop_column("device", "lost"))
