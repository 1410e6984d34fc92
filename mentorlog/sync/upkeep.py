"""What the server does by itself once a day: it empties bins, thins the history, shows again what it held back for too
long, and forgets files that were chosen to be read back and then left lying."""
from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from peewee import InterfaceError, OperationalError

from .. import clock
from ..database import db
from ..models import History, Reading, Record
from ..records import KINDS, name_id
from . import publish, restore
from .apply import receive
from .batch import Author
from .change import made_by_server
from .rows import chunks
from .thinning import thin_history

DAYS_IN_THE_BIN = 30
FILE_KEPT = timedelta(days=1)  # until it is brought in

log = logging.getLogger(__name__)


def daily(done_on: str) -> str:
    """Make the day's round unless it was made: `done_on` is what the last call returned, "" for none."""
    today = clock.iso(clock.now())[:10]
    if today != done_on:
        for work in (empty_bins, thin_history, restore.release, forget_files):
            attempt(work)
    return today


def attempt(work: Callable[[], object]) -> None:
    """Do a part of the round. One that fails is left until tomorrow: it stops no other, and is not tried all day.

    :raise OperationalError, InterfaceError: the database is away, so that all of it waits for that
    """
    try:
        work()
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("upkeep failed", extra={"work": work.__name__})


def empty_bins() -> int:
    """Delete what lay in a bin for thirty days, for everybody, by the same door as everything else.

    :return: how many records that were. Running it twice does no harm: the id of such a change follows from the state
        that it deletes
    """
    owners = sorted({record.owner for record in _due()})
    return sum(_empty_of(owner) for owner in owners)


def forget_files() -> None:
    """Forget the files that were chosen a day ago or earlier, everybody's."""
    Reading.delete().where(Reading.at < clock.now() - FILE_KEPT).execute()


def _due(owner: str = "") -> list[Record]:
    """What lay in a bin, of everybody or of one, for long enough: by the clock of the device that put it there and by
    ours, too. A phone that is two years behind would have it deleted on the day on which we heard of it. What is
    changed in the bin lies there for thirty days more."""
    edge = clock.now() - timedelta(days=DAYS_IN_THE_BIN)
    binned = Record.select().where(Record.shelf << [f"{kind}/bin" for kind in KINDS])
    if owner:
        binned = binned.where(Record.owner == owner)
    found = [record for record in binned if record.fields["binned_at"] <= clock.iso(edge)]
    fresh = _heard_of_since(edge, [record.rev for record in found])
    return [record for record in found if record.rev not in fresh]


def _heard_of_since(moment: datetime, revs: list[str]) -> set[str]:
    """Those of these states that came in after a moment."""
    rows = (History.select(History.rev).where(History.rev << some, History.received_at > moment)
            for some in chunks(revs))
    return {row.rev for found in rows for row in found}


def _empty_of(owner: str) -> int:
    """Under lock, so that nobody takes something out of the bin between the look and the deletion."""
    with db.atomic():
        publish.lock([owner])
        return _empty(owner, _due(owner))


def _empty(owner: str, records: list[Record]) -> int:
    end = {"deleted": True}
    changes = [made_by_server(name_id(one.rev, "purge"), one.kind, one.id, end, one.rev) for one in records]
    taken = 0
    for some in chunks(changes, 100):
        outcomes = receive(Author(owner, None, asks=False), some)
        taken += sum(outcome["outcome"] == "accepted" for outcome in outcomes.values())
    return taken
