"""Texts to measure with: invented, of the entropy of English, the same in every run."""
from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, pairwise
from pydoc_data.topics import topics  # 700 kB of English prose that every Python has

SEED = 8030
SHORTEST, USUAL, LONGEST = 40, 350, 4_000  # characters of an entry


def texts(count: int, usual: int = USUAL) -> list[str]:
    """So many entries, of lengths as people write them: many short ones, few long ones; usual: characters."""
    chance = random.Random(SEED)
    words = chain(chance)
    return [entry(words, length) for length in lengths(chance, count, usual)]


def of_length(count: int, words: int) -> list[str]:
    """So many entries of so many words."""
    source = chain(random.Random(SEED))
    return [" ".join(islice(source, words)) for _ in range(count)]


def lengths(chance: random.Random, count: int, usual: int) -> list[int]:
    """Log-normal around what is usual."""
    return [min(LONGEST, max(SHORTEST, int(usual * chance.lognormvariate(0, 0.8)))) for _ in range(count)]


def entry(words: Iterator[str], length: int) -> str:
    """Words until the length is reached."""
    found, size = [], 0
    while size < length:
        found.append(next(words))
        size += len(found[-1]) + 1
    return " ".join(found)


def chain(chance: random.Random) -> Iterator[str]:
    """Words without end, each drawn from those that follow the one before in the prose."""
    prose = re.findall(r"[A-Za-z]+[,.]?", " ".join(topics.values()))
    after: dict[str, list[str]] = defaultdict(list)
    for one, following in pairwise(prose):
        after[one].append(following)
    word = prose[0]
    while True:
        word = chance.choice(after.get(word) or prose)
        yield word
