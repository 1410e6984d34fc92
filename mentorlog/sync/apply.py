"""The one door: every change to a record comes through here, from a form or from a device."""
from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from peewee import InterfaceError, OperationalError

from ..database import db
from ..errors import Refused
from ..models import Device, Done, Person
from ..records import name_id
from . import merge
from .batch import Author, Batch, Outcome, load, public
from .change import Change, digest_of, read
from .judge import NeedWas, judge
from .parts import end_orphans

log = logging.getLogger(__name__)

Raw = dict[str, Any]
NOT_TAKEN = ("refused", "behind", "need_was")


def take(person: Person, device: Device | None, changes: Sequence[Raw]) -> dict[str, Outcome]:
    """Take the changes of one form, in order and in one transaction: all of them, or none.

    Where a device would be asked what it saw, a form is joined as if it had seen nothing; only one that stands on a
    change which has not arrived yet gets `need_was`. A form that was saved before and says something else now (*Back*,
    then *Save*) is another change, on top of the one it made then.

    device: where the form was filled in. It counts as no device: what waits in that browser's store has not seen it.

    :return: change id to outcome: {"outcome": "accepted" | "merged" | "kept" | "refused" | "behind" | "need_was", ...};
        with one of the last three among them, nothing was written
    """
    anew = {raw["id"]: fresh for raw, fresh in zip(changes, _saved_again(person.id, changes), strict=True)}
    with db.atomic() as form:
        outcomes = receive(Author(person.id, None, asks=False), list(anew.values()))
        if any(outcome["outcome"] in NOT_TAKEN for outcome in outcomes.values()):
            form.rollback()
            outcomes = {id: _undone(outcome) for id, outcome in outcomes.items()}
    return public({id: outcomes[fresh["id"]] for id, fresh in anew.items()})


def _undone(outcome: Outcome) -> Outcome:
    """What is said of a change whose form was not taken as a whole."""
    return outcome if outcome["outcome"] in NOT_TAKEN else {"outcome": "behind"}


def _saved_again(person: str, changes: Sequence[Raw]) -> list[Raw]:
    """The changes, those of a used id as new ones; their ids follow from what they say, so that five taps are one."""
    used = Done.select().where(Done.change << [raw["id"] for raw in changes], Done.person == person)
    known = {row.change: row.digest for row in used}
    return [raw if known.get(raw["id"], digest_of(raw)) == digest_of(raw) else _on_top(raw) for raw in changes]


def _on_top(raw: Raw) -> Raw:
    kept = {name: raw[name] for name in ("kind", "record", "fields", "made_at") if name in raw}
    return kept | {"id": name_id(raw["id"], digest_of(raw)), "after": raw["id"]}


def receive(author: Author, changes: Sequence[Raw]) -> dict[str, Outcome]:
    """A batch in order, in one transaction; what is refused holds back only what follows on the same record.

    If anything raises, the batch is done again with a savepoint for each change, and the poison is refused alone.

    :raise peewee.OperationalError, peewee.InterfaceError: the database is not there; nothing is written
    """
    try:
        with db.atomic():
            return _together(author, changes)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        _note("a batch", error)
    with db.atomic():
        return _one_by_one(author, changes)


def _together(author: Author, changes: Sequence[Raw]) -> dict[str, Outcome]:
    taken = [_read(raw, author.shift) for raw in changes]
    batch = load(author, [one for one in taken if isinstance(one, Change)])
    outcomes: dict[str, Outcome] = {}
    stuck: set[str] = set()
    with merge.within_reason():
        for raw, change in zip(changes, taken, strict=True):
            outcomes[raw["id"]] = {"outcome": "behind"} if raw["record"] in stuck else _answer(batch, change)
            if outcomes[raw["id"]]["outcome"] in ("refused", "need_was"):
                stuck.add(raw["record"])
    end_orphans(batch, {raw["record"]: told for raw in changes
                        if (told := outcomes[raw["id"]])["outcome"] not in NOT_TAKEN})
    batch.write()
    return outcomes


def _one_by_one(author: Author, changes: Sequence[Raw]) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    stuck: set[str] = set()
    for raw in changes:
        if raw["record"] in stuck:
            outcomes[raw["id"]] = {"outcome": "behind"}
            continue
        try:
            with db.atomic():
                outcomes |= _together(author, [raw])
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            _note(f"change {raw['id']}", error)
            outcomes[raw["id"]] = {"outcome": "refused", "why": "server_error"}
        if outcomes[raw["id"]]["outcome"] in ("refused", "need_was"):
            stuck.add(raw["record"])
    return outcomes


def _note(what: str, error: Exception) -> None:
    """Where it broke, but not the message of the error, which may quote what somebody wrote."""
    log.error("%s raised %s\n%s", what, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))


def _read(raw: Raw, shift: timedelta) -> Change | Refused:
    try:
        return read(raw, shift)
    except Refused as error:
        return error


def _answer(batch: Batch, change: Change | Refused) -> Outcome:
    try:
        if isinstance(change, Refused):
            raise change
        return judge(batch, change)
    except Refused as error:
        return {"outcome": "refused", "why": error.why} | ({"field": error.field} if error.field else {})
    except NeedWas:
        return {"outcome": "need_was"}
