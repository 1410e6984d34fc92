"""Files of copies, as somebody saves them, edits them and chooses them on a page without JavaScript."""
from __future__ import annotations

import json
from typing import Any

from mentorlog import records
from mentorlog.models import Done, Feed, History, Record
from mentorlog.sync import apply
from tests.cast import OURS

NOON = "2026-11-03T12:00:00.000Z"
TEXT = "The release was moved. Nobody minded."


def write(person: Any, kind: str, record: str | None = None, base: str | None = None, **fields: Any) -> str:
    """One change through the door; returns the id of the record."""
    id = record or records.new_id()
    change = {"id": records.new_id(), "kind": kind, "record": id, "fields": fields, "base": base, "made_at": NOON}
    assert apply.take(person, None, [change])[change["id"]]["outcome"] in ("accepted", "merged")
    return id


def stood(person: Any, kind: str = "entry") -> list[dict[str, Any]]:
    """The fields of what stands here of a kind, the newest first."""
    return [one["fields"] for one in records.shelf(person, kind)]


def saved(client: Any) -> dict[str, Any]:
    return json.loads(client.get("/settings/copy").data)


def choose(client: Any, copy: Any) -> Any:
    """Choose a file; returns the reply."""
    text = copy if isinstance(copy, bytes) else json.dumps(copy, indent=1).encode()
    head = b'Content-Disposition: form-data; name="copy"; filename="mentorlog.json"\r\n\r\n'
    body = b"--edge\r\n" + head + text + b"\r\n--edge--\r\n"
    return client.post("/copies", data=body, headers=OURS, content_type="multipart/form-data; boundary=edge")


def told(client: Any, copy: Any) -> str:
    """Choose a file; returns the page that says what is in it."""
    assert choose(client, copy).status_code == 303
    return " ".join(client.get("/copies").get_data(as_text=True).split())


def bring(client: Any, copy: Any, **form: str) -> str:
    """Choose a file and bring it in; returns the page after it."""
    told(client, copy)
    assert client.post("/copies/bring", data={"beside": "1"} | form, headers=OURS).status_code == 303
    return " ".join(client.get("/copies").get_data(as_text=True).split())


def entry(id: str, owner: Any, at: str = NOON, **fields: Any) -> dict[str, Any]:
    return {"id": id, "kind": "entry", "owner": owner, "pair": None, "at": at, "fields": fields, "rev": id}


def a_copy(person: Any, *found: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"app": "mentorlog", "format": 1, "made_at": NOON, "owner": person.id, "person": person.name, "changes": [],
            "drafts": [], "records": list(found)} | more


def a_draft(**some: Any) -> dict[str, Any]:
    return {"change": records.new_id(), "record": records.new_id(), "kind": "entry", "base": "", "at": NOON,
            "form": "/journal/new", "fields": {"text": ["x"]}} | some


def emptied() -> None:
    """A server that knows nothing any more."""
    for table in (Record, History, Feed, Done):
        table.delete().execute()
