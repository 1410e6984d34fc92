"""The screen of one's own copy: save a file, read one back. The same functions stand in service_worker/copies.js."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from .. import forms, pages, records, settings
from ..errors import Missing, Refused
from ..pages import me
from . import taking
from .comparing import compare
from .reading import LARGEST_BYTES, parse, text_of, too_large

AROUND_BYTES = 100_000  # of a form beside its file
NOT_TAKEN = ("refused", "behind", "need_was")

bp = Blueprint("copies", __name__)


@bp.route("/copies", methods=["GET", "POST"])
def index() -> Response:
    """Choose a file; then what is in it, and what a tap would do."""
    if request.method == "GET":
        return screen(chosen())
    try:
        taking.keep(me().person, typed())
    except RequestEntityTooLarge:
        return screen(None, {"copy": too_large(LARGEST_BYTES)}, 413)
    except Refused as error:
        return screen(None, {"copy": str(error)}, 422)
    return pages.see_other("copies.index")


def typed() -> str:
    """The text of the file that was chosen.

    :raise Refused: none was, or it is none of ours
    :raise RequestEntityTooLarge: it is too large
    """
    request.max_content_length = LARGEST_BYTES + AROUND_BYTES
    file = request.files.get("copy")
    data = file.read() if file else b""
    if not data:
        raise Refused("Choose a file first.", "copy")
    text = text_of(data)
    parse(text)
    return text


def chosen() -> dict[str, Any] | None:
    """The file that was chosen, in words; None while there is none."""
    try:
        copy = taking.kept(me().person)
    except Missing:
        return None
    here = taking.here(me().person, copy)
    return taking.shown(copy, compare(copy, here), here, pages.zone())


def screen(copy: dict[str, Any] | None, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    """The page."""
    return pages.show("copies/index.html", status, copy=copy, groups=settings.groups(), errors=errors or {})


@bp.post("/copies/bring")
def bring() -> Response:
    """Take what is in the file; without `beside` what stands here in other words is left alone."""
    try:
        copy = taking.kept(me().person)
    except Missing:
        return pages.see_other("copies.index")
    plan = compare(copy, taking.here(me().person, copy))
    beside = plan.beside if forms.ticked("beside") else []
    lists = {"made": plan.made, "beside": beside, "sent": plan.sent}
    outcomes = {name: taking.take(me().person, changes) for name, changes in lists.items()}
    refused = [one for some in outcomes.values() for one in some if one["outcome"] in NOT_TAKEN]
    counts = {name: len([one for one in some if one["outcome"] not in NOT_TAKEN]) for name, some in outcomes.items()}
    why = records.words(refused[0].get("why", "not_found")) if refused else ""
    taking.forget(me().person)
    pages.notice(taking.said(counts | {"drafts": 0, "refused": len(refused)}, why))
    return pages.see_other("copies.index")


@bp.post("/copies/leave")
def leave() -> Response:
    """Leave the file: nothing of it was taken."""
    taking.forget(me().person)
    return pages.see_other("copies.index")
