"""Many changes at once (F03, F46): a slow line, a server that takes only so much, a text that no server takes."""
from __future__ import annotations

import re

from playwright.sync_api import expect

from tests import trouble
from tests.hands import LONG_MS, done, line, open_form, send, texts, type_entry, write

SCREENS = ("/today", "/journal", "/goals", "/questions", "/sessions", "/waiting", "/settings")
QUICK_MS = 3_000
MANY_MS = 120_000
SOME = re.compile(r"^(?!201$|0$)\d+$")  # of the 201 that waited, not all any more
LARGE = 2_000_000
TAIL = 3_000
# More changes like the one that waits, as if each had been written here; number `large` is too big for any server.
# `tail`: so many letters of noise after each, which no gzip packs away. Returns their texts.
MULTIPLY = """async ({ count, large, size, tail }) => {
  const done = request => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const names = (await indexedDB.databases()).map(one => one.name);
  const name = names.find(one => one.startsWith('mentorlog-') && one !== 'mentorlog-device');
  const db = await done(indexedDB.open(name));
  const box = db.transaction('changes', 'readwrite').objectStore('changes');
  const [first] = await done(box.getAll());
  const own = () => ({ id: crypto.randomUUID(), record: crypto.randomUUID(), group: crypto.randomUUID() });
  const hex = byte => byte.toString(16).padStart(2, '0');
  const noise = () => Array.from(crypto.getRandomValues(new Uint8Array(tail / 2)), hex).join('');
  const texts = [first.fields.text];
  for (let n = 1; n <= count; n += 1) {
    const text = n === large ? 'x'.repeat(size) : `Text ${n}.${noise()}`;
    if (n !== large) texts.push(text);
    box.put({ ...first, ...own(), seq: first.seq + n, state: 'waiting', fields: { ...first.fields, text } });
  }
  await new Promise(resolve => { box.transaction.oncomplete = resolve; });
  db.close();
  return texts;
}"""


def multiplied(page, server, count: int, large: int = 0, tail: int = 0) -> list[str]:
    """So many changes wait on the phone, with no server; returns the texts that are to arrive, sorted."""
    server.stop()
    write(page, "Many", "Text 0.")
    made = page.evaluate(MULTIPLY, {"count": count, "large": large, "size": LARGE, "tail": tail})
    page.goto("/waiting")
    line(page, "waiting", count + 1)
    return sorted(made)


def test_f03_two_hundred_changes_on_a_slow_line(at_home, proxy, server) -> None:
    wanted = multiplied(at_home, server, 200, tail=TAIL)
    server.start()
    proxy.breaks(trouble.SLOW)
    at_home.evaluate("window.dispatchEvent(new Event('online'))")
    expect(at_home.locator("#line")).to_have_attribute("data-waiting", SOME, timeout=MANY_MS)
    before = len(proxy.asked)
    for screen in SCREENS:
        at_home.goto(screen, timeout=QUICK_MS)
        expect(at_home.locator("h1").first).to_be_visible(timeout=QUICK_MS)
    assert not {path for _, path in proxy.asked[before:]} & set(SCREENS)  # none went over the line
    again = at_home.context.new_page()
    at_home.close()
    again.goto("/waiting")
    expect(again.locator("#line")).to_have_attribute("data-state", "sent", timeout=MANY_MS)
    proxy.mend()
    assert texts(server) == wanted


def test_f46_a_proxy_in_front_takes_less_than_the_server(at_home, proxy, server) -> None:
    wanted = multiplied(at_home, server, 300, tail=TAIL)
    proxy.breaks(trouble.AtMost(100_000), only="POST /sync")
    server.start()
    while send(at_home)["sync"] == "later":
        at_home.reload()
    line(at_home, "sent", 0)
    assert texts(server) == wanted
    statuses = [one.status for one in proxy.seen if one.what == "POST /sync"]
    assert 1 <= statuses.count(413) <= len(wanted) // 10


def test_f46_a_thousand_changes_and_one_that_is_too_large(at_home, server) -> None:
    wanted = multiplied(at_home, server, 999, large=500)
    server.start()
    while send(at_home)["sync"] == "later":
        at_home.reload()
    line(at_home, "refused", 1)
    assert texts(server) == wanted
    at_home.goto("/waiting")
    expect(at_home.get_by_text("The text is still here.")).to_be_visible(timeout=LONG_MS)


def test_what_cannot_be_taken_stays_in_the_form(at_home) -> None:
    open_form(at_home)
    type_entry(at_home, "Too much", "x" * 60_001)
    done(at_home)
    expect(at_home.locator("#e-text")).to_be_visible()
    expect(at_home.get_by_label("Text", exact=True)).to_have_value("x" * 60_001)
