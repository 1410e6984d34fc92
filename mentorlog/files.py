"""The files a browser keeps: one style sheet out of seven, scripts, icons; named by the version of the whole app.

One version for everything: a page, its parts, its scripts and the worker's modules are never of two versions. Nothing
is built or committed: the version is a hash of the sources, read once.
"""
from __future__ import annotations

import hashlib
import json
import mimetypes
from functools import cache, partial
from pathlib import Path

import brotli
from flask import Blueprint, Response, abort, current_app, request

from .bundle import bare
from .guard import public
from .packing import pack

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
SOURCES = {"static": "*", "templates": "*.html", "service_worker": "*.js", "mentorlog": "*.py"}
CSS_LAYERS = ("reset", "tokens", "base", "layout", "components", "features", "utilities")
SCRIPTS = "scripts.json"
# What the worker keeps for a start with no network. Screenshots and other large files stay out.
KEPT = ("app.css", "vendor/htmx.js", "vendor/ical.js", "icons/favicon.svg", "icons/badge-96.png", "icons/any-192.png",
        SCRIPTS)
MANIFEST = "/manifest.webmanifest"
FOR_A_YEAR = "public, max-age=31536000, immutable"

bp = Blueprint("files", __name__)


@cache
def version() -> str:
    """16 hex digits that change when any source of a page, a script or the worker changes."""
    digest = hashlib.sha256()
    for folder, pattern in SOURCES.items():
        for path in sorted((ROOT / folder).rglob(pattern)):
            if path.is_file():
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def style_sheet() -> bytes:
    """The seven layers in the order that `reset.css` declares; `features` is a folder."""
    css = STATIC / "css"
    found = [path for layer in CSS_LAYERS for path in sorted((*css.glob(f"{layer}.css"), *css.glob(f"{layer}/*.css")))]
    return b"\n".join(path.read_bytes() for path in found)


@cache
def names() -> frozenset[str]:
    """Every file that may be asked for, relative to `static/`."""
    found = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()}
    return frozenset(found | {"app.css", SCRIPTS})


def url(name: str) -> str:
    """The address of a file of this version."""
    return f"/static/{version()}/{name}"


@cache
def urls() -> dict[str, str]:
    """Short name to address, for templates: `page.files['app.css']`."""
    return {
        "app.css": url("app.css"),
        "app.js": url("js/app.js"),
        "htmx.js": url("vendor/htmx.js"),
        "favicon.svg": url("icons/favicon.svg"),
        "apple-touch.png": url("icons/apple-touch-180.png"),
    }


@cache
def kept() -> list[str]:
    """Addresses of what a device keeps for a start with no network."""
    return [MANIFEST, *(url(name) for name in KEPT if name in names())]


@cache
def script(name: str) -> bytes:
    """One of our own scripts, without its comments."""
    return bare((STATIC / name).read_text("utf-8")).encode()


@cache
def scripts() -> bytes:
    """All of them for the device, address to source: one request instead of fifty, and packed in one go."""
    found = sorted(name for name in names() if name.startswith("js/"))
    return json.dumps({url(name): script(name).decode() for name in found}, ensure_ascii=False).encode()


def read(name: str) -> bytes:
    """What a file is served with."""
    if name in ("app.css", SCRIPTS):
        return style_sheet() if name == "app.css" else scripts()
    return script(name) if name.startswith("js/") else (STATIC / name).read_bytes()


@cache
def packed(level: int, body: bytes) -> bytes:
    """As small as brotli makes it at this level, 0 to 11."""
    return bytes(brotli.compress(body, quality=level))


def for_a_year(body: bytes, kind: str) -> Response:
    """A reply that stays right as long as its address does.

    It has an ETag all the same: a browser that looks for a new worker asks again for all modules of the old one,
    whatever it was told about their age (Service Workers, Update: `updateViaCache` is none).
    """
    response = Response(body, mimetype=kind)
    is_packed = pack(response, {"br": partial(packed, current_app.extensions["config"].packing)})
    response.headers["Cache-Control"] = FOR_A_YEAR
    response.set_etag(f"{version()}-br" if is_packed else version())
    response.make_conditional(request)  # changes it in place
    return response


@bp.get("/static/<asked>/<path:name>")
@public
def file(asked: str, name: str) -> Response:
    """One file of this version. Of another one: 404, so that an update fails whole and is tried again."""
    if asked != version() or name not in names():
        abort(404)
    kind = "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name, strict=False)[0]
    return for_a_year(read(name), kind or "application/octet-stream")


@bp.get("/favicon.ico")
@public
def favicon() -> Response:
    """Browsers ask for it by themselves."""
    response = Response((STATIC / "icons" / "favicon.svg").read_bytes(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.make_conditional(request)  # changes it in place
    return response
