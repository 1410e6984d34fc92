"""The page of a session. Twin: service_worker/sessions/page.js."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response

from .. import agenda, clock, forms, pages, partners, records, settings
from ..journal import looking as journal
from ..models import Person
from ..pages import me
from .looking import whole, worksheet
from .planning import NEAR

MOST_ENTRIES = 5  # of those about one session
LOOKED_AT = 100  # entries: the last ones, and the last of the weeks after the session
SOON = timedelta(days=60)
Record = dict[str, Any]


def page(record: Record, notes: str | None = None, opened: dict[str, str] | None = None,
         errors: dict[str, str] | None = None, status: int = 200) -> Response:
    """The page of a session; with what was typed as notes when that could not be taken."""
    person, zone, cards = me().person, pages.zone(), partners.cards(me().person)
    session = whole(record, cards, zone)
    sheets = [worksheet(sheet) for sheet in records.shelf(person, "worksheet", limit=NEAR)
              if sheet["fields"].get("session") == record["id"]]
    return pages.show(
        "sessions/show.html", status, session=session, agenda=agenda.agenda(person, record, zone),
        adding=agenda.adding(record["id"]), worksheets=sheets,
        entries=entries(person, record, zone) if session["begun"] else [],
        kept=pages.unsettled(), reminding=settings.wished(),
        notes={"opening": opened or forms.opening(record), "errors": errors or {},
               "text": record["fields"].get("notes") or "" if notes is None else notes})


def entries(person: Person, session: Record, zone: str) -> list[dict[str, Any]]:
    """What was written about a session, as the journal lists it, the newest first."""
    until = {"at": clock.iso(clock.parse(session["at"]) + SOON), "id": ""}
    near = [*records.shelf(person, "entry", limit=LOOKED_AT),
            *records.shelf(person, "entry", after=until, limit=LOOKED_AT)]
    about = {one["id"]: one for one in near if one["fields"].get("session") == session["id"]}
    return [journal.item(one, zone) for one in [*about.values()][:MOST_ENTRIES]]
