"""Signing in and out, setting up, and the account: Flask's alone, they need the network."""
from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, request
from flask import session as cookie
from flask_login import current_user, logout_user

from .. import clock, guard, pages, prose, settings, zones
from ..errors import Refused
from ..guard import public
from ..models import Device
from ..pages import me
from ..sync import restore
from .accounts import NewPerson, change_password, check, open_link, start
from .devices import devices, enter, revoke

bp = Blueprint("people", __name__)


def field(name: str) -> str:
    """One line of a form, trimmed."""
    return prose.clean(request.form.get(name, "")).strip()


def local(path: str) -> str:
    """A path of this site to go on to, never another site's. Browsers drop tabs, so one may not hide a `//`."""
    return path if re.fullmatch(r"/[^/\\\x00-\x20][^\\\x00-\x20]*", path) else "/today"


@bp.route("/start", methods=["GET", "POST"], endpoint="start")
@public
def start_page() -> Response:
    """The first account, by the link that the server printed."""
    key = request.args.get("key", "")
    typed = {name: field(name) for name in ("name", "email")} | {"zone": zones.named(field("zone"))}
    if open_link(key) is None:
        return pages.show("people/start.html", 404, open=False, form=typed, errors={})
    if request.method == "GET":
        return pages.show("people/start.html", open=True, form=typed, errors={})
    new = NewPerson(**typed, password=request.form.get("password", ""))
    if errors := new.problems():
        return pages.show("people/start.html", 422, open=True, form=typed, errors=errors)
    enter(start(key, new), new.zone)
    return pages.see_other("people.arrive")


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response:
    """E-mail and password. After five wrong ones in a minute it says when to try again."""
    form = {"email": field("email"), "next": local(request.values.get("next", ""))}
    if request.method == "GET":
        return pages.show("people/sign_in.html", form=form, errors={}, wait=0)
    account, counter = form["email"].lower(), guard.tries()
    if wait := counter.seconds_to_wait(account):
        reply = pages.show("people/sign_in.html", 429, form=form, errors={}, wait=wait)
        reply.headers["Retry-After"] = str(wait)
        return reply
    person = check(account, request.form.get("password", ""))
    if person is None:
        counter.wrong(account)
        errors = {"password": "E-mail and password do not belong together."}
        return pages.show("people/sign_in.html", 422, form=form, errors=errors, wait=0)
    enter(person, field("zone"))
    return pages.see_other("people.arrive", next=form["next"])


@bp.route("/arrive", methods=["GET", "POST"])
def arrive() -> Response:
    """Names person and device for the worker, which then pulls. A POST ends the row that this device held before."""
    if request.method == "POST":
        restore.replace_device(me().device, field("former"))
        return Response(status=204)
    return pages.show("people/arrive.html", device=me().device.id, next=local(request.args.get("next", "")),
                      lost="lost" in request.args)


@bp.route("/sign-out", methods=["GET", "POST"])
@public
def sign_out() -> Response:
    """Asks, then ends this device's row. `storage` is not cleared: another person's changes may wait on this phone."""
    if request.method == "GET":
        known = current_user.is_authenticated
        return pages.show("people/sign_out.html") if known else pages.see_other("people.sign_in")
    left = ""
    if current_user.is_authenticated:
        left = me().person.id
        restore.end_device(left, me().device.id)
        logout_user()
    cookie.clear()
    reply = pages.show("people/signed_out.html", left=left, discard=bool(field("discard")))
    reply.headers["Clear-Site-Data"] = '"cache"'
    reply.delete_cookie("worker", samesite="Lax")  # arrive.js sets it for whoever comes next
    return reply


# -- the account -------------------------------------------------------------------------------------------------------

def device_row(row: Device) -> dict[str, Any]:
    """A device as the account's page prints it."""
    return {"id": row.id, "label": row.label, "here": row.id == me().device.id,
            "seen": clock.parts(row.seen_at, pages.zone()), "since": clock.parts(row.created_at, pages.zone())}


@bp.get("/account")
def account() -> Response:
    """E-mail, password, devices."""
    rows = [device_row(row) for row in devices(me().person)]
    return pages.show("people/account.html", email=me().person.email, devices=rows, groups=settings.groups())


@bp.route("/account/password", methods=["GET", "POST"])
def password() -> Response:
    """Change the password."""
    if request.method == "GET":
        return pages.show("people/password.html", errors={})
    try:
        change_password(me().person, request.form.get("old", ""), request.form.get("password", ""))
    except Refused as error:
        return pages.show("people/password.html", 422, errors={error.field: str(error)})
    pages.notice("Your password is changed.")
    return pages.see_other("people.account")


@bp.post("/account/devices/<id>/revoke", endpoint="revoke")
def revoke_device(id: str) -> Response:
    """End one of my other devices."""
    if id == me().device.id:
        return pages.see_other("people.sign_out")
    revoke(me().person, id)
    pages.notice("That device is signed out. At its next contact it says what it had not sent, then wipes itself.")
    return pages.see_other("people.account")
