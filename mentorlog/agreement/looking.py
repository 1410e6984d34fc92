"""Looking at an agreement: its points in words, what changed when, the ways of a session, pauses.

Twin: service_worker/agreement/looking.js.
"""
from __future__ import annotations

from typing import Any

from .. import clock, forms, records, ways
from .kinds import MOST_EARLIER, POINTS, points_of

RHYTHMS = {"weekly": "weekly", "two_weekly": "every two weeks", "monthly": "monthly"}
NOTICES = {"hour": "an hour", "day": "a day", "two_days": "two days", "week": "a week"}
WAYS = {"call": "phone", "text": "text message", "video": "video", "chat": "chat", "mail": "e-mail"}
TOLD = ("rhythm", "ways", "notice", "blocked", "confidentiality", "review")
Record = dict[str, Any]
Fields = dict[str, Any]


def id_of(person: Any, card: str) -> str:
    """The id of the agreement that belongs to a card."""
    return records.name_id(person.names, f"agreement:{card}")


def of_card(person: Any, card: str) -> Record | None:
    """The agreement that belongs to a card."""
    return records.many(person, [id := id_of(person, card)]).get(id)


def terms(person: Any, card: str) -> Fields:
    """The fields of the agreement that belongs to a card, {} without one."""
    record = of_card(person, card)
    return record["fields"] if record else {}


def by_card(person: Any) -> dict[str, Fields]:
    """Id of a card to the fields of its agreement, of all of a person's. One query."""
    return {record["fields"].get("partner") or "": record["fields"] for record in records.shelf(person, "agreement")}


# -- the ways ----------------------------------------------------------------------------------------------------------

def agreed_ways(fields: Fields, name: str) -> list[ways.Way]:
    """The ways of an agreement in their order. name: of the partner."""
    return [ways.agreed(one.get("way") or "call", one["address"], name) for one in fields.get("ways") or []
            if one.get("address")]


def ways_to(card: Fields, fields: Fields, session: Fields | None = None) -> list[ways.Way]:
    """How to go on with somebody: what was agreed on, else the lines of their card; with a number that is known.

    card, fields: of card and agreement, empty without; session: fields of the one that does not work, None for none.
    """
    name = card.get("name") or "your mentor"
    found = agreed_ways(fields, name) or ways.of_card(card)
    numbers = [(session or {}).get("phone") or "", card.get("phone") or ""]
    known = [] if any(way["href"].startswith("tel:") for way in found) else numbers
    found = found + next((two for one in known if (two := ways.by_phone(one, name))), [])
    return found if session is None else ways.others_first(found, session, card)


def wait_of(fields: Fields) -> int:
    """Minutes to wait before the next way."""
    return int(points_of(fields)["wait_minutes"])


# -- in words ----------------------------------------------------------------------------------------------------------

def told(fields: Fields) -> dict[str, str]:
    """The points of an agreement in words, "" for one of which nothing was said; `review` is a day."""
    points = points_of(fields)
    rhythm = RHYTHMS.get(points["rhythm"] or "", points["rhythm_own"] if points["rhythm"] else "")
    length = f"{points['minutes']} minutes" if points["minutes"] else ""
    return {"rhythm": ", ".join(filter(None, [rhythm, length])), "ways": ways_told(points),
            "notice": NOTICES.get(points["notice"] or "", ""), "blocked": points["blocked"],
            "confidentiality": points["confidentiality"], "review": points["review_on"] or ""}


def ways_told(points: Fields) -> str:
    """The ways in a line: phone +351 21 0000000, then chat https://chat.example, 5 minutes each."""
    found = [one for one in points["ways"] if one.get("address")]
    names = [" ".join(filter(None, [WAYS.get(one.get("way") or "call", ""), one["address"]])) for one in found]
    wait = points["wait_minutes"]
    each = f", {wait} {'minute' if wait == 1 else 'minutes'} each" if found else ""
    return ", then ".join(names) + each


def facts(fields: Fields) -> dict[str, Any]:
    """What is in force, as the page prints it."""
    found = told(fields)
    return found | {"review": day(found["review"])}


def day(on: str) -> Any:
    """The parts of a day, None for none."""
    return clock.day_parts(on) if on else None


def differs(old: Fields, new: Fields) -> list[dict[str, Any]]:
    """What one version says otherwise than the one before: {point, old, new}, in words; of a review as parts."""
    before, after = told(old), told(new)
    return [{"point": name, "old": day(before[name]) if name == "review" else before[name],
             "new": day(after[name]) if name == "review" else after[name]}
            for name in TOLD if before[name] != after[name]]


def versions(record: Record, gone: Fields | None, zone: str) -> list[dict[str, Any]]:
    """The versions of an agreement, the newest first: {since: parts, changes: what it changed, first: it is the first}.

    gone: what the device still takes for the state before its own unsent change, None where nothing waits.
    """
    earlier = [*filter(is_earlier, record["fields"].get("earlier") or []), *([gone] if gone else [])]
    states = [*earlier, record["fields"]]
    since = [record["at"], *(one["until"] for one in earlier)]
    rows = [{"since": clock.parts(clock.parse(at), zone), "first": number == 0 and len(earlier) < MOST_EARLIER,
             "changes": differs(states[number - 1], state) if number else []}
            for number, (at, state) in enumerate(zip(since, states, strict=True))]
    return [row for row in rows if row["changes"] or row is rows[0]][::-1]


def is_earlier(row: Fields) -> bool:
    """Whether a row of `earlier` is as the join writes it; after a restore it is what a device handed back."""
    points = {name: value for name, value in row.items() if name in POINTS} | {"binned_at": row.get("until")}
    return bool(row.get("until")) and not records.problems("agreement", points)


def is_agreed(fields: Fields) -> bool:
    """Whether anything was agreed on."""
    return points_of(fields) != POINTS


# -- pauses and the review ---------------------------------------------------------------------------------------------

def rests(fields: Fields, on: str) -> bool:
    """Whether there is a pause on a day."""
    return (fields.get("pause_until") or "") > on


def until(fields: Fields, on: str) -> Any:
    """The first day after the pause that there is on a day; None without one."""
    return day(fields["pause_until"]) if rests(fields, on) else None


def bounds(fields: Fields, on: str) -> dict[str, Any]:
    """What an agreement says to who looks for an hour: {rhythm: in words, blocked, until: parts or None}."""
    found = told(fields)
    return {"rhythm": found["rhythm"], "blocked": found["blocked"], "until": until(fields, on)}


def pauses(cards: dict[str, Record], on: str) -> list[dict[str, Any]]:
    """Who rests on a day, and until when: {id, name, until: parts}. cards: each with its `agreement`."""
    return [{"id": card["id"], "name": card["fields"].get("name") or "",
             "until": clock.day_parts(card["agreement"]["pause_until"])}
            for card in cards.values() if rests(card["agreement"], on)]


def overdue(fields: Fields, on: str) -> Any:
    """The day on which the agreement was to be looked at again, once it is there; None before, and without one."""
    review = fields.get("review_on") or ""
    return day(review) if review <= on else None


def brief(fields: Fields, on: str) -> dict[str, Any]:
    """An agreement as a card prints it: {said, rhythm: in words, review, overdue, until: parts or None}."""
    return {"said": is_agreed(fields), "rhythm": told(fields)["rhythm"], "review": day(fields.get("review_on") or ""),
            "overdue": overdue(fields, on), "until": until(fields, on)}


def page(record: Record | None, id: str, card: Record, gone: Fields | None, on: str, zone: str) -> dict[str, Any]:
    """An agreement as its page prints it. record: None before anything was agreed on; id: what it is or will be."""
    fields = record["fields"] if record else {}
    return {"id": id, "card": card["id"], "name": card["fields"].get("name") or "",
            "said": is_agreed(fields), "facts": facts(fields), "overdue": overdue(fields, on),
            "until": until(fields, on),
            "versions": versions(record, gone, zone) if record and is_agreed(fields) else [],
            "opening": forms.opening(record, id), "waiting": record["waiting"] if record else ""}
