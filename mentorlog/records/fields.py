"""The types of a record's fields: what they take, how long they may be, how two versions of one join.

A type is `Annotated[<what JSON gives>, Spec]`: pydantic checks the JSON type strictly, then the spec its value. The
reasons are `invalid` and `too_long`, and the device's twin, which reads `Spec.describe()`, gives the same one.
"""
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .. import clock
from ..prose import clean
from .ids import is_id

SLUG = re.compile("[a-z0-9][a-z0-9-]{0,63}")
LISTS = ("tags", "list", "rows", "pieces")
MOST_RESTORED = 10  # joined lists may be longer than a form lets them grow; a device hands back what it was given


@dataclass(frozen=True)
class Spec:
    """One type of field.

    join: `text` by sentence, `set`, `list` by the elements' ids, `whole` (`sync.md`, How fields join). max: code points
    of a text, elements of a set or list, or the largest number. each: code points of an element of a set. item: the
    element of a list. pattern: of each of a set of small texts, in ASCII rules that are the same in
    Python and in JavaScript. server: no person may set it.
    """

    name: str
    join: str = "whole"
    max: int | None = None
    min: int | None = None
    each: int | None = None
    choices: tuple[str, ...] | None = None
    item: type[Item] | None = None
    pattern: str | None = None
    server: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._checked, handler(source))

    def _checked(self, value: Any, info: ValidationInfo) -> Any:
        restored = bool(info.context and info.context.get("restored"))
        if why := CHECKS[self.name](self, value, restored):
            raise PydanticCustomError(why, "refused")  # the value stays out of the message
        return value

    def describe(self) -> dict[str, Any]:
        """The spec as plain JSON, without what does not apply."""
        numbers = {"max": self.max, "min": self.min, "each": self.each}
        made: dict[str, Any] = {"type": self.name, "join": self.join}
        made |= {name: number for name, number in numbers.items() if number is not None}
        if self.name in LISTS and self.max:
            made["most"] = self.max * MOST_RESTORED
        if self.choices:
            made["choices"] = list(self.choices)
        if self.pattern:
            made["pattern"] = self.pattern
        if self.item:
            made["item"] = describe_fields(self.item)
        return made | ({"server": True} if self.server else {})


Slug = Annotated[str, Spec("slug")]


class Item(BaseModel):
    """The element of a list: a small flat object, told from its neighbours by `id`."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    id: Slug


def spec_of(metadata: list[Any]) -> Spec:
    """The spec among the metadata of a model's field."""
    found: Spec = next(part for part in metadata if isinstance(part, Spec))
    return found


def describe_fields(model: type[BaseModel]) -> dict[str, dict[str, Any]]:
    """Name to description of the fields of a kind or of a list's element; `null` where None is taken too."""
    described = {}
    for name, field in model.model_fields.items():
        spec, null = _unwrap(field.annotation, field.metadata)
        described[name] = spec.describe() | {"null": null}
    return described


def specs(model: type[BaseModel]) -> dict[str, Spec]:
    """Name to spec of the fields."""
    return {name: _unwrap(field.annotation, field.metadata)[0] for name, field in model.model_fields.items()}


def _unwrap(annotation: Any, metadata: list[Any]) -> tuple[Spec, bool]:
    """The spec of `T` or of `T | None`, which pydantic keeps in different places."""
    if metadata:
        return spec_of(metadata), False
    inner = next(part for part in annotation.__args__ if part is not type(None))
    return spec_of(list(inner.__metadata__)), True


# -- what each type takes: the reason against a value, or None ---------------------------------------------------------

def _prose(spec: Spec, value: str, restored: bool) -> str | None:
    if clean(value) != value:
        return "invalid"
    return "too_long" if spec.max is not None and len(value) > spec.max else None


def _line(spec: Spec, value: str, restored: bool) -> str | None:
    return "invalid" if "\n" in value else _prose(spec, value, restored)


def _tags(spec: Spec, value: list[str], restored: bool) -> str | None:
    if any(not tag or "\n" in tag or clean(tag) != tag for tag in value) or len(set(value)) < len(value):
        return "invalid"
    if spec.each is not None and any(len(tag) > spec.each for tag in value):
        return "too_long"
    return _too_many(spec, value, restored)


def _pieces(spec: Spec, value: list[str], restored: bool) -> str | None:
    if len(set(value)) < len(value) or not all(re.fullmatch(spec.pattern or "", piece) for piece in value):
        return "invalid"
    return _too_many(spec, value, restored)


def _list(spec: Spec, value: list[Item], restored: bool) -> str | None:
    if len({item.id for item in value}) < len(value):
        return "invalid"
    return _too_many(spec, value, restored)


def _rows(spec: Spec, value: list[Any], restored: bool) -> str | None:
    return _too_many(spec, value, restored)


def _too_many(spec: Spec, value: list[Any], restored: bool) -> str | None:
    most = (spec.max or 0) * (MOST_RESTORED if restored else 1)
    return "too_long" if len(value) > most else None


def _whole(spec: Spec, value: int, restored: bool) -> str | None:
    return None if spec.min is not None and spec.max is not None and spec.min <= value <= spec.max else "invalid"


def _choice(spec: Spec, value: str, restored: bool) -> str | None:
    return None if spec.choices and value in spec.choices else "invalid"


def _flag(spec: Spec, value: bool, restored: bool) -> str | None:
    return None


def _if(is_right: Callable[[str], bool]) -> Callable[[Spec, str, bool], str | None]:
    return lambda spec, value, restored: None if is_right(value) else "invalid"


def _is_slug(value: str) -> bool:
    return SLUG.fullmatch(value) is not None


CHECKS: dict[str, Callable[[Spec, Any, bool], str | None]] = {
    "prose": _prose, "line": _line, "tags": _tags, "pieces": _pieces, "list": _list, "rows": _rows,
    "whole": _whole, "choice": _choice, "flag": _flag, "day": _if(clock.is_day), "time": _if(clock.is_time),
    "zone": _if(clock.is_zone),
    "instant": _if(clock.is_instant), "ref": _if(is_id), "slug": _if(_is_slug),
}


# -- the types ---------------------------------------------------------------------------------------------------------

def prose(longest: int) -> Spec:
    """Text of many lines."""
    return Spec("prose", "text", max=longest)


def line(longest: int) -> Spec:
    """Text without a line break."""
    return Spec("line", "text", max=longest)


def choice(*choices: str) -> Spec:
    """One of these words."""
    return Spec("choice", choices=choices)


def whole(least: int, most: int) -> Spec:
    """A whole number."""
    return Spec("whole", min=least, max=most)


def items(item: type[Item], most: int) -> Spec:
    """A list of small objects."""
    return Spec("list", "list", max=most, item=item)


def pieces(pattern: str, most: int, join: str = "set") -> Spec:
    """Small texts of one pattern, each of them once; a set, or with `whole` one value."""
    return Spec("pieces", join, max=most, pattern=pattern)


Line40 = Annotated[str, line(40)]
Line140 = Annotated[str, line(140)]
Line200 = Annotated[str, line(200)]
Line300 = Annotated[str, line(300)]
Line2000 = Annotated[str, line(2_000)]
Prose5000 = Annotated[str, prose(5_000)]
Prose60000 = Annotated[str, prose(60_000)]
Tags = Annotated[list[str], Spec("tags", "set", max=20, each=40)]
Flag = Annotated[bool, Spec("flag")]
Day = Annotated[str, Spec("day")]
Time = Annotated[str, Spec("time")]
Zone = Annotated[str, Spec("zone")]
Instant = Annotated[str, Spec("instant")]
Ref = Annotated[str, Spec("ref")]
