"""*Something came up*, from any screen and from other apps: kept by a tap, as a line or as a page of the journal."""
from __future__ import annotations

import pytest

from mentorlog import records
from mentorlog.agenda.filing import joined
from tests.submitting import Forms, fill, send, submit

SHEET = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#sheet"}
FROM_AN_APP = {"Sec-Fetch-Site": "cross-site"}


def share(client, file: str = "", **parts):
    """As a share sheet does: a form with no sign that it is ours. file: the name of the field that holds one."""
    heads = [(f'name="{name}"', text) for name, text in parts.items()]
    heads += [(f'name="{file}"; filename="board.png"', "PNG")] if file else []
    body = "".join(f"--b\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n" for head, text in heads)
    return client.post("/share", data=f"{body}--b--\r\n".encode("utf-8", "surrogatepass"),
                       content_type="multipart/form-data; boundary=b", headers=FROM_AN_APP)


def shared(client, **parts) -> dict[str, str]:
    """The fields of the form that what was shared stands in."""
    reply = share(client, **parts)
    assert reply.status_code == 200
    return Forms(reply.get_data(as_text=True)).found["/agenda/new?shared=1"]


def counts(person) -> tuple[int, int]:
    """How many lines and entries there are."""
    return records.count(person, "line"), records.count(person, "entry")


# -- over any screen ---------------------------------------------------------------------------------------------------

def test_every_screen_has_a_way_to_the_form(ada):
    for screen in ("/today", "/journal", "/journal/new", "/goals", "/questions", "/sessions", "/waiting", "/settings"):
        assert 'href="/agenda/new" data-sheet' in ada.get(screen).get_data(as_text=True), screen


def test_a_line_is_filed_from_a_sheet_and_the_screen_stays(ada, cast):
    form = ada.get("/agenda/new", headers=SHEET).get_data(as_text=True)
    assert form.lstrip().startswith('<div class="stack" data-gap="m" id="sheet"')
    reply = send(ada, "/agenda/new", Forms(form).found["/agenda/new"] | {"text": "Why so?"}, **SHEET)
    [line] = records.shelf(cast.ada, "line")
    page = reply.get_data(as_text=True)
    assert (reply.status_code, line["fields"]["text"], line["fields"]["session"]) == (200, "Why so?", None)
    assert f'action="/agenda/{line["id"]}/delete"' in page
    assert "<input" not in page
    assert "Filed under" not in ada.get("/goals").get_data(as_text=True)


def test_a_line_is_taken_back_from_where_it_was_filed(ada, cast):
    send(ada, "/agenda/new", {"text": "Why so?"}, **SHEET)
    [line] = records.shelf(cast.ada, "line")
    undo = SHEET | {"HX-Target": f"div#filed-{line['id']}"}
    for _ in range(2):
        reply = send(ada, f"/agenda/{line['id']}/delete", {}, **undo)
        assert (reply.status_code, counts(cast.ada)) == (200, (0, 0))
        assert "Taken back." in reply.get_data(as_text=True)


def test_a_bad_line_stays_in_the_sheet(ada, cast):
    reply = send(ada, "/agenda/new", {"text": " "}, **SHEET)
    assert (reply.status_code, counts(cast.ada)) == (422, (0, 0))
    assert 'id="f-sheet"' in reply.get_data(as_text=True)


def test_what_is_too_long_for_a_line_gets_room_and_a_way_into_the_journal(ada, cast):
    text = "A long one.\n\n" * 30
    page = send(ada, "/agenda/new", {"text": text}, **SHEET).get_data(as_text=True)
    assert "300 characters at most" in page
    fields = Forms(page).found["/agenda/new?shared=1"]
    assert fields["text"] == text
    reply = send(ada, "/agenda/new?shared=1", fields | {"into": "journal"})
    [entry] = records.shelf(cast.ada, "entry")
    assert reply.headers["Location"] == f"/journal/{entry['id']}"
    assert (entry["fields"]["text"], counts(cast.ada)) == (text, (0, 1))


def test_a_page_of_the_journal_sent_twice_is_one(ada, cast):
    fields = fill(ada, "/agenda/new?shared=1", text="Once", into="journal")
    assert [send(ada, "/agenda/new?shared=1", fields).status_code for _ in range(2)] == [303, 303]
    assert counts(cast.ada) == (0, 1)


@pytest.mark.parametrize(("text", "words"), [
    ("\u3000\r\n ", "Write something first"), ("x" * 60_001, "60000 characters at most")])
def test_a_page_that_is_none_is_refused_with_words(ada, cast, text, words):
    reply = send(ada, "/agenda/new?shared=1", {"text": text, "into": "journal"})
    page = reply.get_data(as_text=True)
    assert (reply.status_code, counts(cast.ada)) == (422, (0, 0))
    assert words in page
    assert text.strip() in page


# -- from other apps ---------------------------------------------------------------------------------------------------

def test_what_is_shared_is_kept_by_a_tap_only(ada, cast):
    fields = shared(ada, title="How to say no", text="Found this.", url="https://example.org/no")
    assert counts(cast.ada) == (0, 0)
    assert fields["text"] == "How to say no\nFound this.\nhttps://example.org/no"
    reply = send(ada, "/agenda/new?shared=1", fields)
    [line] = records.shelf(cast.ada, "line")
    assert (reply.status_code, line["fields"]["text"]) == (303, "How to say no Found this. https://example.org/no")


@pytest.mark.parametrize(("parts", "text"), [
    (["A title", "https://example.org/", ""], "A title\nhttps://example.org/"),
    (["A title", "A title: https://example.org/", "https://example.org/"], "A title: https://example.org/"),
    (["Same", "Same", "Same"], "Same"), (["", " \n\ufeff", "\x85"], ""), ([" Around ", "", ""], "Around")])
def test_nothing_that_is_shared_stands_twice(parts, text):
    assert joined(parts) == text


def test_what_a_line_does_not_hold_is_never_cut(ada, cast):
    text = "Word. " * 60
    reply = share(ada, text=text)
    page = reply.get_data(as_text=True)
    assert "longer than a line of the agenda" in page
    fields = Forms(page).found["/agenda/new?shared=1"]
    assert fields["text"] == text.strip()
    assert send(ada, "/agenda/new?shared=1", fields).status_code == 422
    assert send(ada, "/agenda/new?shared=1", fields | {"into": "journal"}).status_code == 303
    assert counts(cast.ada) == (0, 1)


@pytest.mark.parametrize("size", [60_001, 5_000_000])
def test_more_than_a_page_of_the_journal_is_said_so(ada, cast, size):
    reply = share(ada, text="x" * size)
    page = reply.get_data(as_text=True)
    assert (reply.status_code, counts(cast.ada)) == (413, (0, 0))
    assert "whole where it came from" in page
    assert "xxx" not in page


def test_a_file_is_said_not_to_be_kept(ada):
    assert "A file cannot be kept here" in share(ada, "text").get_data(as_text=True)
    both = share(ada, "file", title="The board").get_data(as_text=True)
    assert "The file that came along cannot be kept" in both
    assert "The board</textarea>" in both
    assert "No words came along" in share(ada).get_data(as_text=True)


def test_broken_characters_that_are_shared_are_mended(ada):
    assert shared(ada, text="a\0b <b>x</b> \U0001F600")["text"] == "a\ufffdb <b>x</b> \U0001F600"
    assert shared(ada, text="half \ud83d")["text"] == "half \ufffd\ufffd\ufffd"


def test_only_a_share_may_come_from_elsewhere(ada, cast):
    fields = {"text": "Why so?"}
    for path in ("/agenda/new", "/agenda/new?shared=1", "/journal/new"):
        assert ada.post(path, data=fields, headers=FROM_AN_APP).status_code == 403, path
    assert ada.post("/share", data="text=Why so", content_type="text/plain", headers=FROM_AN_APP).status_code == 200
    assert counts(cast.ada) == (0, 0)


def test_a_share_to_nobody_asks_to_sign_in(client):
    reply = share(client, text="Why so?")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/sign-in")


def test_what_came_up_on_a_page_of_its_own_is_filed(ada, cast):
    assert submit(ada, "/agenda/new", text="Why so?").status_code == 303
    assert counts(cast.ada) == (1, 0)
