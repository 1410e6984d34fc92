"""What is said about earlier versions. They were written before the conversation, so that both know the devices."""
from __future__ import annotations

from tests.contracts.before import LAPTOP, PHONE, change, id_of, with_devices, wrote

OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#history"}
HOSTILE = "<script>alert(1)</script> **bold** \u202eabc ¶ & \"quotes\" ' 中文字"
ENTRY, GOAL, SESSION, LINE, ONCE = (id_of(0x100 + n) for n in range(5))
TEXT = "I ask.\n\nAn argument can be listened to politely.\n\nSay the sentence first.\n\n- one\n- two\n" + HOSTILE
NOBODY = "00000000-0000-4000-8000-00000000ffff"


def before_history() -> None:
    """An entry, a goal, a session and a line with earlier versions, and an entry with none."""
    cast = with_devices()
    wrote(cast, PHONE, "20T18:02", change(1, "entry", ENTRY, None, title="First", text="I ask.", tags=["a"]),
          change(2, "goal", GOAL, None, text="Ask two people", why="I guess.\nToo often."),
          change(3, "session", SESSION, None, starts_on="2026-11-25", starts_time="15:00", zone="Europe/Berlin",
                 notes="One. Two."),
          change(4, "line", LINE, None, text="Why weekly?"), change(5, "entry", ONCE, None, text="Once."))
    wrote(cast, LAPTOP, "21T08:12", change(6, "entry", ENTRY, 1, text=TEXT),
          change(7, "goal", GOAL, 2, text="Ask three people", earns="One page."),
          change(8, "session", SESSION, 3, notes="One. Two.\n\nThree."),
          change(9, "line", LINE, 4, text="Why " + HOSTILE))
    wrote(cast, PHONE, "21T08:20", change(10, "entry", ENTRY, 6, tags=["b"]))
    wrote(cast, LAPTOP, "22T21:40", change(11, "entry", ENTRY, 10, title="Last " + HOSTILE,
                                           text=TEXT.replace("listened to", "admired and put away").replace(
                                               "Say the sentence first.\n\n", "")),
          change(12, "goal", GOAL, 7, why=""))


GIVEN = before_history
STEPS = [
    ("GET", f"/journal/{ENTRY}"),
    ("GET", f"/history/{ENTRY}"),
    ("GET", f"/history/{ENTRY}?version={id_of(1)}"),
    ("GET", f"/history/{ENTRY}?version={id_of(6)}"),
    ("GET", f"/history/{ENTRY}?version=constructor"),
    ("GET", f"/history/{ENTRY}", None, PART),
    ("GET", f"/history/{ONCE}"),
    ("GET", f"/history/{SESSION}"),
    ("GET", f"/history/{LINE}"),
    ("GET", f"/history/{NOBODY}"),
    ("GET", "/history/__proto__"),
    ("POST", f"/history/{NOBODY}", {"version": "x"}),
    ("POST", f"/history/{ENTRY}", {"version": "constructor"}),
    # One comes back, once.
    ("GET", f"/history/{ENTRY}?version={id_of(1)}"),
    ("POST", f"/history/{ENTRY}", {**OPENED, "version": "{version}"}),
    ("GET", "{address}"),
    ("POST", f"/history/{ENTRY}", {**OPENED, "version": "{version}"}),
    ("GET", "{address}"),
    ("GET", f"/history/{GOAL}"),
    ("POST", f"/history/{GOAL}", {"version": id_of(2)}),
    ("GET", "{address}"),
    ("GET", f"/history/{SESSION}"),
    ("POST", f"/history/{SESSION}", {**OPENED, "version": "{version}"}),
    ("GET", "{address}"),
    # A rating and its reason, and the settings, which hold no words.
    ("GET", f"/goals/{GOAL}/rating"),
    ("POST", f"/goals/{GOAL}/rating", {**OPENED, "value": "2", "reason": "Late.", "then": "stop"}),
    ("GET", f"/goals/{GOAL}/rating"),
    ("POST", f"/history/{GOAL}", {"version": id_of(7)}),
    ("GET", "{address}"),
    ("GET", "/settings/look"),
    ("POST", "/settings/look", {**OPENED, "theme": "auto", "text_size": "normal", "zone": ""}),
    ("GET", "/settings/look"),
    ("GET", "/history/{record}"),
]
