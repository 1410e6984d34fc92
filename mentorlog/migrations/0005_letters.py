"""A reminder can go out as a letter: a delivery to no device, one at most for each reminder."""
from __future__ import annotations

from typing import Any

from peewee import CharField, Model


class Delivery(Model):
    id = CharField(36, primary_key=True)
    reminder_id = CharField(36)
    device_id = CharField(36, null=True)


LETTER = Delivery.index(Delivery.reminder_id, unique=True, where=Delivery.device_id.is_null(), name="delivery_letter")


def up(migrator: Any, db: Any) -> None:
    migrator.migrate(migrator.drop_not_null("delivery", "device_id"))
    db.execute(LETTER)


def down(migrator: Any, db: Any) -> None:
    migrator.migrate(migrator.drop_index("delivery", "delivery_letter"))
    with db.bind_ctx([Delivery]):
        Delivery.delete().where(Delivery.device_id.is_null()).execute()
    migrator.migrate(migrator.add_not_null("delivery", "device_id"))
