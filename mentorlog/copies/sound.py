"""What of a file can be taken at all: a record, a change, a draft of a shape and with words that this version knows.

Twin: service_worker/copies/sound.js. A file may have been edited by anybody, so nothing in it is shown or kept unseen.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .. import prose, records, search
from ..records import KINDS, Fields
from .typed import WRITTEN, typed_words

NEVER = ("shared", "pair")  # what is read back is shown to nobody: its owner shares it again, one by one
# An address of the app, and what its form is for.
PAGE = re.compile(r"(?:/[\w-]{1,64}){1,5}(?:\?(?:answer|session)=[\da-f-]{36}|\?shared=1)?", re.ASCII)
TITLE = 120
Raw = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """A record of a file that can be taken. at: where it stands in lists, "" when the file does not say."""

    id: str
    kind: str
    owner: str
    at: str
    fields: Fields


class Unfit(Exception):  # noqa: N818 - an answer
    """It cannot be taken. why: `unreadable`, `unknown` kind, `deleted`, or `wrong` with the words of a field."""

    def __init__(self, why: str, words: str = "") -> None:
        super().__init__(why)
        self.why, self.words = why, words


def record(raw: Any) -> tuple[Found, bool]:
    """A record, and whether something of it is left out that this version does not know.

    :raise Unfit: it cannot be taken
    """
    kind, fields = _kind_and_fields(raw)
    if not records.is_id(raw.get("id")):
        raise Unfit("unreadable")
    if fields.get("deleted") is True:
        raise Unfit("deleted")
    known = {name: value for name, value in fields.items() if name in KINDS[kind].specs}
    kept = {name: value for name, value in known.items() if name not in NEVER}
    _check(kind, kept, KINDS[kind].problems(kept, restored=True))
    if not kept:
        raise Unfit("unreadable")
    owner = raw["owner"] if records.is_id(raw.get("owner")) else ""
    return Found(raw["id"], kind, owner, _instant(raw.get("at")), kept), len(known) < len(fields)


def change(raw: Any) -> Raw:
    """A change as the door takes it.

    :raise Unfit: it cannot be taken
    """
    kind, fields = _kind_and_fields(raw)
    if not all(records.is_id(raw.get(name)) for name in ("id", "record")) or "restore" in raw:
        raise Unfit("unreadable")
    if fields.get("deleted") is True:
        raise Unfit("deleted")
    kept = {name: value for name, value in fields.items()
            if name in KINDS[kind].specs and (name != "shared" or value is None)}
    _check(kind, kept, KINDS[kind].problems(kept, grown=True))
    if not kept:
        raise Unfit("unreadable")
    was = raw["was"] if isinstance(raw.get("was"), dict) else {}
    seen = {name: value for name, value in was.items() if name in kept}
    return {"id": raw["id"], "kind": kind, "record": raw["record"], "fields": kept, "was": seen,
            "made_at": _instant(raw.get("made_at")), "tried": raw.get("state") == "tried"} | _stands(raw)


def draft(raw: Any) -> Raw:
    """An unfinished text: name of a field to what stood in it, and the address of its form.

    :raise Unfit: it cannot be taken
    """
    kind, fields = _kind_and_fields(raw)
    typed = {name: list(map(prose.clean, values)) for name, values in fields.items()
             if isinstance(values, list) and _texts(values) == values}
    form, at = raw.get("form"), _instant(raw.get("at"))
    known = isinstance(form, str) and PAGE.fullmatch(form) and all(
        records.is_id(raw.get(name)) for name in ("change", "record"))
    if not known or not at or not typed:
        raise Unfit("unreadable")
    return {"change": raw["change"], "record": raw["record"], "kind": kind, "form": form, "fields": typed,
            "at": at} | _stands(raw)


def _kind_and_fields(raw: Any) -> tuple[str, Fields]:
    if not isinstance(raw, dict) or not isinstance(raw.get("kind"), str) or not isinstance(raw.get("fields"), dict):
        raise Unfit("unreadable")
    if raw["kind"] not in KINDS:
        raise Unfit("unknown")
    return raw["kind"], raw["fields"]


def _check(kind: str, fields: Fields, wrong: dict[str, str]) -> None:
    """:raise Unfit: a field holds what it cannot hold"""
    for name in KINDS[kind].specs:
        if name in wrong:
            raise Unfit("wrong", records.words(wrong[name], kind, name))


def _stands(raw: Raw) -> Raw:
    """On what a change or a draft stands: an own change, a state that the server told, or nothing.

    :raise Unfit: on something that is no id
    """
    name = "after" if raw.get("after") is not None else "base"
    on = "" if raw.get(name) is None else raw[name]
    if on != "" and not records.is_id(on):
        raise Unfit("unreadable")
    return {name: on}


def _instant(text: Any) -> str:
    return text if isinstance(text, str) and not records.problems("entry", {"binned_at": text}) else ""


def named(raw: Any) -> Raw:
    """The words by which a person knows what cannot be taken: {what, title}."""
    kind = raw["kind"] if isinstance(raw, dict) and isinstance(raw.get("kind"), str) and raw["kind"] in KINDS else ""
    fields = raw["fields"] if kind and isinstance(raw.get("fields"), dict) else {}
    texts = {name: list(map(prose.clean, _texts(value))) for name, value in fields.items()}
    found = typed_words(kind, texts) if kind else []
    return {"what": search.WHAT.get(kind, "Page"), "title": prose.snippet(found[0], TITLE) if found else ""}


def _texts(value: Any) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def words_of(kind: str, fields: Raw) -> list[str]:
    """What a person wrote in the fields of a change."""
    specs = KINDS[kind].specs.items()
    return [fields[name] for name, spec in specs if spec.name in WRITTEN and fields.get(name)]
