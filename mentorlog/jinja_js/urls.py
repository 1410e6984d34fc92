"""The table of addresses from which the worker builds URLs and finds what a path means.

Every rule of the app is in it, also those that only Flask answers, so that none of them is taken for another.
"""
from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import (
    BaseConverter,
    IntegerConverter,
    PathConverter,
    Rule,
    UnicodeConverter,
    UUIDConverter,
)

from .source import literal
from .subset import Unsupported

KINDS: dict[type[BaseConverter], str] = {
    IntegerConverter: "int", PathConverter: "path", UnicodeConverter: "string", UUIDConverter: "uuid"}


def urls_module(app: Flask) -> str:
    """Return the source of an ES module that exports `rules`, in the order in which Werkzeug tries them.

    A rule is {endpoint, methods, parts}; a part is a text or {name, kind, regex}. Where a kind is null,
    service_worker/urls.js leaves the path to Flask.

    :raise Unsupported: for a rule with defaults, a subdomain or a host; if Werkzeug keeps rules differently.
    """
    rules = sorted((rule for rule in app.url_map.iter_rules() if not rule.build_only), key=weight)
    return "export const rules = [\n" + ",\n".join(literal(described(rule)) for rule in rules) + "\n];\n"


def weight(rule: Rule) -> list[tuple[Any, ...]]:
    """Sorts rules as Werkzeug matches them: part by part, constant ones first."""
    return [(0,) if part.static else (1, *part.weight) for part in note(rule, "_parts")]


def described(rule: Rule) -> dict[str, Any]:
    """One rule as JSON-like data."""
    if rule.defaults or rule.subdomain or rule.host or rule.redirect_to or rule.websocket:
        raise Unsupported(f"{rule}: defaults, subdomains, hosts, redirects, websockets are not supported")
    parts = [converter(rule, name) if dynamic else name for dynamic, name in trace(rule)]
    methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    return {"endpoint": rule.endpoint, "methods": methods, "parts": parts}


def trace(rule: Rule) -> list[tuple[bool, str]]:
    """Pairs of (is a variable, text or name of the variable), checked against the rest of the rule."""
    notes = list(note(rule, "_trace"))
    pairs = notes[notes.index((False, "|")) + 1:] if (False, "|") in notes else []
    names = {name for dynamic, name in pairs if dynamic}
    constant = [text for dynamic, text in pairs if not dynamic]
    if not pairs or names != rule.arguments or any(text not in rule.rule for text in constant):
        raise Unsupported(f"{rule}: this Werkzeug keeps rules in another way")
    return pairs


def converter(rule: Rule, name: str) -> dict[str, Any]:
    """A variable of a rule. kind: null for a converter that JavaScript does not know."""
    found = note(rule, "_converters")[name]
    kind = KINDS.get(type(found))
    if kind == "int" and (found.fixed_digits, found.min, found.max) != (0, None, None):
        kind = None
    return {"name": name, "kind": kind, "regex": found.regex.replace(r"\d", "[0-9]")}


def note(rule: Rule, name: str) -> Any:
    """What Werkzeug notes for itself, without a promise to keep it."""
    if not hasattr(rule, name):
        raise Unsupported(f"{rule}: this Werkzeug keeps rules in another way")
    return getattr(rule, name)
