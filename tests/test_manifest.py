"""The manifest: what it says is so, and a device does not keep the pictures that it never shows."""
from __future__ import annotations

import struct

import pytest

from mentorlog import files, manifest
from tests.cast import sign_in

LARGEST_PICTURE_BYTES = 60_000


@pytest.fixture
def said(client):
    reply = client.get("/manifest.webmanifest")
    assert reply.mimetype == "application/manifest+json"
    return reply.get_json()


def size(picture: bytes) -> str:
    """Width and height of a PNG or of an extended WebP (RFC 9649, 2.7)."""
    if picture.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = struct.unpack(">II", picture[16:24])
    else:
        assert (picture[:4], picture[8:16]) == (b"RIFF", b"WEBPVP8X")
        width, height = (1 + int.from_bytes(picture[at:at + 3], "little") for at in (24, 27))
    return f"{width}x{height}"


def pictures(said) -> list[dict[str, str]]:
    return said["icons"] + said["screenshots"] + [icon for one in said["shortcuts"] for icon in one["icons"]]


def test_every_picture_is_there_with_its_size_and_kind(client, said) -> None:
    for one in pictures(said):
        reply = client.get(one["src"])
        assert (reply.status_code, reply.mimetype, size(reply.data)) == (200, one["type"], one["sizes"]), one


def test_icons_are_for_every_purpose(said) -> None:
    found = {(icon["purpose"], icon["sizes"]) for icon in said["icons"]}
    assert {("any", "192x192"), ("any", "512x512"), ("maskable", "512x512"), ("monochrome", "512x512")} <= found


def test_screenshots_are_labelled_small_and_not_kept_on_a_device(client, said) -> None:
    assert {one["form_factor"] for one in said["screenshots"]} == {"narrow", "wide"}
    for one in said["screenshots"]:
        width, height = map(int, one["sizes"].split("x"))
        assert one["label"]
        assert max(width, height) <= 2.3 * min(width, height)
        assert len(client.get(one["src"]).data) <= LARGEST_PICTURE_BYTES
    unseen = {one["src"] for one in pictures(said) if "any-192" not in one["src"]}
    assert unseen & set(files.kept()) == set()


def test_every_picture_of_the_folder_is_named(said) -> None:
    shown = {one["src"].rpartition("/")[2] for one in said["screenshots"]}
    assert shown == {path.name for path in (files.STATIC / "screenshots").iterdir()}


def test_shortcuts_lead_to_screens_of_ones_own(client, cast, said) -> None:
    ada = sign_in(client, "ada")
    assert [one["name"] for one in said["shortcuts"]] == ["Write an entry", "Something came up", "Next session"]
    for one in said["shortcuts"]:
        assert ada.get(one["url"], follow_redirects=True).status_code == 200
    assert ada.get(said["start_url"]).status_code == 200


def test_what_is_shared_arrives_under_the_names_that_are_read(client, cast, said) -> None:
    target = said["share_target"]
    assert (target["method"], target["enctype"]) == ("POST", "multipart/form-data")
    assert target["params"] == {name: name for name in manifest.SHARED}
    page = sign_in(client, "ada").post(target["action"], data={"text": "Why so?"}, content_type=target["enctype"])
    assert "Why so?</textarea>" in page.get_data(as_text=True)


def test_a_launch_keeps_the_window_and_the_window_keeps_its_own_bar(said) -> None:
    assert said["launch_handler"]["client_mode"][0] == "focus-existing"
    assert said["display_override"][0] == "window-controls-overlay"
    assert (said["id"], said["scope"], said["display"]) == ("/", "/", "standalone")
