"""ways.py and ways.js: the same refusals, and the same ways, for whatever is typed."""
from __future__ import annotations

import random

from mentorlog import ways
from tests import test_ways

TYPED = [*test_ways.PUBLIC, *test_ways.PRIVATE, *test_ways.NONE, *test_ways.NAMED, *test_ways.DOTTED, *test_ways.PORTS,
         *test_ways.NO_COUNTRY, *test_ways.SHORT, *test_ways.LINES, *test_ways.NO_LINES, *test_ways.NUMBERS,
         *test_ways.NO_NUMBERS, *test_ways.PLACES, *test_ways.NO_PLACES, *test_ways.MAILS, *test_ways.NO_MAILS,
         "chat: https://a.example - x", "\u2028", "a\u0301@b.example", "a?bcc=c%26&d#@b.example",
         "\U0001f600"]
PIECES = ["https://", "http://", "HTTPS://", "a", "example", ".", "..", "@", ":", "8080", "10", "127", "0x7f",
          "172.16", "-", "[::1]", "\u0130", "\u017f", "\u212a", "local", "localhost", "/", "?", "#", "\\", "+49", " ",
          "(0)", "30", "\u2013", "\uff10", "\u0660", "%2e", "\u3002", "\u00ad", "home.arpa", "text ", "video", ",",
          "\t", "phone ", "Tel.", "\n", "abc", "00", "99999", "020 7946 0142"]
ASK = """(ways, typed) => [ways.web(typed), ways.opens(typed), ways.number(typed), ways.wrongLink(typed),
  ways.wrongPlace(typed), ways.wrongNumber(typed), ways.wrongMail(typed), ways.wrongLines(typed),
  ways.ofCard({ fallback: typed, phone: typed, name: 'R' }), ways.byPhone(typed, 'R'),
  ['call', 'text', 'video', 'chat', 'mail', 'other'].map((kind) => ways.agreed(kind, typed, 'R')),
  ways.inWords(ways.ofCard({ fallback: typed }), typed.length), ways.waysOn(ways.ofCard({ fallback: typed }), 'chat'),
  ways.ofCard({ fallback: typed }).map(ways.named),
  ['phone', 'video', 'in_person', ''].map((channel) => ways.othersFirst(
    ways.ofCard({ fallback: `call 112233\\n${typed}` }),
    { channel, phone: typed }, { phone: '112233', link: typed }))]"""


def told(typed: str) -> list[object]:
    """The same of Python's."""
    lines, two = ways.of_card({"fallback": typed}), ways.of_card({"fallback": f"call 112233\n{typed}"})
    return [ways.web(typed), ways.opens(typed), ways.number(typed), ways.wrong_link(typed), ways.wrong_place(typed),
            ways.wrong_number(typed), ways.wrong_mail(typed), ways.wrong_lines(typed),
            ways.of_card({"fallback": typed, "phone": typed, "name": "R"}), ways.by_phone(typed, "R"),
            [ways.agreed(kind, typed, "R") for kind in ("call", "text", "video", "chat", "mail", "other")],
            ways.in_words(lines, len(typed)), ways.ways_on(lines, "chat"), [ways.named(one) for one in lines],
            [ways.others_first(two, {"channel": channel, "phone": typed}, {"phone": "112233", "link": typed})
             for channel in ("phone", "video", "in_person", "")]]


def test_both_sides_take_and_refuse_the_same(twin) -> None:
    chances = random.Random(7)
    mixed = ["".join(chances.choices(PIECES, k=chances.randint(1, 7))) for _ in range(4_000)]
    rows = [one for one in dict.fromkeys([*TYPED, *mixed]) if len(one.encode("utf-16-le")) == 2 * len(one)]
    found = twin("ways.js", ASK, [[one] for one in rows])
    assert [(one, here, there) for one, here, there in zip(rows, map(told, rows), found,
                                                           strict=True) if here != there] == []
