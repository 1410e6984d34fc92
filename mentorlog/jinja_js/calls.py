"""Filters, tests and calls.

In Python some values are no lists: `map` gives a generator, `d.keys()` a view. They are refused where that
could be seen, and are arrays where they are read once: in a loop, after `in`, in filters that do the same.
"""
from __future__ import annotations

import inspect
import re
from typing import Any

from jinja2 import nodes

from .expressions import Expressions
from .library import Macro, is_named
from .source import literal, member
from .subset import DICT_ATTRIBUTES, FILTERS, LAZY, PICKING, TAKES_LAZY, TESTS

PATH = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
Calling = nodes.Call | nodes.Filter | nodes.Test


class Calls(Expressions):
    """Expressions that call something."""

    # filters and tests -----------------------------------------------------------
    def js_filter(self, node: nodes.Filter, scope: str) -> str:
        if node.name in LAZY:
            self.refuse(node, f"{node.name} gives a generator in Python; add |list")
        return self.sequence_filter(node, scope)

    def sequence_filter(self, node: nodes.Filter, scope: str) -> str:
        """The same where a generator may stand."""
        inner = node.node
        if inner is None:
            self.refuse(node, "a filter needs a value")
        value = self.sequence(inner, scope) if node.name in TAKES_LAZY else self.js(inner, scope)
        if node.name in PICKING:
            return self.picked(node, value, scope)
        return f"{member('$.f', node.name)}({', '.join([value, *self.placed(node, scope)])})"

    def picked(self, node: nodes.Filter, value: str, scope: str) -> str:
        """map, select and reject: a loop over one item `v`."""
        if node.name == "map":
            if node.args or [keyword.key for keyword in node.kwargs] != ["attribute"]:
                self.refuse(node, "only map(attribute='…') is supported")
            return f"$.iter({value}).map(v => {self.path(node.kwargs[0].value, 'v')})"
        arguments = self.positional(node)
        item = self.path(arguments.pop(0), "v") if node.name.endswith("attr") and arguments else "v"
        test = f"$.truth({item})"
        if arguments:
            name, *rest = arguments
            test = self.test(node, getattr(name, "value", None), item, rest, scope)
        return f"$.iter({value}).filter(v => {'!' if node.name.startswith('reject') else ''}{test})"

    def path(self, node: nodes.Expr, item: str) -> str:
        """`a.b` of an item: Python's attribute filters look up elements."""
        path = getattr(node, "value", None)
        if not isinstance(path, str) or not PATH.fullmatch(path) or DICT_ATTRIBUTES & set(path.split(".")):
            self.refuse(node, "an attribute must be a constant like 'a' or 'a.b', and no method of a dict")
        for name in path.split("."):
            item = f"$.item({item}, {literal(name)})"
        return item

    def js_test(self, node: nodes.Test, scope: str) -> str:
        return self.test(node, node.name, self.js(node.node, scope), self.positional(node), scope)

    def test(self, node: nodes.Node, name: Any, value: str, arguments: list[nodes.Expr], scope: str) -> str:
        """A JavaScript boolean: `value is name(arguments)`."""
        if name not in TESTS or len(arguments) != TESTS[name].count("{1}"):
            self.refuse(node, f"the test {name!r} is not supported, or not with these arguments")
        write = self.sequence if name == "in" else self.js
        return TESTS[name].format(value, *(write(argument, scope) for argument in arguments))

    def positional(self, node: Calling) -> list[nodes.Expr]:
        """The arguments of what takes no keywords here."""
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            self.refuse(node, "keywords, *args and **kwargs are not supported here")
        return list(node.args)

    def placed(self, node: nodes.Filter, scope: str) -> list[str]:
        """The arguments of a filter in Python's order, with Python's defaults: JavaScript knows neither."""
        function = self.library.env.filters.get(node.name)
        if function is None or node.name not in FILTERS.keys() | self.library.filters:
            self.refuse(node, f"the filter {node.name!r} is not supported")
        before = 2 if hasattr(function, "jinja_pass_arg") else 1
        own = list(inspect.signature(function).parameters.values())[before:]
        own = own[:FILTERS.get(node.name, len(own))]
        if any(one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD) for one in own):
            self.refuse(node, f"the filter {node.name!r} must name its arguments")
        given = self.bound(node, own)
        return [self.js(given[one.name], scope) if one.name in given else literal(one.default) for one in own]

    def bound(self, node: nodes.Filter, parameters: list[inspect.Parameter]) -> dict[str, nodes.Expr]:
        """Name of the parameter -> what the template gives for it."""
        if node.dyn_args or node.dyn_kwargs:
            self.refuse(node, "*args and **kwargs are not supported")
        try:
            keywords: dict[str, nodes.Expr] = {str(keyword.key): keyword.value for keyword in node.kwargs}
            return inspect.Signature(parameters).bind(*node.args, **keywords).arguments
        except TypeError as error:
            self.refuse(node, f"the filter {node.name!r} is not supported with these arguments: {error}")

    # calls -----------------------------------------------------------------------
    def js_call(self, node: nodes.Call, scope: str) -> str:
        if is_named(node.node, "super") and self.block is not None:
            self.positional(node)
            return f"$.parent(k, {literal(self.block)}, d, c)"
        if is_named(node.node, "caller") and self.place.has_caller:
            values = ", ".join(self.js(value, scope) for value in self.positional(node))
            return f"{scope}.caller({values})"
        if isinstance(node.node, nodes.Name) and node.node.name in self.library.functions:
            return self.function(node, node.node.name, scope)
        if macro := self.macro_of(node):
            return self.macro_call(node, macro, scope)
        if not isinstance(node.node, nodes.Getattr) or node.node.attr != "get":
            self.refuse(node, "only macros, caller, super, the app's functions and .get() can be called here")
        return self.method(node, node.node, (1, 2), scope)

    def sequence_call(self, node: nodes.Call, scope: str) -> str:
        """`d.keys()` and `d.values()` are views in Python."""
        if isinstance(node.node, nodes.Getattr) and node.node.attr in ("keys", "values"):
            return self.method(node, node.node, (0, 0), scope)
        return self.js_call(node, scope)

    def pairs(self, node: nodes.Node, scope: str) -> str | None:
        """`d.items()`, for a loop only: Python's pairs are tuples, which equal no list. None for all else."""
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Getattr):
            return None
        return self.method(node, node.node, (0, 0), scope) if node.node.attr == "items" else None

    def method(self, node: nodes.Call, target: nodes.Getattr, count: tuple[int, int], scope: str) -> str:
        """A method of a dict, with at least and at most so many arguments."""
        values = [self.js(value, scope) for value in self.positional(node)]
        if not count[0] <= len(values) <= count[1]:
            self.refuse(node, f".{target.attr}() is not supported with these arguments")
        if target.attr == "get" and len(values) == 1:
            values.append("null")
        return f"$.{target.attr}({', '.join([self.js(target.node, scope), *values])})"

    def function(self, node: nodes.Call, name: str, scope: str) -> str:
        """A function of the app: keywords arrive as one object at the end."""
        if node.dyn_args or node.dyn_kwargs:
            self.refuse(node, "*args and **kwargs are not supported")
        values = [self.js(value, scope) for value in node.args]
        if node.kwargs:
            pairs = (f"[{literal(keyword.key)}]: {self.js(keyword.value, scope)}" for keyword in node.kwargs)
            values.append("{" + ", ".join(pairs) + "}")
        return f"{member('$.app', name)}({', '.join(values)})"

    def macro_of(self, node: nodes.Call) -> Macro | None:
        """The macro that is called: `field(…)`, or `forms.field(…)` of an imported template."""
        target = node.node
        owner = target.node if isinstance(target, nodes.Getattr) else target
        if not isinstance(owner, nodes.Name) or owner.name in self.place.parameters:
            return None
        if not isinstance(target, nodes.Getattr):
            return self.names.macros.get(owner.name)
        source = self.names.modules.get(owner.name)
        return self.library.imported(self.template, node, source, target.attr) if source else None

    def macro_call(self, node: nodes.Call, macro: Macro, scope: str, caller: str | None = None) -> str:
        """A call with every parameter in its place; `$.absent` where the macro's default counts."""
        if node.dyn_args or node.dyn_kwargs or len(node.args) > len(macro.parameters):
            self.refuse(node, f"macro {macro.name!r} gets more arguments than it has")
        given = dict(zip(macro.parameters, node.args, strict=False))
        for keyword in node.kwargs:
            if keyword.key in given or keyword.key not in macro.parameters:
                self.refuse(node, f"macro {macro.name!r} gets {keyword.key!r} twice, or has no such argument")
            given[keyword.key] = keyword.value
        if missing := [name for name in macro.parameters[:macro.required] if name not in given]:
            self.refuse(node, f"macro {macro.name!r} needs {missing[0]!r}")
        values = [self.js(given[name], scope) if name in given else "$.absent" for name in macro.parameters]
        return f"{self.callee(node.node, scope)}({', '.join([*values, caller] if caller else values)})"

    def callee(self, target: nodes.Node, scope: str) -> str:
        """The JavaScript function behind the name of a macro."""
        if isinstance(target, nodes.Getattr) and isinstance(target.node, nodes.Name):
            return member(member(scope, target.node.name), target.attr)
        assert isinstance(target, nodes.Name)
        return member(scope, target.name)
