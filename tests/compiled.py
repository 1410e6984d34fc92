"""What every app of a process would make anew of the same sources is made once; nothing in it depends on the app."""
from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class Compiled(BytecodeCache):
    """Jinja's own, in memory: by name and place of a template, and made anew when its source is another one."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


def share() -> None:
    """From now on the apps of this process share their templates for Python, and what writes their addresses."""
    Flask.jinja_options = {"bytecode_cache": Compiled()}
    Rule._compile_builder = once(Rule._compile_builder)


def once(compile_builder: Any) -> Any:
    """Werkzeug makes two functions of each rule, which know nothing of the app: once is enough."""
    made: dict[tuple[Any, ...], Any] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), append_unknown)
        if key not in made:
            made[key] = compile_builder(rule, append_unknown)
        return made[key]

    return builder


def make_all() -> None:
    """In a process that is forked for each server: the templates for Python and for the worker, the parts of it."""
    from mentorlog import bundle, create_app, database, files, near
    from mentorlog.config import Config
    share()
    bundle.as_function, near.bare = cache(bundle.as_function), cache(near.bare)
    with TemporaryDirectory() as folder:
        app = create_app(Config(data=Path(folder), secret_key="for tests only"))
        for name in app.jinja_env.list_templates():
            app.jinja_env.get_template(name)
        templates = near.generated(app)["generated/templates.js"]
        near.compile_templates = lambda *_, **__: templates
        with app.app_context():
            near.bundled(app)
        database.close()
    files.version(), files.style_sheet(), files.scripts()
