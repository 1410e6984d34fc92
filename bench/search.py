"""Search over 5,000 entries of 150 words, by the worker of a real phone."""
from __future__ import annotations

from itertools import cycle
from statistics import median

from playwright.sync_api import Page

from bench.place import arrived, place
from bench.pull import BATCH, write
from bench.table import RUNS, Row
from bench.words import of_length
from tests import cast
from tests.hands import stop_workers

COUNT, WORDS = 5_000, 150
LETTERS = 30
TYPED = ("t", "th", "the", "the st", "statement", "statement and", "zzq")
TELL = """async type => {
  const { port1, port2 } = new MessageChannel(), began = performance.now();
  const told = new Promise(done => { port1.onmessage = done; });
  navigator.serviceWorker.controller.postMessage({ type }, [port2]);
  await told;
  return performance.now() - began;
}"""
LETTER = """async q => {
  const headers = { 'HX-Request': 'true', 'HX-Request-Type': 'partial', 'HX-Target': 'div#hits' };
  const began = performance.now(), reply = await fetch(`/search?q=${encodeURIComponent(q)}`, { headers });
  await reply.text();
  return performance.now() - began;
}"""
# In the page: all rows as IndexedDB gives them, and one look for a word through their texts.
FLOOR = """async q => {
  const { person } = document.documentElement.dataset;
  const done = request => new Promise(resolve => { request.onsuccess = () => resolve(request.result); });
  const db = await done(indexedDB.open(`mentorlog-${person}`)), began = performance.now();
  const rows = await done(db.transaction('records').objectStore('records').getAll());
  const read = performance.now(), texts = rows.map(({ fields }) => (fields.text ?? '').toLowerCase());
  const ready = performance.now(), found = texts.filter(text => text.includes(q)).length, looked = performance.now();
  db.close();
  return { read: read - began, look: looked - ready, found };
}"""


def fill() -> None:
    """Ada has 5,000 entries of 150 words."""
    ada, written = cast.gather().ada, of_length(COUNT, WORDS)
    for start in range(0, COUNT, BATCH):
        write(ada, written[start:start + BATCH])


def rows() -> list[Row]:
    """Milliseconds as the page sees them: the worker's own time is a part of it."""
    with place(fill) as here:
        page = arrived(here.browser(), here.line)
        page.goto("/journal")
        loads = [(loaded(page), page.evaluate(FLOOR, TYPED[0])["read"]) for _ in range(RUNS)]
        letters = [(page.evaluate(LETTER, q), page.evaluate(FLOOR, q)["look"])
                   for q, _ in zip(cycle(TYPED), range(LETTERS), strict=False)]
    one, floor = (median(side) for side in zip(*letters, strict=True))
    read, bare = (median(side) for side in zip(*loads, strict=True))
    return [Row("a letter typed into search, 5,000 entries of 150 words", one, floor, "ms",
                "one look for it through the same texts, in the page", "≤ 40 ms"),
            Row("what search looks at, read once when the field gets the focus", read, bare, "ms",
                "the same rows read by the page", "≤ 300 ms")]


def loaded(page: Page) -> float:
    """A worker that has just started reads what search looks at."""
    stop_workers(page)
    page.evaluate(TELL, "line")  # starts it
    return float(page.evaluate(TELL, "warm"))
