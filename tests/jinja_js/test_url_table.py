"""url_for and what a path means: the worker against Werkzeug."""
import uuid

import pytest
from flask import Flask, request, url_for
from werkzeug.routing import BuildError

from mentorlog.jinja_js import Unsupported
from mentorlog.jinja_js.urls import urls_module
from tests.jinja_js.node import JavaScriptError, node, worker_folder

ID = "6F9619FF-8B86-D011-B42D-00CF4FC964FF"
RULES = {
    "root": "/", "slash": "/folder/", "accent": "/é/<x>",
    "number": "/a/<int:id>", "signed": "/a/<int(signed=True):n>/b", "new": "/a/new", "name": "/a/<name>",
    "uuid": "/u/<uuid:id>", "entry": "/entry/<uuid:id>/edit", "file": "/static/<version>/<path:name>",
    "path": "/p/<path:rest>", "edit": "/p/<path:rest>/edit", "exact": "/p/x",
    "any": "/k/<any(one,two):which>", "other": "/k/<which>", "float": "/f/<float:x>",
    "least": "/g/<int(min=5):x>",
    "version": "/v<int:major>.<int:minor>", "language": "/s/<string(length=2):lang>",
}
PATHS = [
    "/", "//a/x", "/nope", "/folder", "/folder/", "/%C3%A9/y",
    "/a", "/a/", "/a/7", "/a/007", "/a/-7", "/a/-7/b", "/a/x", "/a/new", "/a/%C3%A9%20%3C", "/a/x%2Fy",
    "/a/__proto__", "/a/%0A", "/a/7%0A", "/a/%E0%A4%A",
    "/p/a/b/c", "/p/a/edit", "/p/x", "/p/edit", "/p/a%0Ab", "/static/1/css/app.css",
    "/k/one", "/k/three", "/f/1.5", "/g/9", "/v1.22", "/s/de", "/s/deu",
    f"/u/{ID}", f"/u/{ID.lower()}", "/u/nope", f"/entry/{ID}/edit", f"/entry/{ID}",
]
LEFT_TO_FLASK = {"any", "float", "least", None}
NAMES = ["x", "", True, 5, "a/b ü?#&'~*(!)<>[]@:;,=+$%", "\0\n", "__proto__"]
QUERIES = [
    {"q": "#x'y é&=+~*/?@:;,$[]%", "page": 2, "flag": True, "none": None}, {"empty": ""}, {"é": "ü"},
    {"tag": ["a", None, "b"]}, {"tag": []}, {"b": "1", "a": "2"}, {"__proto__": "y", "constructor": "z"},
    {"_anchor": "é #a%/?"}, {"_anchor": ""}, {"_anchor": None},
]
BUILDS = [
    *(("name", {"name": name}) for name in NAMES), *(("name", {"name": "x", **query}) for query in QUERIES),
    *(("number", {"id": id}) for id in (7, -7, "7", "007", "x", None)), ("number", {}), ("signed", {"n": -7}),
    ("root", {}), ("slash", {}), ("accent", {"x": "y"}), ("uuid", {"id": ID}), ("path", {"rest": "a b/c"}),
    ("version", {"major": 1, "minor": 0}), ("file", {"version": "0f", "name": "css/app.css"}),
    ("nope", {}), ("__proto__", {}), ("constructor", {}),
]


def view(**_):
    return ""


def made(rules: dict[str, str]) -> Flask:
    app = Flask(__name__, static_folder=None)
    for endpoint, rule in rules.items():
        app.add_url_rule(rule, endpoint=endpoint, view_func=view, methods=["GET", "POST"])
    return app


def as_text(value):
    return str(value) if isinstance(value, uuid.UUID) else value


@pytest.fixture(scope="module")
def app() -> Flask:
    return made(RULES)


@pytest.fixture(scope="module")
def urls(app):
    return worker_folder(urls=urls_module(app)) / "urls.js"


@pytest.mark.parametrize("path", PATHS)
def test_a_path_means_what_flask_takes_it_for(app, urls, path):
    found = node().call(urls, "match", "GET", path)
    with app.test_request_context(path):
        rule, values = request.url_rule, request.view_args
    endpoint = rule.endpoint if rule else None
    if found is None:
        assert endpoint in LEFT_TO_FLASK or "%E0" in path
    else:
        args = {name: as_text(value) for name, value in values.items()}
        assert found == {"endpoint": endpoint, "args": args}


def test_a_number_too_large_for_javascript_is_left_to_flask(urls):
    assert node().call(urls, "match", "GET", "/v9007199254740993.1") is None
    assert node().call(urls, "match", "GET", "/v9007199254740991.1")["args"]["major"] == 2**53 - 1


def test_a_method_without_a_rule_is_left_to_flask(urls):
    assert node().call(urls, "match", "DELETE", "/a/x") is None
    assert node().call(urls, "match", "POST", "/a/x")["endpoint"] == "name"


@pytest.mark.parametrize(("endpoint", "values"), BUILDS)
def test_the_same_url_or_an_error(app, urls, endpoint, values):
    with app.test_request_context():
        try:
            expected = url_for(endpoint, **values)
        except (BuildError, ValueError):
            with pytest.raises(JavaScriptError):
                node().call(urls, "urlFor", endpoint, values)
            return
    assert node().call(urls, "urlFor", endpoint, values) == expected


@pytest.mark.parametrize(("endpoint", "values"), [
    ("least", {"x": 9}), ("name", {"name": "x", "_external": True})])
def test_what_the_worker_cannot_build_is_an_error(urls, endpoint, values):
    with pytest.raises(JavaScriptError, match="not supported"):
        node().call(urls, "urlFor", endpoint, values)


def test_one_endpoint_with_several_rules():
    app = made({})
    for rule in ("/w", "/w/<a>", "/w/<a>/<b>"):
        app.add_url_rule(rule, endpoint="w", view_func=view)
    several = worker_folder(urls=urls_module(app)) / "urls.js"
    with app.test_request_context():
        for values in ({}, {"a": 1}, {"a": 1, "b": 2}, {"b": 2}):
            assert node().call(several, "urlFor", "w", values) == url_for("w", **values)


def test_of_two_rules_the_one_that_answers_get_is_built():
    app = made({})
    app.add_url_rule("/post/<a>", endpoint="w", view_func=view, methods=["POST"])
    app.add_url_rule("/get/<a>", endpoint="w", view_func=view)
    urls = worker_folder(urls=urls_module(app)) / "urls.js"
    with app.test_request_context():
        assert node().call(urls, "urlFor", "w", {"a": 1}) == url_for("w", a=1) == "/get/1"


@pytest.mark.parametrize("options", [{"defaults": {"page": 1}}, {"subdomain": "x"}])
def test_rules_that_the_worker_cannot_follow_are_refused(options):
    app = made({})
    app.add_url_rule("/x", endpoint="x", view_func=view, **options)
    with pytest.raises(Unsupported, match="not supported"):
        urls_module(app)


@pytest.mark.parametrize("trace", [[], [(False, "|")], [(False, "|"), (False, "/b/"), (True, "id")],
                                   [(False, "|"), (False, "/a/"), (True, "other")]])
def test_a_werkzeug_that_keeps_rules_differently_is_noticed(app, monkeypatch, trace):
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == "number")
    monkeypatch.setattr(rule, "_trace", trace)
    with pytest.raises(Unsupported, match="in another way"):
        urls_module(app)


@pytest.mark.parametrize("name", ["_trace", "_parts", "_converters"])
def test_a_werkzeug_without_our_source_is_noticed(name):
    app = made({"number": "/a/<int:id>"})
    delattr(next(app.url_map.iter_rules()), name)
    with pytest.raises(Unsupported, match="in another way"):
        urls_module(app)


def test_the_order_is_that_of_werkzeug():
    """Rules come as they were added: their parts and weights decide, not their place."""
    for rules in ({"b": "/<b>", "a": "/a"}, {"a": "/a", "b": "/<b>"}):
        source = urls_module(made(rules))
        assert source.index('"endpoint": "a"') < source.index('"endpoint": "b"')
