"""copies/ and service_worker/copies/: one file says the same to both, whatever stands in it."""
from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from mentorlog import copies, records, zones
from mentorlog.copies.comparing import adds
from mentorlog.errors import Refused
from mentorlog.near import as_module
from mentorlog.sync import Kept  # noqa: F401 - registers its kind
from tests.device.test_kinds import OTHERS, TEXTS, WORDS
from tests.jinja_js.node import node, worker_folder

SEED, FILES, PAGES = 24_11_2026, 300, 20
ME, THEM, NAMES = (f"00000000-0000-4000-8000-{number:012}" for number in (1, 2, 3))
NOW = "2026-11-24T12:00:00.000Z"
IDS = [f"00000000-0000-4000-9000-{number:012}" for number in range(25)]
ASK = """
import { parse } from './copies/reading.js';
import { adds, compare } from './copies/comparing.js';
export async function plan(text, { person, names, now, records, gone, used }) {
  let copy;
  try { copy = parse(text); } catch (error) { return error.message; }
  const standing = new Map(records.map(one => [one.id, one]));
  const here = { person, names, now, records: standing, gone: new Map(gone), used: new Set(used) };
  const { owner, newer, cut } = copy;
  return { owner, newer, cut, ...await compare(copy, here) };
}
export { adds };
"""


@pytest.fixture(scope="module")
def asked() -> Path:
    """A module with the device's side."""
    config = as_module(format=1, largestCopy=copies.LARGEST_ON_A_DEVICE_BYTES)
    kinds = as_module(kinds=records.describe(), words=records.all_words())
    names = as_module(cities=zones.cities(), others=zones.others())
    folder = worker_folder(urls="export const rules = [];\n", config=config, kinds=kinds, zones=names)
    (folder / "asked.js").write_text(ASK, "utf-8")
    return folder / "asked.js"


class Drawing:
    """A file, and what stands here, drawn at random: mostly well."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.pick = self.chance.choice
        self.kinds = {id: self.pick(sorted(records.KINDS)) for id in IDS}

    def rarely(self, otherwise: Any, share: float = 0.04) -> Any:
        """The value, seldom something odd."""
        return self.pick([*OTHERS, *TEXTS[:8]]) if self.chance.random() < share else otherwise

    def fields(self, kind: str) -> dict[str, Any]:
        specs = records.KINDS[kind].specs
        names = self.chance.choices([*specs], k=self.pick([1, 2, 3, 4]))
        made = {name: self.rarely(self.value(specs[name].name), 0.02) for name in names}
        return made | ({self.pick(["mood", "__proto__", "constructor"]): "x"} if self.chance.random() < 0.05 else {})

    def value(self, type: str) -> Any:
        words = ["One. Two.", "Two. One!", "One", "Üben? Ja…", "a\nb"]
        return {"prose": self.pick(words), "line": self.pick(words[:4]), "ref": self.pick(IDS),
                "flag": self.pick([True, False]), "tags": self.chance.sample(["a", "b", "c"], 2),
                "list": [{"id": f"i{at}", "text": self.pick(words[:4])} for at in range(self.pick([0, 1, 3]))],
                "whole": self.pick([1, 5]), "slug": self.pick(["a", "b"]), "instant": None,
                "rows": [{"value": 2, "reason": "", "until": NOW}]}.get(type, self.pick(WORDS))

    def record(self) -> Any:
        id, owner = self.pick(IDS), self.pick([ME, ME, THEM])
        kind = self.pick([self.kinds[id], self.pick(sorted(records.KINDS))])
        return self.rarely({"id": self.rarely(id), "kind": self.rarely(kind), "owner": self.rarely(owner),
                            "at": self.rarely(NOW), "rev": self.pick(IDS), "fields": self.rarely(self.fields(kind))})

    def change(self) -> Any:
        kind = self.pick(sorted(records.KINDS))
        on = self.pick(IDS)
        stands = self.pick([{"base": None}, {"base": on}, {"after": on}, {"restore": on}, {}])
        return self.rarely({"id": self.rarely(self.pick(IDS)), "kind": kind, "record": self.pick(IDS), "made_at": NOW,
                            "fields": self.fields(kind), "was": self.rarely(self.fields(kind)),
                            "state": self.pick(["tried", "waiting", "refused"])} | stands)

    def draft(self) -> Any:
        kind, id = self.pick(sorted(records.KINDS)), self.pick(IDS)
        rating = f"/goals/{self.pick(IDS)}/rating"
        form = self.pick(["/journal/new", f"/journal/{id}/edit", f"/journal/new?answer={id}", "//x", "javascript:x",
                          rating])
        typed = {name: self.rarely([str(value)]) for name, value in self.fields(kind).items()}
        return self.rarely({"change": self.pick(IDS), "record": id, "kind": kind, "form": self.rarely(form), "at": NOW,
                            "fields": typed} | self.pick([{"base": ""}, {"base": self.pick(IDS)}, {"after": id}]))

    def file(self) -> str:
        some = {"records": [self.record() for _ in range(PAGES)], "changes": [self.change() for _ in range(6)],
                "drafts": [self.draft() for _ in range(4)]}
        head = {"format": self.rarely(self.pick([1, 1, 1, 2])), "made_at": NOW, "person": self.rarely("Ada"),
                "owner": self.rarely(self.pick([ME, THEM]), 0.1)}
        text = json.dumps(head | some, indent=1)
        return text[:self.chance.randrange(len(text))] if self.chance.random() < 0.2 else text

    def here(self) -> dict[str, Any]:
        standing = []
        for id in self.chance.sample(IDS, 8):
            kind = self.kinds[id]
            standing.append({"id": id, "kind": kind, "owner": ME, "rev": self.pick(IDS), "fields": self.sound(kind),
                             "top": self.pick([None, self.pick(IDS)])})
        taken = {one["id"] for one in standing}
        gone = [(id, NAMES) for id in IDS if id not in taken and self.chance.random() < 0.2]
        return {"person": ME, "names": NAMES, "now": NOW, "records": standing, "gone": gone,
                "used": self.chance.sample(IDS, 3)}

    def sound(self, kind: str) -> dict[str, Any]:
        fields = {name: value for name, value in self.fields(kind).items() if name in records.KINDS[kind].specs}
        return {} if records.KINDS[kind].problems(fields, restored=True) else fields


def ours(text: str, here: dict[str, Any]) -> Any:
    """What the server's side says, as JSON."""
    try:
        copy = copies.parse(text)
    except Refused as error:
        return str(error)
    standing = {one["id"]: one for one in here["records"]}
    known = {"records": standing, "gone": dict(here["gone"]), "used": set(here["used"])}
    plan = copies.compare(copy, copies.Here(**here | known))
    return json.loads(json.dumps({"owner": copy.owner, "newer": copy.newer, "cut": copy.cut} | vars(plan)))


def test_both_say_the_same_of_a_file(asked: Path) -> None:
    seen: dict[str, int] = {}
    for seed in range(FILES):
        drawing = Drawing(SEED + seed)
        text, here = drawing.file(), drawing.here()
        found, wanted = node().call(asked, "plan", text, here), ours(text, here)
        assert found == wanted, f"seed {SEED + seed}"
        for name, value in wanted.items() if isinstance(wanted, dict) else [("refused", 1)]:
            seen[name] = seen.get(name, 0) + (value if isinstance(value, int) else len(value) if value else 0)
        for name, count in wanted["left"].items() if isinstance(wanted, dict) else []:
            seen[name] = seen.get(name, 0) + count
    for name in ("made", "beside", "sent", "drafts", "same", "wrong", "cut", "newer", "refused", "unknown", "less",
                 "others", "deleted", "unreadable"):
        assert seen.get(name, 0) > 3, f"no file had: {name}; {seen}"


@pytest.mark.parametrize(("text", "stands", "wanted"), [
    ("", "", False), ("One. Two.", "Zero. One. Two. Three.", False), ("One. Two.", "One.\n\nTwo.", False),
    ("One. Two.", "One.", True), ("x", "", True), (" \n\t ", "", False), ("...", "", False), ("a\tb", "a b", True),
    ("Ja… so", "Ja… so", False), ("\u2028x", "x", True)])
def test_both_see_alike_whether_a_text_says_more(asked: Path, text: str, stands: str, wanted: bool) -> None:
    assert node().call(asked, "adds", text, stands) == adds(text, stands) == wanted
