"""A kind of record: its fields, who writes it, by what it is ordered; and the list of all kinds."""
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from .fields import Flag, Instant, Ref, Spec, describe_fields, specs

if TYPE_CHECKING:
    from ..models import Record

Fields = dict[str, Any]
KINDS: dict[str, type[Kind]] = {}
BASES = ("Private", "Own", "Paired")


class Kind(BaseModel):
    """The fields of one kind of record; a change brings any of them, so each has a default.

    A subclass of `Private`, `Own` or `Paired` is registered under its name in lower case. The class says of its fields
    what no single one can: `private` are never shown to a reader; each set in `together` is joined as one value;
    `along`: a field and the text that says why, which `settle` keeps together when they give way; `meaning`: the id is
    made by `name_id`; `part_of`: the field that names what a record is a part of.
    """

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    by: ClassVar[Literal["owner", "pair"]] = "owner"
    private: ClassVar[frozenset[str]] = frozenset()
    meaning: ClassVar[bool] = False
    part_of: ClassVar[str] = ""
    together: ClassVar[tuple[frozenset[str], ...]] = ()
    along: ClassVar[dict[str, str]] = {}
    ordered_by: ClassVar[Literal["made", "starts"]] = "made"
    specs: ClassVar[dict[str, Spec]]

    binned_at: Instant | None = None
    deleted: Flag = False

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        cls.specs = specs(cls)
        if cls.__name__ not in BASES:
            KINDS[cls.__name__.lower()] = cls

    @classmethod
    def at(cls, fields: Fields, made_at: str) -> str:
        """The instant by which lists order the record. made_at: of the change that created it.

        :raise ValueError: the fields name none that a clock can show
        """
        return made_at

    @classmethod
    def settle(cls, fields: Fields, before: Fields, at: str) -> Fields:
        """What the record becomes after a join, with what only the join writes. before: as it was; at: when."""
        return fields

    @classmethod
    def after_write(cls, record: Record, before: Fields | None) -> None:
        """Called inside the transaction after the record is written. before: its fields then, None for a new one."""

    @classmethod
    def whole_of(cls, fields: Fields) -> str:
        """The id of what a record is a part of, "" for one that stands alone."""
        return str(fields.get(cls.part_of) or "")

    @classmethod
    def in_words(cls, fields: Fields, whole: Fields) -> str:
        """What a person said in a part, to be read without its whole. whole: the fields of that, as last known."""
        return ""

    @classmethod
    def problems(cls, fields: Fields, restored: bool = False, grown: bool = False) -> dict[str, str]:
        """Field to reason, empty when all is well. restored: what a device hands back, which no form could write;
        grown: sets and lists may be as long as joins make them."""
        try:
            cls.model_validate(fields, context={"restored": restored or grown})
        except ValidationError as error:
            return _reasons(error)
        if restored:
            return {}
        return {name: "unknown_field" for name in fields if cls.specs[name].server}


def below(head: str | None, said: Sequence[str | None]) -> str:
    """What was said, a paragraph each, below what it was said of; "" where nothing was."""
    return "\n\n".join(text for text in (head, *said) if text) if any(said) else ""


class Private(Kind):
    """Its owner's alone."""


class Own(Kind):
    """Its owner's; one thing at a time can be shown to a mentor."""

    shared: Ref | None = None  # the pair whose mentor may read it


class Paired(Kind):
    """Its owner's until it belongs to a pair, then both write and both see it."""

    by = "pair"
    pair: Ref | None = None


def _reasons(error: ValidationError) -> dict[str, str]:
    """The first reason of each field."""
    found: dict[str, str] = {}
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        place = one["loc"]
        why = one["type"] if one["type"] in ("too_long", "extra_forbidden") else "invalid"
        if why == "extra_forbidden":
            why = "unknown_field" if len(place) == 1 else "invalid"
        found.setdefault(str(place[0]), why)
    return found


def problems(kind: str, fields: Fields, before: Fields | None = None) -> dict[str, str]:
    """Field to reason (`invalid`, `too_long`, `unknown_field`), empty when a person's form may hold these fields.

    before: of the record that the form changes. What two devices added is joined to more than a form takes, and may
    stay as long as it is.
    """
    grown = {name: value for name, value in fields.items() if _is_no_longer(value, (before or {}).get(name))}
    rest = {name: value for name, value in fields.items() if name not in grown}
    return KINDS[kind].problems(rest) | KINDS[kind].problems(grown, grown=True)


def _is_no_longer(value: Any, before: Any) -> bool:
    return isinstance(value, list) and isinstance(before, list) and len(value) <= len(before)


def item_problems(kind: str, field: str, item: Fields) -> dict[str, str]:
    """The same for one element of a list."""
    model = KINDS[kind].specs[field].item or BaseModel
    try:
        model.model_validate(item)
    except ValidationError as error:
        return _reasons(error)
    return {}


def shelf_of(kind: str, fields: Fields) -> str:
    """The list a record stands in."""
    if fields.get("deleted"):
        return f"{kind}/gone"
    return f"{kind}/bin" if fields.get("binned_at") else kind


def describe() -> dict[str, Any]:
    """All kinds as plain JSON, for the device: {kind: {by, at, meaning, part_of, private, together, fields}}.

    fields: {name: {type, join, ...}}; a field's `server`: no person sets it. at: `made` or `starts` (a wall time in
    `starts_on`, `starts_time`, `zone`).
    """
    return {name: {"by": kind.by, "at": kind.ordered_by, "meaning": kind.meaning, "part_of": kind.part_of,
                   "private": sorted(kind.private), "together": [sorted(group) for group in kind.together],
                   "fields": describe_fields(kind)}
            for name, kind in sorted(KINDS.items())}
