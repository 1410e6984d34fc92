"""One page for all cases of a file: each case has a database of its own."""
from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from mentorlog.sync import pull
from tests.device import server

OPEN = """async (person) => {
  const { openStore } = await import('/near/t/store.js');
  await openStore(indexedDB, person, null).open();
}"""


@pytest.fixture(scope="module")
def page_rows() -> Iterator[None]:
    """Each simulated life chooses how long a page of the feed is; afterwards it is as before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pull, "PAGE_ROWS", pull.PAGE_ROWS)
        yield


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the modules and the cases are served."""
    with server.serving(server.make_app()) as url:
        yield url


@pytest.fixture(scope="module")
def lab(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a real browser in which the modules run."""
    context = browser.new_context(base_url=address, timezone_id="Europe/Berlin")
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


@pytest.fixture(scope="module")
def origin(browser, address):
    """A browser in which the counting worker answers."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/")
    page.evaluate("""async () => {
      const changed = new Promise((resolve) => { navigator.serviceWorker.oncontrollerchange = resolve; });
      await navigator.serviceWorker.register('/sw.js');
      await changed;
    }""")
    yield page
    context.close()


@pytest.fixture
def form(lab: Page, address: str) -> Iterator[Callable[..., Page]]:
    """Opens the form of a new person: `form("new")`, `form("edit", record=..., base=...)`, in a page of its own."""
    person, pages = str(uuid.uuid4()), list[Page]()

    def load(where: str = "new", page: Page | None = None, **shown: str) -> Page:
        if page is None:
            page = lab.context.new_page()
            pages.append(page)
        query = "&".join(f"{name}={value}" for name, value in shown.items())
        page.goto(f"{address}/form/{person}/{where}?{query}")
        return page

    lab.evaluate(OPEN, person)
    yield load
    for page in pages:
        page.close()
