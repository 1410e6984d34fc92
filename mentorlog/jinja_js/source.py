"""Pieces of JavaScript source."""
from __future__ import annotations

import json
import re

# Line separators end a line in old parsers, lone surrogates cannot be encoded, and `</script` or `<!--` would
# end a script element should the module ever stand in a page.
UNSAFE = re.compile("[\u2028\u2029\ud800-\udfff]|<(?=/script|!--)", re.IGNORECASE)


def literal(value: object) -> str:
    """A JavaScript literal of JSON-like data."""
    text = json.dumps(value, ensure_ascii=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def member(owner: str, name: str) -> str:
    """`owner.name`. Scopes inherit nothing from JavaScript, so `__proto__` is a name like any other."""
    return f"{owner}.{name}" if name.isascii() else f"{owner}[{literal(name)}]"
