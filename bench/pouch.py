"""PouchDB beside us in the same browser: a first pull of 5,000 records, and 1,000 that wait are sent.

It talks to express-pouchdb, which keeps everything in memory and asks nobody who they are. Node and npm are needed.
"""
from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from bench import pull, sending
from bench.place import PATIENCE_MS, Place, new_page, place
from bench.table import Row
from bench.words import texts

RUNS = 3
NPM = Path(sys.prefix) / "npm-bench"
PACKAGES = ("pouchdb@9", "pouchdb-adapter-memory@9", "express-pouchdb@4", "express@4")
SCRIPT = Path(__file__).with_suffix(".mjs")
BESIDE = "PouchDB 9 as it comes, the same texts, a server in memory"
PULL = """async () => {
  const began = performance.now(), here = new PouchDB('journal');
  const { docs_written } = await here.replicate.from(`${location.origin}/db/journal`);
  return { count: docs_written, took: (performance.now() - began) / 1000 };
}"""
SEND = """async texts => {
  const here = new PouchDB('sent');
  await here.bulkDocs(texts.map(text => ({ _id: crypto.randomUUID(), kind: 'entry', text })));
  const began = performance.now();
  const { docs_written } = await here.replicate.to(`${location.origin}/db/journal`);
  return { count: docs_written, took: (performance.now() - began) / 1000 };
}"""


def rows() -> list[Row]:
    """Seconds of both, by turns."""
    install()
    with place(pull.fill, MENTORLOG_TESTING="true") as here, peer(here.folder, texts(pull.COUNT)) as address:
        browser = here.browser()
        pulls = [(pull.phone(here, browser)[0], pouch(browser, address, PULL, pull.COUNT)) for _ in range(RUNS)]
        sends = [(send(here, browser), pouch(browser, address, SEND, sending.COUNT)) for _ in range(RUNS)]
    return [row("first pull of 5,000 records, until Today is there with all of it", pulls, "≤ 0.5"),
            row("sending 1,000 waiting changes, from a phone that has 5,000 records", sends, "")]


def row(what: str, runs: list[tuple[float, float]], wanted: str) -> Row:
    """The medians."""
    ours, theirs = zip(*runs, strict=True)
    return Row(what, median(ours), median(theirs), "s", BESIDE, wanted)


def install() -> None:
    """The peer, once, into the project's environment."""
    if not (NPM / "node_modules" / "express-pouchdb").exists():
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(NPM), *PACKAGES],
                       check=True)


@contextmanager
def peer(folder: Path, written: list[str]) -> Iterator[str]:
    """The address of a server that holds these texts."""
    file = folder / "texts.json"
    file.write_text(json.dumps(written), "utf-8")
    node = subprocess.Popen(["node", str(SCRIPT), str(NPM), str(file)], stdout=subprocess.PIPE, text=True)
    try:
        assert node.stdout
        yield f"http://127.0.0.1:{int(node.stdout.readline())}/"
    finally:
        node.kill()
        node.wait()


def send(here: Place, browser: Browser) -> float:
    """A phone of ours."""
    return sending.phone(here, new_page(browser, here.line), texts(sending.COUNT))[0]


def pouch(browser: Browser, address: str, script: str, count: int) -> float:
    """A new browser of theirs."""
    page: Page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    told = page.evaluate(script, texts(count))
    page.context.close()
    assert told["count"] == count, told
    return float(told["took"])
