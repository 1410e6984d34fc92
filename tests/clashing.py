"""Two devices that write into one field, and how a person settles the two versions at a page of the server."""
from __future__ import annotations

from mentorlog.models import Record
from tests.submitting import submit
from tests.sync.asking import change, edit, outcome, sync

OURS, THEIRS = "It was in a corridor.", "It was in the meeting."


def clash(phone, laptop, what: str, field: str, ours, theirs, **more) -> tuple[dict, str]:
    """Two devices write into one field, the laptop first: the change that made the record, and the id of the kept text.

    ours: what stands; theirs: what was kept, of the phone.
    """
    made = change(what, **{field: "Before." if isinstance(ours, str) else ours[:0]}, **more)
    sync(laptop, [made])
    sync(laptop, [edit(made, **{field: ours})])
    told = outcome(phone, edit(made, **{field: theirs}))
    assert told["outcome"] == "kept", told
    return made, told["kept"][0]


def settle(client, kept: str, keep: str):
    return submit(client, f"/versions/{kept}", keep=keep)


def page(client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.get_data(as_text=True)


def binned(kept: str) -> bool:
    return bool(Record.get_by_id(kept).fields.get("binned_at"))


def entries() -> list[dict]:
    return [row.fields for row in Record.select().where(Record.shelf == "entry").order_by(Record.at, Record.id)]
