"""Finding entries: the page that an address asks for, by month, narrowed by what they are about."""
from __future__ import annotations

from collections import Counter
from typing import Any, Protocol

from flask import request, url_for

from .. import clock, memory, prose, records
from ..models import Person

ANY, NONE = "any", "none"  # of the sessions; else the id of one
MOST_TAGS = 20
Record = dict[str, Any]
Asked = dict[str, Any]


# -- what the address asks for -----------------------------------------------------------------------------------------

def asked() -> Asked:
    """What narrows the list: {session: '', ANY, NONE or an id, tags, lesson, waiting, since, until: months or ''}.

    What is no answer counts as not asked. The address says `?about=` for the session: in the editor, which has the list
    beside it, `?session=` is that of the entry that is written.
    """
    given = request.args
    session, tags = given.get("about", ""), [prose.clean(tag) for tag in given.getlist("tag") if tag]
    return {"session": session if session in (ANY, NONE) or records.is_id(session) else "",
            "tags": list(dict.fromkeys(tags))[:MOST_TAGS], "lesson": given.get("lesson") == "1",
            "waiting": given.get("waiting") == "1", "since": month("since"), "until": month("until")}


def month(name: str) -> str:
    """A month of the address, as 2026-11; '' for anything else."""
    given = request.args.get(name, "")
    return given if clock.is_day(f"{given}-01") else ""


def query(asked: Asked) -> dict[str, Any]:
    """The same as arguments of an address."""
    return {"about": asked["session"] or None, "tag": asked["tags"], "lesson": "1" if asked["lesson"] else None,
            "waiting": "1" if asked["waiting"] else None, "since": asked["since"] or None,
            "until": asked["until"] or None}


def is_narrow(asked: Asked) -> bool:
    """Whether anything narrows the list."""
    return any(asked.values())


def place(person: Person, zone: str) -> tuple[dict[str, str], Record | None]:
    """Where the page begins, as an argument of its address and as what stands before it; None for the newest."""
    after = request.args.get("after", "")
    if start := records.many(person, [after]).get(after):
        return {"after": after}, start
    if asked_month := month("month"):
        return {"month": asked_month}, {"at": end_of(asked_month, zone), "id": ""}
    return {}, None


# -- months ------------------------------------------------------------------------------------------------------------

def name_of(year: int, month: int) -> str:
    """2026-11."""
    return f"{year}-{month:02}"


def start_of(name: str, zone: str) -> str:
    """When a month begins, as `at` is written; '' when that is before all years."""
    try:
        return clock.iso(clock.instant(f"{name}-01", "00:00", zone))
    except ValueError:
        return ""


def end_of(name: str, zone: str) -> str:
    """When the month after this one begins; `records.LAST` when that is after all years."""
    year, month = int(name[:4]), int(name[5:])
    return start_of(name_of(year + month // 12, month % 12 + 1), zone) or records.LAST


def tally(moments: list[str], zone: str) -> list[dict[str, Any]]:
    """How many of these moments, newest first, lie in each month: {name, year, month, count}."""
    found: list[dict[str, Any]] = []
    begins = records.LAST
    for at in moments:
        if at < begins:
            day = clock.parts(clock.parse(at), zone)
            name = name_of(day["year"], day["month"])
            found.append({"name": name, "year": day["year"], "month": day["month"], "count": 0})
            begins = start_of(name, zone)
        found[-1]["count"] += 1
    return found


def years(months: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Months, newest first, by year: {year, months}."""
    found: list[dict[str, Any]] = []
    for one in months:
        if not found or found[-1]["year"] != one["year"]:
            found.append({"year": one["year"], "months": []})
        found[-1]["months"].append(one)
    return found


# -- the entries to choose from ----------------------------------------------------------------------------------------

class Shelf(Protocol):
    """Entries, newest first."""

    def page(self, start: Record | None, limit: int) -> list[Record]:
        """So many after `start`, which need be no more than {at, id}."""

    def newer(self, than: Record) -> Record | None:
        """The one just before."""

    def count(self, since: str = "", before: str = records.LAST) -> int:
        """How many there are between two moments."""

    def months(self, zone: str) -> list[dict[str, Any]]:
        """How many there are in each month, see `tally`."""


class Everything:
    """All entries of a person."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def page(self, start: Record | None, limit: int) -> list[Record]:
        """So many after `start`."""
        return records.shelf(self.person, "entry", after=start, limit=limit)

    def newer(self, than: Record) -> Record | None:
        """The one just before."""
        return records.newer(self.person, "entry", than)

    def count(self, since: str = "", before: str = records.LAST) -> int:
        """How many there are between two moments."""
        return records.count(self.person, "entry", since, before)

    def months(self, zone: str) -> list[dict[str, Any]]:
        """How many there are in each month."""
        return tally(records.moments(self.person, "entry"), zone)


class Narrowed:
    """Those that a filter leaves."""

    def __init__(self, person: Person, rows: list[memory.Row]) -> None:
        self.person, self.rows = person, rows

    def page(self, start: Record | None, limit: int) -> list[Record]:
        """So many after `start`."""
        edge = (start["at"], start["id"]) if start else (records.LAST, "")
        ids = [row.id for row in self.rows if (row.at, row.id) < edge][:limit]
        found = records.many(self.person, ids)
        return [found[id] for id in ids if id in found]

    def newer(self, than: Record) -> Record | None:
        """The one just before."""
        ids = [row.id for row in self.rows if (row.at, row.id) > (than["at"], than["id"])][-1:]
        return next(iter(records.many(self.person, ids).values()), None)

    def count(self, since: str = "", before: str = records.LAST) -> int:
        """How many there are between two moments."""
        return len([row for row in self.rows if since <= row.at < before])

    def months(self, zone: str) -> list[dict[str, Any]]:
        """How many there are in each month."""
        return tally([row.at for row in self.rows], zone)


def shelf(person: Person, asked: Asked, zone: str) -> Shelf:
    """The entries to choose from."""
    return Narrowed(person, left(entries(person), asked, zone)) if is_narrow(asked) else Everything(person)


def entries(person: Person) -> list[memory.Row]:
    """A row for each entry, newest first."""
    return [row for row in memory.rows(person) if row.kind == "entry"]


def left(rows: list[memory.Row], asked: Asked, zone: str) -> list[memory.Row]:
    """The rows that a filter leaves."""
    since = start_of(asked["since"], zone) if asked["since"] else ""
    before = end_of(asked["until"], zone) if asked["until"] else records.LAST
    return [row for row in rows if since <= row.at < before and fits(row, asked)]


def fits(row: memory.Row, asked: Asked) -> bool:
    """Whether an entry is about what is asked for."""
    about = {"": True, ANY: bool(row.session), NONE: not row.session}.get(asked["session"])
    if about is None:
        about = row.session == asked["session"]
    return (about and all(tag in row.tags for tag in asked["tags"]) and (row.lesson or not asked["lesson"])
            and (row.waiting or not asked["waiting"]))


# -- what can be asked -------------------------------------------------------------------------------------------------

def chips(asked: Asked, meeting: dict[str, Any] | None) -> list[dict[str, Any]]:
    """What is asked most, and all that is asked now: {name, value, on, url: without it, or with it}.

    meeting: the day of the session that is asked for.
    """
    one_session = asked["session"] not in ("", ANY, NONE)
    found = [chip("lesson", None, asked["lesson"], asked, lesson=not asked["lesson"]),
             chip("session", None, asked["session"] == ANY, asked, session="" if asked["session"] == ANY else ANY)]
    found += [chip("alone", None, True, asked, session="")] if asked["session"] == NONE else []
    found += [chip("meeting", meeting, True, asked, session="")] if one_session else []
    found += [chip("tag", tag, True, asked, tags=[one for one in asked["tags"] if one != tag]) for tag in asked["tags"]]
    found += [chip("waiting", None, True, asked, waiting=False)] if asked["waiting"] else []
    return found + [chip(name, month_parts(asked[name]), True, asked, **{name: ""}) for name in ("since", "until")
                    if asked[name]]


def chip(name: str, value: Any, on: bool, asked: Asked, **changed: Any) -> dict[str, Any]:
    """One of them."""
    return {"name": name, "value": value, "on": on, "url": url_for("journal.index", **query(asked | changed))}


def month_parts(name: str) -> dict[str, int]:
    """What a template prints of a month."""
    return {"year": int(name[:4]), "month": int(name[5:])}


def choices(person: Person, rows: list[memory.Row], zone: str) -> dict[str, Any]:
    """What there is to choose: {tags: [{tag, count}], sessions: [{id, day, count}], months}; see `tally`."""
    tags = Counter(tag for row in rows for tag in row.tags)
    sessions = Counter(row.session for row in rows if row.session)
    known = records.many(person, sessions)
    met = [one for one in known.values() if one["kind"] == "session"]
    met.sort(key=lambda one: (one["at"], one["id"]), reverse=True)
    return {"tags": [{"tag": tag, "count": count} for tag, count in tags.most_common()],
            "sessions": [{"id": one["id"], "day": clock.parts(clock.parse(one["at"]), zone),
                          "count": sessions[one["id"]]} for one in met],
            "months": tally([row.at for row in rows], zone)}
