"""What every page has: headers, parts, versions, files; and what is too big or broken."""
from __future__ import annotations

import re

import pytest
from jinja2 import UndefinedError

from tests.cast import OURS, sign_in
from tests.counting import queries
from tests.submitting import submit

PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#entries"}
NOBODY = "00000000-0000-4000-8000-00000000ffff"


@pytest.fixture
def ada(client, cast):
    return sign_in(client, "ada")


@pytest.mark.parametrize(("address", "page"), [
    ("/sessions/{}/notes", "/sessions/{}"), ("/account/calendar/carries", "/account/calendar")])
def test_an_address_for_forms_leads_to_the_page_of_its_form(ada, address, page) -> None:
    reply = ada.get(address.format("x"))
    assert (reply.status_code, reply.headers.get("Location")) == (303, page.format("x"))


def test_page_carries_its_policy_and_no_inline_script(ada) -> None:
    reply = ada.get("/journal")
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["Referrer-Policy"] == "same-origin"
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", reply.get_data(as_text=True))


def test_the_pages_of_a_mentor_stand_under_sessions(ada) -> None:
    card = submit(ada, "/partners/new", name="R. O.").headers["Location"].partition("?")[0]
    for path in ("/sessions", "/times/hours", card, f"{card}/agreement", f"{card}/pause"):
        page = ada.get(path)
        assert page.status_code == 200, path
        assert re.search('href="/sessions" aria-current="page"', page.get_data(as_text=True)), path


def test_part_is_one_part_with_its_id(ada) -> None:
    part = ada.get("/journal", headers=PART).get_data(as_text=True)
    assert 'id="entries"' in part and "<html" not in part


@pytest.mark.parametrize("target", [
    "div#form", "div#bar", "div#nothing", "div#..%2Ferrors%2Foffline", "div#%zz", "div#%00", "div#\xff", "div#{{ 1 }}",
    "#", "div", "div#" + "x" * 5_000])
def test_a_target_that_is_no_part_of_the_screen_counts_as_none(ada, target: str) -> None:
    untold = {name: value for name, value in PART.items() if name != "HX-Target"}
    reply, whole = (ada.get("/journal", headers=headers) for headers in ({**PART, "HX-Target": target}, untold))
    assert reply.status_code == 200 and "<html" in reply.get_data(as_text=True)
    assert reply.get_data() == whole.get_data()


def test_a_screen_that_lacks_something_is_a_fault_still(app) -> None:
    from mentorlog import pages
    for part in ("journal/_entries.html", None):
        with app.test_request_context("/journal"), pytest.raises(UndefinedError):
            pages.drawn(part, "journal/index.html", {"page": {}})


def test_what_is_to_be_said_waits_for_a_page_that_is_seen(ada) -> None:
    submit(ada, "/journal/new", text="The first words.")
    gone = f"/journal/{NOBODY}"
    assert ada.get(gone, headers={**PART, "HX-Target": "article#entry"}).status_code == 404
    assert "data-change=" in ada.get("/today").get_data(as_text=True)


def test_part_for_a_page_of_another_version_makes_it_load_anew(ada) -> None:
    reply = ada.get("/journal", headers={**PART, "X-Page-Version": "of yesterday"})
    assert (reply.status_code, reply.headers["HX-Refresh"]) == (204, "true")
    line = ada.get("/waiting/line", headers={**PART, "HX-Target": "a#line", "X-Page-Version": "of yesterday"})
    assert line.status_code == 200


@pytest.mark.parametrize(("stands_on", "goes_to"), [
    ("http://localhost/goals/month?month=2026-10#top", "/goals/month?month%3D2026-10"), ("http://localhost/", "/"),
    ("https://[", None), ("", None)])
def test_who_is_signed_out_under_a_page_comes_back_to_it_and_to_no_part(client, cast, stands_on, goes_to) -> None:
    reply = client.get("/waiting/line", headers={**PART, "HX-Current-URL": stands_on})
    assert reply.status_code == 204
    assert reply.headers["HX-Redirect"] == "/sign-in" + (f"?next={goes_to}" if goes_to else "")


def test_server_never_says_what_waits_on_a_device_with_a_worker(app, ada) -> None:
    ada.set_cookie("worker", "1")
    waiting = ada.get("/waiting").get_data(as_text=True)
    assert "cannot see what waits" in waiting and "On the server" not in waiting
    app.extensions["config"] = app.extensions["config"].model_copy(update={"worker": "off"})
    assert "This device sends what is left on it" in ada.get("/today").get_data(as_text=True)


def test_page_that_no_worker_stands_behind_names_the_device_for_it(app, ada) -> None:
    assert "data-device=" in ada.get("/today").get_data(as_text=True)
    ada.set_cookie("worker", "1")
    assert "data-device=" not in ada.get("/today").get_data(as_text=True)
    ada.delete_cookie("worker")
    app.extensions["config"] = app.extensions["config"].model_copy(update={"worker": "off"})
    assert "data-device=" not in ada.get("/today").get_data(as_text=True)


def test_files_of_this_version_are_kept_for_a_year_and_others_are_not_there(client) -> None:
    from mentorlog import files
    for name in files.names():
        reply = client.get(files.url(name))
        assert reply.status_code == 200 and "immutable" in reply.headers["Cache-Control"], name
        assert "Cookie" not in reply.headers.get("Vary", "")
    assert client.get("/static/0000000000000000/app.css").status_code == 404
    assert client.get(files.url("../pyproject.toml")).status_code == 404


def test_worker_is_asked_for_anew_and_its_modules_are_kept(client) -> None:
    reply = client.get("/sw.js")
    assert reply.headers["Cache-Control"] == "no-cache"
    entry = re.search(r'"\./(near/[^"]+)"', reply.get_data(as_text=True))[1]
    assert "immutable" in client.get(f"/{entry}").headers["Cache-Control"]


def test_what_devices_keep_is_packed_once_and_not_sent_again(client) -> None:
    import brotli

    from mentorlog import files
    entry = re.search(r'"\./(near/[^"]+)"', client.get("/sw.js").get_data(as_text=True))[1]
    for address in (f"/{entry}", files.url("app.css"), files.url("js/app.js")):
        plain, packed = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip, br"})
        assert packed.headers["Content-Encoding"] == "br" and "Accept-Encoding" in packed.headers["Vary"]
        assert brotli.decompress(packed.data) == plain.data, address
        again = client.get(address, headers={"Accept-Encoding": "br", "If-None-Match": packed.headers["ETag"]})
        assert again.status_code == 304 and not again.data, address
        for name in ("Vary", "Cache-Control", "Content-Security-Policy"):
            assert again.headers.get(name) == packed.headers.get(name), (address, name)
        assert client.get(address, headers={"If-None-Match": packed.headers["ETag"]}).status_code == 200


def test_more_than_a_megabyte_says_that_back_brings_it_back(ada) -> None:
    reply = ada.post("/journal/new", data={"text": "x" * 1_100_000}, headers=OURS)
    assert reply.status_code == 413
    assert "Back" in reply.get_data(as_text=True)


def test_unknown_address_is_a_page(ada) -> None:
    reply = ada.get("/journal/../nowhere")
    assert reply.status_code == 404 and "<h1" in reply.get_data(as_text=True)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"v": 1}', b"\xff\xfe", b'{"v": 99}'])
def test_sync_says_what_is_wrong_with_a_body(ada, body: bytes) -> None:
    reply = ada.post("/sync", data=body, content_type="application/json", headers=OURS)
    assert reply.status_code == 422
    assert reply.get_json()["error"] in ("not_json", "malformed", "upgrade")


def test_gzip_bomb_is_not_unpacked(ada) -> None:
    import gzip
    bomb = gzip.compress(b" " * 50_000_000)
    reply = ada.post("/sync", data=bomb, headers={**OURS, "Content-Encoding": "gzip"})
    assert (reply.status_code, reply.get_json()) == (413, {"error": "too_big"})


def test_two_versions_are_looked_up_only_where_they_are_said(ada) -> None:
    entry = submit(ada, "/journal/new", title="Mine", text="One.").headers["Location"].partition("?")[0]
    looks = {"/today": 0, "/journal": 0, "/goals": 0, "/questions": 0, "/sessions": 0, "/settings": 0, "/bin": 0,
             f"{entry}/edit": 0, entry: 1}
    for path, most in looks.items():
        with queries() as heard:
            assert ada.get(path).status_code == 200
        assert len([query for query in heard if "'kept'" in query]) == most, path
