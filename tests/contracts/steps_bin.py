"""What is said about the bin. Some of it was thrown away before the conversation."""
from __future__ import annotations

from tests.contracts.before import PHONE, change, id_of, with_devices, wrote

OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
HOSTILE = "<script>alert(1)</script> \u202eabc & \"quotes\" '"
NOBODY = "00000000-0000-4000-8000-00000000ffff"
GOAL, LINE, SESSION, KEPT, CARD, SET = (id_of(0x200 + n) for n in range(6))
ENTRIES = [id_of(0x100 + n) for n in range(60)]
ENTRY = {"title": "Mine " + HOSTILE, "text": "One.", "tags": ""}


def before_bin() -> None:
    """Sixty entries in the bin, and one thing of other kinds, thrown away on different days."""
    cast = with_devices()
    gone = {"binned_at": "2026-11-02T10:00:00.000Z"}
    wrote(cast, PHONE, "02T10:00",
          *(change(n, "entry", id, None, text=f"{n}. " + HOSTILE, binned_at=f"2026-11-0{1 + n % 9}T09:00:00.000Z")
            for n, id in enumerate(ENTRIES)),
          change(100, "goal", GOAL, None, text="Ask " + HOSTILE, **gone),
          change(101, "line", LINE, None, text="Why weekly?", binned_at="2026-10-26T09:30:00.000Z"),
          change(102, "session", SESSION, None, starts_on="2026-11-25", starts_time="15:00", zone="Europe/Berlin",
                 binned_at="2026-10-25T09:00:00.000Z"),
          change(106, "set", SET, None, title="Mine " + HOSTILE, about="For me", binned_at="2026-11-22T09:00:00.000Z"),
          change(103, "partner", CARD, None, name="R. O.", binned_at="2026-11-23T09:00:00.000Z"),
          {"id": id_of(104), "kind": "kept", "record": KEPT, "restore": id_of(105),
           "fields": {"of": NOBODY, "field": "text", "text": "Other words. " + HOSTILE, **gone}})


GIVEN = before_bin
STEPS = [
    ("GET", "/bin"),
    ("GET", f"/bin?after={ENTRIES[8]}"),
    ("GET", "/bin?after=constructor"),
    ("GET", "/journal/bin"),
    # Everything comes back, each as it went.
    *(step for id in (LINE, SESSION, CARD, SET, KEPT, ENTRIES[0])
      for step in [("POST", f"/bin/{id}/bring-back", {}), ("GET", "/bin")]),
    ("POST", f"/bin/{LINE}/bring-back", {}),
    ("POST", f"/bin/{GOAL}/bring-back", {}),
    ("GET", "/bin"),
    # A goal goes with its rating, a worksheet with its answers, and back.
    ("GET", f"/goals/{GOAL}/rating"),
    ("POST", f"/goals/{GOAL}/rating", {**OPENED, "value": "2", "reason": HOSTILE, "then": "stop"}),
    ("GET", "/goals"),
    ("POST", f"/goals/{GOAL}/delete", {}),
    ("GET", "/questions/first-meeting"),
    ("POST", "/questions/first-meeting", [*OPENED.items(), ("question", "first-meeting-why-now")]),
    ("GET", "/worksheets/{id}"),
    ("POST", "/worksheets/{id}", [*OPENED.items(), ("question", "first-meeting-why-now"), ("text", "Because.")]),
    ("GET", "{address}"),
    ("POST", "/bin/{id}/bring-back", {}),
    ("GET", "/bin"),
    ("POST", f"/bin/{GOAL}/bring-back", {}),
    ("GET", f"/goals/{GOAL}"),
    # What is to be said is said on the next page that is seen, and not to a part of one that is gone.
    ("POST", f"/goals/{GOAL}/delete", {}),
    ("GET", f"/goals/{NOBODY}", None, {**PART, "HX-Target": "div#goal"}),
    ("GET", "/goals"),
    ("POST", f"/bin/{GOAL}/bring-back", {}),
    ("GET", "/goals"),
    ("POST", f"/bin/{NOBODY}/bring-back", {}),
    ("POST", "/bin/__proto__/bring-back", {}),
    # A goal comes back beside three others: it is asked which one waits.
    ("GET", "/goals/new"),
    ("POST", "/goals/new", {**OPENED, "text": "Away"}),
    ("POST", "/goals/{record}/delete", {}),
    *(step for text in ("First", "Second", "Third")
      for step in [("GET", "/goals/new"), ("POST", "/goals/new", {**OPENED, "text": text})]),
    ("GET", "/bin"),
    ("POST", "/bin/{record}/bring-back", {}),
    ("GET", "{address}"),
    ("POST", "/goals/{record}/delete", {}),
    ("POST", "/goals/{record}/bring-back", {}),
    ("GET", "{address}"),
    ("GET", "/goals"),
    # Asked, then something more comes in, then it is emptied.
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, **ENTRY}),
    ("GET", "/bin/empty"),
    ("POST", "/journal/{record}/delete", {}),
    ("GET", "/bin/empty"),
    ("GET", "/journal/new"),
    ("POST", "/journal/new", {**OPENED, **ENTRY}),
    ("POST", "/journal/{id}/delete", {}),
    ("POST", "/bin/empty", {**OPENED, "state": "{state}"}),
    ("POST", "/bin/empty", {**OPENED, "state": "{state}"}),
    ("GET", "{address}"),
    ("GET", "/bin/empty"),
    ("POST", "/bin/empty", {**OPENED, "state": "{state}"}),
    ("GET", f"/journal/{ENTRIES[1]}"),
]
