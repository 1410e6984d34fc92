"""Today: the next session, what to prepare, something that came up, and what was written before."""
from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response

from . import agenda, agreement, clock, goals, pages, partners, prose, records, sessions
from .guard import public
from .pages import me

SHEETS = 20
SNIPPET = 160
PAST = 20
RECENT = 100  # entries among which a lesson is looked for
A_DAY = timedelta(days=1)
TOLD_FOR = timedelta(days=3)  # how long Today says that the zone is another one
ASKED_FOR = timedelta(days=3)  # how long Today asks how a session went
Record = dict[str, Any]

# -- rules -------------------------------------------------------------------------------------------------------------

def memory(entry: Record, zone: str) -> dict[str, Any]:
    """An entry as Today remembers it: its first words."""
    fields = entry["fields"]
    return {"id": entry["id"], "day": clock.parts(clock.parse(entry["at"]), zone),
            "snippet": prose.snippet(fields.get("text") or "", SNIPPET) or fields.get("title") or ""}


def lesson(found: list[Record], zone: str) -> dict[str, Any] | None:
    """The last thing that stuck, of these entries, the newest first."""
    learnt = next((one for one in found if prose.SPACE.sub("", one["fields"].get("lesson") or "")), None)
    return memory(learnt, zone) | {"snippet": prose.snippet(learnt["fields"]["lesson"], SNIPPET)} if learnt else None


def year_ago(person: Any, today: dict[str, Any], zone: str) -> dict[str, Any] | None:
    """The last entry of the same day a year ago; None on a 29 February."""
    on = f"{today['year'] - 1}{today['on'][4:]}"
    if not clock.is_day(on):
        return None
    midnight = clock.iso(clock.instant(on, "23:59", zone) + timedelta(minutes=1))
    found = [memory(entry, zone) for entry in records.shelf(person, "entry", after={"at": midnight, "id": ""}, limit=1)]
    return found[0] if found and found[0]["day"]["on"] == on else None


def moved(settings: dict[str, Any], moment: datetime, zone: str) -> dict[str, Any] | None:
    """That the hours of a person follow their phone into another zone, for three days; None where a zone is chosen.
    here: the zone by which this device shows hours, "" where that is the same."""
    if settings.get("zone") or not settings.get("here") or not settings.get("here_at"):
        return None
    at = clock.parse(settings["here_at"])
    told = {"zone": settings["here"], "before": settings.get("here_before") or "", "at": clock.parts(at, zone),
            "here": "" if zone == settings["here"] else zone}
    return told if at + TOLD_FOR > moment else None


def asked(found: list[Record], moment: datetime) -> Record | None:
    """The latest session that is over and of which nobody said how it went, for three days."""
    edge = clock.iso(moment - ASKED_FOR)
    return next((record for record in found if record["at"] > edge and agenda.state(record) == "planned"
                 and agenda.over(record, moment)), None)


def until(near: list[Record], late: Record | None, zone: str) -> str:
    """The next instant at which Today looks different: see sessions; or when it asks no more how the late one went."""
    asking = [clock.iso(clock.parse(late["at"]) + ASKED_FOR)] if late else []
    return min([sessions.until(near, zone), *asking])


def rests(session: Record | None, pauses: list[dict[str, Any]]) -> bool:
    """Whether the partner of a session is one with whom there is a pause."""
    return bool(session and session["fields"].get("partner") in [one["id"] for one in pauses])


def sheet_for(person: Any, session: Record) -> dict[str, str] | None:
    """The newest set of questions picked for a session."""
    return next((sessions.worksheet(sheet) for sheet in records.shelf(person, "worksheet", limit=SHEETS)
                 if sheet["fields"].get("session") == session["id"]), None)


def prepared(person: Any, session: Record, still: list[Record], on: str) -> dict[str, Any]:
    """What to do before a session, or just after it: {session, rate, goals, lines, rolled, sheet}.

    rate: the goal to look back at; goals: whether one is open; lines: how many of its agenda are not discussed, and
    rolled: how many of those roll on from another session.
    """
    undone = [line for line in agenda.lines(person, session) if not line["fields"].get("discussed")]
    return {"session": session["id"], "rate": goals.due(still, on), "goals": bool(still), "lines": len(undone),
            "rolled": len([line for line in undone if line["rolled"]]), "sheet": sheet_for(person, session)}


# -- pages; the same functions in the same order stand in service_worker/today.js --------------------------------------

bp = Blueprint("today", __name__)


@bp.get("/")
@public
def home() -> Response:
    """Where somebody comes who types the name of the server alone."""
    return pages.see_other("today.index")


@bp.get("/today")
def index() -> Response:
    """What presses, what to prepare, one field for what came up, and what was written before."""
    person, zone, moment = me().person, pages.zone(), clock.now()
    near = agenda.ahead(person, moment)
    past = records.shelf(person, "session", after=near[0] if near else None, limit=PAST)
    coming = [record for record in near if agenda.state(record) == "planned" and not agenda.over(record, moment)]
    met, late = bool(near or past), asked(near[::-1] + past, moment)
    held = next((record["id"] for record in near[::-1] + past if agenda.state(record) == "held"), "")
    return pages.show("today/index.html", **shown(late, coming[0] if coming else None, met, zone), last_held=held,
                      until=until(near, late, zone))


def shown(late: Record | None, ahead: Record | None, met: bool, zone: str) -> dict[str, Any]:
    """What Today prints. late: the session to ask about; ahead: the next one; met: whether there ever was one.

    The session to ask about gives way to one that runs or is today. soon: the next one is today or tomorrow. In a pause
    nothing presses, but a session that was left standing and is at hand; resting: nobody is left with whom there is no
    pause.
    """
    person, moment, cards = me().person, clock.now(), partners.cards(me().person)
    given = agenda.numbers(person) if late or ahead else {}
    today, tomorrow = clock.parts(moment, zone), clock.parts(moment + A_DAY, zone)
    following = sessions.whole(ahead, cards, zone, given) if ahead else None
    day = following["start"]["on"] if following else ""
    resting = agreement.pauses(cards, today["on"])
    now = following is not None and (following["begun"] or day == today["on"])
    after = sessions.whole(late, cards, zone, given) if late and not now and not rests(late, resting) else None
    quiet = following is not None and rests(ahead, resting) and not following["at_hand"]
    at_hand, on = (late, today["on"]) if after else (None if quiet else ahead, max(day, today["on"]))
    still, newest = goals.unrated(person), records.shelf(person, "entry", limit=RECENT)
    last = memory(newest[0], zone) if newest else None
    return {"today": today, "next": following, "after": after, "met": met, "pauses": resting,
            "soon": "" < day <= tomorrow["on"] and not quiet, "resting": len(resting) == len(cards) > 0,
            "first": not met and not still and not last, "cards": [partners.item(card) for card in cards.values()],
            "prepare": prepared(person, at_hand, still, on) if at_hand else None,
            "goals": [goals.brief(goal) for goal in still], "adding": agenda.adding(),
            "last": last, "lesson": lesson(newest, zone), "year_ago": year_ago(person, today, zone),
            "moved": moved(pages.settings(), moment, zone)}
