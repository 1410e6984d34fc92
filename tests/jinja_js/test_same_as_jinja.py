"""Each construct that jinja_js compiles, and each mistake once made with it: the same text as Jinja2."""
import unicodedata

import pytest

ROWS = [{"name": "Zed", "ok": True, "goal": {"text": "g"}}, {"name": "amy", "ok": False, "goal": None}]
OTHERS = {
    "base": (
        "<title>{% block title %}T{% endblock %}</title>{% set y = 1 %}{% block main %}[{{ y }}"
        "{% block deep %}d{% endblock %}]{% endblock %}{{ x|default('none') }}"),
    "middle": "{% extends 'base' %}{% block title %}M {{ super() }}{% endblock %}",
    "part": "({{ x }}{{ y|default('-') }})",
    "macros": (
        "{% set sign = '<' %}{% macro tag(name, title='', tone=sign) %}<{{ name }} title=\"{{ title }}"
        "\">{{ tone }}{% endmacro %}{% macro card(name) %}<b>{{ name }}</b>{{ caller(name, 2) }}"
        "{% endmacro %}"),
    "setting": "{% set x = 'inner' %}{{ x }}",
    "__proto__": "<p>",
}
CASES = {
    # names and scopes
    "a loop's variable ends with it": (
        "{% for x in xs %}{{ x }}{% endfor %}{{ x }}", {"x": "o", "xs": [1, 2]}),
    "set in a loop stays in the loop": (
        "{% set v = 1 %}{% for x in xs %}{% set v = x %}{{ v }}{% endfor %}{{ v }}", {"xs": [7]}),
    "set in an if is seen after it": (
        "{% if x %}{% set v = x %}{% else %}{% set v = 0 %}{% endif %}{{ v }}", {"x": 3}),
    "with sees the names outside": ("{% with v = x, w = 2 %}{{ v }}{{ w }}{% endwith %}", {"x": 1}),
    "set again after it was read": (
        "{{ v }}{% set v = 2 %}{{ v }}{% for x in [1] %}{{ v }}{% endfor %}", {"v": 1}),
    "set after a loop with the same name": (
        "{% for v in xs %}{{ v }}{% endfor %}{% set v = 1 %}{{ v }}", {"xs": [2], "v": 3}),
    "set twice around a loop": (
        "{% set v = 1 %}{% for x in [1] %}{{ v }}{% endfor %}{% set v = 2 %}{{ v }}", {}),
    "a set block is safe text": (
        "{% set v %}<b>{{ x }}</b>{% endset %}{{ v }}{{ v ~ x }}{{ v|length }}", {"x": "<"}),
    "a name of JavaScript": ("{{ constructor is defined }}{% set constructor = 1 %}{{ constructor }}", {}),
    "a name that is no ASCII": ("{{ é }}{% set ñ = 1 %}{{ ñ }}", {"é": "x"}),
    # loops
    "what loop knows": ("{% for x in xs %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}"
                        "{{ loop.length }};{% else %}none{% endfor %}", {"xs": ["a", "b"]}),
    "a loop over nothing": ("{% for x in xs %}{{ x }}{% else %}none{% endfor %}", {"xs": []}),
    "a loop that leaves out": (
        "{% for x in xs if x != 2 %}{{ loop.index }}{{ x }}{% else %}-{% endfor %}", {"xs": [1, 2, 3]}),
    "a loop in a loop": (
        "{% for a in xs %}{% for b in xs if loop.first %}{{ a }}{{ b }}{{ loop.last }}{% endfor %}"
        "{{ loop.last }}{% endfor %}", {"xs": [1, 2]}),
    "loop in a call block": (
        "{% macro m() %}{{ caller() }}{% endmacro %}{% for x in xs %}{% call m() %}{{ loop.index }}"
        "{% endcall %}{% endfor %}", {"xs": [1, 2]}),
    "pairs of a dict": (
        "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}", {"d": {"b": "<", "a": None}}),
    "pairs of a list": ("{% for a, (b, c) in xs %}{{ a }}{{ b }}{{ c }}{% endfor %}", {"xs": [[1, [2, 3]]]}),
    "keys and values": ("{{ d.keys()|join(',') }}{{ d.values()|list|length }}{{ 'a' in d.keys() }}"
                        "{% for v in d.values() %}{{ v }}{% endfor %}", {"d": {"a": 1, "b": 2}}),
    # values
    "how constants print": ("{{ none }}{{ true }}{{ false }}{{ -5 }}{{ 'a' 'b' }}{{ 9007199254740991 }}", {}),
    "adding and taking away": ("{{ n + 1 }}{{ n - 10 }}{{ -n }}{{ 1 + 2 - n }}", {"n": 4}),
    "order": ("{% for x in [1, 2, 3] %}{{ x < 2 }}{{ x <= 2 }}{{ x > 2 }}{{ x >= 2 }};{% endfor %}", {}),
    "truth": (
        "{% for x in xs %}{{ 1 if x else 0 }}{% endfor %}",
        {"xs": ["", "0", 0, 1, [], [0], {}, {"a": 0}, None, False]}),
    "and and or give one of their sides": (
        "{{ a or b }}{{ b and a }}{{ b or missing }}{{ a and missing }}", {"a": "", "b": "x"}),
    "an empty list is not true": (
        "{{ xs or 'x' }}{{ d or 'x' }}{{ 'y' if xs and missing else 'n' }}", {"xs": [], "d": {}}),
    "what is not equal": (
        "{{ 1 == true }}{{ 0 == false }}{{ '1' == 1 }}{{ none == false }}{{ [1] == [true] }}{{ {} == [] }}"
        "{{ {'a': 1, 'b': 2} == {'b': 2, 'a': 1} }}{{ x|e == '&lt;' }}", {"x": "<"}),
    "in": (
        "{{ 'b' in 'abc' }}{{ 'k' in d }}{{ '1' in xs }}{{ true in xs }}{{ 1 in d }}{{ 2 not in (1, 3) }}"
        "{{ 'c' in rows|map(attribute='a') }}",
        {"d": {"k": None, "1": 2}, "xs": [1, None], "rows": [{"a": "c"}]}),
    "a number is no key": ("{{ d.get(1, '-') }}{{ d[1] is defined }}{{ d.get('no') }}", {"d": {"1": "one"}}),
    "get gives None where it stands": ("{{ d.get('a', '-') }}{{ d.get('b', '-') }}", {"d": {"a": None}}),
    "what None has": (
        "{{ goal.text is defined }}{{ goal.text|default('x') }}{{ goal['text'] is defined }}",
        {"goal": None}),
    "elements": ("{{ xs[0] }}{{ xs[-1] }}{{ xs[i] }}{{ xs[9]|default('-') }}{{ d['a b'] }}{{ d[k] }}",
                 {"xs": [1, 2], "i": 1, "d": {"a b": 3, "constructor": 4}, "k": "constructor"}),
    "tests": (
        "{% for x in xs %}{{ x is string }}{{ x is number }}{{ x is boolean }}{{ x is mapping }}"
        "{{ x is none }}{{ x is true }}{{ x is false }}{{ x is eq(1) }}{{ x is ne(1) }}"
        "{{ x is in([1, 'a']) }};{% endfor %}{{ -3 is odd }}{{ 0 is even }}{{ y is undefined }}",
        {"xs": ["a", 1, True, {}, None, False, 0]}),
    # filters
    "text filters": (
        "{{ x|upper }}{{ x|lower }}[{{ x|trim }}]{{ x|length }}{{ x|string }}{{ x|first }}{{ x|last }}",
        {"x": " Aß🎉 "}),
    "filters keep safe text safe": (
        "{{ (x|e)|upper }}{{ (x|e)|lower }}{{ (x|e)|trim }}{{ (x|e)|string }}{{ (x|e)|e }}"
        "{{ (x|e)|length }}", {"x": " <A> "}),
    "join escapes once one part is safe": (
        "{{ [x, y|e]|join(x) }}{{ [x, y]|join(x) }}{{ [x, y]|join(x|e) }}", {"x": "<", "y": "&"}),
    "replace and safe text": (
        "{{ x|replace('a', '<i>') }}{{ x|replace('a', '<i>'|e) }}{{ (x|e)|replace('a', '<i>') }}"
        "{{ x|replace('<'|e, 'y') }}{{ x|replace('zz', '$&$1') }}{{ x|replace('a', '$&$1') }}",
        {"x": "<a>"}),
    "default": (
        "{{ y|default('d') }}{{ y|d(1) }}{{ x|default('d') }}{{ x|default('d', true) }}"
        "{{ none|default('d') }}{{ x|default(boolean=true) }}.", {"x": ""}),
    "lists": (
        "{{ xs|first }}{{ xs|last }}{{ xs|reverse|join }}{{ xs|reverse|first }}{{ xs|list|count }}"
        "{{ d|list|join }}{{ []|first|default('-') }}{{ d|first }}{{ d|last }}{{ d|length }}",
        {"xs": [1, 2, 3], "d": {"a": 1, "b": 2}}),
    "map, select, reject": (
        "{{ xs|map(attribute='name')|join(',') }}{{ xs|selectattr('ok')|map(attribute='name')|first }}"
        "{{ xs|rejectattr('ok')|list|length }}{{ xs|selectattr('name', 'eq', 'amy')|list|length }}"
        "{{ xs|selectattr('goal', 'none')|list|length }}{{ xs|map(attribute='goal')|select|list|length }}"
        "{{ [1, 2, 3]|reject('odd')|join }}{{ ['a', 'b']|select('in', ('b', 'c'))|join }}"
        "{{ xs|selectattr('goal')|map(attribute='goal.text')|join }}", {"xs": ROWS}),
    "urlencode": ("{{ x|urlencode }}{{ 5|urlencode }}{{ none|urlencode }}", {"x": "a/b é?&=~*!'()🎉"}),
    # macros and calls
    "defaults and keywords": (
        "{% macro m(a, b='x', c=b) %}{{ a }}{{ b }}{{ c }};{% endmacro %}{{ m(1) }}{{ m(1, 2) }}"
        "{{ m(c=3, a=1) }}{{ m(b=none, a='<') }}", {}),
    "a missing value given to a default": (
        "{% macro m(a='d') %}{{ a is defined }}{% endmacro %}{{ m(d.no) }}{{ m() }}", {"d": {}}),
    "a macro is safe text": (
        "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m('<') }}{{ m('<') ~ '<' }}{{ m(m('<')) }}", {}),
    "a macro sees the page of its own template": ("{% macro m() %}{{ x }}{% endmacro %}{{ m() }}", {"x": 1}),
    "a macro that calls itself": (
        "{% macro m(n) %}{{ n }}{% if n > 0 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}", {}),
    "an argument that is called like a macro": ("{% macro m(m) %}{{ m }}{% endmacro %}{{ m('a') }}", {}),
    "the same in a call block": (
        "{% macro box() %}[{{ caller() }}]{% endmacro %}{% macro n() %}{% endmacro %}"
        "{% macro m(n) %}{% call box() %}{{ n }}{% endcall %}{% endmacro %}{{ m('a') }}", {}),
    "call blocks": (
        "{% macro m(a) %}[{{ caller(a, 'y') }}]{% endmacro %}{% call(p, q) m(x) %}{{ p }}{{ q }}{{ x }}"
        "{% endcall %}", {"x": "<"}),
    "with and without a caller": (
        "{% macro m() %}{{ caller() if caller is defined else 'none' }}{% endmacro %}{{ m() }}"
        "{% call m() %}<b>{% endcall %}", {}),
    "imported macros": (
        "{% import 'macros' as ui %}{% from 'macros' import tag, card as c %}{{ ui.tag('a', tone='t') }}"
        "{{ tag('b', x) }}{% call(n, m) ui.card(x) %}{{ n }}{{ m }}{% endcall %}{% call(n, m) c('k') %}"
        "{{ n }}{% endcall %}", {"x": "<"}),
    # other templates
    "a child": (
        "{% extends 'base' %}{% set x = 'set' %}{% block title %}{{ super() }}{{ x }}{% endblock %}",
        {"x": "data"}),
    "a grandchild": (
        "{% extends 'middle' %}{% block title %}G {{ super() }}{% endblock %}{% block deep %}{% endblock %}",
        {}),
    "a comment before extends": ("{# why #}\n{% extends 'base' %}", {}),
    "a set of the child before the parent's": (
        "{% extends 'base' %}{% block deep %}{{ y }}{% set y = 2 %}{{ y }}{% endblock %}", {}),
    "an include sees what is in sight": (
        "{% include 'part' %}{% for y in [1, 2] %}{% include 'part' %}{% endfor %}", {"x": "<"}),
    "an include keeps its names": ("{% include 'setting' %}{% include '__proto__' %}{{ x }}", {"x": 1}),
    "a block called constructor": (
        "{% block constructor %}{{ x }}{% endblock %}{% block __proto__ %}{{ x }}{% endblock %}", {"x": 1}),
    "a block in an if": (
        "{% if x %}{% block a %}A{% endblock %}{% endif %}{% if not x %}{% block b %}B{% endblock %}"
        "{% endif %}", {"x": 1}),
    # text
    "literals that could end something": ("</script><!-- \u2028 ` ${x} \\ \" ' {{ '</script>\u2029' }}", {}),
    "white space control": ("a  {%- if x %}  b  {%- endif -%}  c {{- x -}} d", {"x": 1}),
}


@pytest.mark.parametrize("name", CASES)
def test_rendered_alike(scratch, name):
    source, data = CASES[name]
    python, javascript = scratch.outcomes(source, data, OTHERS)
    assert isinstance(python, str), python
    assert javascript == python


def test_trimmed_alike(scratch):
    source = "{% if x %}\n  {% set y = 1 %}\n  {{ y }}\n{% endif %}\n{# c #}\nz\n"
    python, javascript = scratch.outcomes(source, {"x": 1}, trim_blocks=True, lstrip_blocks=True)
    assert javascript == python == "  1\nz"


def test_letters_change_alike(scratch):
    """Every letter of the Latin, Greek, Cyrillic, Armenian, Georgian and Greek Extended blocks."""
    letters = [chr(code) for code in (*range(0x590), *range(0x10A0, 0x1100), *range(0x1E00, 0x2000))
               if unicodedata.category(chr(code)) != "Cn"]
    source = "{% for x in xs %}{{ x|upper }}{{ x|lower }}{{ ('a' ~ x)|lower }};{% endfor %}"
    new = "ƛɤ"  # have capitals since Unicode 16, so in some Pythons only
    python, javascript = scratch.outcomes(source, {"xs": [x for x in letters if x not in new]})
    assert javascript == python


def test_white_space_is_pythons(scratch):
    data = {"xs": [chr(code) + "a" + chr(code) for code in range(0xD800)]}
    python, javascript = scratch.outcomes("{% for x in xs %}{{ x|trim|length }}{% endfor %}", data)
    assert javascript == python


BOTH_RAISE = {
    "a missing value printed": ("{{ x }}", {}), "a missing attribute printed": ("{{ d.x }}", {"d": {}}),
    "an attribute of a missing value": ("{{ x.y is defined }}", {}),
    "a missing value's truth": ("{% if x %}{% endif %}", {}),
    "a loop over a missing value": ("{% for a in x %}{% endfor %}", {}),
    "a missing value joined": ("{{ [x]|join }}", {}),
    "a missing value compared": ("{{ x == 1 }}", {}), "a missing value on the right": ("{{ 1 == x }}", {}),
    "a missing value in a list": ("{{ x in [1] }}", {}),
    "a missing value as key": ("{{ x in d }}{{ d.get(x) }}", {"d": {}}),
    "a missing length": ("{{ x|length }}", {}),
    "a missing filter argument": ("{{ 'a'|replace('a', x) }}", {}),
    "a missing default": ("{{ x|default(y) }}", {}), "a missing separator": ("{{ [1, 2]|join(x) }}", {}),
    "a missing caller": ("{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}", {}),
    "an unpacking": ("{% for a, b in x %}{% endfor %}", {"x": [[1]]}),
    "super of nothing": ("{% block a %}{{ super() }}{% endblock %}", {}),
    "order of kinds": ("{{ 1 < 'a' }}", {}),
    "order of nothing": ("{{ none < 1 }}", {}),
    "get of a text": ("{{ 'a'.get('x') }}", {}),
    "a loop over a number": ("{% for a in 5 %}{% endfor %}", {}),
    "an unknown macro at that time": ("{{ m() }}{% macro m() %}{% endmacro %}", {}),
    "text minus number": ("{{ x - 1 }}", {"x": "a"}),
}


@pytest.mark.parametrize("name", BOTH_RAISE)
def test_both_raise(scratch, name):
    python, javascript = scratch.outcomes(*BOTH_RAISE[name])
    assert isinstance(python, Exception)
    assert isinstance(javascript, Exception)


STOPPED = {
    "half and half": ("{{ x + x }}", {"x": 0.5}),
    "a float": ("{{ x }}", {"x": 2.5}),
    "a large integer": ("{{ x }}", {"x": 2**60}),
    "a sum too large": ("{{ x + x }}", {"x": 2**52}),
    "a list": ("{{ x }}", {"x": [1]}),
    "a dict": ("{{ x ~ '' }}", {"x": {}}),
    "joined texts": ("{{ x + x }}", {"x": "a"}),
    "keys that JavaScript reorders": ("{% for k in d %}{{ k }}{% endfor %}", {"d": {"9": 1, "2": 1}}),
    "a missing key that names a method": ("{{ d[k] is defined }}", {"d": {}, "k": "items"}),
    "order of texts": ("{{ x < 'b' }}", {"x": "a"}),
    "a list's own attribute": ("{{ x.count is defined }}", {"x": [1]}),
    "an element of a text": ("{{ x[0] }}", {"x": "ab"}),
    "a loop over a text": ("{% for c in x %}{{ c }}{% endfor %}", {"x": "ab"}),
    "nothing replaced": ("{{ 'ab'|replace(x, '-') }}", {"x": ""}),
}


@pytest.mark.parametrize("name", STOPPED)
def test_stopped_rather_than_different(scratch, name):
    python, javascript = scratch.outcomes(*STOPPED[name])
    assert isinstance(python, str)
    assert "template: " in str(javascript)
