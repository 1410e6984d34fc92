"""Templates and statements: from Jinja2's syntax tree to the source of an ES module.

Every scope is a JavaScript object whose prototype is the scope around it, so `{{ x }}` is `c.x` and
`{% set x %}` is `c.x = …`: loops, macros and blocks open a scope, `if` does not. In the module: `$` runtime,
`c` the template's own scope and `c1`, `c2` … those inside, `k` all blocks of a page by name, `d` how deep in
them, `o` output.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from jinja2 import Environment, nodes

from .calls import Calls
from .expressions import RESERVED, Loop, Place
from .library import Library, imported_names, names_read, set_too_late
from .source import literal, member

HEADER = "/** The templates, compiled by mentorlog/jinja_js. */\n"
NO_PLACE_FOR_A_BLOCK = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.AssignBlock, nodes.With)


def compile_templates(env: Environment, names: Iterable[str], filters: Iterable[str] = (),
                      functions: Iterable[str] = ()) -> str:
    """Return the source of an ES module that exports `templates`, for `environment` of service_worker/jinja/.

    names: templates; those that they extend, include or import must be among them. filters, functions: what
    the app adds, under the same names in Python and in JavaScript. Both sides render the same JSON-like data.

    :raise Unsupported: for the first construct without an exact equal in JavaScript, as `name:line: why`.
    :raise TemplateNotFound, TemplateSyntaxError: as Jinja2 does.
    """
    ordered = sorted(set(names))
    library = Library(env, ordered, filters, functions)
    parts = [f"[{literal(name)}]: {Statements(library, name).compiled()}" for name in ordered]
    return HEADER + "export const templates = ($) => ({\n" + ",\n".join(parts) + "\n});\n"


class Statements(Calls):
    """One template. `js_<node>` of a statement returns JavaScript statements."""

    def __init__(self, library: Library, template: str) -> None:
        super().__init__(library, template)
        self.tree = library.tree(template)
        self._made = 0

    def compiled(self) -> str:
        """`{blocks, root}`: functions that return HTML."""
        self.check_names()
        blocks = ",\n".join(self.block_function(block) for block in self.blocks())
        before, extends, after = self.parts()
        if extends:
            parent = literal(self.library.other_template(self.template, extends.template))
            body = self.function_body([*before, *self.definitions(after)], "c")
            root = f"{body}return o + $.extend({parent}, c, k);"
        else:
            root = f"{self.function_body(after, 'c')}return o;"
        return f"{{ blocks: {{ {blocks} }}, root: (c, k) => {{\n{root}\n}} }}"

    def check_names(self) -> None:
        """Names with a meaning of their own cannot be assigned."""
        for name in self.tree.find_all(nodes.Name):
            if name.ctx != "load" and (name.name in RESERVED or name.name in self.library.functions):
                self.refuse(name, f"{name.name!r} cannot be assigned")

    def parts(self) -> tuple[list[nodes.Node], nodes.Extends | None, list[nodes.Node]]:
        """What stands before extends (comments leave blank text), extends, and the rest."""
        body = self.tree.body
        for number, node in enumerate(body):
            if isinstance(node, nodes.Extends):
                return body[:number], node, body[number + 1:]
            if not is_blank(node):
                break
        return [], None, body

    def definitions(self, body: list[nodes.Node]) -> list[nodes.Node]:
        """What a template that extends another defines beside its blocks. It prints nothing itself."""
        silent = (nodes.Macro, nodes.Import, nodes.FromImport, nodes.Assign, nodes.AssignBlock)
        for node in body:
            if not is_blank(node) and not isinstance(node, (nodes.Block, *silent)):
                self.refuse(node, "after extends, what stands outside a block is never shown")
        return [node for node in body if isinstance(node, silent)]

    def blocks(self) -> list[nodes.Block]:
        """All blocks. A block sees what the whole page sees, never the loop or call around it."""
        found = list(self.tree.find_all(nodes.Block))
        for outer in self.tree.find_all(NO_PLACE_FOR_A_BLOCK):
            for block in outer.find_all(nodes.Block):
                self.refuse(block, "a block must not stand in a loop, macro, call, with or set block")
        for number, block in enumerate(found):
            if block.scoped or block.required or block.name in {other.name for other in found[:number]}:
                self.refuse(block, f"block {block.name!r} is scoped, required or defined twice")
        return found

    # functions and scopes --------------------------------------------------------
    def fresh(self, prefix: str) -> str:
        """A JavaScript name that the template has not used."""
        self._made += 1
        return f"{prefix}{self._made}"

    def function_body(self, body: list[nodes.Node], scope: str) -> str:
        """The statements of a JavaScript function, which collects its output in `o`."""
        return f"let o = '';\n{self.scope_body(body, scope)}"

    def scope_body(self, body: list[nodes.Node], scope: str) -> str:
        """The statements of one scope."""
        if late := set_too_late(body):
            node, name = late
            self.refuse(node, f"{name!r} is set after an inner scope has read it: it is undefined there")
        return self.body(body, scope)

    def body(self, body: list[nodes.Node], scope: str) -> str:
        """Statements, one after the other."""
        return "".join(self.js(node, scope) for node in body)

    def captured(self, body: list[nodes.Node], scope: str) -> str:
        """An expression: what the body prints, as safe text."""
        inner = self.fresh("c")
        return f"({self.html_function([], scope, inner, [], self.function_body(body, inner))})()"

    def block_function(self, block: nodes.Block) -> str:
        """`name: (c, k, d) => HTML`."""
        inner = self.fresh("c")
        self.block = block.name
        code = f"const {inner} = $.scope(c); {self.function_body(block.body, inner)}return o;"
        self.block = None
        return f"[{literal(block.name)}]: (c, k, d) => {{ {code} }}"

    @contextmanager
    def at(self, place: Place) -> Iterator[None]:
        """What `loop`, `caller` and parameters mean in a body."""
        before, self.place = self.place, place
        yield
        self.place = before

    def assign(self, target: nodes.Node, value: str, scope: str) -> str:
        """A name, or the names of `for key, value in …`."""
        if isinstance(target, nodes.Name):
            return f"{member(scope, target.name)} = {value};"
        if not isinstance(target, nodes.Tuple):
            self.refuse(target, "only a name can be assigned")
        items = self.fresh("u")
        parts = (self.assign(part, f"{items}[{number}]", scope) for number, part in enumerate(target.items))
        return f"const {items} = $.unpack({value}, {len(target.items)}); {' '.join(parts)}"

    # output and control flow -----------------------------------------------------
    def js_output(self, node: nodes.Output, scope: str) -> str:
        return "o += " + " + ".join(self.printed(part, scope) for part in node.nodes) + ";\n"

    def js_if(self, node: nodes.If, scope: str) -> str:
        code = " else ".join(
            f"if ({self.condition(branch.test, scope)}) {{\n{self.body(branch.body, scope)}}}"
            for branch in (node, *node.elif_))
        return f"{code} else {{\n{self.body(node.else_, scope)}}}\n" if node.else_ else code + "\n"

    def js_for(self, node: nodes.For, scope: str) -> str:
        if node.recursive:
            self.refuse(node, "recursive loops are not supported; use a macro that calls itself")
        loop, inner = Loop(self.fresh("s"), self.fresh("i")), self.fresh("c")
        item = self.assign(node.target, f"{loop.items}[{loop.index}]", inner)
        with self.at(replace(self.place, loop=loop)):
            body = self.scope_body(node.body, inner)
        code = (f"const {loop.items} = {self.looped_over(node, scope)};\n"
                f"for (let {loop.index} = 0; {loop.index} < {loop.items}.length; {loop.index}++) {{ "
                f"const {inner} = $.scope({scope}); {item}\n{body}}}\n")
        if node.else_:
            other = f"const {inner} = $.scope({scope});\n{self.scope_body(node.else_, inner)}"
            code += f"if (!{loop.items}.length) {{ {other}}}\n"
        return f"{{ {code}}}\n"

    def looped_over(self, node: nodes.For, scope: str) -> str:
        """The array of a loop: without what `for … if …` leaves out."""
        items = self.pairs(node.iter, scope) or f"$.iter({self.sequence(node.iter, scope)})"
        if node.test is None:
            return items
        inner = self.fresh("c")
        each = f"const {inner} = $.scope({scope}); {self.assign(node.target, 'v', inner)}"
        return f"{items}.filter(v => {{ {each} return {self.condition(node.test, inner)}; }})"

    def js_assign(self, node: nodes.Assign, scope: str) -> str:
        if not isinstance(node.target, nodes.Name):
            self.refuse(node, "set takes one name")
        return self.assign(node.target, self.js(node.node, scope), scope) + "\n"

    def js_assignblock(self, node: nodes.AssignBlock, scope: str) -> str:
        if node.filter is not None or not isinstance(node.target, nodes.Name):
            self.refuse(node, "a set block takes one name and no filter")
        return self.assign(node.target, self.captured(node.body, scope), scope) + "\n"

    def js_with(self, node: nodes.With, scope: str) -> str:
        inner = self.fresh("c")
        pairs = zip(node.targets, node.values, strict=True)
        sets = " ".join(self.assign(target, self.js(value, scope), inner) for target, value in pairs)
        return f"{{ const {inner} = $.scope({scope}); {sets}\n{self.scope_body(node.body, inner)}}}\n"

    def js_scope(self, node: nodes.Scope, scope: str) -> str:
        self.refuse(node.body[0], "autoescape is always on")

    # macros ----------------------------------------------------------------------
    def js_macro(self, node: nodes.Macro, scope: str) -> str:
        macro, inner = self.names.macros[node.name], self.fresh("c")
        values = [self.fresh("a") for _ in macro.parameters]
        parameters = frozenset(macro.parameters)
        with self.at(Place(parameters=parameters)):
            sets = [f"{member(inner, name)} = {value};" for name, value in
                    zip(macro.parameters, self.filled_in(node, values, inner), strict=True)]
        if macro.handed is not None:
            values.append("caller")
            sets.append(f"{inner}.caller = caller;")
        with self.at(Place(has_caller=macro.handed is not None, parameters=parameters)):
            body = self.function_body(node.body, inner)
        return f"{member(scope, node.name)} = {self.html_function(values, scope, inner, sets, body)};\n"

    def html_function(self, values: list[str], scope: str, inner: str, sets: list[str], body: str) -> str:
        """A function of `values` that returns safe text, in a scope of its own."""
        return (f"({', '.join(values)}) => {{ const {inner} = $.scope({scope}); {' '.join(sets)}\n"
                f"{body}return $.safe(o); }}")

    def filled_in(self, node: nodes.Macro, values: list[str], scope: str) -> list[str]:
        """What each parameter is: the value given, or the macro's default."""
        required = len(values) - len(node.defaults)
        filled = values[:required]
        for number, default in enumerate(node.defaults, required):
            later = {argument.name for argument in node.args[number:]}
            if later & names_read(nodes.Scope([default])):
                self.refuse(default, "a default can only use the arguments before it")
            value = values[number]
            filled.append(f"{value} === $.absent ? {self.js(default, scope)} : {value}")
        return filled

    def js_callblock(self, node: nodes.CallBlock, scope: str) -> str:
        macro = self.macro_of(node.call)
        if macro is None or macro.handed is None:
            self.refuse(node, "call needs a macro that uses caller()")
        if node.defaults or len(node.args) < macro.handed:
            self.refuse(node, f"{macro.name!r} hands {macro.handed} values to call(…), which has no defaults")
        inner, values = self.fresh("c"), [self.fresh("a") for _ in node.args]
        sets = [self.assign(name, value, inner) for name, value in zip(node.args, values, strict=True)]
        parameters = self.place.parameters | {name.name for name in node.args if isinstance(name, nodes.Name)}
        with self.at(Place(self.place.loop, parameters=parameters)):
            body = self.function_body(node.body, inner)
        caller = self.html_function(values, scope, inner, sets, body)
        return f"o += $.esc({self.macro_call(node.call, macro, scope, caller)});\n"

    # other templates -------------------------------------------------------------
    def js_block(self, node: nodes.Block, scope: str) -> str:
        return f"o += $.block({literal(node.name)}, c, k);\n"

    def js_extends(self, node: nodes.Extends, scope: str) -> str:
        self.refuse(node, "extends must be the first thing in a template")

    def js_include(self, node: nodes.Include, scope: str) -> str:
        if not node.with_context or node.ignore_missing:
            self.refuse(node, "include takes the name of one template and nothing else")
        name = self.library.other_template(self.template, node.template)
        return f"o += $.include({literal(name)}, {scope});\n"

    def js_import(self, node: nodes.Import, scope: str) -> str:
        name = self.library.other_template(self.template, node.template)
        return f"{member(scope, node.target)} = $.module({literal(name)});\n"

    def js_fromimport(self, node: nodes.FromImport, scope: str) -> str:
        name = literal(self.library.other_template(self.template, node.template))
        return "".join(f"{member(scope, alias)} = {member(f'$.module({name})', macro)};\n"
                       for macro, alias in imported_names(node))


def is_blank(node: nodes.Node) -> bool:
    """Whether the node is white space between other things."""
    return isinstance(node, nodes.Output) and all(
        isinstance(part, nodes.TemplateData) and not part.data.strip() for part in node.nodes)
