"""What we took over from others stands as it was published; tests here, its origin in `app.py check`."""
from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = [ROOT / "static" / "vendor", ROOT / "service_worker" / "vendor"]
LINES = [(folder, *line.split()) for folder in FOLDERS
         for line in (folder / "VENDOR").read_text("utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("folder", "file", "package", "version", "licence", "path", "digest"), LINES,
                         ids=[line[1] for line in LINES])
def test_a_vendored_file_is_the_one_that_was_published(folder, file, package, version, licence, path, digest):
    assert hashlib.sha256((folder / file).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.parent.name for folder in FOLDERS])
def test_every_vendored_file_has_its_line_and_its_licence(folder):
    named = {line[1] for line in LINES if line[0] == folder}
    assert {path.name for path in folder.glob("*.js")} == named
    assert all(f"== {line[2]} {line[3]} ==" in (folder / "LICENSES").read_text("utf-8")
               for line in LINES if line[0] == folder)
