"""The page of a session. Twin: service_worker/sessions/page.js."""
from __future__ import annotations

from typing import Any

from flask import Response

from .. import agenda, forms, memory, pages, partners, records, settings
from ..journal import looking as journal
from ..models import Person
from ..pages import me
from .looking import whole, worksheet
from .planning import NEAR

MOST_ENTRIES = 5  # of those about one session
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
        adding=agenda.adding(record["id"]), worksheets=sheets, entries=entries(person, session, zone),
        kept=pages.unsettled(), reminding=settings.wished(),
        notes={"opening": opened or forms.opening(record), "errors": errors or {},
               "text": record["fields"].get("notes") or "" if notes is None else notes})


def entries(person: Person, session: dict[str, Any], zone: str) -> list[dict[str, Any]]:
    """What was written about a session that has begun, as the journal lists it, the newest first."""
    if not session["begun"]:
        return []
    ids = [row.id for row in memory.rows(person) if row.kind == "entry" and row.session == session["id"]]
    found = records.many(person, ids[:MOST_ENTRIES])
    return [journal.item(found[id], zone) for id in ids if id in found]
