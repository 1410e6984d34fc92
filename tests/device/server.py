"""A small server around the product's own modules and its own sync, with a door for what a test does to it."""
from __future__ import annotations

import gzip
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request
from werkzeug.serving import make_server

from tests.processes import ROOT

HERE = Path(__file__).parent
FOLDERS = {"near": ROOT / "service_worker", "static": ROOT / "static", "cases": HERE}
PAGE = """<!doctype html><html lang="en" data-person="{}">
<meta charset="utf-8"><title>device</title><link rel="icon" href="data:,">{}"""


def make_app() -> Flask:
    """The modules of the worker under /near/t/, the cases under /cases/, and a page to run them in."""
    app = Flask(__name__, static_folder=None)

    @app.get("/")
    def page() -> str:
        return PAGE.format("", "")

    @app.get("/<any(near, static, cases):folder>/t/<path:name>")
    def module(folder: str, name: str) -> Response:
        if name == "generated/kinds.js":
            return Response(kinds(), mimetype="text/javascript")
        path = FOLDERS[folder] / name
        return Response(path.read_bytes(), mimetype="text/javascript") if path.is_file() else abort(404)

    return app


def kinds() -> str:
    """The generated module, as `near.py` makes it."""
    from mentorlog import records
    values = {"kinds": records.describe(), "words": records.all_words()}
    return "".join(f"export const {name} = {json.dumps(value)};\n" for name, value in values.items())


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
