"""What is said about an agreement, a pause, and a session that does not work, which runs meanwhile."""
from __future__ import annotations

from tests.contracts.before import PHONE, change, id_of, with_devices, wrote

HOSTILE = "<b>x</b> \u202eabc 😀 & \"quotes\" '"
OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
CLOCKS = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#clocks"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
CARD, RUNS, LATER, BARE, AWAY, KEPT, FAR, READ, TIED, LATE, FIRST, NEXT = (id_of(0x200 + n) for n in range(12))
LINES = ("phone, after six +351 21 0000000\nText: +351 91 0000000\nvideo - https://meet.example/b\nthe café, at noon\n"
         "r@o.example")
SPOKEN = {"rhythm": "two_weekly", "rhythm_own": "", "minutes": "45", "wait_minutes": "5", "notice": "day",
          "blocked": "Mornings until eleven", "confidentiality": "It stays here.\r\n" + HOSTILE,
          "review_on": "2026-12-07"}
WAYS = {"way1": "+49 (0)30 1234567", "way1_kind": "call", "way1_id": "", "way2": "+49 171 1234567", "way2_kind": "text",
        "way2_id": "", "way3": "meet.example/a?b=c&d", "way3_kind": "video", "way3_id": "", "way4": "",
        "way4_kind": "call", "way4_id": ""}
KINDS = ("call", "text", "video", "mail")
WRONG = ["ask me", "112 please", "+1234567890123456", "javascript:alert(1)", "data:text/html,x", "https://localhost/x",
         "http://10.1.2.3/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/", "https://intranet/",
         "https://a@b.example/", "https://nas.local/", "https://\uff11\uff12\uff17.0.0.1/",
         "https://meet.example\\@10.0.0.1/", "nobody", "me@localhost", "me@10.0.0.1", "x" * 2001]
ALONG = {"move": "1", "goal": "{goal}"}
NOBODY = "00000000-0000-4000-8000-00000000ffff"
LINES_OF_GOALS = ["", "x", READ, f"{READ} - - soon -", f"{CARD} - - 2026-12-07 -", f"{LATE} {id_of(10)} - 2199-12-20 -",
                  f"{READ} {id_of(8)} - 2026-12-07 -", f"{READ} {id_of(8)} - 2026-12-09 -"]
GONE = f"{LATER} - - 2026-12-01 10:05 Europe/Berlin"
EDIT, SHOW, PAUSE = (f"/partners/{CARD}/{name}" for name in ("agreement/edit", "agreement", "pause"))


def before_agreement() -> None:
    """A card with lines, a session with it that runs while they talk, one later and a series; three goals, one of them
    for a session; a session with nobody; and a card and two sessions that were kept with what no form would take."""
    hour = {"starts_time": "10:05", "zone": "Europe/Berlin", "minutes": 480}
    wrote(with_devices(), PHONE, "20T18:02", change(1, "partner", CARD, None, name="R. O. " + HOSTILE, fallback=LINES),
          change(2, "session", RUNS, None, starts_on="2026-11-24", partner=CARD, channel="video", **hour),
          change(3, "session", LATER, None, starts_on="2026-12-02", partner=CARD, **hour),
          change(5, "partner", AWAY, None, name="T. V.", zone="Pacific/Pago_Pago", link="http://10.0.0.1/", email="x",
                 phone="+49 30 CALL 123", fallback="chat http://192.168.0.1/room\nphone 030 1234567"),
          change(6, "session", KEPT, None, starts_on="2026-11-24", channel="in_person", link="http://10.0.0.1/",
                 **hour),
          change(7, "session", FAR, None, starts_on="2026-11-24", channel="phone", partner=AWAY, **hour),
          change(8, "goal", READ, None, text="Read " + HOSTILE, due_on="2026-12-07"),
          change(9, "goal", TIED, None, text="Ask", due_on="2026-12-02", session=LATER, dates=[{"id": "2026-11-30"}]),
          change(10, "goal", LATE, None, text="Some day", due_on="2199-12-20"),
          change(11, "session", FIRST, None, starts_on="2027-02-01", partner=CARD, series=FIRST, **hour),
          change(12, "session", NEXT, None, starts_on="2027-02-08", partner=CARD, series=FIRST, **hour),
          change(4, "session", BARE, None, starts_on="2026-11-24", channel="in_person", link="Room 5", **hour))


def refused(address: str) -> tuple[str, str, dict[str, str]]:
    """The form with one address as each of the kinds."""
    wrong = {f"way{n}_kind": kind for n, kind in enumerate(KINDS, 1)} | {f"way{n}": address for n in range(1, 5)}
    return "POST", EDIT, {**OPENED, **SPOKEN, **WAYS, **wrong}


def falls_through(id: str, *said: str) -> list[tuple[str, str, dict[str, str]] | tuple[str, str]]:
    """How it went on, said one after the other, each time from the page."""
    page, after = ("GET", f"/sessions/{id}/fallback"), ("GET", f"/sessions/{id}")
    was = {"was_on": "{was_on}", "was_state": "{was_state}"}
    return [step for one in said for step in (page, ("POST", page[1], {**OPENED, **was, "on": one}), after)]


GIVEN = before_agreement
STEPS = [
    ("GET", f"/partners/{CARD}"),
    # What was kept before it was refused is read, and not tapped.
    ("GET", f"/partners/{AWAY}"),
    *(("GET", f"/sessions/{id}{page}") for id in (KEPT, FAR) for page in ("", "/fallback")),
    ("GET", "/today"),
    ("GET", f"/sessions/{RUNS}"),
    ("GET", f"/sessions/{RUNS}/fallback"),
    ("GET", f"/sessions/{LATER}/fallback"),
    ("GET", f"/sessions/{RUNS}/fallback", None, {**PART, "HX-Target": "div#fallback"}),
    # A number, where none is known.
    ("GET", f"/sessions/{BARE}/fallback"),
    ("POST", f"/sessions/{BARE}/fallback", {**OPENED, "phone": "call me"}),
    ("POST", f"/sessions/{BARE}/fallback", {**OPENED, "phone": "9" * 41}, {**PART, "HX-Target": "div#fallback"}),
    ("POST", f"/sessions/{BARE}/fallback", {**OPENED, "phone": "+351 21 0000000"}),
    ("GET", f"/sessions/{BARE}/fallback"),
    *falls_through(BARE, "phone", "constructor", "nothing", "other", ""),
    ("POST", f"/sessions/{BARE}/fallback", {"on": "text"}),
    ("POST", f"/sessions/{BARE}/fallback?went_on=&state=missed", {}),
    ("GET", f"/sessions/{BARE}"),
    ("POST", f"/sessions/{BARE}/fallback?went_on=__proto__&state=", {}),
    ("POST", f"/sessions/{BARE}/fallback?went_on=phone&state=planned", {}),
    ("GET", f"/sessions/{BARE}"),
    # The agreement: nothing yet, refused, in another order, kept, changed, taken back.
    ("GET", SHOW),
    ("GET", EDIT),
    ("POST", EDIT, {**OPENED, **SPOKEN, **WAYS, "rhythm": "__proto__", "minutes": "4", "wait_minutes": "0",
                    "notice": "soon", "review_on": "1970-01-01", "blocked": "x" * 5001, "way1_kind": "constructor"}),
    ("POST", EDIT, {**OPENED, **SPOKEN, **WAYS, "rhythm": "own", "way2": "", "way3": "", "review_on": "2026-02-30"}),
    ("POST", EDIT, {**OPENED, **SPOKEN, "way41": "x", **{f"way{n}": "+49 30 1234567" for n in range(1, 41)}}),
    *(refused(address) for address in WRONG),
    ("POST", EDIT, {**OPENED, **SPOKEN, **WAYS, "move": "3-up"}),
    ("POST", EDIT, {**OPENED, **SPOKEN, **WAYS, "move": "1-out"}, {**PART, "HX-Target": "form#form"}),
    ("POST", EDIT, {**OPENED, **SPOKEN, **WAYS, "move": "9-sideways"}),
    ("POST", EDIT, {**OPENED, **SPOKEN, **WAYS}),
    ("GET", SHOW),
    ("GET", SHOW, None, {**PART, "HX-Target": "div#agreement"}),
    ("GET", EDIT),
    ("POST", EDIT, {**OPENED, **SPOKEN, **WAYS, "rhythm": "own", "rhythm_own": "Every third Tuesday",
                    "wait_minutes": "1", "way4": HOSTILE, "way4_kind": "other", "way3": "r.o@example.org",
                    "way3_kind": "mail", "review_on": ""}),
    ("GET", SHOW),
    ("GET", EDIT),
    ("POST", EDIT, {**OPENED, "wait_minutes": ""}),
    ("GET", SHOW),
    ("GET", EDIT),
    ("POST", EDIT, {**OPENED, **SPOKEN, **WAYS, "rhythm": "weekly", "minutes": "", "review_on": "2026-11-24"}),
    ("GET", SHOW),
    ("GET", f"/partners/{CARD}"),
    ("GET", f"/sessions/{RUNS}"),
    ("GET", f"/sessions/{LATER}"),
    *falls_through(RUNS, "phone", "nothing"),
    ("GET", "/today"),
    # Planning by it, on both clocks; the next one after another.
    ("GET", "/sessions/new"),
    ("GET", f"/sessions/new?after={RUNS}"),
    ("GET", f"/sessions/new?after={BARE}&partner="),
    ("GET", f"/sessions/new?after={CARD}&partner=constructor"),
    *(("GET", f"/sessions/new?starts_on=2026-12-07&starts_time={time}&zone={zone}&partner={partner}", None, CLOCKS)
      for time in ("00:30", "15:00", "23:59", "24:00") for partner in (CARD, AWAY, "")
      for zone in ("Europe/Berlin", "Asia/Tokyo", "Pacific/Kiritimati", "Mars/Base")),
    ("POST", "/sessions/new", {"starts_on": "2026-12-07", "starts_time": "15:00", "how": "weekly", "count": "3",
                               "channel": "video", "minutes": "45", "partner": CARD}),
    ("GET", f"/sessions/{LATER}/edit"),
    # A pause: refused, taken with a session that is cancelled for it, over.
    ("GET", PAUSE),
    ("POST", PAUSE, {**OPENED, "until": "other", "pause_on": "2026-11-24", "cancel": LATER, "shown": "{shown}"}),
    ("POST", PAUSE, {**OPENED, "until": "soon"}, {**PART, "HX-Target": "form#pause"}),
    ("POST", PAUSE, {**OPENED, "until": ""}),
    ("POST", PAUSE, {**OPENED, "until": "other", "pause_on": "2026-12-13", "cancel": LATER, "shown": GONE}),
    ("GET", SHOW),
    ("GET", PAUSE),
    # The ticks follow the date, in the part that is asked for anew and where none is.
    *(("GET", f"{PAUSE}?until=other&pause_on={on}&seen={seen}&cancel={LATER}", None,
       {**PART, "HX-Target": "div#resting"})
      for on in ("2026-12-02", "2026-12-03", "2027-06-01", "soon", "") for seen in ("", "2026-12-14", "__proto__")),
    ("GET", f"{PAUSE}?until=2026-12-14&pause_on=%3Cb%3E&seen=2026-12-01"),
    ("GET", PAUSE),
    ("POST", PAUSE, {**OPENED, "until": "other", "pause_on": "2026-12-02", "cancel": LATER, "shown": "{shown}",
                     "seen": "{seen}"}),
    ("POST", PAUSE, {**OPENED, "until": "other", "pause_on": "2026-12-14", "cancel": LATER, "shown": "{shown}",
                     "seen": "nonsense"}),
    ("POST", PAUSE, {**OPENED, "until": "other", "pause_on": "2026-12-14", "cancel": LATER, "shown": "{shown}",
                     "seen": "{seen}"}),
    ("GET", SHOW),
    ("GET", f"/partners/{CARD}"),
    ("GET", f"/sessions/{LATER}"),
    ("GET", "/sessions"),
    ("GET", "/sessions", None, {**PART, "HX-Target": "div#sessions"}),
    ("GET", "/today"),
    ("GET", PAUSE),
    ("GET", SHOW),
    ("POST", PAUSE, {**OPENED, "end": "1"}),
    ("GET", SHOW),
    ("POST", f"/sessions/{LATER}/resume", {}),
    ("GET", SHOW),
    # The dates of goals move along: refused, unticked, moved, taken back, moved once, and on by what is added.
    ("GET", PAUSE),
    ("POST", PAUSE, {**OPENED, **ALONG, "until": "soon"}),
    ("POST", PAUSE, [*OPENED.items(), *ALONG.items(), *(("goal", line) for line in LINES_OF_GOALS), ("cancel", LATER),
                     ("shown", "{shown}"), ("until", "other"), ("pause_on", "2026-12-29"), ("seen", "2026-12-29")]),
    ("POST", f"{PAUSE}/undo?of={{change}}", {}),
    ("GET", SHOW),
    ("POST", f"{PAUSE}/undo?of=__proto__", {}),
    ("GET", SHOW),
    *(("GET", f"/goals/{id}") for id in (READ, TIED, LATE)),
    ("POST", f"/sessions/{LATER}/resume", {}),
    *(("GET", f"{PAUSE}?until=other&pause_on={on}&{asked}", None, {**PART, "HX-Target": "div#resting"})
      for on in ("2026-12-29", "2026-12-30", "2027-01-05", "soon")
      for asked in (f"seen=2026-12-01&cancel={LATER}", "seen=&move=1", "seen=2026-12-29&move=1")),
    ("GET", PAUSE),
    *2 * (("POST", PAUSE, {**OPENED, **ALONG, "until": "other", "pause_on": "2027-01-05", "cancel": LATER,
                           "shown": "{shown}"}),),
    ("GET", SHOW),
    ("GET", f"/goals/{TIED}"),
    ("GET", PAUSE),
    ("POST", PAUSE, {**OPENED, "until": "other", "pause_on": "2027-01-06", "goal": "{goal}"}),
    # A series moves into it.
    ("GET", f"/sessions/{FIRST}/edit"),
    ("POST", f"/sessions/{FIRST}/edit", {**OPENED, "starts_on": "2027-01-04", "starts_time": "10:05", "partner": CARD,
                                         "zone": "Europe/Berlin", "minutes": "480", "channel": "video",
                                         "partner_name": "", "which": "after"}),
    ("GET", f"/sessions/{FIRST}"),
    ("GET", PAUSE),
    ("POST", PAUSE, {**OPENED, "end": "1"}),
    ("GET", SHOW),
    # Cards and sessions refuse what cannot work, too.
    ("GET", "/partners/new"),
    ("POST", "/partners/new", {**OPENED, "name": "X", "email": "me@localhost", "phone": "call +49 30 1234567",
                               "link": "http://192.168.0.1/", "zone": "", "fallback": "mail\r\nchat https://10.0.0.1/x"}),
    ("GET", "/search?q=tuesday"),
    ("GET", "/search?q=1234567&group=partner"),
    ("GET", "/settings/knows"),
    ("GET", f"/partners/{NOBODY}/agreement"),
    ("GET", f"/partners/{NOBODY}/agreement/edit"),
    ("POST", f"/partners/{NOBODY}/pause", {"end": "1"}),
    ("GET", f"/sessions/{NOBODY}/fallback"),
    ("POST", "/sessions/constructor/fallback", {"on": "phone"}),
]
