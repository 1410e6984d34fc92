"""Several sessions by a rhythm: which days, and one change for each. Twin: service_worker/sessions/series.js."""
from __future__ import annotations

from typing import Any

from flask import request

from .. import agenda, clock, forms
from . import looking, planning, rhythm

ONCE = "once"
FEWEST, MOST = 2, 53  # a year by the week
FIRST_NUMBER = 3  # of the further changes of the form; the card of a name is number 2
HOW = "Choose how often."
NONE = "Tick at least one day."
Record = dict[str, Any]
Form = dict[str, Any]


def once() -> Form:
    """The part of the form about a rhythm, before anything was chosen."""
    return {"how": ONCE, "weeks": 3, "count": 4, "days": [], "seen": "", "rows": []}


def typed() -> Form:
    """The same, as it came. seen: what the days were shown for; empty when no days were shown yet."""
    return {"how": forms.line("how") or ONCE, "weeks": forms.number("weeks"), "count": forms.number("count"),
            "days": request.form.getlist("day"), "seen": forms.line("seen"), "rows": []}


def wrong(form: Form) -> dict[str, str]:
    """Field to words."""
    found = {}
    if form["how"] not in (ONCE, *rhythm.RHYTHMS):
        found["how"] = HOW
    if form["how"] == rhythm.OWN and not is_between(form["weeks"], 1, rhythm.MOST_WEEKS):
        found["weeks"] = f"Between 1 and {rhythm.MOST_WEEKS} weeks."
    if form["how"] != ONCE and not is_between(form["count"], FEWEST, MOST):
        found["count"] = f"Between {FEWEST} and {MOST} at once. More can follow when these are over."
    return found


def is_between(number: Any, least: int, most: int) -> bool:
    """Whether a whole number was typed, and one of these."""
    return isinstance(number, int) and least <= number <= most


def asked_for(fields: dict[str, Any], form: Form) -> str:
    """What decides the days, in one line: when that changes, they are shown anew and all of them ticked."""
    return " ".join(str(one) for one in (
        fields["starts_on"], fields["starts_time"], fields["zone"], fields["minutes"], form["how"], form["weeks"],
        form["count"]))


def days(person: Any, id: str, fields: dict[str, Any], form: Form, zone: str) -> list[dict[str, Any]]:
    """The days as the form shows them: {on, start, clash: another session then or None, ticked}."""
    found = rhythm.days(form["how"], fields["starts_on"], form["count"], form["weeks"] or 1)
    again = form["seen"] == asked_for(fields, form)
    taken = agenda.ahead(person, planning.minutes_of(fields)[0])[::-1]  # read once, for all days
    rows = [(on, planning.among(taken, {id}, fields | {"starts_on": on})) for on in found]
    return [{"on": on, "start": clock.parts(clock.instant(on, fields["starts_time"], fields["zone"]), zone),
             "clash": clash, "ticked": on in form["days"] if again else not clash} for on, clash in rows]


def shown(row: dict[str, Any], card: Record | None, cards: dict[str, Record], zone: str) -> dict[str, Any]:
    """A day with the session that takes a part of its hour, as a list prints it; card: of whom one meets."""
    about = looking.clocks(clock.parse(row["start"]["iso"]), card, zone)
    return row | about | {"clash": looking.item(row["clash"], cards, zone) if row["clash"] else None}


def ticks(rows: list[dict[str, Any]]) -> list[str]:
    """The days that are ticked."""
    return [row["on"] for row in rows if row["ticked"]]


def changes(rows: list[dict[str, Any]], made: list[Record]) -> list[Record]:
    """One change for each day that is ticked. made: those of a form that plans a single session, that session first."""
    first, *others = made
    ticked = ticks(rows)
    fields = first["fields"] | ({"series": first["record"]} if len(ticked) > 1 else {})
    started = first | {"fields": fields | {"starts_on": ticked[0]}}
    return [started, *others, *(forms.further(first, number, "session", fields | {"starts_on": on})
                                for number, on in enumerate(ticked[1:], FIRST_NUMBER))]
