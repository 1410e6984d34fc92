"""Partner cards: how a mentee reaches a mentor who has no account here."""
from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, request

from . import forms, pages, records
from .errors import Refused
from .pages import me

MOST_WAYS = 10
ORDER = ("name", "email", "phone", "link", "zone", "fallback")
# ASCII rules alone: \s, \w and ignored case are not the same in Python and in JavaScript.
LINK = re.compile(r"https?://[^\x00-\x20]+", re.IGNORECASE | re.ASCII)
BARE_LINK = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?(/[^\x00-\x20]*)?", re.IGNORECASE | re.ASCII)
MAIL = re.compile(r"[^\x00-\x20@,<>]{1,64}@[^\x00-\x20@,<>]{1,180}\.[^\x00-\x20@,<>.]{1,60}")
NUMBER = re.compile(r"\+?[0-9][0-9 ()/.-]{2,38}[0-9]")
ABROAD = re.compile(r"[ (]*\+")
MESSAGE = re.compile("sms|text|message", re.IGNORECASE | re.ASCII)
VIDEO = re.compile("video", re.IGNORECASE | re.ASCII)
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

def web(typed: str) -> str:
    """A link as it was typed, with `https://` before a bare address such as meet.example/room."""
    return f"https://{typed}" if BARE_LINK.fullmatch(typed) else typed


def is_web(link: str) -> bool:
    """True for what a browser can open; nothing else becomes a link."""
    return LINK.fullmatch(link) is not None


def number(phone: str) -> str:
    """The digits of a phone number for `tel:` and `sms:`, with a leading plus; "" where there are too few to call."""
    plus = "+" if ABROAD.match(phone) else ""
    digits = re.sub("[^0-9]", "", phone.replace("(0)", "", 1) if plus else phone)
    return plus + digits if len(digits) > 2 else ""


def ways(fields: dict[str, Any]) -> list[dict[str, str]]:
    """The fallback ways of a card in their order, else its phone number: {href, icon, title, own, small}.

    href: "" where there is nothing to tap. own: the person's words; else title holds the app's.
    """
    typed = [line.strip(" ") for line in (fields.get("fallback") or "").split("\n")]
    name = fields.get("name") or "your mentor"
    found = [way(line, name) for line in typed if line][:MOST_WAYS]
    phone = fields.get("phone") or ""
    return found or ([call(phone, "", name), message(phone, "", name)] if number(phone) else [])


def way(line: str, name: str) -> dict[str, str]:
    """One line of the fallback, such as `phone +49 30 1234567` or `chat https://…`."""
    if link := LINK.search(line):
        said = without(line, link[0])
        return {"href": link[0], "icon": "video" if VIDEO.match(said) else "chat", "own": said,
                "title": "Open the link", "small": link[0]}
    if mail := MAIL.search(line):
        return {"href": f"mailto:{mail[0]}", "icon": "letter", "own": "", "title": f"Write to {name}", "small": mail[0]}
    if dialled := NUMBER.search(line):
        made = message if MESSAGE.match(line) else call
        return made(dialled[0], without(line, dialled[0]), name)
    return {"href": "", "icon": "people", "own": line, "title": "", "small": ""}


def without(line: str, address: str) -> str:
    """What a person wrote beside an address."""
    return line.replace(address, " ", 1).strip(" :,-")


def call(phone: str, said: str, name: str) -> dict[str, str]:
    """A way by phone."""
    return {"href": f"tel:{number(phone)}", "icon": "call", "own": "", "title": f"Call {name}",
            "small": beside(said, phone)}


def message(phone: str, said: str, name: str) -> dict[str, str]:
    """A way by text message."""
    return {"href": f"sms:{number(phone)}", "icon": "sms", "own": "", "title": f"Text {name}",
            "small": beside(said, phone)}


def beside(said: str, phone: str) -> str:
    """The number, with what a person wrote beside it when that is more than the name of the way."""
    return phone if " " not in said else f"{phone}, {said}"


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
    return {"href": link if is_web(link) else "", "words": link}


def item(record: Record) -> dict[str, Any]:
    """A card as a list prints it."""
    fields = record["fields"]
    return {"id": record["id"], "name": fields.get("name") or "", "phone": fields.get("phone") or "",
            "zone": fields.get("zone") or "", "waiting": record["waiting"]}


def cards(person: Any) -> dict[str, Record]:
    """All cards of a person by id, the newest first."""
    return {record["id"]: record for record in records.shelf(person, "partner")}


def typed() -> dict[str, Any]:
    """The fields of the card's form."""
    return {"name": forms.line("name"), "email": forms.line("email"), "phone": forms.line("phone"),
            "link": web(forms.line("link")), "zone": forms.choice("zone"), "fallback": forms.text("fallback")}


def shown(fields: dict[str, Any]) -> dict[str, str]:
    """The fields of a card as its form shows them."""
    return {name: fields.get(name) or "" for name in ORDER}


def wrong(fields: dict[str, Any]) -> dict[str, str]:
    """Field to words."""
    found = forms.problems("partner", fields)
    if not fields["name"]:
        found["name"] = "Write the name you know your mentor by."
    if fields["email"] and not MAIL.fullmatch(fields["email"]):
        found.setdefault("email", "Write an e-mail address, such as name@example.org.")
    if fields["phone"] and not number(fields["phone"]):
        found.setdefault("phone", "Write the number with its country code, such as +49 30 1234567.")
    if fields["link"] and not is_web(fields["link"]):
        found.setdefault("link", "Write the whole address, beginning with https://.")
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
    return pages.show("partners/show.html", card=whole(record))


def whole(record: Record) -> dict[str, Any]:
    """A card as its page prints it; what can be tapped beside what was typed."""
    fields = record["fields"]
    email, phone, link = (fields.get(name) or "" for name in ("email", "phone", "link"))
    return item(record) | {
        "email": email, "mail": f"mailto:{email}" if MAIL.fullmatch(email) else "",
        "call": f"tel:{number(phone)}" if number(phone) else "", "link": link, "web": link if is_web(link) else "",
        "ways": ways(fields)}


@bp.route("/partners/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """Change a card."""
    record = records.find(me().person, "partner", id)
    if request.method == "GET":
        opened = forms.opening(record)
        return pages.show("partners/form.html", id=id, opening=opened, form=shown(record["fields"]), errors={})
    return write(id, forms.typed_opening(record))
