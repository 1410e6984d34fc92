"""A pause: until when, which sessions are cancelled for it, and which goals move along.

Twin: service_worker/agreement/pausing.js.
"""
from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import request

from .. import clock, forms, goals, prose, records, turns
from .writing import OTHER, PAST

PAUSES = (timedelta(weeks=2), timedelta(weeks=6))  # from which on the next Monday is offered
AHEAD = 60  # sessions among which those that fall into a pause are offered
WHY = "A pause"  # the word of a session that was cancelled for one
DAY = 10  # letters of a day
LEFT = "A goal that changed meanwhile, or would be too late, keeps its date."
Record = dict[str, Any]
Rows = list[tuple[str, Record, dict[str, Any]]]  # sessions as the form showed them, see told()
Row = tuple[str, Record, str, bool]  # a goal as the form showed it: line, it with its rev then, due(), whether it moves
Moves = list[tuple[Record, dict[str, Any]]]  # goals and what becomes of them


def offered(on: str) -> list[str]:
    """The days until which a pause is offered: Mondays."""
    first = [date.fromisoformat(on) + away for away in PAUSES]
    return [(one + timedelta(days=-one.weekday() % 7)).isoformat() for one in first]


def typed(on: str) -> dict[str, str]:
    """The answers of the form, as they were sent or as an address asks for the days; on: today."""
    given = request.values
    return {"until": prose.clean(given.get("until", offered(on)[0])), "on": prose.clean(given.get("pause_on", ""))}


def until(form: dict[str, str]) -> str | None:
    """The first day after the pause, as it was typed."""
    return (form["on"] if form["until"] == OTHER else form["until"]) or None


def seen() -> str:
    """The end of the pause for which the ticks were made that came; "" for none."""
    found = request.values.get("seen", "")
    return found if clock.is_day(found) else ""


def wrong(until: str | None, on: str) -> dict[str, str]:
    """Field to words."""
    errors = forms.problems("agreement", {"pause_until": until})
    words = errors.get("pause_until") or (PAST if not until or until <= on else "")
    return {"pause_on": words} if words else {}


def ahead(person: Any, card: str) -> list[Record]:
    """The sessions with somebody that are planned and have not begun, soonest first."""
    return [one for one in to_come(person, card) if state(one) == "planned"][:AHEAD]


def to_come(person: Any, card: str) -> list[Record]:
    """All sessions with somebody that have not begun, soonest first."""
    moment = clock.iso(clock.now())
    found = [one for one in records.since(person, "session", moment) if one["at"] > moment]
    return [one for one in found[::-1] if one["fields"].get("partner") == card
            and clock.read_wall(clock.wall_line(one["fields"]))]


def state(session: Record) -> str:
    """What became of a session so far."""
    return str(session["fields"].get("state") or "planned")


def told(person: Any, card: str) -> Rows:
    """The sessions as the form showed them: line, the session with what its change stands on, its hour then."""
    if "change" in request.form:
        lines = [prose.clean(line) for line in request.form.getlist("shown")][:AHEAD]
    else:
        lines = [f"{forms.stands(one)} {clock.wall_line(one['fields'])}" for one in ahead(person, card)]
    there = records.many(person, [line.split(" ")[0] for line in lines])
    return [row for line in lines if (row := reread(line, there))]


def reread(line: str, there: dict[str, Record]) -> tuple[str, Record, dict[str, Any]] | None:
    """What a line says; None where there is no such session, or it is no such line."""
    one, wall = forms.stood(line, there) or ({}, "")
    old = clock.read_wall(wall)
    return (line, one, old) if old and one["kind"] == "session" else None


def start(fields: dict[str, Any], zone: str) -> dict[str, Any]:
    """The parts of the moment at which a session of this hour begins."""
    return dict(clock.parts(clock.instant(*(fields[name] for name in clock.WALL)), zone))


def shown(rows: Rows, until: str, zone: str) -> list[dict[str, Any]]:
    """The sessions as the form shows them: {id, line, start: parts, ticked, later: after the end}.

    until: the end, "" while it is wrong.

    The ticks follow the end; of those that were before it already, each stays as it was.
    """
    return [{"id": one["id"], "line": line, "start": begins, "ticked": is_ticked(one["id"], begins["on"], until),
             "later": "" < until <= begins["on"]}
            for line, one, old in rows for begins in [start(old, zone)]]


def is_ticked(id: str, on: str, until: str) -> bool:
    """Whether a session is to be cancelled for a pause. on: its day."""
    chosen = id in request.values.getlist("cancel")
    return chosen if not until else on < until and (chosen or on >= seen())


def differs(rows: Rows, until: str, zone: str) -> bool:
    """Whether other sessions lie before the end than before the one for which the form showed its ticks."""
    days = [start(old, zone)["on"] for _, _, old in rows] if "seen" in request.form else []
    return any((on < until) != (on < seen()) for on in days)


def ticked(rows: Rows, until: str, zone: str) -> Rows:
    """Those that are ticked and, as the form showed them, lie before the end of the pause."""
    chosen = request.form.getlist("cancel")
    return [row for row in rows if row[1]["id"] in chosen and start(row[2], zone)["on"] < until]


def is_as_shown(session: Record, old: dict[str, Any], card: str) -> bool:
    """Whether a session is at the hour that the form showed, with the same partner, and still to come or off.

    Off is what the first of two taps made of it.
    """
    fields = session["fields"]
    same = clock.wall_line(fields) == clock.wall_line(old) and fields.get("partner") == card
    return same and state(session) in ("planned", "cancelled")


def left_alone(person: Any, card: str, rows: Rows, until: str, zone: str) -> list[str]:
    """The ids of sessions that the pause would cancel if the form had shown them as they are: changed or new ones."""
    shown = [one["id"] for _, one, _ in rows]
    changed = [one["id"] for _, one, old in ticked(rows, until, zone) if not is_as_shown(one, old, card)]
    return changed + [one["id"] for one in ahead(person, card)
                      if one["id"] not in shown and start(one["fields"], zone)["on"] < until]


def in_words(gone: int, left: list[str]) -> str:
    """How many sessions are cancelled, and that others are left alone; "" for none."""
    return " ".join(filter(None, [
        counted(gone, "One session is cancelled.", "sessions are cancelled."),
        counted(len(left), "One session came or changed meanwhile, and stands as it is. Look at it under Sessions.",
                "sessions came or changed meanwhile, and stand as they are. Look under Sessions.")]))


def counted(count: int, one: str, more: str) -> str:
    """The words for so many; "" for none."""
    return one if count == 1 else f"{count} {more}" if count else ""


def changes(opened: dict[str, str], card: str, until: str, rows: Rows) -> list[Record]:
    """The changes of a pause: the agreement's, and of each session that is cancelled for it."""
    first = forms.change("agreement", {"partner": card, "pause_until": until}, opened)
    gone = [one for _, one, old in rows if is_as_shown(one, old, card)]
    made = [(one, forms.further(first, "session", {"state": "cancelled", "why": WHY}, one)) for one in gone]
    return [first, *(turns.marked(one, change) for one, change in made)]


def beside(person: Any, card: str, until: str, zone: str) -> dict[str, list[dict[str, Any]]]:
    """The sessions to come beside an agreement: {stands: in the pause, cancelled: for one}; each {id, start, opening}.

    until: the end of the pause, "" without one.
    """
    found = [(one, {"id": one["id"], "start": start(one["fields"], zone), "opening": forms.opening(one)})
             for one in to_come(person, card)]
    return {"stands": [row for one, row in found if state(one) == "planned" and row["start"]["on"] < until],
            "cancelled": [row for one, row in found
                          if state(one) == "cancelled" and one["fields"].get("why") == WHY]}


# -- the goals ---------------------------------------------------------------------------------------------------------

def rested(person: Any) -> str:
    """The latest end of the pauses that there are, with whomever: until then goals were moved before; "" for none."""
    return max((one["fields"].get("pause_until") or "" for one in records.shelf(person, "agreement")), default="")


def days(before: str, until: str, on: str) -> int:
    """How many days a pause adds to those that there are; 0 where its end is no later, or wrong.

    before: the latest end of these; until: "" while it is wrong; on: today.
    """
    start = max(on, before)
    return max(0, (date.fromisoformat(until or start) - date.fromisoformat(start)).days)


def due(fields: dict[str, Any]) -> str:
    """When a goal is due, as a form carries it: the day, and the session that it is for."""
    return f"{fields.get('due_on') or ''} {fields.get('session') or '-'}"


def goals_told(person: Any, gone: list[str], on: str) -> list[Row]:
    """The open goals as the form showed them; before there was one, those whose day is not over, soonest first.

    gone: ids of the sessions that are cancelled. A goal for one that stands does not move.
    """
    there = {one["id"]: one for one in goals.unrated(person)}
    if "change" in request.form:
        lines = list(dict.fromkeys(prose.clean(line) for line in request.form.getlist("goal")))
    else:
        lines = [f"{forms.stands(one)} {due(one['fields'])}" for one in there.values() if due(one["fields"]) > on]
    stood = [(line, *found) for line in lines if (found := forms.stood(line, there))]
    rows = [row for row in stood if clock.is_day(row[2][:DAY])]
    sessions = records.many(person, [when[DAY + 1:] for *_, when in rows])
    stand = {id for id, one in sessions.items() if state(one) != "cancelled"} - {*gone}
    return [(line, one, when, when[DAY + 1:] not in stand) for line, one, when in rows]


def goals_shown(person: Any, gone: list[str], until: str, on: str) -> dict[str, Any]:
    """The goals as the form shows them: {lines, count: of those that move, first: the day of the first, ticked,
    by: so many days, 0 for not at all, after: the end of a pause from which these count, or none}. on: today.
    """
    rows, end = goals_told(person, gone, on), rested(person)
    dues = [when[:DAY] for *_, when, moves in rows if moves]
    return {"lines": [line for line, *_ in rows], "count": len(dues), "by": days(end, until, on),
            "after": clock.day_parts(end) if end > on else None,
            "first": clock.day_parts(dues[0]) if dues else None,
            "ticked": "seen" not in request.values or "move" in request.values}


def counts_anew(until: str) -> bool:
    """Whether goals would move by other days than the form said: it was sent for another end than it was shown for."""
    return forms.ticked("move") and "goal" in request.form and seen() != until


def moved(person: Any, gone: list[str], by: int, on: str) -> tuple[Moves, int]:
    """What becomes of the goals that move by so many days, and how many stay although the form showed them to move."""
    told = goals_told(person, gone, on) if by and forms.ticked("move") else []
    rows = [row for row in told if row[3]]
    made = [move for row in rows if (move := shifted(row, by))]
    return made, len(rows) - len(made)


def shifted(row: Row, by: int) -> tuple[Record, dict[str, Any]] | None:
    """A goal and its later day, which is no session's any more; None where it is not as the form showed it, or no goal
    can have that day.
    """
    _, one, when, _ = row
    old = when[:DAY]
    fields = {"due_on": (date.fromisoformat(old) + timedelta(days=by)).isoformat(), "session": None}
    if due(one["fields"]) != when or forms.problems("goal", fields):
        return None
    return one, fields | goals.gave_way(one, old, fields["due_on"])


def moved_in_words(moved: int, left: int) -> str:
    """How many goals have later dates, and that others keep theirs; "" for none."""
    return " ".join(filter(None, [
        counted(moved, "One goal now has a later date.", "goals now have later dates."), LEFT if left else ""]))
