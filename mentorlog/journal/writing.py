"""Writing an entry: what its form shows, what was typed, and what is wrong with it."""
from __future__ import annotations

from collections import Counter
from typing import Any

from flask import request

from .. import forms, prose, records

RECENT = 100  # entries whose tags are offered
MOST_OFFERED, MOST_KNOWN = 12, 60  # the others are there once a word begins like them
ORDER = ("session", "title", "text", "lesson", "next", "value", "reason", "tags")
GROWN = "These are {count} tags, for two devices added to them. All can stay, and for a new one another has to go."
NO_SESSION = "Choose one of the sessions offered, or none. Nothing you typed is lost."


def split_tags(typed: str) -> list[str]:
    """Tags as they were typed, between commas or spaces, without `#`, each once, in order."""
    words = prose.SPACE.sub(" ", typed).replace(",", " ").replace("#", " ").split(" ")
    return list(dict.fromkeys(word for word in words if word))


def ticked_tags() -> list[str]:
    """The tags that were offered and taken."""
    found = [prose.SPACE.sub(" ", prose.clean(tag)).strip(" ") for tag in request.form.getlist("tag")]
    return list(dict.fromkeys(tag for tag in found if tag))


def familiar(person: Any, form: dict[str, Any]) -> list[dict[str, Any]]:
    """The tags that the newest entries use most, without those in the field: [{name, on: taken, more: if begun}]."""
    newest = records.shelf(person, "entry", limit=RECENT)
    used = Counter(tag for entry in newest for tag in entry["fields"].get("tags") or [])
    there = split_tags(form["tags"])
    names = [tag for tag, _ in used.most_common() if tag not in there][:MOST_KNOWN]
    shown = {*names[:MOST_OFFERED], *form["ticked"]}
    return [{"name": tag, "on": tag in form["ticked"], "more": tag not in shown}
            for tag in dict.fromkeys([*names, *form["ticked"]])]


def typed() -> dict[str, Any]:
    """The fields of the entry form that came: a page of an older version has neither lesson nor session."""
    tags = list(dict.fromkeys([*split_tags(forms.text("tags")), *ticked_tags()]))
    later = {"lesson": forms.text("lesson"), "session": forms.choice("session")}
    return {"title": forms.line("title"), "text": forms.text("text"), "tags": tags} | {
        name: value for name, value in later.items() if name in request.form}


def shown(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of an entry as its form shows them. ticked: of the tags that are offered those that were taken."""
    return {name: fields.get(name) or "" for name in ("title", "text", "lesson", "session")} | {
        "tags": " ".join(fields.get("tags") or []), "ticked": []}


def shown_again(fields: dict[str, Any]) -> dict[str, Any]:
    """The same, as they were typed."""
    return shown(fields) | {"tags": forms.text("tags"), "ticked": ticked_tags()}


def wrong(fields: dict[str, Any], session: Any, before: dict[str, Any]) -> dict[str, str]:
    """Field to words. An entry without a word is none. session: the one it names, None if there is none to name;
    before: the fields as they stand."""
    found, count = forms.problems("entry", fields, before), len(before.get("tags") or [])
    if "tags" in found and len(fields["tags"]) > count > (records.KINDS["entry"].specs["tags"].max or 0):
        found["tags"] = GROWN.replace("{count}", str(count))
    if fields.get("session") and not session:
        found["session"] = NO_SESSION
    written = "".join([fields["title"], fields["text"], fields.get("lesson", "")])
    if not found and not prose.SPACE.sub("", written):
        found["text"] = "Write something first. One word is enough."
    return found


def in_order(errors: dict[str, str]) -> dict[str, str]:
    """The same errors, as their fields stand in the form."""
    return {name: errors[name] for name in ORDER if name in errors}
