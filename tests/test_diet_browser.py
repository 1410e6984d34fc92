"""The data diet (product.md, S27): what goes over the line, counted by the line itself."""
from __future__ import annotations

from bench import edit
from bench.place import Counting
from tests.browser_sign_in import arrive
from tests.hands import line, rewrite, write

FIRST_LOAD_BYTES = 100_000  # S27 allows 150,000
EDIT_BYTES = 1_250
WORDS = edit.text()


def test_the_first_load_is_light(phone, proxy) -> None:
    counting = Counting()
    proxy.breaks(counting)
    phone.goto("/sign-in", wait_until="networkidle")
    assert 2 < len(counting.passed) <= 15
    assert sum(one.down for one in counting.passed) <= FIRST_LOAD_BYTES


def test_one_edit_of_1_200_characters_is_one_small_round_trip(phone, proxy) -> None:
    arrive(phone)
    address = write(phone, "An edit", WORDS)
    line(phone, "sent", 0)
    counting, before = Counting(), proxy.count("POST /sync")
    proxy.breaks(counting)
    rewrite(phone, address, WORDS.replace(" the ", " that ", 1))
    proxy.wait_for("POST /sync", before + 1)
    line(phone, "sent", 0)
    synced = [one for one in counting.passed if one.what == "POST /sync"]
    sent = [one for one in synced if len(edit.unpacked(one.request)) > edit.LENGTH]
    assert len(sent) == 1
    assert sum(len(one.request.body) + len(one.reply.body) for one in sent) <= EDIT_BYTES
