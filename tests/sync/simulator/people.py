"""What people do on their devices: write, share, bin, delete, leave forms open, go back."""
from __future__ import annotations

import copy
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from mentorlog import clock, records
from mentorlog.models import Pair
from mentorlog.sync import apply
from tests.sync.simulator import checks
from tests.sync.simulator.device import Device

if TYPE_CHECKING:
    from tests.sync.simulator.world import World

SENTENCE = re.compile(r"(?<=[.!?])\s+")
TEXT_OF = {"session": "notes", "rating": "reason"}
SHAREABLE = ("entry", "goal", "rating")


class People:
    """The acts of a world's people."""

    def __init__(self, world: World) -> None:
        self.world, self.random = world, world.random

    def token(self) -> str:
        token = f"t{next(self.world.count)}x"
        self.world.typed.add(token)
        return token

    def change_text(self, text: str) -> str:
        """A sentence more, in one of four places; one of them is that of another sentence."""
        parts = [part for part in SENTENCE.split(text) if part]
        sentence, where = f"I {self.token()} wrote.", self.random.randrange(4)
        if where == 0 and parts:
            place = self.random.randrange(len(parts))
            self.forget(parts[place])
            parts[place] = sentence
        elif where == 1:
            parts.insert(0, sentence)
        elif where == 2 and parts:
            parts.insert(self.random.randrange(len(parts)), sentence)
        else:
            parts.append(sentence)
        return " ".join(parts)

    def forget(self, *texts: Any) -> None:
        """Somebody took these words out on purpose, having seen them."""
        self.world.removed |= checks.tokens(*texts)

    def act(self, device: Device) -> None:
        """One thing that a person does on a device."""
        r, what = self.random, self.random.random()
        if r.random() < 0.08:
            device.skew = timedelta(days=r.choice((0, 0, 3 * 365, -2 * 365)))
        if device.forms and what < 0.25:
            return self.save_open_form(device)
        mine = self.known_to(device)
        if not mine or what < 0.4:
            return self.write_new(device)
        record, kind = r.choice(mine)
        if device.view(record).get("deleted"):
            return self.write_anew(device, record, kind)
        if kind == "goal" and device.names and r.random() < 0.5:
            return self.rate(device, record)
        return self.write(device, device.opening(kind, record), r.random())

    def known_to(self, device: Device) -> list[tuple[str, str]]:
        mine = {record: row["kind"] for record, row in device.snapshot.items() if "rev" in row}
        mine |= {change["record"]: change["kind"] for change in device.changes}
        return list(mine.items())

    def write_new(self, device: Device) -> None:
        kind = self.random.choice(("entry", "entry", "goal", "session"))
        fields: dict[str, Any] = {TEXT_OF.get(kind, "text"): self.change_text("")}
        if kind == "session":
            fields |= {"starts_on": "2026-12-01", "starts_time": "15:00", "zone": "Europe/Berlin"}
            if self.random.random() < 0.8:
                fields["pair"] = self.random.choice(self.pairs_of(device)).id
        form = device.opening(kind)
        if self.random.random() < 0.2:
            device.forms.append(form)  # left open, to be saved much later
            return self.forget(fields)
        return self.submit(device, form, fields)

    def write_anew(self, device: Device, record: str, kind: str) -> None:
        """Over a tombstone only what has an id with a meaning is made again."""
        if kind == "rating":
            self.submit(device, device.opening(kind, record), {"value": 3, "reason": self.change_text("")})

    def pairs_of(self, device: Device) -> list[Pair]:
        return [pair for pair in self.world.pairs.values() if device.person.id in (pair.mentee, pair.mentor)]

    def rate(self, device: Device, goal: str) -> None:
        """Two doors, one record: the id of a rating follows from the goal's."""
        form = device.opening("rating", records.name_id(device.names, "rating:" + goal))
        fields: dict[str, Any] = {"goal": goal, "value": self.random.randint(1, 5)}
        if self.random.random() < 0.5:
            fields["reason"] = self.change_text(form["shown"].get("reason") or "")
        self.submit(device, form, fields)

    def write(self, device: Device, form: dict[str, Any], what: float) -> None:
        """Open a form on a record and save it now, or leave it open; or save it and leave a second tab open."""
        if self.random.random() < 0.25:
            device.forms.append(copy.deepcopy(form))
            if self.random.random() < 0.5:
                return
            form = form | {"change": self.world.new_id()}  # the same record in the other tab
        fields = self.edited(device, form, what)
        if fields:
            self.submit(device, form, fields)

    def edited(self, device: Device, form: dict[str, Any], what: float) -> dict[str, Any] | None:
        """What somebody makes of the fields that a form shows. what: below 1 anything, 1 for the text."""
        kind, shown = form["kind"], form["shown"]
        if kind == "kept" or what < 0.06:
            self.forget(shown)
            return {"deleted": True}
        if what < 0.14:
            return {"binned_at": None if shown.get("binned_at") else device.time()}
        if what < 0.34 and kind in SHAREABLE:
            own = [pair.id for pair in self.pairs_of(device) if pair.mentee == device.person.id]
            return {"shared": self.random.choice([*own, None]) if own else None}
        special = {"entry": self.edited_entry, "goal": self.edited_goal, "session": self.moved}.get(kind)
        if what < 0.5 and special:
            return special(shown)
        name = TEXT_OF.get(kind, "text")
        text = self.change_text(shown.get(name) or "")
        return {name: text} if kind != "goal" or len(text) <= 140 else self.forget(text)

    def edited_entry(self, shown: dict[str, Any]) -> dict[str, Any]:
        """Tags; or poison: a title that is too long, a field of a newer app than the server."""
        r, what = self.random, self.random.random()
        if what < 0.2:
            return {"title": "z" * 201, "text": self.change_text(shown.get("text", ""))}
        if what < 0.4:
            return {"mood": "good"}
        return {"tags": sorted({*shown.get("tags", []), f"tag{r.randint(1, 9)}"})[-r.randint(1, 3):]}

    def edited_goal(self, shown: dict[str, Any]) -> dict[str, Any]:
        return {"steps": self.edited_steps(shown.get("steps", []))}

    def moved(self, shown: dict[str, Any]) -> dict[str, Any]:
        """A session on another day, or longer."""
        day, minutes = f"2026-12-{self.random.randint(10, 28)}", 30 + self.random.randint(1, 9)
        return self.random.choice(({"starts_on": day}, {"starts_on": day, "minutes": minutes}, {"minutes": minutes}))

    def edited_steps(self, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Add, change, remove or move a step."""
        r, steps = self.random, copy.deepcopy(steps)
        what = r.randrange(4) if steps else 0
        if what == 0 and len(steps) < 6:
            steps.insert(r.randint(0, len(steps)), {"id": self.world.new_id(), "text": self.token()})
        elif what == 1:
            step = r.choice(steps)
            self.forget(step["text"])
            step["text"] = self.token()
        elif what == 2:
            self.forget(steps.pop(r.randrange(len(steps)))["text"])
        else:
            r.shuffle(steps)
        return steps

    def submit(self, device: Device, form: dict[str, Any], fields: dict[str, Any]) -> None:
        """Save; often a second time, and sometimes *Back* brings the filled form again."""
        device.save(form, fields)
        again = self.random.random()
        if again < 0.1:
            device.save(form, fields)
            self.world.stats["saved twice"] += 1
        elif again < 0.2 and TEXT_OF.get(form["kind"], "text") in fields:
            device.forms.append(form | {"filled": fields})

    def save_open_form(self, device: Device) -> None:
        """Save a form that was opened long ago, as it was then; or one that *Back* brought."""
        form = device.forms.pop(self.random.randrange(len(device.forms)))
        filled = form.pop("filled", None)
        if filled is None and form.get("base") == "":
            fields: dict[str, Any] | None = {TEXT_OF.get(form["kind"], "text"): self.change_text("")}
        else:
            shown = form["shown"] | (filled or {})
            fields = self.edited(device, form | {"shown": shown}, 1 if filled else self.random.random())
            fields = (filled or {}) | fields if fields else None
        self.world.stats["back" if filled else "old form"] += 1
        if fields:
            device.save(form, fields)

    def settle(self, device: Device) -> None:
        """A person settles what was refused: mends it, or takes it back."""
        for change in [change for change in device.changes if change["state"] == "refused"]:
            fields = {name: value for name, value in change["fields"].items() if name not in ("mood", "title")}
            if change["why"] == "unknown_field":
                device.edit_and_send(change, {"tags": ["settled"]})
            elif change["why"] == "too_long" and fields and self.random.random() < 0.7:
                device.edit_and_send(change, fields)
            elif self.random.random() < 0.3 and not change.get("restore"):
                self.forget(change["fields"])
                device.discard(change)

    def at_the_desk(self, name: str) -> None:
        """A browser without a worker: a form of the server's own, saved later, now and then twice."""
        person = self.world.people[name]
        shelves = ("entry", "goal", "session")
        with self.world.now():
            found = [row for shelf in shelves for row in records.shelf(person, shelf) if row["rev"]]
            if not found:
                return
            row = self.random.choice(found)
            field = TEXT_OF.get(row["kind"], "text")
            text = self.change_text(row["fields"].get(field, ""))
            change = {"id": self.world.new_id(), "kind": row["kind"], "record": row["id"], "base": row["rev"],
                      "fields": {field: text}, "made_at": clock.iso(clock.now())}
        for device in self.world.devices:  # meanwhile, elsewhere
            if self.random.random() < 0.3:
                self.world.line.exchange(device)
        with self.world.now():
            for _ in range(self.random.choice((1, 1, 2))):
                outcome = apply.take(person, None, [copy.deepcopy(change)])[change["id"]]["outcome"]
        self.world.stats[f"desk {outcome}"] += 1
        self.world.on_no_device |= checks.tokens(text)
        if outcome in ("refused", "need_was"):
            self.forget(text)  # the page shows the form again, with the text in it
