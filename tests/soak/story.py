"""What the soak tells: figures, and for whoever looks for the end of a word, the life of its records."""
from __future__ import annotations

import collections
import json
from typing import Any

from tests.soak.use import Use
from tests.sync.simulator.checks import tokens

MEGABYTE = 1_000_000
OUTCOMES = """select record.kind, json_extract(done.outcome, '$.outcome'), count(*) from done
  join history on history.change = done.change join record on record.id = history.record group by 1, 2"""
LIFE = """select record.id, record.kind, record.shelf, history.n, history.device, history.received_at, history.change,
  done.outcome, history.fields, history.seen from history
  join record on record.id = history.record left join done on done.change = history.change
  where record.id in (select record from history where fields like '%{0}%' or seen like '%{0}%') order by history.id"""


def tell(use: Use, figures: list[dict[str, Any]], seconds: float) -> None:
    print(f"\n{use.count} acts in {seconds:.0f} s: {dict(sorted(use.acts.items()))}")
    print(f"nothing to do: {dict(sorted(use.idle.items()))}; never done: {use.left_out()}")
    print(f"{sum(use.faults.values())} faults: {dict(sorted(use.faults.items()))}")
    for kind, met in sorted(outcomes(use.server).items()):
        print(f"{kind:10} {dict(sorted(met.items()))}")
    print(f"{len(use.typed)} words typed, {len(use.removed)} taken out, {len(use.copied)} carried on")
    print(f"{len(use.stumbles)} stumbles:", *use.stumbles, sep="\n  ")
    for one in figures:
        columns = [f"{name} {kind} {size / MEGABYTE:6.2f}" for name, found in one.items() if name != "act"
                   for kind, size in found.items()]
        print(f"act {one['act']:5}  MB: " + "  ".join(columns))


def outcomes(server: Any) -> dict[str, collections.Counter[str]]:
    """Kind to what became of its changes, and how often."""
    found: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for kind, outcome, count in server.rows(OUTCOMES):
        found[str(kind)][str(outcome)] += count
    return found


def told_of(use: Use, words: list[str]) -> list[str]:
    """The act in which each of these words was typed; how their records went is printed."""
    began = [f"{word}: {next(one for one in use.story if use.is_of(one, word))}" for word in words]
    for word, line in zip(words, began, strict=True):
        print(f"\n{line}", *(state(word, row) for row in use.server.rows(LIFE.format(word))), sep="\n  ", flush=True)
    return began


def state(word: str, row: tuple[Any, ...]) -> str:
    """One state of a record: which words stood in it, `-` where the author had not seen the one before."""
    id, kind, shelf, n, device, at, change, outcome, fields, seen = row
    there = {name: sorted(tokens(value)) for name, value in json.loads(fields).items() if tokens(value)}
    believed = sorted(tokens(json.loads(seen))) if seen else "-"
    has = "has it" if word in fields else "has it not"
    return f"{kind} {id[:8]} {shelf} {n} by {str(device)[:8]} at {at} {change[:8]} {outcome} {has}: {there} {believed}"
