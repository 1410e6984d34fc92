"""One edit of an entry of 1,200 characters: what goes over the line, both ways."""
from __future__ import annotations

import gzip
import json

from bench.place import Counting, arrived, place
from bench.table import Row
from tests.hands import line, rewrite, write
from tests.wire import Message

LENGTH = 1_200
MIDDLE = 100  # words before the three that the edit puts in


def text() -> str:
    """1,200 characters as a person writes them: the entries of the demo."""
    from mentorlog import demo
    steps = json.loads(demo.FILE.read_text("utf-8"))["steps"]
    whole = "\n\n".join(step["fields"]["text"] for step in steps if step["kind"] == "entry")
    return whole[:LENGTH].strip().ljust(LENGTH, ".")


def rows() -> list[Row]:
    """The bodies of the edit, and how many requests it took until all is on the server."""
    before = text()
    words = before.split(" ")
    after = " ".join([*words[:MIDDLE], "after", "a", "night", *words[MIDDLE:]])[:LENGTH]
    with place() as here:
        page = arrived(here.browser(), here.line)
        address = write(page, "An edit", before)
        line(page, "sent", 0)
        counting = Counting()
        here.line.breaks(counting)
        rewrite(page, address, after)
        here.line.wait_for("POST /sync", here.line.count("POST /sync") + (not counting.passed))
        line(page, "sent", 0)
    sent = [one for one in counting.passed if one.what == "POST /sync"]
    with_text = [one for one in sent if len(unpacked(one.request)) > LENGTH]
    bodies = sum(len(one.request.body) + len(one.reply.body) for one in with_text)
    packed = len(gzip.compress(after.encode(), 9))
    return [Row("one edit of 1,200 characters, bodies both ways", bodies, packed, "bytes", "gzip of the text alone",
                "≤ 1,250 bytes"),
            Row("the same, round trips that carry it", len(with_text), 1, "requests", "one round trip", "≤ 1")]


def unpacked(request: Message) -> bytes:
    """The body of a request as it was before it was packed."""
    return gzip.decompress(request.body) if request.header("Content-Encoding") == "gzip" else request.body
