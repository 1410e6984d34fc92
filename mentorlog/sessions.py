"""Sessions: when two people meet, by which channel, and what became of it."""
from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from flask import Blueprint, Response, request, url_for

from . import agenda, clock, due, forms, pages, partners, records
from .errors import Refused
from .models import Record as Row
from .pages import me

PAGE = 50
LENGTHS = (15, 30, 45, 60, 90)  # minutes
FIRST_DAY, LAST_DAY = "2000-01-01", "2099-12-31"
NEAR = 20
ORDER = ("starts_on", "starts_time", "zone", "minutes", "channel", "link", "phone", "partner", "partner_name")
WHEN = ("starts_on", "starts_time", "zone")
TAKEN = ("planned", "held")  # the states in which a session takes its hour
BY_LINK = ("video", "chat")
Record = dict[str, Any]


class Session(records.Paired):
    """One meeting. The wall time is the truth; the instant follows from it."""

    ordered_by = "starts"
    together = (frozenset({"starts_on", "starts_time", "zone"}),)

    starts_on: records.Day | None = None
    starts_time: records.Time | None = None
    zone: records.Zone | None = None
    minutes: Annotated[int, records.whole(5, 480)] = 60
    channel: Annotated[str, records.choice("video", "phone", "chat", "in_person")] = "video"
    link: records.Line2000 = ""
    phone: records.Line40 = ""
    state: Annotated[str, records.choice("planned", "held", "missed", "moved", "cancelled")] = "planned"
    partner: records.Ref | None = None
    notes: records.Prose60000 = ""

    @classmethod
    def at(cls, fields: records.Fields, made_at: str) -> str:
        """The instant at which it starts; `made_at` while day, time or zone is missing."""
        wall = [fields.get(name) for name in ("starts_on", "starts_time", "zone")]
        return clock.iso(clock.instant(*map(str, wall))) if all(wall) else made_at

    @classmethod
    def after_write(cls, record: Row, before: records.Fields | None) -> None:
        """Its reminders follow it."""
        due.follow_session(record)


# -- rules -------------------------------------------------------------------------------------------------------------

def item(record: Record, cards: dict[str, Record], zone: str) -> dict[str, Any]:
    """A session as a list prints it. theirs: its hour on the partner's clock, None where that is mine or not known."""
    fields, card = record["fields"], cards.get(record["fields"].get("partner") or "")
    start, moment = clock.parse(record["at"]), clock.now()
    there = card["fields"].get("zone") if card else None
    here = clock.parts(start, zone)
    theirs = clock.parts(start, there) if there and there != zone else None
    return {"id": record["id"], "start": here, "theirs": theirs, "same_day": not theirs or theirs["on"] == here["on"],
            "name": (card["fields"].get("name") or "") if card else "",
            "minutes": fields.get("minutes") or agenda.LENGTH, "channel": fields.get("channel") or "video",
            "state": agenda.state(record), "over": agenda.over(record, moment), "begun": start <= moment,
            "waiting": record["waiting"]}


def whole(record: Record, cards: dict[str, Record], zone: str) -> dict[str, Any]:
    """A session as its own page and Today print it: also how to get there, and the hidden fields of its buttons."""
    card = cards.get(record["fields"].get("partner") or "")
    own = partners.item(card) if card else None
    return item(record, cards, zone) | {
        "card": own, "reach": partners.reach(record["fields"], card["fields"] if card else {}),
        "ways": partners.ways(card["fields"]) if card else [], "opening": forms.opening(record)}


def overlapping(person: Any, id: str, fields: dict[str, Any]) -> Record | None:
    """Another session that takes a part of these minutes, the latest one."""
    start = clock.instant(*(fields[name] for name in WHEN))
    end = start + timedelta(minutes=fields["minutes"])
    near = records.shelf(person, "session", after={"at": clock.iso(end), "id": ""}, limit=NEAR)
    others = [one for one in near if one["id"] != id and agenda.state(one) in TAKEN]
    return next((one for one in others if agenda.end(one) > start), None)


def typed(zone: str) -> dict[str, Any]:
    """The fields of the form; zone: where none was typed."""
    channel, link = forms.choice("channel"), forms.line("link")
    return {"starts_on": forms.choice("starts_on"), "starts_time": forms.choice("starts_time"),
            "zone": forms.choice("zone") or zone, "minutes": forms.number("minutes"), "channel": channel,
            "link": link if channel == "in_person" else partners.web(link),
            "phone": forms.line("phone"), "partner": forms.choice("partner")}


def shown(fields: dict[str, Any], name: str = "") -> dict[str, Any]:
    """The fields of a session as its form shows them. name: typed for a card that there is not yet."""
    given = {one: fields.get(one) or "" for one in ORDER}
    return given | {"partner_name": name}


def wrong(fields: dict[str, Any], name: str, cards: dict[str, Record]) -> dict[str, str]:
    """Field to words."""
    found = forms.problems("session", fields)
    if not fields["starts_on"]:
        found["starts_on"] = "Choose a day."
    elif not FIRST_DAY <= fields["starts_on"] <= LAST_DAY:
        found["starts_on"] = "Choose a day between 2000 and 2099."
    if not fields["starts_time"]:
        found["starts_time"] = "Choose an hour."
    if fields["link"] and fields["channel"] in BY_LINK and not partners.is_web(fields["link"]):
        found.setdefault("link", "Write the whole address, beginning with https://.")
    if fields["phone"] and not partners.number(fields["phone"]):
        found.setdefault("phone", "Write the number with its country code, such as +49 30 1234567.")
    if fields["partner"] and fields["partner"] not in cards:
        found["partner"] = "Choose one of your cards, or write a name."
    if "name" in (about := forms.problems("partner", {"name": name})):
        found["partner_name"] = about["name"]
    return {field: found[field] for field in ORDER if field in found}


def changes(fields: dict[str, Any], name: str, opened: dict[str, str], cards: dict[str, Record]) -> list[Record]:
    """The changes of one form: the session, and the card of somebody whose name was typed and who has none."""
    first = forms.change("session", fields, opened)
    if fields["partner"] or not name:
        return [first]
    known = [id for id, card in cards.items() if card["fields"].get("name") == name]
    if known:
        fields["partner"] = known[0]
        return [first]
    second = forms.further(first, 2, "partner", {"name": name})
    fields["partner"] = second["record"]
    return [first, second]


def moved(record: Record, fields: dict[str, Any]) -> dict[str, str]:
    """What becomes of the state when the hour of a session changes: one that is to come is planned again."""
    same = all(record["fields"].get(name) == fields[name] for name in WHEN)
    later = not same and clock.instant(*(fields[name] for name in WHEN)) > clock.now()
    return {"state": "planned"} if later else {}


# -- pages; the same functions in the same order stand in service_worker/sessions.js -----------------------------------

bp = Blueprint("sessions", __name__)


def listed() -> dict[str, Any]:
    """The page of the list that is asked for: what comes, and 50 of those before, after the one named in `?after=`."""
    person, zone, moment = me().person, pages.zone(), clock.now()
    start = next(iter(records.many(person, [request.args.get("after", "")]).values()), None)
    near = [] if start else agenda.ahead(person, moment)
    coming = [record for record in near if not agenda.over(record, moment)]
    lately = [record for record in near if agenda.over(record, moment)][::-1]
    edge = start or {"at": clock.iso(moment - agenda.LONGEST), "id": ""}
    before = lately + records.shelf(person, "session", after=edge, limit=PAGE + 1)
    cards = partners.cards(person)
    return {"coming": [item(record, cards, zone) for record in coming],
            "before": [item(record, cards, zone) for record in before[:PAGE]],
            "older": before[PAGE - 1]["id"] if len(before) > PAGE else "", "first": start is None,
            "lines": agenda.count(person, coming[0]) if coming else 0, "year": clock.parts(moment, zone)["year"],
            "cards": [partners.item(card) for card in cards.values()]}


@bp.get("/sessions")
def index() -> Response:
    """What comes, soonest first; then what was before, newest first."""
    return pages.show("sessions/index.html", **listed())


@bp.route("/sessions/new", methods=["GET", "POST"])
def new() -> Response:
    """Plan one."""
    if request.method == "POST":
        return write(None, forms.typed_opening())
    cards = partners.cards(me().person)
    first = {"zone": pages.zone(), "minutes": 45, "channel": "video", "partner": next(iter(cards), "")}
    return pages.show("sessions/form.html", **planning(None, forms.opening(), shown(first), cards))


def planning(record: Record | None, opened: dict[str, str], form: dict[str, Any], cards: dict[str, Record],
             errors: dict[str, str] | None = None, clash: Record | None = None) -> dict[str, Any]:
    """What the form shows. clash: another session at that hour, beside which this one is planned only when ticked."""
    zone = pages.zone()
    lengths = sorted({*LENGTHS, form["minutes"]}) if isinstance(form["minutes"], int) else list(LENGTHS)
    return {"id": record["id"] if record else "", "now": item(record, cards, zone) if record else None,
            "opening": opened, "form": form, "errors": errors or {},
            "lengths": [[one, one] for one in lengths],
            "cards": [partners.item(card) for card in cards.values()],
            "clash": item(clash, cards, zone) if clash else None}


def write(record: Record | None, opened: dict[str, str]) -> Response:
    """Take the form, or show it again with what is wrong and everything that was typed."""
    fields, name, cards = typed(pages.zone()), forms.line("partner_name"), partners.cards(me().person)
    form, errors, clash = shown(fields, name), wrong(fields, name, cards), None
    if not errors and not forms.ticked("anyway"):
        clash = overlapping(me().person, opened["record"], fields)
    if not errors and not clash:
        fields |= moved(record, fields) if record else {"state": "planned"}
        try:
            return pages.see_other("sessions.show", id=forms.save(*changes(fields, name, opened, cards)))
        except Refused as error:
            errors = {error.field or "starts_on": str(error)}
    return pages.show("sessions/form.html", 422, **planning(record, opened, form, cards, errors, clash))


@bp.get("/sessions/<id>")
def show(id: str) -> Response:
    """The hour, the way in and the other ways, the agenda, notes, and what became of it."""
    return page(records.find(me().person, "session", id))


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


def worksheet(record: Record) -> dict[str, str]:
    """A worksheet as a row prints it."""
    return {"id": record["id"], "title": record["fields"].get("title") or ""}


@bp.route("/sessions/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """Change a session; another day or hour moves it."""
    record = records.find(me().person, "session", id)
    if request.method == "POST":
        return write(record, forms.typed_opening(record))
    form, cards = shown(record["fields"]), partners.cards(me().person)
    return pages.show("sessions/form.html", **planning(record, forms.opening(record), form, cards))


@bp.post("/sessions/<id>/cancel")
def cancel(id: str) -> Response:
    """Cancel a session; the next page offers the way back."""
    record = records.find(me().person, "session", id)
    forms.save(forms.change("session", {"state": "cancelled"}, forms.typed_opening(record)))
    pages.notice("Session cancelled.", undo=url_for("sessions.resume", id=id))
    return pages.see_other("sessions.index")


@bp.post("/sessions/<id>/resume")
def resume(id: str) -> Response:
    """Plan a cancelled session again, at its hour."""
    record = records.find(me().person, "session", id)
    forms.save(forms.change("session", {"state": "planned"}, forms.typed_opening(record)))
    return pages.see_other("sessions.show", id=id)


@bp.post("/sessions/<id>/held")
def held(id: str) -> Response:
    """How it went: held, or missed when it fell through."""
    record, chosen = records.find(me().person, "session", id), forms.line("state")
    if chosen not in agenda.DONE:
        return page(record, errors={"state": "Choose one of the answers offered."}, status=422)
    forms.save(forms.change("session", {"state": chosen}, forms.typed_opening(record)))
    return pages.see_other("sessions.show", id=id)


@bp.post("/sessions/<id>/notes")
def notes(id: str) -> Response:
    """Keep the notes of a session."""
    record = records.find(me().person, "session", id)
    opened, text = forms.typed_opening(record), forms.text("notes")
    errors = forms.problems("session", {"notes": text})
    if not errors:
        try:
            forms.save(forms.change("session", {"notes": text}, opened))
            return pages.see_other("sessions.show", id=id)
        except Refused as error:
            errors = {"notes": str(error)}
    return page(record, text, opened, errors, 422)
