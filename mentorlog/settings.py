"""How the app looks and when it may remind: one record for each person."""
from __future__ import annotations

import json
from typing import Annotated, Any

from flask import Blueprint, Response, request

from . import clock, forms, pages, records
from .pages import me


class Settings(records.Private):
    """One for each person: its id is `name_id(names, "settings")`."""

    meaning = True

    theme: Annotated[str, records.choice("auto", "light", "dark")] = "auto"
    text_size: Annotated[str, records.choice("normal", "large", "largest")] = "normal"
    zone: records.Zone | None = None  # None: follow my phone
    remind: records.Flag = True
    shortcuts: records.Flag = True  # of the keyboard
    quiet_from: records.Time | None = None
    quiet_until: records.Time | None = None
    mail_prepare: records.Flag = True  # e-mails, as far as any come
    mail_join: records.Flag = True
    mail_goal: records.Flag = True
    mail_worksheet: records.Flag = True
    course_on: records.Day | None = None  # before that day nobody asks whether it has run its course


Record = dict[str, Any]
FORMAT = 1  # of the file of a copy

# -- rules -------------------------------------------------------------------------------------------------------------


def shown(fields: dict[str, Any]) -> dict[str, Any]:
    """The settings as the form shows them, each with what holds when nothing was chosen."""
    return {"theme": fields.get("theme") or "auto", "text_size": fields.get("text_size") or "normal",
            "zone": fields.get("zone") or "", "remind": fields.get("remind") is not False,
            "shortcuts": fields.get("shortcuts") is not False}


def typed() -> dict[str, Any]:
    """The fields of the settings form; no zone means: follow the device."""
    return {"theme": forms.choice("theme"), "text_size": forms.choice("text_size"), "zone": forms.choice("zone"),
            "remind": forms.ticked("remind"), "shortcuts": forms.ticked("shortcuts")}


def copied(record: Record) -> Record:
    """A record as the file of a copy holds it."""
    return {name: record[name] for name in ("id", "kind", "owner", "pair", "at", "fields", "rev")}


# -- pages; the same functions in the same order stand in service_worker/settings.js -----------------------------------

bp = Blueprint("settings", __name__)


def own() -> tuple[str, Record | None]:
    """The id of the person's settings, and the record once there is one."""
    id = records.name_id(me().person.names, "settings")
    return id, records.many(me().person, [id]).get(id)


@bp.route("/settings", methods=["GET", "POST"])
def index() -> Response:
    """Look, zone, reminders; the account is Flask's."""
    id, record = own()
    if request.method == "GET":
        return screen(forms.opening(record, id), shown(record["fields"] if record else {}))
    opened, fields = forms.typed_opening(record, id), typed()
    if errors := forms.problems("settings", fields):
        return screen(opened, shown(fields), errors, 422)
    forms.save(forms.change("settings", fields, opened))
    return pages.see_other("settings.index")


def screen(opened: dict[str, str], form: dict[str, Any], errors: dict[str, str] | None = None,
           status: int = 200) -> Response:
    """The form, and what stands beside it."""
    data = {"opening": opened, "form": form, "here": pages.zone(), "errors": errors or {}}
    return pages.show("settings/index.html", status, **data)


@bp.get("/install")
def install() -> Response:
    """How to keep the app on this device."""
    return pages.show("settings/install.html")


@bp.get("/settings/copy")
def copy() -> Response:
    """A file of everything this server has of the person, the bin too; on a device, of everything that stands there."""
    found = sorted(records.with_bins(me().person), key=lambda record: str(record["id"]))
    body = {"app": "mentorlog", "format": FORMAT, "made_at": clock.iso(clock.now()), "owner": me().person.id,
            "person": me().person.name, "changes": [], "drafts": [], "records": [copied(one) for one in found]}
    reply = Response(json.dumps(body, ensure_ascii=False, indent=1), mimetype="application/json")
    reply.headers["Content-Disposition"] = 'attachment; filename="mentorlog.json"'
    return reply
