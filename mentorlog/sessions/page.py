"""The page of a session. Twin: service_worker/sessions/page.js."""
from __future__ import annotations

from typing import Any

from flask import Response

from .. import agenda, forms, pages, partners, records
from ..pages import me
from .looking import whole, worksheet
from .planning import NEAR

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
        adding=agenda.adding(record["id"]), worksheets=sheets, kept=pages.unsettled(),
        notes={"opening": opened or forms.opening(record), "errors": errors or {},
               "text": record["fields"].get("notes") or "" if notes is None else notes})
