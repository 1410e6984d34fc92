"""Logs hold ids, routes and kinds of errors; never what people wrote."""
from __future__ import annotations

import io
import json
import logging
import sys

import pytest
from flask import Flask

from mentorlog import logs
from mentorlog.models import Person

PROSE = "I am afraid of my manager"


@pytest.fixture
def written(monkeypatch):
    """What is logged from here on, line by line."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(logs.AsJson())
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [handler])
    before = root.level
    root.setLevel(logging.INFO)  # loggers remember what is enabled; only `setLevel` makes them forget
    yield lambda: [json.loads(line) for line in kept.getvalue().splitlines()]
    root.setLevel(before)


def test_line_carries_the_ids_it_was_given(written):
    logging.getLogger("mentorlog").info("sent", extra={"person": "p-1", "count": 3, "text": PROSE})
    assert written()[0].items() >= {"event": "sent", "level": "info", "person": "p-1", "count": 3}.items()
    assert PROSE not in str(written())


def test_error_is_logged_by_kind_and_place_without_its_words(written):
    try:
        try:
            raise KeyError(PROSE)
        except KeyError as inner:
            raise ValueError(PROSE) from inner
    except ValueError:
        logging.getLogger("mentorlog").exception("failed", extra={"change": "c-1"})
    line = written()[0]
    assert (line["error"], line["cause"], line["change"]) == ("ValueError", "KeyError", "c-1")
    assert __file__ in line["places"][-1]
    assert PROSE not in str(line)


def test_request_is_logged_by_its_route_without_what_was_asked(written):
    app = Flask("tried")
    logs.init_app(app)
    app.add_url_rule("/search/<word>", view_func=lambda word: word)
    app.test_client().get(f"/search/{PROSE}?q={PROSE}")
    app.test_client().get(f"/{PROSE}")
    assert [(line["method"], line["route"], line["status"]) for line in written()] == [
        ("GET", "/search/<word>", 200), ("GET", None, 404)]
    assert "afraid" not in str(written())


def test_libraries_never_tell_what_they_were_given(written, database, monkeypatch):
    """At the least level that an operator can set, too."""
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    logs.start("debug")
    try:
        Person.get_or_none(Person.name == PROSE)
        logging.getLogger("mentorlog.push").debug("looked up")
        said = sys.stderr.getvalue()
    finally:
        logging.getLogger("mentorlog").setLevel(logging.NOTSET)
    assert "looked up" in said and PROSE not in said


def test_no_line_holds_the_secret_of_an_address(written):
    logging.getLogger("mentorlog").error("Exception on /calendar/s3cr3t.ics [GET]")
    logging.getLogger("waitress").error("Exception while serving /unsubscribe/WyJ4.s3cr3t")
    assert [line["event"] for line in written()] == [
        "Exception on /calendar/… [GET]", "Exception while serving /unsubscribe/…"]
