"""The line between devices and server, with every fault there is; and a server that can be set back."""
from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mentorlog import clock
from mentorlog.database import db
from mentorlog.models import Device as Row
from mentorlog.models import Done, Feed, History, Pair, Person, Record
from mentorlog.sync import pairs, pull, restore
from tests.sync.simulator import checks, joins
from tests.sync.simulator.device import Device

if TYPE_CHECKING:
    from tests.sync.simulator.world import World

TABLES = (Person, Row, Pair, Record, History, Done, Feed)  # in the order of their references


class CrashError(Exception):
    """The server dies before it commits."""


class Line:
    """What lies between a world's devices and its server."""

    def __init__(self, world: World) -> None:
        self.world, self.random, self.stats = world, world.random, world.stats
        self.late: list[dict[str, Any]] = []
        self.noted: set[str] = set()
        self.backup: list[tuple[Any, list[Any]]] | None = None
        self.limit = self.random.choice((3, 10, 100))

    def serve(self, asked: dict[str, Any]) -> tuple[int, Any]:
        if len(asked["changes"]) > self.limit:
            return 413, None
        with self.world.now():
            assert pull.shape_error(json.loads(json.dumps(asked))) is None
            before = checks.shares()
            person, device = Person.get_by_id(asked["person"]), Row.get_by_id(asked["device"])
            Row.update(seen_at=clock.now()).where(Row.id == device.id).execute()
            told = json.loads(json.dumps(pull.sync(person, device, json.loads(json.dumps(asked)))))
            after = checks.shares()
        self.world.withdrawn = (self.world.withdrawn | before - after) - (after - before)
        checks.leaks(asked["person"], told["records"], self.world.withdrawn)
        self.note(asked, told)
        return 200, told

    def note(self, asked: dict[str, Any], told: dict[str, Any]) -> None:
        """Count what became of the changes, and which joins they met; of a change that came twice once."""
        for change in asked["changes"]:
            outcome = told["outcomes"].get(change["id"])
            if outcome:
                self.stats[f"{change['kind']} {outcome['outcome']}"] += 1
            if outcome and change["id"] not in self.noted:
                self.noted.add(change["id"])
                self.stats.update(joins.of(change, outcome))

    def exchange(self, device: Device, faults: bool = True) -> None:
        """A device syncs, over a line with every fault there is."""
        batch = None
        for _ in range(12):
            asked = device.request(batch)
            fault = self.random.random() if faults else 1
            if fault < 0.10:
                self.stats["lost request"] += 1  # or 401: nothing counts, all stays
                return
            if fault < 0.16:
                self.crash(asked)
                return
            status, told = self.serve(asked)
            if status == 413:
                self.stats["413"] += 1
                batch = max(1, len(asked["changes"]) // 2)
                continue
            if fault < 0.24:
                self.stats["lost reply"] += 1
                return
            told = self.deliver_oddly(device, asked, told, fault if faults else 0.5, batch)
            device.answer(asked, told)
            if not told["more"] and not device.former:
                checks.device(device)
                if not [c for c in device.changes if c["id"] not in told["outcomes"] and c["state"] == "waiting"]:
                    return

    def deliver_oddly(self, device: Device, asked: dict[str, Any], told: Any, fault: float, batch: int | None) -> Any:
        """Twice; once more much later; or a second tab without the lock asks meanwhile, and its reply comes first."""
        if fault < 0.30:
            self.stats["duplicate"] += 1
            return self.serve(asked)[1]
        if fault < 0.35:
            self.stats["late duplicate"] += 1
            self.late.append(asked)
        if fault > 0.95:
            other = device.request(batch)
            status, second = self.serve(other)
            if status == 200:
                self.stats["two tabs"] += 1
                device.answer(other, second)
        return told

    def deliver_late(self) -> None:
        """A request from long ago comes once more."""
        if self.late:
            self.serve(self.late.pop(self.random.randrange(len(self.late))))

    def crash(self, asked: dict[str, Any]) -> None:
        """The server dies between receipt and commit."""
        self.stats["crash before commit"] += 1
        before = set(self.world.withdrawn)
        try:
            with db.atomic():
                self.serve(asked)
                raise CrashError
        except CrashError:
            self.world.withdrawn = before

    def dump(self) -> None:
        self.world.on_no_device = set()
        self.backup = [(table, list(table.select().tuples())) for table in TABLES]

    def put_back(self) -> None:
        """The database is yesterday's again."""
        assert self.backup
        with db.atomic():
            for table in reversed(TABLES):
                table.delete().execute()
            for table, rows in self.backup:
                for at in range(0, len(rows), 100):
                    table.insert_many(rows[at:at + 100], fields=table._meta.sorted_fields).execute()

    def restore(self) -> None:
        """The backup is put back by the book; pairs that ended since are ended again before the door opens."""
        if self.backup is None:
            return
        self.stats["restore"] += 1
        ended = [pair.id for pair in Pair.select() if pair.ended]
        self.world.removed |= self.world.on_no_device
        self.put_back()
        with self.world.now():
            restore.restored()
            for pair in ended:
                pairs.end(pair)
        self.backup = None
