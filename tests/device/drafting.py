"""What the tests of drafts share: a form, the drafts on the device, a save as the worker makes it."""
from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

TEXT = "Nobody minded, and then somebody asked for the reasons."
# Resolves with the drafts when there are so many, or with those there are after ten seconds.
DRAFTS = """async (count) => {
  const { openStore } = await import('/near/t/store.js');
  const store = openStore(indexedDB, document.documentElement.dataset.person, null);
  let all = [];
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    all = await store.drafts();
    if (all.length === count) break;
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
  await store.close();
  return all;
}"""
SAVE = """async ([opened, now]) => {
  const { openStore } = await import('/near/t/store.js');
  const { write } = await import('/near/t/changes.js');
  const store = openStore(indexedDB, document.documentElement.dataset.person, null);
  const { change, ...stands } = opened;
  await write(store, [{ id: change, kind: 'entry', fields: { text: 'x' }, ...stands }], { now });
  await store.close();
}"""

PUT = """async (draft) => {
  const { openStore } = await import('/near/t/store.js');
  const store = openStore(indexedDB, document.documentElement.dataset.person, null);
  await store.write('drafts', (tx) => tx.store.put(draft));
  await store.close();
}"""
FORGET = """async (change) => {
  const { openStore } = await import('/near/t/store.js');
  const store = openStore(indexedDB, document.documentElement.dataset.person, null);
  await store.dropDraft(change);
  await store.close();
}"""

STAY = "document.addEventListener('submit', (event) => event.preventDefault())"
LISTEN = """() => {
  const pages = new BroadcastChannel('mentorlog-drafts');
  window.heard = new Promise((resolve) => { pages.onmessage = () => resolve(true); });
}"""
TAKEN = """(change) => {
  const said = Object.assign(document.createElement('span'), { hidden: true });
  said.dataset.change = change;
  document.body.append(said);
  document.dispatchEvent(new CustomEvent('htmx:after:swap'));
}"""


def drafts(page: Page, count: int) -> list[dict[str, Any]]:
    """The drafts, when there are so many; else those that there are in the end."""
    return page.evaluate(DRAFTS, count)


def kept(page: Page) -> dict[str, Any]:
    """The one draft, once it is there."""
    draft, = drafts(page, 1)
    return draft


def hidden(page: Page) -> dict[str, str]:
    """What the form stands on."""
    fields = page.locator("form input[type=hidden]").all()
    return {field.get_attribute("name"): field.get_attribute("value") for field in fields}
