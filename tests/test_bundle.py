"""The worker in one file does what its modules do, and says all that they say."""
from __future__ import annotations

from graphlib import CycleError
from itertools import zip_longest

import pytest
from playwright.sync_api import Browser, Route
from pygments.lexers import JavascriptLexer
from pygments.token import Comment, Error, Whitespace

from mentorlog import files, near
from mentorlog.bundle import bare, bundle
from mentorlog.jinja_js.statements import HEADER

FORMS = {
    "entry.js": "import { one, two as twice } from './folder/a.js';\nimport * as all from './b.js';\n"
                "import given from './b.js';\nimport {\n  later,\n} from './b.js';\n"
                "export const said = [one, twice(), all.Thing.name, given, await0(later), all.one];\n"
                "function await0(get) { return typeof get(); }\nexport { said as again };\n",
    "folder/a.js": "// one of\n/** two\n * lines */\nexport const one = '// 1'; // stays\n"
                   "export function two() { return 2; }\n",
    "b.js": "export class Thing {}\nexport async function later() {}\nconst found = 5;\nexport { found as default };\n"
            "export * from './folder/a.js';\nexport { two } from './folder/a.js';\n",
}
LOADED = """async names => Promise.all(names.map(async name => {
  const found = await import(`/${name}`);
  return [name, Object.keys(found).sort(), found];
})).then(all => Object.fromEntries(all.map(([name, keys, { said }]) => [name, { keys, said }])))"""
INSIDE = """async () => {
  const { modules } = await import('/bundle');
  return Object.fromEntries(Object.entries(modules).map(
    ([name, found]) => [name, { keys: Object.keys(found).sort(), said: found.said }]));
}"""


def looked_into(browser: Browser, modules: dict[str, str], entry: str) -> tuple[dict, dict]:
    """What each module exports by itself, and what it exports in the one file."""
    served = {f"/{name}": source for name, source in modules.items()} | {"/bundle": bundle(modules, entry)}

    def reply(route: Route) -> None:
        name = route.request.url.partition("//")[2].partition("/")[2]
        if name:
            route.fulfill(body=served[f"/{name}"], content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>bundle</title>", content_type="text/html")

    page = browser.new_page()
    page.route("**/*", reply)
    page.goto("http://127.0.0.1/")
    inside = page.evaluate(INSIDE)
    alone = page.evaluate(LOADED, list(inside))
    page.close()
    return alone, inside


def test_every_form_of_import_and_export_gives_the_same(browser):
    alone, inside = looked_into(browser, FORMS, "entry.js")
    assert alone == inside and list(inside) == ["folder/a.js", "b.js", "entry.js"]
    assert inside["entry.js"]["said"] == ["// 1", 2, "Thing", 5, "object", "// 1"]


def test_the_worker_exports_in_one_file_what_it_exports_in_ninety(browser, app):
    modules = near.modules(app)
    alone, inside = looked_into(browser, modules, "worker.js")
    assert {name: found["keys"] for name, found in alone.items()} == {
        name: found["keys"] for name, found in inside.items()}
    assert set(modules) - set(inside) == {"farewell.js"}


@pytest.mark.parametrize("line", [
    "export let count = 0;", "import './for-its-effect.js';", "export const [one, two] = [1, 2];",
    "export default 5;", 'import { one } from "./quoted.js";'])
def test_what_is_not_known_is_said_in_words(line):
    with pytest.raises(SyntaxError, match=r"entry\.js: bundle\.py does not know"):
        bundle({"entry.js": f"const zero = 0;\n{line}\n"}, "entry.js")


def test_modules_that_need_one_another_are_refused():
    with pytest.raises(CycleError):
        bundle({"a.js": "import { b } from './b.js';", "b.js": "import { a } from './a.js';"}, "a.js")


def test_code_behind_a_comment_stays():
    assert bare("/** @type {any} */ (window).x = 1;\n/** two */\n  // three\ny();\n/** four\n */\n") == (
        "(window).x = 1;\n\n\ny();\n\n\n")


def test_code_before_a_comment_stays():
    assert bare("const one = [ // ms\n  2, // of 'two'\n]; // https://x.example/\nf('a; // b');\n") == (
        "const one = [\n  2, // of 'two'\n];\nf('a; // b');\n")
    assert bare("all.map((/** @type {any} */ one, /** @type {'a'|'b'} */ [two]) => one /** 3 */);\n") == (
        "all.map((one, [two]) => one /** 3 */);\n")


def tokens(source: str) -> list[tuple[str, str, int]]:
    """Kind, text and line of every token that is no comment, as Pygments reads them; it comes with pytest."""
    found, line = [], 1
    for kind, text in JavascriptLexer(stripnl=False, ensurenl=False).get_tokens(source):
        assert kind is not Error, f"Pygments cannot read line {line}: {text}"
        if text and kind not in Comment and kind not in Whitespace:
            found.append((str(kind), text, line))
        line += text.count("\n")
    return found


def altered(source: str) -> list[tuple]:
    """The first token that stands otherwise, or on another line, without the comments; empty where none does."""
    pairs = zip_longest(tokens(source), tokens(bare(source)))
    return [pair for pair in pairs if pair[0] != pair[1]][:1]


@pytest.mark.parametrize("path", [
    *sorted(path for path in near.WORKER_FILES.rglob("*.js") if path.parent.name != "vendor"),
    *sorted((files.STATIC / "js").glob("*.js"))], ids=lambda path: path.stem)
def test_only_comments_go_and_lines_keep_their_numbers(path):
    source = path.read_text("utf-8")
    assert altered(source) == [] and bare(source).count("\n") == source.count("\n")


def test_nothing_goes_from_what_is_generated_but_its_header(app):
    made = {name: source.removeprefix(HEADER) for name, source in near.generated(app).items()}
    assert {name for name, source in made.items() if bare(source) != source} == set()


@pytest.mark.parametrize("code", [
    "const one = `\n// ${two}`;", "const one = `\n/** two */\n`;", "const one = f(`[ // two\n`);",
    "const one = /[ /** @type {any} */ ]/;"])
def test_a_text_that_looks_like_a_comment_is_noticed(code):
    assert altered(code) != []
