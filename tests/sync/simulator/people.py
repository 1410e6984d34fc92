"""What people do on their devices: write, share, bin, delete, leave forms open, go back, settle two versions."""
from __future__ import annotations

import copy
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from mentorlog import clock, records
from mentorlog.models import Pair
from mentorlog.records import KINDS
from mentorlog.sync import apply
from tests.sync.simulator import checks, meeting
from tests.sync.simulator.device import Device
from tests.sync.simulator.typing import Typing, text_of

if TYPE_CHECKING:
    from tests.sync.simulator.world import World

# How often something is begun, if not as often as anything else; what has a meaning is begun beside what it is about.
ONCE = ("settings", "hours", "busy")  # one for each person, and hours one more for each partner
OFTEN = {"entry": 3, "goal": 2, "session": 2, "rating": 0, "answer": 0, "agreement": 0, "kept": 0}
ABOUT = {"goal": "rating", "session": "worksheet", "worksheet": "answer", "partner": "agreement"}
START = {"starts_on": "2026-12-01", "starts_time": "15:00", "zone": "Europe/Berlin"}
NEWEST = 4
SET = "first-meeting"
POISON = ("mood", "title")  # what a server of today refuses: a field of a newer app, a title that is too long


class People:
    """The acts of a world's people."""

    about = ABOUT

    def __init__(self, world: World) -> None:
        self.world, self.random, self.hands = world, world.random, Typing(world)

    def act(self, device: Device) -> None:
        """One thing that a person does on a device."""
        if self.random.random() < 0.08:
            device.skew = timedelta(days=self.random.choice((0, 0, 3 * 365, -2 * 365)))
        if self.random.random() < self.world.meetings:
            meeting.meet(self, device)
        else:
            self.write_something(device)

    def write_something(self, device: Device) -> None:
        """At one device alone."""
        r, what = self.random, self.random.random()
        if device.forms and what < 0.25:
            return self.save_open_form(device)
        mine = self.known_to(device)
        if not mine or what < 0.4:
            return self.write_new(device)
        if what < 0.44:
            return self.empty_the_bin(device)
        record, kind = r.choice(mine[-NEWEST:] if r.random() < 0.4 else mine)  # where others are at work, too
        if device.view(record).get("deleted"):
            return self.write_anew(device, record, kind)
        if kind == "kept" and not device.view(record).get("binned_at"):
            return self.settle_versions(device, record, dict(mine))
        if kind in ABOUT and device.names and r.random() < 0.5:
            return self.write_about(device, record, kind)
        return self.write(device, device.opening(kind, record), r.random())

    def known_to(self, device: Device) -> list[tuple[str, str]]:
        mine = {record: row["kind"] for record, row in device.snapshot.items() if "rev" in row}
        mine |= {change["record"]: change["kind"] for change in device.changes}
        return list(mine.items())

    def names(self, device: Device, kind: str) -> list[str]:
        """Ids of what a field of another record can name."""
        return [id for id, known in self.known_to(device) if known == kind]

    def write_new(self, device: Device) -> None:
        kind = self.random.choice([kind for kind in sorted(KINDS) for _ in range(OFTEN.get(kind, 1))])
        if kind in ONCE:
            return self.set_up(device, kind)
        fields: dict[str, Any] = {text_of(kind): self.hands.change_text("")}
        if kind == "session":
            fields |= START
        if kind == "worksheet":
            fields |= self.hands.others(KINDS[kind], {}, [], ["questions"])
        if kind in ("session", "line") and self.random.random() < self.world.paired:
            fields["pair"] = self.random.choice(self.pairs_of(device)).id
        form = device.opening(kind)
        if self.random.random() < 0.2:
            device.forms.append(form)  # left open, to be saved much later
            return self.hands.forget(fields)
        return self.submit(device, form, fields)

    def set_up(self, device: Device, kind: str) -> None:
        """The settings of a person are one record, their hours are, and what they know of those of a partner."""
        of = self.random.choice(["", *self.names(device, "partner")]) if kind == "hours" else ""
        if device.names:
            form = device.opening(kind, records.name_id(device.names, f"{kind}:{of}" if of else kind))
            about = {"partner": of} if of else {}
            self.submit(device, form, self.hands.edited(KINDS[kind], form["shown"], []) | about)

    def write_anew(self, device: Device, record: str, kind: str) -> None:
        """Over a tombstone only what has an id with a meaning is made again."""
        if kind == "rating":
            self.submit(device, device.opening(kind, record), {"value": 3, "reason": self.hands.change_text("")})

    def pairs_of(self, device: Device) -> list[Pair]:
        return [pair for pair in self.world.pairs.values() if device.person.id in (pair.mentee, pair.mentor)]

    def mentors_of(self, device: Device) -> list[str]:
        """The pairs to whose mentor the person of a device can show something."""
        return [pair.id for pair in self.pairs_of(device) if pair.mentee == device.person.id]

    def write_about(self, device: Device, record: str, kind: str) -> None:
        """Two doors, one record: the id of a rating, worksheet, answer or agreement follows from what it is about."""
        fields: dict[str, Any]
        if kind == "goal":
            name, fields = f"rating:{record}", {"goal": record, "value": self.random.randint(1, 5)}
        elif kind == "session":
            name, fields = f"worksheet:{record}:{SET}", {"set": SET, "session": record}
        elif kind == "partner":
            name, fields = f"agreement:{record}", {"partner": record}
        else:
            asked = [one["id"] for one in device.view(record).get("questions") or []]
            if not asked:
                self.ask(device, record)
                return
            question = self.random.choice(asked[:2])
            name, fields = f"answer:{record}:{question}", {"worksheet": record, "question": question}
        about = ABOUT[kind]
        form, text = device.opening(about, records.name_id(device.names, name)), text_of(about)
        if kind != "goal" or self.random.random() < 0.5:
            fields[text] = self.hands.change_text(form["shown"].get(text) or "", KINDS[about].specs[text].max)
        self.submit(device, form, fields)

    def ask(self, device: Device, sheet: str) -> None:
        """A worksheet without a question gets one: nothing else can be answered."""
        form = device.opening("worksheet", sheet)
        self.submit(device, form, self.hands.others(KINDS["worksheet"], form["shown"], [], ["questions"]))

    def empty_the_bin(self, device: Device) -> None:
        """All that lies in the bin of this device."""
        for record, kind in self.known_to(device):
            form = device.opening(kind, record)
            if form["shown"].get("binned_at"):
                self.world.stats["bin emptied"] += 1
                self.hands.forget(form["shown"])
                self.submit(device, form, {"deleted": True})

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

    def settle_versions(self, device: Device, record: str, kinds: dict[str, str]) -> None:
        """Both as two, this one, that one, or both in one field; the kept text goes into the bin."""
        kept = device.view(record)
        of, name, text = kept["of"], kept["field"], kept["text"]
        stands, choice = device.view(of), self.random.choice(("apart", "this", "that", "both"))
        before = stands.get(name) or ""
        is_text = isinstance(before, str) and not text.startswith(("{", '"'))  # and no proposal
        if choice == "apart" and kinds.get(of) == "entry" and name == "text":
            device.save(device.opening("entry") | {"record": records.name_id(record, "apart")}, {"text": text})
        elif choice in ("that", "both") and of in kinds and is_text and not stands.get("deleted"):
            fields = {name: text if choice == "that" else f"{before} {text}"}
            if not records.problems(kinds[of], fields):
                self.world.removed |= checks.tokens(before) - checks.tokens(fields)
                device.save(device.opening(kinds[of], of), fields)
        self.world.stats["settled"] += 1
        device.save(device.opening("kept", record), {"binned_at": device.time()})

    def edited(self, device: Device, form: dict[str, Any], what: float) -> dict[str, Any] | None:
        """What somebody makes of the fields that a form shows. what: below 1 anything, 1 for the text."""
        kind, shown = form["kind"], form["shown"]
        if kind == "kept" or (what < 0.06 and kind not in ONCE):
            self.hands.forget(shown)
            return {"deleted": True}
        if what < 0.18 and kind not in ONCE:
            return {"binned_at": None if shown.get("binned_at") else device.time()}
        if what < 0.34 and "shared" in KINDS[kind].specs:
            own = self.mentors_of(device)
            return {"shared": self.random.choice([*own, None]) if own else None}
        if what < 0.38 and kind == "entry":
            return self.poisoned(shown)
        text = text_of(kind)
        if what < 0.6 or not text:
            return self.hands.edited(KINDS[kind], shown, self.names(device, "session"))
        return {text: self.hands.change_text(shown.get(text) or "", KINDS[kind].specs[text].max)}

    def poisoned(self, shown: dict[str, Any]) -> dict[str, Any]:
        if self.random.random() < 0.5:
            return {"title": "z" * 201, "text": self.hands.change_text(shown.get("text", ""))}
        return {"mood": "good"}

    def submit(self, device: Device, form: dict[str, Any], fields: dict[str, Any]) -> None:
        """Save; often a second time, and sometimes *Back* brings the filled form again."""
        device.save(form, fields)
        again = self.random.random()
        if again < 0.1:
            device.save(form, fields)
            self.world.stats["saved twice"] += 1
        elif again < 0.2 and text_of(form["kind"]) in fields:
            device.forms.append(form | {"filled": fields})

    def save_open_form(self, device: Device) -> None:
        """Save a form that was opened long ago, as it was then; or one that *Back* brought."""
        form = device.forms.pop(self.random.randrange(len(device.forms)))
        filled = form.pop("filled", None)
        if filled is None and form.get("base") == "":
            fields: dict[str, Any] | None = {text_of(form["kind"]): self.hands.change_text("")}
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
            fields = {name: value for name, value in change["fields"].items() if name not in POISON}
            if change["why"] == "unknown_field":
                device.edit_and_send(change, {"tags": ["settled"]})
            elif change["why"] == "too_long" and fields and self.random.random() < 0.7:
                text = str(text_of(change["kind"]))
                mended = {text: self.hands.change_text(fields[text])} if text in fields else {}
                device.edit_and_send(change, fields | mended)
            elif self.random.random() < 0.3 and not change.get("restore"):
                self.hands.forget(change["fields"])
                device.discard(change)

    def at_the_desk(self, name: str) -> None:
        """A browser without a worker: a form of the server's own, saved later, now and then twice."""
        person = self.world.people[name]
        with self.world.now():
            found = [row for shelf in ("entry", "goal", "session", "line", "worksheet", "answer")
                     for row in records.shelf(person, shelf) if row["rev"]]
            if not found:
                return
            row = self.random.choice(found)
            field = str(text_of(row["kind"]))
            text = self.hands.change_text(row["fields"].get(field, ""), KINDS[row["kind"]].specs[field].max)
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
            self.hands.forget(text)  # the page shows the form again, with the text in it
