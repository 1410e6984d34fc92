"""Search over everything a person wrote: every word, anywhere, newest first, marked."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from . import clock, pages, prose, records
from .pages import me

MOST = 50
LONGEST_QUERY = 200
SNIPPET, TITLE = 160, 120
Record = dict[str, Any]
Words = list[str]
# The texts of each kind, the one that names it first.
TEXTS = {
    "entry": ("title", "text"), "goal": ("text", "why", "earns"), "rating": ("reason",), "worksheet": ("title",),
    "answer": ("text",), "session": ("notes", "link"), "line": ("text",), "partner": ("name", "email", "fallback"),
    "set": ("title", "about"), "aim": ("text",),
}
WHAT = {
    "entry": "Entry", "goal": "Goal", "rating": "Rating", "worksheet": "Worksheet", "answer": "Answer",
    "session": "Session", "line": "Something came up", "partner": "Partner card", "settings": "Settings",
    "kept": "Text", "set": "Question set", "aim": "What you look for",
}

# -- rules -------------------------------------------------------------------------------------------------------------


def texts(record: Record) -> list[str]:
    """What is searched of a record, the text that names it first."""
    fields = record["fields"]
    found = [fields.get(name) or "" for name in TEXTS.get(record["kind"], ())]
    return [*found, *(fields.get("tags") or []), *(step["text"] for step in fields.get("steps") or [])]


def title(record: Record) -> str:
    """The words by which a person knows a record."""
    return prose.snippet(next((text for text in texts(record) if text), ""), TITLE)


def address(record: Record) -> str:
    """Where a record is read."""
    kind, fields = record["kind"], record["fields"]
    if kind == "rating":
        return url_for("goals.show", id=fields.get("goal") or record["id"])
    if kind in ("answer", "worksheet"):
        return url_for("questions.worksheet", id=fields.get("worksheet") or record["id"])
    if kind == "line":
        return url_for("sessions.show", id=fields["session"]) if fields.get("session") else url_for("today.index")
    if kind == "set":
        return url_for("questions.set_page", set=record["id"])
    if kind == "aim":
        return url_for("questions.aim")
    pages_of = {"entry": "journal.show", "goal": "goals.show", "session": "sessions.show", "partner": "partners.show"}
    return url_for(pages_of[kind], id=record["id"]) if kind in pages_of else url_for("settings.index")


def newest(found: list[Record]) -> list[Record]:
    """By their moment, the newest first; of one moment by id."""
    return sorted(found, key=lambda record: (record["at"], record["id"]), reverse=True)


def hits(found: list[Record], words: Words) -> list[Record]:
    """The records that hold every word, newest first."""
    known = [one for one in found if one["kind"] in TEXTS]
    return newest([one for one in known if prose.find(words, prose.fold("\n".join(texts(one))))])


def entry(record: Record, words: Words, zone: str) -> dict[str, Any]:
    """An entry as the list of hits prints it."""
    fields = record["fields"]
    return {"id": record["id"], "day": clock.parts(clock.parse(record["at"]), zone),
            "title": prose.mark(fields.get("title") or "", words),
            "snippet": prose.excerpt(fields.get("text") or "", words, SNIPPET), "tags": fields.get("tags") or [],
            "session": bool(fields.get("session")), "waiting": record["waiting"]}


def elsewhere(record: Record, words: Words) -> dict[str, Any]:
    """Any other record as the list of hits prints it: by the first of its texts that holds a word."""
    having = [text for text in texts(record) if any(word in prose.fold(text) for word in words)]
    shown = having[0] if having else title(record)
    return {"url": address(record), "title": prose.excerpt(shown, words, TITLE), "what": WHAT[record["kind"]],
            "waiting": record["waiting"]}


def result(q: str, found: list[Record], words: Words, zone: str) -> dict[str, Any]:
    """The page of the hits: fifty at most."""
    shown = found[:MOST]
    return {"q": q, "count": len(shown), "more": len(found) > MOST,
            "entries": [entry(one, words, zone) for one in shown if one["kind"] == "entry"],
            "elsewhere": [elsewhere(one, words) for one in shown if one["kind"] != "entry"]}


# -- pages; the same functions in the same order stand in service_worker/search.js -------------------------------------

bp = Blueprint("search", __name__)


@bp.get("/search")
def index() -> Response:
    """What was found, or an empty field."""
    q = prose.clean(request.args.get("q", ""))[:LONGEST_QUERY]
    words = prose.words(q)
    found = hits(records.everything(me().person), words) if words else []
    return pages.show("search/index.html", **result(q, found, words, pages.zone()))
