"""The modules of the worker as one file: one request instead of ninety, and a text that packs better than its parts.

Each module becomes a function that returns what it exports. They run in the order in which they need one another; as
none needs itself on the way, and nothing exported is assigned a second time, a constant does for an import.
"""
from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter

IMPORT = re.compile(r"^import (?:\* as (?P<all>\w+)|(?P<default>\w+)|{(?P<names>[^}]*)}) from '(?P<of>[^']+)';", re.M)
MADE = re.compile(r"^export (?=(?:const|class|(?:async )?function\*?) (?P<name>\w+))", re.M)
PASSED_ON = re.compile(r"^export (?:{(?P<names>[^}]*)}|\*)(?: from '(?P<of>[^']+)')?;", re.M)
NEEDED = re.compile(r"^(?:import|export) [^;'\"]*? from '([^']+)';", re.M)
LEFT = re.compile(r"^(?:import|export)\b.*", re.M)
COMMENT = re.compile(r"""
    ^[ \t]*(?://.*|/\*\*(?:(?!\*/)(?s:.))*\*/[ \t]*)$     # lines of comment
    |(?<=[;,{}()\[\]])[ ]//[ ][^'"`\n]*$                   # behind code; one with a quote may stand in a text
    |(?:^|(?<=[\s(\[,]))/\*\*[ ]@type[ ](?:(?!\*/).)*\*/[ ]  # what the next word is, for tsc
    """, re.M | re.X)
AS_IT_IS = ("vendor/", "generated/")  # with the notices of its authors; without comments


def bundle(modules: Mapping[str, str], entry: str) -> str:
    """One module that does what the module `entry` does; it exports them all, by name, to who looks into it.

    :param modules: name, such as `goals/chart.js`, to source
    :raise SyntaxError: a module says `import` or `export` in a way that is not known here
    :raise graphlib.CycleError: modules import one another in a circle
    """
    order = TopologicalSorter(needed(modules, entry)).static_order()
    made = (f"modules['{name}'] = (() => {{\n{as_function(name, modules[name])}}})();\n" for name in order)
    return f"const modules = {{}};\n{''.join(made)}export {{ modules }};\n"


def bare(source: str) -> str:
    """A script without the comments that are told for sure, a fifth of its weight when packed. Lines keep their
    numbers."""
    return COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source)


def needed(modules: Mapping[str, str], entry: str) -> dict[str, list[str]]:
    """Each module that `entry` needs, with those that it imports itself."""
    found: dict[str, list[str]] = {}
    left = [entry]
    while left:
        name = left.pop()
        found[name] = [at(name, asked) for asked in NEEDED.findall(modules[name])]
        left += [one for one in found[name] if one not in found]
    return found


def at(name: str, asked: str) -> str:
    """The name of what is asked for from the module `name`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), asked))


def as_function(name: str, source: str) -> str:
    """What stands in the function: the module with constants for its imports, and its exports at the end."""
    given = [found["name"] for found in MADE.finditer(source)]
    given += [one for found in PASSED_ON.finditer(source) for one in passed_on(name, found)]
    body = PASSED_ON.sub("", MADE.sub("", IMPORT.sub(lambda found: imported(name, found), source)))
    if left := LEFT.search(body):
        raise SyntaxError(f"{name}: bundle.py does not know {left[0]!r}")
    text = body if name.startswith(AS_IT_IS) else bare(body)
    return f"{text.rstrip()}\nreturn {{ {', '.join(given)} }};\n"


def imported(name: str, found: re.Match[str]) -> str:
    """`import { a, b as c } from './d.js'` as a constant."""
    names = f"default as {found['default']}" if found["default"] else found["names"]
    what = found["all"] or "{" + re.sub(r"\s+as\s+", ": ", names) + "}"
    return f"const {what} = {module(name, found['of'])};"


def passed_on(name: str, found: re.Match[str]) -> Iterator[str]:
    """`export { a as b }`, `export { a } from './d.js'` and `export * from './d.js'`, as parts of an object."""
    whose = module(name, found["of"]) if found["of"] else ""
    if not found["names"]:
        yield f"...{whose}"
        return
    for inner, _, outer in (one.strip().partition(" as ") for one in found["names"].split(",") if one.strip()):
        yield f"{outer or inner}: {whose}{whose and '.'}{inner}"


def module(name: str, asked: str) -> str:
    """Where the exports of another module are."""
    return f"modules['{at(name, asked)}']"
