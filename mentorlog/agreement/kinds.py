"""What an agreement is (product.md, S05, S10, S25)."""
from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from .. import records

MOST_WAYS = 4
MOST_EARLIER = 20
# What people agree on, with what holds where nothing was said. A pause is none of it: it comes and goes.
POINTS: dict[str, Any] = {
    "rhythm": None, "rhythm_own": "", "minutes": None, "ways": [], "wait_minutes": 5, "notice": None, "blocked": "",
    "confidentiality": "", "review_on": None}
# What gave way: the points as they were, and `until`; the newest last. Only the join writes them.
Earlier = Annotated[list[dict[str, Any]], records.Spec("rows", max=MOST_EARLIER, server=True)]


class Way(records.Item):
    """One way to go on when a session does not work."""

    way: Annotated[str, records.choice("call", "text", "video", "chat", "mail", "other")] = "call"
    address: records.Line2000 = ""  # a number, a link, an e-mail address, or words


class Agreement(records.Private):
    """What two people agreed on. One for each card: its id is `name_id(names, "agreement:" + partner)`."""

    meaning = True
    part_of = "partner"

    partner: records.Ref | None = None
    rhythm: Annotated[str, records.choice("weekly", "two_weekly", "monthly", "own")] | None = None
    rhythm_own: records.Line200 = ""
    minutes: Annotated[int, records.whole(5, 480)] | None = None
    ways: Annotated[list[Way], records.items(Way, MOST_WAYS)] = Field(default_factory=list)  # in the order to try them
    wait_minutes: Annotated[int, records.whole(1, 60)] = 5  # before the next way
    notice: Annotated[str, records.choice("hour", "day", "two_days", "week")] | None = None  # for cancelling
    blocked: records.Prose5000 = ""  # hours that stay free
    confidentiality: records.Prose5000 = ""
    review_on: records.Day | None = None
    pause_until: records.Day | None = None  # the first day after it
    earlier: Earlier = Field(default_factory=list)

    @classmethod
    def in_words(cls, fields: records.Fields, whole: records.Fields) -> str:
        """The name on the card, then what a person typed."""
        typed = [fields.get(name) for name in ("rhythm_own", "blocked", "confidentiality")]
        return records.below(whole.get("name"), [*typed, *(way.get("address") for way in fields.get("ways") or [])])

    @classmethod
    def settle(cls, fields: records.Fields, before: records.Fields, at: str) -> records.Fields:
        """Note what was agreed on before, when one of its points gives way."""
        old, new = points_of(before), points_of(fields)
        if old in (new, POINTS) or fields.get("deleted"):
            return fields
        gone = {name: value for name, value in old.items() if value != POINTS[name]} | {"until": at}
        return fields | {"earlier": [*fields.get("earlier", []), gone][-MOST_EARLIER:]}


def points_of(fields: records.Fields) -> records.Fields:
    """The points as they stand, each with what holds where nothing was said."""
    return {name: fields.get(name) or otherwise for name, otherwise in POINTS.items()}
