"""What a plan makes of the records here, and how it is said. Twin: service_worker/copies/taking.js."""
from __future__ import annotations

from collections import Counter
from typing import Any

from .. import clock, prose, records, search
from ..errors import Missing
from ..models import Done, Person, Reading, Record
from ..sync import apply
from ..sync.batch import Author
from ..sync.rows import chunks
from ..sync.upkeep import FILE_KEPT
from . import sound
from .comparing import Here, Plan
from .reading import Copy, parse
from .sound import Raw
from .typed import typed_words

AT_ONCE = 500  # changes of one transaction
LISTED = 20


def keep(person: Person, text: str) -> None:
    """Keep the text of a file until it is brought in or left; one for each person."""
    row = {"person": person.id, "text": text, "at": clock.now()}
    Reading.insert(row).on_conflict(conflict_target=[Reading.person], preserve=[Reading.text, Reading.at]).execute()


def forget(person: Person) -> None:
    """Forget the file."""
    Reading.delete().where(Reading.person == person.id).execute()


def kept(person: Person) -> Copy:
    """The copy of the file that is kept.

    :raise Missing: there is none, or it was left lying for too long
    """
    row = Reading.get_or_none(Reading.person == person.id, Reading.at >= clock.now() - FILE_KEPT)
    if row is None:
        raise Missing
    return parse(row.text)


def here(person: Person, copy: Copy) -> Here:
    """What stands here of this person. Five queries, whatever the file holds."""
    gone = Record.select(Record.id, Record.rev).where(Record.owner == person.id, Record.shelf.endswith("/gone"))
    ids = [one["id"] for one in copy.changes if isinstance(one, dict) and records.is_id(one.get("id"))]
    used = [row.change for some in chunks(ids)
            for row in Done.select(Done.change).where(Done.change << some, Done.person == person.id)]
    stands = {one["id"]: one for one in records.with_bins(person)}
    return Here(person.id, person.names, clock.iso(clock.now()), stands, {row.id: row.rev for row in gone}, set(used))


def take(person: Person, changes: list[Raw]) -> list[Raw]:
    """Take the changes of a plan, so many in one transaction; returns what became of each.

    Where the server does not know what one stands on, it is joined on what its author saw, as far as the file says.
    """
    author, outcomes = Author(person.id, None, asks=False), dict[str, Raw]()
    for some in chunks([_on_the_wire(one) for one in changes], AT_ONCE):
        outcomes |= apply.receive(author, some)
    again = [one for one in changes if outcomes[one["id"]]["outcome"] == "need_was"]
    for some in chunks([_on_the_wire(one | {"after": None, "base": "?"}) for one in again], AT_ONCE):
        outcomes |= apply.receive(author, some)
    return [outcomes[one["id"]] for one in changes]


def _on_the_wire(one: Raw) -> Raw:
    """A change as the door takes it; one on a state of the server's tells what was seen of it, if that is known."""
    made = {name: one[name] for name in ("id", "kind", "record", "fields")} | {"made_at": one["made_at"] or None}
    if "restore" in one:
        return made | {"restore": one["restore"]}
    if one.get("after"):
        return made | {"after": one["after"]}
    tells = one.get("base") and one["fields"].keys() <= one.get("was", {}).keys()
    return made | ({"was": one["was"]} if tells or one.get("base") == "?" else {"base": one.get("base") or None})


# -- in words ----------------------------------------------------------------------------------------------------------

def shown(copy: Copy, plan: Plan, stands: Here, zone: str) -> dict[str, Any]:
    """A plan as the page prints it: what is in the file, and what a tap would do."""
    made = clock.parts(clock.parse(copy.made_at), zone) if _is_instant(copy.made_at) else None
    return {
        "person": copy.person, "made": made, "own": copy.owner == stands.person, "newer": copy.newer, "cut": copy.cut,
        "count": len(plan.made) + len(plan.beside) + len(plan.sent) + len(plan.drafts),
        "new": _counted(plan.made), "beside": [_beside(one, stands) for one in plan.beside[:LISTED]],
        "beside_count": len(plan.beside), "sent": [_sent(one, stands) for one in plan.sent[:LISTED]],
        "sent_count": len(plan.sent), "drafts": [_draft(one, zone) for one in plan.drafts], "same": plan.same,
        "wrong": plan.wrong[:LISTED], "wrong_count": len(plan.wrong), "left": plan.left}


def what(kind: str) -> str:
    """A kind in a word."""
    return search.WHAT.get(kind, "Page")


def _is_instant(text: str) -> bool:
    return not records.problems("entry", {"binned_at": text})


def _counted(made: list[Raw]) -> list[dict[str, Any]]:
    """How many records of each kind, in the order in which kinds are told."""
    counts = Counter(one["kind"] for one in made)
    order = [*search.WHAT, *sorted(counts.keys() - search.WHAT.keys())]
    return [{"kind": kind, "count": counts[kind]} for kind in order if counts[kind]]


def _beside(one: Raw, stands: Here) -> dict[str, str]:
    """A text that is kept, by the record it belongs to."""
    record = stands.records[one["fields"]["of"]]
    return {"what": what(record["kind"]), "title": search.title(record)}


def _sent(one: Raw, stands: Here) -> dict[str, str]:
    """A change that had waited, by its own words or by its record's."""
    words = sound.words_of(one["kind"], one["fields"])
    record = stands.records.get(one["record"])
    title = prose.snippet(words[0], sound.TITLE) if words else search.title(record) if record else ""
    return {"what": what(one["kind"]), "title": title}


def _draft(one: Raw, zone: str) -> dict[str, Any]:
    """An unfinished text, with all that was typed: a page of the server can only show it."""
    words = typed_words(one["kind"], one["fields"])
    return {"id": one["change"], "what": what(one["kind"]), "since": clock.parts(clock.parse(one["at"]), zone),
            "title": prose.snippet(words[0], sound.TITLE) if words else "", "text": "\n\n".join(words)}


def said(counts: dict[str, int], why: str) -> str:
    """What was brought in, in words. counts: `made`, `beside`, `sent`, `drafts`, `refused`."""
    parts = [(counts["made"], "page is here now.", "pages are here now."),
             (counts["beside"], "text stands beside what was here: see Waiting, Two versions.",
              "texts stand beside what was here: see Waiting, Two versions."),
             (counts["sent"], "change that had waited is in, too.", "changes that had waited are in, too."),
             (counts["drafts"], "unfinished text is back: see Waiting.", "unfinished texts are back: see Waiting."),
             (counts["refused"], f"was not accepted: {why}", f"were not accepted: {why}")]
    words = [f"{count} {one if count == 1 else many}" for count, one, many in parts if count]
    return " ".join(words) or "Everything in the file was here already. Nothing was changed."
