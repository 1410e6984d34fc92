"""htmx-flask, taught to speak htmx 4: part or page, and which part.

htmx-flask 0.1 knows the headers of htmx 1 and 2. htmx 4 says `HX-Request-Type: partial|full` and
`HX-Target: div#list` (the id percent-encoded), which is all the product asks of it.
"""
from __future__ import annotations

import re
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote

from flask import Flask, Response
from htmx_flask import Htmx
from htmx_flask.requests import HtmxAwareRequest, HtmxHeaders

SAFE_IN_URL = "/:?#[]@!$&'()*+,;=%~"


class Headers(HtmxHeaders):  # type: ignore[misc]
    """What an htmx 4 request says of itself."""

    @cached_property
    def partial(self) -> bool:
        """True when the page wants one part of a screen, never for a navigation or a history restore."""
        return bool(self) and self._headers.get("HX-Request-Type") == "partial"

    @cached_property
    def part(self) -> str | None:
        """The name of the part asked for: `entries` for `div#entries`, `entry` for `#entry-6f2b…`."""
        target = self._headers.get("HX-Target") or ""
        return unquote(target.partition("#")[2]).split("-")[0] or None

    @cached_property
    def page(self) -> str | None:
        """The page that asks, without its host."""
        found = re.match("https?://[^/]*(/[^#]*)", self._headers.get("HX-Current-URL") or "")
        return found and found[1]

    @cached_property
    def version(self) -> str | None:
        """The version of the app whose page is asking."""
        value = self._headers.get("X-Page-Version")
        return None if value is None else str(value)


class Request(HtmxAwareRequest):  # type: ignore[misc]
    """Flask's request with `.htmx` in the words of htmx 4."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.htmx = Headers(self.headers)


def init_app(app: Flask) -> None:
    """Register htmx-flask, then put back our request class, which its `init_app` replaces."""
    Htmx().init_app(app)
    app.request_class = Request


def redirect(location: str) -> Response:
    """Tell htmx to navigate. Header values are latin-1, so the address is quoted (RFC 9110, 5.5)."""
    return Response(status=204, headers={"HX-Redirect": quote(location, safe=SAFE_IN_URL)})


def refresh() -> Response:
    """Tell htmx to load the page anew: it was made by another version."""
    return Response(status=204, headers={"HX-Refresh": "true"})
