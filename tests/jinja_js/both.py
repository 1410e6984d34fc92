"""One template, two renderers: Jinja2, and the same template compiled for the service worker.

    from tests.jinja_js.both import render_both
    python, javascript = render_both(app.jinja_env, "journal/_entry.html", {"entry": entry})

A Flask app's `url_for` and `markdown` have their twins from service_worker/.
"""
from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, meta

from mentorlog.jinja_js import compile_templates
from mentorlog.jinja_js.urls import urls_module
from tests.jinja_js.node import node, worker_folder

# JavaScript of the app's own filters: the twins of those that the environment has.
FILTERS = {"markdown": "(text) => new Safe(prose.markdown(text))"}
NO_RULES = "export const rules = [];\n"
Data = dict[str, Any]
Outcome = str | Exception


class Twins:
    """The templates of an environment, compiled to files that Node can load.

    filters: name -> JavaScript of a function, which may use `Safe` and service_worker/prose.js as `prose`.
    folder: where the worker's modules stand already; without one they are copied.
    """

    def __init__(self, env: Environment, folder: Path | None = None,
                 filters: Mapping[str, str] = FILTERS) -> None:
        self.env, self.app = env, getattr(env, "app", None)
        self.folder = folder or worker_folder(urls=urls_module(self.app) if self.app else NO_RULES)
        self.filters = {name: code for name, code in filters.items() if name in env.filters}
        self._modules: dict[str, Path] = {}

    def python(self, name: str, data: Data) -> str:
        """What Jinja2 renders, in a request of the app if there is one."""
        with self.app.test_request_context() if self.app else contextlib.nullcontext():
            return self.env.get_template(name).render(**json.loads(json.dumps(data)))

    def javascript(self, name: str, data: Data) -> str:
        """What the compiled template renders."""
        return node().call(self.module(name), "render", name, data)

    def outcomes(self, name: str, data: Data) -> tuple[Outcome, Outcome]:
        """What each renders or raises.

        :raise Unsupported: the template cannot be compiled.
        """
        self.module(name)
        return caught(self.python, name, data), caught(self.javascript, name, data)

    def module(self, name: str) -> Path:
        """A module whose `render` has the template, what it needs, and the app's filters and functions."""
        if name not in self._modules:
            self.compile(needed(self.env, name))
        return self._modules[name]

    def compile(self, names: Iterable[str]) -> None:
        """One module for several templates: faster, where many are tried.

        :raise Unsupported: one of them cannot be compiled.
        """
        source = compile_templates(self.env, names, self.filters, ["url_for"] if self.app else [])
        templates, bound = (self.folder / f"{kind}_{next(NUMBERS)}.js" for kind in ("templates", "bound"))
        templates.write_text(source, "utf-8")
        bound.write_text(self.binding(templates.name), "utf-8")
        self._modules |= dict.fromkeys(names, bound)

    def binding(self, templates: str) -> str:
        """The source of a module that binds compiled templates to the app's names."""
        filters = ", ".join(f"{name}: {code}" for name, code in self.filters.items())
        return (
            "import { Safe, environment } from './jinja/runtime.js';\n"
            f"import {{ templates }} from './{templates}';\n"
            + ("import * as prose from './prose.js';\n" if "prose." in filters else "")
            + ("import { urlFor } from './urls.js';\n" if self.app else "")
            + f"export const {{ render }} = environment(templates, {{\n  filters: {{ {filters} }},\n"
              f"  functions: {{ {'url_for: urlFor' if self.app else ''} }},\n}});\n")


NUMBERS = count()


def needed(env: Environment, name: str) -> set[str]:
    """The template and all that it extends, includes or imports."""
    found: set[str] = set()
    left = {name}
    while left:
        found |= left
        trees = [env.parse(env.loader.get_source(env, one)[0]) for one in left]
        left = {other for tree in trees for other in meta.find_referenced_templates(tree) if other} - found
    return found


def caught(render: Callable[[str, Data], str], name: str, data: Data) -> Outcome:
    """What a renderer returns, or the exception that it raises."""
    try:
        return render(name, data)
    except Exception as error:
        return error


@cache
def twins(env: Environment) -> Twins:
    """Compiled once: a template that changes afterwards needs a new environment."""
    return Twins(env)


def render_both(env: Environment, template_name: str, data: Data) -> tuple[str, str]:
    """The HTML of Jinja2 and of the compiled template, for JSON-like data.

    :raise Unsupported: the template cannot be compiled. :raise JavaScriptError: the compiled one throws.
    """
    return twins(env).python(template_name, data), twins(env).javascript(template_name, data)


def environment(templates: dict[str, str], **options: Any) -> Environment:
    """An environment like the app's, with the given sources."""
    ours = {"loader": DictLoader(templates), "autoescape": True, "undefined": StrictUndefined}
    return Environment(**{**ours, **options})


class Scratch:
    """Renders small sources, each as a template `main`, beside others that it may use."""

    def __init__(self) -> None:
        self.folder = worker_folder(urls=NO_RULES)

    def outcomes(self, source: str, data: Data, others: dict[str, str] | None = None,
                 **options: Any) -> tuple[Outcome, Outcome]:
        """What Jinja2 and the compiled template render or raise.

        :raise Unsupported: it cannot be compiled.
        """
        env = environment({**(others or {}), "main": source}, **options)
        return Twins(env, self.folder).outcomes("main", data)
