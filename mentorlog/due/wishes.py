"""When a person wants to hear of what: their settings, with what holds where they chose nothing."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..models import Person, Record
from ..records import Fields, name_id

JOIN_BEFORE = 30  # minutes
EVENING, MORNING = "19:00", "09:00"


@dataclass(frozen=True)
class Wishes:
    """What one person chose. person: their id; names: the name space of their ids; home: the zone they signed up in;
    week: the fields of their usual week, with the focus hours in it.
    """

    person: str
    names: str = ""
    home: str = "UTC"
    fields: Fields = field(default_factory=dict)
    week: Fields = field(default_factory=dict)

    @property
    def zone(self) -> str:
        """Where their hours are: as they chose, else where their phone was last, else at home."""
        return str(self.fields.get("zone") or followed(self.fields, self.home))

    def wants(self, kind: str) -> bool:
        """Whether a kind of reminder is on, and reminders at all."""
        return self.fields.get("remind") is not False and self.fields.get(f"remind_{kind}") is not False

    def wants_letter(self, kind: str) -> bool:
        """Whether a kind may come by e-mail, as far as any letters come."""
        return self.fields.get(f"mail_{kind}") is not False

    @property
    def wants_letters(self) -> bool:
        """Whether letters come in any case, not only where no device is reached."""
        return self.fields.get("mail") is True

    @property
    def join_before(self) -> int:
        """Minutes before a session at which to join is said."""
        return int(self.fields.get("join_before") or JOIN_BEFORE)

    def day(self, kind: str, otherwise: str) -> str:
        """`before` or `same`: which day a kind is said on that can come on either; to prepare also `hours`, of no day.
        Another word, as a newer version may have, counts as `before`."""
        return str(self.fields.get(f"{kind}_day") or otherwise)

    def hour(self, kind: str, otherwise: str) -> str:
        """The wall time of a kind that has one."""
        return str(self.fields.get(f"{kind}_time") or otherwise)

    @property
    def silence(self) -> str:
        """Which hours are kept in which nothing rings, in words: "quiet", "focus", "quiet or focus", "" for none."""
        quiet = self.fields.get("quiet_from") and self.fields.get("quiet_until")
        kept = {"quiet": quiet, "focus": self.week.get("protected")}
        return " or ".join(name for name, hours in kept.items() if hours)

    @property
    def names_things(self) -> bool:
        """Whether the lock screen may say with whom and what."""
        return self.fields.get("lock_screen") == "full"


def followed(fields: Fields, home: str) -> str:
    """The zone of who chose none: where their phone was last, else at home. fields: of their settings."""
    return str(fields.get("here") or home)


def wishes_of(people: Iterable[str]) -> dict[str, Wishes]:
    """Person id to what they chose, in two queries."""
    rows = list(Person.select(Person.id, Person.names, Person.zone).where(Person.id << sorted(set(people))))
    ids = {row.id: [name_id(row.names, kind) for kind in ("settings", "hours")] for row in rows}
    asked = Record.select(Record.id, Record.fields).where(Record.id << [id for both in ids.values() for id in both])
    found = {row.id: row.fields for row in asked}
    return {row.id: Wishes(row.id, row.names, row.zone, *(found.get(id, {}) for id in ids[row.id])) for row in rows}
