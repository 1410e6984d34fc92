"""Which record here a record of a file is. Twin: service_worker/copies/naming.js.

In one's own file a record keeps its id. In another account's it gets an id of ours, always the same one, so that
nothing is taken under the other's name, and nothing twice. Ids with a meaning follow from what they mean to us.
"""
from __future__ import annotations

from typing import Any

from .. import records
from ..records import KINDS, Fields
from .sound import Found

# Kind to the word and the fields of its meaning (`sync.md`, D11). One with a field missing has a plain id.
MEANINGS = {"settings": ("settings",), "rating": ("rating", "goal"), "worksheet": ("worksheet", "session", "set"),
            "answer": ("answer", "worksheet", "question"), "agreement": ("agreement", "partner"),
            "hours": ("hours", "partner"), "busy": ("busy",)}
ALONE = ("hours",)  # has a meaning without the field, too: one's own


class Naming:
    """Ids and references of the records of one file, as they are here. here: ids of the records that stand here."""

    def __init__(self, found: list[Found], person: str, names: str, own: bool, here: set[str]) -> None:
        self.found = {one.id: one for one in found}
        self.person, self.names, self.own, self.here = person, names, own, here
        self.known: dict[str, str] = {}

    def id(self, one: Found) -> str:
        """The id of a record of the file."""
        if one.id not in self.known:
            self.known[one.id] = self._plain(one)  # also ends a circle of references
            meaning = self._meaning(one)
            if meaning:
                self.known[one.id] = records.name_id(self.names, meaning)
        return self.known[one.id]

    def ref(self, id: Any) -> str | None:
        """What a reference in the file points at here; None when nothing of it is here."""
        if id in self.found:
            return self.id(self.found[id])
        return id if self.own else None

    def fields(self, one: Found) -> Fields:
        """The fields with their references as they are here."""
        refs = {name for name, spec in KINDS[one.kind].specs.items() if spec.name == "ref"}
        return {name: self.ref(value) if name in refs and value is not None else value
                for name, value in one.fields.items()}

    def _plain(self, one: Found) -> str:
        """Of one's own file also what the other of a pair made and is not here any more becomes one's own."""
        mine = self.own and (one.owner in ("", self.person) or one.id in self.here)
        return one.id if mine else records.name_id(self.names, f"copy:{one.id}")

    def _meaning(self, one: Found) -> str:
        word, *needed = MEANINGS.get(one.kind, ("",))
        fields = self.fields(one) if word else {}
        values = [fields.get(name) for name in needed if word not in ALONE or one.fields.get(name)]
        return ":".join([word, *map(str, values)]) if all(values) else ""
