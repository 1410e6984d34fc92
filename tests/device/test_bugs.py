"""Known faults, put into the device's modules on purpose: the cases, or a few lives, have to notice each of them."""
from __future__ import annotations

import re

import pytest
from playwright.sync_api import Error

from mentorlog import database
from tests.databases import nobody
from tests.device import server, test_cases, test_life
from tests.device.world import World

BUGS = {
    "a form stands on what the store holds when it is saved": (
        "changes.js", "= await standing(tx, plan);", "= { base: said?.rev ?? '', showed: undefined };"),
    "a second tap is another change": ("changes.js", "if (used?.digest === plan.digest) return", "if (false) return"),
    "an id that was used is not known": (
        "changes.js", "return used && !used.discarded ? used : null;", "return null;"),
    "what is unchanged is sent and wins": (
        "seen.js", "!Object.hasOwn(shown, name) || !same(shown[name], fields[name])", "true"),
    "what a form showed is not told": (
        "seen.js", "return names.some((name) => !same(", "return names.some((name) => false && !same("),
    "nobody is told that the record moved on": (
        "changes.js", "const moved = Boolean(showed) || (await movedOn(tx, stands, said, mine));",
        "const moved = false;"),
    "a form showed what was made of its change since": (
        "changes.js", "const shown = showed ?? shownBy(", "const shown = shownBy("),
    "a draft outlives its save": ("changes.js", "bare(tx, 'drafts').delete(draft ?? wishes[0].id);", ""),
    "a refused change holds nothing back": ("view.js", "    stuck.add(change.record);\n", ""),
    "what was typed is dropped when the sign-in expired": (
        "sync.js", "if (error && STOPS[status]?.includes(error)) return",
        "if (status === 401) await this.store.write('changes', (tx) => tx.store.clear());\n"
        "    if (error && STOPS[status]?.includes(error)) return"),
    "any reply with status 200 counts": (
        "wire.js", "isNews(body) ? { status, bytes, news: body } : { status: 0, bytes }",
        "{ status, bytes, news: body }"),
    "replies are taken in any order": (
        "take.js", "(cursor ?? 0) !== asked.cursor) return null;", "false) return null;"),
    "nothing is handed back after a restore": (
        "former.js", "lost.forEach((row, place) => box.put", "[].forEach((row, place) => box.put"),
    "a change is not marked before it leaves": (
        "wire.js", "if (change.state === 'waiting') box.put", "if (false) box.put"),
    "a change that may be sent can be discarded": (
        "settle.js", "if (change.state === 'tried') throw", "if (false) throw"),
    "what moved while it was discarded is not looked at": (
        "settle.js", "!== statesOf(parts)) throw", "=== null) throw"),
    "what stood on a discarded change stays behind": (
        "settle.js", "for (const above of mine) if (above.after === id)",
        "for (const above of []) if (above.after === id)"),
    "what stood on an edited change stays behind": (
        "mending.js", "for (const above of mine) if (above.after === change.id)",
        "for (const above of []) if (above.after === id)"),
    "a withdrawn record stays": ("take.js", "      snapshot.delete(row.id);\n", ""),
    "the view forgets what waits": (
        "take.js", "rowOf(said, left.get(id) ?? [], store.person)", "rowOf(said, [], store.person)"),
    "an echo is folded into anything": ("take.js", "row.echo && !isHeld(", "false && !isHeld("),
    "two syncs at a time": ("sync.js", "this.#finish(locks ? ", "this.#finish(false ? "),
    "what is written during a sync waits for the next": (
        "sync.js", "isMore || (await wroteMeanwhile(store, asked))", "isMore"),
    "a batch is never halved": (
        "sync.js", "this.#budget.most = Math.ceil(asked.changes.length / 2);", "return 'later';"),
    "Retry-After is not heard": ("sync.js", "if (pause) this.#quietUntil", "if (false) this.#quietUntil"),
    "a field called __proto__ is lost": (
        "view.js", "{ ...fields, ...change.fields }", "Object.assign({}, fields, change.fields)"),
}
# What a tired maintainer would write.
BUGS |= {
    "a draft goes in a transaction of its own": (
        "changes.js", "      bare(tx, 'drafts').delete(draft ?? wishes[0].id);\n      return placeAll(",
        "      void store.write('drafts', (own) => bare(own, 'drafts').delete(draft ?? wishes[0].id));\n"
        "      return placeAll("),
    "an epoch that changed meanwhile is not looked at": (
        "take.js", "if ((epoch ?? null) !== asked.epoch || ", "if ("),
    "after an echo in doubt the cursor goes on": (
        "take.js", "remember(tx, doubt ? { ...news, cursor: 0 } : news);", "remember(tx, news);"),
    "nobody is told that the sharing was not taken": (
        "take.js", "    if (outcome?.withheld) notices", "    if (false) notices"),
    "nobody is told that an edit lies in the bin": (
        "take.js", "outcome?.outcome === 'merged' && binned", "false && binned"),
    "a deletion of one's own is taken for a withdrawal": (
        "take.js", "    if (row.gone && !row.rev) {", "    if (row.gone) {"),
    "what is handed back stands after what was typed": (
        "former.js", "const start = Math.min(first?.key ?? 1, 1) - lost.length;", "const start = 1_000_000;"),
    "what is handed back is compared again and again": ("former.js", "      bare(tx, 'former').clear();\n", ""),
    "a state that the server has is handed back": (
        "former.js", "if (!had.rev || had.rev === has?.rev) return false;", "if (!had.rev) return false;"),
    "a record that two devices begin becomes two": (
        "changes.js", "if (row.kind === plan.kind && hasMeaning(plan.kind, plan.fields)) {", "if (false) {"),
    "the day and the hour of a session go apart": (
        "seen.js", "for (const group of together(kind)) {", "for (const group of []) {"),
    "the server's question is forgotten": (
        "take.js", "return { ...change, state: 'waiting', ask_was: true };",
        "return { ...change, state: 'waiting' };"),
    "a discarded change leaves a form on nothing": (
        "settle.js", "  await became(tx, change.id, { became: standsOn(change), discarded: true });", ""),
    "the view keeps its old shelf": ("view.js", "    shelf: shelf(kind, fields),\n", "    shelf: kind,\n"),
    "a session in the making belongs to no pair": (
        "view.js", "pair = mine.length ? pairOf(kind, fields) : (said?.pair ?? null);", "pair = said?.pair ?? null;"),
    "a change of a form goes without its neighbours": (
        "wire.js", "while (count && count < ready.length && ready[count].group === ready[count - 1].group) count -= 1;",
        ""),
    "all is told though something is left": (
        "wire.js", "told: !former && changes.length === ready.length,", "told: true,"),
}
# Resolves with the first case that notices, or null. A case that never ends notices too.
RUN = """async (files) => {
  for (const file of files) {
    const cases = await import(`/cases/t/${file}.js`);
    for (const [name, run] of Object.entries(cases)) {
      const late = new Promise((_, reject) => { setTimeout(() => reject(new Error('late')), 5_000); });
      if (await Promise.race([run(), late]).then(() => false, () => true)) return `${file}-${name}`;
    }
  }
  return null;
}"""
FILES = sorted({file for file, _ in test_cases.CASES})
LIVES = 5


@pytest.fixture
def noticed(browser, databases, page_rows, tmp_path):
    """Who notices a bug that is put in: a case, else a few lives; None when nobody does."""
    with databases.copy("sqlite", tmp_path / "bugs.sqlite3", nobody) as url:
        database.open_database(url)
        yield lambda bug: _notice(browser, bug)
        database.close()


def _notice(browser, bug):
    with server.serving(test_life.make_app(World(), bug)) as address:
        page = browser.new_page()
        page.goto(address)
        try:
            return page.evaluate(RUN, FILES) or (test_life.live(page, 1, LIVES) and None)
        except Error as error:
            return re.search(r"seed \d+", str(error))[0]
        finally:
            page.close()


@pytest.mark.parametrize("bug", BUGS)
def test_the_place_of_a_bug_is_still_there(bug):
    file, old, _ = BUGS[bug]
    assert (server.FOLDERS["near"] / file).read_text("utf-8").count(old) == 1


@pytest.mark.long
@pytest.mark.parametrize("bug", BUGS)
def test_a_bug_that_is_put_in_is_noticed(noticed, bug):
    assert noticed(BUGS[bug])


@pytest.mark.long
def test_nobody_notices_where_there_is_none(noticed):
    assert noticed(None) is None
