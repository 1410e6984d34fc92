"""What the worker could not render as Jinja2 does is refused with template and line, before it runs."""
import re

import pytest
from jinja2 import TemplateNotFound, TemplateSyntaxError, Undefined

from mentorlog.jinja_js import Unsupported, compile_templates
from tests.jinja_js.both import environment

OTHERS = {
    "base": "{% block a %}{% endblock %}", "part": "", "page": "{% set x = 1 %}",
    "macros": "{% macro m(a, b=1) %}{{ a }}{% endmacro %}{% macro _own() %}{% endmacro %}"
              "{% macro card() %}{{ caller('x') }}{% endmacro %}",
}
M = "{% import 'macros' as ui %}"
REFUSED = {
    # names
    "a global of Jinja2": ("{{ range(3) }}", "only macros"),
    "a name of Flask": ("{{ request.path }}", "has no 'request'"),
    "a function as a value": ("{{ url_for }}", "'url_for' can only be called"),
    "a macro as a value": ("{% macro m() %}{% endmacro %}{{ m }}", "'m' can only be called"),
    "a module as a value": (M + "{{ ui }}", "'ui' can only be called"),
    "a name that is a macro too": ("{% macro m() %}{% endmacro %}{% set m = 1 %}", "already means"),
    "a macro twice": ("{% macro m() %}{% endmacro %}{% macro m() %}{% endmacro %}", "already means"),
    "a function set": ("{% set url_for = 1 %}", "cannot be assigned"),
    "loop set": ("{% set loop = 1 %}", "cannot be assigned"),
    "self": ("{{ self.a() }}", "only macros"),
    "set after an inner scope read it": (
        "{% for x in xs %}{{ y }}{% endfor %}{% set y = 1 %}", "'y' is set after"),
    "the same with branches": (
        "{% if a %}{% for x in xs %}{{ y }}{% endfor %}{% endif %}{% set y = 1 %}", "is set after"),
    "a set block that reads its name": ("{% set y %}{{ y }}{% endset %}", "is set after"),
    "a macro that reads what comes later": (
        "{% macro m() %}{{ y }}{% endmacro %}{% set y = 1 %}", "is set after"),
    "a namespace": ("{% set ns.x = 1 %}", "takes one name"),
    "two names set": ("{% set a, b = xs %}", "takes one name"),
    # values
    "a float": ("{{ 1.5 }}", "floats"),
    "a large integer": ("{{ 9007199254740992 }}", "above 2**53"),
    "a key that is no text": ("{{ {1: 2} }}", "constant texts"),
    "a tuple": ("{% set x = (1, 2) %}", "Tuple is not supported"),
    "a tuple in a test": ("{{ x is eq((1, 2)) }}", "Tuple is not supported"),
    "a slice": ("{{ xs[1:] }}", "Slice is not supported"),
    "a method as attribute": ("{% if d.items %}{% endif %}", ".items is a method"),
    "a dunder": ("{{ d.__class__ }}", "__class__ is a method"),
    "dividing": ("{{ 4 / 2 }}", "Div is not supported"),
    "multiplying": ("{{ 4 * 2 }}", "Mul is not supported"),
    "remainder": ("{{ 'a%s' % 2 }}", "Mod is not supported"),
    "power": ("{{ 4 ** 2 }}", "Pow is not supported"),
    "plus on text": ("{{ 'a' + x }}", "write ~ for text"),
    "a chain of comparisons": ("{{ 1 < x < 3 }}", "write and"),
    "an inline if without else inside": ("{{ 'a' ~ ('b' if x) }}", "write else ''"),
    # filters and tests
    "an unknown filter of ours": ("{{ x|safe }}", "the filter 'safe' is not supported"),
    "a filter of Jinja2 that is left out": ("{{ x|tojson }}", "'tojson' is not supported"),
    "too many arguments": ("{{ x|replace('a', 'b', 1) }}", "not supported with these arguments"),
    "arguments of a filter without": ("{{ x|trim('a') }}", "not supported with these arguments"),
    "an unknown keyword": ("{{ x|default(els=1) }}", "not supported with these arguments"),
    "arguments as a list": ("{{ x|default(*xs) }}", "*args"),
    "map with a filter": ("{{ xs|map('upper')|list }}", "only map"),
    "map with a default": ("{{ xs|map(attribute='a', default=1)|list }}", "only map"),
    "a computed attribute": ("{{ xs|map(attribute=a)|list }}", "must be a constant"),
    "an attribute that is a number": ("{{ xs|map(attribute='0')|list }}", "must be a constant"),
    "an attribute that is a method": ("{{ xs|map(attribute='items')|list }}", "no method of a dict"),
    "a generator that is kept": ("{% set ys = xs|map(attribute='a') %}", "add |list"),
    "the truth of a generator": ("{% if xs|select %}{% endif %}", "add |list"),
    "the length of a generator": ("{{ xs|select|length }}", "add |list"),
    "the last of a generator": ("{{ xs|reverse|last }}", "add |list"),
    "an unknown test": ("{{ x is divisibleby 3 }}", "the test 'divisibleby'"),
    "a test without its argument": ("{{ x is eq }}", "the test 'eq'"),
    "an unknown test by name": ("{{ xs|select('callable')|list }}", "the test 'callable'"),
    "a test by a computed name": ("{{ xs|select(x)|list }}", "the test None"),
    # calls
    "a method of a text": ("{{ x.upper() }}", "only macros"),
    "a method of a list": ("{{ xs.append(1) }}", "only macros"),
    "items outside a loop": ("{{ d.items()|list }}", "only macros"),
    "the truth of a view": ("{% if d.keys() %}{% endif %}", "only macros"),
    "get without a key": ("{{ d.get() }}", "not supported with these"),
    "get with a keyword": ("{{ d.get('a', default=1) }}", "keywords"),
    "a call of a value": ("{{ xs[0]() }}", "only macros"),
    "a function with a list": ("{{ url_for(*xs) }}", "*args"),
    "csrf_token": ("{{ csrf_token() }}", "only macros"),
    "too many arguments for a macro": (M + "{{ ui.m(1, 2, 3) }}", "more arguments"),
    "too few arguments for a macro": (M + "{{ ui.m(b=1) }}", "needs 'a'"),
    "an unknown argument of a macro": (M + "{{ ui.m(1, c=1) }}", "no such argument"),
    "an argument twice": (M + "{{ ui.m(1, a=1) }}", "twice"),
    "a macro with any arguments": (
        "{% macro m() %}{{ varargs }}{% endmacro %}", "'varargs' is not supported"),
    "a default that reads a later argument": ("{% macro m(a=b, b=1) %}{% endmacro %}", "before it"),
    "a macro inside something": ("{% if x %}{% macro m() %}{% endmacro %}{% endif %}", "top level"),
    "an unknown macro": (M + "{{ ui.x() }}", "has no macro 'x'"),
    "a private macro": (M + "{{ ui._own() }}", "has no macro '_own'"),
    "a value of another template": ("{% from 'page' import x %}", "has no macro 'x'"),
    "call of a macro without caller": (M + "{% call ui.m(1) %}{% endcall %}", "uses caller"),
    "call with too few names": (M + "{% call ui.card() %}{% endcall %}", "hands 1 values"),
    "call of no macro": ("{% call x.y() %}{% endcall %}", "uses caller"),
    "caller outside a macro": ("{{ caller() }}", "only macros"),
    "caller inside a call": (
        M + "{% macro m() %}{% call(x) ui.card() %}{{ caller() }}{% endcall %}{% endmacro %}", "only macros"),
    "super outside a block": ("{{ super() }}", "only macros"),
    "loop outside a loop": ("{{ loop.index }}", "loop.index is not supported here"),
    "loop in an include": ("{{ loop.first }}", "not supported here"),
    "more of loop": ("{% for x in xs %}{{ loop.cycle('a') }}{% endfor %}", "only macros"),
    "the rest of loop": ("{% for x in xs %}{{ loop.previtem }}{% endfor %}", "loop.previtem"),
    # statements
    "a recursive loop": ("{% for x in xs recursive %}{% endfor %}", "recursive"),
    "a filter block": ("{% filter upper %}{% endfilter %}", "FilterBlock is not supported"),
    "a filtered set block": ("{% set x | upper %}{% endset %}", "no filter"),
    "autoescape": ("{% autoescape false %}{% endautoescape %}", "autoescape is always on"),
    "a scoped block": ("{% block a scoped %}{% endblock %}", "scoped, required or defined twice"),
    "a block in a loop": (
        "{% for x in xs %}{% block a %}{% endblock %}{% endfor %}", "must not stand in a loop"),
    "a block in a call": (
        M + "{% call(x) ui.card() %}{% block a %}{% endblock %}{% endcall %}", "must not stand"),
    # other templates
    "a computed include": ("{% include name %}", "constant text"),
    "an include of one of several": ("{% include ['part', 'x'] %}", "constant text"),
    "an include that may be missing": ("{% include 'part' ignore missing %}", "nothing else"),
    "an include without context": ("{% include 'part' without context %}", "nothing else"),
    "a template that the worker lacks": ("{% include 'admin' %}", "'admin' is not one of those"),
    "an import with context": ("{% import 'macros' as ui with context %}", "without context"),
    "extends in an if": ("{% if x %}{% extends 'base' %}{% endif %}", "first thing"),
    "extends after text": ("x{% extends 'base' %}", "first thing"),
    "two extends": ("{% extends 'base' %}{% extends 'base' %}", "never shown"),
    "text beside the blocks of a child": ("{% extends 'base' %}hello", "never shown"),
    "an include beside the blocks of a child": ("{% extends 'base' %}{% include 'part' %}", "never shown"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_template_and_line(name):
    source, why = REFUSED[name]
    env = environment({**OTHERS, "main": "{# one #}\n" + source}, trim_blocks=True)
    env.globals["request"] = None
    with pytest.raises(Unsupported, match=f"^main:2: .*{re.escape(why)}"):
        compile_templates(env, ["main", *OTHERS], functions=["url_for"])


def test_the_line_is_the_construct_s_own():
    env = environment({"main": "a\n{% if x %}\n  {{ x|round }}\n{% endif %}"})
    with pytest.raises(Unsupported, match=r"^main:3: the filter 'round'"):
        compile_templates(env, ["main"])


@pytest.mark.parametrize("options", [{"autoescape": False}, {"undefined": Undefined}, {"finalize": str},
                                     {"autoescape": lambda name: name != "main"}])
def test_settings_that_print_something_else_are_refused(options):
    with pytest.raises(Unsupported, match=r"^main: "):
        compile_templates(environment({"main": ""}, **options), ["main"])


def test_a_filter_of_the_app_must_be_in_python_too():
    with pytest.raises(Unsupported, match="'markdown' is not supported"):
        compile_templates(environment({"main": "{{ x|markdown }}"}), ["main"], filters=["markdown"])


def test_a_filter_of_the_app_must_name_its_arguments():
    env = environment({"main": "{{ x|dated(1) }}"})
    env.filters["dated"] = lambda value, *parts: value
    with pytest.raises(Unsupported, match="must name its arguments"):
        compile_templates(env, ["main"], filters=["dated"])


def test_jinja2_s_own_errors_come_through():
    with pytest.raises(TemplateSyntaxError):
        compile_templates(environment({"main": "{% if %}"}), ["main"])
    with pytest.raises(TemplateNotFound):
        compile_templates(environment({}), ["main"])
