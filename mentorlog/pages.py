"""A screen, whole or one part of it; where to go next; what to say once; error pages.

`service_worker/pages.js` is the twin: the same names, and the same bytes for the same data.
"""
from __future__ import annotations

from typing import Any, cast

from flask import Flask, Response, current_app, g, render_template, request, url_for
from flask import session as cookie
from flask_login import current_user
from jinja2 import UndefinedError
from werkzeug.exceptions import HTTPException

from . import clock, files, htmx, records
from .access import Me
from .errors import Missing, Refused, SignedOut
from .sync import kept

NOTICES_KEPT = 5
ON_THE_SERVER = {"state": "sent", "waiting": 0, "words": "On the server", "next": None}
UNKNOWN = {"state": "unknown", "waiting": 0, "words": "", "next": None}
LAST_TO_SEND = {"state": "unknown", "waiting": 0, "words": "This device sends what is left on it", "next": None}
Data = dict[str, Any]


def me() -> Me:
    """Who is signed in, and on which device."""
    return cast(Me, current_user._get_current_object())


def settings() -> Data:
    """The fields of the person's settings record, `{}` before the first one. One query a request."""
    if "settings" not in g:
        id = records.name_id(me().person.names, "settings")
        found = records.many(me().person, [id]).get(id)
        g.settings = found["fields"] if found else {}
    return cast(Data, g.settings)


def today() -> str:
    """The day that it is where the person is."""
    return str(clock.parts(clock.now(), zone())["on"])


def zone() -> str:
    """The zone in which this person's hours are shown: their choice, else their device's."""
    return str(settings().get("zone") or me().device.zone or me().person.zone)


def line() -> Data:
    """The sync line of a device with a worker, which fills it; one that is switched off stays only to send the rest."""
    return UNKNOWN if worker_on() else LAST_TO_SEND


def worker_on() -> bool:
    """Whether the operator lets devices have one."""
    return bool(current_app.extensions["config"].worker == "on")


def frame() -> Data:
    """What every page needs beside its own data: `page` in the templates."""
    signed_in = current_user.is_authenticated
    chosen = settings() if signed_in else {}
    behind_worker = signed_in and "worker" in request.cookies
    return {
        "version": files.version(),
        "files": files.urls(),
        "theme": chosen.get("theme") or "auto",
        "text_size": chosen.get("text_size") or "normal",
        "zone": zone() if signed_in else "",
        "shortcuts": signed_in and chosen.get("shortcuts") is not False,
        "signed_in": signed_in,
        "device": me().device.id if signed_in and not behind_worker and worker_on() else "",
        "person": {"id": me().person.id, "name": me().person.name} if signed_in else {"id": "", "name": ""},
        "line": line() if behind_worker else ON_THE_SERVER,
        "notices": [],
        "current": (request.endpoint or "").split(".")[0],
    }


def unsettled() -> list[dict[str, str]]:
    """The kept texts on which nobody decided, for a page that says where there are two versions. One query."""
    return kept.unsettled(me().person)


def show(template: str, status: int = 200, **data: Any) -> Response:
    """The screen `<feature>/<screen>.html`, or the one part of it that htmx asked for, with its `page`."""
    part = wanted_part(template)
    page = frame()
    if not cast(htmx.Request, request).htmx.partial:  # nobody sees the page of a 404 that a part was asked of
        page["notices"] = cookie.pop("notices", [])
    return Response(drawn(part, template, data | {"page": page}), status, mimetype="text/html")


def drawn(part: str | None, template: str, data: Data) -> str:
    """The part, or the whole screen where there is none, or not with this data: whoever forges a target may name one of
    another screen. What a device cannot draw it passes on, and so gets the same."""
    try:
        return render_template(part or template, **data)
    except UndefinedError:
        return render_template(template, **data)


def wanted_part(template: str) -> str | None:
    """`journal/_entries.html` when htmx asks `journal/index.html` for `#entries`; None for the whole screen."""
    asked = cast(htmx.Request, request).htmx
    if not asked.partial or not asked.part:
        return None
    name = f"{template.rpartition('/')[0]}/_{asked.part}.html"
    return name if name in current_app.jinja_env.list_templates() else None


def see_other(endpoint: str, **values: Any) -> Response:
    """After a valid write: 303 to the next screen, or htmx's word for it."""
    return go(url_for(endpoint, **values))


def go(location: str) -> Response:
    """The same, to an address."""
    if cast(htmx.Request, request).htmx.partial:
        return htmx.redirect(location)
    return redirect(location)


def redirect(location: str) -> Response:
    """303: the next page is fetched with GET. Without a body, as the worker says it."""
    return Response(status=303, headers={"Location": location}, mimetype="text/html")


def notice(text: str, change: str | None = None, undo: str | None = None) -> None:
    """Say something once, on the next whole page.

    change: the id of the change that was taken, so that the page forgets its draft. undo: where a POST takes it back.
    """
    said = [*cookie.get("notices", []), {"text": text, "change": change or "", "undo": undo or ""}]
    cookie["notices"] = said[-NOTICES_KEPT:]


def missing(_error: Exception | None = None) -> Response:
    """Nothing here, or nothing for you: the page does not say which. A device may be behind the server, and says so."""
    return show("errors/not_found.html", 404, behind="")


def refused(error: Refused) -> Response:
    """A refusal that no form caught: its words on a page of its own."""
    return show("errors/refused.html", 422, message=str(error))


def signed_out(_error: Exception | None = None) -> Response:
    """To the sign-in page, and back here afterwards; from a part to the page around it."""
    asked = cast(htmx.Request, request).htmx
    if asked.partial:
        return htmx.redirect(url_for("people.sign_in", next=asked.page))
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("people.sign_in", next=here))


def too_big(_error: Exception) -> Response:
    """More than a form may hold. *Back* brings the text back, and the page says so."""
    return show("errors/too_big.html", 413)


def broken(_error: Exception) -> Response:
    """A fault of ours. Flask has logged it once, with the address and without the form."""
    return show("errors/server_error.html", 500)


def for_forms_alone(error: HTTPException) -> Response:
    """An address that only takes a form, opened as a page, as by a tab that comes back: to the page of the form."""
    routes, above = current_app.create_url_adapter(request), request.path
    while request.method == "GET" and routes and (above := above.rpartition("/")[0]):
        if routes.test(above, method="GET"):
            return redirect(above)
    return plain(error)


def plain(error: HTTPException) -> Response:
    """Any other HTTP error, in one sentence."""
    return show("errors/refused.html", error.code or 500, message=error.description or error.name)


def turn_away_other_versions() -> Response | None:
    """A part for a page that another version made would not fit it: let it load anew."""
    asked = cast(htmx.Request, request).htmx
    if request.endpoint == "waiting.line":  # it fits every page
        return None
    stale = asked.partial and request.method == "GET" and asked.version not in (None, files.version())
    return htmx.refresh() if stale else None


def init_app(app: Flask) -> None:
    """Map errors to pages, once."""
    app.before_request(turn_away_other_versions)
    app.register_error_handler(Missing, missing)
    app.register_error_handler(404, missing)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(SignedOut, signed_out)
    app.register_error_handler(405, for_forms_alone)
    app.register_error_handler(413, too_big)
    app.register_error_handler(500, broken)
    app.register_error_handler(HTTPException, plain)
