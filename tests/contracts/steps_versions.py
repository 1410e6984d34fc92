"""What is said about two versions, and how each of them is settled. They were kept before the conversation."""
from __future__ import annotations

from tests.contracts.before import LAPTOP, PHONE, change, id_of, with_devices, wrote

OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "form#join"}
HOSTILE = "<script>alert(1)</script> \u202eabc ¶ & \"quotes\" ' 中文字"
NOBODY = "00000000-0000-4000-8000-00000000ffff"
ENTRIES = [id_of(0x100 + n) for n in range(6)]
GOAL, STEPS_OF, LINE, SESSION, GONE, OTHER_KIND = (id_of(0x200 + n) for n in range(6))
KEPT = [id_of(0x300 + n) for n in range(20)]
LONG = "A paragraph.\n\nAnother one.\n\nA third.\n\nA fourth.\n\nI finally found out who decided it, and how. "


def kept(number: int, of: str, field: str, text: str, **origin: str) -> dict[str, object]:
    """A kept text as a restored server hears of it: the one way to give it an id of our choice."""
    fields = {"of": of, "field": field, "text": text, **origin}
    return {"id": id_of(0x400 + number), "kind": "kept", "record": KEPT[number], "fields": fields,
            "restore": id_of(0x500 + number)}


def before_versions() -> None:
    """Records of several kinds, each with another version; one of them was deleted."""
    cast = with_devices()
    entries = [change(n, "entry", id, None, title=f"Number {n}", text=LONG + "It was in a corridor.", tags=["x"])
               for n, id in enumerate(ENTRIES)]
    wrote(cast, LAPTOP, "21T18:20", *entries,
          change(20, "goal", GOAL, None, text="Ask two people", why="I guess."),
          change(21, "goal", STEPS_OF, None, text="Steps", steps=[{"id": "a", "text": "One", "done": True}]),
          change(22, "line", LINE, None, text="Why weekly?", pocket="progress"),
          change(23, "session", SESSION, None, starts_on="2026-11-25", starts_time="15:00", zone="Europe/Berlin",
                 notes="Notes. " + HOSTILE),
          change(24, "goal", OTHER_KIND, None, text="x" * 120))
    met = {"device": PHONE, "label": "Chrome on Android", "other": LAPTOP, "other_label": "Firefox on Linux",
           "other_at": "2026-11-21T18:20:00.000Z"}
    other = LONG + "Two people, on a Tuesday. " + HOSTILE
    wrote(cast, PHONE, "21T18:02",
          *(kept(n, ENTRIES[n], "text", other, beside=id_of(n), **met) for n in range(4)),
          kept(4, ENTRIES[4], "title", "Another title"), kept(5, ENTRIES[5], "lesson", "Ask first."),
          kept(6, ENTRIES[5], "text", "Short.", device=PHONE, label="Chrome on Android"),
          kept(7, GOAL, "why", "I know.\n" + HOSTILE), kept(8, STEPS_OF, "steps", "Two\nThree " + HOSTILE),
          kept(9, LINE, "text", "Why monthly?"), kept(10, SESSION, "notes", "Other notes."),
          kept(11, GONE, "title", "Gone"), kept(12, GONE, "text", "What I wrote."), kept(13, GONE, "why", HOSTILE),
          kept(14, OTHER_KIND, "text", "y" * 120), kept(15, OTHER_KIND, "unheard_of", "z"),
          kept(16, SESSION, "starts_time", '{"starts_time": "16:00"}'), kept(17, GONE, "text", "w" * 70_000))


def settle(number: int, keep: str) -> list[tuple[object, ...]]:
    """Look, choose, and look where it leads."""
    return [("GET", f"/versions/{KEPT[number]}"), ("POST", f"/versions/{KEPT[number]}", {**OPENED, "keep": keep}),
            ("GET", "{address}")]


GIVEN = before_versions
STEPS = [
    ("GET", f"/journal/{ENTRIES[0]}"),
    *settle(0, "apart"),
    ("GET", "/journal"),
    ("GET", f"/versions/{KEPT[0]}"),
    ("POST", f"/versions/{KEPT[0]}", {**OPENED, "keep": "that"}),
    ("GET", "{address}"),
    *settle(1, "this"),
    *settle(2, "that"),
    *settle(3, "constructor"),
    # Joined by hand: refused, as a page and as a part, then taken.
    ("GET", f"/versions/{KEPT[3]}/join"),
    ("POST", f"/versions/{KEPT[3]}/join", {**OPENED, "text": ""}),
    ("POST", f"/versions/{KEPT[3]}/join", {**OPENED, "text": "x" * 60_001}, PART),
    ("POST", f"/versions/{KEPT[3]}/join", {**OPENED, "text": "Of both. " + HOSTILE}),
    ("GET", "{address}"),
    *settle(4, "both"),
    # Two of one record: from one to the next.
    *settle(5, "both"),
    *settle(6, "that"),
    ("GET", f"/goals/{GOAL}"),
    *settle(7, "both"),
    *settle(8, "both"),
    *settle(9, "apart"),
    ("GET", "/today"),
    ("GET", f"/sessions/{SESSION}"),
    *settle(10, "that"),
    *settle(14, "that"),
    *settle(15, "this"),
    *settle(16, "that"),
    # Of a page that is gone: too long to be one entry, then one entry of all.
    ("GET", f"/versions/{KEPT[11]}"),
    ("GET", f"/versions/{KEPT[11]}/join"),
    *settle(17, "this"),
    *settle(12, "anew"),
    ("POST", f"/versions/{KEPT[13]}", {**OPENED, "keep": "anew"}),
    ("GET", "/journal"),
    ("GET", f"/versions/{NOBODY}"),
    ("GET", f"/versions/{ENTRIES[0]}"),
    ("GET", "/versions/__proto__/join"),
    ("POST", f"/versions/{NOBODY}", {"keep": "this"}),
    ("GET", "/bin"),
]
