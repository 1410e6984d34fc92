"""Expressions: `js_<node>(node, scope)` for every kind of Jinja2 node, each returning JavaScript source.

`scope` is the JavaScript variable that holds the names in sight, `$` the runtime.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from jinja2 import nodes

from .library import Library, is_named
from .source import literal, member
from .subset import COMPARISONS, DICT_ATTRIBUTES, LARGEST_INTEGER, LOOP, refuse

RESERVED = {"caller", "loop", "self", "super", "varargs", "kwargs"}
Writer = Callable[[nodes.Node, str], str]


@dataclass(frozen=True)
class Loop:
    """The JavaScript names of the array and of the index of the loop around an expression."""

    items: str
    index: str


@dataclass(frozen=True)
class Place:
    """Where an expression stands.

    parameters: names of the macro or call block around it, which may hide a macro of that name.
    """

    loop: Loop | None = None
    has_caller: bool = False
    parameters: frozenset[str] = frozenset()


class Expressions:
    """The JavaScript of one template's expressions, and where in the template they stand."""

    def __init__(self, library: Library, template: str) -> None:
        self.library, self.template = library, template
        self.names = library.names(template)
        self.place = Place()
        self.block: str | None = None

    def refuse(self, node: nodes.Node, message: str) -> NoReturn:
        """:raise Unsupported: with template and line."""
        refuse(self.template, node, message)

    def js(self, node: nodes.Node, scope: str) -> str:
        """The JavaScript of any node."""
        kind = type(node).__name__
        write: Writer | None = getattr(self, f"js_{kind.lower()}", None)
        if write is None:
            self.refuse(node, f"{kind} is not supported")
        return write(node, scope)

    def condition(self, node: nodes.Node, scope: str) -> str:
        """A JavaScript boolean with Python's truth."""
        if isinstance(node, nodes.And | nodes.Or):
            operator = "&&" if isinstance(node, nodes.And) else "||"
            return f"({self.condition(node.left, scope)} {operator} {self.condition(node.right, scope)})"
        code = self.js(node, scope)
        return code if isinstance(node, nodes.Compare | nodes.Not | nodes.Test) else f"$.truth({code})"

    def printed(self, node: nodes.Node, scope: str) -> str:
        """The escaped text of `{{ node }}`. Only here an inline if may lack its else: it prints nothing."""
        if isinstance(node, nodes.TemplateData):
            return literal(node.data)
        if isinstance(node, nodes.CondExpr) and node.expr2 is None:
            return f"({self.condition(node.test, scope)} ? {self.printed(node.expr1, scope)} : '')"
        return f"$.esc({self.js(node, scope)})"

    def sequence(self, node: nodes.Node, scope: str) -> str:
        """What is looped over or searched, once: here may stand what is no list (`sequence_<node>`)."""
        write: Writer | None = getattr(self, f"sequence_{type(node).__name__.lower()}", None)
        return write(node, scope) if write else self.js(node, scope)

    # values and names ------------------------------------------------------------
    def js_const(self, node: nodes.Const, scope: str) -> str:
        value = node.value
        if isinstance(value, float | complex) or (isinstance(value, int) and abs(value) > LARGEST_INTEGER):
            self.refuse(node, "floats and integers above 2**53 print differently in JavaScript")
        return literal(value)

    def js_list(self, node: nodes.List | nodes.Tuple, scope: str) -> str:
        return "[" + ", ".join(self.js(item, scope) for item in node.items) + "]"

    sequence_tuple = js_list

    def js_dict(self, node: nodes.Dict, scope: str) -> str:
        pairs = []
        for pair in node.items:
            if not isinstance(pair.key, nodes.Const) or not isinstance(pair.key.value, str):
                self.refuse(pair, "the keys of a dict must be constant texts")
            pairs.append(f"[{literal(pair.key.value)}]: {self.js(pair.value, scope)}")
        return "({" + ", ".join(pairs) + "})"

    def js_name(self, node: nodes.Name, scope: str) -> str:
        name = node.name
        if name in self.place.parameters:
            return member(scope, name)
        if name in self.names.macros or name in self.names.modules or name in self.library.functions:
            self.refuse(node, f"{name!r} can only be called")
        if name in RESERVED and not (name == "caller" and self.place.has_caller):
            self.refuse(node, f"{name!r} is not supported here")
        if name not in self.names.assigned and name in self.library.env.globals:
            self.refuse(node, f"the worker has no {name!r}; give it to the page as data")
        return member(scope, name)

    def js_getattr(self, node: nodes.Getattr, scope: str) -> str:
        if is_named(node.node, "loop"):
            loop = self.place.loop
            if loop is None or node.attr not in LOOP:
                self.refuse(node, f"loop.{node.attr} is not supported here")
            return LOOP[node.attr].format(loop.items, loop.index)
        if node.attr in DICT_ATTRIBUTES:
            self.refuse(node, f".{node.attr} is a method in Python; write ['{node.attr}'] for the key")
        return f"$.attr({self.js(node.node, scope)}, {literal(node.attr)})"

    def js_getitem(self, node: nodes.Getitem, scope: str) -> str:
        return f"$.item({self.js(node.node, scope)}, {self.js(node.arg, scope)})"

    # operators -------------------------------------------------------------------
    def js_add(self, node: nodes.Add, scope: str) -> str:
        if any(isinstance(side, nodes.Concat | nodes.List) or isinstance(getattr(side, "value", 0), str)
               for side in (node.left, node.right)):
            self.refuse(node, "+ adds whole numbers; write ~ for text")
        return f"$.add({self.js(node.left, scope)}, {self.js(node.right, scope)})"

    def js_sub(self, node: nodes.Sub, scope: str) -> str:
        return f"$.sub({self.js(node.left, scope)}, {self.js(node.right, scope)})"

    def js_neg(self, node: nodes.Neg, scope: str) -> str:
        return f"$.sub(0, {self.js(node.node, scope)})"

    def js_not(self, node: nodes.Not, scope: str) -> str:
        return f"!{self.condition(node.node, scope)}"

    def js_and(self, node: nodes.And, scope: str) -> str:
        return f"$.and({self.js(node.left, scope)}, () => {self.js(node.right, scope)})"

    def js_or(self, node: nodes.Or, scope: str) -> str:
        return f"$.or({self.js(node.left, scope)}, () => {self.js(node.right, scope)})"

    def js_compare(self, node: nodes.Compare, scope: str) -> str:
        if len(node.ops) > 1:
            self.refuse(node, "a chain of comparisons is not supported; write and")
        operand = node.ops[0]
        right = self.sequence if operand.op in ("in", "notin") else self.js
        return COMPARISONS[operand.op].format(self.js(node.expr, scope), right(operand.expr, scope))

    def js_concat(self, node: nodes.Concat, scope: str) -> str:
        return "$.concat([" + ", ".join(self.js(part, scope) for part in node.nodes) + "])"

    def js_condexpr(self, node: nodes.CondExpr, scope: str) -> str:
        if node.expr2 is None:
            self.refuse(node, "an inline if without else may only stand alone in {{ }}; write else ''")
        test = self.condition(node.test, scope)
        return f"({test} ? {self.js(node.expr1, scope)} : {self.js(node.expr2, scope)})"
