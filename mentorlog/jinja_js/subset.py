"""The part of Jinja2 that our templates may use. Before adding a filter, write a macro.

Left out on purpose: floats and dates (data holds their parts), `safe` and `tojson` (`markdown` alone makes
HTML), capitalize and title (JavaScript has no title case), sorting, grouping and cutting (a controller does
that), loop controls, namespaces, recursive loops, `*args`, and whatever nobody has asked for.
"""
from __future__ import annotations

from typing import NoReturn

from jinja2 import Environment, StrictUndefined, nodes

# Name -> how many arguments the filter may get here.
FILTERS = {"count": 0, "d": 2, "default": 2, "e": 0, "escape": 0, "first": 0, "join": 1, "last": 0,
           "length": 0, "list": 0, "lower": 0, "replace": 2, "reverse": 0, "string": 0, "trim": 0, "upper": 0,
           "urlencode": 0}
# These are written out as JavaScript's own map and filter.
PICKING = {"map", "reject", "rejectattr", "select", "selectattr"}
# In Python a generator: always true, and empty the second time. Only a loop, `in` or these may take it.
LAZY = PICKING | {"reverse"}
TAKES_LAZY = PICKING | {"first", "join", "list", "reverse"}

# Name -> JavaScript that is a boolean. `{0}` is the value, `{1}` the test's argument.
TESTS = {"boolean": "(typeof {0} === 'boolean')", "defined": "({0} !== undefined)", "eq": "$.eq({0}, {1})",
         "even": "($.num({0}) % 2 === 0)", "false": "({0} === false)", "in": "$.isIn({0}, {1})",
         "mapping": "$.isDict({0})", "ne": "!$.eq({0}, {1})", "none": "({0} === null)",
         "number": "['number', 'boolean'].includes(typeof {0})", "odd": "($.num({0}) % 2 !== 0)",
         "string": "$.isText({0})", "true": "({0} === true)", "undefined": "({0} === undefined)"}
COMPARISONS = {"eq": TESTS["eq"], "ne": TESTS["ne"], "in": TESTS["in"], "notin": "!" + TESTS["in"],
               "lt": "($.num({0}) < $.num({1}))", "lteq": "($.num({0}) <= $.num({1}))",
               "gt": "($.num({0}) > $.num({1}))", "gteq": "($.num({0}) >= $.num({1}))"}
# `{0}` is the array that is looped over, `{1}` the index.
LOOP = {"index": "({1} + 1)", "index0": "{1}", "first": "({1} === 0)", "last": "({1} === {0}.length - 1)",
        "length": "{0}.length"}
# {{ d.copy }} is a method in Python, whatever the keys are.
DICT_ATTRIBUTES = frozenset(dir(dict))
LARGEST_INTEGER = 2**53 - 1


class Unsupported(Exception):  # noqa: N818 - it says what the construct is
    """A construct that the worker could not render as Jinja2 does."""


def refuse(template: str, node: nodes.Node, message: str) -> NoReturn:
    """:raise Unsupported: with the place of the construct."""
    raise Unsupported(f"{template}:{node.lineno}: {message}")


def check_environment(env: Environment, template: str) -> None:
    """Refuse settings under which the worker would print something else.

    :raise Unsupported: without autoescape or StrictUndefined, or with a finalize function.
    """
    escapes = env.autoescape(template) if callable(env.autoescape) else env.autoescape
    if not escapes:
        raise Unsupported(f"{template}: autoescape must be on")
    if env.undefined is not StrictUndefined or env.finalize:
        raise Unsupported(f"{template}: the environment must use StrictUndefined and no finalize function")
