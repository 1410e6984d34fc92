"""A file becomes a copy, or words say why not. Nothing that stands in it is believed yet: see sound.py.

Twin: service_worker/copies/reading.js.
"""
from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from .. import prose, records, settings
from ..errors import Refused

LARGEST_BYTES = 20_000_000  # years of a journal; the proxy in front lets 32 MB through
LARGEST_ON_A_DEVICE_BYTES = 100_000_000
END_OF_ONE = "\n  }"  # of a record, change or draft, as the file is written
LONGEST_NAME = 200
SIGNS = {b"PK": "This is a packed file (zip). Unpack it, and choose the file in it that ends in .json.",
         b"\x1f\x8b": "This is a packed file (gzip). Unpack it, and choose the file in it that ends in .json."}
NONE_OF_OURS = ("This is no file that this app saved, or it is cut off where nothing of it can be read. "
                "Nothing was changed.")
LISTS = ("records", "changes", "drafts")


@dataclass(frozen=True)
class Copy:
    """What stands in a file. owner: id of whose it is, "" when it does not say. newer: a later version of the app wrote
    it. cut: the end is missing. In the lists is whatever the file holds."""

    made_at: str
    person: str
    owner: str
    newer: bool
    cut: bool
    records: list[Any]
    changes: list[Any]
    drafts: list[Any]


def text_of(data: bytes) -> str:
    """The text of a file. A disk that broke off leaves zeros at the end.

    :raise Refused: it is packed, or no text
    """
    for sign, words in SIGNS.items():
        if data.startswith(sign):
            raise Refused(words, "copy")
    try:
        return data.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        raise Refused(NONE_OF_OURS, "copy") from None


def too_large(most: int) -> str:
    """The words for a file of more bytes than that."""
    return f"This file is larger than {most // 1_000_000} MB, more than can be read in one piece. Nothing was changed."


def parse(text: str) -> Copy:
    """The copy that a text holds; of one that is cut off, what stands before the cut.

    :raise Refused: there is none in it
    """
    found, cut = _loaded(text), False
    if found is None:
        found, cut = _loaded(f"{text[:text.rfind(END_OF_ONE) + len(END_OF_ONE)]}]}}"), True
    if not isinstance(found, dict) or not _holds_any(found) or type(version := found.get("format", 1)) is not int:
        raise Refused(NONE_OF_OURS, "copy")
    made_at, person = (_line(found.get(name)) for name in ("made_at", "person"))
    lists = {name: found[name] if isinstance(found.get(name), list) else [] for name in LISTS}
    return Copy(made_at, person, _owner(found, lists["records"]), version > settings.FORMAT, cut, **lists)


def _loaded(text: str) -> Any:
    """What a JSON text says, None for any other; a whole number is one however it is written, as in JavaScript."""
    try:
        return json.loads(text, parse_float=_number, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None


def _number(text: str) -> float | int:
    value = float(text)
    return int(value) if value.is_integer() else value


def _no_number(_: str) -> NoReturn:
    raise ValueError


def _holds_any(found: dict[str, Any]) -> bool:
    """Whether there is at least one list of what this app saves; in one that is cut off the others are missing."""
    return any(isinstance(found.get(name), list) for name in LISTS)


def _line(value: Any) -> str:
    return prose.clean(value)[:LONGEST_NAME] if isinstance(value, str) else ""


def _owner(found: dict[str, Any], kept: list[Any]) -> str:
    """Whose file it is. The first ones did not say: there it is whoever owns all that its person may write."""
    if "owner" in found:
        return found["owner"] if records.is_id(found["owner"]) else ""
    owners = {one["owner"] for one in kept
              if isinstance(one, dict) and one.get("rev") and records.is_id(one.get("owner"))}
    return owners.pop() if len(owners) == 1 else ""
