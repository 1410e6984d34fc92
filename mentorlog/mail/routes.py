"""Where a letter's *Stop these e-mails* leads. Public: the address itself says who."""
from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from .. import forms, guard, pages
from ..guard import by_address, public
from . import unsubscribing

bp = Blueprint("mail", __name__)


@bp.route("/unsubscribe/<token>", methods=["GET", "POST"])
@public
@by_address
def unsubscribe(token: str) -> Response:
    """A GET asks, as programs that look through letters follow every link; a POST stops this kind, and answers without
    a redirect (RFC 8058, 3.2). The button below that brings it back."""
    if wait := guard.visits().seconds_to_wait("unsubscribe"):
        return Response("Too many at once.\n", 429, {"Retry-After": str(wait)}, mimetype="text/plain")
    found = unsubscribing.meant(current_app.extensions["config"].secret_key, token)
    if found is None:
        return reply(404, kind="", stopped=False)
    person, kind = found
    if request.method == "POST":
        unsubscribing.choose(person, kind, forms.ticked("again"))
    return reply(kind=unsubscribing.KINDS[kind], stopped=not unsubscribing.wants(person, kind))


def reply(status: int = 200, **said: object) -> Response:
    """The page, whose address goes nowhere else."""
    made = pages.show("mail/unsubscribe.html", status, **said)
    made.headers.update({"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"})
    return made
