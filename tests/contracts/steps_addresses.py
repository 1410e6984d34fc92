"""Forms whose hidden field names another record than their address does. The other one is never touched."""
from __future__ import annotations

from typing import Any

from tests.contracts.before import PHONE, change, id_of, with_devices, wrote
from tests.contracts.steps_journal import PLAN

GONE = {"binned_at": "2026-11-02T10:00:00.000Z"}
WHEN = {name: PLAN[name] for name in ("starts_on", "starts_time", "zone")}
QUESTIONS = [{"id": "q1", "text": "Why?"}, {"id": "q2", "text": "How?"}]
GIVEN_FIELDS: dict[str, dict[str, Any]] = {
    "entry": {"title": "Mine", "text": "One."}, "goal": {"text": "Mine"}, "partner": {"name": "R. O."},
    "session": WHEN, "line": {"text": "Mine"}, "set": {"title": "Mine", "questions": QUESTIONS},
    "worksheet": {"title": "Mine", "questions": QUESTIONS}}
GOAL = {"text": "Ask", "why": "", "earns": "", "area": "", "session": "", "due_on": "", "due_before": "", "follows": ""}
SET = {"title": "Other", "about": "", "situation": "", "phase": "any", "own": "And?"}
# kind, what stands between its id and the end of the address, what is typed, whether it is in the bin
FORMS: list[tuple[str, str, dict[str, str], bool]] = [
    ("entry", "/journal/{}/edit", {"title": "Other", "text": "Two.", "lesson": "", "session": "", "tags": ""}, False),
    ("entry", "/journal/{}/delete", {}, False),
    ("entry", "/journal/{}/bring-back", {}, True),
    ("goal", "/goals/{}/edit", GOAL, False),
    ("goal", "/goals/{}/steps", {"step1": "First", "step1_id": "one"}, False),
    ("goal", "/goals/{}/waits", {"waits": "on"}, False),
    ("goal", "/goals/{}/carry", {"due_on": "2026-12-24", "session": "", "due_before": ""}, False),
    ("goal", "/goals/{}/let-go", {"reason": "Not now."}, False),
    ("goal", "/goals/{}/delete", {}, False),
    ("goal", "/goals/{}/bring-back", {}, True),
    ("line", "/agenda/{}/edit", {"text": "Other", "pocket": "question", "session": ""}, False),
    ("line", "/agenda/{}/discussed", {"discussed": "on"}, False),
    ("line", "/agenda/{}/delete", {}, False),
    ("line", "/agenda/{}/bring-back", {}, True),
    ("session", "/sessions/{}/edit", PLAN | {"starts_on": "2026-12-24"}, False),
    ("session", "/sessions/{}/cancel", {}, False),
    ("session", "/sessions/{}/held", {"state": "missed"}, False),
    ("session", "/sessions/{}/notes", {"notes": "It was short."}, False),
    ("partner", "/partners/{}/edit", {"name": "Other"}, False),
    ("set", "/questions/{}/delete", {}, False),
    ("set", "/questions/{}/bring-back", {}, True),
    ("set", "/questions/{}/edit", SET, False),
    ("worksheet", "/worksheets/{}/questions", {"question": "q2", "own": ""}, False),
    ("worksheet", "/worksheets/{}/delete", {}, False),
    ("worksheet", "/worksheets/{}/bring-back", {}, True),
    ("entry", "/bin/{}/bring-back", {}, True),
]
OTHERS = {kind: id_of(0x300 + n) for n, kind in enumerate(GIVEN_FIELDS)}
MINE = [id_of(0x400 + n) for n in range(len(FORMS))]


def given() -> None:
    """A record for each form, and another one of each kind."""
    cast = with_devices()
    wrote(cast, PHONE, "02T10:00",
          *(change(0x500 + n, kind, OTHERS[kind], None, **fields) for n, (kind, fields) in enumerate(
              GIVEN_FIELDS.items())),
          *(change(0x600 + n, kind, MINE[n], None, **GIVEN_FIELDS[kind], **(GONE if binned else {}))
            for n, (kind, _, _, binned) in enumerate(FORMS)))


def sent(n: int) -> tuple[str, dict[str, str]]:
    """Address and fields of one form that names the other record."""
    kind, address, typed, _ = FORMS[n]
    hidden = {"change": id_of(0x700 + n), "record": OTHERS[kind], "base": id_of(0x600 + n)}
    return address.format(MINE[n]), hidden | typed


def looked_at(n: int) -> list[tuple[str, str]]:
    """The pages of the record in the address and of the other one."""
    page = PAGES[FORMS[n][0]]
    return [("GET", page.format(MINE[n])), ("GET", page.format(OTHERS[FORMS[n][0]]))]


GIVEN = given
PAGES = {"entry": "/journal/{}", "goal": "/goals/{}", "partner": "/partners/{}", "session": "/sessions/{}",
         "line": "/agenda/{}/edit", "set": "/questions/{}/edit", "worksheet": "/worksheets/{}"}
STEPS = [*(step for n in range(len(FORMS)) for step in [("POST", *sent(n)), *looked_at(n)]), ("GET", "/bin")]
