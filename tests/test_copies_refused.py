"""Files that are no copies, or not whole: cut off, edited, packed, too large, of a newer version, of somebody else."""
from __future__ import annotations

import json

import pytest

from mentorlog import copies, records
from mentorlog.models import Reading, Record
from tests.cast import OURS, sign_in
from tests.copying import NOON, TEXT, a_copy, a_draft, bring, choose, emptied, entry, saved, stood, told, write


@pytest.fixture
def ada(app, cast):
    return sign_in(app.test_client(), "ada")


@pytest.mark.parametrize(("body", "words"), [
    (b"", "Choose a file first."),
    (b"PK\x03\x04zip", "packed file (zip)"),
    (b"\x1f\x8bgz", "packed file (gzip)"),
    (b"\x89PNG\r\n\xff\xfe", "no file that this app saved"),
    (b"<!doctype html><p>Hello", "no file that this app saved"),
    (b"[]", "no file that this app saved"), (b"null", "no file that this app saved"),
    (b'{"records": 7}', "no file that this app saved"),
    (b'{"format": "1", "records": []}', "no file that this app saved"),
    (b'{"records": [NaN]}', "no file that this app saved"),
    (b"[" * 100_000, "no file that this app saved"),
])
def test_what_is_no_file_of_ours_is_refused_in_words(ada, body, words):
    reply = choose(ada, body)
    assert reply.status_code == 422 and words in reply.get_data(as_text=True)
    assert not Reading.select().exists()


def test_a_form_without_a_file_is_refused(ada):
    assert ada.post("/copies", data={"copy": "text"}, headers=OURS).status_code == 422


def test_a_file_that_is_too_large_is_refused_in_words(ada):
    reply = choose(ada, b'{"records": [' + b" " * (copies.LARGEST_BYTES + 200_000) + b"]}")
    assert reply.status_code == 413 and "larger than 20 MB" in reply.get_data(as_text=True)
    assert ada.get("/copies").status_code == 200


@pytest.mark.parametrize("share", [0.3, 0.5, 0.95, 0.999])
def test_of_a_file_that_is_cut_off_the_whole_pages_are_read(ada, cast, share):
    for number in range(20):
        write(cast.ada, "entry", title=f"Page {number}", text=TEXT)
    body = json.dumps(saved(ada), indent=1).encode()
    body = body[:round(len(body) * share)]
    emptied()
    assert "The file breaks off." in told(ada, body + b"\0\0")
    bring(ada, body)
    assert 0 < len(stood(cast.ada)) == body.count(b"\n  }")


def test_a_file_of_a_newer_version_is_read_as_far_as_it_is_known(ada, cast):
    id = records.new_id()
    file = a_copy(cast.ada, entry(id, cast.ada.id, text="Known.", mood="good", __proto__="x"),
                  entry(records.new_id(), cast.ada.id) | {"kind": "mood"}, format=2, more={"deep": [1]})
    page = told(ada, file)
    assert "A newer version of the app saved it." in page
    assert "1 page of a kind that this version of the app does not know." in page
    assert "In 1 page a part that this version does not know." in page
    bring(ada, file)
    assert Record.get_by_id(id).fields == {"text": "Known."}


@pytest.mark.parametrize("fields", [
    {"text": 7}, {"text": "x" * 60_001}, {"tags": "plan"}, {"tags": ["a", "a"]}, {"binned_at": "soon"},
    {"text": "\ud800"}, {"title": "a\nb"}, {"text": None}, {"session": "x"}, {"text": ["a"]}, {"tags": [["deep"]]}])
def test_a_page_with_a_field_that_cannot_be_is_named_and_stays_out(ada, cast, fields):
    file = a_copy(cast.ada, entry(records.new_id(), cast.ada.id, lesson="By this it is known.", **fields),
                  entry(records.new_id(), cast.ada.id, text="Well."))
    page = told(ada, file)
    assert "What stays out" in page and "1 entry" in page
    if not {"text", "title"} & fields.keys():
        assert "By this it is known." in page
    bring(ada, file)
    assert stood(cast.ada) == [{"text": "Well."}]


@pytest.mark.parametrize("raw", [
    None, 7, "x", [], {}, {"id": "x", "kind": "entry", "fields": {}}, {"id": [], "kind": [], "fields": []},
    {"id": "00000000-0000-4000-8000-000000000001", "kind": "constructor", "fields": {"a": 1}},
    {"id": "00000000-0000-4000-8000-000000000001", "kind": "entry", "fields": {"__proto__": {"text": "x"}}},
    {"id": "00000000-0000-4000-8000-000000000001", "kind": "entry", "fields": {"deleted": True}},
    {"id": "00000000-0000-4000-8000-000000000001", "kind": "entry", "owner": {}, "at": 5, "fields": {"text": 5.5}}])
def test_odd_things_in_the_lists_stay_out(ada, cast, raw):
    file = a_copy(cast.ada, raw, entry(records.new_id(), cast.ada.id, text="Well."), changes=[raw], drafts=[raw])
    assert "What stays out" in told(ada, file)
    bring(ada, file)
    assert stood(cast.ada) == [{"text": "Well."}]


@pytest.mark.parametrize("form", ["javascript:alert(1)", "//elsewhere.example", "/journal/../sign-out", "/a?b", 7, "",
                                  "/journal/new?answer=1&next=//elsewhere.example"])
def test_an_unfinished_text_leads_nowhere_but_to_a_page(ada, cast, form):
    assert "1 that cannot be read." in told(ada, a_copy(cast.ada, drafts=[a_draft(form=form)]))


def test_an_unfinished_text_keeps_what_it_is_for(ada, cast):
    for query in (f"answer={records.new_id()}", f"session={records.new_id()}", "shared=1"):
        assert "cannot be read" not in told(ada, a_copy(cast.ada, drafts=[a_draft(form=f"/journal/new?{query}")]))


def test_two_pages_with_one_id_are_one(ada, cast):
    id = records.new_id()
    bring(ada, a_copy(cast.ada, entry(id, cast.ada.id, text="One."), entry(id, cast.ada.id, text="Two.")))
    assert stood(cast.ada) == [{"text": "One."}]


def test_a_circle_of_references_ends(ada, app, cast):
    one, other = records.new_id(), records.new_id()
    rating = {"kind": "rating", "owner": cast.ada.id, "at": NOON}
    file = a_copy(cast.ada, rating | {"id": one, "fields": {"goal": other, "value": 1}},
                  rating | {"id": other, "fields": {"goal": one, "value": 2}})
    bring(sign_in(app.test_client(), "dan"), file)
    assert len(records.shelf(cast.dan, "rating")) == 2
