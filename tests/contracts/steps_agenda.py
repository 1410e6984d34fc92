"""What is said about agendas of several sessions and partners, and about what another app shares.

Step n is asked at 9:00 UTC and n minutes.
"""
from __future__ import annotations

HOSTILE = "<b>x</b> \u202eabc 😀 & \"quotes\" '"
OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
SHEET = {**PART, "HX-Target": "div#sheet"}
PLAN = {"starts_on": "2026-12-07", "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": "45", "channel": "video",
        "link": "", "phone": "", "partner": "", "partner_name": ""}
NOBODY = "00000000-0000-4000-8000-00000000ffff"
FROM_AN_APP = {"Sec-Fetch-Site": "cross-site"}
BORDER = "----a-share"
A_FILE = (f'--{BORDER}\r\nContent-Disposition: form-data; name="text"\r\n\r\nA picture of the board\r\n'
          f'--{BORDER}\r\nContent-Disposition: form-data; name="text"; filename="board.png"\r\n'
          f'Content-Type: image/png\r\n\r\nPNG\r\n--{BORDER}--\r\n')
PARTS = {**FROM_AN_APP, "Content-Type": f"multipart/form-data; boundary={BORDER}"}


def form_data(*parts: tuple[str, str]) -> str:
    """A form as a share sheet sends it."""
    written = [f'--{BORDER}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in parts]
    return "".join(written) + f"--{BORDER}--\r\n"


def made(step: int) -> str:
    """The id of the record of the form that was opened at this step, or that was sent without hidden fields."""
    return f"00000000-0000-4000-8000-{step:06x}000002"


NEXT, LATER, BEFORE = made(2), made(7), made(13)  # sessions
LEFT, OVER_A_PAGE = made(15), made(38)  # lines

STEPS = [
    ("GET", "/agenda"),
    # Two sessions with two partners, and one that was before.
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN, "partner_name": "R. O."}),
    ("GET", "/agenda"),
    ("POST", "/agenda/new?session={id}", {"text": "For R. O. " + HOSTILE, "pocket": "progress"}),
    ("GET", "{address}"),
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN, "starts_on": "2026-12-14", "partner_name": "B. M."}),
    ("GET", "{address}"),
    ("POST", "/agenda/new", {"text": "For whichever comes next"}),
    ("GET", "/agenda"),
    ("GET", "{address}"),
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN, "starts_on": "2026-11-23", "partner_name": "R. O."}),
    ("POST", "/agenda/new?session={id}", {"text": "Left over", "pocket": "birds_eye"}),
    ("GET", "{address}"),
    # Changing a line: opened from a session, refused, moved to another one, and with none to go back to.
    ("GET", f"/agenda/{LEFT}/edit?back={BEFORE}"),
    ("POST", f"/agenda/{LEFT}/edit?back={BEFORE}", {**OPENED, "text": "x" * 301, "pocket": "constructor"}),
    ("POST", f"/agenda/{LEFT}/edit?back={BEFORE}", {**OPENED, "text": " ", "pocket": "progress", "session": BEFORE},
     {**PART, "HX-Target": "form#edit"}),
    ("POST", f"/agenda/{LEFT}/edit?back={BEFORE}", {**OPENED, "text": "Left over, and changed " + HOSTILE,
                                                    "pocket": "progress", "session": ""}),
    ("GET", "{address}"),
    ("GET", f"/agenda/{LEFT}/edit"),
    ("POST", f"/agenda/{LEFT}/edit", {**OPENED, "text": "Left over", "pocket": "question", "session": NOBODY}),
    ("POST", f"/agenda/{LEFT}/edit", {**OPENED, "text": "Left over", "pocket": "question", "session": "__proto__"}),
    ("POST", f"/agenda/{LEFT}/edit", {**OPENED, "text": "Left over", "pocket": "question", "session": BEFORE}),
    ("GET", "{address}"),
    ("GET", f"/agenda/{LEFT}/edit?back={NEXT}"),
    ("GET", f"/sessions/{LATER}"),
    ("POST", f"/agenda/{LEFT}/edit?back={NEXT}", {"text": "Moved", "pocket": "question", "session": LATER}),
    ("GET", "{address}"),
    ("POST", f"/agenda/{LEFT}/edit", {"text": "Moved", "pocket": "question"}),
    ("POST", f"/agenda/{LEFT}/discussed", {"session": NEXT, "discussed": "1"}),
    ("GET", f"/agenda/{LEFT}/edit?back={NEXT}"),
    ("POST", f"/agenda/{LEFT}/edit?back={NEXT}", {"text": "Discussed", "pocket": "question", "session": LATER}),
    ("GET", "{address}"),
    ("GET", f"/agenda/{NOBODY}/edit"),
    ("GET", f"/agenda/{LEFT}/edit?back={NOBODY}"),
    # The sheet over any page: filed, taken back, refused, too long for a line.
    ("GET", "/agenda/new", None, SHEET),
    ("POST", "/agenda/new", {**OPENED, "text": "From another screen"}, SHEET),
    ("GET", "/goals"),
    ("POST", f"/agenda/{OVER_A_PAGE}/delete", {}, {**PART, "HX-Target": f"div#filed-{OVER_A_PAGE}"}),
    ("POST", "/agenda/new", {"text": " "}, SHEET),
    ("POST", "/agenda/new", {"text": "One. " * 61 + "\r\n\r\nTwo."}, SHEET),
    ("POST", "/agenda/new?shared=1", {"text": " "}, SHEET),
    # What another app shares is shown, and kept by a tap only: as a line, or as a page of the journal.
    ("POST", "/share", {"title": "How to say no", "text": "", "url": "https://example.org/no"}, FROM_AN_APP),
    ("POST", "/share", {"title": "no", "text": " How to say no\r\nhttps://example.org/no\n", "url":
                        "https://example.org/no"}, FROM_AN_APP),
    ("POST", "/share", {"title": HOSTILE, "text": "a\0b \r\n\x85\u00a0" + HOSTILE, "url": "javascript:alert(1)"}),
    ("POST", "/share", {"text": "Word. " * 60}),
    ("POST", "/share", {"text": "x" * 60_001}),
    ("POST", "/share", {"title": " \n\t "}),
    ("POST", "/share", A_FILE, PARTS),
    ("POST", "/share", A_FILE.replace("A picture of the board", ""), PARTS),
    ("POST", "/share", form_data(("title", "half \udcED\udcA0\udcBD an emoji"), ("text", "\udcff")), PARTS),
    ("GET", "/agenda/new?shared=1"),
    ("POST", "/agenda/new?shared=1", {**OPENED, "text": "Word.\r\n\r\n" * 60}),
    ("POST", "/agenda/new?shared=1", {"text": "y" * 60_001, "into": "journal"}),
    ("POST", "/agenda/new?shared=1", {"text": " \r\n", "into": "journal"}),
    ("POST", "/agenda/new?shared=1", {"text": "Word.\r\n\r\n" * 60, "into": "journal"}),
    ("GET", "{address}"),
    ("POST", "/agenda/new?shared=1", {"text": "How to say no\r\nhttps://example.org/no"}),
    ("GET", "/today"),
    # What is for a session to come waits there; a session with nobody named, and one that is cancelled.
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN, "starts_on": "2026-12-21", "partner_name": "R. O."}),
    ("GET", "{address}"),
    ("POST", f"/sessions/{NEXT}/held", {"state": "missed"}),
    ("GET", "{address}"),
    ("GET", f"/sessions/{LATER}"),
    ("GET", "/sessions/new"),
    ("POST", "/sessions/new", {**OPENED, **PLAN, "starts_on": "2026-12-22"}),
    ("GET", "{address}"),
]
