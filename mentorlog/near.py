"""What the device needs: the worker and its modules, the manifest, and `POST /sync`.

Modules are made from the app itself at the first request and kept in memory: the compiled templates, the table of
addresses, the kinds with their limits and words, the headers of a page, and the worker with all of it in one file.
"""
from __future__ import annotations

import gzip
import io
import json
import zlib
from functools import cache, partial
from typing import Any

import brotli
from flask import Blueprint, Flask, Response, abort, current_app, jsonify, request
from flask_login import current_user

from . import clock, copies, files, guard, history, library, people, records, settings, zones
from .bundle import bare, bundle
from .config import Config
from .guard import public
from .jinja_js import compile_templates
from .jinja_js.urls import urls_module
from .manifest import described
from .packing import Ways, pack
from .pages import me
from .sync import pull, wire
from .sync.upkeep import DAYS_IN_THE_BIN

WORKER_FILES = files.ROOT / "service_worker"
WORKER, CONFIG = "generated/worker.js", "generated/config.js"
WITH_MAIL = "generated/worker-with-mail.js"  # the same by another name, so that devices hear of a mail server
# Flask's alone: signing in, the account, and pages that only Flask can know about.
NOT_FOR_THE_DEVICE = ("people/", "calendar_feed/", "mail/", "reminders/", "errors/too_big.html")
FILTERS = ("markdown",)
WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
LARGEST_SYNC_BYTES = 1_000_000
PACKED_FROM_BYTES = 250  # the reply to one edit is 280, packed 200
PACKING: Ways = {"br": partial(brotli.compress, quality=5), "gzip": partial(gzip.compress, compresslevel=6)}

bp = Blueprint("near", __name__)


def shared_templates(app: Flask) -> list[str]:
    """The templates that the worker renders too."""
    return [name for name in app.jinja_env.list_templates(["html"]) if not name.startswith(NOT_FOR_THE_DEVICE)]


def as_module(**values: Any) -> str:
    """An ES module with one exported constant for each value."""
    return "".join(f"export const {name} = {json.dumps(value)};\n" for name, value in values.items())


def generated(app: Flask) -> dict[str, str]:
    """Name to source of the modules that are made from the app, but the one of what it knows of this version."""
    shown = compile_templates(app.jinja_env, shared_templates(app), filters=FILTERS, functions=["url_for"])
    return {
        "generated/templates.js": shown,
        "generated/urls.js": urls_module(app),
        "generated/kinds.js": as_module(kinds=records.describe(), words=records.all_words()),
        "generated/library.js": as_module(sets=library.sets()),
        "generated/zones.js": as_module(cities=zones.cities(), others=zones.others()),
    }


def config(app: Flask, weight: int) -> str:
    """Source of the module with what a device needs to know of this version. weight: bytes of the worker, packed."""
    return as_module(
        version=files.version(), headers=guard.PAGE_HEADERS, signature=guard.SIGNATURE, files=files.urls(),
        kept=files.kept(), scripts=files.url(files.SCRIPTS), binDays=DAYS_IN_THE_BIN,
        testing=app.testing, weight=weight, mails=settings.mails(app), format=settings.FORMAT,
        largestCopy=copies.LARGEST_ON_A_DEVICE_BYTES)


@cache
def modules(app: Flask) -> dict[str, str]:
    """Name to source of every module of the worker."""
    own = {path.relative_to(WORKER_FILES).as_posix(): path.read_text("utf-8") for path in WORKER_FILES.rglob("*.js")}
    made = own | generated(app) | {CONFIG: config(app, 0)}
    made[CONFIG] = config(app, len(gzip.compress("".join(map(bare, made.values())).encode())))
    return made


@cache
def bundled(app: Flask) -> str:
    """The worker in one file. Not among its modules: the one that goes does not need it."""
    return bundle(modules(app), "worker.js")


@bp.get("/sw.js")
@public
def worker() -> Response:
    """Served from the root for its scope. `WORKER=off` serves one that shows and sends what waits, and goes."""
    config: Config = current_app.extensions["config"]
    entry = (WITH_MAIL if config.smtp_host else WORKER) if config.worker == "on" else "farewell.js"
    response = Response(f'import "./near/{files.version()}/{entry}";\n', mimetype="text/javascript")
    response.headers.update({"Cache-Control": "no-cache", "Content-Security-Policy": WORKER_POLICY})
    response.set_etag(f"{entry}-{files.version()}")
    response.make_conditional(request)  # changes it in place
    return response


@bp.get("/near/<asked>/<path:name>")
@public
def module(asked: str, name: str) -> Response:
    """One module of the worker. Of another version: 404, so that an update fails whole and is tried again."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    source = bundled(app) if name in (WORKER, WITH_MAIL) else modules(app).get(name)
    if asked != files.version() or source is None:
        abort(404)
    return files.for_a_year(source.encode(), "text/javascript")


@bp.get(files.MANIFEST)
@public
def manifest() -> Response:
    """How the app is installed."""
    response = jsonify(described())
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def unpacked(body: bytes) -> bytes | None:
    """The body of a sync request, at most 1,000,000 bytes; None when it is larger, so that no gzip bomb is unpacked."""
    if request.headers.get("Content-Encoding") == "gzip":
        body = gzip.GzipFile(fileobj=io.BytesIO(body)).read(LARGEST_SYNC_BYTES + 1)
    return body if len(body) <= LARGEST_SYNC_BYTES else None


def answer(body: dict[str, Any], status: int = 200) -> Response:
    """A reply of ours: JSON, packed where it pays, with few headers (an edit stays under 1.25 kB)."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    response = Response(text, status, mimetype="application/json")
    if len(text) > PACKED_FROM_BYTES:
        pack(response, PACKING)
    return response


@bp.post("/sync")
@public
def sync() -> Response:
    """Changes up, records down (`sync.md`, On the wire)."""
    if not current_user.is_authenticated:
        return answer({"error": "revoked" if people.was_revoked() else "signed_out"}, 401)
    try:
        body = unpacked(request.get_data())
        if body is None:
            return answer({"error": "too_big"}, 413)
        asked = json.loads(body)
    except (ValueError, OSError, EOFError, RecursionError, zlib.error):
        return answer({"error": "not_json"}, 422)
    if wrong := wire.shape_error(asked):
        return answer({"error": wrong}, 413 if wrong == "too_big" else 422)
    if asked["person"] != me().person.id or asked["device"] != me().device.id:
        return answer({"error": "other_person" if asked["person"] != me().person.id else "other_device"}, 409)
    people.renew_weekly()
    contact = partial(people.note_contact, me(), asked.get("zone"), clock.now())
    return answer(pull.sync(me().person, me().device, asked, contact))


@bp.get("/near/history/<id>")
def older(id: str) -> Response:
    """What a record was, for a device that shows it: {versions: as in history/looking.py, the newest first}."""
    return answer({"versions": history.versions(me(), history.found(id))})
