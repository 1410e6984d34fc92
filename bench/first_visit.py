"""The first visit of a person with nothing of us in their browser, and what the worker fetches after it."""
from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import brotli

from bench.place import Counting, Passed, new_page, place
from bench.table import Row
from tests.browser_sign_in import arrive

BESIDE = "the same bodies packed by brotli 11, without heads"
# The page itself, and what began to be fetched before its first paint, whether or not the paint waits for it.
BEFORE_PAINT = """() => new Promise(done => {
  const look = () => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    if (!paint) return requestAnimationFrame(look);
    const early = performance.getEntriesByType('resource').filter(one => one.startTime < paint.startTime);
    done([location.href, ...early.map(one => one.name)]);
  };
  look();
})"""

LOOK = "navigator.serviceWorker.getRegistration().then(registration => registration.update()).then(() => true)"


def rows() -> list[Row]:
    """Bytes and requests of the sign-in page, then what the worker fetches on the way to Today."""
    with place() as here:
        counting = Counting()
        here.line.breaks(counting)
        page = new_page(here.browser(), here.line)
        page.goto("/sign-in", wait_until="networkidle")
        early = {urlsplit(address).path for address in page.evaluate(BEFORE_PAINT)}
        visit = counting.passed[:]
        arrive(page)
        page.wait_for_load_state("networkidle")
        worker = [one for one in counting.passed if one.by_worker]
        counting.passed.clear()
        page.evaluate(LOOK)
        look = counting.passed[:]
    before = [one for one in visit if one.path in early]
    fewest = 3  # a page, its style, its scripts
    return [
        Row("first visit, everything", total(visit), least(visit), "bytes", BESIDE, "≤ 100 kB"),
        Row("first visit, before the first paint", len(before), fewest, "requests", "page, style, script", "≤ 5"),
        Row("first visit, in all", len(visit), fewest, "requests", "page, style, script", "≤ 15"),
        Row("after it, all that the worker fetches", total(worker), least(worker), "bytes", BESIDE, "≤ 300 kB"),
        Row("after it, all that the worker fetches", len(worker), 1, "requests", "one file of everything"),
        Row("a look for a new version", total(look), heaviest(worker), "bytes", "the worker, when it is sent again"),
    ]


def total(passed: list[Passed]) -> int:
    """Bytes of the replies with their heads."""
    return sum(one.down for one in passed)


def heaviest(passed: list[Passed]) -> int:
    """Bytes of the longest reply."""
    return max(one.down for one in passed)


def least(passed: list[Passed]) -> int:
    """Bytes of the bodies when each is packed as well as can be."""
    return sum(len(brotli.compress(plain(one))) for one in passed)


def plain(one: Passed) -> bytes:
    """The body of a reply, unpacked. Replies of ours come with their length, never in chunks."""
    how, body = one.reply.header("Content-Encoding"), one.reply.body
    if how == "br":
        return bytes(brotli.decompress(body))
    return gzip.decompress(body) if how == "gzip" else body
