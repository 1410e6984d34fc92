"""What is said when entries are looked for: by month, by filter, in the reader. Step n is at 9:00 UTC and n minutes."""
from __future__ import annotations

from typing import Any

HOSTILE = "<b>x</b> \u202eabc 😀 & \"quotes\" '"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
NOBODY, MET, FIRST, LAST = (f"00000000-0000-4000-8000-00000000eee{n}" for n in range(4))
PLAN = {"starts_on": "2026-11-20", "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": "45", "channel": "video",
        "link": "", "phone": "", "partner": "", "partner_name": ""}


def part(name: str) -> dict[str, str]:
    return {**PART, "HX-Target": name}


def new(record: str, number: int) -> dict[str, str]:
    """The hidden fields of a form for a new record whose id is known to the whole conversation."""
    return {"change": f"00000000-0000-4000-8000-00000000aaa{number}", "record": record, "base": ""}


def wrote(count: int) -> list[tuple[Any, ...]]:
    """So many entries, and now and then a page: the server keeps five notices for it."""
    typed = [{"title": f"Page {n}", "text": "Some words.", "tags": "career" if n % 2 else "pace __proto__"}
             for n in range(count)]
    return [step for n, one in enumerate(typed)
            for step in ([("GET", "/journal/filter")] if n % 4 == 0 else []) + [("POST", "/journal/new", one)]]


STEPS = [
    ("GET", "/journal?month=2026-11"),
    ("GET", "/journal/months"),
    ("GET", "/journal/filter"),
    ("POST", "/sessions/new", {**new(MET, 1), **PLAN}),
    ("POST", "/journal/new", {**new(FIRST, 2), "title": "The first page", "text": HOSTILE, "tags": "career pace"}),
    *wrote(51),
    ("POST", "/journal/new", {**new(LAST, 3), "title": "", "text": "The last words.", "tags": ""}),
    ("GET", "/journal"),
    ("GET", "/journal"),
    ("GET", f"/journal?after={FIRST}"),
    ("GET", "/journal?tag=pace"),
    ("GET", "/journal?tag=career&tag=pace", None, part("div#entries")),
    ("GET", "/journal?tag=career&tag=constructor&tag=career&lesson=1&about=any&waiting=1&until=2026-10"),
    ("GET", "/journal?tag=<b>&tag=&tag=%F0%9F%98%80%0D%0A"),
    ("GET", "/journal?about=none&since=2026-11&until=2026-11"),
    ("GET", f"/journal?about=none&since=2026-11&after={FIRST}"),
    ("GET", f"/journal?about={MET}"),
    ("GET", f"/journal?about={NOBODY}"),
    ("GET", f"/journal?about={FIRST}&lesson=2&waiting=yes&since=2026-13&until=0000-13"),
    ("GET", "/journal?about=__proto__&since=9999-12&until=constructor"),
    ("GET", "/journal?waiting=1"),
    # Months, also at the edges of all time.
    *[("GET", f"/journal?month={month}") for month in ("2026-12", "2026-11", "2026-10", "1900-01", "2199-12", "0000-13",
                                                       "9999-01", "2026-1", "2026-11-01", "__proto__")],
    ("GET", "/journal?month=2026-11&tag=pace&about=none"),
    ("GET", "/journal/months?month=2026-11"),
    ("GET", "/journal/months?tag=pace&month=9999-01", None, part("div#months")),
    ("GET", "/journal/months?tag=nothing"),
    ("GET", f"/journal/filter?tag=pace&tag=nothing&about={MET}&since=2020-02&until=2026-11"),
    ("GET", f"/journal/filter?about={NOBODY}&lesson=1", None, part("form#filter")),
    ("GET", "/journal/filter?about=none&waiting=1", None, part("div#found")),
    # The reader, between its neighbours, as part of a list and beside what was searched.
    ("GET", f"/journal/{FIRST}"),
    ("GET", f"/journal/{LAST}?month=2026-11"),
    ("GET", f"/journal/{FIRST}?tag=pace&after={LAST}"),
    ("GET", f"/journal/{FIRST}?q=first", None, part(f"article#entry-{FIRST}")),
    ("GET", f"/journal/{FIRST}?q={'x' * 300}"),
    ("POST", f"/journal/{FIRST}/size?tag=pace", {"text_size": "largest"}),
    ("GET", "{address}"),
    ("POST", f"/journal/{FIRST}/size", {"text_size": "__proto__"}),
    ("POST", f"/journal/{FIRST}/size", {"text_size": "normal"}),
    ("GET", f"/journal/{FIRST}"),
    ("POST", f"/journal/{NOBODY}/size", {"text_size": "large"}),
    ("POST", f"/journal/{FIRST}/delete", {}),
    ("GET", f"/journal/{FIRST}?tag=pace"),
    ("GET", "/journal?tag=pace"),
]
