"""How two versions of one record become one, field by field (`sync.md`, How fields join)."""
from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from ..records import Fields, Item, Kind, Spec, specs
from .merge import join_lists, join_sets, merge_text

EARLIER = "earlier"  # the values that gave way, in rows of their fields
LATER_WINS = ("binned_at", "deleted")  # also in a pair's record: neither is a text, and both can be undone


@dataclass
class Joined:
    """What the record becomes, and (field, text) of what could not be joined.

    gave_way: a value that the author had not seen; they are told, though all is as they said.
    """

    fields: Fields
    kept: list[tuple[str, str]] = field(default_factory=list)
    gave_way: bool = False


@dataclass(frozen=True)
class Versions:
    """One field three times: as the author saw it, as it is, as it comes in. None: not set."""

    saw: Any
    current: Any
    new: Any

    @property
    def settled(self) -> bool:
        """Nobody changed it meanwhile, or both to the same."""
        return bool(self.current == self.saw or self.new == self.current)


def join(kind: type[Kind], current: Fields, saw: Fields, new: Fields, creates: bool = False) -> Joined:
    """Join the incoming fields with the present ones. creates: the author knew no such record."""
    if current.get("deleted") and not saw.get("deleted"):
        return _meet_the_end(kind, current, saw, new, creates)
    joined = Joined(dict(current))
    if current.get("deleted"):
        del joined.fields["deleted"]
    rest = _take_along(kind, joined, saw, _join_groups(kind, joined, current, saw, new))
    for name, value in rest.items():
        if name == "pair" and current.get("pair"):
            continue
        _join_field(kind, joined, name, Versions(saw.get(name), current.get(name), value))
    return joined


def _take_along(kind: type[Kind], joined: Joined, saw: Fields, new: Fields) -> Fields:
    """Let the text that says why come with a value that takes the place of another; returns the fields that are left.

    Joined by itself, the text of the one would stand with the value of the other.
    """
    rest, current = dict(new), joined.fields
    for name, text in kind.along.items():
        if name not in new or new[name] == saw.get(name) or current.get(name) in (None, new[name]):
            continue
        joined.gave_way |= current[name] != saw.get(name)
        seen = saw.get(text) or ""
        mine = new.get(text, seen) or ""
        if mine != seen or current[name] != saw.get(name):
            rest.pop(text, None)
            current |= {text: mine} if mine != (current.get(text) or "") else {}
    return rest


def _meet_the_end(kind: type[Kind], current: Fields, saw: Fields, new: Fields, creates: bool) -> Joined:
    """The record was deleted, and the author did not know."""
    if creates and not new.get("deleted"):
        return Joined(dict(new))  # made anew by a device that knew neither the record nor its end
    return Joined(dict(current), unseen_texts(kind, new, saw))


def unseen_texts(kind: type[Kind], fields: Fields, saw: Fields) -> list[tuple[str, str]]:
    """(field, text) of what is written in `fields` and was not in `saw`; of all of it, if it was taken out of the bin
    since: somebody wants to have it."""
    if saw.get("binned_at") and "binned_at" in fields and not fields["binned_at"]:
        fields, saw = saw | fields, {}
    found = ((name, as_text(spec, fields.get(name), saw.get(name))) for name, spec in kind.specs.items())
    return [(name, text) for name, text in found if text]


def given_way(kind: type[Kind], fields: Fields, saw: Fields) -> list[tuple[str, str]]:
    """(field, text) of what was written with a value that gave way, and was seen neither then nor since."""
    known = [fields, saw, *(saw.get(EARLIER) or [])]
    found = ((name, as_text(kind.specs[name], value)) for row in fields.get(EARLIER) or []
             for name, value in row.items() if name in kind.specs and _is_typed(value)
             and all(value != one.get(name) for one in known))
    return [(name, text) for name, text in dict.fromkeys(found) if text]


def _is_typed(value: Any) -> bool:
    """What a device hands back after a restore is not looked into when it comes."""
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(row, dict) for row in value))


def as_text(spec: Spec, value: Any, saw: Any = None) -> str:
    """The words in a field's value that differ from what was seen: those of a list one a line, else "" for a field
    that holds no text."""
    if not value or value == saw or spec.join not in ("text", "list"):
        return ""
    if spec.join == "text" or spec.item is None:
        return str(value)
    fresh = [row for row in value if row not in (saw or [])]
    return "\n".join(filter(None, (_words_of(spec.item, row) for row in fresh)))


def _words_of(item: type[Item], row: dict[str, Any]) -> str:
    """What a person typed in an element; a choice is none."""
    texts = [row.get(name) for name, spec in specs(item).items() if spec.join == "text"]
    return " ".join(text for text in texts if isinstance(text, str))


def _join_field(kind: type[Kind], joined: Joined, name: str, has: Versions) -> None:
    """Rules 1 to 5 for one field."""
    spec = kind.specs[name]
    if has.settled or name in LATER_WINS:
        joined.fields[name] = has.new
    elif has.new == has.saw:
        return
    elif spec.join == "text":
        _join_text(joined, name, spec, has)
    elif spec.join == "set":
        joined.fields[name] = join_sets(has.saw or [], has.current or [], has.new)
    elif spec.join == "list":
        _join_list(joined, name, spec, has)
    elif joined.fields.get("pair") and kind.by == "pair":
        joined.kept.append((name, json.dumps(has.new, ensure_ascii=False)))  # a proposal: the other one's stands
    else:
        joined.fields[name] = has.new  # my two devices: the one that arrives last; the history has both


def _join_text(joined: Joined, name: str, spec: Spec, has: Versions) -> None:
    text = merge_text(has.saw or "", has.current or "", has.new or "", spec.max)
    if text is not None:
        joined.fields[name] = text
    elif has.new:
        joined.kept.append((name, has.new))


def _join_list(joined: Joined, name: str, spec: Spec, has: Versions) -> None:
    rows, both = join_lists(has.saw or [], has.current or [], has.new)
    mended = {}
    for saw, current, new in both:
        row = Joined(dict(current))
        for part, inner in _parts(spec).items():
            if part in new:
                _join_part(row, part, inner, Versions(saw.get(part), current.get(part), new[part]))
        mended[current["id"]] = row.fields
        joined.kept += [(name, text) for _, text in row.kept]
    joined.fields[name] = [mended.get(row["id"], row) for row in rows]


def _parts(spec: Spec) -> dict[str, Spec]:
    return specs(spec.item) if spec.item else {}


def _join_part(row: Joined, name: str, spec: Spec, has: Versions) -> None:
    """One field of an element that both sides changed."""
    if has.settled:
        row.fields[name] = has.new
    elif has.new != has.saw and spec.join == "text":
        _join_text(row, name, spec, has)
    elif has.new != has.saw:
        row.fields[name] = has.new


def _join_groups(kind: type[Kind], joined: Joined, current: Fields, saw: Fields, new: Fields) -> Fields:
    """Settle the fields that say one thing together, such as day, time and zone; returns the fields that are left.

    Field by field, one who moves a session to Friday and one who moves it to noon would move it to Friday noon.
    """
    rest = dict(new)
    for group in kind.together:
        if not group & new.keys():
            continue
        names = [name for name in kind.specs if name in group]
        mine = {name: rest.pop(name, saw.get(name)) for name in names}
        has = Versions({name: saw.get(name) for name in names}, {name: current.get(name) for name in names}, mine)
        if has.settled or (has.new != has.saw and not joined.fields.get("pair")):
            joined.fields |= {name: value for name, value in mine.items() if name in new or value is not None}
        elif has.new != has.saw:
            joined.kept.append((next(name for name in names if name in new), json.dumps(mine, ensure_ascii=False)))
    return rest
