"""What people type: a value for a field of any type, every word of it one that is never typed again."""
from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from mentorlog.records import KINDS, Fields, Kind, Spec, specs
from tests.sync.simulator import checks

if TYPE_CHECKING:
    from tests.sync.simulator.world import World

SENTENCE = re.compile(r"(?<=[.!?])\s+")
FEW = 6  # elements of a list, tags of an entry
NOT_TYPED = {"binned_at", "deleted", "shared", "pair", "goal", "worksheet", "question", "set", "of",
             "partner"}
WALL = {"day": [f"2026-12-{day}" for day in range(10, 29)], "time": ["09:00", "15:00", "18:30"],
        "zone": ["Europe/Berlin", "Europe/Lisbon", "Asia/Tokyo"],
        "instant": [f"2026-12-0{day}T10:00:00.000Z" for day in range(1, 8)]}
CELLS = [f"{day}-{hour:02}" for day in ("mon", "wed", "sun") for hour in (6, 10, 21)]
SPANS = [f"2026-12-{day}T08:00Z/90" for day in range(10, 20)]


class Typing:
    """The hands of a world's people."""

    def __init__(self, world: World) -> None:
        self.world, self.random = world, world.random

    def token(self) -> str:
        token = f"t{next(self.world.count)}x"
        self.world.typed.add(token)
        return token

    def forget(self, *texts: Any) -> None:
        """Somebody took these words out on purpose, having seen them."""
        self.world.removed |= checks.tokens(*texts)

    def change_text(self, text: str, most: int = 60_000) -> str:
        """A sentence more, in one of four places; one of them is that of another sentence. All anew if it is full."""
        parts = [part for part in SENTENCE.split(text) if part]
        sentence, where = f"I {self.token()} wrote.", self.random.randrange(4)
        if len(text) + len(sentence) + 1 > most:
            self.forget(text)
            return sentence
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

    def edited(self, kind: type[Kind], shown: Fields, refs: list[str]) -> Fields:
        """Other values for one or two fields of a record. refs: ids of records that it can name."""
        names = [name for name, spec in kind.specs.items() if name not in NOT_TYPED and not spec.server]
        return self.others(kind, shown, refs, self.random.sample(names, min(len(names), self.random.choice((1, 1, 2)))))

    def others(self, kind: type[Kind], shown: Fields, refs: list[str], chosen: list[str]) -> Fields:
        """Other values for these fields, and for those that say one thing together with one of them."""
        together = {name for group in kind.together if group & set(chosen) for name in group}
        return {name: self.other(kind.specs[name], shown.get(name), refs)
                for name in kind.specs if name in {*chosen, *together}}

    def other(self, spec: Spec, value: Any, refs: list[str]) -> Any:
        """Another value for a field of this type, mostly."""
        r = self.random
        if spec.join == "text":
            return self.change_text(value or "", spec.max or 60_000)
        if spec.name == "pieces" and spec.join == "whole":
            return sorted(r.sample(SPANS, 3))
        if spec.join == "set":
            return self.other_tags(value or [], CELLS if spec.name == "pieces" else [f"tag{n}" for n in range(1, 10)])
        if spec.item:
            return self.other_items(specs(spec.item), value or [])
        if spec.name == "whole":
            return r.randint(spec.min or 0, spec.max or 0)
        if spec.name == "choice":
            return r.choice(spec.choices or ("",))
        if spec.name == "flag":
            return not value
        return r.choice(WALL.get(spec.name, refs or [self.world.new_id()]))

    def other_tags(self, tags: list[str], every: list[str]) -> list[str]:
        """One more, or one less. They are no texts: with a record that is deleted unseen they go."""
        r = self.random
        if tags and r.random() < 0.4:
            return [tag for tag in tags if tag != r.choice(tags)]
        return [*tags, *{r.choice(every)} - set(tags)][-FEW:]

    def other_items(self, item: dict[str, Spec], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Add, change, remove or move an element."""
        r, rows = self.random, copy.deepcopy(rows)
        text = next((name for name, spec in item.items() if spec.join == "text"), None)
        if text is None:
            return self.other_days(rows)
        what = r.randrange(5) if rows else 0
        if what == 0 and len(rows) < FEW:
            rows.insert(r.randint(0, len(rows)), {"id": self.world.new_id(), text: self.token()})
        elif what == 1:
            row = r.choice(rows)
            self.forget(row[text])
            row[text] = self.token()
        elif what == 2:
            self.forget(rows.pop(r.randrange(len(rows))))
        elif what == 3:
            row, name = r.choice(rows), r.choice([name for name, spec in item.items() if spec.join == "whole"][1:])
            row[name] = self.other(item[name], row.get(name), [])
        else:
            r.shuffle(rows)
        return rows

    def other_days(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """One more, or one less: each is nothing but its day."""
        days = {row["id"] for row in rows} ^ {self.random.choice(WALL["day"])}
        return [{"id": day} for day in sorted(days)][-FEW:]


def text_of(kind: str) -> str | None:
    """The field that most of a record's words stand in."""
    names = ("text", "notes", "reason", "title", "fallback", "confidentiality")
    return next((name for name in names if name in KINDS[kind].specs), None)
