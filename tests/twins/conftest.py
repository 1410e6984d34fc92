"""The JavaScript side of a twin, asked in a real Chromium: one question with many rows."""
from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from mentorlog import near, zones
from tests.importing import importing

WORKER = Path(__file__).parents[2] / "service_worker"
ASK = """async ([module, question, rows]) => {
  const twin = await import(`/${module}`);
  const answer = (0, eval)(question);
  const answers = [];
  for (const row of JSON.parse(rows)) answers.push(await answer(twin, ...row));
  return JSON.stringify(answers);
}"""


@pytest.fixture(scope="session")
def twin_page(browser: Browser) -> Iterator[Page]:
    """A page of a secure origin that can import the worker's modules."""
    made = near.as_module(cities=zones.cities(), others=zones.others())
    with importing(browser, WORKER) as page:
        page.route("**/generated/zones.js", lambda route: route.fulfill(body=made, content_type="text/javascript"))
        yield page


@pytest.fixture
def twin(twin_page: Page) -> Callable[[str, str, list[list[Any]]], list[Any]]:
    """`twin("prose.js", "(prose, text) => prose.fold(text)", [["É"], ["ß"]])` gives the answer to each row.

    Rows and answers travel as JSON in ASCII, so that half an emoji arrives as it was sent.
    """
    def ask(module: str, question: str, rows: list[list[Any]]) -> list[Any]:
        return list(json.loads(twin_page.evaluate(ASK, [module, question, json.dumps(rows)])))

    return ask
