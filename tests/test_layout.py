"""The shape of the code: imports go one way, one word per feature, small files, nothing left for later."""
from __future__ import annotations

import ast
import graphlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "mentorlog"
WORKER = ROOT / "service_worker"
FOLDERS = ("mentorlog", "service_worker", "static", "templates", "tests", "bench")
MOST_LINES = 300

# A module imports only what stands above it.
ORDER = """
    config clock errors prose zones deadline outgoing logs database models migrations
    records memory sync due access guard bundle packing files manifest htmx pages forms seams jinja_js library
    carried
    settings people goals ways turns agreement partners agenda questions journal times sessions
    today search history versions bin waiting copies knows calendar_feed push mail reminders near
    __init__ demo serving checks cli
""".split()
# Folders of templates that are no feature: what all of them share.
SHARED_TEMPLATES = {"macros", "errors"}
NOT_FINISHED = ["TO" + "DO", "FIX" + "ME", "X" + "XX"]
NO_PROOF = ["pytest" + r"\.skip", "mark" + r"\.skip", "mark" + r"\.xfail", "import" + "orskip",
            "time" + r"\.sleep\(", "wait_for" + "_timeout"]
INLINE = [r"<script(?![^>]*\bsrc=)", r"<style", r"\sstyle=", r"\son[a-z]+=", "hx-on", r'="js:', r"\|\s*safe",
          "csrf_token"]


def files(*endings: str) -> list[Path]:
    """Our own files with these endings: what we took over from others has its own test."""
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in endings]
    return sorted(path for path in [*found, ROOT / "app.py", ROOT / "eslint.config.mjs"]
                  if path.suffix in endings and not {"vendor", "__pycache__", "node_modules"} & set(path.parts))


def named(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def hits(patterns: list[str], paths: list[Path]) -> list[str]:
    """`file:line` of every line that holds one of the patterns."""
    wanted = re.compile("|".join(patterns))
    return [f"{path.relative_to(ROOT)}:{number}" for path in paths
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if wanted.search(line)]


def imports(path: Path) -> set[str]:
    """Full names of the modules of mentorlog that a file imports, wherever in the file it does so."""
    package = ".".join(path.relative_to(ROOT).parent.parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[:len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {base} | {f"{base}.{name.name}" for name in node.names}
    return {name for name in found if name.split(".")[0] == "mentorlog" and is_module(name)}


def is_module(name: str) -> bool:
    path = ROOT / Path(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()


def top(name: str) -> str:
    """The word in ORDER for a module: `mentorlog.sync.apply` is `sync`, `mentorlog` itself `__init__`."""
    return [*name.split("."), "__init__"][1]


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = [path for path in files(".py") if CODE in path.parents and path.parent.name != "migrations"]


def test_every_module_has_its_place_in_the_order():
    assert sorted({top(module_name(path)) for path in MODULES} - set(ORDER)) == []


@pytest.mark.parametrize("path", MODULES, ids=named(MODULES))
def test_a_file_imports_only_what_stands_above_it(path):
    own = top(module_name(path))
    above = ORDER[:ORDER.index(own)]
    # `from . import clock` names the package as well; that alone is no import of create_app.
    used = {top(name) for name in imports(path) if name != "mentorlog"} | uses_create_app(path)
    assert sorted(used - {own} - set(above)) == []


def uses_create_app(path: Path) -> set[str]:
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    return {"__init__" for node in tree if isinstance(node, ast.ImportFrom)
            for name in node.names if name.name == "create_app"}


def test_no_file_imports_itself_through_others():
    graph = {module_name(path): imports(path) - {"mentorlog", module_name(path)} for path in MODULES
             if path.name != "__init__.py"}
    graphlib.TopologicalSorter(graph).prepare()


def test_only_the_clock_reads_the_clock():
    read = [r"datetime\.now\(", r"datetime\.utcnow\(", r"\btime\.time\(", r"date\.today\("]
    allowed = {CODE / "clock.py", CODE / "database.py"}
    assert hits(read, [path for path in MODULES if path not in allowed]) == []


def test_every_folder_of_templates_is_a_feature():
    folders = {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()}
    assert sorted(folder for folder in folders - SHARED_TEMPLATES if not is_module(f"mentorlog.{folder}")) == []


def python_functions(feature: str) -> tuple[list[str], list[str]]:
    """The public functions of a feature in their order, and those among them that are views."""
    source = CODE / f"{feature}.py"
    paths = [source] if source.exists() else sorted((CODE / feature).glob("*.py"))
    found = [node for path in paths for node in ast.parse(path.read_text("utf-8")).body
             if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    views = [node.name for node in found if any("bp." in ast.unparse(one) for one in node.decorator_list)]
    return [node.name for node in found], views


def javascript_functions(feature: str) -> list[str]:
    """What the worker's file of this name exports, in its order, spelt as Python does."""
    pattern = r"^export (?:async )?(?:function\*?|const) (\w+)|^export \{ \w+ as (\w+) \}|^export \{ ([\w, ]+) \} from"
    found = ["".join(match) for match in re.findall(pattern, (WORKER / f"{feature}.js").read_text("utf-8"), re.M)]
    names = [name for several in found for name in several.split(", ")]
    return [re.sub(r"([A-Z])", lambda letter: f"_{letter[1].lower()}", name) for name in names]


ONE_CHANNEL = {"push"}  # what a device does with a message is not what the server does
OFFLINE = [path.stem for path in sorted(WORKER.glob("*.js")) if path.stem not in ONE_CHANNEL
           and is_module(f"mentorlog.{path.stem}") and python_functions(path.stem)[1]]


@pytest.mark.parametrize("feature", OFFLINE)
def test_both_servers_have_the_same_functions_in_the_same_order(feature):
    ours, views = python_functions(feature)
    theirs = javascript_functions(feature)
    assert [name for name in views if name not in theirs] == []
    assert [name for name in ours if name in theirs] == [name for name in theirs if name in ours]


def test_files_are_small():
    large = [path for path in files(".py", ".js", ".mjs", ".css")
             if len(path.read_text("utf-8").splitlines()) > MOST_LINES]
    assert named(large) == []


def test_nothing_is_left_for_later():
    assert hits(NOT_FINISHED, files(".py", ".js", ".mjs", ".css", ".html")) == []


def test_every_test_proves_something():
    assert hits(NO_PROOF, files(".py", ".js", ".mjs")) == []


def test_templates_hold_nothing_that_the_content_policy_forbids():
    assert hits(INLINE, files(".html")) == []
