"""The scene of the rare cases: ann with two devices, her mentor mia with one, and an entry that is shown to mia."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mentorlog.models import Device as Row
from mentorlog.models import Record
from mentorlog.sync import pull
from tests.sync.simulator.device import Device
from tests.sync.simulator.world import World

CASES: list[Callable[[Scene], None]] = []


class Scene:
    """ann with two devices, her mentor mia with one; an entry of ann's that is shown to mia."""

    def __init__(self) -> None:
        self.world = World(1)
        pull.PAGE_ROWS = 500
        self.world.line.limit = 1000
        with self.world.now():
            self.ann, self.ann2, self.mia = (self.world.device(name) for name in ("ann", "ann", "mia"))
        Row.delete().where(Row.id.not_in([one.row.id for one in self.devices])).execute()
        self.pair = self.world.pairs["p1"].id
        self.entry = self.write(self.ann, "entry", text="Hello there.", shared=self.pair)
        self.talk(*self.devices)
        assert self.entry in self.mia.snapshot

    @property
    def devices(self) -> tuple[Device, Device, Device]:
        return self.ann, self.ann2, self.mia

    def write(self, device: Device, kind: str, record: str | None = None, **fields: Any) -> str:
        """Open a form and save it; returns the record."""
        form = device.opening(kind, record)
        device.save(form, fields)
        return device.changes[-1]["record"] if device.changes else form["record"]

    def talk(self, *devices: Device) -> dict[str, Any]:
        """Each device syncs until nothing waits; returns the outcomes of the last one."""
        outcomes: dict[str, Any] = {}
        for device in devices:
            for _ in range(5):
                asked = device.request()
                told = self.world.line.serve(asked)[1]
                device.answer(asked, told)
                outcomes |= told["outcomes"]
        return outcomes

    def fields(self, record: str) -> dict[str, Any]:
        """What the server has."""
        return Record.get_by_id(record).fields

    def kept(self) -> list[str]:
        """The texts that are kept, for whomever."""
        rows = Record.select().where(Record.kind == "kept")
        return sorted(row.fields["text"] for row in rows if "text" in row.fields)


def case(function: Callable[[Scene], None]) -> Callable[[Scene], None]:
    CASES.append(function)
    return function
