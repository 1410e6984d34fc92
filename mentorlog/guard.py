"""What stands before every view: who may write from where, who must be signed in, headers, limits."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Request, Response, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItemPerMinute

from . import clock
from .config import Config

View = TypeVar("View", bound=Callable[..., Any])

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
LARGEST_FORM_BYTES = 1_000_000
WRONG_PASSWORDS = RateLimitItemPerMinute(5)
VISITS = RateLimitItemPerMinute(60)
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# A page made by the worker carries exactly these too: near.worker hands them over.
PAGE_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "private, no-cache",
    "Vary": "Cookie, HX-Request-Type",
}
SIGNATURE = "X-Mentorlog"  # a reply without it is not ours: hotel Wi-Fi answers in place of the server


def public(view: View) -> View:
    """Mark a view that people see before they sign in."""
    view.public = True  # type: ignore[attr-defined]
    return view


def writes_nothing(view: View) -> View:
    """Mark a view that answers a POST and keeps nothing: nobody knows from where a share sheet sends one."""
    view.writes_nothing = True  # type: ignore[attr-defined]
    return view


def by_address(view: View) -> View:
    """Mark a view whose address itself, which only we can make, is the permission: a mail service POSTs to it."""
    view.by_address = True  # type: ignore[attr-defined]
    return view


def is_public(endpoint: str | None) -> bool:
    """True for a marked view; an address that does not exist is public too, so that it is a plain 404."""
    view = current_app.view_functions.get(endpoint or "")
    return view is None or getattr(view, "public", False)


def foreign_write(asked: Request) -> str | None:
    """The reason why an unsafe request does not come from our own pages, or None.

    By header instead of a token, which would go stale in a form that waits offline. Rules of Go 1.25's
    CrossOriginProtection; browsers send no Sec-Fetch-Site to plain http on a network address, so `Origin` decides
    there, and with neither a request that carries a cookie is refused.
    """
    view = current_app.view_functions.get(asked.endpoint or "")
    if asked.method in SAFE_METHODS or getattr(view, "writes_nothing", False) or getattr(view, "by_address", False):
        return None
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None:
        return None if site in ("same-origin", "none") else "another site"
    origin = asked.headers.get("Origin")
    if origin is not None:
        return None if origin != "null" and urlsplit(origin).netloc == asked.host else "another origin"
    return "no origin" if asked.cookies else None


def refuse_foreign_writes() -> Response | None:
    """Stop a write that another site made a browser send."""
    why = foreign_write(request)
    if why is None:
        return None
    current_app.logger.warning("foreign write refused", extra={"path": request.path, "why": why})
    return Response("This was sent by another site, so nothing was done.", 403, {"HX-Reswap": "none"},
                    mimetype="text/plain")


def add_headers(response: Response) -> Response:
    """The headers of a page; of anything else only type, length, `nosniff` and caching.

    A 304 is of what the browser holds, and each header of it takes the place of one there (RFC 9111, 3.2).
    """
    response.headers[SIGNATURE] = "1"
    response.headers["X-Content-Type-Options"] = "nosniff"
    status = response.status_code
    if status != 304 and (response.mimetype == "text/html" or 300 <= status < 400 or status == 204):
        for name, value in PAGE_HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["Vary"] = PAGE_HEADERS["Vary"]
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


class Tries:
    """Counts wrong passwords, so that nobody can guess on: five a minute for a pair of account and address."""

    def __init__(self, limiter: Limiter) -> None:
        self.limiter = limiter.limiter

    def seconds_to_wait(self, account: str) -> int:
        """0 when another try is allowed now."""
        pair = (account, get_remote_address())
        if self.limiter.test(WRONG_PASSWORDS, *pair):
            return 0
        reset = self.limiter.get_window_stats(WRONG_PASSWORDS, *pair).reset_time
        return max(1, round(reset - clock.now().timestamp()))

    def wrong(self, account: str) -> None:
        """Count one wrong password."""
        self.limiter.hit(WRONG_PASSWORDS, account, get_remote_address())


class Visits:
    """Counts who comes to a public page that costs work: 60 a minute from one address."""

    def __init__(self, limiter: Limiter) -> None:
        self.limiter = limiter.limiter

    def seconds_to_wait(self, page: str) -> int:
        """Count a visit; 0 when it may be answered."""
        pair = (page, get_remote_address())
        if self.limiter.hit(VISITS, *pair):
            return 0
        left = round(self.limiter.get_window_stats(VISITS, *pair).reset_time - clock.now().timestamp())
        return min(max(1, left), VISITS.get_expiry())


def visits() -> Visits:
    """The counter of this app."""
    counter: Visits = current_app.extensions["visits"]
    return counter


def tries() -> Tries:
    """The counter of this app."""
    counter: Tries = current_app.extensions["tries"]
    return counter


def init_app(app: Flask, config: Config) -> None:
    """Limits, the write guard and the headers."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_FORM_BYTES
    limiter = Limiter(get_remote_address, app=app, storage_uri=config.rate_limit_storage, strategy="fixed-window")
    app.extensions["tries"] = Tries(limiter)
    app.extensions["visits"] = Visits(limiter)
    app.before_request(refuse_foreign_writes)
    app.after_request(add_headers)
