"""Looking at an agenda: which lines stand on the one of a session, and which roll on to another."""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from .. import clock, forms, records

POCKETS = ("progress", "question", "birds_eye")
DONE = ("held", "missed")
FELL_THROUGH = ("missed", "cancelled")
LENGTH = 60  # minutes, where a session does not say
LENGTHS = (15, 30, 45, 60, 90)  # minutes, to choose from
LONGEST = timedelta(minutes=480)
NEAR = 20  # sessions read at once, as some of them fell through
Record = dict[str, Any]


def end(session: Record) -> datetime:
    """The moment at which a session is over."""
    return clock.parse(session["at"]) + timedelta(minutes=session["fields"].get("minutes") or LENGTH)


def state(record: Record) -> str:
    """What became of a session so far."""
    return str(record["fields"].get("state") or "planned")


def over(record: Record, moment: datetime) -> bool:
    """Whether a session is behind: its minutes are past, or somebody said how it went."""
    return state(record) in DONE or end(record) <= moment


def ahead(person: Any, moment: datetime) -> list[Record]:
    """Every session that may not be over at this moment, soonest first."""
    return records.since(person, "session", clock.iso(moment - LONGEST))[::-1]


def coming(person: Any, moment: datetime) -> list[Record]:
    """The sessions that are planned and not over, soonest first."""
    return [one for one in ahead(person, moment) if state(one) == "planned" and not over(one, moment)]


def lately(person: Any, moment: datetime) -> list[Record]:
    """The last sessions that began and did not fall through, the newest first."""
    found = records.shelf(person, "session", after={"at": clock.iso(moment), "id": ""}, limit=NEAR)
    return [one for one in found if state(one) not in FELL_THROUGH]


def belongs(line: Record, session: Record, others: dict[str, Record], moment: datetime) -> bool:
    """Whether a line stands on the agenda of this session.

    Its own lines do; and, unless it fell through, of the open ones that were there when it ended those that no session
    has, and those that roll on to it. others: the sessions that have lines, by id.
    """
    of = line["fields"].get("session")
    if of == session["id"]:
        return True
    gone = line["fields"].get("discussed") or state(session) in FELL_THROUGH
    if gone or clock.parse(line["at"]) > end(session):
        return False
    other = others.get(of or "")
    return other is None or rolls(other, session, moment)


def rolls(other: Record, session: Record, moment: datetime) -> bool:
    """Whether the open lines of another session roll on to this one.

    Once that one is over, to those after it; to any when it fell through. What was for one partner stays with them.
    """
    with_whom = {one["fields"].get("partner") for one in (other, session)} - {None}
    if len(with_whom) > 1:
        return False
    return state(other) in FELL_THROUGH or (over(other, moment) and other["at"] < session["at"])


def lines(person: Any, session: Record) -> list[Record]:
    """The lines of a session's agenda, the oldest first, each with `rolled`: the session from which it rolls on."""
    found, moment = records.shelf(person, "line")[::-1], clock.now()
    open_lines = [line for line in found if not line["fields"].get("discussed")]
    others = records.many(person, sorted({line["fields"].get("session") or "" for line in open_lines}))
    return [line | {"rolled": rolled(line, session, others)} for line in found
            if belongs(line, session, others, moment)]


def rolled(line: Record, session: Record, others: dict[str, Record]) -> Record | None:
    """The other session for which a line was written."""
    other = others.get(line["fields"].get("session") or "")
    return other if other and other["id"] != session["id"] else None


def pocket_of(line: Record) -> str:
    """The pocket of a line; *Questions that arose* where it says none."""
    return line["fields"].get("pocket") or "question"


def item(line: Record, zone: str, given: dict[str, int]) -> dict[str, Any]:
    """A line as an agenda prints it, with the hidden fields of its forms. given: the numbers of sessions."""
    fields, other = line["fields"], line["rolled"]
    rolled_from = clock.parts(clock.parse(other["at"]), zone) | {"number": given.get(other["id"], 0)} if other else None
    return {"id": line["id"], "text": fields.get("text") or "", "discussed": bool(fields.get("discussed")),
            "rolled": rolled_from, "waiting": line["waiting"], "opening": forms.opening(line)}


def agenda(person: Any, session: Record, zone: str, given: dict[str, int]) -> dict[str, Any]:
    """The agenda of a session: {session: its id, pockets: [{pocket, lines}], open: how many are not discussed}.

    given: the numbers of sessions, which the page of one has read already.
    """
    found = lines(person, session)
    groups = [{"pocket": pocket, "lines": [item(line, zone, given) for line in found if pocket_of(line) == pocket]}
              for pocket in POCKETS]
    undone = [line for line in found if not line["fields"].get("discussed")]
    return {"session": session["id"], "pockets": groups, "open": len(undone)}


def count(person: Any, session: Record) -> int:
    """How many lines of a session's agenda are not discussed."""
    return len([line for line in lines(person, session) if not line["fields"].get("discussed")])
