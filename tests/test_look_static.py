"""The look as files: the layers in their order, every icon there, nothing that the content policy would block."""
from __future__ import annotations

import gzip
import re
import struct
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CSS, ICONS, TEMPLATES = ROOT / "static" / "css", ROOT / "static" / "icons", ROOT / "templates"
LAYERS = ["reset", "tokens", "base", "layout", "components", "features", "utilities"]
SHEETS = sorted(CSS.rglob("*.css"))
PNG = {"any-192": 192, "any-512": 512, "maskable-192": 192, "maskable-512": 512, "monochrome-512": 512,
       "apple-touch-180": 180, "badge-96": 96}
CSS_BYTES = 14_000  # gzipped; the whole first visit stays under 100 kB
GIVEN_AN_ICON = {"icons.icon": 1, "screen.row": 4, "screen.head": 5, "screen.empty": 5, "screen.notice": 1}
templates = pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")),
                                    ids=lambda path: path.relative_to(TEMPLATES).as_posix())


def symbols() -> set[str]:
    """The icons that every page carries."""
    return set(re.findall(r'<symbol id="i-([a-z-]+)"', (TEMPLATES / "_sprite.html").read_text("utf-8")))


def icons_named(source: str) -> set[str]:
    """The constant icon names that a template hands to a macro, or uses itself."""
    found = set(re.findall(r'href="#i-([a-z-]+)"', source))
    for macro, place in GIVEN_AN_ICON.items():
        for given in re.findall(re.escape(macro) + r"\(((?:[^()]|\([^()]*\))*)\)", source):
            parts = re.split(r",(?![^()]*\))", given)
            name = re.fullmatch(r"\s*'([a-z-]+)'\s*", parts[place - 1]) if len(parts) >= place else None
            found |= {name[1]} if name else set()
    return found


def test_the_first_line_of_the_style_sheet_is_the_whole_cascade() -> None:
    order = re.search(r"@layer ([a-z, ]+);", (CSS / "reset.css").read_text("utf-8"))
    assert order is not None
    assert order[1].split(", ") == LAYERS


def test_there_is_a_file_or_a_folder_for_each_layer_and_no_other() -> None:
    assert {path.stem for path in CSS.iterdir()} == set(LAYERS)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.relative_to(CSS).as_posix())
def test_every_rule_of_a_file_stands_in_its_layer(path: Path) -> None:
    layer = path.relative_to(CSS).parts[0].removesuffix(".css")
    source = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    source = re.sub(r"@layer [a-z, ]+;", "", source).strip()
    depth, ends = 0, []
    for at, sign in enumerate(source):
        depth += (sign == "{") - (sign == "}")
        if sign == "}" and depth == 0:
            ends.append(at)
    assert source.startswith(f"@layer {layer} {{")
    assert depth == 0
    assert ends == [len(source) - 1]


def test_the_style_sheet_stays_small_and_asks_for_nothing_else() -> None:
    sheet = "".join(path.read_text("utf-8") for path in SHEETS)
    assert len(gzip.compress(sheet.encode(), mtime=0)) <= CSS_BYTES
    assert "url(" not in sheet
    assert "@import" not in sheet


@pytest.mark.parametrize(("name", "size"), PNG.items())
def test_icon_has_its_size(name: str, size: int) -> None:
    head = (ICONS / f"{name}.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (size, size)


def test_maskable_and_apple_icons_are_opaque() -> None:
    kinds = {name: (ICONS / f"{name}.png").read_bytes()[25] for name in PNG}
    assert {name for name, kind in kinds.items() if kind == 2} == {"maskable-192", "maskable-512", "apple-touch-180"}


@templates
def test_sprite_has_every_icon_that_is_used(path: Path) -> None:
    assert icons_named(path.read_text("utf-8")) <= symbols()


@templates
def test_template_has_nothing_that_the_content_policy_blocks(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


@templates
def test_template_says_first_what_it_is_and_what_it_needs(path: Path) -> None:
    assert path.read_text("utf-8").startswith(("{#", "{% extends"))


@templates
def test_every_button_says_what_it_is(path: Path) -> None:
    for button in re.findall(r"<button[^>]*>", path.read_text("utf-8")):
        assert re.search(r'type="(submit|button)"', button) or "command=" in button, button


@templates
def test_words_of_the_app_keep_their_direction_below_a_title(path: Path) -> None:
    for title in re.findall(r'<h1[^>]*dir="auto".*?</h1>', path.read_text("utf-8"), flags=re.DOTALL):
        assert not re.search(r"<small(?! dir=)", title)


@templates
def test_address_of_an_icon_is_never_another_file(path: Path) -> None:
    assert not re.search(r'<use href="(?!#)', path.read_text("utf-8"))


@pytest.mark.parametrize("path", sorted((TEMPLATES / "macros").iterdir()), ids=lambda path: path.stem)
def test_every_macro_is_explained(path: Path) -> None:
    source = path.read_text("utf-8")
    said = " ".join(re.findall(r"\{#.*?#\}", source, flags=re.DOTALL))
    assert [name for name in re.findall(r"\{% macro (\w+)\(", source) if f"{name}(" not in said] == []


@templates
def test_a_part_that_follows_the_store_never_speaks_up(path: Path) -> None:
    source = path.read_text("utf-8")
    assert "data-live" not in source or not re.search(r'aria-live|role="(alert|status|log)"', source)


@templates
def test_where_something_stands_is_said_in_a_part_that_can_be_fetched_anew(path: Path) -> None:
    source = path.read_text("utf-8")
    assert "{% extends" not in source or "records.state(" not in source


def test_pages_move_only_for_those_who_did_not_ask_for_less_motion() -> None:
    sheet = "".join(path.read_text("utf-8") for path in SHEETS)
    calm = re.search(r"@media \(prefers-reduced-motion: no-preference\) \{(.*?)\n  \}", sheet, flags=re.DOTALL)
    assert calm is not None
    assert sheet.count("view-transition") == calm[1].count("view-transition")
    assert "@media (prefers-reduced-motion: reduce) {\n    :root { --quick: 0ms; --calm: 0ms; }" in sheet
