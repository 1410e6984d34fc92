"""What is said about finding a time. Step n is asked at 9:00 UTC and n minutes of 24 November, a Tuesday."""
from __future__ import annotations

from tests.cast import Cast
from tests.contracts.before import PHONE, change, id_of, with_devices, wrote

NAME = "<b>x</b> \u202eabc 😀 & \"quotes\" '"
OPENED = {"change": "{change}", "record": "{record}", "base": "{base}"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
MINE = {"good": "mon-10 mon-11 tue-15 wed-09 wed-10 thu-16 fri-12 sat-08 mon-10 nonsense", "possible": "tue-16 wed-11",
        "protected": "mon-09 tue-09 wed-10", "zone": ""}
THEIRS = {"good": "mon-14 mon-15 wed-13 wed-14 thu-20 sat-12", "possible": "tue-19 tue-20 fri-16 fri-17 thu-21",
          "protected": "mon-14"}
SPANS = "2026-12-02T08:00Z/60\r\n2026-12-04T11:00Z/90\r\n2026-12-07T00:00Z/1440\r\n2026-13-45T29:99Z/5\r\n"
READING = {"change": "00000000-0000-4000-8000-0000000000c1", "base": ""}
NOBODY = "00000000-0000-4000-8000-00000000ffff"
INDIA, JAPAN, PLANNED, FAR = id_of(11), id_of(12), id_of(13), id_of(14)


def given() -> Cast:
    """Two cards, a session on the Monday after next, and one in two months."""
    cast = with_devices()
    wrote(cast, PHONE, "20T18:02", change(1, "partner", INDIA, None, name=NAME, zone="Asia/Kolkata"),
          change(2, "partner", JAPAN, None, name="T. V.", zone="Pacific/Kiritimati"),
          change(3, "session", PLANNED, None, starts_on="2026-11-30", starts_time="05:00", zone="America/New_York",
                 minutes=60, partner=INDIA),
          change(4, "session", FAR, None, starts_on="2027-01-29", starts_time="23:30", zone="America/New_York",
                 minutes=60, partner=INDIA))
    return cast


GIVEN = given
WEEKLY = {**OPENED, "channel": "video", "how": "weekly", "count": "3", "weeks": "1"}
WANTED = [("2026-11-30", "10:00"), ("2026-12-02", "09:30"), ("2026-12-04", "12:15")]


def fitting(partner: str, zone: str = "Europe/Berlin", minutes: str = "30") -> list[tuple]:
    """What stands below the hour of a session, in a day and a night of a Tuesday; then the days of a rhythm."""
    hours = [("GET", f"/sessions/new?starts_on=2026-12-01&starts_time={hour:02}:30&zone={zone}&partner={partner}"
                     f"&minutes={minutes}", None, {**PART, "HX-Target": "div#clocks"}) for hour in range(0, 24, 3)]
    rows = [("POST", "/sessions/new", {**WEEKLY, "zone": zone, "partner": partner, "minutes": minutes, "starts_on": on,
                                       "starts_time": at}) for on, at in WANTED]
    return [*hours, ("GET", "/sessions/new"), *rows]


MOVING = {"starts_on": "2026-11-30", "starts_time": "05:00", "zone": "America/New_York", "minutes": "60",
          "channel": "video", "link": "", "phone": "", "partner": INDIA, "partner_name": "",
          "was_at": "2026-11-30 05:00 America/New_York"}
SLOT, FAR_OFF = "2026-12-02 03:00 America/New_York", "2027-01-29 23:00 America/New_York"


READINGS = [("2026-11-24T09:30:00.000Z", "2026-12-04T11:30:00.000Z"), ("2026-09-01T09:00:00.000Z", ""),
            ("2199-12-31T23:00:00.000Z", "2199-12-31T23:59:59.999Z"), ("2026-11-01T09:00:00.000Z", "")]


def reaching(read_at: str, until: str) -> list[tuple]:
    """A calendar that reaches so far, and what is said of it where hours are chosen."""
    asked = [f"/times/{INDIA}?minutes=30", f"/times/{INDIA}?session={FAR}", "/times/hours"]
    reading = {"read_at": read_at, "until": until, "spans": SPANS}
    return [("POST", "/times/calendar", reading), *(("GET", path) for path in asked), *fitting(INDIA)[5:]]


STEPS = [
    ("GET", "/times/hours"),
    ("GET", "/times/hours", None, {**PART, "HX-Target": "form#hours"}),
    ("GET", f"/times/hours/{NOBODY}"),
    ("GET", f"/times/{NOBODY}"),
    ("GET", "/times/constructor"),
    ("GET", f"/times/{INDIA}"),
    # A tap at a time, then all of it; what cannot be taken.
    ("GET", f"/times/hours/{INDIA}"),
    ("POST", f"/times/hours/{INDIA}", {**OPENED, **THEIRS, "brush": "possible", "cell": "mon-14"}),
    ("POST", f"/times/hours/{INDIA}", {**OPENED, **THEIRS, "brush": "protected", "cell": "mon-14"}),
    ("POST", f"/times/hours/{INDIA}", {**OPENED, **THEIRS, "brush": "never", "cell": "constructor"}),
    ("POST", f"/times/hours/{INDIA}", {**OPENED, **THEIRS, "brush": "good"}),
    ("GET", "{address}"),
    ("GET", f"/times/hours/{INDIA}"),
    ("GET", "/times/hours"),
    ("POST", "/times/hours", {**OPENED, **MINE, "brush": "protected", "cell": "fri-09"}),
    ("POST", "/times/hours", {**OPENED, **MINE, "zone": "Mars/Base"}, {**PART, "HX-Target": "form#hours"}),
    ("POST", "/times/hours", {**OPENED, **MINE}),
    ("POST", "/times/hours", {**OPENED, **MINE}),
    ("GET", "/times/hours"),
    ("GET", "/settings/reminders"),  # which names the focus hours
    # Three times, beside a session that is planned and as that one moves; other lengths, other weeks, picks.
    ("GET", f"/times/{INDIA}"),
    ("GET", f"/times/{INDIA}?session={PLANNED}"),
    ("GET", f"/times/{INDIA}?session={PLANNED}&minutes=15&week=2026-12-07"),
    ("GET", f"/times/{INDIA}?session={FAR}"),
    ("GET", f"/times/{INDIA}?minutes=90"),
    ("GET", f"/times/{INDIA}?minutes=50&week=2026-11-23"),
    ("GET", f"/times/{INDIA}?minutes=91&week=__proto__&session={INDIA}"),
    ("GET", f"/times/{INDIA}?minutes=30&slot=2026-12-01T15:30&slot=2026-12-02T09:00&slot=nonsense"),
    ("GET", f"/times/{INDIA}?minutes=30&week=2026-11-30", None, {**PART, "HX-Target": "form#week"}),
    ("GET", f"/times/{INDIA}?minutes=15&" + "&".join(f"slot=2026-12-0{day}T{hour:02}:{minute}" for day in range(1, 8)
                                                    for hour in range(6, 22) for minute in ("00", "30"))),
    *fitting(INDIA), *fitting(INDIA, "Asia/Kolkata", "999999"), *fitting("", "Mars/Base", "90"),
    ("GET", f"/times/{JAPAN}"),
    ("GET", f"/times/hours/{JAPAN}"),
    ("POST", f"/times/hours/{JAPAN}", {**OPENED, "good": "mon-23 mon-21 tue-21 sun-06 wed-06 tue-06", "possible": ""}),
    ("POST", "/times/hours", {**MINE, "good": "tue-06 mon-08 mon-21 tue-17 mon-16 tue-07", "zone": "Asia/Tokyo"}),
    ("GET", f"/times/{JAPAN}?minutes=15"),
    ("GET", f"/times/{JAPAN}?minutes=15&week=2026-12-14"),
    # Another hour for it: refused with what was chosen, none that is offered, taken; asked about where it is taken.
    ("GET", f"/sessions/{PLANNED}/edit"),
    *(("POST", f"/sessions/{PLANNED}/edit", {**OPENED, **MOVING, **typed}) for typed in (
        {"slot": SLOT, "phone": "abc"}, {"slot": "2026-12-02 03:30 America/New_York", "phone": "abc"},
        {"slot": NAME, "starts_on": ""}, {"slot": "1950-01-01 11:00 UTC"},
        {"slot": "9999-12-31 23:59 UTC", "minutes": "x"},
        {"slot": "2026-12-02 03:30 Mars/Base", "link": "not a link"}, {"slot": FAR_OFF}, {"slot": SLOT})),
    *(("GET", f"/sessions/{PLANNED}/edit?{asked}", None, {**PART, "HX-Target": "div#elsewhere"}) for asked in (
        "", "minutes=15&slot=2026-12-02%2003:00%20America/New_York", "minutes=480", "minutes=999&slot=other",
        "minutes=0&zone=Mars/Base&partner=__proto__", f"partner={JAPAN}", "partner=&minutes=30",
        f"zone=new%20york&partner={INDIA}", f"zone=Asia/Tokyo&partner={JAPAN}&minutes=60&slot=%3Cb%3E")),
    ("GET", f"/sessions/{PLANNED}/edit?zone=Asia/Tokyo&on=2026-12-02&at=09:30"),
    ("GET", "/sessions/new", None, {**PART, "HX-Target": "div#elsewhere"}),
    ("GET", "{address}"),
    ("GET", "{address}/edit"),
    ("POST", f"/sessions/{PLANNED}/edit", {**OPENED, **MOVING, "was_at": SLOT, "slot": "other"}),
    ("GET", f"/sessions/{FAR}/edit"),
    # To the form of a session: planned anew, and moved on the clocks that were agreed on.
    ("GET", f"/sessions/new?on=2026-12-02&at=09:30&minutes=30&partner={JAPAN}"),
    ("GET", "/sessions/new?on=2199-12-31&at=23:59&minutes=1e3&partner=__proto__"),
    ("GET", "/sessions/new?on=2026-02-30&at=24:00"),
    ("GET", f"/sessions/{PLANNED}/edit?on=2026-12-02&at=09:30&minutes=30"),
    ("GET", f"/sessions/{PLANNED}/edit?on=2027-03-28&at=02:30"),
    *(("GET", f"/sessions/{PLANNED}/edit?on=2027-11-07&at=0{hour}:30") for hour in (6, 7)),
    ("GET", f"/sessions/{PLANNED}"),
    # What a calendar says.
    ("POST", "/times/calendar/forget", {}),
    ("POST", "/times/calendar", {"spans": "Lunch with <b>Bob</b>"}),
    ("POST", "/times/calendar", {"spans": "\r\n".join(f"2026-12-01T00:00Z/{n}" for n in range(1, 1_002))}),
    ("POST", "/times/calendar", {"spans": SPANS}),
    ("GET", "/times/hours"),
    *[("POST", "/times/calendar", {**READING, "read_at": "2026-11-24T09:30:00.000Z", "spans": SPANS})] * 2,
    ("POST", "/times/calendar", {**READING, "read_at": "2026-02-30T09:30:00.000Z", "spans": SPANS}),
    ("GET", "/times/hours"),
    ("GET", f"/times/{INDIA}?minutes=30"),
    *fitting(INDIA), *fitting(JAPAN, "Pacific/Kiritimati"),
    # How far it reaches: as the device said, to the very edge, and no longer.
    ("POST", "/times/calendar", {"read_at": "2026-11-24T09:30:00.000Z", "until": "soon", "spans": SPANS}),
    *[step for read_at, until in READINGS for step in reaching(read_at, until)],
    ("GET", "/settings/knows"),
    ("POST", "/times/calendar", {"read_at": "2199-12-31T23:59:59.999Z", "spans": "2026-12-02T08:00Z/60"}),
    ("GET", "/times/hours"),
    ("POST", "/times/calendar/forget", {}),
    ("POST", "/times/calendar/forget", {}),
    ("GET", "/times/hours"),
    # What was agreed on.
    ("GET", f"/partners/{INDIA}/agreement/edit"),
    ("POST", f"/partners/{INDIA}/agreement/edit", {**OPENED, "minutes": "120", "wait_minutes": "5", "rhythm": "weekly",
                                                   "blocked": "Mornings until eleven\r\n" + NAME}),
    ("GET", f"/times/{INDIA}"),
    ("GET", f"/times/{INDIA}?minutes=60"),
    ("GET", f"/times/{INDIA}?session={PLANNED}"),
    ("GET", "/sessions/past"),
    ("GET", f"/partners/{INDIA}/pause"),
    ("POST", f"/partners/{INDIA}/pause", {**OPENED, "until": "other", "pause_on": "2026-12-09"}),
    ("GET", f"/times/{INDIA}"),
    ("GET", f"/times/{INDIA}?minutes=15&week=2026-12-21"),
    ("GET", f"/times/{INDIA}?session={PLANNED}"),
    ("GET", f"/times/{JAPAN}"),
    *fitting(INDIA), *fitting(JAPAN),
    ("GET", f"/sessions/new?after={PLANNED}"),
    ("GET", f"/sessions/new?partner={INDIA}"),
    ("GET", f"/sessions/new?partner={INDIA}&on=2026-12-30&at=10:30"),
    ("GET", f"/sessions/new?partner={INDIA}&starts_on=&starts_time=&zone=Europe/Berlin", None,
     {**PART, "HX-Target": "div#clocks"}),
    ("GET", f"/sessions/{PLANNED}/edit"),
    ("GET", f"/sessions/{FAR}/edit"),
    ("GET", "/sessions/past"),
    ("GET", f"/partners/{INDIA}/agreement"),
    ("GET", "/sessions"),
    ("GET", f"/partners/{INDIA}"),
]
