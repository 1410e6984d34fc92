"""What a person does with a device in their hands, and what they see; used by the tests through a real browser."""
from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Error, Locator, Page, expect

from tests.contracts.conversation import FlaskSide, synced
from tests.processes import Server

LONG_MS = 30_000
# The worker's own modules, run in a page of the app.
MODULES = """
  const { person, version } = document.documentElement.dataset;
  const { modules } = await import(`/near/${version}/generated/worker.js`);
  const { openStore } = modules['store.js'];
  const store = openStore(indexedDB, person);
"""
SAVE = "async ({ kind, record, fields }) => {" + MODULES + """
  const { opening, write } = modules['changes.js'], { newId } = modules['ids.js'];
  const found = record ? (await store.many([record])).get(record) ?? null : null;
  const { change, ...stands } = opening(found, newId, record);
  const written = await write(store, [{ id: change, kind, fields, ...stands }], { now: new Date().toISOString() });
  await store.close();
  return written.records[0];
}"""
HELD = "async () => {" + MODULES + """
  const rows = await store.withBins();
  await store.close();
  return Object.fromEntries(rows.map(({ id, fields }) => [id, fields]));
}"""
# The clock of a page or a worker is wrong by so many milliseconds.
WRONG_CLOCK = """wrong => {
  const Right = globalThis.RightDate ??= Date;
  globalThis.Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(Right.now() + wrong); }
    static now() { return Right.now() + wrong; }
  };
}"""
DAY_MS = 86_400_000

SEND_AND_TYPE_ON = """(field, [words, leaving]) => {
  if (leaving) field.blur();
  field.form.requestSubmit();
  field.value += words;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}"""


def open_form(page: Page, address: str = "/journal/new") -> None:
    """The form is there and htmx has wired it."""
    try:
        page.goto(address)
    except Error as error:  # the driver of Firefox now and then takes one navigation for two
        if "interrupted by another navigation to" not in str(error):
            raise
    expect(page.locator("form[data-hx-post][data-htmx-powered]").first).to_be_visible()


def script(page: Page, name: str) -> None:
    """A script that the page fetches by itself has run, such as `turn.js`."""
    page.evaluate("name => import(new URL(name, document.querySelector('script[type=module]').src))", name)


def type_entry(page: Page, title: str, text: str) -> None:
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("Text", exact=True).fill(text)


def pause(page: Page) -> None:
    """As long as a person pauses before a draft is written: its state is on the screen."""
    expect(page.locator("[data-draft-state]").first).to_contain_text("not finished", timeout=LONG_MS)


def done(page: Page) -> None:
    page.get_by_role("button", name="Done").click()


def send_and_type_on(field: Locator, words: str, leaving: bool = False) -> None:
    """Send the form of a field, and type on in it before there is an answer. leaving: from without, as by dictation."""
    field.evaluate(SEND_AND_TYPE_ON, [words, leaving])


def write(page: Page, title: str, text: str) -> str:
    """Write an entry; returns its address."""
    open_form(page)
    type_entry(page, title, text)
    done(page)
    expect(page.get_by_role("heading", name=title).first).to_be_visible()
    return page.url.partition("?")[0]


def rewrite(page: Page, address: str, text: str) -> None:
    """Change the text of an entry."""
    open_form(page, f"{address}/edit")
    page.get_by_label("Text", exact=True).fill(text)
    done(page)
    expect(page.locator("article, .prose").first).to_be_visible()


def rate(page: Page, path: str, value: int, reason: str = "") -> None:
    """Rate the goal at this path."""
    page.goto(f"{path}/rating")
    page.locator(f"input[name=value][value='{value}']").check(force=True)
    page.locator("#f-reason").fill(reason)
    page.locator("#rate button[type=submit]").first.click()
    page.wait_for_url(lambda url: not url.endswith("/rating"), timeout=LONG_MS)
    page.goto(path)
    expect(page.locator("[aria-labelledby=rated-h]")).to_contain_text(f"rated {value} of 5")


def set_clock(page: Page, wrong: int) -> None:
    """The clock of this device jumps: in its worker, and in every page that opens after `clock_can_jump`."""
    page.evaluate("wrong => localStorage.setItem('wrong', wrong)", wrong)
    for worker in page.context.service_workers:
        worker.evaluate(WRONG_CLOCK, wrong)


def clock_can_jump(page: Page) -> None:
    """To be said once for a device whose clock is to be set."""
    told = "origin === 'null' ? 0 : Number(localStorage.getItem('wrong'))"
    page.context.add_init_script(f"({WRONG_CLOCK})({told})")


def save(page: Page, kind: str, record: str | None = None, **fields: Any) -> str:
    """Save what no screen of today can: the store takes it as from a form. Returns the record."""
    made = put(page, kind, record, **fields)
    page.reload()  # and so the line says what waits
    return made


def put(page: Page, kind: str, record: str | None = None, **fields: Any) -> str:
    """The same, without looking."""
    return page.evaluate(SAVE, {"kind": kind, "record": record, "fields": fields})


def held(page: Page) -> dict[str, Any]:
    """Id to fields of every record that this device shows or has in a bin."""
    return page.evaluate(HELD)


def line(page: Page, state: str, waiting: int | None = None) -> None:
    """The sync line comes to say this."""
    expect(page.locator("#line")).to_have_attribute("data-state", state, timeout=LONG_MS)
    if waiting is not None:
        expect(page.locator("#line")).to_have_attribute("data-waiting", str(waiting), timeout=LONG_MS)


def send(page: Page) -> Any:
    """Ask the worker to sync, as the page does by itself from time to time; returns what it says."""
    return synced(page)


def saved_file(page: Page) -> str:
    """What stands in the file that *Save a file* gives: the device's own, not the server's."""
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save a file", exact=True).click()
    return saved.value.path().read_text("utf-8")


def shown(page: Page, file: str) -> None:
    """Choose a file; the page says what is in it."""
    page.goto("/copies")
    page.get_by_label("A file that this app saved").set_input_files(
        {"name": "mentorlog.json", "mimeType": "application/json", "buffer": file.encode()})
    page.get_by_role("button", name="See what is in it").click()


def read_back(page: Page, file: str, said: str = "in, too") -> None:
    """Choose a file and bring it in. said: what the page says then."""
    shown(page, file)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.locator(".toasts")).to_contain_text(said)


def stop_workers(page: Page) -> None:
    """End the worker, as a browser short of memory does (Chromium)."""
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()


def on_server(server: Server, kind: str = "entry", name: str = "ada") -> list[dict[str, Any]]:
    """The fields of every record of a kind that the server has and does not hide, oldest first."""
    reply = FlaskSide(server.url, name).ask("GET", "/settings/copy", {}, None)
    found = [one for one in json.loads(reply.body)["records"] if one["kind"] == kind]
    return [one["fields"] for one in sorted(found, key=lambda one: (one["at"], one["id"]))]


def texts(server: Server) -> list[str]:
    """The texts of ada's entries on the server, in alphabetical order."""
    return sorted(one["text"] for one in on_server(server))
