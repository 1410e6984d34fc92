"""Drawing a week: which record it is, and what its form sends. Twin: service_worker/times/drawing.js."""
from __future__ import annotations

from typing import Any

from .. import forms, records
from . import grids

Record = dict[str, Any]


def name(partner: str = "") -> str:
    """The name of the record for `name_id`: my own hours, or those of a partner as I know them."""
    return f"hours:{partner}" if partner else "hours"


def own(person: Any, partner: str = "") -> tuple[str, Record | None]:
    """The id of an hours record, and the record once there is one."""
    id = records.name_id(person.names, name(partner))
    return id, records.many(person, [id]).get(id)


def typed(fits: tuple[str, ...]) -> dict[str, Any]:
    """The sets as the form sends them, one text each: `mon-09 mon-10`. fits: those that this form knows."""
    sent = {fit: set(forms.line(fit).split(" ")) for fit in fits}
    return grids.sorted_out({cell: fit for fit in reversed(grids.STRICTEST_FIRST) if fit in fits for cell in sent[fit]})
