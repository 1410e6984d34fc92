"""What people write: cleaned at the form, folded for search, shown as HTML. Twin: service_worker/prose.js."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

BROKEN = re.compile("[\0\ud800-\udfff]")
FIRST_MARK = "\u0300"
WORD = re.compile(r"\w+")
LONGEST_QUERY = 200
SHORTEST_WORD = 4  # a slip in a shorter one makes another word
# Space that only one of the two languages trims. The parsers see it as the noncharacters U+FDD0 ... instead.
ODD = ("\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
       "\u2028\u2029\u202f\u205f\u3000\ufeff")
HIDE = {ord(char): 0xFDD0 + at for at, char in enumerate(ODD)}
SHOW = {hidden: odd for odd, hidden in HIDE.items()}
SPACE = re.compile(f"[\t\n\r {ODD}]+")
PAIR = r"(?<![\\A-Za-z0-9])(\*{1,3}|_{1,3}|~~|`)(?![ \n])([^\n]{1,300}?)(?<![\\ \n])\1(?![A-Za-z0-9])"
SIGNS = [(re.compile(signs), kept) for signs, kept in [
    (r"(?<![^\n])[ \t]*(?:```|~~~)[^\n]*", ""),  # a fence
    (r"(?<![^\n])[-*_=|: \t]+(?![^\n])", ""),  # a rule, the second line of a table
    (r"(?<![^\n])(?:[ \t]*(?:#{1,6}(?= )|>|[-*+](?= )))+", ""),  # headings, quotes, bullets
    (r"\[([^\[\]\n]*)\]\([^()\n]*\)", r"\1"),  # a link
    (r"<([a-z]+:[^<> \n]*)>", r"\1"),
    (PAIR, r"\2"),
    (PAIR, r"\2"),  # one inside the other
    (r"\\([!-/:-@\[-`{-~])", r"\1"),  # an escape
]]
STEP = 500
RULES = ["autolink", "backticks", "blockquote", "emphasis", "escape", "fence", "heading", "hr", "link", "list",
         "newline", "strikethrough", "table"]
HEADINGS = {"h1": "h2", "h2": "h2"}
ADDRESS = re.compile(r"(?:https?://[^/?#%]|mailto:.)", re.IGNORECASE)
UNSAFE = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z~]")


def clean(text: str) -> str:
    """Return the text as it is stored: lines end in LF, NUL and lone surrogates are U+FFFD, no more.

    Both servers clean at the form; /sync refuses what this would change (sync.md, "How fields join").
    """
    return BROKEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def fold(text: str) -> str:
    """Return what search compares: NFKD, no marks (category M), lower case, one sigma.

    Every code point folds by itself, `fold(a + b) == fold(a) + fold(b)`: NFKD reorders nothing but marks, and
    the sigma is the only letter that is lowered by its place in a word.
    """
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text)
    for char in {char for char in set(bare) if char >= FIRST_MARK and unicodedata.category(char)[0] == "M"}:
        bare = bare.replace(char, "")
    return bare.lower().replace("ς", "σ")


def query(typed: str) -> str:
    """Return what is searched for of what was typed: clean, and not too long."""
    return clean(typed)[:LONGEST_QUERY]


def words(query: str) -> list[str]:
    """Return the folded words of a search, each once."""
    return [word for word in dict.fromkeys(SPACE.split(fold(clean(query)))) if word]


def find(words: Sequence[str], folded: str) -> bool:
    """Return whether a folded text holds every folded word, anywhere (architecture.md, rule 12)."""
    return all(word in folded for word in words)


def vocabulary(folded: str) -> list[str]:
    """Return the words of a folded text that are long enough to be told from their neighbours."""
    return [word for word in WORD.findall(folded) if len(word) >= SHORTEST_WORD]


def nearest(word: str, counts: Mapping[str, int]) -> str:
    """Return the most frequent of the words that differ by one slip, of two the one that comes first; "" for none."""
    near = [other for other in counts if len(word) >= SHORTEST_WORD and _is_near(word, other)]
    return max(near, key=lambda other: counts[other], default="")


def _is_near(one: str, other: str) -> bool:
    """Return whether a letter more, less, another one, or two that changed places make one of the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[at:], other[at:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left == right[1:] or left[1:] == right or swapped


def mark(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """Return the text in pieces `(piece, hit)`: whole code points, a hit with the marks that sit on it.

    For a line or two: `excerpt` takes them from a long text.
    """
    folds = [fold(char) for char in text]
    owner = [at for at, folded in enumerate(folds) for _ in folded]
    hits = {at for start, end in _places("".join(folds), words) for at in range(owner[start], owner[end - 1] + 1)}
    pieces: list[tuple[str, bool]] = []
    before = False
    for at, char in enumerate(text):
        hit = at in hits or (before and not folds[at])
        pieces.append((pieces.pop()[0] + char if pieces and hit is before else char, hit))
        before = hit
    return pieces


def _places(folded: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for word in words:
        start = folded.find(word)
        while start >= 0:
            yield start, start + len(word)
            start = folded.find(word, start + len(word))


def excerpt(text: str, words: Sequence[str], length: int) -> list[tuple[str, bool]]:
    """Return what surrounds the first hit, as `mark` does: plain, at most `length` code points and two …"""
    start = max(0, _first_hit(text, words) - length // 4)
    if start:
        start = text.find(" ", start, start + length // 4) + 1 or start
    shown = _cut(plain(text[start:start + 4 * length]), length)
    return mark("…" + shown if start else shown, words)


def _first_hit(text: str, words: Sequence[str]) -> int:
    """Return where in the text the first hit begins, 0 if nowhere: a fold may be longer than its text."""
    folded = fold(text)
    left = min((place for word in words if (place := folded.find(word)) >= 0), default=0)
    if text.isascii():
        return left
    for start in range(0, len(text), STEP):
        step = text[start:start + STEP]
        size = len(fold(step))
        if size > left:
            return start + _within(step, left)
        left -= size
    return 0


def _within(piece: str, place: int) -> int:
    """Return which code point of a piece has the letter at this place of its fold."""
    ends = accumulate(len(fold(char)) for char in piece)
    return next(at for at, end in enumerate(ends) if end > place)


def snippet(text: str, length: int) -> str:
    """Return the plain start of a text for a list: one line, `length` code points at most, cut at a word with …"""
    return _cut(plain(text[:4 * length]), length)


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    space = text.rfind(" ", length // 2, length + 1)
    return text[:space if space >= 0 else length] + "…"


def plain(text: str) -> str:
    """Return a piece of text as one line without the signs of Markdown: a rough reading, for lists only."""
    for signs, kept in SIGNS:
        text = signs.sub(kept, text)
    return SPACE.sub(" ", text).strip(" ")


def markdown(text: str) -> Markup:
    """Return the HTML of a person's text: the only maker of HTML from text, safe whatever the text holds."""
    lines = clean(text).translate(HIDE).split("\n")
    # Blanks at the end of a line show nowhere, and the two parsers treat them differently after a backslash.
    html = PARSER.render("\n".join(line.rstrip() for line in lines)).translate(SHOW)
    return Markup(html)  # noqa: S704  the parser escapes all that is not its own tag


class Parser(MarkdownIt):
    """Markdown from a list of what is allowed: no raw HTML, image, entity, reference, indented code."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  the library's name
        """Return the address with every character that is not plainly safe percent-encoded as UTF-8."""
        return UNSAFE.sub(lambda char: "".join(f"%{byte:02X}" for byte in char[0].encode()), url.translate(SHOW))

    def normalizeLinkText(self, url: str) -> str:  # noqa: N802
        """Return the text of an address in <> as it was typed."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Return whether the address is absolute and http, https or mailto."""
        return ADDRESS.match(url) is not None


class Renderer(RendererHTML):
    """HTML without classes and styles: the CSP forbids inline style, and a page has its own first heading."""

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        tokens[idx].info = ""
        return super().fence(tokens, idx, options, env)

    def heading_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f"<{HEADINGS.get(tokens[idx].tag, 'h3')}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f"</{HEADINGS.get(tokens[idx].tag, 'h3')}>\n"

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        tokens[idx].attrSet("rel", "noopener noreferrer nofollow ugc")
        return self.renderToken(tokens, idx, options, env)

    def th_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return "<th>"

    def td_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return "<td>"


PARSER = Parser("zero", {"breaks": True}, renderer_cls=Renderer).enable([*RULES, "code"])
PARSER.block.ruler.at("code", lambda *_: False)  # as in JavaScript: a deep indent starts neither code nor list
