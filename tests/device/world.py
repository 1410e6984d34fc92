"""The server's side of a life: three people and their devices, a backup to put back, and what is true in the end."""
from __future__ import annotations

import random
import threading
import uuid
from typing import Any

from mentorlog import clock
from mentorlog.database import db
from mentorlog.models import Device, Done, Feed, History, Pair, Person, Record
from mentorlog.records.sight import sight_of
from mentorlog.sync import pairs, pull, restore
from tests.sync.simulator import checks

TABLES = (Person, Device, Pair, Record, History, Done, Feed)  # in the order of their references
MENTORED = (("ann", "mia"), ("ben", "mia"), ("ben", "ann"))
ROWS_AT_ONCE = 100


class World:
    """One life at a time, one request at a time. `ask` names one of its public methods."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.random = random.Random()
        self.backup_rows: list[list[tuple[Any, ...]]] | None = None
        self.most = 0

    def ask(self, name: str, asked: Any) -> Any:
        with self.lock:
            return getattr(self, name)(asked)

    def reset(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        """Begin anew; returns the devices: id, person, the pairs they write in, and those they can share with."""
        self.clear()
        self.random, self.backup_rows = random.Random(asked["seed"]), None
        self.most = self.random.choice((3, 10, 100))
        pull.PAGE_ROWS = self.random.choice((2, 5, 500))
        people = {name: Person.create(name=name, email=f"{name}@example.org", password_hash="", zone="UTC")
                  for name in ("ann", "ben", "mia")}
        for mentee, mentor in MENTORED:
            Pair.create(mentee=people[mentee].id, mentor=people[mentor].id)
        return [self.device(person) for person in people.values() for _ in range(self.random.choice((1, 2)))]

    def device(self, person: Person) -> dict[str, Any]:
        row = Device.create(person=person.id, secret_hash=str(uuid.uuid4()), label="", zone="UTC", seen_at=clock.now())
        pairs = Pair.select().where((Pair.mentee == person.id) | (Pair.mentor == person.id))
        return {"id": row.id, "person": person.id, "pairs": [pair.id for pair in pairs],
                "shares": [pair.id for pair in pairs if pair.mentee == person.id]}

    def sync(self, asked: dict[str, Any]) -> tuple[int, Any]:
        if wrong := pull.shape_error(asked):
            return 422, {"error": wrong}
        if len(asked["changes"]) > self.most:
            return 413, {"error": "too_big"}
        return 200, pull.sync(Person.get_by_id(asked["person"]), Device.get_by_id(asked["device"]), asked)

    def clear(self) -> None:
        for table in reversed(TABLES):
            table.delete().execute()

    def backup(self, _: Any) -> bool:
        self.backup_rows = [list(table.select().tuples()) for table in TABLES]
        return True

    def restore(self, _: Any) -> bool:
        """Put the backup back by the book; pairs that ended since are ended again. False: there is no backup."""
        if self.backup_rows is None:
            return False
        ended = [pair.id for pair in Pair.select().where(Pair.ended)]
        with db.atomic():
            self.clear()
            for table, rows in zip(TABLES, self.backup_rows, strict=True):
                for at in range(0, len(rows), ROWS_AT_ONCE):
                    table.insert_many(rows[at:at + ROWS_AT_ONCE], fields=table._meta.sorted_fields).execute()
        restore.restored()
        for pair in ended:
            pairs.end(pair)
        self.backup_rows = None
        return True

    def end(self, _: Any) -> bool:
        pairs.end(self.random.choice(list(Pair.select().order_by(Pair.id))).id)
        return True

    def truth(self, _: Any) -> dict[str, Any]:
        """What each person sees, and all texts; each change stands once in the history of its record."""
        records = list(Record.select())
        for record in records:
            rows = list(History.select().where(History.record == record.id).order_by(History.n))
            assert [row.n for row in rows] == list(range(1, record.n + 1)), record.id
            assert len({row.change for row in rows}) == len(rows), record.id
            checks.has_a_page(record)
        people = [person.id for person in Person.select()]
        sight = sight_of(people)
        seen = {record.id: sight.views(record) for record in records}
        return {"people": {person: {id: views[person] for id, views in seen.items()
                                    if person in views and not views[person].get("gone")} for person in people},
                "texts": [{"kept": record.kind == "kept", "fields": record.fields} for record in records]}
