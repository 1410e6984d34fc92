"""Partner cards: how a mentee reaches a mentor who has no account here."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from . import agreement, clock, forms, pages, records, ways
from .errors import Refused
from .pages import me
from .ways import number, opens, web

ORDER = ("name", "email", "phone", "link", "zone", "fallback")
CANNOT_WORK = {"email": ways.wrong_mail, "phone": ways.wrong_number, "link": ways.wrong_link,
               "fallback": ways.wrong_lines}
Record = dict[str, Any]


class Partner(records.Private):
    """The mentee's own card of a mentor."""

    name: records.Line200 = ""
    email: records.Line200 = ""
    phone: records.Line40 = ""
    link: records.Line2000 = ""
    zone: records.Zone | None = None
    fallback: records.Prose5000 = ""  # one way a line, in the order to try them


# -- rules -------------------------------------------------------------------------------------------------------------

def reach(fields: dict[str, Any], card: dict[str, Any]) -> dict[str, str]:
    """The way into a session: {href, words}. The session's own link or number, else the one on the card.

    href: "" where there is none to tap; words: what to read then, such as a place.
    """
    link, phone = (fields.get(name) or card.get(name) or "" for name in ("link", "phone"))
    channel = fields.get("channel") or "video"
    if channel == "phone":
        digits = number(phone)
        return {"href": f"tel:{digits}" if digits else "", "words": phone}
    if channel == "in_person":
        link = fields.get("link") or ""
    return {"href": link if opens(link) else "", "words": link}


def item(record: Record) -> dict[str, Any]:
    """A card as a list prints it."""
    fields = record["fields"]
    return {"id": record["id"], "name": fields.get("name") or "", "phone": fields.get("phone") or "",
            "zone": fields.get("zone") or "", "waiting": record["waiting"]}


def row(card: Record, zone: str) -> dict[str, Any]:
    """A card as the list of sessions prints it: also the hour on its clock, and its agreement in brief."""
    agreed = agreement.brief(card["agreement"], pages.today())
    return item(card) | {"now": there(card["fields"], zone), "agreement": agreed}


def there(fields: dict[str, Any], zone: str) -> dict[str, Any] | None:
    """What the clock of a partner shows now, as parts; None where it is mine or not known."""
    away = fields.get("zone")
    return clock.parts(clock.now(), away) if away and away != zone else None


def cards(person: Any) -> dict[str, Record]:
    """All cards of a person by id, the newest first, each with the fields of its `agreement`, {} without one."""
    agreed = agreement.by_card(person)
    return {record["id"]: record | {"agreement": agreed.get(record["id"], {})}
            for record in records.shelf(person, "partner")}


def typed() -> dict[str, Any]:
    """The fields of the card's form."""
    return {"name": forms.line("name"), "email": forms.line("email"), "phone": forms.line("phone"),
            "link": web(forms.line("link")), "zone": forms.zone("zone"), "fallback": forms.text("fallback")}


def shown(fields: dict[str, Any]) -> dict[str, str]:
    """The fields of a card as its form shows them."""
    return {name: fields.get(name) or "" for name in ORDER}


def wrong(fields: dict[str, Any]) -> dict[str, str]:
    """Field to words."""
    found = forms.problems("partner", fields)
    if not fields["name"]:
        found["name"] = "Write the name you know your mentor by."
    for name, rule in CANNOT_WORK.items():
        if fields[name] and (words := rule(fields[name])):
            found.setdefault(name, words)
    return {name: found[name] for name in ORDER if name in found}


# -- pages; the same functions in the same order stand in service_worker/partners.js -----------------------------------

bp = Blueprint("partners", __name__)


@bp.route("/partners/new", methods=["GET", "POST"])
def new() -> Response:
    """Make a card."""
    if request.method == "GET":
        return pages.show("partners/form.html", id="", opening=forms.opening(), form=shown({}), errors={})
    return write("", forms.typed_opening())


def write(id: str, opened: dict[str, str]) -> Response:
    """Take the form, or show it again with what is wrong and everything that was typed."""
    fields = typed()
    errors = wrong(fields)
    if not errors:
        try:
            return pages.see_other("partners.show", id=forms.save(forms.change("partner", fields, opened)))
        except Refused as error:
            errors = {error.field or "name": str(error)}
    return pages.show("partners/form.html", 422, id=id, opening=opened, form=shown(fields), errors=errors)


@bp.get("/partners/<id>")
def show(id: str) -> Response:
    """The card: how to reach them, now and when it isn't working."""
    record = records.find(me().person, "partner", id)
    of = agreement.of_card(me().person, id)
    return pages.show("partners/show.html", card=whole(record, of["fields"] if of else {}))


def whole(record: Record, agreed: dict[str, Any]) -> dict[str, Any]:
    """A card as its page prints it; what can be tapped beside what was typed. agreed: fields of its agreement.

    kept: of it what cannot be tapped; ways: those that hold; lines: those of the card that gave way to an agreement and
    are none of its ways.
    """
    fields, on = record["fields"], pages.today()
    found = agreement.ways_to(fields, agreed)
    email, phone, link = (fields.get(name) or "" for name in ("email", "phone", "link"))
    mail = ways.mailto(email) if ways.MAIL.fullmatch(email) else ""
    call, opened = f"tel:{number(phone)}" if number(phone) else "", link if opens(link) else ""
    return item(record) | {
        "email": email, "mail": mail, "call": call, "web": opened,
        "kept": [typed for typed, href in ((link, opened), (phone, call), (email, mail)) if typed and not href],
        "ways": found, "now": there(fields, pages.zone()),
        "lines": others(ways.of_card({"fallback": fields.get("fallback")}), found) if agreed.get("ways") else [],
        "agreement": agreement.brief(agreed, on)}


def others(lines: list[ways.Way], found: list[ways.Way]) -> list[ways.Way]:
    """The lines of a card that lead elsewhere than the ways which stand above them."""
    said = [leads(one) for one in found]
    return [one for one in lines if leads(one) not in said]


def leads(way: ways.Way) -> str:
    """Where a way leads, whatever a text message says already."""
    href = way["href"]
    return (href.partition("?")[0] if href.startswith("sms:") else href) or way["own"]


@bp.route("/partners/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """Change a card."""
    record = records.find(me().person, "partner", id)
    if request.method == "GET":
        opened = forms.opening(record)
        return pages.show("partners/form.html", id=id, opening=opened, form=shown(record["fields"]), errors={})
    return write(id, forms.typed_opening(record))
