"""How the app looks and when it may remind: one record for each person."""
from __future__ import annotations

import json
from datetime import timedelta
from typing import Annotated, Any

from flask import Blueprint, Flask, Response, current_app, request

from . import clock, due, forms, pages, records
from .models import Person
from .models import Record as Row
from .pages import me


class Settings(records.Private):
    """One for each person: its id is `name_id(names, "settings")`."""

    meaning = True
    together = (frozenset({"here", "here_before", "here_at"}),)

    theme: Annotated[str, records.choice("auto", "light", "dark")] = "auto"
    text_size: Annotated[str, records.choice("normal", "large", "largest")] = "normal"
    zone: records.Zone | None = None  # None: follow my phone
    here: records.Zone | None = None  # where the phone was that synced last; before: until `here_at`
    here_before: records.Zone | None = None
    here_at: records.Instant | None = None
    remind: records.Flag = True  # at all; then each kind by itself
    remind_join: records.Flag = True
    remind_prepare: records.Flag = True
    remind_goal: records.Flag = True
    remind_worksheet: records.Flag = True
    join_before: Annotated[int, records.whole(5, 240)] = due.JOIN_BEFORE  # minutes
    prepare_day: Annotated[str, records.choice("before", "same", "hours")] = "before"  # than that of the session
    prepare_time: records.Time = due.EVENING
    goal_day: Annotated[str, records.choice("before", "same")] = "same"  # as the day it is due
    goal_time: records.Time = due.MORNING
    worksheet_time: records.Time = due.EVENING
    lock_screen: Annotated[str, records.choice("neutral", "full")] = "neutral"
    shortcuts: records.Flag = True  # of the keyboard
    quiet_from: records.Time | None = None
    quiet_until: records.Time | None = None
    mail: records.Flag = False  # letters in any case, not only where no device is reached; then each kind by itself
    mail_prepare: records.Flag = True
    mail_join: records.Flag = True
    mail_goal: records.Flag = True
    mail_worksheet: records.Flag = True
    course_on: records.Day | None = None  # before that day nobody asks whether it has run its course

    @classmethod
    def after_write(cls, record: Row, before: records.Fields | None) -> None:
        """What waits for the person moves along with their hours."""
        due.follow_settings(record, before)


Record = dict[str, Any]
FORMAT = 1  # of the file of a copy
FLAGS = ("remind", "remind_join", "remind_prepare", "remind_goal", "remind_worksheet")
MAILS = ("mail_prepare", "mail_join", "mail_goal", "mail_worksheet")
WHEN = {"prepare_day": "before", "goal_day": "same", "prepare_time": due.EVENING, "goal_time": due.MORNING,
        "worksheet_time": due.EVENING}
TYPED = ("prepare_day", "prepare_time", "join_before", "goal_day", "goal_time", "worksheet_time", "quiet_from",
         "quiet_until", "lock_screen")
LEADS = (5, 10, 15, 30, 60, 120)  # minutes
HALF = "Quiet hours need both: from when, and until when. Leave both empty for none."
LEAST_LOUD, A_DAY = 60, 24 * 60  # minutes
WHOLE_DAY = "That would be quiet day and night: leave an hour. To hear of nothing at all, switch Remind me off."

# -- rules -------------------------------------------------------------------------------------------------------------


def shown(fields: dict[str, Any]) -> dict[str, Any]:
    """The settings as the form shows them, each with what holds when nothing was chosen."""
    return {"theme": fields.get("theme") or "auto", "text_size": fields.get("text_size") or "normal",
            "zone": fields.get("zone") or "", "shortcuts": fields.get("shortcuts") is not False}


def typed() -> dict[str, Any]:
    """The fields of the settings form; no zone means: follow the phone."""
    return {"theme": forms.choice("theme"), "text_size": forms.choice("text_size"), "zone": forms.zone("zone"),
            "shortcuts": forms.ticked("shortcuts")}


def reminding(fields: dict[str, Any]) -> dict[str, Any]:
    """What somebody is reminded of and when, each with what holds when nothing was chosen."""
    return {**{name: fields.get(name) is not False for name in FLAGS},
            **{name: fields.get(name) or usual for name, usual in WHEN.items()},
            "mail": fields.get("mail") is True, **{name: fields.get(name) is not False for name in MAILS},
            "join_before": fields.get("join_before") or due.JOIN_BEFORE,
            "quiet_from": fields.get("quiet_from") or "", "quiet_until": fields.get("quiet_until") or "",
            "lock_screen": fields.get("lock_screen") or "neutral"}


def typed_reminding() -> dict[str, Any]:
    """The fields of the form of the reminders. Of letters it says nothing where it had no switches for them."""
    letters = {name: forms.ticked(name) for name in ("mail", *MAILS)} if forms.ticked("mails") else {}
    return {**{name: forms.ticked(name) for name in FLAGS}, **{name: forms.choice(name) for name in WHEN},
            **letters, "join_before": forms.number("join_before"), "quiet_from": forms.choice("quiet_from"),
            "quiet_until": forms.choice("quiet_until"),
            "lock_screen": forms.choice("lock_screen")}


def wrong_reminding(fields: dict[str, Any]) -> dict[str, str]:
    """Field to words. Quiet hours are two wall times that leave some of a day, or none."""
    found, start, end = forms.problems("settings", fields), fields["quiet_from"], fields["quiet_until"]
    if bool(start) != bool(end):
        found.setdefault("quiet_until" if start else "quiet_from", HALF)
    elif start and "quiet_from" not in found and "quiet_until" not in found and loud(start, end) < LEAST_LOUD:
        found["quiet_until"] = WHOLE_DAY
    return {name: found[name] for name in TYPED if name in found}


def loud(start: str, end: str) -> int:
    """Minutes of a day that are left beside quiet hours; none where they are the whole of it."""
    first, last = (int(time[:2]) * 60 + int(time[3:]) for time in (start, end))
    return (first - last) % A_DAY


def by_letter(form: dict[str, Any], served: bool) -> str:
    """Whether letters come in any case: "on", "off", or "none" where none could, for want of a server or a kind.
    form: see reminding."""
    kinds = [name for name in MAILS if form[name.replace("mail", "remind")]]
    if not served or not form["remind"] or not kinds:
        return "none"
    return "on" if form["mail"] and any(form[name] for name in kinds) else "off"


def listed(fields: dict[str, Any], zone: str) -> dict[str, Any]:
    """What the list of groups says beside their names: {on, quiet_from: "" without quiet hours, city: of the zone in
    which hours are shown now}."""
    form, city = reminding(fields), zone.rpartition("/")[2].replace("_", " ")
    is_on = form["remind"] and any(form[name] for name in FLAGS[1:])
    return {"on": is_on, "quiet_from": form["quiet_from"], "city": city}


def copied(record: Record) -> Record:
    """A record as the file of a copy holds it."""
    return {name: record[name] for name in ("id", "kind", "owner", "pair", "at", "fields", "rev")}


def own_of(person: Person) -> tuple[str, Record | None]:
    """The id of somebody's settings, and the record once there is one."""
    id = records.name_id(person.names, "settings")
    return id, records.many(person, [id]).get(id)


def mails(app: Flask) -> bool:
    """Whether there is a server that sends letters."""
    return bool(app.extensions["config"].smtp_host)


# -- pages; the same functions in the same order stand in service_worker/settings.js -----------------------------------

bp = Blueprint("settings", __name__)


def own() -> tuple[str, Record | None]:
    """The id of the person's settings, and the record once there is one."""
    return own_of(me().person)


def wished(session: Record | None = None) -> dict[str, Any]:
    """What the person here is reminded of and when, as it is kept, see reminding. focus: whether focus is kept; join:
    of a session, see hushed; letters: see by_letter; zone: by whose clock, see clock_of; here: in which this device
    shows hours."""
    ids = [records.name_id(me().person.names, kind) for kind in ("settings", "hours")]
    found = records.many(me().person, ids)
    kept, week = (found[id]["fields"] if id in found else {} for id in ids)
    join, form = hushed(session, kept, week) if session else None, reminding(kept)
    letters, clocks = by_letter(form, mails(current_app)), {"zone": clock_of(kept), "here": pages.zone()}
    return form | {"focus": bool(week.get("protected")), "join": join, "letters": letters} | clocks


def clock_of(kept: dict[str, Any]) -> str:
    """The zone by whose clock reminders and quiet hours are. A device may show hours by another one: it stays where it
    is while the phone travels. kept: the fields of the settings."""
    return due.Wishes("", home=me().person.zone, fields=kept).zone


def hushed(session: Record, kept: dict[str, Any], week: dict[str, Any]) -> dict[str, Any] | None:
    """To join a session that is to come, where hours in which nothing rings keep it from its moment: {at: parts of when
    it is said, or None, over: whether no moment for it is left}; None where it is said as chosen, or at once."""
    form, start, now = reminding(kept), session["at"], clock.now()
    coming = (session["fields"].get("state") or "planned") == "planned" and start > clock.iso(now)
    if not (coming and clock.wall(session["fields"]) and form["remind"] and form["remind_join"]):
        return None
    begins, wishes = clock.parse(start), due.Wishes("", home=me().person.zone, fields=kept, week=week)
    chosen = begins - timedelta(minutes=form["join_before"])
    at = due.outside(wishes, chosen, begins, True)
    if at and at <= now:  # it was said, or the session is planned in these hours: what the loop does with that one now
        return {"at": None, "over": True} if (due.held_back(wishes, now, begins) or now) >= begins else None
    return None if at == chosen else {"at": clock.parts(at, pages.zone()) if at else None, "over": False}


def groups() -> dict[str, Any]:
    """What the list of groups says, which stands beside each of them where there is room; see listed."""
    return listed(pages.settings(), pages.zone())


@bp.route("/settings", methods=["GET", "POST"])
def index() -> Response:
    """The groups, and beside them, where there is room, the reminders. A page that was opened when the look stood here
    sends it here."""
    if request.method == "POST":
        return look()
    id, record = own()
    return reminders_screen(forms.opening(record, id), reminding(record["fields"] if record else {}),
                            template="settings/index.html")


@bp.route("/settings/look", methods=["GET", "POST"])
def look() -> Response:
    """Theme, size of the text, zone, keys."""
    id, record = own()
    if request.method == "GET":
        return look_screen(forms.opening(record, id), shown(record["fields"] if record else {}))
    opened, fields = forms.typed_opening(record, id), typed()
    if errors := forms.problems("settings", fields):
        return look_screen(opened, shown(fields), errors, 422)
    forms.save(forms.change("settings", fields, opened))
    return pages.see_other("settings.look")


def look_screen(opened: dict[str, str], form: dict[str, Any], errors: dict[str, str] | None = None,
                status: int = 200) -> Response:
    """The form of the look."""
    data = {"opening": opened, "form": form, "here": pages.zone(), "groups": groups(), "errors": errors or {}}
    return pages.show("settings/look.html", status, **data)


@bp.route("/settings/reminders", methods=["GET", "POST"])
def reminders() -> Response:
    """Of what, when, where and in which words somebody is reminded."""
    id, record = own()
    if request.method == "GET":
        return reminders_screen(forms.opening(record, id), reminding(record["fields"] if record else {}))
    opened, fields = forms.typed_opening(record, id), typed_reminding()
    if errors := wrong_reminding(fields):
        kept = reminding(record["fields"] if record else {})
        asked = kept | {name: "" if value is None else value for name, value in fields.items()}
        return reminders_screen(opened, asked, errors, 422)
    forms.save(forms.change("settings", fields, opened))
    pages.notice("Your reminders are set.")
    return pages.see_other("settings.reminders")


def reminders_screen(opened: dict[str, str], form: dict[str, Any], errors: dict[str, str] | None = None,
                     status: int = 200, template: str = "settings/reminders.html") -> Response:
    """The form of the reminders, with what this device does."""
    leads = sorted({*LEADS, form["join_before"]}) if isinstance(form["join_before"], int) else list(LEADS)
    data = {"opening": opened, "form": form, "leads": leads, "mails": mails(current_app), "reminding": wished(),
            "groups": groups(), "errors": errors or {}}
    return pages.show(template, status, **data)


@bp.post("/settings/by-mail")
def by_mail() -> Response:
    """Letters in any case, by a tap where a device cannot remind: of the kinds chosen for them; of all if none came."""
    id, record = own()
    kept = wished()
    if kept["letters"] == "off":
        chosen = any(kept[name] and kept[name.replace("mail", "remind")] for name in MAILS)
        fields = {"mail": True} | ({} if chosen else dict.fromkeys(MAILS, True))
        forms.save(forms.change("settings", fields, forms.opening(record, id)))
        pages.notice("You are reminded by e-mail in any case.")
    return pages.see_other("settings.reminders")


@bp.get("/install")
def install() -> Response:
    """How to keep the app on this device, and whether the browser keeps what stands in it."""
    return pages.show("settings/install.html", groups=groups())


@bp.get("/settings/copy")
def copy() -> Response:
    """A file of everything this server has of the person, the bin too; on a device, of everything that stands there."""
    found = sorted(records.with_bins(me().person), key=lambda record: str(record["id"]))
    body = {"app": "mentorlog", "format": FORMAT, "made_at": clock.iso(clock.now()), "owner": me().person.id,
            "person": me().person.name, "changes": [], "drafts": [], "records": [copied(one) for one in found]}
    reply = Response(json.dumps(body, ensure_ascii=False, indent=1), mimetype="application/json")
    reply.headers["Content-Disposition"] = 'attachment; filename="mentorlog.json"'
    return reply
