"""Random documents from a grammar of nasty pieces, the same ones on every run."""
from __future__ import annotations

import random

PIECES = [
    "*", "**", "***", "_", "__", "~~", "~~~", "`", "``", "```", "[", "]", "(", ")", "<", ">", "\\", "!",
    "|", "-", "+", "#", "##", "###", "####", ":", "&", "&amp;", "&#65;", "&lt;", "&#x6a;avascript:", '"',
    "'", "=", "---", "===", "1.", "2)", "10.", "> ", "- ", "* ", "+ ", "\t", "    ", "|-|-|", ":-:|", "a",
    "b", "word", "é", "ß", "ſ", "e\u0301", "İ", "Σ", "ς", "ﬁ", "한", "ا", "中", "。", "％", "“", "”", "…", "€",
    "‽", "😀", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\U0001f3fb", "\U00010101", "\U0001d6a8",
    "\u0301", "\u202e", "\u200b", "\xa0", "\u3000", "\u2028", "\x85", "\ufeff", "\x1c", "\x0b", "\x0c",
    "\u2003", "\ufdd0", "\ufde9", "\x00", "\ud800", "\udfff", "\r", "\r\n", "  \n", "\\\n", "\n    ",
    "\n> ", "\n- ", "http://", "https://a.b/ç?x=1&y=2", "mailto:a@b.c", "javascript:alert(1)",
    "JaVaScRiPt:x", "data:text/html,x", "//evil", "vbscript:a", "https:evil", "/account", "[a](http://b)",
    "[a](<http://b c>)", "[x](javascript:x)", "[x](/account)", "![i](http://x)", '[a](http://b "t")',
    "<http://a.b>", "<javascript:x>", "<a@b.c>", "<b>", "<script>", "</script>",
    "<img src=x onerror=alert(1)>", "<!-- -->", "]]>", "__proto__", "constructor", "[x]:",
    "[x]: http://a\n", "[x]", "[x][]", '"t"', "(t)", "%", "%41", "%zz", "%2f", "\\*", "\\[", "://",
    *[" "] * 8, *["\n"] * 6, *["\n\n"] * 2,
]


def documents(seed: int, count: int) -> list[str]:
    """Texts as JSON could bring them: two halves of an emoji that meet are one."""
    picked = random.Random(seed)
    texts = ["".join(picked.choices(PIECES, k=picked.randrange(1, 60))) for _ in range(count)]
    return [text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") for text in texts]
