"""What the templates of one module know of each other: the names they assign, and the macros they have."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jinja2 import Environment, nodes

from .subset import check_environment, refuse

Import = nodes.Import | nodes.FromImport


@dataclass(frozen=True)
class Macro:
    """How a macro is called.

    handed: the largest number of values that it hands to `caller()`; None when it has no caller.
    """

    name: str
    parameters: tuple[str, ...]
    required: int
    handed: int | None

    @classmethod
    def of(cls, node: nodes.Macro) -> Macro:
        parameters = tuple(argument.name for argument in node.args)
        calls = [len(call.args) for call in node.find_all(nodes.Call) if is_named(call.node, "caller")]
        named = any(name.name == "caller" for name in node.find_all(nodes.Name))
        handed = max(calls, default=0) if named else None
        return cls(node.name, parameters, len(parameters) - len(node.defaults), handed)


@dataclass
class Names:
    """The names of one template. modules: alias of an import -> template. assigned: by set, for and with."""

    modules: dict[str, str] = field(default_factory=dict)
    macros: dict[str, Macro] = field(default_factory=dict)
    assigned: set[str] = field(default_factory=set)


class Library:
    """The templates of one module, each parsed once, and the filters and functions that an app adds."""

    def __init__(self, env: Environment, templates: Iterable[str], filters: Iterable[str],
                 functions: Iterable[str]) -> None:
        self.env, self.templates = env, frozenset(templates)
        self.filters, self.functions = frozenset(filters), frozenset(functions)
        self._trees: dict[str, nodes.Template] = {}
        self._macros: dict[str, dict[str, Macro]] = {}

    def tree(self, template: str) -> nodes.Template:
        """The syntax tree.

        :raise TemplateNotFound, TemplateSyntaxError: as Jinja2 does.
        """
        if template not in self._trees:
            check_environment(self.env, template)
            assert self.env.loader is not None
            source, path, _ = self.env.loader.get_source(self.env, template)
            self._trees[template] = self.env.parse(source, template, path)
        return self._trees[template]

    def macros(self, template: str) -> dict[str, Macro]:
        """Those at the top level, which another template may import."""
        if template not in self._macros:
            found = [node for node in self.tree(template).body if isinstance(node, nodes.Macro)]
            self._macros[template] = {node.name: Macro.of(node) for node in found}
        return self._macros[template]

    def names(self, template: str) -> Names:
        """All names of a template. One name means one thing, so that a call can be checked before it runs."""
        tree, names = self.tree(template), Names()
        names.assigned = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
        for node in tree.find_all((nodes.Macro, nodes.Import, nodes.FromImport)):
            for name, known in self._declared(template, node):
                if name in names.assigned or name in names.macros or name in names.modules:
                    refuse(template, node, f"{name!r} already means something else in this template")
                if isinstance(known, Macro):
                    names.macros[name] = known
                else:
                    names.modules[name] = known
        return names

    def other_template(self, template: str, node: nodes.Expr) -> str:
        """The name that an extends, include or import gives: a constant, and one of this module."""
        if not isinstance(node, nodes.Const) or not isinstance(node.value, str):
            refuse(template, node, "the name of another template must be a constant text")
        if node.value not in self.templates:
            refuse(template, node, f"template {node.value!r} is not one of those that the worker renders")
        return node.value

    def imported(self, template: str, node: nodes.Node, source: str, name: str) -> Macro:
        """The macro `name` of the template `source`."""
        if name not in self.macros(source) or name.startswith("_"):
            refuse(template, node, f"{source!r} has no macro {name!r} at its top level")
        return self.macros(source)[name]

    def _declared(self, template: str, node: nodes.Node) -> Iterator[tuple[str, Macro | str]]:
        if isinstance(node, nodes.Macro):
            if not any(node is other for other in self.tree(template).body):
                refuse(template, node, "a macro must stand at the top level of its template")
            yield node.name, self.macros(template)[node.name]
        elif isinstance(node, nodes.Import | nodes.FromImport):
            yield from self._imports(template, node)

    def _imports(self, template: str, node: Import) -> Iterator[tuple[str, Macro | str]]:
        if node.with_context:
            refuse(template, node, "a macro sees its arguments only: import without context")
        source = self.other_template(template, node.template)
        if isinstance(node, nodes.Import):
            yield node.target, source
            return
        for name, alias in imported_names(node):
            yield alias, self.imported(template, node, source, name)


def imported_names(node: nodes.FromImport) -> list[tuple[str, str]]:
    """Pairs of the name in the other template and the name here."""
    return [name if isinstance(name, tuple) else (name, name) for name in node.names]


def is_named(node: nodes.Node | None, name: str) -> bool:
    """Whether the node is just this name."""
    return isinstance(node, nodes.Name) and node.name == name


SCOPES = (nodes.For, nodes.CallBlock, nodes.Macro, nodes.With, nodes.AssignBlock)


def set_too_late(body: Iterable[nodes.Node]) -> tuple[nodes.Node, str] | None:
    """The first `set` of a name that nothing but a nested scope of the same body has read before.

    Jinja2 decides where a name lives before it runs: there such a name is undefined, even if the page has it
    in its data. Scopes in JavaScript would find the page's value.
    """
    inside: set[str] = set()
    settled: set[str] = set()
    for node in in_order(body):
        if isinstance(node, SCOPES):
            inside |= names_read(node) - bound(node) - settled
        else:
            settled |= names_read(node)
        if isinstance(node, nodes.Assign | nodes.AssignBlock) and isinstance(node.target, nodes.Name):
            if node.target.name in inside:
                return node, node.target.name
            settled.add(node.target.name)
    return None


def in_order(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """The statements of one scope: `if` opens none."""
    for node in body:
        if isinstance(node, nodes.If):
            for branch in (node, *node.elif_):
                yield from in_order(branch.body)
            yield from in_order(node.else_)
        else:
            yield node


def bound(scope: nodes.Node) -> set[str]:
    """The names to which a scope itself gives a value: arguments, what a loop or with assigns."""
    found: list[nodes.Node] = [*getattr(scope, "args", []), *getattr(scope, "targets", [])]
    if isinstance(scope, nodes.For):
        found.append(scope.target)
    return {name.name for name in nodes.Scope(found).find_all(nodes.Name)}


def names_read(node: nodes.Node) -> set[str]:
    """Every name that is read somewhere in the node."""
    return {name.name for name in node.find_all(nodes.Name) if name.ctx == "load"}
