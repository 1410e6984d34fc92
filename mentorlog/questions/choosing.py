"""Choosing a set: by situation, by phase, by the words in it, and what is offered first."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import agenda, clock, prose, records
from ..goals.looking import linked, meeting
from ..library import PHASES, SITUATIONS
from .sets import Set

# What a chip of the list stands for.
TIMES = {"all": PHASES, "start": ("start", "early"), "any": ("any",), "middle": ("middle",), "end": ("end", "after")}
OWN = "own"
LONGEST_QUERY = 200
MOST_HITS = 3  # questions of a set that are shown in what was found
MOST_OFFERED = 5
MOST_MEETINGS = 4
MOST_TITLES = 3  # of sets that a situation names
USED = 100  # a set that was used lately comes after all others
Record = dict[str, Any]
Words = list[str]
Facts = dict[str, Any]  # aims, first, goal, used, here: see ranked


def texts(one: Set) -> list[str]:
    """Every text of a set."""
    return [one["title"], one["goal"], one["when_to_use"], *(question["text"] for question in one["questions"])]


def row(one: Set, words: Sequence[str] = ()) -> dict[str, Any]:
    """A set as a list prints it. count: of the questions that are ticked at first; hits: questions, marked."""
    asked = [question["text"] for question in one["questions"]]
    hits = [text for text in asked if any(word in prose.fold(text) for word in words)]
    named = {name: one[name] for name in ("id", "title", "goal", "minutes", "phase", "situation", "own")}
    return named | {"count": len([question for question in one["questions"] if question["mine"]]),
                    "hits": [prose.excerpt(text, words, 160) for text in hits[:MOST_HITS]]}


def grouped(found: list[Set]) -> list[dict[str, Any]]:
    """Sets by situation, those without one last: {situation, sets}."""
    groups = [{"situation": name, "sets": [row(one) for one in found if one["situation"] == name]}
              for name in (*SITUATIONS, "")]
    return [group for group in groups if group["sets"]]


def looked_for(every: list[Set], q: str, time: str, situation: str) -> list[dict[str, Any]]:
    """The sets that hold every word of a search; or those of a time; or those of a situation, by their phase."""
    words = prose.words(q)
    if words:
        found = [row(one, words) for one in every if prose.find(words, prose.fold("\n".join(texts(one))))]
        return [{"situation": "", "sets": found}] if found else []
    if situation:
        found = [row(one) for one in every if one["situation"] == situation]
        return [{"situation": situation, "sets": sorted(found, key=lambda one: PHASES.index(one["phase"]))}]
    return grouped([one for one in every if (one["own"] if time == OWN else one["phase"] in TIMES[time])])


def situations(every: list[Set]) -> list[dict[str, Any]]:
    """Each situation with the first titles of its sets."""
    found = [{"name": name, "titles": [one["title"] for one in every if one["situation"] == name]}
             for name in SITUATIONS]
    return [one | {"titles": one["titles"][:MOST_TITLES], "more": max(0, len(one["titles"]) - MOST_TITLES)}
            for one in found]


def reason(one: Set, facts: Facts) -> tuple[int, str, str] | None:
    """Why a set is offered: (how late, a word for it, what is looked for); None when it is not.

    What is looked for comes before what fits every session (product.md, S01).
    """
    suggest, late = one["suggest"], USED if one["id"] in facts["used"] else 0
    if suggest.get("session_number") == 1 and facts["first"] and not late:
        return 0, "first", ""
    for place, aim in enumerate(facts["aims"], 1):
        if aim in one["seeking"]:
            return late + place, "said", aim
    if suggest.get("before_session"):
        goes_with_goal = bool(suggest.get("if_open_goal"))
        return (10, "goal", "") if goes_with_goal and facts["goal"] else None if goes_with_goal else (11, "before", "")
    return (12, "own", "") if one["own"] and one["situation"] == "session" else None


def offered(every: list[Set], facts: Facts) -> list[dict[str, Any]]:
    """The sets that are offered first, as rows with why and aim.

    aims: what is looked for, the first one first. first: no session was held yet. goal: one can be looked back at.
    used: sets of the last worksheets. here: sets that this session has already.
    """
    fits = [(why, one) for one in every if one["id"] not in facts["here"] and (why := reason(one, facts))]
    fits.sort(key=lambda pair: pair[0][0])
    return [row(one) | {"why": why[1], "aim": why[2]} for why, one in fits[:MOST_OFFERED]]


def used(sheets: list[Record], meeting: Record | None) -> dict[str, list[str]]:
    """Which sets the newest worksheets are of, and which of them this session has; see offered."""
    here = [sheet for sheet in sheets if meeting and sheet["fields"].get("session") == meeting["id"]]
    return {name: [sheet["fields"].get("set") or "" for sheet in some]
            for name, some in (("used", sheets), ("here", here))}


def meetings(person: Any, zone: str, chosen: str) -> list[Record]:
    """The sessions to choose for, soonest first, the one that runs now too: {id, start}. Before them the one that is
    chosen already and is none of them."""
    near = agenda.coming(person, clock.now())[:MOST_MEETINGS]
    own = None if chosen in [one["id"] for one in near] else linked(person, chosen)
    return [meeting(one, zone) for one in ([own, *near] if own else near)]


def sheet_id(person: Any, session: str, set: str) -> str:
    """The id of the one worksheet of a session and a set (`sync.md`, D11)."""
    return records.name_id(person.names, f"worksheet:{session}:{set}")


def known(person: Any, session: str, set: str) -> Record | None:
    """The worksheet of a session and a set, also from the bin."""
    id = sheet_id(person, session, set)
    return records.many(person, [id]).get(id) if session else None
