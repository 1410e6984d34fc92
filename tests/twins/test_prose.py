"""prose.py and prose.js: the same clean text, the same folds and hits, the same safe HTML."""
from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

import pytest

from mentorlog import prose
from tests.twins.documents import documents

Twin = Callable[[str, str, list[list[Any]]], list[Any]]
FOLDS = r"""(prose, first, past) => {
  const folds = [];
  for (let code = first; code < past; code += 1) {
    const char = String.fromCodePoint(code);
    folds.push(/\p{Cn}|\p{Cs}/u.test(char) ? null : prose.fold(char));
  }
  return folds;
}"""
SEARCH = """(prose, text, query, length) => {
  const words = prose.words(query);
  return [words, prose.find(words, prose.fold(text)), prose.mark(text, words), prose.excerpt(text, words, length),
    prose.snippet(text, length), prose.plain(text)];
}"""
QUERIES = [
    "a", "E\u0301 b", "ﬁ f", "ß", "😀", "한", "ς Σ", "mailto", "__proto__ constructor", "[", " ",
    "word WORD", "\u0301",
]
NEAR = """(prose, word, texts) => {
  const counts = new Map();
  const words = texts.flatMap((text) => prose.vocabulary(prose.fold(text)));
  for (const one of words) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [[...counts.keys()], prose.nearest(word, counts)];
}"""
IS_WORD = r"""(prose, first, past) => {
  const found = [];
  for (let code = first; code < past; code += 1) {
    const char = String.fromCodePoint(code);
    found.push(/\p{Cn}|\p{Cs}/u.test(char) ? null : prose.vocabulary(char.repeat(4)).length > 0);
  }
  return found;
}"""
TAGS = {"p", "br", "h2", "h3", "em", "strong", "s", "a", "ul", "ol", "li", "blockquote", "pre", "code", "hr",
        "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href", "rel", "title"}, "ol": {"start"}}
ATTACKS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))",
    "[a](JAVASCRIPT:alert(1))", "[a](java\nscript:alert(1))", "[a](&#106;avascript:alert(1))",
    "[a](&#x6a;avascript&colon;alert(1))", "<javascript:x>", "[a](<javascript:alert(1)>)",
    "[a]( javascript:x)", "[a](\x01javascript:x)", "[a](data:text/html;base64,PHN2Zz4=)",
    "[a](vbscript:x)", "[a](//evil.example)", "[a](/sign-out)", "[a](https:sign-out)",
    "[a](https:/sign-out)", "[a](https:///sign-out)", "[a](https:\\sign-out)", "[a](http://)", "[a](#x)",
    "[a](?x)", "[a][x]\n\n[x]: javascript:x", '[a](http://b "x\\" onclick=alert(1) \\"")',
    '[a](http://b"onclick="alert(1))', "[a](http://b'onclick='alert(1))", '<http://b"onclick=alert(1)>',
    '```"><script>\nx\n```', "```\n</code></pre><script>\n```", "`</code><script>`",
    "![a](http://tracker)", "![a](javascript:x)", "[![a](http://x)](http://b)", "|a|\n|:-:|\n|<script>|",
    "# <script>", "<!--><script>-->", "<![CDATA[<script>]]>", "<?php ?>", "&lt;script&gt;",
    "&#60;script&#62;", "<svg/onload=alert(1)>",
]
HOSTILE = [
    "[", "[a](", "![", "[[a](b)", "`", "a`b``", "*a ", "**a", "*_", "~~a~~", "<", "<http:", "\\", "> ",
    "- ", "a|", "- - a\n", "1. a\n", "| a\n", "a|b\n-|-\n", "```\n", "#", "a\n", "[a](http://b ",
]


class Safe(HTMLParser):
    """Reads HTML and takes nothing that is not allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES.get(tag, set()), attrs
        if tag == "a":
            self.check_link(dict(attrs))
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def check_link(self, attributes: dict[str, str | None]) -> None:
        address = urlsplit(attributes["href"] or "")
        assert address.scheme in ("http", "https", "mailto"), address
        assert address.netloc or address.scheme == "mailto", address
        assert attributes["rel"] == "noopener noreferrer nofollow ugc"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def check(html: str) -> None:
    reader = Safe()
    reader.feed(html)
    reader.close()
    assert not reader.open


def test_text_is_cleaned_alike(twin: Twin) -> None:
    texts = ["a\r\nb\rc\n", "\0", "\ud83d", "a\udc00b", "\ud800\r", "é e\u0301 \u2028\ufeff\x85", "😀", ""]
    texts += documents(1, 500)
    cleaned = twin("prose.js", "(prose, text) => prose.clean(text)", [[text] for text in texts])
    assert cleaned == list(map(prose.clean, texts))
    assert prose.clean("a\r\nb\rc\n\0\ud83d😀") == "a\nb\nc\n\ufffd\ufffd😀"


def test_every_code_point_that_both_know_folds_alike(twin: Twin) -> None:
    blocks = [[first, first + 0x1000] for first in range(0, 0x110000, 0x1000)]
    theirs = [fold for block in twin("prose.js", FOLDS, blocks) for fold in block]
    both = [code for code, fold in enumerate(theirs) if fold is not None and unicodedata.category(chr(code)) != "Cn"]
    assert len(both) > 280_000
    assert [chr(code) for code in both if prose.fold(chr(code)) != theirs[code]] == []


def test_a_text_folds_as_its_code_points_do_and_only_once(twin: Twin) -> None:
    texts = ["ΟΔΟΣ ὈΔΌΣ. Σ ΑΣ", "İI ıi ẞß", "e\u0323\u0301 \u0344", "ﬁﬃ ㎏ ½", "Ǆ ǅ", *documents(2, 1000)]
    wholes = twin("prose.js", "(prose, text) => prose.fold(text)", [[text] for text in texts])
    pieces = twin("prose.js", "(prose, text) => Array.from(text, prose.fold).join('')", [[text] for text in texts])
    assert wholes == pieces == list(map(prose.fold, texts)) == ["".join(map(prose.fold, text)) for text in texts]
    assert list(map(prose.fold, wholes)) == wholes
    assert prose.fold("ΛΌΓΟΣ Łódź Straße ﬁ") == "λογοσ łodz straße fi"


def test_search_finds_and_marks_alike(twin: Twin) -> None:
    picked = random.Random(3)
    texts = [prose.clean(text) for text in documents(3, 3000)]
    rows = [[text, picked.choice(QUERIES), picked.choice([5, 20, 60, 160])] for text in texts]
    assert twin("prose.js", SEARCH, rows) == [searched(*row) for row in rows]


def searched(text: str, query: str, length: int) -> list[Any]:
    words = prose.words(query)
    pieces = [list(map(list, marked)) for marked in (prose.mark(text, words), prose.excerpt(text, words, length))]
    assert "".join(piece for piece, _ in pieces[0]) == text
    assert len("".join(piece for piece, _ in pieces[1])) <= length + 2
    return [words, prose.find(words, prose.fold(text)), *pieces, prose.snippet(text, length), prose.plain(text)]


def test_both_take_the_same_for_a_word(twin: Twin) -> None:
    blocks = [[first, first + 0x1000] for first in range(0, 0x110000, 0x1000)]
    theirs = [found for block in twin("prose.js", IS_WORD, blocks) for found in block]
    both = [code for code, found in enumerate(theirs) if found is not None and unicodedata.category(chr(code)) != "Cn"]
    assert [chr(code) for code in both if bool(prose.vocabulary(chr(code) * 4)) != theirs[code]] == []


def test_both_offer_the_same_spelling(twin: Twin) -> None:
    picked = random.Random(6)
    words = ["release", "released", "relaese", "sentence", "sentences", "straße", "größe", "λόγος", "решение",
             "😀😀😀😀", "\U0001d6a8\U0001d6a8ab\U0001d6a8", "word", "ward", "sword", "wrod"]
    texts = [[" ".join(picked.choices([*words, *documents(5, 30)], k=9)) for _ in range(4)] for _ in range(60)]
    rows = [[spoiled(picked, prose.fold(picked.choice(words))), found] for found in texts for _ in range(20)]
    said = twin("prose.js", NEAR, rows)
    assert said == [near(*row) for row in rows]
    assert len([best for _, best in said if best]) > 200


def spoiled(picked: random.Random, word: str) -> str:
    """The word with a slip or two."""
    for _ in range(picked.choice([1, 1, 1, 2])):
        at = picked.randrange(len(word))
        word = picked.choice([word[:at] + word[at + 1:], word[:at] + "x" + word[at:], word[:at] + "é" + word[at + 1:],
                              word[:at] + word[at + 1:at + 2] + word[at:at + 1] + word[at + 2:]]) or "x"
    return word


def near(word: str, texts: list[str]) -> list[Any]:
    counts: dict[str, int] = {}
    for one in [one for text in texts for one in prose.vocabulary(prose.fold(text))]:
        counts[one] = counts.get(one, 0) + 1
    return [list(counts), prose.nearest(word, counts)]


def test_a_slip_is_one_letter_more_less_or_another_or_two_that_changed_places() -> None:
    counts = {"release": 2, "releases": 1}
    slips = ["relase", "releaase", "relesse", "reelase", "xrelease", "eleases"]
    assert [prose.nearest(slip, counts) for slip in slips] == ["release"] * 5 + ["releases"]
    assert [prose.nearest(word, counts) for word in ("rleeaes", "rel", "", "😀")] == [""] * 4
    assert prose.nearest("wards", {"words": 1, "ward": 1}) == "words"  # as often: the one that comes first
    assert prose.nearest("rel", {"rely": 1}) == ""  # too short to tell


def test_both_search_for_the_same_of_what_was_typed(twin: Twin) -> None:
    typed = ["", "a" * 201, "😀" * 201, "a" + "😀" * 250, "\r\n" * 300, "\ud83d" * 300, "a\0b", "e\u0301" * 150,
             *documents(7, 300), *(text * 20 for text in documents(8, 100))]
    said = twin("prose.js", "(prose, text) => prose.query(text)", [[text] for text in typed])
    assert said == list(map(prose.query, typed))
    assert prose.query("x" * 10_000) == "x" * 200


def test_marks_cover_what_was_written() -> None:
    assert prose.mark("Cafe\u0301 café CAFE", ["cafe"]) == [
        ("Cafe\u0301", True), (" ", False), ("café", True), (" ", False), ("CAFE", True)]
    assert prose.mark("ﬁne", ["f"]) == [("ﬁ", True), ("ne", False)]
    assert prose.mark("abc", ["ab", "bc"]) == [("abc", True)]
    assert prose.mark("", ["a"]) == []
    assert prose.mark("nothing", []) == [("nothing", False)]


def test_every_word_must_be_in_the_text() -> None:
    folded = prose.fold("Meet Ágnes\non Monday")
    assert prose.find(prose.words("agnes  MEET\tagnes"), folded)
    assert not prose.find(prose.words("agnes tuesday"), folded)
    assert prose.words(" \u00a0\n") == []


def test_an_excerpt_surrounds_the_first_hit() -> None:
    end = "then the [Needle](https://a.example) and the rest, which is cut where sixty are full."
    pieces = prose.excerpt("Ä **long** way, " * 3000 + end, ["needle"], 60)
    assert pieces == [("…then the ", False), ("Needle", True), (" and the rest, which is cut where sixty are…", False)]
    assert prose.excerpt("Short.", ["nowhere"], 60) == [("Short.", False)]


def test_a_snippet_is_the_start_in_plain_words() -> None:
    text = "# What stuck\n\n- **ask _first_**\n> `not` [later](https://a.example \"t\")\n---\n2 * 3 = snake_case \\*\n"
    assert prose.snippet(text, 100) == "What stuck ask first not later 2 * 3 = snake_case *"
    assert prose.snippet("one two three", 9) == "one two…"
    assert prose.snippet("one two", 7) == "one two"
    assert prose.snippet("😀" * 10, 4) == "😀😀😀😀…"


def test_markdown_is_alike_and_safe(twin: Twin) -> None:
    texts = ATTACKS + documents(4, 6000)
    ours = [str(prose.markdown(text)) for text in texts]
    assert twin("prose.js", "(prose, text) => prose.markdown(text)", [[text] for text in texts]) == ours
    for html in ours:
        check(html)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_makes_a_link_or_an_image(attack: str) -> None:
    html = str(prose.markdown(attack))
    check(html)
    assert "<img" not in html
    assert "<a " not in html or 'href="http' in html


def test_markdown_keeps_what_a_person_meant() -> None:
    assert prose.markdown("# A\n### B\n**c** _d_ ~~e~~ `f`\ng") == (
        "<h2>A</h2>\n<h3>B</h3>\n<p><strong>c</strong> <em>d</em> <s>e</s> <code>f</code><br>\ng</p>\n")
    assert prose.markdown("a\n---\n> b\n\n3. c\n\n- d") == (
        "<p>a</p>\n<hr>\n<blockquote>\n<p>b</p>\n</blockquote>\n"
        '<ol start="3">\n<li>c</li>\n</ol>\n<ul>\n<li>d</li>\n</ul>\n')
    assert prose.markdown("[ü](https://a.example/ü?b=\u00a0&c)") == (
        '<p><a href="https://a.example/%C3%BC?b=%C2%A0&amp;c" rel="noopener noreferrer nofollow ugc">ü</a></p>\n')
    assert prose.markdown("Bonjour\u00a0! &amp; <b>\u3000") == "<p>Bonjour\u00a0! &amp;amp; &lt;b&gt;\u3000</p>\n"
    assert prose.markdown("```py\nx\n```\n|a|\n|-:|\n|b|") == (
        "<pre><code>x\n</code></pre>\n<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n"
        "<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n")


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_costs_in_proportion_to_its_length(unit: str) -> None:
    short, long = (lines_run((unit * size)[:size]) for size in (1000, 2000))
    assert long < 2.5 * short


def lines_run(text: str) -> int:
    """How many lines of Python `markdown` runs: a measure that does not depend on the machine."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        prose.markdown(text)
    finally:
        sys.settrace(before)
    return count
