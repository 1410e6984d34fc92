"""What an agreement says to who moves a session: its notice, a pause. Twin: service_worker/sessions/notice.js."""
from __future__ import annotations

from typing import Any

from .. import agenda, clock

ASKED: dict[str, tuple[str, int]] = {
    "hour": ("an hour’s", 60), "day": ("a day’s", 1440), "two_days": ("two days’", 2880), "week": ("a week’s", 10080)}
DAY, HOUR = 1440, 60  # minutes
Record = dict[str, Any]


def noticed(record: Record | None, cards: dict[str, Record]) -> dict[str, Any] | None:
    """What the agreement asks for, and how far off a session is that is planned and to come; None where neither is.

    {asks: "a day’s", ahead: "14 days", enough, card: its id, name: of the card}.
    """
    card = cards.get(record["fields"].get("partner") or "") if record else None
    asked = ASKED.get(card["agreement"].get("notice") or "") if card else None
    if not record or not card or not asked or agenda.state(record) != "planned":
        return None
    left = int((clock.parse(record["at"]) - clock.now()).total_seconds() // 60)
    return None if left < 0 else {
        "asks": asked[0], "ahead": in_words(left), "enough": left >= asked[1],
        "card": card["id"], "name": card["fields"].get("name") or ""}


def in_words(minutes: int) -> str:
    """So many minutes in the unit in which one says them."""
    if minutes >= 2 * DAY:
        return f"{minutes // DAY} days"
    if minutes >= 2 * HOUR:
        return f"{minutes // HOUR} hours"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def in_pause(rows: list[tuple[Record, dict[str, Any]]], cards: dict[str, Record]) -> str:
    """How many of the sessions that a form changes lie in a pause then, in words; "" for none. rows: moving.Rows."""
    left = [one["fields"] | fields for one, fields in rows]
    agreed = [cards[one["partner"]]["agreement"] if one.get("partner") in cards else {} for one in left]
    count = sum("" < (one.get("starts_on") or "") < (terms.get("pause_until") or "")
                for one, terms in zip(left, agreed, strict=True))
    return f", {count} of them in a pause" if count else ""
