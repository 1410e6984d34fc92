"""mentorlog: a private mentoring journal. `create_app()` is the only place where the parts meet."""
from __future__ import annotations

from contextlib import ExitStack

from flask import Flask, Response, g, jsonify
from flask_compress import Compress
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from . import (
    agenda,
    agreement,
    bin,
    calendar_feed,
    clock,
    config,
    copies,
    database,
    files,
    goals,
    guard,
    history,
    htmx,
    journal,
    knows,
    logs,
    mail,
    near,
    pages,
    partners,
    people,
    prose,
    push,
    questions,
    reminders,
    seams,
    search,
    sessions,
    settings,
    times,
    today,
    versions,
    waiting,
)
from .config import Config
from .guard import public

__all__ = ["create_app"]

BLUEPRINTS = (
    files.bp, near.bp, people.bp, today.bp, journal.bp, goals.bp, questions.bp, sessions.bp, agenda.bp, partners.bp,
    agreement.bp, times.bp, search.bp, history.bp, versions.bp, bin.bp, waiting.bp, settings.bp, push.bp, reminders.bp,
    copies.bp, knows.bp, calendar_feed.bp, mail.bp,
)
NOT_IN_THE_WORKER = ("config", "g", "request", "session", "get_flashed_messages")
PACKED = ["text/html", "text/css", "text/javascript", "image/svg+xml", "application/manifest+json"]


def create_app(given: Config | None = None) -> Flask:
    """The app on its database, which is opened and brought up to date.

    given: as `Config.from_env()` when left out, which is how `flask --app app run` and WSGI servers start it.
    """
    chosen = config.prepare(given or Config.from_env())
    database.open_database(chosen.database())
    database.migrate()
    app = Flask(__name__, static_folder=None, template_folder=str(files.ROOT / "templates"))
    app.secret_key = chosen.secret_key
    app.testing = chosen.testing
    app.extensions["config"] = chosen
    app.extensions["push"] = push.open_sender(chosen)
    app.extensions["post"] = reminders.open_post(chosen)
    set_up_templates(app)
    set_up_requests(app, chosen)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_url_rule("/healthz", view_func=healthz)
    app.add_url_rule("/readyz", view_func=readyz)
    return app


def set_up_templates(app: Flask) -> None:
    """Strict templates, alike in the worker: what is missing is an error, never an empty place."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters["markdown"] = prose.markdown
    app.template_context_processors[None].clear()
    for name in NOT_IN_THE_WORKER:
        app.jinja_env.globals.pop(name, None)


def set_up_requests(app: Flask, chosen: Config) -> None:
    """In the order in which a request meets them."""
    if chosen.proxies:
        hops = chosen.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, hops)  # type: ignore[method-assign]
    app.config.update(COMPRESS_MIMETYPES=PACKED, COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_BR_LEVEL=8,
                      COMPRESS_STREAMS=False)
    logs.init_app(app)
    htmx.init_app(app)
    app.before_request(hold_the_clock)
    app.teardown_request(let_the_clock_go)
    database.init_app(app)
    if chosen.testing:
        seams.init_app(app)
    Compress(app)
    guard.init_app(app, chosen)
    people.init_app(app, chosen.https)
    pages.init_app(app)


def hold_the_clock() -> None:
    """Now is one value for the whole of a request."""
    g.held = ExitStack()
    g.held.enter_context(clock.at(clock.now()))


def let_the_clock_go(_error: BaseException | None) -> None:
    """After the reply."""
    if held := g.pop("held", None):
        held.close()


@public
def healthz() -> Response:
    """The process answers."""
    return jsonify(ok=True)


@public
def readyz() -> Response:
    """The process answers, and so does its database; when reminders last went out, and how many came late or never."""
    return jsonify(ok=True, version=files.version(), reminders=reminders.told())

