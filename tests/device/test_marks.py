"""Signs of Markdown in a text: put around words, taken away again, carried on in lists. `{}` is the selection."""
from __future__ import annotations

import json

ASK = """async (rows) => {
  const { marked, carriedOn } = await import('/static/t/js/marks.js');
  return JSON.parse(rows).map(([name, text, start, end]) => {
    const edit = name === 'break' ? carriedOn(text, start) : marked(name, text, start, end);
    if (!edit) return null;
    const after = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
    return [after, edit.start, edit.end];
  });
}"""
TAPS = [
    # a selection, a word, a place without one; again takes it away
    ("bold", "one {two} three", "one **{two}** three"), ("bold", "one **{two}** three", "one {two} three"),
    ("bold", "one {**two**} three", "one {two} three"), ("bold", "one { two } three", "one  **{two}**  three"),
    ("bold", "one t{}wo three", "one **t{}wo** three"), ("bold", "one **t{}wo** three", "one t{}wo three"),
    ("bold", "one {} three", "one **{}** three"), ("bold", "one **{}** three", "one {} three"),
    ("italic", "{}", "*{}*"), ("italic", "*{}*", "{}"), ("italic", "Zoë’{}s 😀", "*Zoë’{}s* 😀"),
    # one inside of the other
    ("italic", "**{two}**", "***{two}***"), ("italic", "***{two}***", "**{two}**"), ("bold", "***{two}***", "*{two}*"),
    ("italic", "*{two}*", "{two}"), ("bold", "*{two}*", "***{two}***"),
    # never over the end of a paragraph, never around the sign of a list
    ("bold", "{- one\n\n2. two}", "- {**one**\n\n2. **two**}"),
    ("bold", "- {**one**\n\n2. **two**}", "- {one\n\n2. two}"), ("bold", "{**one**\ntwo}", "{**one**\n**two**}"),
    # lines
    ("heading", "one\nt{}wo", "one\n## t{}wo"), ("heading", "one\n## t{}wo", "one\nt{}wo"), ("heading", "# {}x", "{}x"),
    ("heading", "- x{}", "## x{}"), ("heading", "{}", "## {}"), ("heading", "\n{}", "\n## {}"),
    ("list", "{one\n\ntwo}", "{- one\n\n- two}"), ("list", "{- one\n\n* two}", "{one\n\ntwo}"),
    ("list", "{- one\ntwo\n}", "{- one\n- two}\n"), ("list", "  1. o{}ne", "  - o{}ne"), ("list", "- {}", "{}"),
    ("quote", "{one\ntwo}", "{> one\n> two}"), ("quote", "{> one\n> two}", "{one\ntwo}"), ("quote", ">{}", "{}"),
    ("quote", "- x{}", "> - x{}"),
    # links
    ("link", "a {word} b", "a [word]({https://}) b"), ("link", "a wo{}rd b", "a [word]({https://}) b"),
    ("link", "a [{word}](https://x.example) b", "a {word} b"), ("link", "{[word](https://x.example)}", "{word}"),
    ("link", "{https://x.example/a}", "[{}](https://x.example/a)"), ("link", "a {} b", "a [{}](https://) b"),
]
BREAKS = [
    ("- one\n{}", "- one\n- {}"), ("  * one\n{}two", "  * one\n  * {}two"), ("9. one\n{}", "9. one\n10. {}"),
    ("1) one\n{}\nmore", "1) one\n2) {}\nmore"), ("> one\n{}", "> one\n> {}"), ("> - one\n{}", "> - one\n> - {}"),
    ("- one\n- \n{}", "- one\n{}"), ("> \n{}", "{}"), ("- \n{}two", "- \n- {}two"), ("\n- \n{}\n", "\n{}\n"),
    ("one\n{}", None), ("## one\n{}", None), ("-one\n{}", None), ("\n{}- one", None), ("- one\n\n{}", None),
    ("**one**\n{}", None), ("\n{}", None),
]


def row(name: str, shown: str) -> list:
    """A text with its selection, as the page has it: places count UTF-16."""
    before, _, rest = shown.partition("{")
    inside, _, after = rest.partition("}")
    return [name, before + inside + after, units(before), units(before + inside)]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def ask(lab, rows: list) -> list:
    return lab.evaluate(ASK, json.dumps(rows))


def test_a_tap_marks_and_a_second_one_unmarks(lab):
    got = ask(lab, [row(name, before) for name, before, _ in TAPS])
    wanted = [row(name, after)[1:] for name, _, after in TAPS]
    assert [(tap, one) for tap, one, other in zip(TAPS, got, wanted, strict=True) if one != other] == []


def test_a_line_break_carries_a_list_on_and_ends_it_after_an_empty_item(lab):
    got = ask(lab, [row("break", before) for before, _ in BREAKS])
    wanted = [row("", after)[1:] if after is not None else None for _, after in BREAKS]
    assert [(case, one) for case, one, other in zip(BREAKS, got, wanted, strict=True) if one != other] == []


def test_a_second_tap_gives_back_what_stood_there(lab):
    texts = ["one two\nthree", "😀 one\n\n2 > 1", "a *b* c", "Zoë’s", ""]
    for name in ("bold", "italic", "heading", "list", "quote"):
        once = ask(lab, [[name, text, 0, units(text)] for text in texts])
        twice = ask(lab, [[name, *one] for one in once])
        assert [text for text, *_ in twice] == texts, name
