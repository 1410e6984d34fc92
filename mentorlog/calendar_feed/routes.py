"""The page on *Account*, which is Flask's alone, and what calendars read."""
from __future__ import annotations

import gzip
from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from .. import clock, forms, guard, pages, settings
from ..guard import public
from ..packing import pack
from ..pages import me
from . import addresses
from .reading import Outlook, due_days, events, outlook
from .writing import calendar

TYPE = "text/calendar; charset=utf-8"
HEADERS = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex",
           "Vary": "Accept-Encoding", "Content-Disposition": 'inline; filename="mentorlog.ics"'}

bp = Blueprint("calendar_feed", __name__)


@bp.get("/calendar/<secret>.ics")
@public
def feed(secret: str) -> Response:
    """The sessions of whoever has this address. Nobody signs in, and no cookie is set."""
    if wait := guard.visits().seconds_to_wait("calendar"):
        return Response("Too many at once.\n", 429, {"Retry-After": str(wait)}, mimetype="text/plain")
    found = addresses.find(secret)
    if found is None:
        return Response("There is no calendar here.\n", 404, mimetype="text/plain")
    addresses.note_asked(found[0])
    now = outlook(*found, base_url())
    reply = Response(status=304) if request.if_none_match.contains_weak(now.tag()) else whole(now)  # `*` is any
    reply.headers.update(HEADERS)
    reply.set_etag(now.tag(), weak=True)  # packed or not, it says the same
    return reply


def whole(now: Outlook) -> Response:
    """The calendar itself, packed where the other side can unpack it."""
    reply = Response(calendar(now, events(now), due_days(now)), content_type=TYPE)
    pack(reply, {"gzip": partial(gzip.compress, compresslevel=6)})
    return reply


def base_url() -> str:
    """Where people find this server."""
    return str(current_app.extensions["config"].base_url or request.host_url).rstrip("/")


@bp.get("/account/calendar")
def index() -> Response:
    """The feed: what it is good for, what it carries, who asked last."""
    return screen()


def screen(secret: str = "") -> Response:
    """The page; with the address on it only until it is left: nobody here can read it later."""
    feed = addresses.of(me().person)
    address = base_url() + url_for("calendar_feed.feed", secret=secret) if secret else ""
    reply = pages.show("calendar_feed/index.html", feed=shown(feed) if feed else None, address=address, secret=secret,
                       reminding=settings.wished(), groups=settings.groups(),
                       webcal=f"webcal://{address.partition('://')[2]}" if address else "")
    reply.headers["Cache-Control"] = "no-store"
    return reply


def shown(feed: Any) -> dict[str, Any]:
    """A feed as its page prints it."""
    zone = pages.zone()
    return {"names": feed.names, "alarms": feed.alarms, "goals": feed.goals,
            "since": clock.parts(feed.created_at, zone),
            "asked": clock.parts(feed.asked_at, zone) if feed.asked_at else None}


@bp.route("/account/calendar/new", methods=["GET", "POST"])
def new() -> Response:
    """Make an address and show it, this once. One that there was stops, so that is asked first."""
    if request.method == "GET":
        return pages.show("calendar_feed/new.html")
    return screen(addresses.make(me().person))


@bp.post("/account/calendar/carries")
def carries() -> Response:
    """What the feed carries. An address that was just made comes along and stays: it cannot be read again."""
    addresses.choose(me().person, forms.ticked("names"), forms.ticked("alarms"), forms.ticked("goals"))
    pages.notice("Your calendar has it the next time it asks.")
    secret = forms.line("secret")
    found = addresses.find(secret) if secret else None
    return screen(secret) if found and found[1].id == me().person.id else pages.see_other("calendar_feed.index")


@bp.post("/account/calendar/revoke")
def revoke() -> Response:
    """End the address."""
    addresses.revoke(me().person)
    pages.notice("The address has stopped. A calendar that still asks for it gets nothing.")
    return pages.see_other("calendar_feed.index")
