"""Some hundred random templates, the same in every run; more with --long: equal text, or two errors."""
from collections import Counter

import pytest
from jinja2 import TemplateError

from mentorlog.jinja_js import Unsupported
from mentorlog.jinja_js.library import Library
from mentorlog.jinja_js.statements import Statements
from tests.jinja_js.both import Outcome, Scratch, Twins, environment
from tests.jinja_js.random_templates import DATA, OTHERS, Grammar

COUNT = 100
ENOUGH = 60  # of them render without an error


def verdict(python: Outcome, javascript: Outcome) -> str:
    if isinstance(python, Exception):
        return "both raise" if isinstance(javascript, Exception) else "only Python raises"
    if isinstance(javascript, Exception):
        return "stopped" if "template: " in str(javascript) else f"broken: {javascript}"
    return "same" if python == javascript else "different"


def compilable(twins: Twins, names: list[str]) -> list[str]:
    """The templates that neither Jinja2 nor jinja_js refuses."""
    library, found = Library(twins.env, twins.env.list_templates(), (), ()), []
    for name in names:
        try:
            twins.env.get_template(name)
            Statements(library, name).compiled()
        except (Unsupported, TemplateError):
            continue
        found.append(name)
    return found


def compare(scratch: Scratch, seeds: range, trim: bool) -> Counter[str]:
    """How many templates ended how. A seed that ends otherwise is in the failure's text."""
    sources = {str(seed): Grammar(seed).template() for seed in seeds}
    twins = Twins(environment({**OTHERS, **sources}, trim_blocks=trim, lstrip_blocks=trim), scratch.folder)
    names = compilable(twins, list(sources))
    twins.compile([*OTHERS, *names])
    ends = {name: verdict(*twins.outcomes(name, DATA)) for name in names}
    wrong = {name: end for name, end in ends.items() if end not in ("same", "both raise", "stopped")}
    assert not wrong, {name: (end, sources[name]) for name, end in wrong.items()}
    return Counter(ends.values())


@pytest.mark.parametrize("trim", [False, True])
def test_random_templates_render_alike(scratch, trim):
    seeds = range(COUNT) if trim else range(COUNT, 2 * COUNT)
    assert compare(scratch, seeds, trim)["same"] >= ENOUGH


@pytest.mark.long
@pytest.mark.parametrize("start", range(1000, 11_000, 500))
def test_many_random_templates_render_alike(scratch, start):
    assert compare(scratch, range(start, start + 500), trim=start % 1000 == 0)["same"] >= 300
