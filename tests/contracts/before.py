"""What stands in both databases before a conversation begins: ada wrote on two devices."""
from __future__ import annotations

from typing import Any

from mentorlog.records import name_id
from tests.cast import Cast, gather

PHONE, LAPTOP = "00000000-0000-4000-8000-0000000000f1", "00000000-0000-4000-8000-0000000000f2"
LABELS = {PHONE: "Chrome on Android", LAPTOP: "Firefox on Linux"}


def with_devices() -> Cast:
    """The cast, and the two devices of ada's."""
    from mentorlog import clock, create_app
    from mentorlog.models import Device
    assert create_app  # importing it registers every kind
    cast = gather()
    for id, label in LABELS.items():
        Device.create(id=id, person=cast.ada.id, secret_hash=id, label=label, zone="Europe/Berlin",
                      seen_at=clock.parse("2026-11-20T09:00:00.000Z"))
    return cast


def travelled(before: str, here: str) -> Cast:
    """Her phone came from one zone into another an hour before the first step."""
    cast = with_devices()
    found = {"here": here, "here_before": before, "here_at": "2026-11-24T08:00:00.000Z"}
    wrote(cast, PHONE, "24T08:00", change(1, "settings", name_id(cast.ada.names, "settings"), None, **found))
    return cast


def wrote(cast: Cast, device: str, at: str, *changes: dict[str, Any]) -> None:
    """Changes that arrived from one of the devices, on a day of November: `at` is `20T18:02`."""
    from mentorlog import clock
    from mentorlog.sync.apply import receive
    from mentorlog.sync.batch import Author
    moment = clock.parse(f"2026-11-{at}:00.000Z")
    with clock.at(moment):
        made = [{"made_at": clock.iso(moment), **one} for one in changes]
        outcomes = receive(Author(cast.ada.id, device, asks=True), made)
    assert all(one["outcome"] in ("accepted", "merged", "kept") for one in outcomes.values()), outcomes


def change(number: int, kind: str, record: str, base: int | None, **fields: Any) -> dict[str, Any]:
    """Change `number`, on top of change `base`; None: the record is new."""
    return {"id": id_of(number), "kind": kind, "record": record, "fields": fields,
            "base": None if base is None else id_of(base)}


def id_of(number: int) -> str:
    """The id of a change or of a record, by a number."""
    return f"00000000-0000-4000-8000-00000000{number:04x}"
