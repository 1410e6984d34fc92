"""What 5,000 entries, 500 goals and 300 worksheets cost, beside a hundredth of it on the same server."""
from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from statistics import median
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, Page

from bench.cold_start import cold
from bench.place import PATIENCE_MS, Place, arrived, opened, place
from bench.table import RUNS, Row
from bench.words import texts
from tests import cast, trouble, workers
from tests.browser_sign_in import arrive
from tests.devices import Console, OwnPhone
from tests.hands import done, open_form, type_entry

if TYPE_CHECKING:
    from mentorlog.models import Person

LARGE, SMALL = (5_000, 500, 300), (50, 5, 3)  # entries, goals, worksheets
BATCH = 500
WORDS = 150  # of an entry
WARM_UP = 1
STILL = {"reduced_motion": "reduce"}
BESIDE = "50 entries, 5 goals, 3 worksheets"
ENTRY = "ENTRY"  # in an address: the newest entry's id
SHEET = "One of many questions"  # the worksheet of this title, by its size
QUESTIONS = 50, 5
SCREENS = {
    "Today": "/today", "list of the journal": "/journal", "its months": "/journal/months",
    "its filters": "/journal/filter", "what a filter leaves of it": "/journal?lesson=1",
    "reader": f"/journal/{ENTRY}", "editor": f"/journal/{ENTRY}/edit", "earlier versions": f"/history/{ENTRY}",
    "bin, a hundredth in it": "/bin", "goals": "/goals", "rated goals": "/goals/rated", "the month": "/goals/month",
    "questions": "/questions", "worksheets": "/worksheets", "waiting": "/waiting",
    "what the app knows": "/settings/knows", "search, three letters": "/search?q=the",
}
IN_BIN = 100  # one of so many entries
NOTE_TAP = "() => document.addEventListener('click', () => { sessionStorage.tapped = Date.now(); }, { once: true })"
SINCE_TAP = "() => performance.timeOrigin - sessionStorage.tapped"  # ms from the tap to the start of this page
HEAP = "Performance.getMetrics"
SIZE = """async () => {
  const { usageDetails, usage } = await navigator.storage.estimate();
  return usageDetails?.indexedDB ?? usage;
}"""
RAW = """async person => {
  const db = await new Promise((resolve, reject) => {
    const request = indexedDB.open(`mentorlog-${person}`);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const request = db.transaction('snapshot').objectStore('snapshot').getAll();
  const rows = await new Promise(resolve => { request.onsuccess = () => resolve(request.result); });
  db.close();
  return new TextEncoder().encode(JSON.stringify(rows)).length;
}"""


def fill() -> None:
    """Ada has much, dan a hundredth of it."""
    people = cast.gather()
    for person, sizes, questions in zip((people.ada, people.dan), (LARGE, SMALL), QUESTIONS, strict=True):
        written = [*changes(person, *sizes), long_sheet(questions)]
        for start in range(0, len(written), BATCH):
            take(person, written[start:start + BATCH])


def take(person: Person, written: list[dict[str, Any]]) -> None:
    """Through the one door."""
    from mentorlog.sync import apply
    outcomes = apply.take(person, None, written)
    assert {one["outcome"] for one in outcomes.values()} == {"accepted"}


def changes(person: Person, entries: int, goals: int, sheets: int) -> list[dict[str, Any]]:
    """Everything a person wrote in some years: each goal but two is rated, each worksheet has its answers."""
    from mentorlog import library, records
    from mentorlog.questions import arranging, sets
    words = texts(entries + 2 * goals, WORDS * 6)
    found = [change("entry", {"title": text[:40], "text": text}) for text in words[:entries]]
    found += [change("entry", {"binned_at": one["made_at"]}, one["record"], after=one["id"]) for one in found[::IN_BIN]]
    for number, text in enumerate(words[entries:entries + goals]):
        goal = change("goal", {"text": text[:120], "due_on": "2026-11-20"})
        id = records.name_id(person.names, f"rating:{goal['record']}")
        rated = [change("rating", {"goal": goal["record"], "value": 1 + number % 5}, id)] if number > 1 else []
        found += [goal, *rated]
    fields = arranging.as_offered(sets.of_library(library.sets()[0]), None)
    for _ in range(sheets):
        sheet = change("worksheet", fields)
        found += [sheet, *(answer(person, sheet, question) for question in fields["questions"])]
    return found


def long_sheet(questions: int) -> dict[str, Any]:
    """A worksheet of so many questions."""
    from mentorlog import library
    from mentorlog.questions import arranging, sets
    fields = arranging.as_offered(sets.of_library(library.sets()[0]), None)
    asked = [{**fields["questions"][0], "id": f"one-of-many-{number}"} for number in range(questions)]
    return change("worksheet", {**fields, "title": SHEET, "questions": asked})


def answer(person: Person, sheet: dict[str, Any], question: dict[str, Any]) -> dict[str, Any]:
    """An answer of one sentence."""
    from mentorlog import records
    id = records.name_id(person.names, f"answer:{sheet['record']}:{question['id']}")
    fields = {"worksheet": sheet["record"], "question": question["id"], "text": "As it was last time."}
    return change("answer", fields, id)


def change(kind: str, fields: dict[str, Any], record: str = "", after: str = "") -> dict[str, Any]:
    """A new record, or what follows the change `after`."""
    from mentorlog import clock, records
    stands = {"after": after} if after else {"base": None}
    return {"id": records.new_id(), "kind": kind, "record": record or records.new_id(), "fields": fields,
            "made_at": clock.iso(clock.now())} | stands


def rows() -> list[Row]:
    """Each screen, a cold start, memory and disk of both phones."""
    with place(fill) as here:
        browser = here.browser()
        pages = [arrived_as(browser, here, name) for name in ("ada", "dan")]
        found = [Row(f"{what}, warm, with 5,000 entries", *taps(pages, address), "ms", BESIDE,
                     "" if what.startswith("search") else "≤ 2") for what, address in SCREENS.items()]
        found += [Row("saving an entry, with 5,000 entries", *by_turns(pages, saved), "ms", BESIDE, "≤ 2")]
        found += [Row("a worksheet of 50 questions, warm", *tapped(pages, [sheet(page) for page in pages]), "ms",
                      "one of 5 questions", "≤ 2")]
        found += [Row(f"memory of the {what}, with 5,000 entries", *map(used, pages), "bytes", BESIDE, wanted)
                  for what, used, wanted in (("page", heap, "≤ 2"), ("worker, after a search", worker_heap, ""))]
        found += [Row("what IndexedDB takes for them", *sizes(pages[0]), "bytes", "the same records as JSON")]
        browser.close()
        return [*found, Row("cold start with no network, with 5,000 entries", *starts(here), "ms", BESIDE, "≤ 2")]


def arrived_as(browser: Browser, here: Place, name: str) -> Page:
    """The page of a phone on which this person is signed in."""
    return arrived(browser, here.line, name, **STILL)


def taps(pages: list[Page], address: str) -> list[float]:
    """Milliseconds until this screen is painted and its scripts have run, of each by turns: the medians."""
    places = [address.replace(ENTRY, newest(page) if ENTRY in address else "") for page in pages]
    return tapped(pages, places)


def tapped(pages: list[Page], places: list[str]) -> list[float]:
    """The same, where each page has an address of its own."""
    def open_it(page: Page) -> float:
        page.goto(places[pages.index(page)])
        return opened(page)["usable"]

    return by_turns(pages, open_it)


def by_turns(pages: list[Page], act: Callable[[Page], float]) -> list[float]:
    """What an act costs on each page, taken by turns, the first not counted: the medians."""
    times: list[list[float]] = [[] for _ in pages]
    for number, at in zip(range((WARM_UP + RUNS) * len(pages)), cycle(range(len(pages)))):
        took = act(pages[at])
        if number >= WARM_UP * len(pages):
            times[at].append(took)
    return [median(kept) for kept in times]


def saved(page: Page) -> float:
    """Milliseconds from the tap on *Done* until the new entry can be read."""
    open_form(page)
    type_entry(page, "Once more", "Written among all the others.")
    page.evaluate(NOTE_TAP)
    with page.expect_navigation():
        done(page)
    return opened(page)["usable"] + float(page.evaluate(SINCE_TAP))


def newest(page: Page) -> str:
    """The id of the newest entry."""
    page.goto("/journal")
    return str(page.locator(".leaf-title a").first.get_attribute("href")).partition("?")[0].rpartition("/")[2]


def sheet(page: Page) -> str:
    """The address of the long worksheet."""
    page.goto("/worksheets")
    return str(page.get_by_role("link", name=SHEET).first.get_attribute("href"))


def heap(page: Page) -> float:
    """Bytes that the scripts of the journal's page hold, after the rubbish is out."""
    page.goto("/journal")
    devtools = page.context.new_cdp_session(page)
    devtools.send("HeapProfiler.enable")
    devtools.send("HeapProfiler.collectGarbage")
    devtools.send("Performance.enable")
    told = {one["name"]: one["value"] for one in devtools.send(HEAP)["metrics"]}
    return float(told["JSHeapUsedSize"])


def worker_heap(page: Page) -> float:
    """The same of the worker, after it has answered a search."""
    page.goto("/search?q=the")
    return float(workers.heap(page))


def sizes(page: Page) -> tuple[float, float]:
    """Bytes of the database, and of its records as JSON."""
    return page.evaluate(SIZE), page.evaluate(RAW, page.locator("html").get_attribute("data-person"))


def starts(here: Place) -> list[float]:
    """Milliseconds to a usable Today after the browser was closed and the line cut, of each by turns: the medians."""
    phones = [own_phone(here, name) for name in ("ada", "dan")]
    here.line.breaks(trouble.DOWN)
    runs = [[cold(phone, "/today")["usable"] for phone in phones] for _ in range(1 + RUNS)][1:]
    return [median(kept) for kept in zip(*runs, strict=True)]


def own_phone(here: Place, name: str) -> OwnPhone:
    """A phone that can be opened cold, with everything of this person on it."""
    phone = OwnPhone(here.playwright, here.folder / f"browser-{name}", Console(), here.line.url)
    here.stack.callback(phone.close)
    page = phone.open()
    page.set_default_timeout(PATIENCE_MS)
    arrive(page, name)
    phone.close()
    return phone
