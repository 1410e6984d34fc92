"""The hooks of the kinds: the rows of `reminder` follow what they are about, and who they are for."""
from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta

from peewee import InterfaceError, OperationalError

from .. import clock
from ..database import db
from ..models import Delivery, Pair, Person, Record, Reminder
from ..records import Fields
from ..sync import publish
from .times import GOAL, JOIN, PREPARE, WORKSHEET, Span, concerned, meeting_of, span
from .wishes import Wishes, wishes_of

OF = {"session": (JOIN, PREPARE), "goal": (GOAL,), "worksheet": (WORKSHEET,)}
# What the reminders of a person depend on. What is only on or off is asked when one goes out.
TIMES = ("zone", "here", "join_before", "prepare_day", "prepare_time", "goal_day", "goal_time", "worksheet_time",
         "quiet_from", "quiet_until")
MEETS = (*clock.WALL, "state", "binned_at", "deleted")
BEFORE_ITS_DAY = timedelta(days=2)  # a day of the calendar begins somewhere up to so long before it does in UTC
PEOPLE_AT_ONCE = 20
Key = tuple[str, str, str]  # record, person, kind

log = logging.getLogger(__name__)


def follow_session(session: Record, before: Fields | None = None) -> None:
    """To join and to prepare, for each person of a session, moved along with it; none once it is off.

    A session that begins in less than half an hour is due at once; one that has begun is not. When it moves, what
    is said of its worksheets moves, too.
    """
    follow([session], {session.id: session})
    if any((before or {}).get(name) != session.fields.get(name) for name in MEETS):
        follow(sheets_for(session), {session.id: session})


def follow_goal(goal: Record) -> None:
    """A goal is said on its day."""
    follow([goal], {})


def follow_worksheet(sheet: Record) -> None:
    """A worksheet is said the evening before its session."""
    follow([sheet], meetings([sheet]))


def follow_settings(settings: Record, before: Fields | None) -> None:
    """When hours or zone of a person change, all that waits for them moves along."""
    if all((before or {}).get(name) == settings.fields.get(name) for name in TIMES):
        return
    follow_person(settings.owner)


def follow_week(week: Record, before: Fields | None) -> None:
    """When the focus hours of a person change, the same."""
    if any((before or {}).get(name) != week.fields.get(name) for name in ("protected", "zone")):
        follow_person(week.owner)


def follow_person(person: str) -> None:
    """All that may still be said to one person, by their hours as they are now."""
    now = clock.iso(clock.now())
    today = clock.iso(clock.now() - BEFORE_ITS_DAY)[:10]
    goals = [goal for goal in of_people("goal", [person]) if (goal.fields.get("due_on") or "") >= today]
    sheets = [sheet for sheet in of_people("worksheet", [person]) if meeting_of(sheet)]
    ahead = list(Record.select().where(Record.shelf == "session", Record.at > now, theirs(person)))
    follow([*ahead, *goals, *sheets], meetings(sheets) | {one.id: one for one in ahead}, person)


def follow_everybody() -> Iterator[None]:
    """All that may still be said to anybody: once a day, for what a former version did not know.

    It stops after some people each time, so that what is due meanwhile is not held up.
    """
    for number, person in enumerate(list(Person.select(Person.id)), 1):
        try:
            with db.atomic():
                publish.lock([person.id])  # what is planned or cancelled meanwhile would be overlooked
                follow_person(person.id)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("reminders not looked over", extra={"person": person.id})
        if number % PEOPLE_AT_ONCE == 0:
            yield


def theirs(person: str) -> object:
    """The condition of the records that are a person's, or their pair's."""
    pairs = Pair.select(Pair.id).where(~Pair.ended, (Pair.mentee == person) | (Pair.mentor == person))
    return (Record.owner == person) | (Record.pair << [pair.id for pair in pairs])


def of_people(kind: str, people: Sequence[str]) -> list[Record]:
    """All that stands in the list of a kind, of these people."""
    return list(Record.select().where(Record.owner << people, Record.shelf == kind))


def sheets_for(session: Record) -> list[Record]:
    """The worksheets for a session. The database leaves out those that do not name it: a series has fifty sessions, and
    its owner years of worksheets."""
    naming = Record.fields.cast("TEXT").contains(session.id)
    found = Record.select().where(Record.owner == session.owner, Record.shelf == "worksheet", naming)
    return [sheet for sheet in found if meeting_of(sheet) == session.id]


def meetings(sheets: Sequence[Record]) -> dict[str, Record]:
    """The sessions that these worksheets are for, by id."""
    ids = sorted({meeting_of(sheet) for sheet in sheets} - {""})
    return {row.id: row for row in Record.select().where(Record.id << ids)} if ids else {}


def follow(found: Sequence[Record], sessions: dict[str, Record], only: str = "") -> None:
    """Write, move and drop the reminders of these records. only: of this person; of all where it is left out."""
    if not found:
        return
    people = {record.id: {only} if only else concerned(record) for record in found}
    wishes = wishes_of(set().union(*people.values()))
    there = standing([record.id for record in found], only)
    wanted: dict[Key, Span] = {}
    for record in found:
        session = sessions.get(meeting_of(record))
        for person in people[record.id] & wishes.keys():
            for kind in OF[record.kind]:
                if made := within(kind, record, session, wishes[person]):
                    wanted[record.id, person, kind] = made
    put(there, {key: made for key, made in wanted.items() if made.expires_at > clock.now()}, said_once=bool(only))


def within(kind: str, record: Record, session: Record | None, wishes: Wishes) -> Span | None:
    """The span of a reminder; none at the very edge of the calendar, where a day has no next one."""
    try:
        return span(kind, record, session, wishes)
    except ValueError:
        return None


def standing(ids: Sequence[str], only: str) -> dict[Key, Reminder]:
    """The reminders of these records that there are."""
    rows = Reminder.select().where(Reminder.record << ids)
    rows = rows.where(Reminder.person == only) if only else rows
    return {(row.record, row.person, row.kind): row for row in rows}


def put(there: dict[Key, Reminder], wanted: dict[Key, Span], said_once: bool) -> None:
    """Make the rows say what is wanted. said_once: what went out already is not said again for other hours."""
    dropped = [row.id for key, row in there.items() if key not in wanted and not (said_once and row.state == "handed")]
    if dropped:
        Reminder.delete().where(Reminder.id << dropped).execute()
    for key, made in sorted(wanted.items()):
        if key in there and said_once and there[key].state == "handed":
            Reminder.update(expires_at=made.expires_at).where(Reminder.id == there[key].id).execute()
        elif key in there:
            move(there[key], made, by_hours=said_once)
        elif key[2] == JOIN or made.due_at > clock.now():  # the evening before is over: whoever plans knows
            begin(key, made)


def begin(key: Key, made: Span) -> None:
    """A new reminder; at once where it is due already."""
    record, person, kind = key
    Reminder.create(record=record, person=person, kind=kind, due_at=max(made.due_at, clock.now()),
                    expires_at=made.expires_at)


def move(reminder: Reminder, made: Span, by_hours: bool) -> None:
    """Set its time. What went out for the former time is forgotten, so that it is said again for the new one.

    by_hours: those of the person changed, and not what it is about: somebody who travels knows of nothing.
    """
    now = clock.now()
    both_past = max(reminder.due_at, made.due_at) <= now
    same = reminder.due_at == made.due_at or both_past or reminder.state == "handed"  # said, by other hours
    if reminder.expires_at == made.expires_at and same:
        return
    if not by_hours and is_known(reminder, made):
        Reminder.update(due_at=made.due_at, expires_at=made.expires_at, state="handed").where(
            Reminder.id == reminder.id).execute()
        return
    Reminder.update(due_at=max(made.due_at, now), expires_at=made.expires_at, state="waiting").where(
        Reminder.id == reminder.id).execute()
    Delivery.delete().where(Delivery.reminder == reminder.id).execute()


def is_known(reminder: Reminder, made: Span) -> bool:
    """Whether its moment is over for the new time, as in `put`: whoever moves it, or takes that back, knows. What is
    under way still goes out, and so does what was due and waits for a loop that did not run."""
    now = clock.now()
    owed = reminder.state == "waiting" and reminder.due_at <= now
    return reminder.kind != JOIN and made.due_at <= now and not owed
