"""A device in Python: the rules of sync.md, On the device, its stores plain dictionaries.

`service_worker/` has the same rules in JavaScript; this one is fast enough for thousands of lives.
"""
from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from mentorlog import clock
from mentorlog.models import Device as Row
from mentorlog.models import Person
from mentorlog.records import KINDS, name_id

Fields = dict[str, Any]
Change = dict[str, Any]


def has_meaning(kind: str, fields: Fields) -> bool:
    """Whether two devices make the id of such a record alike."""
    return bool(fields.get("session")) if kind == "worksheet" else KINDS[kind].meaning


class Device:
    """One browser of one person. `new_id` and `now` come from the world; `skew` is how wrong the clock is."""

    batch = 100

    def __init__(self, row: Row, person: Person, new_id: Callable[[], str], now: Callable[[], datetime]) -> None:
        self.row, self.person, self.new_id, self.now = row, person, new_id, now
        self.snapshot: dict[str, Any] = {}
        self.former: dict[str, Any] = {}
        self.changes: list[Change] = []
        self.used: dict[str, Any] = {}
        self.forms: list[dict[str, Any]] = []
        self.epoch: str | None = None
        self.cursor, self.names, self.skew = 0, "", timedelta(0)

    def time(self) -> str:
        return clock.iso(self.now() + self.skew)

    # -- reading

    def stands(self) -> tuple[Any, ...]:
        """Something else after each request that moved anything."""
        return self.epoch, self.cursor, [(change["id"], change.get("ask_was")) for change in self.changes]

    def said(self, record: str) -> dict[str, Any]:
        return self.snapshot.get(record) or self.former.get(record) or {}

    def waiting_on(self, record: str) -> list[Change]:
        return [change for change in self.changes if change["record"] == record]

    def view(self, record: str) -> Fields:
        """The fields a screen shows: what the server last said, overlaid by what waits."""
        said = self.said(record)
        return overlay(said.get("fields", {"deleted": True} if said.get("gone") else {}), self.waiting_on(record))

    # -- forms and saving

    def opening(self, kind: str, record: str | None = None) -> dict[str, Any]:
        """What a form holds when it is rendered: its hidden fields and what it shows."""
        shown = self.view(record) if record else {}
        form = {"change": self.new_id(), "record": record or self.new_id(), "kind": kind, "shown": shown}
        mine = self.waiting_on(record) if record else []
        if not shown or shown.get("deleted"):
            return form | {"base": "", "shown": {}}
        return form | ({"after": mine[-1]["id"]} if mine else {"base": self.said(form["record"])["rev"]})

    def save(self, form: dict[str, Any], fields: Fields) -> None:
        """One save, one change, which stands on what the form showed."""
        self.place({name: form[name] for name in form if name != "shown"} | {"fields": copy.deepcopy(fields)})

    def place(self, plan: dict[str, Any]) -> None:
        digest = json.dumps([plan["kind"], plan["record"], plan["fields"]], sort_keys=True)
        used = self.used.get(plan["change"])
        if used:
            if used["digest"] != digest and not used.get("discarded"):  # Back, another text, Save
                again = {"change": name_id(plan["change"], digest), "record": used["record"], "after": plan["change"]}
                self.place({"kind": plan["kind"], "fields": plan["fields"]} | again)
            if not used.get("discarded"):
                return
        if plan.get("base") == "":
            self.place_new(plan, digest)
            return
        stands = self.standing(plan)
        showed = stands.pop("showed", None)
        seen = self.seen_by(stands, plan["record"]) if showed is None else showed
        if fields := changed(plan["kind"], plan["fields"], seen):
            stands |= {"ask_was": True} if showed is not None else {}
            self.put(plan | {"fields": fields}, stands, pick(fields, seen), digest)

    def place_new(self, plan: dict[str, Any], digest: str) -> None:
        """The form was for a new record; there may be one of that id by now."""
        there = self.view(plan["record"])
        if there and not there.get("deleted"):
            if all(there.get(name) == value for name, value in plan["fields"].items()):
                return
            if not has_meaning(plan["kind"], plan["fields"]):
                plan = plan | {"record": name_id(plan["change"], "fresh")}
        self.put(plan, {"base": None}, {}, digest)

    def put(self, plan: dict[str, Any], stands: dict[str, Any], was: Fields, digest: str) -> None:
        self.changes.append({"id": plan["change"], "kind": plan["kind"], "record": plan["record"], "was": was,
                             "fields": plan["fields"], "made_at": self.time(), "state": "waiting"} | stands)
        self.used[plan["change"]] = {"digest": digest, "record": plan["record"]}

    def standing(self, plan: dict[str, Any]) -> dict[str, Any]:
        """On what a form stands now: the change it showed may have been edited, which it did not show, or discarded."""
        showed = {"showed": plan["showed"]} if "showed" in plan else {}
        if "after" not in plan:
            return {"base": plan["base"] or None} | showed
        used = self.used.get(plan["after"], {})
        if "became" not in used:
            return {"after": plan["after"]} | showed
        first = {} if used.get("discarded") else showed or {"showed": used["showed"]}
        return self.standing(used["became"] | first)

    def seen_by(self, stands: dict[str, Any], record: str) -> Fields:
        """What the author of a form saw, as far as this device still knows."""
        if not stands.get("after"):
            said = self.said(record)
            return dict(said.get("fields", {})) if stands.get("base") and stands["base"] == said.get("rev") else {}
        below = next((change for change in self.changes if change["id"] == stands["after"]), None)
        return below["was"] | self.seen_by(below, record) | below["fields"] if below else {}

    def edit_and_send(self, old: Change, fields: Fields) -> None:
        """Settle a refused change: a new one on the old base; what stood on that stands on this."""
        fresh = self.new_id()
        mine = self.waiting_on(old["record"])
        for above in mine[mine.index(old) + 1:]:
            if above["fields"].get("deleted"):
                self.discard(above)  # to mend is to want it
        said, showed = self.said(old["record"]), self.seen_by({"after": old["id"]}, old["record"])
        seen = said.get("fields", {}) if old.get("after", "") == said.get("rev") else self.seen_by(old, old["record"])
        asks = old.pop("ask_was", False) and hides(fields, fields, seen, old["was"])
        was = pick(fields, seen | old["was"] if asks else old["was"] | seen)
        self.used[old["id"]] = self.used.get(old["id"], {}) | {"became": {"after": fresh}, "showed": showed}
        self.used[fresh] = {"digest": "", "record": old["record"]}
        for above in self.changes:
            if above.get("after") == old["id"]:
                above["after"] = fresh
        self.join_above(mine[mine.index(old) + 1:], fields, old["fields"])
        old |= {"id": fresh, "fields": fields, "was": was, "state": "waiting"} | ({"ask_was": True} if asks else {})
        old.pop("why", None)

    def join_above(self, later: list[Change], fields: Fields, before: Fields) -> None:
        """What was written after a change, before that was mended, never saw the mended words."""
        for name in fields:
            above = next((change for change in later if name in change["fields"]), {})
            if above.get("after") and hides([name], above["fields"], fields, before):
                above["ask_was"] = True

    def discard(self, old: Change) -> None:
        """Take a change back that never left; what stood on it takes over what it stood on."""
        self.changes.remove(old)
        stands = {name: old[name] for name in ("base", "after", "restore") if name in old}
        for above in self.changes:
            if above.get("after") == old["id"]:
                del above["after"]
                kept = {name: value for name, value in above["was"].items() if name not in old["fields"]}
                above |= stands | {"was": kept | pick(above["fields"], old["was"])}
        entry = self.used.get(old["id"], {"digest": "", "record": old["record"]})
        self.used[old["id"]] = entry | {"became": {"base": old.get("base")} | stands, "discarded": True}

    # -- the wire

    def request(self, batch: int | None = None) -> dict[str, Any]:
        """What goes up: in order, nothing behind a refused change, nothing while a former epoch is to be compared."""
        blocked: set[str] = set()
        ready = []
        for change in self.changes:
            if change["state"] == "refused":
                blocked.add(change["record"])
            elif change["record"] not in blocked:
                ready.append(change)
        picked = [] if self.former else ready[:batch or self.batch]
        for change in picked:
            change["state"] = "tried"
        return {"v": 1, "person": self.person.id, "device": self.row.id, "zone": "UTC", "sent_at": self.time(),
                "epoch": self.epoch, "cursor": self.cursor, "told": not self.former and len(picked) == len(ready),
                "changes": [wire(change) for change in picked]}

    def answer(self, asked: dict[str, Any], told: dict[str, Any]) -> bool:
        """All of a reply, or nothing: only for the epoch and the cursor that were asked with."""
        if (asked["epoch"], asked["cursor"]) != (self.epoch, self.cursor):
            return False
        if told["epoch"] != self.epoch and self.epoch is not None:
            self.former, self.snapshot = self.snapshot | self.former, {}
        self.epoch, self.names, self.cursor = told["epoch"], told["names"], told["cursor"]
        taken = self.settle(told["outcomes"])
        for row in told["records"]:
            self.take_row(row, taken)
        if self.former and not told["more"]:
            self.hand_back()
        return True

    def settle(self, outcomes: dict[str, Any]) -> dict[str, list[Change]]:
        """Drop what the server has, keep the rest with its reason; returns what was taken, by record."""
        taken: dict[str, list[Change]] = {}
        for change in list(self.changes):
            outcome = outcomes.get(change["id"], {}).get("outcome")
            if outcome == "refused":
                change |= {"state": "refused", "why": outcomes[change["id"]]["why"]}
            elif outcome in ("need_was", "behind"):
                change |= {"state": "waiting"} | ({"ask_was": True} if outcome == "need_was" else {})
            elif outcome:
                taken.setdefault(change["record"], []).append(change)
                self.changes.remove(change)
        return taken

    def take_row(self, row: dict[str, Any], taken: dict[str, list[Change]]) -> None:
        if row.get("gone") and "rev" not in row:
            self.snapshot.pop(row["id"], None)
            self.former.pop(row["id"], None)
        elif row.get("echo"):
            self.snapshot[row["id"]] = self.fold(row, taken[row["id"]])
        else:
            self.snapshot[row["id"]] = copy.deepcopy(row)

    def fold(self, row: dict[str, Any], mine: list[Change]) -> dict[str, Any]:
        """An echo: the record is what this device believes."""
        said = self.said(row["id"])
        fields = overlay({} if said.get("gone") else said.get("fields", {}), mine)
        kind = said.get("kind") or mine[0]["kind"]
        at = KINDS[kind].at(fields, said.get("at") or mine[0]["made_at"])
        pair = fields.get("pair" if KINDS[kind].by == "pair" else "shared")
        return {"id": row["id"], "kind": kind, "owner": said.get("owner", self.person.id), "pair": pair,
                "rev": row["rev"], "at": at, "fields": fields}

    def hand_back(self) -> None:
        """The server was restored: give it what it forgot, before anything that was typed on top of it."""
        back = []
        for record, had in self.former.items():
            has = self.snapshot.get(record)
            if "rev" not in had or had["rev"] == (has or {}).get("rev") or (had.get("gone") and not has):
                continue
            back.append({"id": name_id(str(self.epoch), had["rev"]), "kind": had["kind"], "record": record,
                         "restore": had["rev"], "fields": had.get("fields") or {"deleted": True}, "was": {},
                         "made_at": had.get("at"), "state": "waiting"})
        self.changes, self.former = back + self.changes, {}


def changed(kind: str, fields: Fields, seen: Fields) -> Fields:
    """The fields that differ from what was seen; those that say one thing together, together."""
    moved = {name for name, value in fields.items() if name not in seen or seen[name] != value}
    moved |= {name for group in KINDS[kind].together if group & moved for name in group}
    return {name: value for name, value in fields.items() if name in moved}


def overlay(fields: Fields, changes: list[Change]) -> Fields:
    """Changes in order over what was said; over a tombstone a creation begins anew."""
    for change in changes:
        creates = not (change.get("base") or change.get("after") or change.get("restore"))
        fields = dict(change["fields"]) if fields.get("deleted") and creates else fields | change["fields"]
    return dict(fields)


def pick(fields: Fields, seen: Fields) -> Fields:
    """What was seen of these fields; of all of them when the record is deleted."""
    return dict(seen) if fields.get("deleted") else {name: seen[name] for name in fields if name in seen}


def hides(names: Iterable[str], fields: Fields, there: Fields, was: Fields) -> bool:
    """Whether fields written over what is there hide a word that came with it, or another value than was seen."""
    def hidden(name: str) -> bool:
        mine, theirs, seen = (some.get(name) for some in (fields, there, was))
        if not all(isinstance(one, str) for one in (mine, theirs, seen)):
            return theirs != seen
        return bool(words(theirs) - words(mine) - words(seen))
    return any(map(hidden, names))


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def wire(change: Change) -> Change:
    """A change as it is sent: it stands on exactly one thing."""
    keys = ["restore"] if change.get("restore") else ["was"] if change.get("ask_was") else (
        ["after"] if change.get("after") else ["base"])
    head = {name: change[name] for name in ("id", "kind", "record", "fields", "made_at")}
    return copy.deepcopy(head | {name: change.get(name) for name in keys})
