"""The page of a session. Twin: service_worker/sessions/page.js."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response

from .. import agenda, clock, forms, goals, pages, partners, records, settings
from ..journal import looking as journal
from ..models import Person
from ..pages import me
from .looking import until, whole, worksheet
from .planning import NEAR

MOST_ENTRIES = 5  # of those about one session
MOST_GOALS = 5
LOOKED_AT = 100  # entries: the last ones, and the last of the weeks after the session
SOON = timedelta(days=60)
Record = dict[str, Any]


def page(record: Record, notes: str | None = None, opened: dict[str, str] | None = None,
         errors: dict[str, str] | None = None, status: int = 200) -> Response:
    """The page of a session; with what was typed as notes when that could not be taken."""
    person, zone, cards = me().person, pages.zone(), partners.cards(me().person)
    given = agenda.numbers(person)
    session = whole(record, cards, zone, given)
    sheets = [worksheet(sheet) for sheet in records.shelf(person, "worksheet", limit=NEAR)
              if sheet["fields"].get("session") == record["id"]]
    return pages.show(
        "sessions/show.html", status, session=session, until=until([record], zone),
        agenda=agenda.agenda(person, record, zone, given), adding=agenda.adding(record["id"]), worksheets=sheets,
        goals=goals_of(person, record, session["start"]["on"], zone),
        entries=entries(person, record, zone) if session["begun"] else [],
        kept=pages.unsettled(), reminding=settings.wished(record),
        notes={"opening": opened or forms.opening(record), "errors": errors or {},
               "text": record["fields"].get("notes") or "" if notes is None else notes})


def goals_of(person: Person, session: Record, on: str, zone: str) -> list[dict[str, Any]]:
    """The goals to rate in a session, or that were rated: those to be done by it, or on its day; else, while it is
    planned, the one that can be looked back at now. on: its day. None of one that is cancelled.
    """
    state, today = agenda.state(session), clock.parts(clock.now(), zone)["on"]
    if state == "cancelled":
        return []
    found = goals.everything(person)
    still = goals.open_ones(found)
    there = [*still, *(one for one in found if one["rating"])]
    tied = [one for one in there if session["id"] == one["fields"].get("session") or on == one["fields"].get("due_on")]
    ready = [one for one in still if state == "planned" and (one["fields"].get("due_on") or today) <= today][:1]
    return [goals.summary(one) for one in (tied or ready)[:MOST_GOALS]]


def entries(person: Person, session: Record, zone: str) -> list[dict[str, Any]]:
    """What was written about a session, as the journal lists it, the newest first."""
    until = {"at": clock.iso(clock.parse(session["at"]) + SOON), "id": ""}
    near = [*records.shelf(person, "entry", limit=LOOKED_AT),
            *records.shelf(person, "entry", after=until, limit=LOOKED_AT)]
    about = {one["id"]: one for one in near if one["fields"].get("session") == session["id"]}
    return [journal.item(one, zone) for one in [*about.values()][:MOST_ENTRIES]]
