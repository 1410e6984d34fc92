"""Kept texts: what could not be joined stays as a record of its own, with where both versions came from."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Protocol

from .. import clock, records
from ..models import Device, History, Person, Record
from .rows import chunks

MOST_TOLD = 50  # on one page


class Kept(records.Private):
    """A text that could not be joined, its author's alone; the server makes it, a person may bin or delete it."""

    of: Annotated[str, records.Spec("ref", server=True)] | None = None
    field: Annotated[str, records.Spec("line", "text", max=64, server=True)] = ""
    text: Annotated[str, records.Spec("prose", "text", max=120_000, server=True)] = ""
    device: Annotated[str, records.Spec("ref", server=True)] | None = None  # on which this text was written
    label: Annotated[str, records.Spec("line", max=100, server=True)] = ""  # and its name
    beside: Annotated[str, records.Spec("ref", server=True)] | None = None  # rev of the record that stood then
    other: Annotated[str, records.Spec("ref", server=True)] | None = None  # the device on which that was written
    other_label: Annotated[str, records.Spec("line", max=100, server=True)] = ""
    other_at: Annotated[str, records.Spec("instant", server=True)] | None = None


class Stood(Protocol):
    """What a record was: who made it that, on which device, and when."""

    @property
    def person(self) -> str: ...
    @property
    def device(self) -> str | None: ...
    @property
    def made_at(self) -> str: ...


@dataclass(frozen=True)
class Origin:
    """Whose text was kept, of which record, which state (rev) it met, and which one stands in its place.

    beside: None when the text itself stood, and was deleted unseen.
    """

    author: str
    record: str
    met: str
    beside: str | None


@dataclass(frozen=True)
class Written:
    """A state that was written in another batch."""

    person: str
    device: str | None
    made_at: str


def told(origins: Mapping[str, Origin], device: str | None,
         states: Mapping[tuple[str, str], Stood]) -> dict[str, records.Fields]:
    """Where kept texts came from, by their ids, as fields of theirs; what is not known is left out.

    device: of the changes. states: those that are known already, by record and rev. Two queries for all together.
    """
    if not origins:
        return {}
    known = {**_written({one.met for one in origins.values()} - {rev for _, rev in states}), **states}
    found = {id: _found(one, device, known.get((one.record, one.met))) for id, one in origins.items()}
    labels = _labels({id for fields in found.values() for id in (fields.get("device"), fields.get("other")) if id})
    for id, fields in found.items():
        for name, label in (("device", "label"), ("other", "other_label")):
            fields[label] = labels.get((origins[id].author, fields.get(name)))
    return {id: {name: value for name, value in fields.items() if value} for id, fields in found.items()}


def _found(one: Origin, device: str | None, stood: Stood | None) -> records.Fields:
    """Of another person's version nothing is told."""
    if one.beside is None:
        return {"device": stood and stood.device}
    fields: records.Fields = {"device": device, "beside": one.beside}
    if stood and stood.person == one.author:
        fields |= {"other": stood.device, "other_at": stood.made_at}
    return fields


def _written(revs: set[str]) -> dict[tuple[str, str], Stood]:
    columns = (History.record, History.rev, History.person, History.device, History.made_at)
    return {(row.record, row.rev): Written(row.person, row.device, clock.iso(row.made_at))
            for some in chunks(sorted(revs)) for row in History.select(*columns).where(History.rev << some)}


def _labels(ids: set[str]) -> dict[tuple[str, str | None], str]:
    rows = Device.select(Device.id, Device.person, Device.label).where(Device.id << sorted(ids))
    return {(row.person, row.id): row.label for row in rows}


def unsettled(person: Person) -> list[dict[str, str]]:
    """The kept texts on which this person has not decided, the newest first: {id, of: the record}. One query."""
    mine = Record.select(Record.id, Record.fields).where(Record.owner == person.id, Record.shelf == "kept")
    rows = mine.order_by(Record.at.desc(), Record.id.desc()).limit(MOST_TOLD)
    return [{"id": row.id, "of": row.fields.get("of") or ""} for row in rows]
