"""A pair begins and ends: what that makes of the records of the two."""
from __future__ import annotations

from ..database import db
from ..models import Pair, Record, Reminder
from ..records import KINDS, name_id
from . import publish
from .apply import receive
from .batch import Author
from .change import made_by_server
from .rows import chunks


def begin(pair: str, partner: str) -> int:
    """Give the sessions of a partner card, and the lines on their agendas, to the pair that it became.

    Both see them from now on, and rule 5 of joining holds. A line of no session stays the mentee's alone: nobody
    decided to show it. partner: id of the mentee's card.

    :return: how many records that were; a second time none
    """
    owner = Pair.get_by_id(pair).mentee
    sessions = [one for one in _of(owner, "session") if one.fields.get("partner") == partner]
    ids = {one.id for one in sessions}
    given = sessions + [one for one in _of(owner, "line") if one.fields.get("session") in ids]
    for some in chunks(given, 100):
        changes = [made_by_server(name_id(pair, one.id), one.kind, one.id, {"pair": pair}, one.rev) for one in some]
        receive(Author(owner, None, asks=False, server=True), changes)
    return len(given)


def _of(owner: str, kind: str) -> list[Record]:
    """The records of this kind that are the owner's alone."""
    mine = (Record.owner == owner) & (Record.kind == kind) & Record.pair.is_null()
    return [one for one in Record.select().where(mine) if not one.fields.get("deleted")]


def end(pair: str) -> None:
    """End a pair: what was shared in it is withdrawn, what both wrote stays readable for both, and only their owner is
    still reminded of sessions."""
    with db.atomic():
        found = Pair.get_by_id(pair)
        crowd = publish.lock([found.mentee, found.mentor])
        records = list(Record.select().where(Record.pair == pair))
        before = [crowd.sight().views(record) for record in records]
        Pair.update(ended=True).where(Pair.id == pair).execute()
        crowd.pairs[pair].ended = True
        after = [crowd.sight().views(record) for record in records]
        moves = zip(records, before, after, strict=True)
        publish.publish(crowd.people, [(record.id, was, now) for record, was, now in moves])
        for record in _reminded_of(records):
            KINDS[record.kind].after_write(record, record.fields)


def _reminded_of(records: list[Record]) -> list[Record]:
    """Those of these that somebody is to hear of."""
    rows = (Reminder.select(Reminder.record).where(Reminder.record << some)
            for some in chunks([record.id for record in records]))
    ids = {row.record for found in rows for row in found}
    return [record for record in records if record.id in ids]
