"""What people write: cleaned at the form and folded for search. Twin: service_worker/prose.js."""

import re
import unicodedata

BROKEN = re.compile("[\0\ud800-\udfff]")


def clean(text: str) -> str:
    """Return the text as it is stored: lines end in LF, NUL and lone surrogates are U+FFFD, nothing else changes.

    Both servers clean at the form; /sync refuses what this would change (sync.md, "How fields join").
    """
    return BROKEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def fold(text: str) -> str:
    """Return what search compares: NFKD, no marks (category M), lower case, final sigma as any other sigma.

    Every code point folds by itself, so `fold(a + b) == fold(a) + fold(b)`: only marks are ever reordered by NFKD and
    only the sigma is lowered by its place in a word.
    """
    if text.isascii():
        return text.lower()
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char)[0] != "M")
    return plain.lower().replace("ς", "σ")
