"""Logs: one line of JSON for each thing that happened, with ids and never with what people wrote."""
from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, request

from . import clock

log = logging.getLogger(__name__)
# The marks that `log.info("…", extra={…})` may carry: ids and counts.
MARKS = ("person", "device", "record", "change", "reminder", "delivery", "method", "route", "status", "ms", "count",
         "seconds", "host", "why")

# What stands in an address in place of a sign-in. Flask and waitress name the address of a request that broke.
SECRET = re.compile(r"(/(?:calendar|unsubscribe)/)[^\s/]+")


class AsJson(logging.Formatter):
    """A record as JSON. Of an error its kind and its places, without its words: these may hold what people wrote."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"at": clock.iso(clock.now()), "level": record.levelname.lower(), "from": record.name}
        line["event"] = SECRET.sub(r"\1…", record.getMessage())
        line |= {mark: getattr(record, mark) for mark in MARKS if hasattr(record, mark)}
        if record.exc_info and record.exc_info[1]:
            line |= describe(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def describe(error: BaseException) -> dict[str, Any]:
    """The kind of an error, of what caused it, and the places it came through, the innermost last."""
    cause = error.__cause__ or error.__context__
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return {"error": type(error).__qualname__, "places": places,
            **({"cause": type(cause).__qualname__} if cause else {})}


def start(level: str) -> None:
    """From now on what is logged in this process goes to standard error, from `level` on.

    Libraries have no `debug`: peewee would name all that stands in a query, which is what people wrote, and urllib3 the
    secret addresses of devices.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson())
    logging.basicConfig(handlers=[handler], level=max(logging.getLevelName(level.upper()), logging.INFO), force=True)
    logging.getLogger("mentorlog").setLevel(level.upper())


def init_app(app: Flask) -> None:
    """One line for each request: its route, never its address, which may hold what somebody searched for."""
    app.before_request(note_start)
    app.after_request(note_end)


def note_start() -> None:
    """Before everything else."""
    g.started = perf_counter()


def note_end(response: Response) -> Response:
    """After everything else: what was asked, by whom, and what became of it."""
    log.info("request", extra={
        "method": request.method, "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code, "ms": round((perf_counter() - g.pop("started", perf_counter())) * 1000),
        **who()})
    return response


def who() -> dict[str, str]:
    """The ids of person and device, if the request has looked them up already (flask-login keeps them on `g`)."""
    user = g.get("_login_user")
    return {"person": user.person.id, "device": user.device.id} if getattr(user, "person", None) else {}
