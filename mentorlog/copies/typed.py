"""The words of an unfinished text: all that a person typed into its form, by one rule for *Waiting* and for a file.

Twin: service_worker/copies/typed.js. A form has fields that its record has not, such as why a goal is let go; so what
is no word is named here, and the rest are words: one that is new and forgotten here is shown, and not lost.
"""
from __future__ import annotations

import re
from typing import Any

from ..records import KINDS, Spec

WRITTEN = ("prose", "line")
TYPED = (*WRITTEN, "tags")
# What is chosen in a form, or goes along in it unseen, beside the fields of its record that are no words.
CHOSEN = {"anyway", "brush", "day", "due_before", "how", "kind", "later", "mails", "overlap", "part", "question",
          "rate", "second", "seeking", "seen", "step", "tag", "taken", "value", "which"}
CHOSEN_OF_ONE = re.compile("step[0-9]+_(?:id|done)|way[0-9]+_(?:id|kind)|(?:type|was)_.*", re.DOTALL)
NAME = re.compile("[a-z]")  # how names of forms begin


def typed_words(kind: str, fields: dict[str, Any]) -> list[str]:
    """What was typed into the fields of a form (a list of texts each): the texts of its record, then the rest."""
    specs = KINDS[kind].specs
    texts = [name for name, spec in specs.items() if spec.name in WRITTEN and name in fields]
    rest = [name for name in fields if name not in texts and _is_words(name, specs.get(name))]
    return [text for name in [*texts, *rest] for text in fields[name] if text]


def _is_words(name: str, spec: Spec | None) -> bool:
    if name in CHOSEN or (spec and spec.name not in TYPED):
        return False
    return bool(NAME.match(name)) and not CHOSEN_OF_ONE.fullmatch(name)
