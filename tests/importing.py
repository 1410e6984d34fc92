"""A page that can import the modules of a folder, without a server."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route


@contextmanager
def importing(browser: Browser, folder: Path, **options: Any) -> Iterator[Page]:
    """A page of a secure origin whose files are those of the folder. options: of Playwright, such as timezone_id."""
    def answer(route: Route) -> None:
        name = route.request.url.removeprefix("http://localhost/")
        body = (folder / name).read_bytes() if name else b"<!doctype html>"
        route.fulfill(body=body, content_type="text/javascript" if name else "text/html")

    page = browser.new_page(**options)
    page.route("http://localhost/**", answer)
    page.goto("http://localhost/")
    yield page
    page.close()
