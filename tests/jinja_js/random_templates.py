"""Random templates over what jinja_js compiles, and a little beyond: one seed gives one template."""
from __future__ import annotations

import json
import random
import re
from collections.abc import Callable

DATA = {
    "s": "<b>hi</b>", "t": "hello big world", "x": "dx", "v": "data v", "n": 7, "z": 0, "minus": -3, "w": 1,
    "yes": True, "no": False, "nil": None, "nothing": {},
    "xs": [3, 1, 2], "ss": ["b", "A", "c<", "a"], "none_here": [],
    "d": {"k": "v<", "a": 1, "list": [1]}, "e": {"k": "<v", "b": True, "l": None},
    "row": {"name": "Outer", "age": 4, "tags": ["o<"], "ok": True, "goal": None},
    "rows": [{"name": "Zed", "age": 3, "tags": ["x", "y"], "ok": True, "goal": {"text": "g&"}},
             {"name": "amy&", "age": 9, "tags": [], "ok": False, "goal": None},
             {"name": "Bob", "age": 3, "tags": ["q"], "ok": True, "goal": {"text": ""}}],
}
KINDS = ("defined", "undefined", "none", "string", "number", "mapping", "boolean", "true", "false")
ORDER = ("==", "!=", "<", ">", "<=", ">=")
TEXTS = ["", "a", "B c", "<i>&'\"", "é🎉x", "12", " pad ", "x\ny\n", "%7B/?=&", "ß"]
MACROS = """\
{% macro plain(a, b='dflt', c=[]) %}[{{ a }}|{{ b }}|{{ c|length }}]{% endmacro -%}
{% macro lists(l) %}{% for i in l %}{{ i }}{{ ',' if not loop.last }}{% endfor %}{{ plain(l|length) }}
{%- endmacro -%}
{% macro around(q, v=q) %}<{{ caller(q) }}:{{ v }}>{% endmacro -%}
{% macro maybe(q='') %}({% if caller is defined %}{{ caller() }}{% else %}{{ x }}{% endif %}){% endmacro -%}
"""
OTHERS = {
    "part": "part({{ x }},{{ v }},{% for q in [1, 2] %}{{ q }}{{ loop.last }}{% endfor %})",
    "other": MACROS + "{% set mark = '<>' %}{% macro f(a, b=mark) %}other:{{ a }}{{ b }}{% endmacro %}",
    "base": "{% set from_base = 1 %}<title>{% block t %}base {{ v }}{% endblock %}</title>"
            "{% block b %}B{% block inner %}in{% endblock %}{% endblock %}{{ w }}"
            "{% if yes %}{% block l %}{% endblock %}{% endif %}",
    "middle": "{% extends 'base' %}{% set v = 'mid' %}{% block t %}{{ super() }}+{% endblock %}",
}


class Grammar:
    """Writes templates. Deeper expressions become simpler, so that they end."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.loops = 0

    def pick(self, *choices: str | Callable[[], str]) -> str:
        """One of the choices, written out."""
        choice = self.random.choice(choices)
        return choice if isinstance(choice, str) else choice()

    def often(self, share: float) -> bool:
        return self.random.random() < share

    # expressions ---------------------------------------------------------------
    def text(self, depth: int = 0) -> str:
        if depth > 2 or self.often(.3):
            return self.pick("s", "t", "x", "v", "d.k", "row.name", "rows[0].name", "ss[1]", "ss[-1]",
                             lambda: json.dumps(self.random.choice(TEXTS), ensure_ascii=False))
        deeper = depth + 1
        return self.pick(
            lambda: f"{self.text(deeper)}|{self.text_filter()}",
            lambda: f"({self.text(deeper)} ~ {self.value(deeper)})",
            lambda: f"({self.text(deeper)} ~ {self.value(deeper)} ~ {self.text(deeper)})",
            lambda: f"{self.items(deeper)}|join({self.pick(repr(', '), repr('<'))})",
            lambda: f"{self.items(deeper)}|join({self.text(deeper)})",
            lambda: f"({self.text(deeper)} if {self.flag(deeper)} else {self.text(deeper)})",
            lambda: f"({self.text(deeper)} {self.pick('or', 'and')} {self.text(deeper)})",
            lambda: self.macro(deeper),
            lambda: f"{self.items(deeper)}|{self.pick('first', 'last')}|default('-')",
            lambda: self.pick("d.get('k')", "d.get('no', 'other')", "d[d.k|default('k')|replace('v<', 'k')]",
                              "rows[0].goal.text", "missing|default('m')", "row.goal.text|default('none')"))

    def text_filter(self) -> str:
        return self.pick("upper", "lower", "trim", "e", "escape", "string", "urlencode", "default('dd')",
                         "default('dd', true)", "default(boolean=true)", "replace('l', '<L>')",
                         "replace('<', '')", "replace('b', s|e)", "first", "last", "length")

    def macro(self, depth: int) -> str:
        form = self.pick("plain(V)", "plain(b=V, a=V)", "plain(V, V, xs)", "other.f(V)", "mine(V, b=V)",
                         "maybe(V)", "lists(L)")
        return re.sub("[VL]", lambda found: (self.items if found[0] == "L" else self.value)(depth), form)

    def number(self, depth: int = 0) -> str:
        if depth > 2 or self.often(.4):
            return self.pick("n", "z", "minus", "xs[0]", "xs[-1]", "row.age", "d.a",
                             lambda: str(self.random.randint(-9, 30)),
                             self.place)
        return self.pick(
            lambda: f"({self.number(depth + 1)} {self.pick('+', '-')} {self.number(depth + 1)})",
            lambda: f"{self.items(depth + 1)}|{self.pick('length', 'count', 'first', 'last')}",
            lambda: f"{self.text(depth + 1)}|length",
            lambda: f"({self.number(depth + 1)} if {self.flag(depth + 1)} else -{self.number(depth + 1)})")

    def place(self) -> str:
        return self.pick("loop.index", "loop.index0", "loop.length") if self.loops else "2"

    def flag(self, depth: int = 0) -> str:
        if depth > 2 or self.often(.25):
            return self.pick("yes", "no", "row.ok", "nil", "z", "s", "true", "(missing is defined)",
                             lambda: self.pick("loop.first", "loop.last") if self.loops else "yes")
        deeper = depth + 1
        return self.pick(
            lambda: f"({self.number(deeper)} {self.pick(*ORDER)} {self.number(deeper)})",
            lambda: f"({self.text(deeper)} {self.pick('==', '!=', 'in', 'not in')} {self.text(deeper)})",
            lambda: f"({self.value(deeper)} {self.pick('==', '!=')} {self.value(deeper)})",
            lambda: f"({self.value(deeper)} {self.pick('in', 'not in')} {self.items(deeper)})",
            lambda: f"({self.text(deeper)} in {self.pick('d', 'd.keys()', 'd.values()', '(x, s)')})",
            lambda: f"({self.flag(deeper)} {self.pick('and', 'or')} {self.flag(deeper)})",
            lambda: f"(not {self.pick(self.value, self.items, 'nothing')})",
            lambda: f"({self.value(deeper)} is {self.pick('', 'not ')}{self.pick(*KINDS)})",
            lambda: f"({self.number(deeper)} is {self.pick('odd', 'even', 'eq(3)', 'ne(3)', 'in([1, 2])')})",
            lambda: f"({self.items(deeper)} == {self.items(deeper)})")

    def items(self, depth: int = 0) -> str:
        if depth > 2 or self.often(.4):
            return self.pick("xs", "ss", "none_here", "[3, 1, 3]", "['b', 'A<']", "row.tags", "d",
                             "rows[1].tags")
        return self.pick(
            lambda: f"{self.items(depth + 1)}|{self.pick('list', 'reverse|list', 'select|list')}",
            lambda: f"{self.items(depth + 1)}|reject|list",
            lambda: f"rows|map(attribute='{self.pick('name', 'age', 'goal.text')}')|list",
            lambda: f"xs|{self.pick('select', 'reject')}('odd')|list",
            lambda: f"rows|{self.chosen()}|map(attribute='name')|list",
            lambda: f"({self.items(depth + 1)} if {self.flag(depth + 1)} else {self.items(depth + 1)})",
            lambda: f"({self.items(depth + 1)} or {self.items(depth + 1)})",
            lambda: f"[{self.value(depth + 1)}, {self.value(depth + 1)}]")

    def chosen(self) -> str:
        test = self.pick("'ok'", "'age', 'eq', 3", "'name', 'in', ['Bob', s]", "'goal', 'none'",
                         "'age', 'odd'")
        return f"{self.pick('selectattr', 'rejectattr')}({test})"

    def value(self, depth: int = 0) -> str:
        return self.pick(lambda: self.text(depth), lambda: self.number(depth), lambda: self.flag(depth),
                         lambda: self.pick("nil", "v", "w", "x", "true"),
                         lambda: "row.nope" if self.often(.1) else "n")

    # statements ------------------------------------------------------------------
    def tag(self, code: str) -> str:
        left, right = self.pick("", "", "", "-"), self.pick("", "", "", "-")
        return "{%" + left + f" {code} " + right + "%}"

    def body(self, depth: int) -> str:
        return "".join(self.statement(depth + 1) for _ in range(self.random.randint(1, 2)))

    def statement(self, depth: int = 0) -> str:
        if depth > 2 or self.often(.35):
            return self.pick("text ", "\n  ", " <p>", "") + self.output()
        return self.pick(
            lambda: self.condition(depth), lambda: self.loop(depth), lambda: self.loop(depth),
            lambda: self.tag(f"set {self.pick('v', 'w')} = {self.value()}"),
            lambda: self.tag("set v") + self.body(depth) + self.tag("endset"),
            lambda: self.tag(f"with w = {self.value()}") + self.body(depth) + self.tag("endwith"),
            lambda: self.tag(f"call(u) {self.pick('around', 'other.around')}({self.value()})")
            + self.body(depth) + "{{ u }}" + self.tag("endcall"),
            lambda: self.tag(f"call maybe({self.value()})") + self.body(depth) + self.tag("endcall"),
            lambda: self.tag("include 'part'"))

    def output(self) -> str:
        value = self.pick(self.value, self.text, lambda: f"{self.text()} if {self.flag()}")
        return "{{" + self.pick("", "-") + f" {value} " + self.pick("", "-") + "}}"

    def condition(self, depth: int) -> str:
        code = self.tag(f"if {self.pick(self.flag, self.flag, self.items)}") + self.body(depth)
        if self.often(.4):
            code += self.tag(f"elif {self.value()}") + self.body(depth)
        if self.often(.6):
            code += self.tag("else") + self.body(depth)
        return code + self.tag("endif")

    def loop(self, depth: int) -> str:
        head = self.pick("x in xs", "x in ss", "row in rows", "k, x in e.items()", "x in d",
                         "x in e.values()",
                         lambda: f"x in {self.items(1)}", "x in xs if x > 1", "row in rows if row.ok and v",
                         "x in rows|map(attribute='name')", "x in ss|reverse", "a, b in [[1, s], [2, t]]",
                         lambda: f"x in ss if {self.flag()}", "x in (1, s)")
        self.loops += 1
        body = self.body(depth)
        self.loops -= 1
        other = self.tag("else") + self.body(depth) if self.often(.3) else ""
        return self.tag(f"for {head}") + body + other + self.tag("endfor")

    def template(self) -> str:
        """A page of its own, or one that extends another."""
        head = MACROS + "{% import 'other' as other %}{% from 'other' import plain as mine %}"
        if self.often(.75):
            return head + "".join(self.statement() for _ in range(self.random.randint(1, 3)))
        parts = (f"{{% extends '{self.pick('base', 'middle')}' %}}", head, f"{{% set w = {self.value()} %}}",
                 "{% block b %}", self.body(0), self.pick("", "{{ super() }}"), "{% endblock %}{% block l %}",
                 self.body(1), "{% endblock %}")
        return "".join(parts)
