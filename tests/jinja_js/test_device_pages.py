"""The pages that only a device shows, which no contract can compare: rendered by Jinja2 and by the worker's copy."""
from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from mentorlog import clock, files
from tests.contracts.hostile import Alive
from tests.jinja_js.both import render_both
from tests.jinja_js.hostile import HOSTILE

SINCE = clock.parts(datetime(2026, 11, 24, 9, 0, tzinfo=UTC), "Europe/Berlin")
ID = "00000000-0000-4000-8000-00000000000a"
OPENING = {"change": ID, "record": ID, "base": "", "after": ""}
Data = Callable[[str], dict[str, Any]]
STATES = ("waiting", "tried", "behind", "refused")


def page(text: str, state: str = "waiting") -> dict[str, Any]:
    line = {"state": state, "waiting": 3, "words": text, "next": f"/journal?q={text}"}
    return {"version": "v", "files": files.urls(), "theme": "auto", "text_size": "normal", "zone": "Asia/Tokyo",
            "shortcuts": True, "signed_in": True, "device": "", "person": {"id": ID, "name": text}, "line": line,
            "current": "waiting", "notices": [{"text": text, "change": ID, "undo": "/journal"}]}


def change(text: str, state: str = "waiting") -> dict[str, Any]:
    return {"id": ID, "what": "Entry", "title": text, "does": "new", "since": SINCE, "why": text, "text": text,
            "kind": "entry", "state": state, "tried": SINCE if state == "tried" else None,
            "edit": state != "tried", "discard": state != "tried", "again": state == "refused"}


def everything(text: str) -> dict[str, Any]:
    kept = {"id": ID, "what": "Entry", "title": text, "since": SINCE, "text": text}
    used = {"month": 11, "all": "96 kB", "up": "40 kB", "down": "56 kB", "last": {"month": 10, "all": text},
            "rows": [{"purpose": name, "size": text} for name in ("pages", "news", "app")]}
    return {"device": True, "contact": SINCE, "reason": "busy", "until": SINCE, "sendable": 2, "size": text, "more": 7,
            "refused": [change(text, "refused")], "changes": [change(text, state) for state in STATES], "kept": [kept],
            "drafts": [draft(text), draft(text) | {"url": ""}], "used": used, "back": f"/journal?q={text}"}


def draft(text: str) -> dict[str, Any]:
    return {"id": ID, "what": "Entry", "title": text, "since": SINCE, "text": text, "url": f"/journal/new#draft-{ID}"}


def reasons(why: str, contact: Any) -> Data:
    """A page on which something waits, for one reason."""
    return lambda text: everything(text) | {"reason": why, "contact": contact}


def fields(text: str) -> list[dict[str, Any]]:
    return [{"name": "text", "value": text, "long": True},
            {"name": "title", "value": text, "long": False}]


def history(text: str, how: str = "none") -> dict[str, Any]:
    """Earlier versions where the server gave no answer: one waits here, one is a copy, of one nothing is known."""
    row = {"change": ID, "label": text, "here": False, "mine": True, "waiting": "", "first": False, "at": SINCE,
           "now": False, "how": "differ", "words": 2}
    block = {"pieces": [(text, ""), (text, "ins"), (text, "del")], "text": "", "same": 0, "lists": 0}
    shown = row | {"texts": [{"field": "why", "blocks": [block, block | {"pieces": [], "same": 1, "lists": 2}]}],
                   "text": text, "opening": OPENING}
    rows = [row | {"now": True, "here": True, "waiting": "refused"}, row,
            row | {"at": None, "how": "order", "words": 0}]
    return {"of": {"id": ID, "kind": "goal", "what": "Goal", "title": text, "url": "/goals"}, "versions": rows,
            "shown": shown, "gone": True, "how": how, "as_of": SINCE if how != "late" else None}


PAGES = {
    "history/index.html": history,
    "history/_history.html": lambda text: history(text, "late"),
    "waiting/index.html": everything,
    "waiting/_list.html": everything,
    "waiting/_line.html": lambda text: {},
    "waiting/drop.html": lambda text: {"draft": draft(text)},
    "waiting/edit.html": lambda text: {"change": change(text, "refused") | {"now": "deleted"}, "opening": OPENING,
                                       "fields": fields(text), "errors": {"text": text, "title": text}},
    "waiting/discard.html": lambda text: {"change": change(text), "texts": [text, text]},
    "waiting/revoked.html": lambda text: {"waiting": 1, "drafts": 2},
    "errors/refused.html": lambda text: {"message": text},
    "errors/not_found.html": lambda text: {"behind": f"/sessions/{text}"},
    "errors/offline.html": lambda text: {"why": "elsewhere"},
}


@pytest.mark.parametrize("state", ["waiting", "refused", "sent"])
@pytest.mark.parametrize("name", PAGES)
def test_both_render_the_same_and_text_stays_text(app, name: str, state: str) -> None:
    for text in HOSTILE:
        python, javascript = render_both(app.jinja_env, name, {"page": page(text, state), **PAGES[name](text)})
        assert python == javascript, repr(text)
        assert Alive(python).found == [], repr(text)


@pytest.mark.parametrize("why", [
    "", "sending", "unreached", "busy", "signed_out", "other_person", "other_device", "upgrade", "revoked", "no_room"])
@pytest.mark.parametrize("contact", [None, SINCE])
def test_why_nothing_is_sent_is_said_alike(app, why: str, contact: Any) -> None:
    data = {"page": page("2 to send"), **reasons(why, contact)("x")}
    python, javascript = render_both(app.jinja_env, "waiting/_list.html", data)
    assert python == javascript
    assert ("Sign in</a>" in python) == (why in ("signed_out", "other_person", "other_device"))


def test_history_says_what_is_missing_and_why(app) -> None:
    said = {"late": "as soon as it answers", "signed_out": "Sign in, and they are here", "none": "it gave no answer"}
    for how, words in said.items():
        both = render_both(app.jinja_env, "history/index.html", {"page": page(""), **history("x", how)})
        assert both[0] == both[1]
        assert [one for one in said.values() if one in both[0]] == [words]


def test_nothing_waits_and_nothing_is_known(app) -> None:
    nothing = {"device": False, "contact": None, "reason": "", "until": None, "sendable": 0, "size": "", "refused": [],
               "changes": [], "more": 0, "kept": [], "drafts": [], "used": None}
    for state in ("unknown", "sent"):
        python, javascript = render_both(app.jinja_env, "waiting/index.html", {"page": page("", state), **nothing})
        assert python == javascript
