"""Planning and moving a session: what is typed, wrong, and follows. Twin: service_worker/sessions/planning.js."""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from .. import agenda, clock, forms, partners, records

FIRST_DAY, LAST_DAY = "2000-01-01", "2099-12-31"
NEAR = 20
ORDER = ("starts_on", "starts_time", "zone", "minutes", "channel", "link", "phone", "partner", "partner_name")
WHEN = ("starts_on", "starts_time", "zone")
REST = ("minutes", "channel", "link", "phone", "partner")  # what a form changes beside the hour
TAKEN = ("planned", "held")  # the states in which a session takes its hour
BY_LINK = ("video", "chat")
Record = dict[str, Any]


def overlapping(person: Any, own: set[str], fields: dict[str, Any]) -> Record | None:
    """Another session that takes a part of these minutes, the latest one. own: ids of those that do not count."""
    _, end = minutes_of(fields)
    return among(records.shelf(person, "session", after={"at": clock.iso(end), "id": ""}, limit=NEAR), own, fields)


def among(found: list[Record], own: set[str], fields: dict[str, Any]) -> Record | None:
    """The first of these sessions that takes a part of these minutes."""
    start, end = minutes_of(fields)
    return next((one for one in found if one["id"] not in own and agenda.state(one) in TAKEN
                 and one["at"] < clock.iso(end) and agenda.end(one) > start), None)


def minutes_of(fields: dict[str, Any]) -> tuple[datetime, datetime]:
    """The moments at which a session begins and ends."""
    start = clock.instant(*(fields[name] for name in WHEN))
    return start, start + timedelta(minutes=fields["minutes"])


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

