"""A year of weekly sessions, planned by the worker of a real phone that holds a year already."""
from __future__ import annotations

from statistics import median
from typing import Any

from playwright.sync_api import Page

from bench.place import arrived, place
from bench.table import RUNS, Row

YEAR = 53
WEEKLY = {"starts_time": "15:00", "how": "weekly", "count": str(YEAR), "weeks": "1", "zone": "Europe/Berlin"}
# The form as the page has it, sent as a browser would: once to see the days, then with all of them ticked.
SEND = """async typed => {
  const parsed = html => new DOMParser().parseFromString(html, 'text/html').querySelector('form#form');
  const post = async form => {
    const body = new URLSearchParams(form), began = performance.now();
    const reply = await fetch('/sessions/new', { method: 'POST', body, redirect: 'manual' }), html = await reply.text();
    return { took: performance.now() - began, html };
  };
  const form = new FormData(parsed(await (await fetch('/sessions/new')).text()));
  for (const [name, value] of Object.entries(typed)) form.set(name, value);
  const shown = await post(form), kept = await post(new FormData(parsed(shown.html)));
  return { shown: shown.took, kept: kept.took };
}"""
# In the page: as many rows into two stores of a database of its own, in one transaction that is as safe as ours.
FLOOR = """async count => {
  const done = request => new Promise(resolve => { request.onsuccess = () => resolve(request.result); });
  const stores = ['changes', 'records'], opening = indexedDB.open('bench');
  opening.onupgradeneeded = () => { for (const name of stores) opening.result.createObjectStore(name); };
  const db = await done(opening), began = performance.now();
  const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
  const ended = new Promise(resolve => { tx.oncomplete = resolve; });
  for (let n = 0; n < count; n += 1) {
    const fields = { starts_on: '2027-01-04', starts_time: '15:00', zone: 'Europe/Berlin', minutes: 45 };
    const row = { id: crypto.randomUUID(), fields };
    for (const name of stores) tx.objectStore(name).put(row, row.id);
  }
  await ended;
  const took = performance.now() - began;
  db.close();
  return took;
}"""


def rows() -> list[Row]:
    """Milliseconds as the page sees them."""
    with place() as here:
        page = arrived(here.browser(), here.line)
        page.goto("/sessions")
        told = [planned(page, f"{2030 + number}-01-07") for number in range(RUNS)]
        floor = median(page.evaluate(FLOOR, YEAR) for _ in range(RUNS))
    what, bare = f"a year of {YEAR} weekly sessions", "as many rows put into bare IndexedDB"
    return [Row(f"{what}, its days shown", median(one["shown"] for one in told), floor, "ms", bare, "< 100 ms"),
            Row(f"{what}, planned", median(one["kept"] for one in told), floor, "ms", bare, "< 100 ms")]


def planned(page: Page, first: str) -> Any:
    """Milliseconds until the days are shown, and until all of them are planned."""
    return page.evaluate(SEND, WEEKLY | {"starts_on": first})
