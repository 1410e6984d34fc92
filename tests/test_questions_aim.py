"""What are you looking for? Said as often as it changes, each time with its date; it orders what is offered."""
from __future__ import annotations

import re
from datetime import timedelta

from mentorlog import clock, records
from tests.asking import page_of, use
from tests.cast import NOON, sign_in
from tests.submitting import fill, send

PATH = "/questions/looking-for"


def say(client, *seeking: str, **typed: str):
    return send(client, PATH, fill(client, PATH) | {"seeking": list(seeking)} | typed)


def said(person) -> list[dict]:
    """What was said, the oldest first."""
    return [one["fields"] for one in records.shelf(person, "aim")[::-1]]


def offered(client) -> list[str]:
    """The titles of the sets that are offered, in their order."""
    part = page_of(client, "/questions").partition('id="offered"')[2].partition("What are you looking for?")[0]
    return re.findall(r'row-title">([^<]+)', part)


def test_several_are_said_and_one_of_them_comes_first(ada, cast):
    assert say(ada, "plateau", "exploration", first="exploration", text=" To be  asked ").status_code == 303
    assert said(cast.ada) == [{"seeking": ["plateau", "exploration"], "first": "exploration", "text": "To be asked"}]
    assert "other departments, past a plateau" in page_of(ada, "/questions")
    assert "To be asked" in page_of(ada, PATH)


def test_what_comes_first_is_offered_first(ada):
    say(ada, "plateau", "exploration", first="exploration")
    assert offered(ada) == ["First meeting", "How we will work together", "Curious about other departments",
                            "When the path goes flat", "The skill you are missing"]
    assert "You said: other departments" in page_of(ada, "/questions")
    with clock.at(NOON + timedelta(minutes=1)):
        say(ada, "plateau", "exploration", first="plateau")
    assert offered(ada)[2:4] == ["When the path goes flat", "The skill you are missing"]


def test_what_was_used_lately_is_offered_after_the_rest(ada):
    say(ada, "plateau", first="plateau")
    use(ada, "career-plateau")
    assert "When the path goes flat" not in offered(ada)[:4]


def test_one_alone_is_the_first_and_what_is_not_ticked_is_not(ada, cast):
    say(ada, "plateau")
    with clock.at(NOON + timedelta(minutes=1)):
        say(ada, "accountability", "plateau", first="exploration")
    assert [one.get("first") for one in said(cast.ada)] == ["plateau", None]


def test_what_was_said_before_keeps_its_date(client, cast):
    with clock.at(NOON):
        ada = sign_in(client, "ada")
        say(ada, "plateau")
    with clock.at(NOON + timedelta(days=40)):
        say(ada, "exploration")
        body = page_of(ada, PATH)
    assert body.index("3 Jan 2027") < body.index("24 Nov 2026") and len(said(cast.ada)) == 2


def test_the_same_said_again_and_a_double_tap_are_one(ada, cast):
    form = fill(ada, PATH) | {"seeking": ["plateau"]}
    assert [send(ada, PATH, form).status_code for _ in range(2)] == [303, 303]
    say(ada, "plateau")
    assert len(said(cast.ada)) == 1


def test_a_line_alone_is_an_answer_and_nothing_is_none(ada, cast):
    reply = say(ada)
    assert reply.status_code == 422 and "Choose one, or write a line" in reply.get_data(as_text=True)
    assert say(ada, "constructor", "__proto__").status_code == 422
    assert say(ada, text="Somebody who asks").status_code == 303
    assert said(cast.ada) == [{"seeking": [], "first": None, "text": "Somebody who asks"}]


def test_a_line_that_is_too_long_comes_back_whole(ada, cast):
    reply = say(ada, "plateau", text="x" * 301)
    body = reply.get_data(as_text=True)
    assert reply.status_code == 422 and "300 characters at most" in body and "x" * 301 in body
    assert 'value="plateau" checked' in body and said(cast.ada) == []


def test_nobody_else_sees_it(ada, app, cast):
    say(ada, "plateau", text="Only mine")
    for name in ("bela", "cleo", "dan"):
        other = sign_in(app.test_client(), name)
        assert "Only mine" not in page_of(other, PATH) and "past a plateau" not in page_of(other, "/questions")
