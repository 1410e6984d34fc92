"""A file is read back: one's own, another account's, and what is none. Step n is asked at 9:00 UTC and n minutes."""
from __future__ import annotations

import json
from typing import Any

HOSTILE = "<b>x</b> \u202eabc 😀 & \"quotes\" ' </script><script>alert(1)</script>"
OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
NOON = "2026-11-03T12:00:00.000Z"
EDGE = "a-file-ends-here"
MULTIPART = {"Content-Type": f"multipart/form-data; boundary={EDGE}"}


def n(number: int) -> str:
    """An id of the file."""
    return f"00000000-0000-4000-9000-{number:012}"


def posted(text: str) -> tuple[Any, ...]:
    """A file that is chosen."""
    head = 'Content-Disposition: form-data; name="copy"; filename="a.json"\r\nContent-Type: application/json'
    return ("POST", "/copies", f"--{EDGE}\r\n{head}\r\n\r\n{text}\r\n--{EDGE}--\r\n", MULTIPART)


def one(kind: str, number: int | str, owner: str, **fields: Any) -> dict[str, Any]:
    id = n(number) if isinstance(number, int) else number
    return {"id": id, "kind": kind, "owner": owner, "pair": None, "at": NOON, "fields": fields, "rev": n(900)}


def copied(owner: str, *found: Any, **more: Any) -> str:
    file = {"app": "mentorlog", "format": 1, "made_at": NOON, "owner": owner, "person": HOSTILE, "changes": [],
            "drafts": [], "records": list(found)}
    return json.dumps(file | more, indent=1)


ENTRY = one("entry", 1, "{person}", title=HOSTILE, text="Brought back. " + HOSTILE, tags=["plan", "constructor"])
GOAL = one("goal", 2, "{person}", text="Say the sentence first", steps=[{"id": "a", "text": "Once", "done": True}])
RATING = one("rating", 3, "{person}", goal=n(2), value=4, reason="So.", earlier=[
    {"value": 2, "reason": "Before.", "until": NOON}])
SESSION = one("session", 4, "{person}", starts_on="2026-12-07", starts_time="15:00", zone="Europe/Berlin", notes="N.")
OTHER_WORDS = one("entry", "{id}", "{person}", title="Monday", text="As the file has it. Both are kept.")
THEIRS = one("entry", 5, n(77), text="Shown by somebody.")
DRAFT = {"change": n(31), "record": n(32), "kind": "entry", "base": "", "form": "/journal/new", "at": NOON,
         "fields": {"title": [HOSTILE], "text": ["Not finished. " + HOSTILE], "__proto__": ["x"], "tag": ["x"],
                    "next": ["A goal. " + HOSTILE], "2": ["x"], "step1_id": ["x"], "tags": ["plan, x"]}}
WAITED = {"seq": 1, "id": n(41), "kind": "entry", "record": n(42), "fields": {"text": "Never sent. " + HOSTILE},
          "base": None, "was": {}, "made_at": NOON, "state": "tried", "group": n(41)}
ODD = [None, 7, "x", [], {}, {"id": [], "kind": [], "fields": []}, one("constructor", 51, "", a=1),
       one("entry", 52, "", deleted=True), one("entry", 53, "", text=7), one("entry", 54, "", text="x" * 60_001),
       one("entry", 55, "", tags=["a", "a"]), one("goal", 56, "", steps=[{"text": "no id"}]),
       one("rating", 57, "", value=6), one("entry", 58, "", text="Known.", mood="good"), one("mood", 59, "", text="x"),
       one("entry", 60, "", title="a\nb", text="Named by its text."), one("session", 61, "", zone="Mars"),
       one("entry", 58, "", text="The same id."), THEIRS, one("kept", 62, "", of=n(1), field="text", text="A second.")]

STEPS = [
    ("GET", "/copies"),
    ("POST", "/copies", {}),
    ("POST", "/copies/bring", {}),
    *[posted(text) for text in (
        "", "no", "[]", "null", "PKzip", '{"records": 1}', '{"format": "1", "records": []}', '{"records": [NaN]}')],
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, "title": "Monday", "text": "As it stands here.", "tags": ""}),
    posted(copied("{person}", OTHER_WORDS, ENTRY, GOAL, RATING, SESSION, changes=[WAITED], drafts=[DRAFT])),
    ("GET", "/copies"),
    ("POST", "/copies/leave", {}),
    ("GET", "/copies"),
    ("POST", "/copies/bring", {"beside": "1"}),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, "title": "Tuesday", "text": "As it stands here.", "tags": ""}),
    posted(copied("{person}", OTHER_WORDS, ENTRY, GOAL, RATING, SESSION, changes=[WAITED])),
    ("GET", "/copies"),
    ("POST", "/copies/bring", {"beside": "1"}),
    ("GET", "/copies"),
    ("GET", "/journal"),
    ("GET", f"/journal/{n(1)}"),
    ("GET", f"/journal/{n(42)}"),
    ("GET", f"/goals/{n(2)}"),
    ("GET", f"/sessions/{n(4)}"),
    # Once more: nothing. Then in other words that are to be left alone.
    posted(copied("{person}", ENTRY, GOAL, RATING, SESSION, changes=[WAITED])),
    ("GET", "/copies"),
    ("POST", "/copies/bring", {"beside": "1"}),
    ("GET", "/copies"),
    posted(copied("{person}", one("entry", 1, "{person}", text="Something else."), one("goal", 2, "{person}", steps=[
        {"id": "b", "text": "Another step"}]), one("session", 1, "{person}", minutes=30))),
    ("GET", "/copies"),
    ("POST", "/copies/bring", {}),
    ("GET", f"/journal/{n(1)}"),
    # Another account's: new ids, which follow from the old ones; references go along.
    posted(copied(n(78), one("goal", 2, n(78), text="Of another account"), one("rating", 3, n(78), goal=n(2), value=5),
                  one("entry", 9, n(78), text="Theirs, mine now.", goal=n(2), session=n(404)), THEIRS, drafts=[
                      DRAFT, DRAFT | {"change": n(33), "record": n(9), "base": n(900), "form": f"/journal/{n(9)}/edit"},
                      DRAFT | {"change": n(34), "record": n(99), "base": n(900), "form": f"/journal/{n(99)}/edit"}])),
    ("GET", "/copies"),
    ("POST", "/copies/leave", {}),
    posted(copied(n(78), one("goal", 2, n(78), text="Of another account"), one("rating", 3, n(78), goal=n(2), value=5),
                  one("entry", 9, n(78), text="Theirs, mine now.", goal=n(2), session=n(404)))),
    ("POST", "/copies/bring", {"beside": "1"}),
    ("GET", "/goals"),
    ("GET", "/journal"),
    # Edited, of a newer version, cut off.
    posted(copied("{person}", *ODD, changes=ODD, drafts=ODD)),
    ("GET", "/copies"),
    posted(copied("{person}", *ODD, ENTRY, format=2, future={"deep": [1.5]})),
    ("GET", "/copies"),
    ("POST", "/copies/bring", {"beside": "1"}),
    ("GET", "/journal"),
    posted(copied("{person}", *(one("entry", 100 + number, "{person}", text=f"Page {number}") for number in range(30)))
           [:-3_000]),
    ("GET", "/copies"),
    ("POST", "/copies/bring", {}),
    ("GET", "/copies"),
    posted('{"made_at": 7, "person": [], "records": []}'),
    ("GET", "/copies"),
]
