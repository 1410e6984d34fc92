"""Writing an entry: what its form shows, what was typed, and what is wrong with it."""
from __future__ import annotations

from typing import Any

from .. import forms, prose


def split_tags(typed: str) -> list[str]:
    """Tags as they were typed, between commas or spaces, without `#`, each once, in order."""
    words = prose.SPACE.sub(" ", typed).replace(",", " ").replace("#", " ").split(" ")
    return list(dict.fromkeys(word for word in words if word))


def typed() -> dict[str, Any]:
    """The fields of the entry form."""
    return {"title": forms.line("title"), "text": forms.text("text"), "tags": split_tags(forms.text("tags"))}


def shown(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of an entry as its form shows them."""
    return {"title": fields.get("title") or "", "text": fields.get("text") or "",
            "tags": " ".join(fields.get("tags") or [])}


def wrong(fields: dict[str, Any]) -> dict[str, str]:
    """Field to words. An entry without a word is none."""
    found = forms.problems("entry", fields)
    if not found and not fields["title"] and not prose.SPACE.sub("", fields["text"]):
        found["text"] = "Write something first. One word is enough."
    return found
