"""Settling two versions: what can be chosen, and the changes that follow. Twin: service_worker/versions/settling.js.

A case is {kept, record: the one it belongs to, None when that is deleted, field, type: `text`, `list` or `value`, or ""
where the kind has no such field, text: of the kept version, others: all that is kept of the same record}.
"""
from __future__ import annotations

import json
from typing import Any

from .. import clock, forms, records
from ..history import difference
from ..sync.join import as_text

# The kinds of which both versions can stand, each as a record of its own, and what goes along into the second one.
APART = {"entry": ("title", "tags", "session"), "line": ("pocket", "session", "pair")}
TYPES = {"prose": "text", "line": "text", "list": "list"}
Record = dict[str, Any]
Fields = dict[str, Any]
Case = dict[str, Any]


def case_of(kept: Record, record: Record | None, others: list[Record]) -> Case:
    """A kept text with what it belongs to."""
    field = kept["fields"].get("field") or ""
    spec = records.KINDS[record["kind"]].specs.get(field) if record else None
    return {"kept": kept, "record": record, "field": field, "others": others,
            "type": TYPES.get(spec.name, "value") if spec else "", "text": kept["fields"].get("text") or ""}


def standing(case: Case) -> str:
    """What stands in the field, in words."""
    record, field = case["record"], case["field"]
    value = record["fields"].get(field) if record else None
    if record is None or value is None or not case["type"]:
        return ""
    if case["type"] == "list":
        return as_text(records.KINDS[record["kind"]].specs[field], value)
    return str(value) if case["type"] == "text" else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def choices(case: Case) -> dict[str, Fields]:
    """What a person can choose, each with the fields of the change that it makes.

    this: what stands stays. that: the kept version takes its place. apart: it becomes a record of its own. both: the
    field holds both. anew: what has no place any more becomes an entry.
    """
    record = case["record"]
    if not case["type"]:
        return {"this": {}} | fitting("entry", {"anew": anew(homeless(case))})
    found = fitting(record["kind"], {"that": that(case), "apart": apart(case), "both": both(case)})
    return {"this": {}} | {name: fields for name, fields in found.items() if name != "both" or "apart" not in found}


def fitting(kind: str, found: dict[str, Fields]) -> dict[str, Fields]:
    """Those that are possible at all, and that a change of this kind may hold."""
    return {name: fields for name, fields in found.items() if fields and not forms.problems(kind, fields)}


def that(case: Case) -> Fields:
    """The kept version in place of the other; of a list only the lines are known, not where they stood."""
    if case["type"] == "list":
        return {}
    return {case["field"]: case["text"]} if case["type"] == "text" else proposed(case)


def proposed(case: Case) -> Fields:
    """What a kept proposal holds: values of fields, or of one."""
    try:
        value = json.loads(case["text"])
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {case["field"]: value}


def apart(case: Case) -> Fields:
    """A second record beside the one that stands."""
    record = case["record"]
    if case["field"] != "text" or record["kind"] not in APART:
        return {}
    along = {name: record["fields"][name] for name in APART[record["kind"]] if record["fields"].get(name)}
    return along | {"text": case["text"]}


def both(case: Case) -> Fields:
    """Both in one field: one text below the other, in one line, or the lines at the end of a list."""
    record, field = case["record"], case["field"]
    if case["type"] == "text":
        return {field: joined(case)}
    return {field: [*(record["fields"].get(field) or []), *rows(case)]} if case["type"] == "list" else {}


def joined(case: Case) -> str:
    """Both texts in one: what they share once, in one line with a slash between."""
    both = standing(case), case["text"]
    if records.KINDS[case["record"]["kind"]].specs[case["field"]].name == "prose":
        return difference.union(*both)
    return " / ".join(text for text in both if text)


def rows(case: Case) -> list[Fields]:
    """The lines of a kept list as elements; two devices that add them add the same."""
    lines = [line for line in case["text"].split("\n") if line]
    return [{"id": f"{case['kept']['id']}-{number}", "text": line} for number, line in enumerate(lines, 1)]


def homeless(case: Case) -> list[Record]:
    """The kept texts that go into one entry: all of a deleted record."""
    return [case["kept"]] if case["record"] else list(case["others"])


def anew(kept: list[Record]) -> Fields:
    """An entry out of texts that have no place any more."""
    texts = [(one["fields"].get("field") or "", one["fields"].get("text") or "") for one in kept]
    titles = [text for field, text in texts if field == "title"]
    rest = [text for field, text in texts if field != "title"]
    return {"title": "".join(titles[:1]), "text": "\n\n".join([*titles[1:], *rest])}


def changes(case: Case, choice: str, opened: dict[str, str]) -> list[Record]:
    """The changes that a choice makes; the kept text goes into the bin. opened: the hidden fields of the page's form.

    Another choice is another change, also out of the same form; and two devices that choose alike make one record.
    """
    ended = homeless(case) if choice == "anew" else [case["kept"]]
    opened = opened | {"change": records.name_id(opened["change"], choice)}
    if choice == "this":
        end = {"binned_at": clock.iso(clock.now())}
        return [forms.change("kept", end, forms.opening(case["kept"]) | {"change": opened["change"]})]
    if choice in ("apart", "anew"):
        made = records.name_id(" ".join(sorted(one["id"] for one in ended)), choice)
        opened |= {"record": made, "base": "", "after": ""}
    first = forms.change("entry" if choice == "anew" else case["record"]["kind"], choices(case)[choice], opened)
    return [first, *settled(first, ended)]


def settled(first: Record, kept: list[Record]) -> list[Record]:
    """The changes that end the kept texts, after the one that says how."""
    end = {"binned_at": first["made_at"]}
    return [forms.further(first, "kept", end, one) for one in kept]
