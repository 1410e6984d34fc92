"""Compile our Jinja2 templates to one ES module, so that the service worker renders the same pages.

Jinja2 itself parses: white space and syntax errors are its own. `subset` lists what a template may use,
`library` finds names and macros across templates, `expressions`, `calls` and `statements` write JavaScript,
and `service_worker/jinja/` runs it. What has no exact equal there raises `Unsupported`, with template and
line, when the module is made: never a different page. `urls` makes the table behind the worker's `url_for`.

No eval, no Node, no build step: the module is made in memory at the first request.
"""
from .statements import compile_templates
from .subset import Unsupported

__all__ = ["Unsupported", "compile_templates"]
