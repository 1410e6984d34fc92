"""The words for a reason: one table, which the device gets too."""
from __future__ import annotations

from typing import Any

from .fields import Spec, specs
from .kind import KINDS

# By type of field; "" is the sentence for any other. {max}, {min} and {each} are the field's own.
WORDS: dict[str, dict[str, str]] = {
    "too_long": {
        "": "This is too long.",
        "line": "This is too long: {max} characters at most.",
        "prose": "This is too long: {max} characters at most.",
        "tags": "Too many or too long: {max} tags of {each} characters at most.",
        "list": "Too many or too long: {max} at most.",
    },
    "invalid": {
        "": "This cannot be taken as it stands.",
        "line": "Write this in one line.",
        "whole": "Choose a whole number from {min} to {max}.",
        "choice": "Choose one of the answers offered.",
        "day": "Choose a day of the calendar between 1900 and 2199.",
        "time": "Choose a time from 00:00 to 23:59.",
        "zone": "This time zone is not known here. Choose the nearest large city.",
        "tags": "Write each tag once, in one line.",
    },
    "unknown_field": {"": "This version of the server does not know this field."},
    "unknown_kind": {"": "This version of the server does not know this kind of page."},
    "malformed": {"": "This came in a form that cannot be read."},
    "not_found": {"": "This is not here, or not yours."},
    "pair_ended": {"": "You no longer write in this pair."},
    "id_taken": {"": "Something else was sent under this name before."},
    "too_big": {"": "This is too big to be sent in one piece."},
    "server_error": {"": "The server could not take this. It is a fault of ours, not of your text."},
}


def all_words() -> dict[str, dict[str, str]]:
    """Reason to type of field to sentence; "" stands for any other type. {max}, {min}, {each}: see `describe()`."""
    return WORDS


def words(why: str, kind: str | None = None, field: str | None = None) -> str:
    """The sentence for a reason, with the limits of the field it is about; `list.field` is one of a list's elements."""
    spec = _spec_of(KINDS[kind].specs, field) if kind in KINDS and field else None
    sentences = WORDS.get(why, WORDS["invalid"])
    return _filled(sentences.get(spec.name if spec else "", sentences[""]), spec)


def _spec_of(known: dict[str, Spec], field: str) -> Spec | None:
    name, _, inner = field.partition(".")
    spec = known.get(name)
    return specs(spec.item).get(inner) if inner and spec and spec.item else spec


def _filled(sentence: str, spec: Spec | None) -> str:
    limits: dict[str, Any] = {"max": spec.max, "min": spec.min, "each": spec.each} if spec else {}
    for name, limit in limits.items():
        sentence = sentence.replace("{" + name + "}", str(limit))
    return sentence
