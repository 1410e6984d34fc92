"""What calendars were told last of each session and goal, so that SEQUENCE rises with all that stands in an entry."""
from __future__ import annotations

from typing import Any

from peewee import CharField, CompositeKey, DateTimeField, ForeignKeyField, IntegerField, Model


class Table(Model):
    class Meta:
        legacy_table_names = False


class Person(Table):
    id = CharField(36, primary_key=True)


class CalendarEntry(Table):
    person = ForeignKeyField(Person, on_delete="CASCADE")
    record = CharField(36)
    digest = CharField(64)
    n = IntegerField()
    changed_at = DateTimeField()

    class Meta:
        primary_key = CompositeKey("person", "record")


# What calendars that ask already were told until now, at most: their SEQUENCE must not fall.
TOLD = """
INSERT INTO calendar_entry (person_id, record, digest, n, changed_at)
SELECT feed.person_id, one.id, '', one.n + COALESCE(
    (SELECT SUM(own.n) FROM record AS own WHERE own.owner = feed.person_id AND own.kind IN ('settings', 'hours')), 0),
    feed.created_at
FROM calendar_feed AS feed JOIN record AS one ON one.kind IN ('session', 'goal') AND (
    one.owner = feed.person_id
    OR one.pair IN (SELECT id FROM pair WHERE mentee_id = feed.person_id OR mentor_id = feed.person_id))
"""


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx([Person, CalendarEntry]):
        db.create_tables([CalendarEntry], safe=False)
    db.execute_sql(TOLD)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx([Person, CalendarEntry]):
        db.drop_tables([CalendarEntry])
