"""Several sessions by a rhythm: which days, and one change for each. Twin: service_worker/sessions/series.js."""
from __future__ import annotations

from typing import Any

from flask import request

from .. import agenda, clock, forms, records
from ..times import fitting
from ..times.proposing import Ask
from . import looking, planning, rhythm

ONCE = "once"
FEWEST, MOST = 2, 53  # a year by the week
HOW = "Choose how often."
NONE = "Tick at least one day."
MEANWHILE = "At one of these hours there is another session by now. Look once more."
# The fields that decide the days, and what an hour of them is to both.
DECIDE = ("starts_on", "starts_time", "zone", "minutes", "partner", "how", "weeks", "count")
Record = dict[str, Any]
Form = dict[str, Any]


def once() -> Form:
    """The part of the form about a rhythm, before anything was chosen."""
    return {"how": ONCE, "weeks": 3, "count": 4, "days": [], "seen": "", "taken": [], "rows": [], "alone": False}


def typed() -> Form:
    """The same, as it came. seen: what the days were shown for, empty when none were shown yet; taken: the other
    sessions that were shown at their hours, see met.
    """
    return {"how": forms.line("how") or ONCE, "weeks": forms.number("weeks") or "",
            "count": forms.number("count") or "", "days": request.form.getlist("day")[:MOST],
            "seen": forms.line("seen"), "taken": request.form.getlist("taken"), "rows": [], "alone": False}


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
    told = fields | form | {"weeks": form["weeks"] or 1}
    return " ".join(str(told[name] or "-") for name in DECIDE)


def days(person: Any, opened: dict[str, str], fields: dict[str, Any], form: Form, ask: Ask) -> list[dict[str, Any]]:
    """The days as the form shows them: {on, start, clash: other sessions then, past, fit, ticked}.

    opened: its ids; ask: by what an hour fits.
    """
    found = rhythm.days(form["how"], fields["starts_on"], form["count"], form["weeks"] or 1)
    again = form["seen"] == asked_for(fields, form)
    first = next((on for on in found if on in form["days"]), "") if again else found[0]
    taken = agenda.ahead(person, planning.minutes_of(fields)[0])[::-1]  # read once, for all days
    rows = [(on, planning.among(taken, {own_of(opened, on, first)}, fields | {"starts_on": on})) for on in found]
    moments = [clock.instant(on, fields["starts_time"], fields["zone"]) for on in found]
    fits = [fitting.fit(ask, moment) for moment in moments]
    return [{"on": on, "start": clock.parts(moment, ask.zone), "clash": clash, "past": moment <= clock.now(),
             "fit": fit, "ticked": on in form["days"] if again else not (clash or moment <= clock.now() or fit["why"])}
            for (on, clash), moment, fit in zip(rows, moments, fits, strict=True)]


def still(fields: dict[str, Any], form: Form, errors: dict[str, str]) -> bool:
    """Whether the days that were shown are those of the form, whatever else is wrong with it."""
    return form["seen"] == asked_for(fields, form) and not any(name in errors for name in DECIDE)


def own_of(opened: dict[str, str], on: str, first: str) -> str:
    """The id of the session that the form makes on a day: the form's own on the first that is ticked."""
    return opened["record"] if on == first else records.name_id(opened["change"], f"record {on}")


def met(rows: list[dict[str, Any]]) -> list[str]:
    """The other sessions at the hours of these days, a line each: which one, and when it begins."""
    return [f"{one['id']} {one['at']}" for row in rows for one in row["clash"]]


def meanwhile(rows: list[dict[str, Any]], form: Form) -> bool:
    """Whether a day is ticked at whose hour there is a session that was not there when the days were shown."""
    return not set(met([row for row in rows if row["ticked"]])) <= set(form["taken"])


def wrong_days(rows: list[dict[str, Any]], form: Form) -> dict[str, str]:
    """Field to words, of the days that are ticked."""
    if meanwhile(rows, form):
        return {"day": MEANWHILE}
    return {} if ticks(rows) else {"day": NONE}


def shown(row: dict[str, Any], hour: list[str], card: Record | None, cards: dict[str, Record],
          zone: str) -> dict[str, Any]:
    """A day with the sessions that take a part of its hour, as a list prints it.

    hour: as it was typed; card: of whom one meets.
    """
    about = looking.clocks(clock.parse(row["start"]["iso"]), card, zone)
    there = [looking.item(one, cards, zone) for one in row["clash"]]
    return row | about | {"skipped": looking.skipped(hour), "clash": there}


def ticks(rows: list[dict[str, Any]]) -> list[str]:
    """The days that are ticked."""
    return [row["on"] for row in rows if row["ticked"]]


def changes(rows: list[dict[str, Any]], made: list[Record]) -> list[Record]:
    """One change for each day that is ticked. made: those of a form that plans a single session, that session first."""
    first, *others = made
    ticked = ticks(rows)
    fields = first["fields"] | ({"series": first["record"]} if len(ticked) > 1 else {})
    started = first | {"fields": fields | {"starts_on": ticked[0]}}
    return [started, *others, *(forms.anew(first, on, "session", fields | {"starts_on": on}) for on in ticked[1:])]
