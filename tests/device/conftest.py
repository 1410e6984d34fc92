"""One page for all cases of a file: each case has a database of its own."""
from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from mentorlog.sync import pull
from tests.device import server


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
