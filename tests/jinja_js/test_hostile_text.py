"""Hostile text in every filter and position, and in the source: the HTML of Jinja2, no tag of its own."""
import json
from html.parser import HTMLParser

import pytest

from mentorlog.jinja_js import compile_templates
from mentorlog.jinja_js.source import literal
from mentorlog.jinja_js.subset import FILTERS, TESTS
from tests.jinja_js.both import Twins, environment
from tests.jinja_js.hostile import HOSTILE

ATTRIBUTES = ['<p title="{{ x }}">', "<p title='{{ x }}'>"]
POSITIONS = [
    *ATTRIBUTES, "<p>{{ x }}</p>", '<a href="?q={{ x|urlencode }}">',
    "{{ x ~ safe ~ x }}", "{{ [x, safe]|join(x) }}",
    "{% set v %}<i>{{ x }}</i>{% endset %}{{ v ~ x }}", "{{ m(x) }}{{ m(safe) }}{{ m(k=x) }}{{ m(m(x)) }}",
    "{% call(y) n(x) %}{{ x }}{{ y }}{% endcall %}", "{{ {'a': x}['a'] }}{{ {'k': 1}.get(x, x) }}",
    "{{ d[x]|default(x) }}{{ d.get(x) }}{{ x in d }}",
    "{% for k, v in {'a': x}.items() %}{{ k }}{{ v }}{% endfor %}",
    "{{ x == safe }}{{ x in [x] }}{{ x in x }}{{ safe in x }}", "{% if x %}{{ x }}{% else %}empty{% endif %}",
    "{% with y = x %}{{ y }}{% endwith %}", "{{ x or '-' }}{{ x and x }}{{ x if x else safe }}",
]
MACROS = (
    "{% macro m(a='', k='') %}<u title=\"{{ a }}\">{{ k }}</u>{% endmacro %}"
    "{% macro n(a) %}<b>{{ caller(a) }}</b>{% endmacro %}{% set safe %}<i>{{ x }}</i>{% endset %}")
ARGUMENTS = {"default": "(x, true)", "d": "(x)", "join": "(x)", "replace": "('a', x)"}
OF_A_LIST = {"join": "[x, safe]", "list": "[x]", "reverse": "[x]", "first": "[x, safe]", "last": "[x, safe]"}


def expressions() -> list[str]:
    """Every filter on plain and on safe text, and every test, printed."""
    found = []
    for name in sorted(FILTERS):
        values = [OF_A_LIST[name]] if name in OF_A_LIST else ["x", "safe"]
        end = "|join('|')" if name in ("list", "reverse") else ""
        found += [f"{{{{ {value}|{name}{ARGUMENTS.get(name, '')}{end} }}}}" for value in values]
    found += [f"{{{{ x is {name}{'(x)' if '{1}' in code else ''} }}}}" for name, code in sorted(TESTS.items())
              if name not in ("odd", "even")]
    return [*found, "{{ safe|replace(x, 'a') if x }}", "{{ x|replace('a', safe) }}",
            "{{ x|replace(safe, 'a') }}", "{{ [x]|select|join }}", "{{ (x ~ safe)|upper|e }}"]


@pytest.fixture(scope="module")
def twins(scratch) -> Twins:
    """Every expression, and x in every position, compiled once."""
    sources = [MACROS + source for source in (*POSITIONS, *expressions())]
    made = Twins(environment({str(number): source for number, source in enumerate(sources)}), scratch.folder)
    made.compile(made.env.list_templates())
    return made


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_out_as_in_jinja2(twins, text):
    for name in twins.env.list_templates():
        python, javascript = twins.outcomes(name, {"x": text, "d": {"k": 1}})
        stopped = "is a method in Python" in str(javascript) and text == "__proto__"
        assert stopped or javascript == python, twins.env.loader.mapping[name]


class Tags(HTMLParser):
    """Remembers the first tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_inside_its_attribute(twins, text):
    for position in ATTRIBUTES:
        html = twins.javascript(str(POSITIONS.index(position)), {"x": text, "d": {}})
        assert Tags(html).found == [("p", {"title": text})]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_source_does_not_leave_its_literal(scratch, text):
    """As template text, constant, key and name of a template."""
    constant, name = (json.dumps(value, ensure_ascii=False) for value in (text, "t" + text))
    source = ("{% raw %}" + text.replace("{% raw %}", "") + "{% endraw %}"
              "{{ C }}{{ {C: 1}[C] }}".replace("C", constant) + "{% include " + name + " %}")
    others = {"t" + text: "x" + text.replace("{", "")}
    module = compile_templates(environment({"main": source, **others}), ["main", *others])
    assert not any(bad in module.lower() for bad in ("</script", "<!--", "\u2028", "\u2029"))
    python, javascript = scratch.outcomes(source, {}, others)
    assert isinstance(python, str)
    assert javascript == python


NAMES = ["__proto__", "constructor", "hasOwnProperty", "toString", "valueOf", "prototype", "__defineGetter__"]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_javascript_are_ordinary_names(scratch, name):
    source = (
        "{{ N is defined }}{% set N = 1 %}{{ N }}{{ (d['N'] is defined) if 'N' in d }}{{ d.get('N', '-') }}"
        "{{ 'N' in d }}{{ {'N': 2}['N'] }}{% macro m(N=3) %}{{ N }}{% endmacro %}{{ m() }}{{ m(N=4) }}"
        "{% for N in [5] %}{{ N }}{% endfor %}{% block N %}{{ N }}{% endblock %}"
        "{% with N = 7 %}{{ N }}{% endwith %}{{ xs|map(attribute='N')|join }}"
        "{% for k, v in {'N': '<'}.items() %}{{ k }}{{ v }}{% endfor %}")
    python, javascript = scratch.outcomes(source.replace("N", name), {"d": {"k": 1}, "xs": [{name: 8}]})
    assert isinstance(python, str)
    assert javascript == python


@pytest.mark.parametrize("name", ["__proto__", "constructor", "toString"])
def test_data_may_have_names_of_javascript(scratch, name):
    source = ("{{ N is defined }}{{ d.N is defined }}{{ d['N'] is defined }}"
              "{{ d|length }}{{ d|first|default('-') }}")
    for data in ({"d": {}}, {name: "<", "d": {name: "<"}}):
        python, javascript = scratch.outcomes(source.replace("N", name), data)
        assert javascript == python or "is a method in Python" in str(javascript)


def test_literals_are_safe_where_it_matters():
    assert literal("</SCRIPT>\u2028\ud800<!--") == '"\\u003c/SCRIPT>\\u2028\\ud800\\u003c!--"'
