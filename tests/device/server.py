"""A small server around the product's own modules and its own sync, with a door for what a test does to it."""
from __future__ import annotations

import gzip
import io
import json
import re
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, current_app, request
from werkzeug.serving import make_server

from tests.processes import ROOT

LIVE = ("one", "two")
SCRIPT = '<script type="module" src="/static/t/{}"></script>'
CONFIG = re.search(r'<meta name="htmx-config".*?>', (ROOT / "templates" / "layout.html").read_text("utf-8"))
LIVE_SCRIPTS = f"""{CONFIG and CONFIG[0]}<script src="/static/t/vendor/htmx.js" defer></script>
{SCRIPT.format("js/live.js")}"""
# In place of the worker, for the page that asks it: answers what it was told to answer, and counts.
WORKER = """
let reply = null, moved = false, asks = 0;
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('message', ({ data, ports: [port] }) => {
  if (data.type === 'answer') { ({ reply = null, moved = false } = data); asks = 0; }
  if (data.type === 'sync') asks += 1;
  port?.postMessage(data.type === 'sync' ? reply : data.type === 'moved' ? moved : asks);
});
"""
Bug = tuple[str, str, str]  # file, what stands there, what is put in its place
HERE = Path(__file__).parent
FOLDERS = {"near": ROOT / "service_worker", "static": ROOT / "static", "cases": HERE}
PAGE = """<!doctype html><html lang="en" data-person="{}">
<meta charset="utf-8"><title>device</title><link rel="icon" href="data:,">{}"""
FORM = """<form method="post" data-draft="entry">{}
<template data-draft-back><p data-draft-notice><span data-draft-time></span>
<button type="button" data-draft-keep>Keep it</button>
<button type="button" data-draft-drop>Start without it</button></p></template>
<label>Text <textarea name="text">{}</textarea></label>
<label>Line 1 <input name="line"></label><label>Line 2 <input name="line"></label>
<label>Done <input type="checkbox" name="done" value="1"></label>
<label>Low <input type="radio" name="value" value="1"></label>
<label>High <input type="radio" name="value" value="5"></label>
<label>Area <select name="area"><option></option><option>skill</option></select></label>
<output data-draft-state></output></form><script type="module" src="/static/t/js/draft.js"></script>"""


def make_app(bug: Bug | None = None) -> Flask:
    """The modules of the worker under /near/t/, the cases under /cases/, and pages to run them in."""
    app = Flask(__name__, static_folder=None)
    app.config["bug"] = bug
    app.add_url_rule("/", "empty", view_func=lambda: PAGE.format("", ""))
    app.add_url_rule("/<any(near, static, cases):folder>/t/<path:name>", view_func=module)
    app.add_url_rule("/form/<person>/<where>", view_func=form)
    app.add_url_rule("/pulse/<person>", view_func=pulse)
    app.add_url_rule("/sw.js", "worker", view_func=lambda: Response(WORKER, mimetype="text/javascript"))
    add_live(app)
    return app


def module(folder: str, name: str) -> Response:
    """A file of the product or of the cases."""
    if name in GENERATED:
        return Response(GENERATED[name](), mimetype="text/javascript")
    path = FOLDERS[folder] / name
    text = path.read_text("utf-8") if path.is_file() else abort(404)
    bug = current_app.config["bug"]
    if bug and (folder, name) == ("near", bug[0]):
        assert text.count(bug[1]) == 1, f"{bug[1]} stands {text.count(bug[1])} times in {name}"
        text = text.replace(bug[1], bug[2])
    return Response(text, mimetype="text/javascript")


def form(person: str, where: str) -> str:
    """A form with fields of every kind; what it stands on, and its text, from the query."""
    opening = {"change": str(uuid.uuid4()), "record": str(uuid.uuid4())} | request.args
    text = opening.pop("text", "")
    opening |= {} if "after" in opening else {"base": opening.get("base", "")}
    hidden = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in opening.items())
    return PAGE.format(person, FORM.format(hidden, text))


def pulse(person: str) -> str:
    return PAGE.format(person, SCRIPT.format("js/pulse.js"))


def add_live(app: Flask) -> None:
    """A page with the line and two parts, each of which says how often it was made; one with a long list; one whose
    part is gone by the second time."""
    made: Counter[str] = Counter()

    @app.get("/long/<person>")
    def long(person: str) -> str:
        style = "html { overflow-anchor: none !important } #many > p { position: sticky; top: 0 }"
        bare = f"<style>{style}</style>" if "bare" in request.args else ""
        return PAGE.format(person, f"{bare}{line()}<main>{many()}</main>{LIVE_SCRIPTS}")

    @app.get("/part/many")
    def many() -> str:
        made["many"] += 1
        rows = "".join(f'<li id="row-{n}">Row {n}</li>' for n in range(200 + made["many"], 0, -1))
        return (f'<div id="many" data-live="/part/many" data-count="{made["many"]}"><p>many {made["many"]}</p>'
                f'<details id="fold"><summary>More</summary>Behind it.</details>'
                f'<dialog id="sheet"><p>A sheet.</p><button type="button">Close</button></dialog><ul>{rows}</ul></div>')

    @app.get("/going/<person>")
    def going(person: str) -> str:
        made["gone"] = 0
        return PAGE.format(person, line() + gone() + LIVE_SCRIPTS)

    @app.get("/part/gone")
    def gone() -> str:
        made["gone"] += 1
        return '<div id="gone" data-live="/part/gone"><p>Shown</p></div>' if made["gone"] == 1 else abort(404)

    @app.get("/live/<person>")
    def live(person: str) -> str:
        return PAGE.format(person, line() + "".join(map(part, LIVE)) + LIVE_SCRIPTS)

    @app.get("/waiting/line")
    def line() -> str:
        made["line"] += 1
        return f'<a id="line" href="/waiting" data-state="sent">line {made["line"]}</a>'

    @app.get("/part/<name>")
    def part(name: str) -> str:
        made[name] += 1
        return (f'<div id="{name}" data-live="/part/{name}" data-count="{made[name]}"><p>{name} {made[name]}</p>'
                f'<form><label>{name} field <input name="x" value="as shown"></label></form></div>')


def kinds() -> str:
    """The generated module, as `near.py` makes it."""
    from mentorlog import records
    return constants(kinds=records.describe(), words=records.all_words())


def zones() -> str:
    """The same of the names of time zones."""
    from mentorlog import zones
    return constants(cities=zones.cities(), others=zones.others())


def constants(**values: Any) -> str:
    """An ES module with one exported constant for each value."""
    return "".join(f"export const {name} = {json.dumps(value)};\n" for name, value in values.items())


A_SESSION = ["/sessions/", {"name": "id", "kind": "string", "regex": "[^/]+"}]
RULES = [{"endpoint": endpoint, "methods": ["GET"], "parts": parts} for endpoint, parts in (
    ("today.index", ["/today"]), ("journal.new", ["/journal/new"]), ("sessions.show", A_SESSION))]
GENERATED = {"generated/kinds.js": kinds, "generated/zones.js": zones,
             "generated/urls.js": lambda: constants(rules=RULES),
             "generated/config.js": lambda: constants(
                 format=1, kept=[], largestCopy=1_000_000, mails=False, scripts="", version="1", weight=0)}


def body() -> Any:
    """The JSON of the request, unpacked."""
    data = request.get_data()
    packed = request.headers.get("Content-Encoding") == "gzip"
    return json.loads(gzip.GzipFile(fileobj=io.BytesIO(data)).read() if packed else data)


def as_json(value: Any, status: int = 200) -> Response:
    """JSON, letter for letter: also half an emoji, and fields called `__proto__`."""
    return Response(json.dumps(value), status, mimetype="application/json")


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve on a port of the system's choice; gives the address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
