"""What the runtime promises to the app beside equal text."""
import gzip

import pytest
from markupsafe import Markup

from mentorlog.jinja_js import compile_templates
from mentorlog.jinja_js.subset import FILTERS
from tests.jinja_js.both import NO_RULES, environment
from tests.jinja_js.node import WORKER, JavaScriptError, node, worker_folder

MOST_BYTES = 6000  # the runtime, packed; it is read at every start of the worker

TOOLS = """
import {{ Safe, environment }} from './jinja/runtime.js';
import {{ filters }} from './jinja/filters.js';
import {{ templates }} from './templates.js';
const {{ render, has }} = environment(templates, {{
  filters: {{ strong: (text) => new Safe(`<b>${{text}}</b>`), dated: (...given) => JSON.stringify(given) }},
  functions: {{ address: (...given) => JSON.stringify(given) }},
}});
export const names = () => Object.keys(filters);
export {{ render, has }};
"""


def strong(text):
    return Markup(f"<b>{text}</b>")


def bound(sources: dict[str, str]):
    """A module that renders sources with the filters strong and dated, and the function address."""
    env = environment(sources)
    env.filters |= {"strong": strong, "dated": lambda value, style="short", zone=None: value}
    folder = worker_folder(urls=NO_RULES)
    compiled = compile_templates(env, sources, ["strong", "dated"], ["address"])
    (folder / "templates.js").write_text(compiled, "utf-8")
    (folder / "bound.js").write_text(TOOLS.replace("{{", "{").replace("}}", "}"), "utf-8")
    return folder / "bound.js"


def test_every_filter_of_the_subset_exists_on_both_sides():
    assert sorted(node().call(bound({"t": ""}), "names")) == sorted(FILTERS)
    assert environment({}).filters.keys() >= FILTERS.keys()


def test_a_filter_may_make_html():
    module = bound({"t": "{{ x|strong }}{{ x|strong ~ '<' }}"})
    assert node().call(module, "render", "t", {"x": "a"}) == "<b>a</b><b>a</b>&lt;"


def test_keywords_and_defaults_arrive_in_python_s_order():
    source = "{{ 1|dated(zone='z')|replace('\"', '') }} {{ address('e', 2, b=x, a=none)|replace('\"', '') }}"
    module = bound({"t": source})
    assert node().call(module, "render", "t", {"x": True}) == "[1,short,z] [e,2,{b:true,a:null}]"


@pytest.mark.parametrize("call", ["x|dated", "1|dated(x)", "address(x)", "address(a=x)"])
def test_no_missing_value_reaches_the_app(call):
    with pytest.raises(JavaScriptError, match="a missing value was used"):
        node().call(bound({"t": "{{ " + call + " }}"}), "render", "t", {})


def test_it_knows_which_templates_it_has():
    module = bound({"journal/index.html": ""})
    assert node().call(module, "has", "journal/index.html") is True
    assert [node().call(module, "has", name) for name in ("nope", "constructor", "__proto__")] == [False] * 3
    with pytest.raises(JavaScriptError, match="no template nope"):
        node().call(module, "render", "nope", {})


def test_data_is_left_as_it_was():
    loop = "{% for x in xs|reverse %}{% set x = 2 %}{% endfor %}"
    module = bound({"t": "{% set d = 1 %}" + loop + "{{ xs|join }}{{ d }}"})
    assert [node().call(module, "render", "t", {"xs": [1, 2], "d": 0}) for _ in range(2)] == ["121", "121"]


def test_the_runtime_is_light():
    source = b"".join(path.read_bytes() for path in sorted((WORKER / "jinja").glob("*.js")))
    assert len(gzip.compress(source, 9)) <= MOST_BYTES
