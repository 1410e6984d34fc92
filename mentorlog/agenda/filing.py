"""Filing a line: what its forms show, what was typed or shared, and what is wrong with it."""
from __future__ import annotations

from typing import Any

from .. import clock, forms, partners, prose, records
from .looking import coming, pocket_of

OFFERED = 12  # sessions to move a line to
BLANK = f"\t\n\r {prose.ODD}"
TOO_MUCH = ("More came along than a page of the journal holds. Nothing of it was kept here, and it is whole where it "
            "came from: share a part of it, or put a part in here.")
LONG = "It is longer than a line of the agenda. The journal has room for it, or make it shorter here."
ONLY_A_FILE = "A file cannot be kept here, only words. Write a line about it, if you like."
AND_A_FILE = "The file that came along cannot be kept here, only the words."
NOTHING = "No words came along. Write the line yourself, if you like."
Record = dict[str, Any]


def adding(session: str = "", pocket: str = "question") -> dict[str, Any]:
    """An empty form for a line, of this session or of none.

    roomy: a field for a long text, with two ways to keep it; fits: as a line, too; came: from another app; note: what
    to say about that.
    """
    return {"session": session, "opening": forms.opening(), "form": {"text": "", "pocket": pocket}, "errors": {},
            "roomy": False, "fits": True, "came": False, "note": ""}


def typed(session: Record | None) -> dict[str, Any]:
    """The fields of a new line."""
    return {"text": forms.line("text"), "pocket": forms.choice("pocket") or "question",
            "session": session["id"] if session else None}


def wrong(fields: dict[str, Any]) -> dict[str, str]:
    """Field to words."""
    found = forms.problems("line", fields)
    if not fields["text"]:
        found["text"] = "Write a line first. A few words are enough."
    return {name: found[name] for name in ("text", "pocket", "session") if name in found}


def page_of_the_journal() -> dict[str, Any]:
    """The fields of an entry that holds the text in place of a line."""
    return {"title": "", "text": forms.text("text"), "tags": []}


def wrong_page(fields: dict[str, Any]) -> dict[str, str]:
    """What is wrong with a text as a page of the journal, in words."""
    found = forms.problems("entry", fields)
    if not fields["text"].strip(BLANK):
        found["text"] = "Write something first. One word is enough."
    return found


def fits(text: str) -> bool:
    """Whether a text is short enough for a line."""
    return not forms.problems("line", {"text": prose.SPACE.sub(" ", text).strip(" ")})


def again(session: Record | None, opened: dict[str, str], fields: dict[str, Any], errors: dict[str, str],
          roomy: bool) -> dict[str, Any]:
    """The form of a line as it was typed, with what is wrong. What a line does not hold gets room, and two ways."""
    short = fits(fields["text"])
    roomy = not session and (roomy or not short)
    form = {"text": forms.text("text") if roomy else fields["text"], "pocket": fields["pocket"]}
    return adding(session["id"] if session else "") | {
        "opening": opened, "form": form, "errors": errors, "roomy": roomy, "fits": short}


def joined(parts: list[str]) -> str:
    """What a share sheet hands over as title, text and address, as one text: a line each, nothing twice."""
    found = list(dict.fromkeys(part.strip(BLANK) for part in parts))
    return "\n".join(part for part in found if not any(part in other for other in found if other != part))


def shared(parts: list[str], file: bool) -> dict[str, Any]:
    """The form with what was shared in it, and what to say about it. file: one came along."""
    text, form = joined(parts), adding() | {"roomy": True, "came": True}
    if forms.problems("entry", {"text": text}):
        return form | {"note": TOO_MUCH}
    short = fits(text)
    note = (AND_A_FILE if text else ONLY_A_FILE) if file else "" if text else NOTHING
    return form | {"form": {"text": text, "pocket": "question"}, "fits": short,
                   "note": " ".join(filter(None, [note, "" if short else LONG]))}


def shown(line: Record) -> dict[str, Any]:
    """The fields of a line as its own form shows them."""
    fields = line["fields"]
    return {"text": fields.get("text") or "", "pocket": pocket_of(line), "session": fields.get("session") or ""}


def offered(person: Any, chosen: str, zone: str) -> list[dict[str, Any]]:
    """The sessions to choose from, soonest first, after the one of the line when that is none of them.

    Each is {id, start, name: with whom, ahead: it is still to come}.
    """
    near, cards = coming(person, clock.now())[:OFFERED], partners.cards(person)
    own = [] if chosen in [one["id"] for one in near] else list(records.many(person, [chosen]).values())
    return [{"id": one["id"], "start": clock.parts(clock.parse(one["at"]), zone), "ahead": one in near,
             "name": name_of(one, cards)} for one in [*own, *near]]


def name_of(session: Record, cards: dict[str, Record]) -> str:
    """With whom it is, "" where that is not said."""
    card = cards.get(session["fields"].get("partner") or "")
    return (card["fields"].get("name") or "") if card else ""
